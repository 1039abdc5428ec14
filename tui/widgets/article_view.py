"""A document on the screen: rows drawn when they are seen, scrolling, places, selection."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from textual.message import Message
from textual.strip import Strip

from tui.typesetting.rows import RowTable, reading_column
from tui.typesetting.widths import cut
from tui.widgets.article_rows import draw, painted_marks, safe, with_offsets
from tui.widgets.article_selection import logical_ranges, selected
from tui.widgets.article_styles import BITS, COMPONENTS, ArticleStyles
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import ClassVar

    from textual import events
    from textual.geometry import Region
    from textual.selection import Selection
    from textual.timer import Timer

    from tui.typesetting.document import Address, Document, Part
    from tui.typesetting.rows import Row
    from tui.typesetting.spans import Span
    from tui.widgets.article_selection import Selected

_FIRST = 30_000
"""Code points laid before the first frame; the rest follows in the pauses between keys."""
_SLICE = 0.008
"""Seconds that one step of laying the rest may take: half a frame."""
_PAUSE = 0.016
_PATIENCE = 0.1
"""Seconds of laying that a jump may wait for; a further place is shown when it is reached."""
_KEPT = 500
"""Strips kept: some ten screens; each holds what it was painted into."""


@dataclass(frozen=True, slots=True)
class _Goal:
    """A place that is to be shown as soon as its row is laid."""

    address: Address
    offset: int
    where: Literal["top", "seen", "end"]


class ArticleView(LineView, can_focus=True, inherit_bindings=False):
    """Draws the row table of one document; knows nothing of mentions, notes and searches.

    It has no keys: those that a scrolling widget inherits are animated, and would win over the
    reader's own.
    """

    ALLOW_SELECT = True
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)

    @dataclass
    class PositionChanged(Message):
        """The top row is another one; `position` is as in `ArticleView.position`."""

        position: tuple[int, int]

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ArticleView.PositionChanged)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._paper: Document | None = None
        self._table: RowTable | None = None
        self._notes_open: frozenset[int] = frozenset()
        self._notice = ""
        self._left = 0
        self._strips: dict[int, Strip] = {}
        self._looks = ArticleStyles(self)
        self._selected: Selected | None = None
        self._goal: _Goal | None = None
        self._growing: Timer | None = None
        self._painting: tuple[int, int] | None = None

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._paper

    # Layout

    def _show_document(
        self, document: Document, notes_open: frozenset[int], top: tuple[int, int] | None
    ) -> None:
        """Show `document`, its top row the one of `top` (see `position`) or the first."""
        self._paper, self._notes_open, self._notice = document, notes_open, ""
        self._table = None
        self._goal = None
        self._lay(top or (0, 0))

    def _show_notice(self, message: str) -> None:
        """Show one line instead of a document."""
        self._paper = self._table = self._goal = None
        self._notice = message
        self._stop_growing()
        self._drop_selection()
        self._forget()
        self.resize_rows(0)
        self.scroll_to(y=0, animate=False)

    def _lay(self, top: tuple[int, int]) -> None:
        """Lay the document out for the present width and show the row of `top`."""
        width = self.scrollable_content_region.width
        if self._paper is None:
            return
        if self._goal is None:
            part = self._paper.parts[min(top[0], len(self._paper.parts) - 1)]
            self._goal = _Goal(part.address, top[1], "top")
        if width <= 0:
            return
        self._drop_selection()
        self._left, column = reading_column(width)
        self._table = RowTable(self._paper, column, self._notes_open)
        self._table.grow(_FIRST)
        self._forget()
        self.resize_rows(len(self._table))
        if not self._table.complete and self._growing is None:
            self._growing = self.set_interval(_PAUSE, self._grow)
        self._approach()

    def _grow(self, seconds: float = _SLICE) -> None:
        """Lay some more of a long document."""
        table = self._table
        if table is None:
            self._stop_growing()
            return
        until = perf_counter() + seconds
        while perf_counter() < until and not table.grow(4_000):
            pass
        self.resize_rows(len(table))
        if table.complete:
            self._stop_growing()
        self._approach()

    def _stop_growing(self) -> None:
        if self._growing is not None:
            self._growing.stop()
            self._growing = None

    def _approach(self) -> None:
        """Scroll to the goal if its row is laid by now."""
        goal, table = self._goal, self._table
        if goal is None or table is None:
            return
        if goal.where == "end":
            self.scroll_to(y=self.max_scroll_y, animate=False)
            if table.complete:
                self._goal = None
            return
        y = table.find(goal.address, goal.offset)
        if y is None and not table.complete:
            return
        self._goal = None
        if goal.where == "top":
            self.scroll_to(y=y or 0, animate=False)
        else:
            self._reveal(y or 0)

    def _seek(self, address: Address, offset: int, where: Literal["top", "seen"] = "seen") -> None:
        """Show a logical place: now, or when a very long document is laid so far."""
        self._goal = _Goal(address, offset, where)
        self._approach()
        if self._goal is not None and self._table is not None and not self._table.complete:
            self._grow(_PATIENCE)

    def _reveal(self, y: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not top + 1 <= y < top + height - 2:
            self.scroll_to(y=max(0, y - height // 3), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew when the width is another, and keep the top row's text in sight."""
        column = reading_column(self.scrollable_content_region.width)
        if self._table is None or column != (self._left, self._table.width):
            self._lay(self.position)
            self.refresh()

    @property
    def laid(self) -> bool:
        """Whether the document has rows yet: the first time on the screen it has none at once."""
        return self._table is not None

    # Places and scrolling

    @property
    def position(self) -> tuple[int, int]:
        """The part (an index into `document.parts`) and logical offset of the top row."""
        table, document, goal = self._table, self._paper, self._goal
        if document is None:
            return 0, 0
        if table is None or not len(table):
            return (document.number(goal.address) or 0, goal.offset) if goal else (0, 0)
        y = min(self.scroll_offset.y, len(table) - 1)
        if y == 0:
            return 0, 0
        address, offset = table.position(y)
        return document.number(address) or 0, offset

    def go_to(self, address: Address, start: int) -> None:
        """Show the row of a logical place, if the article has it."""
        self._seek(address, start)

    def line(self, rows: int) -> None:
        """Scroll by rows, down if positive."""
        self._goal = None
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    def page(self, pages: int) -> None:
        """Scroll by pages; two rows stay in sight."""
        self.line(pages * max(1, self.size.height - 2))

    def half_page(self, halves: int) -> None:
        """Scroll by half pages."""
        self.line(halves * max(1, self.size.height // 2))

    def ends(self, end: Literal["first", "last"]) -> None:
        """Scroll to the first or the last row; a long document goes on as it is laid."""
        self._goal = None
        if end == "first" or self._paper is None:
            self.scroll_to(y=0, animate=False)
            return
        self._goal = _Goal(("title", 0), 0, "end")
        self._approach()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell others where the reader is."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.PositionChanged(self.position))

    # Drawing

    def _spans_over(self, address: Address, start: int, end: int) -> Iterable[Span]:
        """Give the spans over a logical range, in the order in which they are laid over it."""
        return ()

    def _forget(self, rows: range | None = None) -> None:
        """Draw all rows again, or some."""
        if rows is None:
            self._strips.clear()
            self.refresh()
            return
        for y in rows:
            self._strips.pop(y, None)
            self.refresh_line(y)

    def _forget_place(self, address: Address, start: int, end: int) -> None:
        """Draw again the rows over which a logical range lies."""
        if self._table is None:
            return
        first, last = (
            self._table.find(address, start),
            self._table.find(address, max(start, end - 1)),
        )
        if first is None or last is None or self._paper is None:
            return
        part = self._paper.part(address)
        if part is not None and part.kind in ("note", "table"):
            self._forget()  # it may be on the screen twice, or in several columns
        else:
            self._forget(range(first, last + 1))

    def notify_style_update(self) -> None:
        """Look the colours up again."""
        super().notify_style_update()
        self._looks.forget()
        self._strips.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows of a region of the widget."""
        self._painting = self.size.width, self.scroll_offset.y  # asked once, not for each line
        try:
            return super().render_lines(crop)
        finally:
            self._painting = None

    def render_line(self, y: int) -> Strip:
        """Draw line `y` of the pane, from its cache if nothing changed.

        Only the pointer needs the places of characters, and asks for one line at a time, outside
        of painting. Painted strips go without: a style of its own for each would be slow to paint.
        """
        width, top = self._painting or (self.size.width, self.scroll_offset.y)
        table = self._table
        row = top + y
        if table is None or self._paper is None or row >= len(table):
            return self._blank(y, width)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > _KEPT:
                self._strips.clear()
            strip = self._strips[row] = self._draw(table.row(row), width)
        if self._painting:
            return strip
        drawn = table.row(row)
        return with_offsets(strip, drawn, self._paper.parts[drawn.part], row, self._left)

    def _blank(self, y: int, width: int) -> Strip:
        """Draw a line below the text; the notice, if any, stands a third of the way down."""
        style = self._looks.kind("")
        if not self._notice or y != self.size.height // 3:
            return Strip.blank(width, style)
        from rich.segment import Segment

        text = cut(safe(self._notice), max(0, width - 2))
        strip = Strip([Segment(text, self._looks.kind("meta"))])
        left = max(0, self.scrollable_content_region.width - strip.cell_length) // 2
        return Strip.join([Strip.blank(left, style), strip]).adjust_cell_length(width, style)

    def _draw(self, row: Row, width: int) -> Strip:
        assert self._paper is not None
        part = self._paper.parts[row.part]
        painted: list[tuple[int, int, int]] = []
        for chunk in row.chunks:
            painted += self._paint(part, row.run, chunk.start, chunk.end)
        margin = self._margin(row, part) if self._left else ()
        return draw(row, part, painted, self._looks, self._left, width, margin)

    def _margin(self, row: Row, part: Part) -> Sequence[tuple[str, str]]:
        """Give the signs left of a row with their layers; at most as many as `_left` is wide."""
        return ()

    def _paint(self, part: Part, run: int, start: int, end: int) -> list[tuple[int, int, int]]:
        """List what lies over a shown range of a part, as ranges and bits of layers."""
        low, high = part.logical(start), part.logical(end) + 1
        painted = [
            (part.shown_start(span.start), part.shown_end(span.end), BITS[span.layer])
            for span in self._spans_over(part.address, low, high)
        ]
        if part.inserts:
            painted += painted_marks(part, start, end)
        if self._selected is not None:
            chosen = self._selected.of_run(run)
            if chosen is not None:
                last = len(part.shown) if chosen[1] is None else chosen[1]
                painted.append((chosen[0], last, BITS["selection"]))
        return painted

    # Selection

    def selection_updated(self, selection: Selection | None) -> None:
        """Light what is selected with the mouse."""
        table = self._table
        found = None if selection is None or table is None else selected(selection, table)
        if found != self._selected:
            self._selected = found
            self._forget()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text as it was read: no row ends inside a paragraph, no note marks."""
        if self._table is None or self._paper is None:
            return None
        if selection.end is None:
            self._table.grow()
        found = selected(selection, self._table)
        if found is None:
            return None
        texts = [
            part.text[start:end]
            for address, start, end in logical_ranges(found, self._table)
            if (part := self._paper.part(address)) is not None
        ]
        return "\n".join(texts), "\n"

    def _drop_selection(self) -> None:
        """Forget what is selected: its rows are about to be others."""
        if self._selected is not None:
            self._selected = None
            self.screen.clear_selection()

    def selected_ranges(self) -> list[tuple[Address, int, int]]:
        """List the logical ranges (part, start, end) that are selected."""
        if self._selected is None or self._table is None:
            return []
        return logical_ranges(self._selected, self._table)
