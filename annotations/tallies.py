"""How often each tag is used and was used last, from the summaries of all issues. Pure functions.

All is counted from what the index holds, so it takes no longer with many annotations.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotations.model import Tag
from annotations.tags import fold_path, tags_by_id
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.index import IssueSummary


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one tag is used.

    `articles` carry it, themselves or on one of their `passages`; those `within` carry it or one
    below it. `uses` has for each issue when it was used there last (UTC) and on how many articles.
    """

    tag: Tag
    defined: bool = True
    articles: int = 0
    passages: int = 0
    articles_within: int = 0
    passages_within: int = 0
    uses: tuple[tuple[str, int], ...] = field(default=(), repr=False)


def tally(tags: Sequence[Tag], summaries: Iterable[IssueSummary]) -> tuple[Tally, ...]:
    """Count each tag, also those that are carried and have no definition; in order of names."""
    summaries = list(summaries)
    known = tags_by_id(tags)
    undefined = _undefined(tags, known, summaries)
    known |= undefined
    above = {tag.id: _with_above(tag, known) for tag in known.values()}
    own, within = Counter[str](), Counter[str]()
    passages, passages_within = Counter[str](), Counter[str]()
    uses: dict[str, dict[int, tuple[str, int]]] = {}
    for at, summary in enumerate(summaries):
        here = Counter[str]()
        for ids, number in summary.together:
            carried = {known[one].id for one in ids}
            here.update(dict.fromkeys(carried, number))
            within.update(dict.fromkeys({up for one in carried for up in above[one]}, number))
        own.update(here)
        for one, number in summary.passages.items():
            passages[known[one].id] += number
            passages_within.update(dict.fromkeys(above[known[one].id], number))
        for one, when in summary.used.items():
            name = known[one].id
            last = max(when, uses.get(name, {}).get(at, ("", 0))[0])
            uses.setdefault(name, {})[at] = (last, here[name])
    defined = {tag.id for tag in tags}
    return tuple(
        Tally(
            tag, tag.id in defined, own[tag.id], passages[tag.id], within[tag.id],
            passages_within[tag.id], tuple(uses.get(tag.id, {}).values()),
        )
        for tag in sorted(
            {tag.id: tag for tag in known.values()}.values(),
            key=lambda tag: (fold_path(tag.name).split("/"), tag.id),
        )
    )  # fmt: skip


def _undefined(
    tags: Sequence[Tag], known: Mapping[str, Tag], summaries: Iterable[IssueSummary]
) -> dict[str, Tag]:
    """Make tags of what is carried without a definition: one for each name."""
    named = {fold_path(tag.name): tag for tag in tags}
    found: dict[str, Tag] = {}
    for summary in summaries:
        for one in summary.used:
            if one not in known:
                name = summary.names.get(one) or plain_line(one[:8])
                found[one] = named.setdefault(fold_path(name), Tag(one, name))
    return found


def _with_above(tag: Tag, known: Mapping[str, Tag]) -> tuple[str, ...]:
    found = [tag.id]
    while tag.parent and tag.parent in known and known[tag.parent].id not in found:
        tag = known[tag.parent]
        found.append(tag.id)
    return tuple(found)
