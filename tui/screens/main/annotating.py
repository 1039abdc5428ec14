"""Annotating: tags, notes, star, status, corrections; each is saved before it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.widgets import Input

from tui.locale import tr
from tui.screens.main.base import MainBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from annotations.model import ArticleRef, IssueRef
    from annotations.store import Store
    from tui.screens.tag_picker import TagChange

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
        """An issue of the library as an annotation refers to it: as printed."""
        from annotations.model import issue_ref

        issue = self.outline_of(issue_id)
        if issue is None:
            raise LookupError(issue_id)
        return issue_ref(issue)

    async def change(self, issue_id: str, act: Callable[[Store], Any]) -> bool:
        """Carry out `act` upon the store, durably; the screen shows what became of it."""
        saved = await self.notebook.change(issue_id, act)
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
            self.run_worker(self._take_in_changes(), group="look")

    async def _take_in_changes(self) -> None:
        if await self.notebook.look(self.issue.id if self.issue else None):
            self.refresh_marks()

    # Tags, notes, star, status.

    def action_tag(self) -> None:
        self.with_reviewer(self._pick_tags)

    def _pick_tags(self) -> None:
        target = self.target()
        if target is None:
            return
        own = self.notebook.state(target[0].id, target[1].id).tags

        def picked(change: TagChange | None) -> None:
            if change is not None:
                self.run_worker(self.change_tags(target, change.add, change.remove))

        self.app.push_screen(self.tag_picker(target[1].title, own), picked)

    async def change_tags(
        self, target: tuple[IssueRef, ArticleRef], add: tuple[str, ...], remove: tuple[str, ...]
    ) -> None:
        """Put tags on an article and take tags off it, and say so."""

        def act(store: Store) -> None:
            with store.batch("tags" if add and remove else "tag" if add else "untag"):
                for name in add:
                    store.tag(*target, name)
                for name in remove:
                    store.untag(*target, name)

        if await self.change(target[0].id, act):
            put = [f"+{name}" for name in add] + [f"−{name}" for name in remove]
            self.say(tr("Tags: {tags}").format(tags=" ".join(put)))

    def on_key(self, event: events.Key) -> None:
        """Digits put the quick tags of the configuration on the article."""
        if self.app.screen is not self:
            # Typed behind a command that opened a dialog meanwhile: meant for that one.
            event.stop()
            self.app.post_message(events.Key(event.key, event.character))
            return
        name = self.config.quick_tags.get(event.key)
        if name and not isinstance(self.focused, Input):
            event.stop()
            self.quick_tag(name)

    def quick_tag(self, name: str) -> None:
        """Put a tag on the article, or take it off, and say which."""
        self.with_reviewer(lambda: self._toggle_tag(name))

    @work
    async def _toggle_tag(self, name: str) -> None:
        target = self.target()
        put: list[bool] = []
        if target is not None and await self.change(
            target[0].id, lambda store: put.append(store.toggle_tag(*target, name))
        ):
            self.say(tr("Tags: {tags}").format(tags=f"{'+' if put[0] else '−'}{name}"))

    def action_note(self) -> None:
        self.edit_note("")

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

        self.app.push_screen(NoteEditor(target[1].title, old.text if old else "", keep))

    def action_star(self) -> None:
        self.with_reviewer(lambda: self._act(lambda store, *on: store.toggle_star(*on)))

    def action_reviewed(self) -> None:
        self.with_reviewer(
            lambda: self._act(lambda store, *on: store.toggle_status(*on, "reviewed", "reading"))
        )

    def action_unread(self) -> None:
        self.with_reviewer(lambda: self._act(lambda store, *on: store.set_status(*on, "unread")))

    def _act(self, act: Callable[[Store, IssueRef, ArticleRef], object]) -> None:
        """Do something to the open article, whichever is open when it is done."""
        target = self.target()
        if target is not None:
            self.run_worker(self.change(target[0].id, lambda store: act(store, *target)))

    # Back, and forth again.

    @work
    async def action_undo(self) -> None:
        await self._go_back(again=False)

    @work
    async def action_redo(self) -> None:
        await self._go_back(again=True)

    async def _go_back(self, *, again: bool) -> None:
        from tui.undoing import words

        done, why = await self.notebook.turn(again=again) if self.notebook.reviewer else (None, "")
        if done is None:
            nothing = tr("There is nothing to redo.") if again else tr("There is nothing to undo.")
            self.say(why or nothing, alarm=bool(why))
            return
        self.refresh_marks()
        said = tr("Done again: {what} · {where}") if again else tr("Undone: {what} · {where}")
        self.say(said.format(what=words(done.label), where=done.about))

    def _status(self, target: tuple[IssueRef, ArticleRef]) -> str:
        return self.notebook.state(target[0].id, target[1].id).status

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
            self.run_worker(self.change(target[0].id, lambda store: store.mark_opened(*target)))
        else:
            self.notebook.opened(target)
            self.refresh_marks()
