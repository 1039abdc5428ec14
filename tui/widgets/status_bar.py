"""The bottom line: progress and state at the left, the most used keys at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events


Part = tuple[str, str]
"""A text and its tone: "", "muted", "good", "mode" or "alarm"."""
_DISPENSABLE = ("muted", "")
"""Parts of these tones are left out, the last first, for the sake of the first hints."""
_HINTS = 24
"""Cells that hints have at least, if there are so many of them and the rest can do with less."""


class StatusBar(Widget):
    """Parts are texts with a tone; hints are pairs of a key and a word, dropped from the end.

    Each can have the name of a command, for which a click on it asks.
    """

    ALLOW_SELECT = False  # what is dragged over begins in the article
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-bar--key",
        "status-bar--muted",
        "status-bar--good",
        "status-bar--mode",
        "status-bar--alarm",
    }
    DEFAULT_CSS = """
    StatusBar {
        height: 1;
        background: $panel;
        color: $text;
        padding: 0 1;
        & > .status-bar--key { color: $text-accent; text-style: bold; }
        & > .status-bar--muted { color: $text-muted; }
        & > .status-bar--good { color: $text-success; }
        & > .status-bar--mode { color: $text-accent; text-style: reverse; }
        & > .status-bar--alarm { background: $error; color: $text; text-style: bold; }
    }
    """

    class Pressed(Message):
        """A part or a hint was clicked that has the name of a command."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[Part] = []
        self._names: Mapping[str, str] = {}
        self._hint_names: Sequence[str] = ()
        self._places: list[tuple[range, str]] = []
        self._hints: Sequence[tuple[str, str]] = ()
        self._alone = ""

    def show(self, parts: Sequence[Part], names: Mapping[str, str] | None = None) -> None:
        """Show `parts`; those without a text are left out. `names`: text → command."""
        self._names = names or {}
        cleaned = [(plain_line(text), tone) for text, tone in parts if text]
        if cleaned != self._parts:
            self._parts = cleaned
            self.refresh()

    def show_hints(
        self,
        hints: Sequence[tuple[str, str]],
        *,
        alone: str = "",
        names: Sequence[str] = (),
    ) -> None:
        """Show `hints`: (key, word), the most important first, with the commands in `names`.

        `alone` is shown at the left then, and of all else only alarms.
        """
        self._hint_names = names
        shown = hints, plain_line(alone)
        if shown != (self._hints, self._alone):
            self._hints, self._alone = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        base = self.rich_style
        left: list[Segment] = []
        used = 0
        self._places = []
        parts = self._fitting(width - 2 - min(_HINTS, self._hint_cells()))
        if self._alone:
            parts = [(self._alone, ""), *(part for part in parts if part[1] == "alarm")]
        for text, tone in parts:
            if used:
                left.append(Segment(" · ", base))
                used += 3
            style = base
            if tone:
                style = self.get_component_rich_style(f"status-bar--{tone}")
            left.append(Segment(text, style))
            self._place(used, cell_len(text), self._names.get(text, ""))
            used += cell_len(text)
        key_style = self.get_component_rich_style("status-bar--key")
        right: list[Segment] = []
        room = width - used - 2
        for key, word in self._hints:
            needed = _hint_cells(key, word)
            if needed > room:
                break
            right += [Segment(f"  {key}", key_style), Segment(f" {word}" if word else "", base)]
            room -= needed
        taken = sum(cell_len(segment.text) for segment in right)
        if used + taken > width:
            return Strip(left).crop(0, width)
        x = width - taken
        for (key, word), name in zip(self._hints, self._hint_names, strict=False):
            if x < width:
                self._place(x, _hint_cells(key, word), name)
            x += _hint_cells(key, word)
        gap = Segment(set_cell_size("", width - used - taken), base)
        return Strip([*left, gap, *right]).adjust_cell_length(width, base)

    def _place(self, x: int, cells: int, name: str) -> None:
        if name:
            self._places.append((range(x, x + cells), name))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for cells, name in self._places:
            if offset is not None and offset.x in cells:
                self.post_message(self.Pressed(name))

    def _fitting(self, cells: int) -> list[Part]:
        """The parts that fit into so many cells; those that matter most stay in any case."""
        kept = list(self._parts)
        for tone in _DISPENSABLE:
            for part in reversed(self._parts):
                if sum(cell_len(text) + 3 for text, _ in kept) - 3 <= cells:
                    return kept
                if part[1] == tone:
                    kept.remove(part)
        return kept

    def _hint_cells(self) -> int:
        return sum(_hint_cells(key, word) for key, word in self._hints)


def _hint_cells(key: str, word: str) -> int:
    return cell_len(key) + cell_len(word) + (3 if word else 2)
