"""Choose which annotations an export or a list shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.healing import ANCHOR_STATUSES
from annotations.model import Annotation, StarBody, StatusBody, StoreError, Tag, TagBody
from annotations.tags import tags_by_id
from annotations.text import fold_name, iso_date
from annotations.view import corrections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.healing import Anchor
    from annotations.model import IssueRef, Target

_LEAST_ID = 6  # characters of an issue's id that may stand for it


@dataclass(frozen=True, slots=True)
class Filter:
    """What must hold of an article so that all its annotations are chosen; empty: no condition.

    `tags`: it carries one of them. `issues`: its issue has this id (or its first six characters
    and more), file name (with or without ending), or a title or number, printed or corrected.
    `since`: something on it changed on this UTC day or later (an ISO date or time). `statuses`: it
    has one of them. `anchors`: a passage marked in it is in one of these states (exact, moved,
    fuzzy, orphan).
    """

    tags: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    since: str | None = None
    statuses: tuple[str, ...] = ()
    starred: bool = False
    anchors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise StoreError for a `since` that is no date nor time, and for no state of anchors."""
        for name in self.anchors:
            if name not in ANCHOR_STATUSES:
                raise StoreError(f"no passage is {name!r}; it is {', '.join(ANCHOR_STATUSES)}")
        if self.since is not None:
            day, _, time = self.since.partition("T")
            iso_date(day)
            if time and not re.fullmatch(r"[0-9:.]{2,15}Z?", time):
                raise StoreError(f"{self.since!r} is no time; write it like 2024-08-06T09:30:00Z")


def select(
    annotations: Iterable[Annotation],
    chosen: Filter,
    tags: Sequence[Tag] = (),
    anchors: Mapping[Target, Anchor] | None = None,
) -> tuple[Annotation, ...]:
    """Return the live annotations of the articles (or issues) that the filter lets through.

    All of an article's annotations come along, so that a note keeps the tags beside it; those on
    the issue itself come along with any of its articles. `anchors` says where passages are (see
    annotations.passages); without it no passage is in any state.
    """
    groups: dict[tuple[str, str | None], list[Annotation]] = {}
    for annotation in annotations:
        if not annotation.deleted:
            article = annotation.target.article
            key = (annotation.target.issue.id, article.id if article else None)
            groups.setdefault(key, []).append(annotation)
    issues = {issue for issue, _ in groups}
    fields = {issue: corrections(groups.get((issue, None), [])) for issue in issues}
    names = {each: tag.name for each, tag in tags_by_id(tags).items()}
    passed = {
        key
        for key, group in groups.items()
        if _passes(group, chosen, names, fields[key[0]])
        and (not chosen.anchors or _states(group, anchors or {}) & set(chosen.anchors))
    }
    passed |= {(issue, None) for issue, _ in passed}
    return tuple(one for key, group in groups.items() if key in passed for one in group)


def _passes(
    group: list[Annotation], chosen: Filter, names: dict[str, str], fields: dict[str, str]
) -> bool:
    bodies = [one.body for one in group]
    carried = {fold_name(names.get(b.tag, b.name)) for b in bodies if isinstance(b, TagBody)}
    states = [one for one in group if isinstance(one.body, StatusBody)]
    status = max(states, key=lambda one: one.modified).body if states else StatusBody("unread")
    issue = group[0].target.issue
    return (
        (not chosen.tags or any(fold_name(tag) in carried for tag in chosen.tags))
        and (not chosen.issues or any(_is_issue(issue, fields, i) for i in chosen.issues))
        and (chosen.since is None or any(one.modified >= chosen.since for one in group))
        and (not chosen.statuses or getattr(status, "status", "") in chosen.statuses)
        and (not chosen.starred or any(isinstance(body, StarBody) for body in bodies))
    )


def _states(group: list[Annotation], anchors: Mapping[Target, Anchor]) -> set[str]:
    return {anchors[one.target].status for one in group if one.target in anchors}


def _is_issue(issue: IssueRef, fields: dict[str, str], wanted: str) -> bool:
    names = {issue.id, issue.file_name, issue.file_name.rpartition(".")[0]}
    names |= {name for name in (issue.title, issue.number) if name}
    names |= {fields[name] for name in ("title", "number") if name in fields}
    return wanted in names or (len(wanted) >= _LEAST_ID and issue.id.startswith(wanted))
