"""Ask once whose annotations these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.locale import tr
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult


class AskReviewer(Dialog[str]):
    """Dismissed with the reviewer's name, or None."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("Who is reviewing?"))
            box.border_subtitle = content(tr("Enter: keep · Esc: not now"))
            yield Static(
                content(tr("Your name goes into every annotation and export. It is asked once.")),
                classes="label",
            )
            yield Input(placeholder=tr("Name, for example 王芳 or J. Smith"))
            yield Static(classes="problem")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        name = event.value.strip()
        if name:
            self.dismiss(name)
        else:
            self.query_one(".problem", Static).update(content(tr("A name is needed.")))
