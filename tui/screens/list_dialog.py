"""A dialog that is one list of rows, moved through with the same keys as everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.plain import content
from tui.screens.dialog import Dialog
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

T = TypeVar("T")
R = TypeVar("R")


class ListDialog(Dialog[T], Generic[T, R]):
    """Shows `rows`; a subclass names the list widget and says what choosing a row does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("pagedown,space,ctrl+d", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("g,home", "end(False)", show=False),
        Binding("G,end", "end(True)", show=False),
        Binding("enter", "choose", show=False),
        Binding("q", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    ListDialog RowList { height: auto; max-height: 100%; background: $surface; }
    """

    def __init__(self, title: str, hint: str, rows: list[R]) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._rows = rows

    def make_list(self) -> RowList[R]:
        """Make the widget that draws the rows."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint)
            yield self.make_list()

    @property
    def list(self) -> RowList[R]:
        """The list of this dialog."""
        return self.query_one(RowList)

    def on_mount(self) -> None:
        self.list.set_rows(self._rows)
        self.list.focus()
        self.fit()

    def fit(self) -> None:
        """Make the list as high as its rows; they are in it."""
        self.list.styles.height = max(1, len(self._rows))
        self.list.styles.max_height = "80vh"

    def action_move(self, steps: int) -> None:
        self.list.move(steps)

    def action_page(self, pages: int) -> None:
        self.list.move_page(pages)

    def action_end(self, last: bool) -> None:
        self.list.move_end(last)

    def action_choose(self) -> None:
        self.list.choose()
