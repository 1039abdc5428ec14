"""Find the passage of a selector again in an article whose text may have changed.

A place counts as found only if the passage itself, the text beside it, and the lack of any other
such place say so; else the passage is an orphan, and the reader is offered candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from annotations.fold import Folded, fold
from annotations.graphemes import cluster_end, cluster_start
from annotations.spans import CONTEXT, ArticleText, notes_of
from annotations.spots import Grounds, Spot, Wanted
from bulletins.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.model import Selector

AnchorStatus = Literal["exact", "moved", "fuzzy", "orphan"]
ANCHOR_STATUSES: tuple[AnchorStatus, ...] = get_args(AnchorStatus)

_MOST_EDITS = 0.2  # of the quote
_HELD = 0.7  # of prefix and of suffix each: together they hold the place
_MOST_MISSING, _MOST_ADDED = 0.25, 0.5  # of the quote, at such a place; at least one and two
_LEAST_CONTEXT = 0.55
_LEAST_CONTEXT_LONG = 0.3  # for a quote found whole that is LONG or longer
_SHORT, _LONG = 12, 32
MARGIN = 0.06  # between the scores of the best place and the next
_TORN = 0.15  # more context than the best place has, where the quote is not: it was taken out
_MOST_CONTEXT = 4 * CONTEXT  # code points of prefix and of suffix
_PROOF = 16  # characters of quote and context together that are no coincidence
_LIKE = 0.45  # likeness of the least of candidates


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a selector's passage is now: block (None: the title), start, end, in code points.

    In a footnote block is None and `footnote` is the index of that.

    `exact`: where it was, as it was. `moved`: elsewhere, as it was but for width, forms of
    punctuation, blanks, hyphens and marks of notes. `fuzzy`: changed, or cut by a border of
    blocks. `orphan`: not found; then block is None, start and end are 0. `score`: how sure, 0..1.
    """

    status: AnchorStatus
    score: float
    block: int | None = None
    start: int = 0
    end: int = 0
    footnote: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place for an orphan, in one of several articles: `text` is what would be marked."""

    article: str
    anchor: Anchor
    text: str


_BEGIN, _END = "\x02" * 8, "\x03" * 8
"""Stand for the ends of the article: to be beside one of them is as telling as eight characters."""

ORPHAN = Anchor("orphan", 0.0)


def heal(selector: Selector, article: Article) -> Anchor:
    """Find a selector's passage in an article; see Healer for many of one article."""
    return Healer(article).heal(selector)


def candidates(selector: Selector, article: Article, most: int) -> tuple[Candidate, ...]:
    """Return at most `most` places of an article where the passage may be, best first."""
    return Healer(article).candidates(selector, most)


def candidates_in_issue(
    selector: Selector, articles: Iterable[Article], most: int
) -> tuple[Candidate, ...]:
    """Return at most `most` places of several articles, best first, of equals in their order."""
    found = [one for article in articles for one in Healer(article).candidates(selector, most)]
    found.sort(key=lambda one: -one.anchor.score)
    return tuple(found[:most])


def anchor_record(anchor: Anchor) -> dict[str, object]:
    """Return an anchor as plain data for exports: status and score, and the place unless lost."""
    record: dict[str, object] = {"status": anchor.status, "score": round(anchor.score, 3)}
    if anchor.status != "orphan":
        record |= {"block": anchor.block, "start": anchor.start, "end": anchor.end}
    if anchor.footnote is not None:
        record["footnote"] = anchor.footnote
    return record


