"""What all dialogs share: a framed box in the middle, a hint below, Escape backs out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.worker import NoActiveWorker, get_current_worker

from bulletins.sources.plain import plain
from tui.plain import content
from tui.screens.layered import Layered

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.worker import Worker

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Layered[T | None]):
    """A modal box; it is dismissed with None by Escape.

    The modal screen comes first: a style sheet is inherited by the first base only, and that one
    lets the screen behind be seen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .dialog {
            width: 72;
            max-width: 94%;
            height: auto;
            max-height: 90%;
            padding: 0 1;
            background: $surface;
            border: round $primary;
            border-title-color: $text;
            border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        Input:focus { background: $panel-lighten-1; }
        .label { color: $text-muted; margin-top: 1; }
        .problem { color: $text-error; height: auto; }
    }
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close; whoever still looks for something to show must not find half of it gone."""
        try:
            current: Worker[object] | None = get_current_worker()
        except NoActiveWorker:
            current = None
        for worker in self.workers:
            if worker.node is self and worker is not current:
                worker.cancel()
        return super().dismiss(result)

    def tell(self, message: str) -> None:
        """Say something in the lower frame, and in a toast as well what is too long for that."""
        box = self.query_one(".dialog")
        box.border_subtitle = content(message)
        if cell_len(message) > box.size.width - 4:
            self.app.notify(plain(message), timeout=8, markup=False)

    def action_cancel(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
