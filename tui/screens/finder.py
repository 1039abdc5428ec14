"""A dialog of a field above a list: what is typed filters it, arrows move in it, Enter chooses."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.screens.dialog import Dialog
from tui.widgets.row_list import RowList

R = TypeVar("R")


class Finder(Dialog[R], Generic[R]):
    """Dismissed with the row that was chosen, or None; the keys stay in the field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Finder .row-list--cursor-blurred { background: $primary; color: $text; text-style: bold; }
    """

    def on_mount(self) -> None:
        self.list.can_focus = False
        self._begin()

    @work
    async def _begin(self) -> None:
        await self.begin()

    async def begin(self) -> None:
        """Look for the rows and show them; the field takes keys meanwhile."""
        raise NotImplementedError

    def fill(self, typed: str) -> None:
        """Show the rows that what is typed leaves."""
        raise NotImplementedError

    @property
    def list(self) -> RowList[R]:
        """The list; a dialog has one."""
        return self.query_one(RowList)

    def refill(self) -> None:
        """Show the rows anew."""
        self.fill(self.query_one(Input).value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()

    def action_move(self, steps: int) -> None:
        """Move in the list while the keys stay in the field."""
        self.list.move(steps, tell=False)

    def action_page(self, pages: int) -> None:
        self.list.move_page(pages, tell=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.choose()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        row = self.list.row
        if row is not None:
            self.dismiss(row)
