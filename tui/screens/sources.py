"""The links of an article: open, copy, or let the terminal follow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from tui.links import is_web_link
from tui.locale import tr
from tui.screens.list_dialog import ListDialog
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """What to do with which link."""

    act: Literal["open", "copy"]
    url: str


class LinkList(RowList[tuple[int, str]]):
    """Numbered links; http and https ones are hyperlinks of the terminal as well."""

    def draw(self, row: tuple[int, str], width: int, tone: Tone) -> list[Segment]:
        number, url = row
        lead = f"{number:>2} "
        room = max(0, width - cell_len(lead))
        shown = url if cell_len(url) <= room else _without_middle(url, room)
        link = Style(link=url) if is_web_link(url) else Style()
        return [Segment(lead, tone("row-list--muted")), Segment(shown, tone("") + link)]


def _without_middle(url: str, cells: int) -> str:
    """`url` in at most so many cells; links of one site differ at their ends."""
    tail = ""
    for sign in reversed(url):
        if cell_len(sign + tail) > max(0, cells - 1) * 2 // 3:
            break
        tail = sign + tail
    return set_cell_size(url, max(0, cells - 1 - cell_len(tail))) + "…" + tail


class Sources(ListDialog[LinkChoice, tuple[int, str]]):
    """Dismissed with what to do, or None. Digits choose a link, more than nine as well."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,y", "copy", show=False),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(10)),
    ]

    DEFAULT_CSS = """
    Sources > .dialog { width: 94%; }
    """

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__(
            tr("Sources"), tr("Enter: open · c: copy · digits: go to"), list(enumerate(urls, 1))
        )
        self._typed = 0

    def make_list(self) -> LinkList:
        return LinkList()

    def action_digit(self, digit: int) -> None:
        """Go to a link by its number; further digits refine it."""
        typed = self._typed * 10 + digit
        self._typed = typed if 1 <= typed <= len(self._rows) else digit
        if 1 <= self._typed <= len(self._rows):
            self.list.go(self._typed - 1)

    def action_copy(self) -> None:
        """Copy the link under the cursor."""
        if self.list.row is not None:
            self.dismiss(LinkChoice("copy", self.list.row[1]))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.list.row is not None:
            self.dismiss(LinkChoice("open", self.list.row[1]))
