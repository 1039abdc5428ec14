"""Annotating: who does it, what is changed by others, notes, corrections of issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work

from tui.locale import tr
from tui.screens.main.base import MainBase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from annotations.model import ArticleRef, IssueRef
    from annotations.store import Store

LOOK_SECONDS = 0.5
"""How often other processes' changes are looked for; they show within a second."""
DWELL_SECONDS = 1.5
"""An article that is on the screen so long counts as opened."""


class Annotating(MainBase):
    """Actions that add to the reader's work."""

    # Who and what.

    def with_reviewer(self, act: Callable[[], object]) -> None:
        """Do `act` now, or when the reviewer's name was given if nobody gave it yet.

        Nothing here waits: a key typed right behind the command belongs to the dialog it opens.
        """
        if self.notebook.reviewer:
            act()
            return
        from tui.screens.ask_reviewer import AskReviewer

        def given(name: str | None) -> None:
            if name:
                self._sign(name, act)
            else:
                self.say(tr("Nothing was changed: annotations need a reviewer's name."))

        self.app.push_screen(AskReviewer(), given)

    @work
    async def _sign(self, name: str, act: Callable[[], object]) -> None:
        self.app.keep_reviewer(name)
        await self.notebook.sign(name, self.shelf.issues)
        self.refresh_marks()
        act()

    def target(self) -> tuple[IssueRef, ArticleRef] | None:
        """The open article as an annotation refers to it."""
        from annotations.model import article_ref

        located = self.located()
        if located is None or self.article is None:
            return None
        issue, _, section, position = located
        printed = self.printed or self.article
        return self.issue_target(issue.id), article_ref(printed, section, position)

    def issue_target(self, issue_id: str) -> IssueRef:
        """An issue of the library, or the open one, as an annotation refers to it: as printed.

        The file of the open one may have gone meanwhile, or be another.
        """
        from annotations.model import issue_ref

        issue = self.outline_of(issue_id) or self.issue
        if issue is None or issue.id != issue_id:
            raise LookupError(issue_id)
        return issue_ref(issue)

    async def change(
        self, issue_id: str, act: Callable[[Store], Any], others: Sequence[str] = ()
    ) -> bool:
        """Carry out `act` upon the store, durably; the screen shows what became of it.

        `others` are further issues that it changes.
        """
        saved = await self.notebook.change(issue_id, act, others)
        self.refresh_marks()
        if not saved:  # what is kept elsewhere the band tells
            self.say(self.notebook.trouble, alarm=True)
        return saved

    # What others change.

    def watch_others(self) -> None:
        """Show what other processes and devices change, while the terminal is ours."""
        timer = self.set_interval(LOOK_SECONDS, self._look_for_changes)
        self.app.app_suspend_signal.subscribe(self, lambda _: timer.pause())
        self.app.app_resume_signal.subscribe(self, lambda _: timer.resume())

    def _look_for_changes(self) -> None:
        if not self.finished:
            self._take_in_changes()

    @work(group="look")
    async def _take_in_changes(self) -> None:
        changed = await self.notebook.look(self.issue.id if self.issue else None)
        if changed and not self.finished:
            self.refresh_marks()

    # Notes.

    def action_note(self) -> None:
        """Write a note on the article; upon a note in the inspector, change that."""
        row = self.inspector.row if self.inspector.has_focus else None
        self.edit_note(row.key if row is not None and row.kind == "note" else "")

    def edit_note(self, key: str) -> None:
        """Write a note, or change the one with `key`; an emptied note is taken away."""
        self.with_reviewer(lambda: self._write_note(key))

    def _write_note(self, key: str) -> None:
        from tui.screens.note_editor import NoteEditor

        target = self.target()
        if target is None:
            return
        notes = self.notebook.state(target[0].id, target[1].id).notes
        old = next((note for note in notes if note.key == key), None)

        async def keep(text: str) -> str:
            """Save; "" when it is safe, else why it is not: the editor stays open then."""

            def act(store: Store) -> None:
                if old is None:
                    store.note(*target, text)
                elif text.strip():
                    store.edit_note(old.annotation, text)
                else:
                    store.delete(old.annotation)

            if old is None and not text.strip():
                return ""
            return "" if await self.change(target[0].id, act) else self.notebook.trouble

        draft = f"note {old.id}" if old else f"new note {target[0].id} {target[1].id}"
        title, text = self.title_of(target[0].id, target[1]), old.text if old else ""
        self.app.push_screen(NoteEditor(title, text, keep, draft))

    # An article that stays on the screen for a while was opened.

    def count_dwell(self) -> None:
        """Start to count the time that the open article is on the screen."""
        self.stop_dwell()
        self._dwell = self.set_timer(DWELL_SECONDS, self._dwelled)

    def stop_dwell(self) -> None:
        """Count no longer: the reader said of the article what it is."""
        if self._dwell is not None:
            self._dwell.stop()

    _dwell: Timer | None = None

    def _dwelled(self) -> None:
        target = self.target() if self.reading_box.display else None
        if target is None:
            return
        # What was put off stays so until the reader says otherwise.
        if self.notebook.state(target[0].id, target[1].id).status != "unread":
            return
        if self.notebook.reviewer:
            self.run_worker(self.change(target[0].id, lambda store: store.mark_opened(*target)))
        else:
            self.notebook.opened(target)
            self.refresh_marks()
