"""The annotations of a library, a row each: sign, words, article, issue, date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message

from tui.annotation_rows import AnnotationRow
from tui.themes import HIGHLIGHTS
from tui.typesetting.widths import cells, cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from textual import events

SIGNS = {
    "tag": "#",
    "note": "✎",
    "highlight": "▌",
    "status": "○",
    "star": "★",
    "link": "⇄",
    "correction": "≠",
    "boundary": "÷",
    "mention": "≈",
    "adjudication": "=",
}
STATES = {"moved": "»", "fuzzy": "≃", "orphan": "?"}
_WITH_ISSUE, _WITH_YEAR = 96, 72
"""From so many cells on a row has a column for the issue, and dates have their year."""


class AnnotationList(RowList[AnnotationRow]):
    """Rows of tui.annotation_rows; `marked` are the ids of those that are marked."""

    DEFAULT_CSS = """
    AnnotationList { background: $surface; }
    AnnotationList > .annotation-list--marked { color: $text-accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"annotation-list--marked"}

    def __init__(self, marked: Set[tuple[str, str]]) -> None:
        super().__init__()
        self.marked = marked
        self._signed = 0
        """Cells of the column that says whose a row is; none while all are one's own."""

    def set_rows(self, rows: Sequence[AnnotationRow], cursor: int = 0) -> None:
        """Show other rows."""
        signs = {row.whose.sign for row in rows}
        self._signed = max((cells(sign) + 1 for sign in signs if sign), default=0)
        super().set_rows(rows, cursor)

    @dataclass
    class Picked(Message):
        """The mouse wants a row to be marked, or its mark taken away."""

        index: int

    def on_click(self, event: events.Click) -> None:
        """Mark with ctrl, the middle button, or a click on the sign."""
        offset, index = event.get_content_offset(self), event.y + self.scroll_offset.y
        on_sign = offset is not None and offset.x <= 1
        if index < len(self.rows) and (on_sign or event.ctrl or event.button == 2):
            event.prevent_default()
            self.post_message(self.Picked(index))

    def draw(self, row: AnnotationRow, width: int, tone: Tone) -> list[Segment]:
        base, muted = tone(""), tone("row-list--muted")
        marked = row.id in self.marked
        lead = "▪" if marked else " "
        sign = f"{SIGNS.get(row.annotation.kind, '·')}{STATES.get(row.state, ' ')} "
        date = f" {row.when[:10] if width >= _WITH_YEAR else row.when[5:10]}"
        issue = f" {cut(row.issue, width // 6)}" if width >= _WITH_ISSUE else ""
        issue += " " * (width // 6 + 1 - cells(issue)) if issue else ""
        who = f"{row.whose.sign} " if row.whose.sign else ""
        who += " " * (self._signed - cells(who))
        room = max(0, width - 1 - cells(sign) - cells(date) - cells(issue) - cells(who))
        title = f" {cut(row.title or '—', room * 2 // 5)}"
        title += " " * (room * 2 // 5 + 1 - cells(title))
        room = max(0, room - cells(title))
        parts = list(self._words(row, room, tone))
        gap = " " * max(0, room - sum(cells(part.text) for part in parts))
        return [
            Segment(lead, tone("annotation-list--marked")),
            Segment(sign, tone("row-list--accent")),
            Segment(who, tone(row.whose.tone)),
            *parts,
            Segment(gap, base),
            Segment(title + issue + date, muted),
        ]

    def _words(self, row: AnnotationRow, room: int, tone: Tone) -> list[Segment]:
        colour = str(getattr(row.annotation.body, "colour", ""))
        layer = tone(f"highlight-{colour}") if colour in HIGHLIGHTS else tone("")
        if not row.quote or row.annotation.kind == "correction":  # that names the words itself
            return [Segment(cut(row.said, room), tone(""))]
        if not row.said:
            return [Segment(cut(row.quote, room), layer)]
        quote = cut(row.quote, max(room // 2, room - cells(row.said) - 3))
        sign = "✎ " if row.annotation.kind in ("note", "highlight") else ""
        said = cut(f" {sign}{row.said}", room - cells(quote))
        return [Segment(quote, layer), Segment(said, tone(""))]
