"""What other reviewers made of whole issues, and what of theirs has lost its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.orphans import Lost, lost_articles, lost_passages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotations.model import Annotation
    from annotations.placing import IssueWork
    from tui.reviewers import Reviewer

    Works = Mapping[str, Mapping[str, IssueWork]]
    """By folder, then by issue of the library."""


@dataclass(frozen=True, slots=True)
class TheirIssue:
    """What another reviewer made of an issue itself: notes, tags, corrected fields and splits.

    `lost` counts their annotations on it whose article or passage is not there any more.
    """

    reviewer: Reviewer
    notes: tuple[Annotation, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    splits: tuple[Annotation, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class TheirLost:
    """What another reviewer has lost."""

    reviewer: Reviewer
    lost: Lost


def their_issues(people: Sequence[Reviewer], works: Works, issue_id: str) -> tuple[TheirIssue, ...]:
    """Say what each made of an issue itself; those who made nothing are left out."""
    found = []
    for one in people:
        work = works[one.folder].get(issue_id)
        if work is None:
            continue
        tags = tuple(tag.name for tag in work.tags)
        lost = len(work.orphans) + len(lost_passages(work))
        if work.notes or tags or work.corrections or work.splits or lost:
            found.append(TheirIssue(one, work.notes, tags, work.corrections, work.splits, lost))
    return tuple(found)


def their_lost(people: Sequence[Reviewer], works: Works) -> list[TheirLost]:
    """List all that these reviewers have lost, each by itself: of each all, issue by issue."""
    return [
        TheirLost(one, lost)
        for one in people
        for home, work in works[one.folder].items()
        for lost in (
            *lost_articles(home, work.orphans),
            *(Lost("passage", (gone,), home) for gone in lost_passages(work)),
        )
        if len(lost.annotations) == 1
    ]
