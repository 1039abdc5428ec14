"""Dragging: a selection begun in the article stays in it wherever the pointer goes, and scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.selection import SelectEnd

from tui.screens.main.base import MainBase

if TYPE_CHECKING:
    from textual.widget import Widget


class Dragging(MainBase):
    """What lies under the pointer while words are dragged over.

    Textual takes a pointer beside the widget for the widget's end, and lets text scroll under a
    pointer that rests without looking again. Here the nearest place of the article is meant.
    """

    def _drags_article(self) -> bool:
        state = self._select_state
        return self._selecting and state is not None and state.start.content_widget is self.pane

    def _nearest(self, x: float, y: float) -> Offset:
        """The cell of the article that is nearest to a cell of the screen."""
        inside = self.pane.scrollable_content_region
        return Offset(
            min(max(int(x), inside.x), inside.right - 1),
            min(max(int(y), inside.y), inside.bottom - 1),
        )

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        if self._drags_article():
            x, y = self._nearest(x, y)
        return super().get_widget_and_offset_at(x, y)

    def _check_auto_scroll(
        self, select_widget: Widget, mouse_coordinate: tuple[float, float], delta_y: float
    ) -> None:
        if self._drags_article():
            mouse_coordinate = self._nearest(*mouse_coordinate)
        super()._check_auto_scroll(select_widget, mouse_coordinate, delta_y)

    def _update_select(self) -> None:
        state = self._select_state
        if state is not None and state.end is not None and self._drags_article():
            widget, place = self.get_widget_and_offset_at(*state.screen_offset)
            if widget is self.pane and place is not None:
                end = SelectEnd(state.end.container, widget, place)
                self._select_state = state.update_end(state.screen_offset, end)
        super()._update_select()
