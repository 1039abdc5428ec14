"""How sure an article's start is, by what told it: names, topics, lists, numbers, mere room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
