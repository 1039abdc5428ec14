"""What the words beside a figure make of it: more, less, at least, at most, a rise or a fall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from bulletins.mentions.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletins.model import Comparison

# So many code points in front of a figure can hold such a word and what stands between.
_REACH = 20


@dataclass(frozen=True, slots=True)
class _Rules:
    before: re.Pattern[str]
    after: re.Pattern[str]
    adjective: re.Pattern[str]
    meaning_before: dict[str, Comparison]
    meaning_after: dict[str, Comparison]
    adjectives: dict[str, Comparison]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _rules() -> _Rules:
    data = table("qualifiers")
    kinds = data["comparisons"]
    before, after = (
        {str(word): cast("Comparison", kind) for kind in kinds for word in kinds[kind][side]}
        for side in ("before", "after")
    )
    adjectives = {
        str(word): cast("Comparison", kind)
        for kind, words in data["adjectives"].items()
        for word in words
    }
    between = rf"(?:{_any(data['between'])}){{0,3}} ?$"
    return _Rules(
        re.compile(rf"({_any(before)}){between}"),
        re.compile(rf"的?({_any(after)})(?![到至为])"),
        re.compile(rf"[比较][^，。；：、]{{1,12}}?({_any(adjectives)}){between}"),
        before, after, adjectives,
    )  # fmt: skip


def comparison_of(text: str, start: int, end: int) -> Comparison | None:
    """Say what the words around the figure `text[start:end]` make of it, None if nothing.

    A rise or fall counts before a bound: 增长超过 5% is an increase. Where a level is named
    (增至 5%, 降到 3 天) there is none.
    """
    rules = _rules()
    reach = text[max(0, start - _REACH) : start]
    front = rules.before.search(reach)
    before = rules.meaning_before[front[1]] if front else None
    if before in ("increase", "decrease"):
        return before
    if adjective := rules.adjective.search(reach):
        return rules.adjectives[adjective[1]]
    behind = rules.after.match(text, end)
    after = rules.meaning_after[behind[1]] if behind else None
    return before if before and after not in ("increase", "decrease") else after
