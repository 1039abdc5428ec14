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
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult


class NoteEditor(Dialog[None]):
    """Closes when `keep` has saved the text, which may be "" (take the note away), or unsaved.

    `keep` gives "" when the text is safe, else why it is not; the editor then stays open with it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s,ctrl+enter", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    NoteEditor > .dialog { height: 60%; min-height: 10; }
    NoteEditor > .-alarm { border: round $error; border-subtitle-color: $text-error; }
    NoteEditor TextArea { height: 1fr; border: none; padding: 0 1; }
    """

    def __init__(self, title: str, text: str, keep: Callable[[str], Awaitable[str]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._keep = keep
        self._warned = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint())
            yield TextArea(self._text, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    @property
    def unsaved(self) -> bool:
        """Something was written that is not kept."""
        return self.query_one(TextArea).text != self._text

    async def save(self) -> bool:
        """Keep what was written and close; False when it could not be kept."""
        text = self.query_one(TextArea).text
        if text != self._text:
            trouble = await self._keep(text)
            if trouble:
                self._warn("trouble", tr("Not saved: {why}").format(why=trouble))
                return False
        self.dismiss(None)
        return True

    async def action_save(self) -> None:
        """Save; emptying a note that was there asks for a second time."""
        emptied = self._text.strip() and not self.query_one(TextArea).text.strip()
        if emptied and self._warned != "empty":
            self._warn("empty", tr("Empty. F2 again: take the note away"))
            return
        await self.save()

    def action_cancel(self) -> None:
        """Leave; text that would be lost asks for a second Escape."""
        if self.unsaved and self._warned != "leave":
            self._warn("leave", tr("Not saved! F2: save · Esc again: throw it away"))
            return
        self.dismiss(None)

    def refuse_to_leave(self) -> bool:
        """Say once that something is not saved; True when it was said now."""
        if not self.unsaved or self._warned == "quit":
            return False
        self._warn("quit", tr("Not saved! F2: save · quit again: throw it away"))
        return True

    def _hint(self) -> str:
        return tr("F2 or Ctrl+S: save · Esc: leave")

    def _warn(self, about: str, message: str) -> None:
        self._warned = about
        box = self.query_one(".dialog")
        box.border_subtitle = content(message)
        box.add_class("-alarm")

    def on_text_area_changed(self) -> None:
        if self._warned:
            self._warned = ""
            box = self.query_one(".dialog")
            box.border_subtitle = content(self._hint())
            box.remove_class("-alarm")
