"""The reader's work as the screen sees it: kept in order by one thread, shown when it is safe."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui.clock import clock, local_time, one_line
from tui.locale import tr
from tui.outline import Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from annotations.exports.gathering import Lookup
    from annotations.mention_corrections import CorrectedMentions
    from annotations.mention_rules import MentionRules
    from annotations.model import Annotation, ArticleRef, IssueRef
    from annotations.placing import IssueWork, Placing
    from annotations.store import Store
    from annotations.undo_store import Undone
    from annotations.view import ArticleView
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an article; `when` is local time for people."""

    id: str
    when: str
    text: str
    annotation: Annotation

    @property
    def key(self) -> str:
        """Tell this text from all others: two sides of a tie between devices share their id."""
        return f"{self.id} {self.annotation.device} {self.annotation.revision}"


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the reader made of one article; `mentions` are the corrections made in it."""

    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    starred: bool = False
    status: str = "unread"
    mentions: tuple[Annotation, ...] = ()

    @property
    def marks(self) -> Marks:
        """What the sidebar shows of it."""
        return Marks(self.status, self.starred, self.tags, len(self.notes))


@dataclass(frozen=True, slots=True)
class IssueState:
    """What the reader made of one issue; `states` by article id, `orphans` have no article."""

    states: Mapping[str, ArticleState]
    corrections: Mapping[str, str]
    orphans: tuple[Annotation, ...] = ()


class Notebook:
    """One reviewer's annotations.

    All disk work happens in one thread of its own, in the order in which it was asked for, so a
    save never holds up a key and two saves never cross.
    """

    def __init__(self, root: Path, reviewer: str | None, device: str) -> None:
        self.reviewer = reviewer
        self.trouble = ""
        """Why the last change could not be saved, in one line; "" when it was."""
        self.reading_trouble = ""
        """Why annotations could not be read the last time, in one line; "" when they were."""
        self._root = root
        self._device = device
        self._store: Store | None = None
        self._placing: Placing | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notebook")
        self._issues: dict[str, IssueState] = {}
        self._opened: dict[tuple[str, str], tuple[IssueRef, ArticleRef]] = {}
        self._problems: tuple[str, ...] = ()
        self._said: tuple[Annotation, ...] = ()
        self._rules: MentionRules | None = None
        self._elsewhere = 0
        self._saving = 0
        self._saved_at = ""

    # What is known.

    def state(self, issue_id: str, article_id: str) -> ArticleState:
        """What the reader made of an article."""
        known = self._issues.get(issue_id)
        state = known.states.get(article_id, ArticleState()) if known else ArticleState()
        if state.status == "unread" and (issue_id, article_id) in self._opened:
            return replace(state, status="reading")
        return state

    def marks(self) -> dict[tuple[str, str], Marks]:
        """The marks of all articles that have any, by issue id and article id."""
        marks = {
            (issue_id, article_id): state.marks
            for issue_id, known in self._issues.items()
            for article_id, state in known.states.items()
        }
        for key in self._opened:
            marks[key] = self.state(*key).marks
        return marks

    def corrections(self) -> dict[str, Mapping[str, str]]:
        """The corrected fields of issues, by issue id."""
        return {
            issue_id: known.corrections
            for issue_id, known in self._issues.items()
            if known.corrections
        }

    def mention_corrections(self) -> tuple[Annotation, ...]:
        """What was said of mentions in all issues, the latest last."""
        return self._said

    def place_of(self, annotation: Annotation) -> tuple[str, str] | None:
        """The issue and the article of the library in which a correction of a mention was made."""
        for issue_id, known in self._issues.items():
            for article_id, state in known.states.items():
                if any(one.id == annotation.id for one in state.mentions):
                    return issue_id, article_id
        return None

    def corrected_mentions(self, issue_id: str, article: Article) -> CorrectedMentions | None:
        """An article's mentions as the reader wants them; None if nothing was said of any."""
        if self._rules is None:
            return None
        from annotations.mention_corrections import apply_corrections  # loaded by _rules

        own = self.state(issue_id, article.id).mentions
        return apply_corrections(article, self._rules, own)

    def orphans(self) -> tuple[Annotation, ...]:
        """The annotations of issues in the library whose article was not found."""
        return tuple(orphan for known in self._issues.values() for orphan in known.orphans)

    def elsewhere(self) -> int:
        """How many annotations belong to issues that are not in this library."""
        return self._elsewhere

    def problems(self) -> tuple[str, ...]:
        """One plain line for each file of annotations that can't be used as it is."""
        return self._problems

    def progress(self) -> tuple[str, str]:
        """What the state of saving is, and its tone for the line of state."""
        if self._saving:
            return tr("saving…"), "muted"
        if self.trouble:
            return tr("NOT SAVED: {why}").format(why=self.trouble), "alarm"
        return (
            (tr("saved {time}").format(time=self._saved_at), "good") if self._saved_at else ("", "")
        )

    # What is done.

    async def sign(self, reviewer: str, issues: Sequence[IssueOutline]) -> None:
        """Work for `reviewer` from now on; what was opened before counts as theirs."""
        self.reviewer = reviewer
        self._placing = None
        self._issues = {}
        await self.load(issues, whole=True)
        opened, self._opened = self._opened, {}
        for issue, article in opened.values():
            if self.state(issue.id, article.id).status == "unread":
                await self.change(issue.id, partial(_mark_opened, issue=issue, article=article))

    def opened(self, target: tuple[IssueRef, ArticleRef]) -> None:
        """Note that an article was opened while nobody said who is reading."""
        self._opened[target[0].id, target[1].id] = target

    async def load(self, issues: Sequence[IssueOutline], *, whole: bool = False) -> None:
        """Read the annotations of issues that came into the library.

        With `whole` they are the library, and all others have left it. What was added to an issue
        whose file has changed is then placed on the issue that took its place.
        """
        if not self.reviewer:
            return

        def read() -> tuple[
            dict[str, IssueState], int, tuple[str, ...], tuple[Annotation, ...], MentionRules | None
        ]:
            from annotations.placing import issue_key

            placing = self._open()
            works = placing.update([issue_key(issue) for issue in issues], whole=whole)
            states = {issue_id: _issue_state(work) for issue_id, work in works.items()}
            said = placing.mention_corrections
            rules = self._rules if said is self._said else _rules(said)
            lines = tuple(map(one_line, placing.problems))
            return states, placing.elsewhere(), lines, said, rules

        found, self.reading_trouble = await self._try(read)
        if found is not None:
            states, self._elsewhere, self._problems, self._said, self._rules = found
            self._issues = states if whole else self._issues | states

    async def change(self, issue_id: str, act: Callable[[Store], object]) -> bool:
        """Carry out `act`, then read the issue's annotations anew; False when it was not saved.

        They are read also after a failure: of several acts the first may be on the disk.
        """
        self._saving += 1
        try:
            _, trouble = await self._try(lambda: act(self._open().store))
            state, self.reading_trouble = await self._try(
                lambda: _issue_state(self._open().renew(issue_id))
            )
        finally:
            self._saving -= 1
        if state is not None:
            self._issues[issue_id] = state
        self.trouble = trouble
        if not trouble:
            self._saved_at = clock()
        return not trouble

    async def correct(self, issue_id: str, act: Callable[[Store], object]) -> bool:
        """Carry out an `act` upon mentions as change() does; it may hold in all issues."""
        saved = await self.change(issue_id, act)
        await self._look_at_mentions()
        return saved

    async def turn(self, *, again: bool = False) -> tuple[Undone | None, str]:
        """Undo what was done last, or do it `again`: what it was, and why it can't be or ""."""
        from tui.undoing import turn

        self._saving += 1
        try:
            done, why = await self._try(lambda: turn(self._open(), self._issues, again=again))
        finally:
            self._saving -= 1
        if done is None or done[0] is None:
            return None, why
        self._issues |= {name: _issue_state(work) for name, work in done[1].items()}
        self._saved_at, self.trouble = clock(), ""
        await self._look_at_mentions()
        return done[0], ""

    async def _look_at_mentions(self) -> None:
        def look() -> tuple[tuple[Annotation, ...], MentionRules | None]:
            said = self._open().look_at_mentions()
            return said, _rules(said)

        found, self.reading_trouble = await self._try(look)
        if found is not None:
            self._said, self._rules = found

    async def tag_counts(self) -> Mapping[str, int]:
        """All tags with the number of articles that have them; those shown if none can be read."""
        counts, self.reading_trouble = await self._try(lambda: self._open().store.tag_counts())
        if counts is not None:
            return counts
        return Counter(
            tag
            for known in self._issues.values()
            for state in known.states.values()
            for tag in state.tags
        )

    async def export(
        self,
        path: Path,
        issue_id: str | None,
        tags: tuple[str, ...],
        form: str = "yaml",
        at_hand: Callable[[], Lookup] | None = None,
    ) -> tuple[int, str]:
        """Write annotations in a format; returns how many, and what went wrong or "".

        `at_hand` makes what finds the issues that they are on; it is called where disks are read.
        """
        if not self.reviewer:
            return 0, ""

        def write() -> int:
            from annotations.exports import FORMATS
            from annotations.filters import Filter
            from tui.exporting import Manner, choose, export_file

            placing = self._open()
            issues = (issue_id, *placing.kin(issue_id)) if issue_id else ()
            lookup = at_hand() if at_hand is not None else None
            chosen = Filter(tags=tags, issues=issues)
            selection = choose([placing.store], chosen, Manner(form), lookup)
            if selection.annotations:
                export_file(selection, FORMATS[form], path, may_replace=True)
            return len(selection.annotations)

        count, trouble = await self._try(write)
        return count or 0, trouble

    async def settle(self) -> None:
        """Wait until all that was asked for is done: the thread works in order."""
        await self._in_thread(lambda: None)

    def close(self) -> None:
        """Finish what was asked for, and end the thread."""
        self._thread.shutdown(wait=True)

    async def _try(self, work: Callable[[], T]) -> tuple[T | None, str]:
        """Do `work` in the thread: its result and "", or None and one line that says what failed.

        The one place where failures of files and locks end; anything else is a defect.
        """
        from annotations.model import StoreError

        try:
            return await self._in_thread(work), ""
        # filelock's Timeout is an OSError; without locks on a file system it is NotImplemented.
        except (StoreError, OSError, NotImplementedError) as error:
            return None, one_line(str(error)) or type(error).__name__

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> Placing:
        if self._placing is None:
            from annotations.placing import Placing
            from annotations.store import Store  # brings TinyDB in; not before the first frame

            assert self.reviewer is not None
            self._store = Store(self._root, self.reviewer, self._device)
            self._placing = Placing(self._store)
        return self._placing


def _rules(said: Sequence[Annotation]) -> MentionRules | None:
    """What holds in the whole library; None if nothing was said of any mention."""
    if not said:
        return None
    import annotations.mention_corrections  # noqa: F401 - in this thread, not in the one that draws
    from annotations.mention_rules import MentionRules, body_of

    return MentionRules(one for one in said if body_of(one).scope == "library")


def _mark_opened(store: Store, issue: IssueRef, article: ArticleRef) -> None:
    store.mark_opened(issue, article)


def _issue_state(work: IssueWork) -> IssueState:
    states = {article_id: _article_state(view) for article_id, view in work.articles.items()}
    return IssueState(states, work.corrections, work.orphans)


def _article_state(view: ArticleView) -> ArticleState:
    from annotations.model import NoteBody

    return ArticleState(
        tags=tuple(tag.name for tag in view.tags),
        notes=tuple(
            Note(note.id, local_time(note.modified), note.body.text, note)
            for note in view.notes
            if isinstance(note.body, NoteBody)
        ),
        starred=view.starred,
        status=view.status,
        mentions=view.mentions,
    )
