"""How sure it is that the articles found are the issue's: what told each, and what is doubtful.

An article's start is told by names, topics, lists, numbers or mere room. What the finished issue
looks like (titles that read as text, articles without any, titles that the contents list and
nobody found) takes away from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.doubts import doubts_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from bulletins.model import Issue
    from bulletins.parsing.draft import Draft, DraftSection
    from bulletins.parsing.plan import Plan

_NAMED = 0.9  # a topic, or who wrote it
_LINKED = 0.8  # a source, or the original's title
_PLANNED = 0.7  # the contents list it, or its number
_APART = 0.6  # a short line with room above it
_SHAPE = 0.45  # a short line over text
_FOUND = 0.4  # the line where the front ends
_UNTITLED = 0.2
_SECTIONED = 0.05  # what named sections add


def confidence_of(sections: list[DraftSection], plan: Plan) -> float:
    """Average over all articles, 0 to 1: of a style that has no cues of its own to go by."""
    drafts = [draft for section in sections for draft in section.articles]
    if not drafts:
        return 0.0
    mean = sum(_of(draft, plan) for draft in drafts) / len(drafts)
    named = sum(1 for section in sections if section.title)
    return round(mean + (_SECTIONED if named >= 2 else 0.0), 3)


def _of(draft: Draft, plan: Plan) -> float:
    if not draft.title_lines or not draft.body:
        return _UNTITLED
    if draft.topic or draft.authors:
        return _NAMED
    if draft.urls or draft.original:
        return _LINKED
    if draft.title_lines[0] not in plan.titles:
        return _FOUND
    return {"apart": _APART, "shape": _SHAPE}.get(plan.guessed, _PLANNED)


_WEIGHTS = {
    "no text": 1.0, "long title": 0.7, "title like text": 0.7, "loose note": 0.15,
    "header left": 0.3, "same title": 0.3,
}  # fmt: skip
_LISTED = 0.7  # what titles that the contents list and nobody found take away, at most
_UNLISTED = 0.3  # what titles that they do not list take away, at most
_AGREED = 0.95  # the contents list just these articles


def checked(confidence: float, issue: Issue, listed: AbstractSet[str]) -> float:
    """Bring down `confidence` by the doubts there are about `issue`; `listed` as in doubts_of."""
    articles = issue.articles()
    if not articles:
        return 0.0
    doubts = doubts_of(issue, listed)
    weight = sum(_WEIGHTS.get(doubt.kind, 0.0) for doubt in doubts)
    confidence *= 1 - min(0.9, weight / len(articles))
    missed = sum(1 for doubt in doubts if doubt.kind == "not found")
    unlisted = sum(1 for doubt in doubts if doubt.kind == "not listed")
    found = len(articles) - unlisted
    if listed and found >= 2:
        confidence *= 1 - _LISTED * missed / (missed + found)
        confidence *= 1 - _UNLISTED * unlisted / len(articles)
        if not missed and not unlisted and not weight:
            confidence = max(confidence, _AGREED)
    return round(min(1.0, confidence), 3)
