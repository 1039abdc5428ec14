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
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """What to do with which link."""

    act: Literal["open", "copy"]
    url: str


Link = tuple[int, str, str]
"""A link's number, the link, and what was printed of it if that is another."""


class LinkList(RowList[Link]):
    """Numbered links; http and https ones are hyperlinks of the terminal as well."""

    def draw(self, row: Link, width: int, tone: Tone) -> list[Segment]:
        number, url, printed = row
        lead = f"{number:>2} " + ("~ " if printed else "")
        was = ""
        if printed:
            was = tr("(printed: {printed})").format(printed=printed)
            was = "  " + _without_middle(was, max(12, (width - cell_len(lead)) // 2 - 2))
        room = max(0, width - cell_len(lead + was))
        shown = _without_middle(url, room)
        link = Style(link=url) if is_web_link(url) else Style()
        muted = tone("row-list--muted")
        drawn = [Segment(lead, muted), Segment(shown, tone("") + link)]
        return [*drawn, Segment(was, muted)] if was else drawn


def _without_middle(url: str, cells: int) -> str:
    """`url` in at most so many cells; links of one site differ at their ends."""
    if cell_len(url) <= cells:
        return url
    tail = ""
    for sign in reversed(url):
        if cell_len(sign + tail) > max(0, cells - 1) * 2 // 3:
            break
        tail = sign + tail
    return set_cell_size(url, max(0, cells - 1 - cell_len(tail))) + "…" + tail


class Sources(ListDialog[LinkChoice, Link]):
    """Dismissed with what to do, or None. Digits choose a link, more than nine as well."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,y", "copy", show=False),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(10)),
    ]

    DEFAULT_CSS = """
    Sources > .dialog { width: 94%; }
    """

    def __init__(self, urls: Sequence[str], printed: Mapping[str, str] | None = None) -> None:
        """`printed` gives what was printed of corrected links."""
        was = printed or {}
        links = [(number, url, was.get(url, "")) for number, url in enumerate(urls, 1)]
        super().__init__(tr("Sources"), tr("Enter: open · c: copy · digits: go to"), links)
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
