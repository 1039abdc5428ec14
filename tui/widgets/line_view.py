"""What the panes that draw line by line share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class LineView(ScrollView):
    """A scroll view whose number of rows changes often, and whose lines are strips it keeps."""

    def resize_rows(self, rows: int) -> None:
        """Tell the scrollbar how many rows there are.

        Setting `virtual_size` would lay out the whole screen anew; only the scrollbar changes.
        """
        size = Size(max(1, self.scrollable_content_region.width), rows)
        if size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            self._scroll_update(size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a region of the widget.

        Where nothing stands round the lines they are drawn as they are: what a strip was divided
        and painted into is kept in it, and a line that moves up by one is the same strip. Textual
        makes another one of each line that is drawn again.
        """
        if any(self.styles.gutter) or self.opacity != 1.0 or self.styles.tint.a:
            return super().render_lines(crop)
        background = self.background_colors[1]
        filters = self.get_line_filters()
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            for one in filters:
                strip = strip.apply_filter(one, background)
            strips.append(strip)
        if crop.column_span != (0, self.region.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
