"""Tags as things in the library: known, counted, used, changed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from tui.work import issue_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotations.model import Tag
    from annotations.placing import Placing
    from annotations.store import Store
    from annotations.tallies import Tally
    from tui.saving import Saving
    from tui.work import IssueState

T = TypeVar("T")


class Tagging:
    """The part of a Notebook that knows tags."""

    saving: Saving
    reviewer: str | None
    reading_trouble: str
    _issues: dict[str, IssueState]
    _tags: tuple[Tag, ...] = ()
    _tallies: tuple[Tally, ...] = ()
    _lately: dict[str, str] | None = None

    def tags(self) -> tuple[Tag, ...]:
        """The definitions of all tags."""
        return self._tags

    def tag_colours(self) -> Mapping[str, str]:
        """The colours of the tags that have one, by tag."""
        return {tag.name: tag.colour for tag in self._tags if tag.colour}

    def tag_uses(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """When each tag was used and on how many articles; those of this session included."""
        uses = {one.tag.name: list(one.uses) for one in self._tallies}
        for name, when in (self._lately or {}).items():
            uses.setdefault(name, []).append((when, 1))
        return uses

    def tag_names(self) -> list[str]:
        """All tags there are, defined or carried."""
        defined = [tag.name for tag in self._tags]
        return list(dict.fromkeys([*defined, *(one.tag.name for one in self._tallies)]))

    def tallies(self) -> tuple[Tally, ...]:
        """All tags as they were counted last; tally() counts them anew."""
        return self._tallies

    def marked_issues(self) -> Mapping[str, IssueState]:
        """What is known of all issues; another one after each change."""
        return dict(self._issues)

    async def tag_counts(self) -> Mapping[str, int]:
        """All tags with the number of articles that have them; those shown if none can be read."""
        counts, self.reading_trouble = await self._try(lambda: self._open().store.tag_counts())
        if counts is not None:
            return counts
        states = (state for known in self._issues.values() for state in known.states.values())
        return Counter(tag for state in states for tag in state.tags)

    async def tally(self) -> tuple[Tally, ...]:
        """Count all tags anew, in the order of their names; as they were if that fails."""
        if not self.reviewer:
            return ()
        found, _ = await self._try(lambda: self._open().store.tallies())
        if found is not None:
            self._tallies = found
        return self._tallies

    async def change_definitions(self, act: Callable[[Store], object]) -> str:
        """Change tags themselves: "" when it is saved, else why nothing was changed, in one line.

        It is not kept elsewhere if it can't be saved: it is done again as quickly.
        """
        if not await self._retry():
            return self.saving.trouble
        self.saving.running += 1
        try:
            touched, why = await self._try(lambda: self._redefine(act))
            states, self.reading_trouble = await self._try(lambda: self._renewed(touched or ()))
        finally:
            self.saving.running -= 1
        self._issues |= states or {}
        if touched is None:
            return why
        self._ended("")
        return ""

    def _redefine(self, act: Callable[[Store], object]) -> list[str]:
        """Do it; return the issues of the library that show other tags now."""
        placing = self._open()
        counted = placing.store.summaries()
        before = _names(placing.store)
        act(placing.store)
        after = _names(placing.store)
        self._read_tags(count=True)
        changed = {one for one in (*before, *after) if before.get(one) != after.get(one)}
        carried = {one for summary in counted.values() for one in summary.tags}
        changed |= carried - after.keys()
        homes = {
            placing.home(name)
            for name, summary in counted.items()
            if not changed.isdisjoint(summary.tags)
        }
        return [name for name in homes if name]

    def _renewed(self, issues: Iterable[str]) -> dict[str, IssueState]:
        placing = self._open()
        return {name: issue_state(placing.renew(name)) for name in issues}

    def _read_tags(self, *, count: bool = False) -> None:
        """Learn the tags anew, in the thread; with `count` also how often they are used."""
        store = self._open().store
        self._tags = store.tags()
        if count or not self._tallies:
            self._tallies, self._lately = store.tallies(), None

    def _used(self, issue_id: str, after: IssueState) -> None:
        """Note which tags an issue has that it did not have before."""
        known = self._issues.get(issue_id)
        for article_id, state in after.states.items():
            old = known.states.get(article_id) if known else None
            for name in state.tags:
                if old is None or name not in old.tags:
                    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
                    self._lately = {**(self._lately or {}), name: now}

    if TYPE_CHECKING:

        async def _retry(self) -> bool: ...
        async def _try(self, work: Callable[[], T]) -> tuple[T | None, str]: ...
        def _open(self) -> Placing: ...
        def _ended(self, trouble: str) -> None: ...


def _names(store: Store) -> dict[str, str]:
    return {one: tag.name for tag in store.tags() for one in (tag.id, *tag.aliases)}
