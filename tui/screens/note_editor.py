"""Write or change a note of several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from tui.locale import tr
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult


class NoteEditor(Dialog[str]):
    """Dismissed with the text, which may be "" (take the note away), or None: nothing changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s,ctrl+enter", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    NoteEditor > .dialog { height: 60%; min-height: 10; }
    NoteEditor TextArea { height: 1fr; border: none; padding: 0 1; }
    """

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._warned = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint())
            yield TextArea(self._text, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def _hint(self) -> str:
        return tr("F2 or Ctrl+S: save · Esc: leave")

    def action_save(self) -> None:
        """Keep what was written."""
        self.dismiss(self.query_one(TextArea).text)

    def action_cancel(self) -> None:
        """Leave; text that would be lost asks for a second Escape."""
        if self.query_one(TextArea).text == self._text or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        box = self.query_one(".dialog")
        box.border_subtitle = content(tr("Not saved! F2: save · Esc again: throw it away"))
        box.styles.border = ("round", "red")

    def on_text_area_changed(self) -> None:
        if self._warned:
            self._warned = False
            box = self.query_one(".dialog")
            box.border_subtitle = content(self._hint())
            box.styles.border = None
