"""Annotations that lost their article: shown, never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from bulletins.sources.plain import plain
from tui.locale import tr
from tui.screens.list_dialog import ListDialog
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.model import Annotation


class OrphanList(RowList[str]):
    """One line an annotation: its kind, the article it was made on, what it says."""

    def draw(self, row: str, width: int, tone: Tone) -> list[Segment]:
        return [Segment(row, tone(""))]


class Orphans(ListDialog[None, str]):
    """What stands in the reader's files but in no article of the library."""

    def __init__(self, orphans: Sequence[Annotation]) -> None:
        super().__init__(
            tr("Annotations whose article was not found"),
            tr("They are kept and exported · Esc: back"),
            [_line(orphan) for orphan in orphans],
        )

    def make_list(self) -> OrphanList:
        return OrphanList()


def _line(orphan: Annotation) -> str:
    article = orphan.target.article.title if orphan.target.article else "—"
    said = next(
        (word for n in ("text", "name", "form") if (word := getattr(orphan.body, n, ""))), ""
    )
    return plain(f"{orphan.kind:<9} {article}  {said}").replace("\n", " ")
