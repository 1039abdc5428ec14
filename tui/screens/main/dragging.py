"""The mouse and the selection: words dragged over or clicked on, and colours clicked on.

A drag that began in the article stays in it wherever the pointer goes, and lets it scroll.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.events import TextSelected
from textual.geometry import Offset
from textual.selection import SelectEnd

from tui.screens.main.selecting import Selecting
from tui.selecting.choice import Choice, Point
from tui.widgets.article_pane import ArticlePane
from tui.widgets.legend import Legend

if TYPE_CHECKING:
    from textual.widget import Widget


class Dragging(Selecting):
    """Begins selections with the mouse, and ends them.

    Textual takes a pointer beside the widget for the widget's end, and lets text scroll under a
    pointer that rests without looking again. Here the nearest place of the article is meant.
    """

    @on(TextSelected)
    def _dragged(self, event: TextSelected) -> None:
        event.stop()
        document = self.pane.document
        ranges = self.pane.dragged_ranges()
        if not ranges or document is None or self.article is None:
            return
        ends = (ranges[0][0], ranges[0][1]), (ranges[-1][0], ranges[-1][2])
        first, last = ((document.number(address) or 0, offset) for address, offset in ends)
        self.clear_selection()
        self._begin_with_mouse(Choice(Point(*first), Point(*last), True))

    @on(ArticlePane.PlacePressed)
    def _place_pressed(self, event: ArticlePane.PlacePressed) -> None:
        event.stop()
        if event.choice is not None:
            self._begin_with_mouse(event.choice)
        elif self.pane.choice is not None:
            self.end_selection()

    @on(ArticlePane.ChoiceEnded)
    def _choice_ended(self, event: ArticlePane.ChoiceEnded) -> None:
        event.stop()
        if self.pane.choice is None:
            self.end_selection()

    @on(Legend.ColourPressed)
    def _colour_pressed(self, event: Legend.ColourPressed) -> None:
        event.stop()
        if self.pane.choice is not None:
            self.paint_in(event.colour)

    def _begin_with_mouse(self, choice: Choice) -> None:
        self.pane.cut = self._words()
        if self.focused is not self.pane:
            self.bring("reading")
        same = [one for one in self._passages_at(choice) if self._is(one, choice)]
        held = same[-1].annotation.id if same else ""
        self.begin_selection(choice, held, seek=False)  # it is under the pointer

    # What lies under the pointer.

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
