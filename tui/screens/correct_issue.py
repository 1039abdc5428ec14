"""Correct what is known of an issue; the correction is kept with the reader's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from tui.locale import mark, tr
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

FIELDS = {
    "title": mark("Title"),
    "publication": mark("Publication"),
    "number": mark("Number"),
    "date": mark("Date (2024, 2024-08 or 2024-08-09)"),
}


class CorrectIssue(Dialog[dict[str, str]]):
    """Dismissed with the fields that were changed, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "save", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, file_name: str, values: Mapping[str, str]) -> None:
        super().__init__()
        self._file_name = file_name
        self._values = dict(values)
        self._warned = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("Correct the issue"))
            box.border_subtitle = content(self._hint())
            yield Static(content(self._file_name), classes="label")
            for name, title in FIELDS.items():
                yield Label(content(tr(title)), classes="label")
                yield Input(self._values.get(name, ""), id=f"field-{name}")
            yield Static(classes="problem")

    def _hint(self) -> str:
        return tr("Enter or F2: save · Tab: next field · Esc: leave")

    def _entered(self) -> dict[str, str]:
        return {name: self.query_one(f"#field-{name}", Input).value.strip() for name in FIELDS}

    def _changed(self) -> dict[str, str]:
        return {
            name: value
            for name, value in self._entered().items()
            if value != self._values.get(name, "")
        }

    def action_cancel(self) -> None:
        """Leave; values that would be lost ask for a second Escape."""
        if self._warned or not self._changed():
            self.dismiss(None)
            return
        self._warned = True
        hint = tr("Not saved! F2: save · Esc again: throw it away")
        self.query_one(".dialog").border_subtitle = content(hint)

    def on_input_changed(self) -> None:
        if self._warned:
            self._warned = False
            self.query_one(".dialog").border_subtitle = content(self._hint())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Keep what was changed, if the date is one."""
        entered = self._entered()
        if entered["date"] and not _is_date(entered["date"]):
            self.query_one(".problem", Static).update(
                content(tr("The date is written 2024, 2024-08 or 2024-08-09."))
            )
            self.query_one("#field-date", Input).focus()
            return
        self.dismiss(self._changed())


def _is_date(text: str) -> bool:
    """Say whether the store will take `text` as a date."""
    from annotations.model import StoreError
    from annotations.text import iso_date

    try:
        iso_date(text)
    except StoreError:
        return False
    return True
