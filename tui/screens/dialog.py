"""What all dialogs share: a framed box in the middle, a hint below, Escape backs out."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

T = TypeVar("T")


class Dialog(ModalScreen[T | None]):
    """A modal box; it is dismissed with None by Escape."""

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

    ready = False
    """A field, or whatever the dialog has, takes keys; until then the app holds them."""

    class Ready(Message):
        """The dialog takes keys from now on."""

    def on_mount(self) -> None:
        # A dialog without a field is ready as soon as it is drawn.
        self.call_after_refresh(self._take_keys)

    def on_descendant_focus(self) -> None:
        self._take_keys()

    def _take_keys(self) -> None:
        if not self.ready:
            self.ready = True
            self.app.post_message(self.Ready())

    def on_key(self, event: events.Key) -> None:
        """Hand on what was sent here before a field had the keys.

        A field takes what is printable, so a key that comes up to here never was in it.
        """
        if event.is_printable and isinstance(self.focused, Input | TextArea):
            event.stop()
            self.app.post_message(events.Key(event.key, event.character))

    def action_cancel(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
