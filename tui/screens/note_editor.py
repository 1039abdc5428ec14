"""Write or change a note of several lines; what is typed is kept as a draft until it is saved."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from bulletins.sources.plain import plain_line
from tui.clock import local_time
from tui.drafts import Draft
from tui.locale import told, tr
from tui.locations import drafts_folder
from tui.plain import content
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult

DRAFT_AFTER = 0.4
"""Seconds after which a change is kept as a draft: so much a crash may take."""


class NoteEditor(Dialog[None]):
    """Closes when `keep` has saved the text, which may be "" (take the note away), or unsaved.

    `keep` gives "" when the text is safe, else why it is not; the editor then stays open with it.
    `draft` names the note among all that are written; a draft of it that a crash left is restored.
    Without it no draft is kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s,ctrl+enter", "save", show=False, priority=True),
        Binding("f8", "drop_draft", show=False, priority=True),
        Binding("escape", "cancel", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    NoteEditor > .dialog { height: 60%; min-height: 10; }
    NoteEditor > .-alarm { border: round $error; border-subtitle-color: $text-error; }
    NoteEditor > .-restored { border: round $warning; border-subtitle-color: $text-warning; }
    NoteEditor TextArea, NoteEditor TextArea:focus { height: 1fr; border: none; padding: 0 1; }
    """

    def __init__(
        self, title: str, text: str, keep: Callable[[str], Awaitable[str]], draft: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._keep = keep
        self._warned = ""
        self._draft: Draft | None = None
        self._restored = ""
        self._told = ""
        self._later = False
        self._begun = text
        if draft:
            self._draft = Draft(drafts_folder(), draft, title, text)
            found = self._draft.restore()
            if found is not None:
                self._begun = found.text
                said = tr("Draft of {time} restored · F2: save · F8: drop it")
                if found.before != text:
                    said = tr("Draft of {time} restored; the note was changed since · F8: drop it")
                self._restored = said.format(time=local_time(found.when)[-5:])

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(plain_line(self._title))
            box.border_subtitle = content(self._hint())
            box.set_class(bool(self._restored), "-restored")
            yield TextArea(self._begun, soft_wrap=True, show_line_numbers=False)

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
        if self._draft is not None:
            await asyncio.to_thread(self._draft.drop)
        self.dismiss(None)
        return True

    async def action_save(self) -> None:
        """Save; emptying a note that was there asks for a second time."""
        emptied = self._text.strip() and not self.query_one(TextArea).text.strip()
        if emptied and self._warned != "empty":
            self._warn("empty", tr("Empty. F2 again: take the note away"))
            return
        await self.save()

    async def action_cancel(self) -> None:  # type: ignore[override]
        """Leave; text that would be lost asks for a second Escape."""
        if self.unsaved and self._warned != "leave":
            self._warn("leave", tr("Not saved! F2: save · Esc again: throw it away"))
            return
        if self._draft is not None:
            self._draft.drop()
        self.dismiss(None)

    def refuse_to_leave(self) -> bool:
        """Say once that something is not saved; True when it was said now."""
        if not self.unsaved or self._warned == "quit":
            return False
        if self._draft is not None:
            with suppress(OSError):
                self._draft.keep(self.query_one(TextArea).text)
        self._warn("quit", self._words_for_quitting())
        return True

    def _words_for_quitting(self) -> str:
        if self._draft is None:
            return tr("Not saved! F2: save · quit again: throw it away")
        return tr("Not saved! F2: save · quit again: leave it as a draft")

    def _hint(self) -> str:
        return self._restored or self._told or tr("F2 or Ctrl+S: save · Esc: leave")

    def _warn(self, about: str, message: str) -> None:
        self._warned = about
        box = self.query_one(".dialog")
        box.border_subtitle = content(message)
        box.add_class("-alarm")

    def _calm(self) -> None:
        self._warned = ""
        box = self.query_one(".dialog")
        box.border_subtitle = content(self._hint())
        box.remove_class("-alarm")
        box.set_class(bool(self._restored), "-restored")

    def on_text_area_changed(self) -> None:
        if self._warned:
            self._calm()
        if self._draft is not None and not self._later:
            self._later = True
            self.set_timer(DRAFT_AFTER, self._keep_draft)

    # The draft.

    @work(group="draft")
    async def _keep_draft(self) -> None:
        """Keep what is there by now, away from the keys."""
        self._later = False
        draft = self._draft
        if draft is None or not self.is_attached:
            return
        text = self.query_one(TextArea).text
        try:
            await asyncio.to_thread(draft.keep, text if text != self._text else "")
        except OSError as error:
            why = told(error.strerror or str(error))
            self._told = tr("F2: save · no draft can be kept: {why}").format(why=why)
        else:
            self._told = ""
        if self.is_attached and not self._warned and not self._restored:
            self.query_one(".dialog").border_subtitle = content(self._hint())

    async def action_drop_draft(self) -> None:
        """Go back from the restored draft to the note as it was saved; Ctrl+Z brings it back."""
        if not self._restored:
            return
        self._restored = ""
        area = self.query_one(TextArea)
        area.replace(self._text, (0, 0), area.document.end)
        area.move_cursor(area.document.end)
        self._calm()

    def on_unmount(self) -> None:
        """Leave the draft where it is if the program ends over it."""
        if self._draft is not None:
            self._draft.leave()
