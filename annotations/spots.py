"""Where in a folded text a quote may stand, judged by the quote and by what stands beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from annotations.alignment import align, distance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GRAM = 3
_COMMON = 64  # places: a gram found more often says little, and would cost time without bound
_BUCKET = 8  # diagonals counted together: a few characters in or out move the rest
_SLACK = 24  # characters beside the expected place that are looked at
_FEW = 6  # places that are looked at
_FAINT = 0.2  # of the votes of the best place; places with fewer are not looked at
_LONG = 256  # a longer quote is found by its two ends
_END = 96
_MOST_EXACT = 1024  # a longer difference is estimated


@dataclass(frozen=True, slots=True)
class Wanted:
    """A folded quote, `text[start:end]`, between its folded prefix and suffix.

    `lead` and `trail` are the code points at its ends of which folding left nothing.
    """

    text: str
    start: int
    end: int
    lead: int = 0
    trail: int = 0

    @property
    def quote(self) -> str:
        """The quote alone."""
        return self.text[self.start : self.end]

    @property
    def length(self) -> int:
        """The quote's length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, in folded offsets, where the quote is but for `missing` and `added` characters.

    One that was replaced is missing. `before` and `after` say how much of prefix and suffix stands
    there, 0..1; None: none is known. The place is empty where prefix and suffix were found but
    nothing between them.
    """

    start: int
    end: int
    length: int
    missing: int
    added: int
    before: float | None
    after: float | None

    @property
    def edits(self) -> int:
        """Characters that were replaced, left out or put in."""
        return self.missing + self.added

    @property
    def likeness(self) -> float:
        """How much of the quote stands here, 0..1."""
        return max(0.0, 1 - self.edits / max(self.length, self.end - self.start, 1))

    @property
    def weaker(self) -> float:
        """How much of the worse of prefix and suffix stands here, 0..1."""
        return min(self._sides, default=0.0)

    @property
    def context(self) -> float:
        """How much of prefix and suffix stands here, 0..1: the better side counts more."""
        sides = self._sides
        return 0.65 * max(sides) + 0.35 * min(sides) if sides else 0.0

    @property
    def score(self) -> float:
        """How sure it is that the quote stands here, 0..1."""
        return 0.5 * self.likeness + 0.5 * self.context

    @property
    def _sides(self) -> list[float]:
        return [side for side in (self.before, self.after) if side is not None]

    def overlaps(self, other: Spot) -> bool:
        """Tell whether two places share a character, or one lies within the other."""
        return self.start < max(other.end, other.start + 1) and other.start < max(
            self.end, self.start + 1
        )


class Grounds:
    """A folded text, made ready for finding many quotes in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        """Where each run of three characters stands; made once, in linear time."""
        grams: dict[str, list[int]] = {}
        text = self.text
        for at in range(len(text) - _GRAM + 1):
            gram = text[at : at + _GRAM]
            if gram in grams:
                grams[gram].append(at)
            else:
                grams[gram] = [at]
        return grams

    def spots(self, wanted: Wanted, expected: int | None) -> list[Spot]:
        """Return a few places where the quote may stand, each looked at; best first.

        `expected` is where it would begin if nothing had moved. Time depends on the length of
        what is wanted, and on that of the text only by how often its rare parts occur.
        """
        if not wanted.length:
            return []
        if wanted.length > _LONG:
            found = self._ends(wanted, expected)
        else:
            found = self._look(wanted, expected)
        return sorted(found, key=lambda one: (-one.score, one.start))

    def _look(self, wanted: Wanted, expected: int | None) -> list[Spot]:
        spots: dict[tuple[int, int], Spot] = {}
        for diagonal in self._diagonals(wanted, expected):
            low = max(0, diagonal - _SLACK)
            window = self.text[low : diagonal + len(wanted.text) + _SLACK]
            spot = _spot(wanted, window, low)
            # A window that lies badly may show the same place with less of what is beside it.
            known = spots.get((spot.start, spot.end))
            if known is None or known.score < spot.score:
                spots[spot.start, spot.end] = spot
        return list(spots.values())

    def _diagonals(self, wanted: Wanted, expected: int | None) -> Iterator[int]:
        """Yield where the prefix may begin, those places first that most grams speak for."""
        votes: dict[int, list[int]] = {}
        pattern = wanted.text
        for at in range(len(pattern) - _GRAM + 1):
            places = self._grams.get(pattern[at : at + _GRAM], ())
            if len(places) <= _COMMON:
                for place in places:
                    votes.setdefault((place - at) // _BUCKET, []).append(place - at)
        counted = {
            bucket: len(own) + len(votes.get(bucket + 1, ())) for bucket, own in votes.items()
        }
        ranked = sorted(counted, key=lambda bucket: (-counted[bucket], bucket))
        if not ranked:
            if expected is not None:
                yield expected - wanted.start
            return
        least = max(2.0, _FAINT * counted[ranked[0]])
        taken: set[int] = set()
        for bucket in ranked:
            if counted[bucket] < least or len(taken) >= 3 * _FEW:
                return
            if bucket not in taken:
                taken |= {bucket - 1, bucket, bucket + 1}
                own = sorted(votes[bucket] + votes.get(bucket + 1, []))
                yield own[len(own) // 2]

    def _ends(self, wanted: Wanted, expected: int | None) -> list[Spot]:
        """Find a long quote by its two ends."""
        text, start, end = wanted.text, wanted.start, wanted.end
        head = Wanted(text[: start + _END], start, start + _END)
        tail = Wanted(text[end - _END :], 0, _END)
        last = None if expected is None else expected + wanted.length - _END
        tails = [one for one in self._look(tail, last) if one.likeness > 0.5]
        spots: dict[tuple[int, int], Spot] = {}
        for first in self._look(head, expected):
            for final in tails if first.likeness > 0.5 else ():
                length = final.end - first.start
                if abs(length - wanted.length) * 4 > wanted.length:
                    continue
                edits = _difference(wanted.quote, self.text[first.start : final.end])
                spots[first.start, final.end] = Spot(
                    first.start, final.end, wanted.length, edits, 0, first.before, final.after
                )
        return list(spots.values())


def _spot(wanted: Wanted, window: str, origin: int) -> Spot:
    """Align what is wanted with a part of the text that begins at `origin`."""
    places = align(wanted.text, window)
    start, end = wanted.start, wanted.end
    _tighten(wanted, window, places)
    quote = _part(wanted.text, window, places, start, end)
    sides: list[float | None] = []
    for low, high in ((0, start), (end, len(wanted.text))):
        side = _part(wanted.text, window, places, low, high)
        changed = side.missing + side.added
        sides.append(max(0.0, 1 - changed / (high - low)) if high > low else None)
    first, last = quote.first, quote.last
    if first == last:
        # Nothing of the quote is here: the place is where it would be.
        first = last = max((place for place in places[:start] if place >= 0), default=-1) + 1
    return Spot(
        origin + first, origin + last, end - start, quote.missing, quote.added, sides[0], sides[1]
    )


def _tighten(wanted: Wanted, window: str, places: list[int]) -> None:
    """Leave what was put in at an end of the quote outside it where that costs no more."""
    first, last = wanted.start, wanted.end - 1
    if first == last:
        return
    for at, beside, step in ((first, places[first + 1], -1), (last, places[last - 1], 1)):
        near = beside + step
        if places[at] < 0 or beside < 0 or places[at] == near:
            continue
        is_same = window[places[at]] == wanted.text[at]
        if not is_same or window[near] == wanted.text[at]:
            places[at] = near


class _Part(NamedTuple):
    """What became of a part of a pattern, and where it lies; `first` is `last` if nowhere."""

    missing: int
    added: int
    first: int
    last: int


def _part(pattern: str, window: str, places: Sequence[int], start: int, end: int) -> _Part:
    there = [place for place in places[start:end] if place >= 0]
    if not there:
        return _Part(end - start, 0, 0, 0)
    same = sum(
        1 for at in range(start, end) if places[at] >= 0 and pattern[at] == window[places[at]]
    )
    first, last = there[0], there[-1] + 1
    return _Part(end - start - same, last - first - len(there), first, last)


def _difference(one: str, other: str) -> int:
    """Return the edit distance of two long texts; where they differ at length, an estimate.

    An edit changes at most three grams: the estimate is never more than the distance.
    """
    low = 0
    while low < min(len(one), len(other)) and one[low] == other[low]:
        low += 1
    high = 0
    while high < min(len(one), len(other)) - low and one[-1 - high] == other[-1 - high]:
        high += 1
    one, other = one[low : len(one) - high], other[low : len(other) - high]
    if max(len(one), len(other)) <= _MOST_EXACT:
        return distance(one, other)
    left = Counter(one[at : at + _GRAM] for at in range(len(one) - _GRAM + 1))
    left.subtract(other[at : at + _GRAM] for at in range(len(other) - _GRAM + 1))
    lost = sum(count for count in left.values() if count > 0)
    return max(abs(len(one) - len(other)), -(-lost // _GRAM))
