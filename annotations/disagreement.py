"""Where reviewers of one article say different things, question by question. Pure functions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotations.reviews import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotations.reviews import Review, Span

About = Literal["tags", "status", "passage"]
DECIDED = ("later", "reviewed", "skipped")
"""Statuses that somebody chose: that one opened an article and another did not is no dispute."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one reviewer says to a question: the disputed tags they put, a status, or passages."""

    reviewer: str
    tags: tuple[str, ...] = ()
    status: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def said(self) -> list[str]:
        """The same as plain texts that do not depend on where a passage stands."""
        marked = [f"{span.colour}: {_exact(span)}" for span in self.spans]
        return sorted([*self.tags, *filter(None, [self.status]), *marked])

    @property
    def annotations(self) -> tuple[str, ...]:
        """The ids of the annotations that say it, of passages only."""
        return tuple(span.annotation.id for span in self.spans)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing on which the reviewers of an article differ, and what each of them says.

    A reviewer who put none of the disputed tags, or marked nothing there, is a side too.
    """

    about: About
    sides: tuple[Side, ...]

    def side(self, reviewer: str) -> Side:
        """Return what a reviewer says. Raises KeyError for one who has no side."""
        for side in self.sides:
            if side.reviewer == reviewer:
                return side
        raise KeyError(reviewer)

    def range(self) -> tuple[int | None, int, int] | None:
        """Return where the passages are that it is about: block, start and end; None if none."""
        spans = [span for side in self.sides for span in side.spans]
        if not spans:
            return None
        return spans[0].block, min(s.start for s in spans), max(s.end for s in spans)


def questions(reviews: Mapping[str, Review]) -> tuple[Question, ...]:
    """Return where reviewers of one article differ: its tags, its status, passages in order.

    Tags that all put and passages that all marked alike (same bounds, same colour) are no question.
    Passages that overlap, directly or through others, are one question.
    """
    if len(reviews) < 2:
        return ()
    found: list[Question] = []
    disputed = _disputed_tags(reviews)
    if disputed:
        sides = (
            Side(name, tags=tuple(one.tags[tag] for tag in sorted(disputed & one.tags.keys())))
            for name, one in reviews.items()
        )
        found.append(Question("tags", tuple(sides)))
    statuses = {name: one.status for name, one in reviews.items() if one.status in DECIDED}
    if len(set(statuses.values())) > 1:
        given = (Side(name, status=status) for name, status in statuses.items())
        found.append(Question("status", tuple(given)))
    for group in _groups(reviews):
        sides = (
            Side(name, spans=tuple(span for whose, span in group if whose == name))
            for name in reviews
        )
        question = Question("passage", tuple(sides))
        if len({_marked(side) for side in question.sides}) > 1:
            found.append(question)
    return tuple(found)


def _disputed_tags(reviews: Mapping[str, Review]) -> set[str]:
    put = Counter(tag for one in reviews.values() for tag in one.tags)
    return {tag for tag, times in put.items() if times < len(reviews)}


def _marked(side: Side) -> frozenset[tuple[int, int, int, str]]:
    return frozenset((*place(span), span.colour) for span in side.spans)


def _groups(reviews: Mapping[str, Review]) -> Iterator[list[tuple[str, Span]]]:
    """Yield the passages of all reviewers in runs that overlap."""
    every = [(name, span) for name, one in reviews.items() for span in one.spans]
    every.sort(key=lambda one: place(one[1]))
    group: list[tuple[str, Span]] = []
    end = (0, 0)
    for name, span in every:
        block, start, stop = place(span)
        if group and (block != end[0] or start >= end[1]):
            yield group
            group = []
        end = (block, max(stop, end[1]) if group else stop)
        group.append((name, span))
    if group:
        yield group


def _exact(span: Span) -> str:
    selector = span.annotation.target.selector
    return selector.exact if selector is not None else ""
