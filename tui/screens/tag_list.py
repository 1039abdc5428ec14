"""The list of the tag dialog: tags with their colours and counts, suggestions, a new tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.segment import Segment

from tui.locale import ntr, tr
from tui.tag_looks import tag_layer, tag_sign
from tui.typesetting.widths import cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag, a suggestion, a new tag, none, or a heading; `why` is a suggestion's reason."""

    kind: Literal["tag", "suggested", "new", "nothing", "heading"]
    name: str
    why: str = ""


class TagList(RowList[TagRow]):
    """`own` are the tags that are on the article, `counts` says on how many each is."""

    DEFAULT_CSS = """
    TagList > .row-list--cursor-blurred { background: $primary; color: $text; text-style: bold; }
    """

    def __init__(
        self, counts: Mapping[str, int], own: tuple[str, ...], colours: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._counts = counts
        self._own = own
        self._colours = colours

    def selectable(self, row: TagRow) -> bool:
        return row.kind != "heading"

    def draw(self, row: TagRow, width: int, tone: Tone) -> list[Segment]:
        muted = tone("row-list--muted")
        if row.kind == "heading":
            return [Segment(cut(row.name, width), muted)]
        if row.kind == "nothing":
            return [Segment(f"– {cut(row.name, max(0, width - 2))}", tone(""))]
        colour = self._colours.get(row.name)
        ink = tone(tag_layer(colour))
        if row.kind == "new":
            label = tr("new tag: {name}").format(name=row.name)
            return [Segment("+ ", tone("row-list--accent")), Segment(cut(label, width - 2), ink)]
        count = self._counts.get(row.name, 0)
        if row.kind == "suggested":
            lead, tail = "? ", row.why
        else:
            lead = "✓ " if row.name in self._own else "  "
            tail = ntr("{n} article", "{n} articles", count) if count else ""
        name = cut(row.name, max(0, width - 6))
        tail = cut(tail, max(0, width - 6 - cell_len(name)))
        room = max(0, width - 4 - cell_len(name) - cell_len(tail))
        return [
            Segment(lead, tone("row-list--accent")),
            Segment(f"{tag_sign(colour)} ", ink if tag_layer(colour) else muted),
            Segment(name, ink),
            Segment(" " * room, tone("")),
            Segment(tail, muted),
        ]
