"""The library as a foldable list: publication ▸ issue ▸ section ▸ article."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.message import Message

from tui.outline import Row
from tui.tag_looks import signs_of, tag_layer, tag_sign
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from textual import events

STATUS_SIGNS = {"unread": "●", "later": "◆", "reading": "·", "reviewed": "✓", "skipped": "–"}


MARKED = "▪"
"""Before the state of an article that is marked, and before the number of those below a head."""


class Sidebar(RowList[Row]):
    """The rows of `tui.outline`, each with its state, and counts at the right edge."""

    @dataclass
    class Picked(Message):
        """An article, or all below a head, is to be marked, or no longer."""

        row: Row

    DEFAULT_CSS = """
    Sidebar { background: $surface; padding: 0 0 0 1; }
    Sidebar > .sidebar--problem { color: $text-error; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sidebar--problem"}
    tag_colours: Mapping[str, str] = {}
    """The colours of tags, by tag."""
    others: Mapping[tuple[str, str], str] = MappingProxyType({})
    """Signs of other reviewers by the ids of issue and article."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._picked: Set[tuple[str, str]] = frozenset()
        self._counts: Mapping[str, int] = {}

    def show_picked(self, picked: Set[tuple[str, str]], counts: Mapping[str, int]) -> None:
        """Show which articles are marked, by the ids of issue and article; heads by their keys."""
        if self._picked or picked:
            self._picked, self._counts = frozenset(picked), counts
            self.redraw()

    def show_tag_colours(self, colours: Mapping[str, str]) -> None:
        """Show tags in these colours."""
        if colours != self.tag_colours:
            self.tag_colours = colours
            self.redraw()

    def show_others(self, signs: Mapping[tuple[str, str], str]) -> None:
        """Show on which articles other reviewers worked."""
        if signs != self.others:
            self.others = signs
            self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Mark with ctrl, the middle button, or a click on the state of an article."""
        offset = event.get_content_offset(self)
        index = event.y + self.scroll_offset.y
        row = self.rows[index] if 0 <= index < len(self.rows) else None
        on_sign = offset is not None and row is not None and row.kind == "article"
        on_sign = on_sign and offset is not None and row is not None and offset.x <= row.depth
        if row is not None and (on_sign or event.ctrl or event.button == 2):
            event.prevent_default()
            self.post_message(self.Picked(row))

    def draw(self, row: Row, width: int, tone: Tone) -> list[Segment]:
        lead = " " * row.depth
        if row.kind == "problem":
            return [Segment(f"✗ {row.label}", tone("sidebar--problem"))]
        if row.kind == "article":
            fresh = row.marks.status in ("unread", "later")
            told = "row-list--accent" if fresh or row.marks.status == "reviewed" else ""
            tail = self._tail(row)
            signs = [*tail, *self._tags(row)]
            room = width - row.depth - 2 - bool(signs) - sum(cell_len(sign) for sign, _ in signs)
            if (row.issue_id, row.article_id) in self._picked:
                lead = lead[:-1] + MARKED
            return [
                Segment(lead, tone("row-list--accent")),
                Segment(STATUS_SIGNS.get(row.marks.status, " ") + " ", tone(told)),
                Segment(_fit(row.label, room), tone("" if fresh else "row-list--muted")),
                Segment(" " * bool(signs), tone("")),
                *(Segment(sign, tone(part)) for sign, part in signs),
            ]
        count = f" {row.done}/{row.total}" if row.total else ""
        told = f" {MARKED}{self._counts[row.key]}" if row.key in self._counts else ""
        if row.reviewed:
            told += f" {STATUS_SIGNS['reviewed']}{row.reviewed}"
        also = f" {row.editions}" if row.editions and width > 24 else ""
        room = width - row.depth - 2 - cell_len(also + told + count)
        head = "row-list--strong" if row.kind in ("publication", "issue") else ""
        return [
            Segment(lead + ("▸ " if row.folded else "▾ "), tone("row-list--muted")),
            Segment(_fit(row.label, room), tone(head)),
            Segment(also, tone("row-list--muted")),
            Segment(told, tone("row-list--accent")),
            Segment(count, tone("row-list--muted")),
        ]

    def _tail(self, row: Row) -> list[tuple[str, str]]:
        """Doubts about sums, star and notes as signs behind the title; who else was there."""
        marks = row.marks
        signs = "⚠" * bool(row.doubts) + "★" * marks.starred + "✎" * bool(marks.notes)
        words = filter(None, (signs, self.others.get((row.issue_id, row.article_id))))
        shown = " ".join(words)
        return [(shown, "row-list--accent")] if shown else []

    def _tags(self, row: Row) -> list[tuple[str, str]]:
        """A sign for each colour that the article's tags have, with its tone."""
        return [
            (tag_sign(colour), tag_layer(colour) or "row-list--accent")
            for colour in signs_of(row.marks.tags, self.tag_colours)
        ]


def _fit(label: str, cells: int) -> str:
    """Bring a label to exactly `cells` cells; a cut label ends with an ellipsis."""
    if cells <= 0:
        return ""
    if cell_len(label) > cells:
        label = set_cell_size(label, cells - 1).rstrip() + "…"
    return set_cell_size(label, cells)
