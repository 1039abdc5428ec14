"""Annotating: tags, notes, star, status, corrections; each is saved before it says so."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from textual import work
from textual.widgets import Input

from tui.locale import tr
from tui.screens.main.base import MainBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.timer import Timer

    from annotations.model import ArticleRef, IssueRef
    from annotations.store import Store

DWELL_SECONDS = 1.5
"""An article that is on the screen so long counts as opened."""


class Annotating(MainBase):
    """Actions that add to the reader's work."""

    # Who and what.

    async def reviewer_known(self) -> bool:
        """Ask for the reviewer's name if nobody gave it yet; False when it was not given."""
        if self.notebook.reviewer:
            return True
        from tui.screens.ask_reviewer import AskReviewer

        name = await self.app.push_screen_wait(AskReviewer())
        if not name:
            self.say(tr("Nothing was changed: annotations need a reviewer's name."))
            return False
        self.app.keep_reviewer(name)
        await self.notebook.sign(name, self.shelf.issues)
        self.refresh_marks()
        return True

    def target(self) -> tuple[IssueRef, ArticleRef] | None:
        """The open article as an annotation refers to it."""
        from annotations.model import article_ref

        located = self.located()
        if located is None or self.article is None:
            return None
        issue, _, section, position = located
        return self.issue_target(issue.id), article_ref(self.article, section, position)

    def issue_target(self, issue_id: str) -> IssueRef:
        """An issue of the library as an annotation refers to it, with its corrections."""
        from annotations.model import IssueRef

        issue = self.outline_of(issue_id)
        if issue is None:
            raise LookupError(issue_id)
        fields = {
            name: self.shelf.issue_field(issue, name) or None
            for name in ("publication", "number", "title", "date")
        }
        return IssueRef(issue.id, PurePath(issue.path).name, **fields)

    async def change(self, issue_id: str, act: Callable[[Store], Any]) -> bool:
        """Carry out `act` upon the store, durably; the screen shows what became of it."""
        saved = await self.notebook.change(issue_id, act)
        self.refresh_marks()
        if not saved:
            self.say(self.notebook.trouble, alarm=True)
        return saved

    def refresh_marks(self) -> None:
        """Show anew all that depends on annotations."""
        raise NotImplementedError

    # Tags, notes, star, status.

    @work
    async def action_tag(self) -> None:
        from tui.screens.tag_picker import TagPicker

        if self.article is None or not await self.reviewer_known():
            return
        target = self.target()
        if target is None:
            return
        counts = await self.notebook.tag_counts()
        own = self.notebook.state(target[0].id, target[1].id).tags
        change = await self.app.push_screen_wait(TagPicker(self.article.title, counts, own))
        if change is not None:
            await self.change_tags(target, change.add, change.remove)

    async def change_tags(
        self, target: tuple[IssueRef, ArticleRef], add: tuple[str, ...], remove: tuple[str, ...]
    ) -> None:
        """Put tags on an article and take tags off it, and say so."""

        def act(store: Store) -> None:
            for name in add:
                store.tag(*target, name)
            for name in remove:
                store.untag(*target, name)

        if await self.change(target[0].id, act):
            put = [f"+{name}" for name in add] + [f"−{name}" for name in remove]
            self.say(tr("Tags: {tags}").format(tags=" ".join(put)))

    def on_key(self, event: events.Key) -> None:
        """Digits put the quick tags of the configuration on the article."""
        name = self.config.quick_tags.get(event.key)
        if name and not isinstance(self.focused, Input):
            event.stop()
            self.quick_tag(name)

    @work
    async def quick_tag(self, name: str) -> None:
        """Put a tag on the article, or take it off."""
        if self.article is None or not await self.reviewer_known():
            return
        target = self.target()
        if target is not None:
            has = name in self.notebook.state(target[0].id, target[1].id).tags
            await self.change_tags(target, () if has else (name,), (name,) if has else ())

    def action_note(self) -> None:
        self.edit_note("")

    @work
    async def edit_note(self, note_id: str) -> None:
        """Write a note, or change the one with `note_id`; an emptied note is taken away."""
        from tui.screens.note_editor import NoteEditor

        if self.article is None or not await self.reviewer_known():
            return
        target = self.target()
        if target is None:
            return
        notes = self.notebook.state(target[0].id, target[1].id).notes
        old = next((note for note in notes if note.id == note_id), None)
        text = old.text if old else ""
        written = await self.app.push_screen_wait(NoteEditor(self.article.title, text))
        if written is None or written == text:
            return

        def act(store: Store) -> None:
            if old is None:
                store.note(*target, written)
            elif written.strip():
                store.edit_note(old.annotation, written)
            else:
                store.delete(old.annotation)

        if old is not None or written.strip():
            await self.change(target[0].id, act)

    @work
    async def action_star(self) -> None:
        await self._with_article(
            lambda store, target: store.set_star(
                *target, on=not self.notebook.state(target[0].id, target[1].id).starred
            )
        )

    @work
    async def action_reviewed(self) -> None:
        await self._with_article(
            lambda store, target: store.set_status(
                *target, "reading" if self._status(target) == "reviewed" else "reviewed"
            )
        )

    @work
    async def action_unread(self) -> None:
        await self._with_article(lambda store, target: store.set_status(*target, "unread"))

    def _status(self, target: tuple[IssueRef, ArticleRef]) -> str:
        return self.notebook.state(target[0].id, target[1].id).status

    async def _with_article(self, act: Callable[[Store, tuple[IssueRef, ArticleRef]], Any]) -> None:
        if self.article is None or not await self.reviewer_known():
            return
        target = self.target()
        if target is not None:
            await self.change(target[0].id, lambda store: act(store, target))

    # An article that stays on the screen for a while was opened.

    def count_dwell(self) -> None:
        """Start to count the time that the open article is on the screen."""
        if self._dwell is not None:
            self._dwell.stop()
        self._dwell = self.set_timer(DWELL_SECONDS, self._dwelled)

    _dwell: Timer | None = None

    def _dwelled(self) -> None:
        target = self.target() if self.reading_box.display else None
        if target is None or self._status(target) not in ("unread", "later"):
            return
        if self.notebook.reviewer:
            self.run_worker(
                self.change(target[0].id, lambda store: store.set_status(*target, "reading"))
            )
        else:
            self.notebook.opened(target)
            self.refresh_marks()

    # Issues, and what lost its place.

    @work
    async def action_correct_issue(self) -> None:
        from tui.screens.correct_issue import FIELDS, CorrectIssue

        row = self.sidebar.row
        issue = self.outline_of(row.issue_id) if row is not None and row.issue_id else self.issue
        if issue is None or not await self.reviewer_known():
            return
        values = {name: self.shelf.issue_field(issue, name) for name in FIELDS}
        changed = await self.app.push_screen_wait(CorrectIssue(PurePath(issue.path).name, values))
        if not changed:
            return
        reference = self.issue_target(issue.id)

        def act(store: Store) -> None:
            for name, value in changed.items():
                store.correct_issue(reference, name, value)  # type: ignore[arg-type]

        await self.change(issue.id, act)

    def action_orphans(self) -> None:
        from tui.screens.orphans import Orphans

        orphans = self.notebook.orphans()
        if orphans:
            self.app.push_screen(Orphans(orphans))
        else:
            self.say(tr("Every annotation has found its article."))
