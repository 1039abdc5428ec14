"""Choose which annotations an export or a list shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.documents import to_document
from annotations.healing import ANCHOR_STATUSES
from annotations.model import (
    Annotation,
    StarBody,
    StatusBody,
    StoreError,
    Tag,
    TagBody,
)
from annotations.tags import is_within, tags_by_id
from annotations.text import fold_name, iso_date
from annotations.view import corrections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.healing import Anchor
    from annotations.model import IssueRef, Target

_LEAST_ID = 6  # characters of an issue's id that may stand for it


@dataclass(frozen=True, slots=True)
class Filter:
    """What must hold so that an annotation is chosen; empty: no condition.

    Of an article, and then all that is on it is chosen. `tags`: it carries one of them. `issues`:
    its issue has this id (or its first six characters and more), file name (with or without
    ending), or a title or number, printed or corrected. `since`, `until`: something on it changed
    on these UTC days or between them (ISO dates or times). `issue_since`, `issue_until`: its
    issue's date lies there, or may (2024-08 may be any of its days). `sections`: it stands under a
    head whose name holds one of these. `statuses`: it has one of them. `text`: its title, a quote,
    a note, a tag or a correction holds this, in any case and width. `anchors`: a passage
    marked in it is in one of these states (exact, moved, fuzzy, orphan).

    Of the single annotation: `kinds`.
    """

    tags: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    since: str | None = None
    statuses: tuple[str, ...] = ()
    starred: bool = False
    until: str | None = None
    issue_since: str | None = None
    issue_until: str | None = None
    sections: tuple[str, ...] = ()
    text: str = ""
    kinds: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise StoreError for a bound that is no date nor time, and for no state of anchors."""
        for name in self.anchors:
            if name not in ANCHOR_STATUSES:
                raise StoreError(
                    "no passage is {name!r}; it is {choices}",
                    name=name,
                    choices=", ".join(ANCHOR_STATUSES),
                )
        for bound in (self.since, self.until):
            _check_time(bound)
        for bound in (self.issue_since, self.issue_until):
            if bound is not None:
                iso_date(bound)


def select(
    annotations: Iterable[Annotation],
    chosen: Filter,
    tags: Sequence[Tag] = (),
    anchors: Mapping[Target, Anchor] | None = None,
) -> tuple[Annotation, ...]:
    """Return the live annotations that the filter lets through.

    All of an article's annotations come along, so that a note keeps the tags beside it; those on
    the issue itself come along with any of its articles. `anchors` says where passages are (see
    annotations.passages); without it no passage is in any state.
    """
    groups: dict[tuple[str, str, str | None], list[Annotation]] = {}
    for annotation in annotations:
        if not annotation.deleted:
            article = annotation.target.article
            key = (annotation.reviewer, annotation.target.issue.id, article.id if article else None)
            groups.setdefault(key, []).append(annotation)
    issues = {key[:2] for key in groups}
    fields = {issue: corrections(groups.get((*issue, None), [])) for issue in issues}
    names = {each: tag.name for each, tag in tags_by_id(tags).items()}

    def of_kind(group: list[Annotation]) -> list[Annotation]:
        return [one for one in group if not chosen.kinds or one.kind in chosen.kinds]

    passed: dict[tuple[str, str, str | None], list[Annotation]] = {}
    for key, group in groups.items():
        if chosen.anchors and not _states(group, anchors or {}) & set(chosen.anchors):
            continue
        if _passes(group, chosen, names, fields[key[:2]]):
            kept = of_kind(group)
            if kept:
                passed[key] = kept
    for key in [(*key[:2], None) for key in passed]:
        if key in groups and key not in passed:
            passed[key] = of_kind(groups[key])
    return tuple(one for key in groups for one in passed.get(key, ()))


def _passes(
    group: list[Annotation], chosen: Filter, names: dict[str, str], fields: dict[str, str]
) -> bool:
    bodies = [one.body for one in group]
    carried = [names.get(b.tag, b.name) for b in bodies if isinstance(b, TagBody)]
    states = [one for one in group if isinstance(one.body, StatusBody)]
    status = max(states, key=lambda one: one.modified).body if states else StatusBody("unread")
    issue = group[0].target.issue
    return (
        (not chosen.tags or any(is_within(name, tag) for name in carried for tag in chosen.tags))
        and (not chosen.issues or any(_is_issue(issue, fields, i) for i in chosen.issues))
        and (not (chosen.since or chosen.until) or any(_is_between(one, chosen) for one in group))
        and _is_dated(fields.get("date", issue.date), chosen.issue_since, chosen.issue_until)
        and (not chosen.sections or any(_is_under(one, chosen.sections) for one in group))
        and (not chosen.statuses or getattr(status, "status", "") in chosen.statuses)
        and (not chosen.starred or any(isinstance(body, StarBody) for body in bodies))
        and (not chosen.text or _holds(group, carried, _fold(chosen.text)))
    )


def _states(group: list[Annotation], anchors: Mapping[Target, Anchor]) -> set[str]:
    return {anchors[one.target].status for one in group if one.target in anchors}


def _is_issue(issue: IssueRef, fields: dict[str, str], wanted: str) -> bool:
    names = {issue.id, issue.file_name, issue.file_name.rpartition(".")[0]}
    names |= {name for name in (issue.title, issue.number) if name}
    names |= {fields[name] for name in ("title", "number") if name in fields}
    return wanted in names or (len(wanted) >= _LEAST_ID and issue.id.startswith(wanted))


def _is_between(one: Annotation, chosen: Filter) -> bool:
    since, until = ((bound or "").removesuffix("Z") for bound in (chosen.since, chosen.until))
    return one.modified >= since and (not until or one.modified[: len(until)] <= until)


def _is_dated(date: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether a date, which may be a month or a year, can lie between two such dates."""
    if since is None and until is None:
        return True
    if not date:
        return False
    earliest, latest = (date + "-01-01")[:10], (date + "-12-31"[3 * (len(date) > 4) :])[:10]
    return (since is None or latest >= since) and (until is None or earliest[: len(until)] <= until)


def _is_under(one: Annotation, sections: tuple[str, ...]) -> bool:
    article = one.target.article
    head = fold_name(article.section) if article else ""
    return any(fold_name(section) in head for section in sections)


def _holds(group: list[Annotation], carried: list[str], wanted: str) -> bool:
    if any(wanted in _fold(name) for name in carried):
        return True
    for one in group:
        article, selector = one.target.article, one.target.selector
        texts = [article.title if article else "", selector.exact if selector else ""]
        if not isinstance(one.body, TagBody):
            texts += _texts(to_document(one)["body"])
        if any(wanted in _fold(text) for text in texts):
            return True
    return False


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _check_time(bound: str | None) -> None:
    if bound is not None:
        day, _, time = bound.partition("T")
        iso_date(day)
        if time and not re.fullmatch(r"[0-9:.]{2,15}Z?", time):
            raise StoreError(
                "{bound!r} is no time; write it like 2024-08-06T09:30:00Z", bound=bound
            )
