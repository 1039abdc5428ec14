"""The list of the tag screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.tag_looks import tag_layer, tag_sign
from tui.tag_tree import TreeRow
from tui.typesetting.widths import cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from textual import events

_COLUMNS = 33
"""Cells of the key and the three counts."""


class TagTree(RowList[TreeRow]):
    """A tag a row: its sign and name, its key, and on how many articles and passages it is.

    A click goes to a row, a second one chooses it.
    """

    def on_click(self, event: events.Click) -> None:
        # In place of the list's own: one click would leave the screen before anything is done.
        event.prevent_default()
        index = event.y + self.scroll_offset.y
        if index == self.cursor:
            self.choose()
        else:
            self.go(index)

    def draw(self, row: TreeRow, width: int, tone: Tone) -> list[Segment]:
        one = row.tally
        muted, colour = tone("row-list--muted"), one.tag.colour
        ink = muted if row.dim or not one.defined else tone(tag_layer(colour))
        lead = "  " * row.depth
        sign = tag_sign(colour) if one.defined else "?"
        room = max(4, width - _COLUMNS - len(lead) - 2)
        label = cut(row.label, room)
        below = row.below and (one.articles_within or "")
        counts = f"{one.articles or '·':>9}{below or '':>9}{one.passages_within or '':>9}"
        return [
            Segment(f"{lead}{sign} ", ink),
            Segment(label + " " * (room - cell_len(label)), ink),
            Segment(f"{one.tag.key or '':^6}", tone("row-list--accent")),
            Segment(counts, muted),
        ]
