"""The reader's work as the screen sees it: kept in order by one thread, shown when it is safe."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bulletins.sources.plain import plain_line
from tui.asking import Asking
from tui.known import Found
from tui.listing import Listing
from tui.locale import told
from tui.passages import link_map
from tui.tagging import Tagging
from tui.undoing import Turning
from tui.work import issue_state, library_rules, mark_opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set
    from pathlib import Path

    from annotations.mention_rules import MentionRules
    from annotations.model import Annotation, ArticleRef, IssueRef, Tag
    from annotations.placing import IssueWork
    from annotations.store import Store
    from bulletins.catalogue.outline import IssueOutline
    from tui.keeping import ArticleLookup
    from tui.work import IssueState


class Notebook(Asking, Listing, Tagging, Turning):
    """One reviewer's annotations.

    All disk work happens in one thread of its own, in the order in which it was asked for, so a
    save never holds up a key and two saves never cross.
    """

    def __init__(
        self,
        root: Path,
        reviewer: str | None,
        device: str,
        places: Sequence[Path] = (),
        lookup: ArticleLookup | None = None,
    ) -> None:
        super().__init__(root, reviewer, device, places, lookup)
        self.changed: Callable[[], object] = lambda: None
        """Called when what could not be saved before has been saved."""
        self._looking = False

    # What is read.

    async def sign(self, reviewer: str, issues: Sequence[IssueOutline]) -> None:
        """Work for `reviewer` from now on; what was opened before counts as theirs."""
        self.reviewer = reviewer
        self._placing = None
        self._found = replace(self._found, states={})
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

        def read() -> Found:
            from annotations.placing import issue_key

            placing = self._open()
            if whole and self._watch is not None:
                self._watch.changed()  # what changes from here on was not read
            works = placing.update([issue_key(one) for one in issues], whole=whole)
            return replace(self._read(works), news=None if whole else self._placed(works))

        found, self.reading_trouble = await self._try(read)
        if found is not None:
            gone = {edition.id for one in issues for edition in one.editions}
            await self._take_in(found, whole=whole, gone=gone)

    async def look(self, issue_id: str | None) -> bool:
        """Take in what other processes and devices changed; tell whether there was anything.

        `issue_id` is the issue that is open. Does nothing while something else is under way.
        """
        watch, placing = self._watch, self._placing
        if watch is None or placing is None or self._looking:
            return False
        if self.saving.running or self.trouble:  # what could not be saved is shown, from memory
            return False

        def read() -> Found | None:
            stems = watch.changed(issue_id)
            works = placing.renew_stems(stems)
            if works:
                placing.look_at_mentions()
            return replace(self._read(works), news=self._changed(stems)) if stems else None

        before = self._found, self.reading_trouble
        self._looking = True
        found, trouble = await self._try(read)
        self._looking = False
        if placing is self._placing and (found or trouble):
            self.reading_trouble = trouble
        if placing is self._placing and found is not None:
            await self._take_in(found)
        return before != (self._found, self.reading_trouble)

    async def _take_in(
        self, found: Found, *, whole: bool = False, gone: Set[str] = frozenset()
    ) -> None:
        """Keep what was read; what was known of issues that are `gone` is known no more."""
        known = {name: one for name, one in self._found.states.items() if name not in gone}
        states = found.states if whole else {**known, **found.states}
        self._found = replace(found, states=states)
        self._tell_news(found.news)
        await self._link()

    def _read(self, works: Mapping[str, IssueWork]) -> Found:
        placing = self._open()
        self._count_tags()
        said = placing.mention_corrections
        known = self._found
        return Found(
            {name: issue_state(work, known.states.get(name)) for name, work in works.items()},
            placing.elsewhere(),
            tuple(plain_line(told(line)) for line in placing.problems),
            said,
            known.rules if said is known.said else library_rules(said),
            placing.store.tags(),
        )

    # What is changed.

    async def change(
        self, issue_id: str, act: Callable[[Store], object], others: Sequence[str] = ()
    ) -> bool:
        """Carry out `act`, then read the issue's annotations anew; False when nothing was kept.

        `others` are further issues that it changes. What can't be saved where it belongs is kept
        elsewhere, with `trouble`, and tried again. All are read also after a failure: of several
        acts the first may be on the disk.
        """
        issues = tuple(dict.fromkeys((issue_id, *others)))
        self.saving.running += 1
        try:
            _, trouble = await self._try(lambda: self._net().carry_out(issue_id, act, others))
            renewed, self.reading_trouble = await self._try(lambda: self._renew(issues))
        finally:
            self.saving.running -= 1
        if renewed is not None:
            states, tags = renewed
            for name, state in states.items():
                self._used(name, state)
            self._found = replace(self._found, states={**self._found.states, **states}, tags=tags)
            await self._link()
        self._ended(trouble)
        return not trouble

    def _renew(self, issues: Sequence[str]) -> tuple[dict[str, IssueState], tuple[Tag, ...]]:
        from annotations.model import StoreError

        net = self._net()
        states: dict[str, IssueState] = {}
        for issue_id in issues:
            if self._watch is not None:
                self._watch.seen(issue_id)
            work = net.work(issue_id)
            if self._open().key(issue_id) is not None:  # else it is in no library
                states[issue_id] = issue_state(work, self._found.states.get(issue_id))
        try:
            return states, self._open().store.tags()
        except StoreError:  # what can't be saved now is kept elsewhere, and shown
            return states, self._found.tags

    def _ended(self, trouble: str) -> None:
        net, before = self._rescue, self.saving.kept_in
        if net is None:
            self.saving.ended(trouble, None, False, self._retry)
        else:
            self.saving.ended(
                trouble or plain_line(told(net.why)), net.kept_in, net.nowhere, self._retry
            )
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
        self._found = replace(self._found, states={**self._found.states, **(states or {})})
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
            self._found = replace(self._found, said=found[0], rules=found[1])

    async def _link(self) -> None:
        """Learn which articles the links tie together now."""
        states = self._found.states
        links = [(issue_id, *one) for issue_id, work in states.items() for one in work.links]
        found, self.reading_trouble = await self._try(lambda: link_map(self._open(), links))
        self._links = found or {}

    async def settle(self) -> None:
        """Wait until all that was asked for is done: the thread works in order."""
        await self._in_thread(lambda: None)
        if self.saving.kept_in is not None:
            await self._retry()
