"""Choose which classes of names and sums are highlighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from tui.locale import tr
from tui.mention_classes import MENTION_CLASSES, MentionClass
from tui.screens.list_dialog import ListDialog
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable


class ClassList(RowList[MentionClass]):
    """The classes, each in its colour, with a mark when it is shown."""

    def __init__(self, shown: set[str]) -> None:
        super().__init__()
        self.shown = shown

    def draw(self, row: MentionClass, width: int, tone: Tone) -> list[Segment]:
        box = Segment(f"[{'x' if row.name in self.shown else ' '}] {row.key}  ", tone(""))
        return [box, Segment(tr(row.title), tone(row.name))]


class Highlights(ListDialog[frozenset[str], MentionClass]):
    """Every change is told at once to `change`; dismissed with the classes to show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", show=False, priority=True),
        Binding("a", "all(True)", show=False),
        Binding("n", "all(False)", show=False),
        *(
            Binding(entry.key, f"switch('{entry.name}')", show=False, priority=True)
            for entry in MENTION_CLASSES
        ),
    ]

    def __init__(self, shown: frozenset[str], change: Callable[[frozenset[str]], None]) -> None:
        super().__init__(
            tr("Highlights"), tr("Space: on or off · a: all · n: none · Esc: back"),
            list(MENTION_CLASSES),
        )  # fmt: skip
        self._shown = set(shown)
        self._change = change

    def make_list(self) -> ClassList:
        return ClassList(self._shown)

    def action_switch(self, name: str) -> None:
        """Switch one class on or off."""
        self._shown ^= {name}
        self._tell()

    def action_all(self, on: bool) -> None:
        """Switch all classes on or off."""
        self._shown.clear()
        if on:
            self._shown |= {entry.name for entry in MENTION_CLASSES}
        self._tell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.list.row is not None:
            self.action_switch(self.list.row.name)

    def action_cancel(self) -> None:
        self.dismiss(frozenset(self._shown))

    def _tell(self) -> None:
        self.list.redraw()
        self._change(frozenset(self._shown))
