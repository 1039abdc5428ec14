"""What the panes that draw line by line share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.line_bar import LineBar

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.scrollbar import ScrollBar


class LineView(ScrollView):
    """A scroll view whose number of rows changes often, and whose lines are strips it keeps."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._padded: dict[int, tuple[Strip, Strip]] = {}

    def resize_rows(self, rows: int) -> None:
        """Tell the scrollbar how many rows there are.

        Setting `virtual_size` would lay out the whole screen anew; only the scrollbar changes.
        """
        size = Size(max(1, self.scrollable_content_region.width), rows)
        if size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            self._scroll_update(size)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is asked for first."""
        bar = self._vertical_scrollbar
        if bar is None:
            self._vertical_scrollbar = bar = LineBar(thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return bar

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a region of the widget.

        Where nothing but blanks stands beside the lines they are drawn as they are: what a strip
        was divided and painted into is kept in it, and a line that moves up by one is the same
        strip. Textual makes another one of each line that is drawn again.
        """
        styles = self.styles
        top, _, bottom, left = styles.padding
        bare = styles.gutter == styles.padding and not (top or bottom)
        if not bare or self.opacity != 1.0 or styles.tint.a:
            return super().render_lines(crop)
        base, background = self.background_colors
        filters = self.get_line_filters()
        beside = Style(bgcolor=(base + background).rich_color)
        width = self.region.width
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            if left or strip.cell_length != width:
                strip = self._pad(y, strip, left, beside)
            for one in filters:
                strip = strip.apply_filter(one, background)
            strips.append(strip)
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _pad(self, y: int, strip: Strip, left: int, style: Style) -> Strip:
        """Put blanks beside a line; those of a line that stayed where it was stay with it."""
        known = self._padded.get(y)
        if known is not None and known[0] is strip:
            return known[1]
        rest = max(0, self.region.width - left - strip.cell_length)
        blanks = [Segment(" " * cells, style) for cells in (left, rest)]
        padded = Strip([*blanks[: bool(left)], *strip, *blanks[1 : 1 + bool(rest)]])
        self._padded[y] = strip, padded
        return padded