class Healer:
    """One article's text, made ready for finding many passages.

    Making it is linear in the text, and done no further than needed: for selectors of an article
    that has not changed only its hash is made.
    """

    def __init__(self, article: Article) -> None:
        self._article = article.id
        self._footnotes = article.footnotes
        self.whole = ArticleText(article)

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.whole.text)

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(_BEGIN + self._folded.text + _END)

    @cached_property
    def _notes(self) -> Healer:
        return Healer(notes_of(Article(self._article, "", 0, footnotes=self._footnotes)))

    def heal(self, selector: Selector) -> Anchor:
        """Find a selector's passage. Never raises: what is not found is an orphan."""
        if selector.footnote is not None:
            return _in_notes(self._notes.heal(_as_block(selector)))
        if not selector.exact:
            return ORPHAN
        at = self._expected(selector)
        text, exact = self.whole.text, selector.exact
        if at is not None and text.startswith(exact, at):
            beside = text.endswith(selector.prefix, 0, at) and text.startswith(
                selector.suffix, at + len(exact)
            )
            if beside or selector.state == self.whole.state:
                return self._anchor(selector, at, at + len(exact), 1.0)
        return self._verbatim(selector) or self._search(selector, at)

    def candidates(self, selector: Selector, most: int) -> tuple[Candidate, ...]:
        """Return at most `most` places where the passage may be, best first; they don't overlap."""
        if selector.footnote is not None:
            found = self._notes.candidates(_as_block(selector), most)
            return tuple(replace(one, anchor=_in_notes(one.anchor)) for one in found)
        healed = self.heal(selector)
        taken = [] if healed.status == "orphan" else [healed]
        wanted = _wanted(selector)
        for spot in self._spots(wanted, self._expected(selector)):
            if spot.start >= spot.end:
                continue
            if spot.likeness < _LIKE and not (spot.weaker >= _HELD):
                continue
            anchor = self._at(selector, wanted, spot)
            if anchor.start < anchor.end and not any(_overlap(anchor, one) for one in taken):
                taken.append(anchor)
        taken.sort(key=lambda one: -one.score)
        return tuple(
            Candidate(self._article, one, self._text(one)) for one in taken[: max(0, most)]
        )

    def _text(self, anchor: Anchor) -> str:
        bounds = self.whole.block_span(anchor.block)
        origin = bounds[0] if bounds else 0
        return self.whole.text[origin + anchor.start : origin + anchor.end]

    def _expected(self, selector: Selector) -> int | None:
        """Return where the passage begins if nothing has moved, in the whole text."""
        text, exact = self.whole.text, selector.exact
        bounds = self.whole.block_span(selector.block)
        by_block = bounds[0] + selector.start if bounds else None
        is_there = by_block is not None and text.startswith(exact, by_block)
        if is_there or selector.position is None:
            return by_block
        return max(0, min(selector.position, len(text)))

    def _verbatim(self, selector: Selector) -> Anchor | None:
        """Find the passage with all that stood beside it, unchanged, if it is there once."""
        pattern = selector.prefix + selector.exact + selector.suffix
        if len(pattern) - len(selector.exact) < _PROOF // 2 or len(pattern) < _PROOF:
            return None
        text = self.whole.text
        at = text.find(pattern)
        if at < 0 or text.find(pattern, at + 1) >= 0:
            return None
        start = at + len(selector.prefix)
        return self._anchor(selector, start, start + len(selector.exact), 1.0)

    def _search(self, selector: Selector, expected: int | None) -> Anchor:
        wanted = _wanted(selector)
        spots = self._spots(wanted, expected)
        best = next((spot for spot in spots if _fits(spot)), None)
        if best is None:
            return ORPHAN
        for other in spots:
            if other is best or other.overlaps(best):
                continue
            if _fits(other) and best.score - other.score < MARGIN:
                return ORPHAN
            if other.context - best.context > _TORN and other.weaker >= _HELD:
                return ORPHAN
        return self._at(selector, wanted, best)

    def _spots(self, wanted: Wanted, expected: int | None) -> list[Spot]:
        """Return places in folded offsets without the marks of beginning and end."""
        if not self._folded.text:
            return []
        shift = len(_BEGIN)
        at = None if expected is None else self._folded.index(expected) + shift
        last = len(self._folded.text)
        return [
            replace(
                spot,
                start=min(max(spot.start - shift, 0), last),
                end=min(max(spot.end - shift, 0), last),
            )
            for spot in self._grounds.spots(wanted, at)
        ]

    def _at(self, selector: Selector, wanted: Wanted, spot: Spot) -> Anchor:
        """Go back from folded offsets to those of a block."""
        first, last = self._folded.span(spot.start, spot.end)
        text = self.whole.text
        start, end = cluster_start(text, first), cluster_end(text, last)
        # What folding drops at the ends of the quote belongs to it where it is still there.
        for char in reversed(selector.exact[: wanted.lead]):
            start -= text.startswith(char, start - 1) and start > 0
        for char in selector.exact[len(selector.exact) - wanted.trail :]:
            end += text.startswith(char, end)
        if spot.edits:
            return self._anchor(selector, start, end, min(spot.score, 0.99), changed=True)
        return self._anchor(selector, start, end, spot.score)

    def _anchor(
        self, selector: Selector, start: int, end: int, score: float, *, changed: bool = False
    ) -> Anchor:
        block, low, high = self.whole.locate(start, end)
        cut = high - low < end - start
        same = (block, low, high) == (selector.block, selector.start, selector.end)
        status: AnchorStatus
        if changed or cut:
            status = "fuzzy"
        elif same and self.whole.text[start:end] == selector.exact:
            status = "exact"
        else:
            status = "moved"
        share = (high - low) / (end - start) if cut else 1.0
        return Anchor(status, min(1.0, score * share), block, low, high)


def _as_block(selector: Selector) -> Selector:
    """Return the selector of a span of a footnote as one of notes_of()."""
    return replace(selector, block=selector.footnote, footnote=None)


def _in_notes(anchor: Anchor) -> Anchor:
    """Return a place in notes_of() as one in the article."""
    return anchor if anchor.block is None else replace(anchor, block=None, footnote=anchor.block)


def _wanted(selector: Selector) -> Wanted:
    """Fold a selector, with marks where prefix or suffix reach an end of the article."""
    # A file from elsewhere may hold longer ones than are made here, and they cost time.
    prefix, suffix = selector.prefix[-_MOST_CONTEXT:], selector.suffix[:_MOST_CONTEXT]
    exact = selector.exact
    folded = fold(prefix + exact + suffix)
    first = len(prefix)
    last = first + len(exact)
    start, end = folded.index(first), folded.index(last)
    lead = trail = 0
    if start < end:
        low, high = folded.span(start, end)
        lead, trail = low - first, last - high
    begin = _BEGIN if selector.position == len(selector.prefix) else ""
    finish = _END if selector.position is not None and len(suffix) < CONTEXT else ""
    shift = len(begin)
    return Wanted(begin + folded.text + finish, shift + start, shift + end, lead, trail)


def _fits(spot: Spot) -> bool:
    """Tell whether the passage may be said to stand here."""
    if spot.start >= spot.end:
        return False
    if spot.edits > _MOST_EDITS * spot.length:
        return (
            spot.weaker >= _HELD
            and spot.missing <= max(1, _MOST_MISSING * spot.length)
            and spot.added <= max(2, _MOST_ADDED * spot.length)
        )
    least = _LEAST_CONTEXT
    if not spot.edits:
        share = min(1.0, max(0.0, (spot.length - _SHORT) / (_LONG - _SHORT)))
        least -= share * (_LEAST_CONTEXT - _LEAST_CONTEXT_LONG)
    return spot.context >= least


def _overlap(one: Anchor, other: Anchor) -> bool:
    return one.block == other.block and one.start < other.end and other.start < one.end
