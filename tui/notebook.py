"""The reader's work as the screen sees it: kept in order by one thread, shown when it is safe."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bulletins.sources.plain import plain_line
from tui.orphans import Lost, lost_articles
from tui.passages import link_map
from tui.saving import Saving
from tui.tagging import Tagging
from tui.undoing import Turning
from tui.work import ArticleState, IssueState, issue_state, library_rules, mark_opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from annotations.exports.gathering import Lookup
    from annotations.mention_corrections import CorrectedMentions
    from annotations.mention_rules import MentionRules
    from annotations.model import Annotation, ArticleRef, IssueRef
    from annotations.placing import IssueWork, Placing
    from annotations.rescue import Rescue
    from annotations.store import Store
    from annotations.watch import Watch
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article
    from tui.outline import Marks
    from tui.passages import Link, Links

    ArticleLookup = Callable[[str, str], Article | None]
    _Found = tuple[
        dict[str, IssueState], int, tuple[str, ...], tuple[Annotation, ...], MentionRules | None
    ]

T = TypeVar("T")


class Notebook(Turning, Tagging):
    """One reviewer's annotations.

    All disk work happens in one thread of its own, in the order in which it was asked for, so a
    save never holds up a key and two saves never cross. `lookup` gives articles in that thread.
    """

    def __init__(
        self,
        root: Path,
        reviewer: str | None,
        device: str,
        places: Sequence[Path] = (),
        lookup: ArticleLookup | None = None,
    ) -> None:
        """`places`: where to keep work that can't be saved under `root`, the best first."""
        self.reviewer = reviewer
        self.saving = Saving()
        self.taken_in = 0
        """How much was found that could not be saved in an earlier session."""
        self.changed: Callable[[], object] = lambda: None
        """Called when what could not be saved before has been saved."""
        self.reading_trouble = ""
        """Why annotations could not be read the last time, in one line; "" when they were."""
        self._root = root
        self._device = device
        self._lookup = lookup
        self._places = places
        self._placing: Placing | None = None
        self._rescue: Rescue | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notebook")
        self._issues: dict[str, IssueState] = {}
        self._opened: dict[tuple[str, str], tuple[IssueRef, ArticleRef]] = {}
        self._problems: tuple[str, ...] = ()
        self._said: tuple[Annotation, ...] = ()
        self._rules: MentionRules | None = None
        self._elsewhere = 0
        self._links: Links = {}
        self._watch: Watch | None = None
        self._looking = False

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

    def lost(self) -> list[Lost]:
        """All that has lost its article or its passage, issue by issue of the library."""
        found: list[Lost] = []
        for name, known in self._issues.items():
            found += lost_articles(name, known.orphans)
            found += [Lost("passage", (one,), name) for one in known.lost]
        return found

    def without_place(self) -> int:
        """How many annotations have lost their article or their passage."""
        return sum(len(known.orphans) + len(known.lost) for known in self._issues.values())

    def links(self, issue_id: str, article_id: str) -> tuple[Link, ...]:
        """The links of an article, those that were made on another one included."""
        return self._links.get((issue_id, article_id), ())

    def elsewhere(self) -> int:
        """How many annotations belong to issues that are not in this library."""
        return self._elsewhere

    def problems(self) -> tuple[str, ...]:
        """One plain line for each file of annotations that can't be used as it is."""
        return self._problems

    @property
    def trouble(self) -> str:
        """Why the last change is not where it belongs, in one line; "" when it is."""
        return self.saving.trouble

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
                await self.change(issue.id, partial(mark_opened, issue, article))

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

        def read() -> _Found:
            from annotations.placing import issue_key

            placing = self._open()
            if whole and self._watch is not None:
                self._watch.changed()  # what changes from here on was not read
            return self._found(placing.update([issue_key(one) for one in issues], whole=whole))

        found, self.reading_trouble = await self._try(read)
        if found is not None:
            states, self._elsewhere, self._problems, self._said, self._rules = found
            self._issues = states if whole else self._issues | states
            await self._link()

    async def look(self, issue_id: str | None) -> bool:
        """Take in what other processes and devices changed; tell whether there was anything.

        `issue_id` is the issue that is open. Does nothing while something else is under way.
        """
        watch, placing = self._watch, self._placing
        if watch is None or placing is None or self._looking:
            return False
        if self.saving.running or self.trouble:  # what could not be saved is shown, from memory
            return False

        def read() -> _Found | None:
            stems = watch.changed(issue_id)
            works = placing.renew_stems(stems)
            if works:
                placing.look_at_mentions()
            return self._found(works) if stems else None

        before = self._seen()
        self._looking = True
        found, trouble = await self._try(read)
        self._looking = False
        if placing is self._placing and (found or trouble):
            self.reading_trouble = trouble
        if placing is self._placing and found is not None:
            states, self._elsewhere, self._problems, self._said, self._rules = found
            self._issues = self._issues | states
            await self._link()
        return before != self._seen()

    def _seen(self) -> tuple[object, ...]:
        found = self._issues, self._elsewhere, self._problems, self._said, self._tags
        return *found, self.reading_trouble

    async def change(self, issue_id: str, act: Callable[[Store], object]) -> bool:
        """Carry out `act`, then read the issue's annotations anew; False when nothing was kept.

        What can't be saved where it belongs is kept elsewhere, with `trouble`, and tried again.
        They are read also after a failure: of several acts the first may be on the disk.
        """
        self.saving.running += 1
        try:
            _, trouble = await self._try(lambda: self._net().carry_out(issue_id, act))
            state, self.reading_trouble = await self._try(lambda: self._renew(issue_id))
        finally:
            self.saving.running -= 1
        if state is not None:
            self._used(issue_id, state)
            self._issues[issue_id] = state
            await self._link()
        self._ended(trouble)
        return not trouble

    def _ended(self, trouble: str) -> None:
        net, before = self._rescue, self.saving.kept_in
        if net is None:
            self.saving.ended(trouble, None, False, self._retry)
        else:
            self.saving.ended(trouble or plain_line(net.why), net.kept_in, net.nowhere, self._retry)
        if before and not self.trouble:
            self.changed()

    async def _retry(self) -> bool:
        """Try to save what is kept elsewhere; tell whether nothing is kept there any more."""
        net = self._rescue
        if net is None or net.kept_in is None:
            return True
        kept = net.issues()
        _, trouble = await self._try(net.retry)
        states, self.reading_trouble = await self._try(
            lambda: {issue_id: issue_state(net.work(issue_id)) for issue_id in kept}
        )
        self._issues |= states or {}
        await self._link()
        self._ended(trouble)
        return not self.trouble

    async def correct(self, issue_id: str, act: Callable[[Store], object]) -> bool:
        """Carry out an `act` upon mentions as change() does; it may hold in all issues."""
        saved = await self.change(issue_id, act)
        await self._look_at_mentions()
        return saved

    async def _look_at_mentions(self) -> None:
        def look() -> tuple[tuple[Annotation, ...], MentionRules | None]:
            said = self._open().look_at_mentions()
            return said, library_rules(said)

        found, self.reading_trouble = await self._try(look)
        if found is not None:
            self._said, self._rules = found

    async def waiting(self) -> tuple[Annotation, ...]:
        """The annotations of issues that are not in this library, issue by issue."""
        if not self.reviewer:
            return ()
        found, self.reading_trouble = await self._try(lambda: self._open().waiting())
        return found or ()

    async def _link(self) -> None:
        """Learn which articles the links tie together now."""
        links = [(issue_id, *one) for issue_id, work in self._issues.items() for one in work.links]
        if links or self._links:
            found, self.reading_trouble = await self._try(lambda: link_map(self._open(), links))
            self._links = found or {}

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
            from tui.exporting import export_placed

            return export_placed(self._open(), path, issue_id, tags, form, at_hand and at_hand())

        count, trouble = await self._try(write)
        return count or 0, trouble

    async def settle(self) -> None:
        """Wait until all that was asked for is done: the thread works in order."""
        await self._in_thread(lambda: None)
        if self.saving.kept_in is not None:
            await self._retry()

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
            return None, plain_line(str(error)) or type(error).__name__

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _found(self, works: Mapping[str, IssueWork]) -> _Found:
        placing = self._open()
        self._read_tags(count=True)
        states = {issue_id: issue_state(work) for issue_id, work in works.items()}
        said = placing.mention_corrections
        rules = self._rules if said is self._said else library_rules(said)
        return states, placing.elsewhere(), tuple(map(plain_line, placing.problems)), said, rules

    def _renew(self, issue_id: str) -> IssueState:
        net = self._net()
        if self._watch is not None:
            self._watch.seen(issue_id)
        self._read_tags()
        return issue_state(net.work(issue_id))

    def _open(self) -> Placing:
        if self._placing is None:
            from annotations.placing import Placing
            from annotations.rescue import Rescue, take_in_all
            from annotations.store import Store  # not before the first frame
            from annotations.watch import Watch

            assert self.reviewer is not None
            store = Store(self._root, self.reviewer, self._device)
            self.taken_in += take_in_all(self._places, self._root, self._device)
            self._watch = Watch(self._root, self.reviewer)
            self._placing = Placing(store, self._lookup)
            self._rescue = Rescue(self._placing, self._places)
        return self._placing

    def _net(self) -> Rescue:
        self._open()
        assert self._rescue is not None
        return self._rescue
