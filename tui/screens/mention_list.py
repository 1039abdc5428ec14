"""All that the reader said of mentions, in the whole library; each can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType

from annotations.mention_rules import body_of
from annotations.model import Annotation
from bulletins.sources.plain import plain_line
from tui.correction_words import change_words
from tui.locale import ntr, tr
from tui.mention_card import SHORT_SCOPES
from tui.screens.list_dialog import ListDialog
from tui.typesetting.widths import cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence


class CorrectionList(RowList[Annotation]):
    """One line a correction: what was said, where it holds, and the article it was said in."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--gone"}

    def __init__(self, found: Callable[[Annotation], str]) -> None:
        super().__init__()
        self.gone: set[str] = set()
        self._found = found

    def draw(self, row: Annotation, width: int, tone: Tone) -> list[Segment]:
        body, article = body_of(row), row.target.article
        state = tr("taken back") if row.id in self.gone else tr(SHORT_SCOPES[body.scope])
        said, where = change_words(body), f"  {article.title}" if article is not None else ""
        found = self._found(row) if body.scope == "here" else ""
        state = f"{state} · {found}" if found else state
        said, where = plain_line(said), plain_line(where)
        state = f"  ({state})"
        said = cut(said, max(0, width - cell_len(state))) + state
        base, muted = tone(""), tone("row-list--muted")
        if row.id in self.gone:
            base = muted = tone("row-list--gone")
        room = max(0, width - cell_len(said))
        return [Segment(said, base), Segment(cut(where, room), muted)]


class MentionList(ListDialog[Annotation, Annotation]):
    """Dismissed with the correction to go to; those taken back stay listed, struck out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,d,delete", "take_back", show=False),
        Binding("x,X", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    MentionList .dialog { width: 100; }
    CorrectionList > .row-list--gone { text-style: strike; color: $text-muted; }
    """

    def __init__(
        self,
        said: Sequence[Annotation],
        take_back: Callable[[Annotation], Awaitable[str]],
        found: Callable[[Annotation], str] = lambda _: "",
    ) -> None:
        """`found` says where the words of a correction are now, if not where they were."""
        super().__init__(
            ntr("{n} correction of mentions", "{n} corrections of mentions", len(said)),
            tr("Enter: go there · u: take back · Esc: back"),
            list(reversed(said)),
        )
        self._take_back = take_back
        self._found = found

    def make_list(self) -> CorrectionList:
        return CorrectionList(self._found)

    def action_take_back(self) -> None:
        """Take the correction under the cursor back; it is shown struck out."""
        row, rows = self.list.row, self.list
        if row is None or not isinstance(rows, CorrectionList) or row.id in rows.gone:
            return
        rows.gone.add(row.id)
        rows.redraw()
        # Of the app: it is taken back also when the dialog is left at once.
        self.app.run_worker(self._taken_back(row, rows))

    async def _taken_back(self, row: Annotation, rows: CorrectionList) -> None:
        trouble = await self._take_back(row)
        if trouble and self in self.app.screen_stack:
            rows.gone.discard(row.id)
            self.tell(trouble)
            rows.redraw()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(self.list.row)
