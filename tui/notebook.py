"""The reader's work as the screen sees it: kept in order by one thread, shown when it is safe."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui.locale import tr
from tui.outline import Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from annotations.model import Annotation, ArticleRef, IssueRef
    from annotations.store import Store
    from bulletins.catalogue.outline import IssueOutline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an article; `when` is local time for people."""

    id: str
    when: str
    text: str
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the reader made of one article."""

    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    starred: bool = False
    status: str = "unread"

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
        """Why the last change could not be saved; "" when it was."""
        self._root = root
        self._device = device
        self._store: Store | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notebook")
        self._issues: dict[str, IssueState] = {}
        self._outlines: dict[str, IssueOutline] = {}
        self._opened: dict[tuple[str, str], tuple[IssueRef, ArticleRef]] = {}
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

    def orphans(self) -> tuple[Annotation, ...]:
        """The annotations of issues in the library whose article was not found."""
        return tuple(orphan for known in self._issues.values() for orphan in known.orphans)

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
        self._store = None
        await self.load(issues)
        opened, self._opened = self._opened, {}
        for issue, article in opened.values():
            if self.state(issue.id, article.id).status == "unread":
                await self.change(issue.id, partial(_mark_opened, issue=issue, article=article))

    def opened(self, target: tuple[IssueRef, ArticleRef]) -> None:
        """Note that an article was opened while nobody said who is reading."""
        self._opened[target[0].id, target[1].id] = target

    async def load(self, issues: Sequence[IssueOutline]) -> None:
        """Read the annotations of these issues."""
        if not self.reviewer:
            return
        self._outlines.update((issue.id, issue) for issue in issues)
        wanted = list(issues)

        def read() -> dict[str, IssueState]:
            store = self._open()
            return {issue.id: _issue_state(store, issue) for issue in wanted}

        try:
            self._issues.update(await self._in_thread(read))
        except OSError as error:
            self.trouble = str(error)

    async def change(self, issue_id: str, act: Callable[[Store], object]) -> bool:
        """Carry out `act` and read the issue's annotations anew; False when it was not saved."""
        from annotations.model import StoreError

        outline = self._outlines.get(issue_id)

        def work() -> IssueState | None:
            store = self._open()
            act(store)
            return _issue_state(store, outline) if outline is not None else None

        self._saving += 1
        try:
            state = await self._in_thread(work)
        except (StoreError, OSError) as error:
            self.trouble = str(error)
            return False
        finally:
            self._saving -= 1
        if state is not None:
            self._issues[issue_id] = state
        self.trouble = ""
        self._saved_at = _clock()
        return True

    async def tag_counts(self) -> Mapping[str, int]:
        """All tags with the number of articles that have them."""
        return await self._in_thread(lambda: self._open().tag_counts())

    async def export(
        self, path: Path, issue_id: str | None, tags: tuple[str, ...]
    ) -> tuple[int, str]:
        """Write annotations as YAML; returns how many, and what went wrong or ""."""
        if not self.reviewer:
            return 0, ""

        def write() -> int:
            from annotations.filters import Filter
            from tui.exporting import export_file

            issues = (issue_id,) if issue_id else ()
            return export_file(self._open(), path, Filter(tags=tags, issues=issues))

        from annotations.model import StoreError

        try:
            return await self._in_thread(write), ""
        except (StoreError, OSError) as error:
            return 0, str(error)

    async def settle(self) -> None:
        """Wait until all that was asked for is done: the thread works in order."""
        await self._in_thread(lambda: None)

    def close(self) -> None:
        """Finish what was asked for, and end the thread."""
        self._thread.shutdown(wait=True)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> Store:
        if self._store is None:
            from annotations.store import Store  # brings TinyDB in; not before the first frame

            assert self.reviewer is not None
            self._store = Store(self._root, self.reviewer, self._device)
        return self._store


def _mark_opened(store: Store, issue: IssueRef, article: ArticleRef) -> None:
    store.set_status(issue, article, "reading")


def _issue_state(store: Store, issue: IssueOutline) -> IssueState:
    from annotations.anchors import ArticleKey, place
    from annotations.model import NoteBody
    from annotations.view import article_state, corrections

    annotations = store.annotations(issue.id)
    if not annotations:
        return IssueState({}, {})
    keys = [ArticleKey(entry.id, entry.title, entry.lead) for entry in issue.articles()]
    placed = place(annotations, keys)
    tags = store.tags()
    states: dict[str, ArticleState] = {}
    for article_id, own in placed.by_article.items():
        view = article_state(own, tags)
        states[article_id] = ArticleState(
            tags=tuple(tag.name for tag in view.tags),
            notes=tuple(
                Note(note.id, _local(note.modified), note.body.text, note)
                for note in view.notes
                if isinstance(note.body, NoteBody)
            ),
            starred=view.starred,
            status=view.status,
        )
    return IssueState(states, corrections(placed.issue_level), placed.orphans)


def _clock() -> str:
    from datetime import datetime

    return datetime.now().strftime("%H:%M:%S")


def _local(utc: str) -> str:
    """A stored time as the reader's clock showed it, to the minute."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return utc
