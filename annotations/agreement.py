"""How far two reviewers agree: Cohen's kappa for tags and statuses, F1 for marked passages.

Kappa is as in J. Cohen, "A coefficient of agreement for nominal scales", Educational and
Psychological Measurement 20 (1960), 37-46. F1 is as in G. Hripcsak and A. S. Rothschild,
"Agreement, the F-measure, and reliability in information retrieval", JAMIA 12 (2005), 296-298:
where nobody can count what neither marked, it is what kappa tends to. Pure functions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.reviews import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.reviews import Review, Span

    Reviews = Mapping[tuple[str, str], Review]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance over `n` items, on `agreed` of which both said the same.

    `chance` is n² times the share that would agree by chance: a whole number, so that nothing is
    rounded before the end.
    """

    n: int
    agreed: int
    chance: int

    @property
    def value(self) -> float | None:
        """Kappa from -1 to 1; None where it is not defined: no item, or no variation at all."""
        room = self.n * self.n - self.chance
        return (self.n * self.agreed - self.chance) / room if room else None


@dataclass(frozen=True, slots=True)
class Overlap:
    """`first` and `second` were marked by one reviewer each; so much of each by both.

    Units are characters or passages. Where passages that only overlap count as agreed, the two
    shares differ: one long passage may hold three short ones.
    """

    first: int
    second: int
    shared_first: int
    shared_second: int

    @property
    def value(self) -> float | None:
        """F1 from 0 to 1, the harmonic mean of both shares; None if nobody marked anything."""
        if not self.first and not self.second:
            return None
        if not self.first or not self.second:
            return 0.0
        one, other = self.shared_first / self.first, self.shared_second / self.second
        return 2 * one * other / (one + other) if one + other else 0.0


@dataclass(frozen=True, slots=True)
class TagAgreement:
    """One tag: on how many articles each put it, and both."""

    name: str
    first: int
    second: int
    both: int
    kappa: Kappa


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers over the `articles` that both reviewed.

    `all_tags` is kappa over all pairs of such an article and a tag that either of the two used in
    them. `characters`, `passages` (any overlap) and `same_passages` (same bounds) compare what is
    marked, whatever its colour; `colours` passages of one colour, with any overlap.
    """

    first: str
    second: str
    articles: int
    tags: tuple[TagAgreement, ...]
    all_tags: Kappa
    statuses: Kappa
    status_counts: Mapping[tuple[str, str], int]
    characters: Overlap
    passages: Overlap
    same_passages: Overlap
    colours: Mapping[str, Overlap]
    lost: int


def cohen(pairs: Iterable[tuple[object, object]]) -> Kappa:
    """Return kappa for items, each given as what one said of it and what the other said."""
    table = Counter(pairs)
    first, second = Counter[object](), Counter[object]()
    for (one, other), times in table.items():
        first[one] += times
        second[other] += times
    agreed = sum(times for (one, other), times in table.items() if one == other)
    chance = sum(times * second[said] for said, times in first.items())
    return Kappa(table.total(), agreed, chance)


def compare(first: str, one: Reviews, second: str, other: Reviews) -> Agreement:
    """Compare two reviewers, given by name and by what they say of articles."""
    both = sorted(one.keys() & other.keys())
    pairs = [(one[key], other[key]) for key in both]
    names: dict[str, str] = {}
    for a, b in pairs:
        names |= {**b.tags, **a.tags}
    tags = []
    for folded in sorted(names):
        said = [(folded in a.tags, folded in b.tags) for a, b in pairs]
        first_has, second_has = sum(x for x, _ in said), sum(y for _, y in said)
        shared = sum(x and y for x, y in said)
        tags.append(TagAgreement(names[folded], first_has, second_has, shared, cohen(said)))
    everything = [(tag in a.tags, tag in b.tags) for a, b in pairs for tag in names]
    statuses = [(a.status, b.status) for a, b in pairs]
    spans = [(a.spans, b.spans) for a, b in pairs]
    colours = sorted({span.colour for sides in spans for side in sides for span in side})
    return Agreement(
        first,
        second,
        len(both),
        tuple(tags),
        cohen(everything),
        cohen(statuses),
        dict(Counter(statuses)),
        _sum(characters(a, b) for a, b in spans),
        _sum(passages(a, b) for a, b in spans),
        _sum(same_passages(a, b) for a, b in spans),
        {
            colour: _sum(passages(_of(a, colour), _of(b, colour)) for a, b in spans)
            for colour in colours
        },
        sum(a.lost + b.lost for a, b in pairs),
    )


def characters(one: Sequence[Span], other: Sequence[Span]) -> Overlap:
    """Count the characters that two reviewers marked in one article, each once."""
    first, second = _merged(one), _merged(other)
    shared = at = 0
    for block, start, end in first:
        while at < len(second) and (second[at][0], second[at][2]) <= (block, start):
            at += 1
        for other_block, low, high in second[at:]:
            if other_block != block or low >= end:
                break
            shared += min(end, high) - max(start, low)
    return Overlap(_length(first), _length(second), shared, shared)


def passages(one: Sequence[Span], other: Sequence[Span]) -> Overlap:
    """Count the passages of one article that overlap any passage of the other reviewer."""
    return Overlap(len(one), len(other), _touching(one, other), _touching(other, one))


def same_passages(one: Sequence[Span], other: Sequence[Span]) -> Overlap:
    """Count the passages of one article that both marked from the same to the same character."""
    first, second = Counter(map(place, one)), Counter(map(place, other))
    shared = (first & second).total()
    return Overlap(len(one), len(other), shared, shared)


def _touching(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Count those of `one` that touch any of `other`: none of a merged run but its neighbours."""
    merged = _merged(other)
    count = at = 0
    for span in sorted(one, key=place):
        block, start, end = place(span)
        while at < len(merged) and (merged[at][0], merged[at][2]) <= (block, start):
            at += 1
        count += at < len(merged) and merged[at][0] == block and merged[at][1] < end
    return count


def _merged(spans: Iterable[Span]) -> list[tuple[int, int, int]]:
    """Return what spans cover: block (-1: the title), start and end, disjoint and in order."""
    found: list[tuple[int, int, int]] = []
    for block, start, end in sorted(map(place, spans)):
        if start >= end:
            continue
        if found and found[-1][0] == block and found[-1][2] >= start:
            found[-1] = (block, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((block, start, end))
    return found


def _length(ranges: Iterable[tuple[int, int, int]]) -> int:
    return sum(end - start for _, start, end in ranges)


def _of(spans: Iterable[Span], colour: str) -> list[Span]:
    return [span for span in spans if span.colour == colour]


def _sum(parts: Iterable[Overlap]) -> Overlap:
    totals = [0, 0, 0, 0]
    for one in parts:
        fields = (one.first, one.second, one.shared_first, one.shared_second)
        totals = [total + field for total, field in zip(totals, fields, strict=True)]
    return Overlap(*totals)
