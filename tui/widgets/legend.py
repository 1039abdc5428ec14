"""One line that tells the colours; a click on a name switches its class on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from bulletins.sources.plain import plain_line
from tui.locale import tr
from tui.mention_classes import MENTION_CLASSES
from tui.themes import highlight_style, mention_style
from tui.typesetting.widths import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.selecting.meanings import Meaning


class Legend(Widget):
    """The classes of highlights, those switched off struck through."""

    ALLOW_SELECT = False  # what is dragged over begins in the article
    COMPONENT_CLASSES: ClassVar[set[str]] = {"legend--off"}
    DEFAULT_CSS = """
    Legend { height: 1; padding: 0 1; }
    Legend > .legend--off { color: $text-disabled; text-style: strike; }
    """

    class Pressed(Message):
        """A class was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class ColourPressed(Message):
        """The meaning of a colour was clicked."""

        def __init__(self, colour: str) -> None:
            super().__init__()
            self.colour = colour

    def __init__(self) -> None:
        super().__init__()
        self._shown: frozenset[str] = frozenset(entry.name for entry in MENTION_CLASSES)
        self._ends: list[tuple[int, str]] = []
        self._marks = ""

    def show(self, shown: frozenset[str]) -> None:
        """Draw the classes in `shown` as switched on."""
        self._shown = shown
        self.refresh()

    def show_marks(self, marks: str) -> None:
        """Show at the right what the reader made of the article."""
        marks = plain_line(marks)
        if marks != self._marks:
            self._marks = marks
            self.refresh()

    def show_meanings(self, meanings: Sequence[Meaning] | None, last: str = "") -> None:
        """Tell what the colours of highlights mean, the `last` one marked; None: no more."""
        if (meanings, last) != (self._meanings, self._last):
            self._meanings, self._last = meanings, last
            self.refresh()

    _meanings: Sequence[Meaning] | None = None
    _last = ""

    def _meanings_line(self, meanings: Sequence[Meaning], width: int) -> Strip:
        """Digits and names on their grounds; of those without room the digits."""
        base, dark = self.rich_style, self.app.current_theme.dark
        signs = ["↵" * (one.colour == self._last) + one.key for one in meanings]
        room = width - sum(cell_len(sign) + 1 for sign in signs)
        segments: list[Segment] = []
        self._ends = []
        x = 0
        for one, sign in zip(meanings, signs, strict=True):
            name = f" {one.words}"
            if cell_len(name) > room:
                name = ""
            room -= cell_len(name)
            ground = base + highlight_style(one.colour, dark)
            segments += [Segment(sign + name, ground), Segment(" ", base)]
            x += cell_len(sign + name) + 1
            self._ends.append((x, one.colour))
        return Strip(segments).adjust_cell_length(width, base)

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        if self._meanings is not None:
            return self._meanings_line(self._meanings, width)
        base = self.rich_style
        variables = self.app.theme_variables
        segments: list[Segment] = []
        self._ends = []
        x = 0
        for entry in MENTION_CLASSES:
            name = tr(entry.short)
            if x + cell_len(name) > width:
                break
            if entry.name in self._shown:
                style = base + mention_style(variables, entry.name)
            else:
                style = self.get_component_rich_style("legend--off")
            segments.append(Segment(name, style))
            segments.append(Segment(" ", base))
            x += cell_len(name) + 1
            self._ends.append((x, entry.name))
        room = width - x
        if self._marks and room > 2:
            marks = cut(self._marks, room)
            segments.append(Segment(" " * (room - cell_len(marks)) + marks, base))
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        found = [name for end, name in self._ends if offset is not None and offset.x < end]
        if found:
            told = self.Pressed if self._meanings is None else self.ColourPressed
            self.post_message(told(found[0]))
