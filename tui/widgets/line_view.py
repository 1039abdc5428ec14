"""What the panes that draw line by line share."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


class LineView(ScrollView):
    """A scroll view whose number of rows changes often."""

    def resize_rows(self, rows: int) -> None:
        """Tell the scrollbar how many rows there are.

        Setting `virtual_size` would lay out the whole screen anew; only the scrollbar changes.
        """
        size = Size(max(1, self.scrollable_content_region.width), rows)
        if size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            self._scroll_update(size)
