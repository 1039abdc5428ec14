"""What all dialogs share: a framed box in the middle, a hint below, Escape backs out."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
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

    _early: list[events.Key] | None = None

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed before a field has the keys, and hand it on then."""
        if not event.is_printable:
            return
        if self.focused is None:
            event.stop()
            self._early = [*(self._early or []), event]
        elif isinstance(self.focused, Input | TextArea):
            # A field takes what is printable, so this key was sent before the field had them.
            event.stop()
            self.app.post_message(events.Key(event.key, event.character))

    def on_descendant_focus(self) -> None:
        early, self._early = self._early or [], None
        for event in early:
            self.app.post_message(events.Key(event.key, event.character))

    def action_cancel(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
