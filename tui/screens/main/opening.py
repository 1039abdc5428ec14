"""Opening: the library when the app starts, articles, and the session at its end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from bulletins.catalogue import messages
from tui.editions import Shown, news
from tui.locale import ntr, told, tr
from tui.mention_classes import MENTION_CLASSES
from tui.outline import Row, Shelf
from tui.screens.main.annotating import Annotating

if TYPE_CHECKING:
    from textual.timer import Timer

    from bulletins.model import Article

FEW_ISSUES = 4
"""With more issues than this, the list starts with closed ones."""
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
SPINNER_TURN = 0.025
"""Seconds a turn, while there is nothing to read yet."""
ASIDE = 0.1
"""Seconds after which the inspector follows: a key held down shows articles, not their names."""
REFINE_AFTER = 30.0
"""Seconds of rest before the reader is asked to cut words: 200 MB for a little more precision."""


class Opening(Annotating):
    """Brings the library and its articles to the screen."""

    @dataclass
    class Told(Message):
        """The reader process said something."""

        event: messages.Event

    sidebar_wanted = True
    inspector_wanted: bool | None = None
    _read_now = False
    _top: tuple[int, int] | None = None

    def apply_session(self) -> None:
        """Restore what the last session left."""
        self._spinner = self.set_interval(SPINNER_TURN, self._turn)
        state = self.app.startup.session
        self.sidebar_wanted = state.sidebar
        self.inspector_wanted = None if state.inspector else False
        self.folded = set(state.folded)
        self._unfolded = set(state.unfolded)
        self._waiting: set[str] = set()
        self._held: set[str] = set()  # the issues that files of the library hold
        self._failed: dict[str, str] = {}
        # Where the last session ended is where this one begins.
        last = (state.issue,) if state.issue else ()
        self.editions = Shown((*last, *state.editions))
        self._known_keys: set[str] = set()
        shown = set(self.config.highlights) - set(state.hidden)
        if state.hidden or state.issue:  # a session's own choice stands against the defaults
            shown = {entry.name for entry in MENTION_CLASSES} - set(state.hidden)
        self.show_classes(frozenset(shown))
        self._read_now = self.app.startup.to_read

    # The library.

    @work(exclusive=True, group="library")
    async def start_library(self) -> None:
        """Show what the catalogue knows, then listen to the reader."""
        states = await asyncio.to_thread(lambda: list(self.books.states()))
        problems = [(state.path, told(state.message)) for state in states if state.message]
        problems += self.app.startup.problems
        found = {state.outline.id: state.outline for state in states if state.outline}
        self._held |= set(found)
        await asyncio.to_thread(self.editions.whole, found.values())
        self.shelf = Shelf(self.editions.listed, problems=tuple(problems))
        await self.notebook.load(self.shelf.issues, whole=True)
        self._tell_trouble()
        self._shelved()
        unknown = sum(state.unknown for state in states)
        if not unknown:
            self._begin_at_the_beginning()
        self._count_waiting(unknown)
        self.books.listen(self._tell)
        self.books.read_unknown(states)
        if self.app.startup.samples:
            self.say(
                tr("These are samples. Your own: “kuaibao FOLDER”, or “library:” in {path}").format(
                    path=self.app.loaded.path
                )
            )
        if not states and not problems:
            self._nothing_here()

    def _nothing_here(self) -> None:
        if self.article is None:
            self.pane.clear(self._no_bulletin())
            self.bare = True
            self.lay_panes()

    @staticmethod
    def _no_bulletin() -> str:
        return tr("There is no bulletin here: name a file or folder of bulletins.")

    bare = False
    """There is nothing to list: a narrow terminal shows what the reading pane says of that."""

    def _tell_trouble(self) -> None:
        """Say what is wrong with the files of annotations; what can be read of them is shown."""
        troubles = [*self.notebook.problems(), self.notebook.reading_trouble]
        lines = [trouble for trouble in troubles if trouble]
        if lines:
            more = ntr("and {n} more", "and {n} more", len(lines) - 1) if len(lines) > 1 else ""
            self.say(f"{lines[0]} {more}".rstrip(), alarm=True)
        elif self.notebook.taken_in:
            self.notebook.taken_in = 0
            self.say(tr("What could not be saved the last time is saved now."))

    def _tell(self, event: messages.Event) -> None:
        """Hand an event over from the thread that heard it."""
        self.post_message(self.Told(event))

    def _count_waiting(self, unread: int) -> None:
        self._unread_files = unread
        self.activity = ntr("reading {n} file…", "reading {n} files…", unread) if unread else ""
        if not unread:
            self._spinner.stop()
        self.refresh_status()

    def _turn(self) -> None:
        """Show that the program is alive while there is nothing to read yet."""
        self._turns += 1
        sign = SPINNER[self._turns % len(SPINNER)]
        self.pane.clear(f"{sign} {tr('Reading the library…')}")

    _turns = 0

    _unread_files = 0
    _idle = False
    """The reader has done all that it was asked for."""

    @on(Told)
    def _told(self, message: Told) -> None:
        message.stop()
        if self.finished:
            return
        event = message.event
        match event:
            case messages.IssueRead(path, issue_id, _):
                if self.books.holds(path):
                    self._held.add(issue_id)
                self._waiting.add(issue_id)
                self._count_waiting(max(0, self._unread_files - 1))
                self._fetch_soon()
            case messages.FileFailed(path, why):
                if self.books.holds(path):
                    self._failed[path] = told(why)
                self._count_waiting(max(0, self._unread_files - 1))
                self._fetch_soon()
            case messages.MentionsFound(issue_id, _):
                self._mentions_found(issue_id)
            case messages.ReaderIdle():
                self._idle = True
                self._count_waiting(0)
                self._fetch_soon()

    def _fetch_soon(self) -> None:
        """Take in what became of files in one go when many come in a row."""
        if self._fetching is None:
            self._fetching = self.set_timer(0.02, self._fetch)

    _fetching: Timer | None = None

    @work(group="fetch")
    async def _fetch(self) -> None:
        self._fetching = None
        wanted, self._waiting = self._waiting & self._held, set()
        failed, self._failed = self._failed, {}
        await asyncio.to_thread(
            lambda: self.editions.more(
                outline for name in wanted if (outline := self.books.outline(name))
            )
        )
        problems = dict(self.shelf.problems) | failed
        fresh = news(self.shelf.issues, self.editions.listed)
        self.shelf = replace(
            self.shelf, issues=self.editions.listed, problems=tuple(problems.items())
        )
        if fresh:
            await self.notebook.load(fresh)
        before = self.issue
        self._shelved()
        if before is not None:
            self.divided_anew(before)
        if self._idle:
            self._begin_at_the_beginning()

    def _shelved(self) -> None:
        """The shelf has changed: list it, and open an article if none is open."""
        many = len(self.shelf.issues) > FEW_ISSUES
        for issue in self.shelf.issues:
            key = f"issue:{issue.id}"
            if key not in self._known_keys:
                self._known_keys.add(key)
                if many and key not in self._unfolded:
                    self.folded.add(key)
        if self.issue is not None:
            self.issue = self.outline_of(self.issue.id) or self.issue
        self.refresh_marks()
        if self.bare and (self.shelf.issues or self.shelf.problems):
            self.bare = False
            self.bring(self.front)
        if self.article is None:
            self._open_first()

    def _open_first(self) -> None:
        """Open the article of the last session, else the first one there is."""
        state = self.app.startup.session
        walk = self.article_walk()
        if not walk:
            if self.shelf.problems and not self.shelf.issues:
                path, why = self.shelf.problems[0]
                self.pane.clear(f"{path}\n{why}")
            return
        wanted = next((w for w in walk if (w[0], w[2]) == (state.issue, state.article)), None)
        if wanted is None and state.issue and self._unread_files and not self._read_now:
            return  # the last session's issue may still come
        self._top = (state.part, state.offset) if wanted else None
        issue_id, _, article_id = wanted or walk[0]
        self._first_shown = None if wanted else article_id
        self.open_article(issue_id, article_id, read=self._read_now)
        self._read_now = False

    def _begin_at_the_beginning(self) -> None:
        """Go to the first article of the list, now that all is listed, if nobody did anything.

        What was read first was shown first, and need not stand first.
        """
        walk = self.article_walk()
        shown = self.article.id if self.article is not None else None
        if walk and not self.app.touched and shown is not None and shown == self._first_shown:
            self.open_article(walk[0][0], walk[0][2])
        self._first_shown = None

    _first_shown: str | None = None
    """The article that was opened unasked, and not because the last session ended there."""

    def problem_of(self, path: str) -> str:
        """What is wrong with a file, in one line that names it."""
        return f"{path}: {dict(self.shelf.problems).get(path, '')}"

    @work(exclusive=True, group="library")
    async def action_reload(self) -> None:
        """Look for new, changed and removed files, and for what other windows annotated."""
        from tui.library import find_files

        found = await asyncio.to_thread(find_files, self.app.startup.roots)
        self.books.retake(found.files)
        states = await asyncio.to_thread(lambda: list(self.books.states()))
        outlines = {state.outline.id: state.outline for state in states if state.outline}
        problems = [(state.path, told(state.message)) for state in states if state.message]
        # What is being fetched may be of a file that is gone; what is missed is asked for again.
        self.workers.cancel_group(self, "fetch")
        self._held = set(outlines)
        await asyncio.to_thread(self.editions.whole, outlines.values())
        self.shelf = replace(
            self.shelf,
            issues=self.editions.listed,
            problems=(*problems, *found.problems),
        )
        await self.notebook.load(self.shelf.issues, whole=True)
        self._tell_trouble()
        self._shelved()
        self._count_waiting(sum(state.unknown for state in states))
        self.books.listen(self._tell)  # the start may have been cut short by this
        self.books.read_unknown(states)
        if not states and not self.shelf.problems:
            self._nothing_here()
            self.say(self._no_bulletin())
        elif not any(state.unknown for state in states):
            count = len(self.shelf.issues)
            self.say(ntr("Nothing new: {n} issue", "Nothing new: {n} issues", count))

    # Articles.

    def open_row(self, row: Row, *, read: bool = False) -> None:
        self.open_article(row.issue_id, row.article_id, read=read)

    def open_article(self, issue_id: str, article_id: str, *, read: bool = False) -> None:
        # At once, not in a worker: it takes less than a millisecond, and the next key, which may
        # have come already, must find the article that this one asked for.
        article = self.books.article(issue_id, article_id)
        if article is None:
            self.say(tr("The article is being read; a moment, please."))
        else:
            self._show(issue_id, article, read)

    def _show(self, issue_id: str, article: Article, read: bool) -> None:
        again = self.article is not None and self.article.id == article.id
        self.issue = self.outline_of(issue_id)
        self.article = article = self.lay_over(issue_id, article)
        located = self.located()
        self.section = located[2] if located else ""
        self._spinner.stop()
        if not again:
            self.pane.show(article, self.section, top=self._top, marked=self.marked())
            self._top = None
        self.hits_text = self.left_text = ""
        self.reveal(issue_id, article.id)
        if read:
            self.bring("reading")
        self.count_dwell()
        self._refine_later()
        if self._aside is not None:
            self._aside.stop()
        self._aside = self.set_timer(ASIDE, self._show_aside)

    _aside: Timer | None = None

    def _show_aside(self) -> None:
        """Show what stands beside the article, once it has come to rest on the screen."""
        self.refresh_inspector()
        self.refresh_status()

    def reveal(self, issue_id: str, article_id: str) -> None:
        """Put the cursor of the list on the open article, unfolding what holds it."""
        key = f"article:{issue_id}:{article_id}"
        row = self.sidebar.row
        if row is not None and row.key == key:
            return
        index = self._row_of(key)
        if index is None and self.issue is not None:
            sections = {f"section:{issue_id}:{i}" for i in range(len(self.issue.sections))}
            publication = f"publication:{self.shelf.issue_field(self.issue, 'publication')}"
            self.folded -= {f"issue:{issue_id}", publication} | sections
            self.refresh_sidebar()
            index = self._row_of(key)
        if index is not None:
            self.sidebar.go(index, tell=False)

    def _row_of(self, key: str) -> int | None:
        return next((i for i, row in enumerate(self.sidebar.rows) if row.key == key), None)

    # Mentions that come later.

    def _refine_later(self) -> None:
        if self._refine is not None:
            self._refine.stop()
        self._refine = self.set_timer(REFINE_AFTER, self._ask_for_mentions)

    _refine: Timer | None = None

    def _ask_for_mentions(self) -> None:
        if self.issue is not None and self.issue.stage != "refined":
            self.books.request_mentions(self.issue.id)

    def _mentions_found(self, issue_id: str) -> None:
        self._waiting.add(issue_id)
        self._fetch_soon()
        if self.issue is None or self.issue.id != issue_id or self.article is None:
            return
        article = self.books.article(issue_id, self.article.id)
        if article is None:
            return
        article = self.lay_over(issue_id, article)
        before = self.article.mentions
        same_text = replace(article, mentions=before) == self.article
        if same_text and not (article.mentions.doubts or before.doubts):
            self.pane.refresh_spans(article.mentions)
        else:  # its date and doubts, which stand in the pane, are found together with its mentions
            self.pane.show_again(article, self.section)
        self.article = article
        self.refresh_inspector()
