"""Count tags as a library shows its articles: on two editions of an issue, each article once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.index import summarise
from annotations.tallies import tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.index import IssueSummary
    from annotations.placing import Placing
    from annotations.tallies import Tally

    Places = Mapping[str, str | None]


class Counting:
    """Counts the tags of what a Placing has placed. Not safe for threads.

    Most issues are counted from the index alone; those that were annotated under several ids are
    read, and remembered until one of their files or their places changes.
    """

    def __init__(self, placing: Placing) -> None:
        self._placing = placing
        self._known: dict[str, tuple[tuple[IssueSummary, ...], Places, IssueSummary]] = {}

    def tallies(self) -> tuple[Tally, ...]:
        """Return all tags with how often and when each is used, in order of their names."""
        store = self._placing.store
        summaries = store.summaries()
        homes: dict[str, list[str]] = {}
        for name in summaries:
            homes.setdefault(self._placing.home(name) or name, []).append(name)
        counted = {home: summaries[names[0]] for home, names in homes.items() if len(names) == 1}
        self._known = {
            home: self._together(home, {name: summaries[name] for name in names})
            for home, names in homes.items()
            if len(names) > 1
        }
        counted |= {home: summary for home, (_, _, summary) in self._known.items()}
        return tally(store.tags(), [counted[home] for home in homes])

    def _together(
        self, home: str, summaries: Mapping[str, IssueSummary]
    ) -> tuple[tuple[IssueSummary, ...], Places, IssueSummary]:
        store, own = self._placing.store, tuple(summaries.values())
        places = store.places(home)
        known = self._known.get(home)
        if known is not None and known[0] == own and known[1] is places:
            return known
        found = [one for name in summaries for one in store.annotations(name)]
        return own, places, summarise(found, places=places)
