"""Which tags may fit an article: what it names, and how similar articles were tagged.

Pure functions. A suggestion is never applied by itself; it says why it is made. Its score is
0..1; that of several reasons is one minus the product of what each leaves open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

from tui.locale import ntr, tr
from tui.outline import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletins.catalogue.outline import SharedName
    from bulletins.model import Article

    Key = tuple[str, str]

ENOUGH = 0.4
"""The score from which on a tag is suggested."""
IN_TITLE, NAMED, NAMED_ONCE, PART = 0.6, 0.55, 0.3, 0.2
"""What it counts that a tag stands in the title, is a name in the article, is a part of one."""
NEIGHBOURS = 8
"""So many similar articles are asked, the most similar ones."""
HALF_ALIKE = 3.0
"""So many rare names in common make two articles half alike."""
LEAST_TITLE = 0.35
"""Titles less alike than this count nothing."""
_MOST_TITLE = 200  # code points of a title that count


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that may fit. `similar` articles have it; it is `new` if there is no such tag yet."""

    name: str
    score: float
    in_title: bool = False
    named: int = 0
    similar: int = 0
    new: bool = False

    def words(self) -> str:
        """Why it is suggested, in a few words."""
        said = [tr("new")] if self.new else []
        said += [tr("in the title")] if self.in_title else []
        said += [ntr("named {n} time", "named {n} times", self.named)] if self.named else []
        if self.similar:
            said.append(ntr("on {n} similar article", "on {n} similar articles", self.similar))
        return " · ".join(said)


@dataclass(frozen=True, slots=True)
class Tagged:
    """How the library is tagged: tags and titles by the ids of issue and article."""

    tags: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    titles: Mapping[Key, str] = field(default_factory=dict)


def suggest(
    article: Article,
    key: Key,
    tags: Iterable[str],
    names: Sequence[SharedName] = (),
    tagged: Tagged | None = None,
    most: int = 3,
) -> list[Suggestion]:
    """List the tags that may fit an article, the best first; none if none fits well enough.

    `tags` are all there are, `names` those of the article (see Catalogue.names_shared), `key` its
    ids, by which it is left out of `tagged`.
    """
    counts = _names_of(article)
    title = fold_text(article.title[:_MOST_TITLE])
    similar = _similar(article.title, key, names, tagged or Tagged())
    votes: dict[str, list[float]] = {}
    for other, alike in similar:
        for tag in (tagged or Tagged()).tags[other]:
            votes.setdefault(tag, []).append(alike)
    found = [
        one
        for tag in dict.fromkeys([*tags, *votes])
        if (one := _judge(tag, title, counts, votes.get(tag, []))).score >= ENOUGH
    ]
    found.sort(key=lambda one: (-one.score, one.name))
    known = {fold_text(part) for tag in tags for part in (tag, *tag.split("/"))}
    room = max(0, most - len(found))
    return found[:most] + _new(article, title, known)[: min(1, room)]


def _judge(tag: str, title: str, counts: Mapping[str, int], votes: Sequence[float]) -> Suggestion:
    own = fold_text(tag).rpartition("/")[2]
    in_title = len(own) > 1 and _stands(own, title)
    named = counts.get(own, 0) if len(own) > 1 else 0
    open_ = (1 - IN_TITLE * in_title) * (1 - (NAMED if named > 1 else NAMED_ONCE * named))
    if not named and len(own) > 1:
        part = any((len(name) > 1 and name in own) or own in name for name in counts)
        open_ *= 1 - PART * part
    for alike in votes:
        open_ *= 1 - alike
    return Suggestion(tag, 1 - open_, in_title, named, len(votes))


def _stands(word: str, text: str) -> bool:
    """Tell whether a word is in a text; one in Latin letters not within another one."""
    at = text.find(word)
    if at < 0 or not word.isascii():
        return at >= 0
    around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
    return not any(one.isascii() and one.isalnum() for one in around)


def _names_of(article: Article) -> Counter[str]:
    """Count what an article names, folded, under its own form and the full one."""
    counts: Counter[str] = Counter()
    for entity in article.mentions.entities:
        counts.update({fold_text(entity.text), fold_text(entity.canonical)})
    return counts


def _similar(
    title: str, key: Key, names: Sequence[SharedName], tagged: Tagged
) -> list[tuple[Key, float]]:
    """List tagged articles that are like this one with how much (0..1), the most alike first."""
    weight: dict[Key, float] = {}
    whole = log(2 + len(tagged.titles))
    for name in names:
        rare = max(0.0, log((2 + len(tagged.titles)) / (1 + name.count)) / whole)
        for other in name.articles:
            if other in tagged.tags:
                weight[other] = weight.get(other, 0.0) + rare
    own = _pairs(title)
    found = []
    for other in tagged.tags:
        if other == key or not tagged.tags[other]:
            continue
        shared = weight.get(other, 0.0)
        by_title = _dice(own, _pairs(tagged.titles.get(other, "")))
        by_title = by_title if by_title >= LEAST_TITLE else 0.0
        alike = 1 - (1 - shared / (shared + HALF_ALIKE)) * (1 - by_title)
        if alike >= 0.1:
            found.append((other, alike))
    found.sort(key=lambda one: -one[1])
    return found[:NEIGHBOURS]


def _new(article: Article, title: str, known: set[str]) -> list[Suggestion]:
    """List programmes and technologies that an article is about and that are no tag yet."""
    counts = Counter(
        entity.canonical
        for entity in article.mentions.entities
        if entity.type in ("program", "technology")
    )
    found = []
    for name, times in counts.items():
        folded = fold_text(name)
        in_title = folded in title
        fits = 2 <= len(name) <= 16 and folded not in known and "/" not in folded
        if fits and (times >= 4 or (in_title and times >= 2)):
            score = times / (times + 2) if in_title else times / (times + 4)
            found.append(Suggestion(name, score, in_title, times, new=True))
    return sorted(found, key=lambda one: (-one.score, one.name))


@lru_cache(maxsize=20_000)
def _pairs(title: str) -> frozenset[str]:
    folded = "".join(one for one in fold_text(title[:_MOST_TITLE]) if one.isalnum())
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
