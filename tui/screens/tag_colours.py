"""Choose the colour of a tag, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from tui.locale import tr
from tui.passages import COLOURS
from tui.screens.list_dialog import ListDialog
from tui.tag_looks import TAG_COLOURS, tag_layer, tag_sign
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHOICES = ("", *TAG_COLOURS)


class ColourList(RowList[str]):
    """The colours, each with its digit, its sign and its name; "" is none."""

    def draw(self, row: str, width: int, tone: Tone) -> list[Segment]:
        name = tr(COLOURS[row]) if row else tr("no colour")
        digit = Segment(f"{_CHOICES.index(row)}  ", tone("row-list--muted"))
        return [digit, Segment(f"{tag_sign(row)} {name}", tone(tag_layer(row)))]


class TagColours(ListDialog[str, str]):
    """Dismissed with a colour's name, "" for none, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(n), f"pick({n})", show=False) for n in range(len(_CHOICES))
    ]
    DEFAULT_CSS = "TagColours > .dialog { width: 40; }"

    def __init__(self, name: str, now: str) -> None:
        super().__init__(name, tr("digit or Enter: choose · Esc: back"), list(_CHOICES))
        self._now = now

    def make_list(self) -> ColourList:
        return ColourList()

    def on_mount(self) -> None:
        super().on_mount()
        rows: Sequence[str] = self._rows
        self.list.go(rows.index(self._now) if self._now in rows else 0, tell=False)

    def action_pick(self, index: int) -> None:
        self.dismiss(_CHOICES[index])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(self.list.row)
