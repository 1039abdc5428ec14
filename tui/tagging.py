"""Tags as things in the library: known, counted, used, changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.keeping import Keeping
from tui.work import issue_state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from annotations.counting import Counting
    from annotations.model import Tag
    from annotations.placing import Placing
    from annotations.store import Store
    from annotations.tallies import Tally
    from tui.work import IssueState


class Tagging(Keeping):
    """The part of a Notebook that knows tags."""

    _tallies: tuple[Tally, ...] = ()
    _counting: tuple[Placing, Counting] | None = None
    _lately: Mapping[str, str] = {}
    """When the tags that were put on since they were counted were."""

    def tag_colours(self) -> Mapping[str, str]:
        """The colours of the tags that have one, by tag."""
        return {tag.name: tag.colour for tag in self.tags() if tag.colour}

    def tag_uses(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """When each tag was used and on how many articles; those of this session included."""
        uses = {one.tag.name: list(one.uses) for one in self._tallies}
        for name, when in self._lately.items():
            uses.setdefault(name, []).append((when, 1))
        return uses

    def tag_names(self) -> list[str]:
        """All tags there are, defined or carried."""
        defined = [tag.name for tag in self.tags()]
        return list(dict.fromkeys([*defined, *(one.tag.name for one in self._tallies)]))

    def tallies(self) -> tuple[Tally, ...]:
        """All tags as they were counted last; tally() counts them anew."""
        return self._tallies

    def marked_issues(self) -> Mapping[str, IssueState]:
        """What is known of all issues; another one after each change."""
        return self._found.states

    async def tally(self) -> tuple[Tally, ...]:
        """Count all tags anew, in the order of their names; as they were if that fails."""
        if self.reviewer:
            await self._try(self._count_tags)
        return self._tallies

    async def change_definitions(self, act: Callable[[Store], object]) -> str:
        """Change tags themselves: "" when it is saved, else why nothing was changed, in one line.

        It is not kept elsewhere if it can't be saved: it is done again as quickly.
        """
        if not await self._retry():
            return self.saving.trouble
        self.saving.running += 1
        try:
            done, why = await self._try(lambda: self._redefine(act))
        finally:
            self.saving.running -= 1
        if done is None:
            return why
        states, tags = done
        self._found = replace(self._found, states={**self._found.states, **states}, tags=tags)
        self._ended("")
        return ""

    def _redefine(
        self, act: Callable[[Store], object]
    ) -> tuple[dict[str, IssueState], tuple[Tag, ...]]:
        """Do it; return the issues of the library that show other tags now, and the tags."""
        placing = self._open()
        counted = placing.store.summaries()
        before = _names(placing.store)
        act(placing.store)
        after = _names(placing.store)
        self._count_tags()
        changed = {one for one in (*before, *after) if before.get(one) != after.get(one)}
        carried = {one for summary in counted.values() for one in summary.tags}
        changed |= carried - after.keys()
        homes = {
            placing.home(name)
            for name, summary in counted.items()
            if not changed.isdisjoint(summary.tags)
        }
        states = {name: issue_state(placing.renew(name)) for name in homes if name}
        return states, placing.store.tags()

    def _count_tags(self) -> None:
        """Learn in the thread how often tags are used."""
        from annotations.counting import Counting

        placing = self._open()
        if self._counting is None or self._counting[0] is not placing:
            self._counting = placing, Counting(placing)
        self._tallies, self._lately = self._counting[1].tallies(), {}

    def _used(self, issue_id: str, after: IssueState) -> None:
        """Note which tags an issue has that it did not have before."""
        known = self._found.states.get(issue_id)
        for article_id, state in after.states.items():
            old = known.states.get(article_id) if known else None
            for name in state.tags:
                if old is None or name not in old.tags:
                    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
                    self._lately = {**self._lately, name: now}

    if TYPE_CHECKING:

        async def _retry(self) -> bool: ...
        def _ended(self, trouble: str) -> None: ...


def _names(store: Store) -> dict[str, str]:
    return {one: tag.name for tag in store.tags() for one in (tag.id, *tag.aliases)}
