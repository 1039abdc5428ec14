"""Annotations as nested plain data, issue by issue and article by article, for readable exports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotations.anchors import place_in_issue
from annotations.documents import to_document
from annotations.model import (
    STATUSES,
    Annotation,
    HighlightBody,
    MentionBody,
    NoteBody,
    OtherBody,
    Tag,
    TagBody,
    article_refs,
    corrected,
    issue_ref,
)
from annotations.tags import tags_by_id
from annotations.text import fold_name
from annotations.view import article_state, corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotations.model import ArticleRef, IssueRef
    from bulletins.model import Issue

SCHEMA = "kuaibao.export"
VERSION = 1

Outline = dict[str, Any]


class Inline(dict[str, Any]):
    """A mapping that is written on one line."""


class InlineList(list[str]):
    """A list of short texts that is written on one line."""


def outline(
    annotations: Iterable[Annotation],
    tags: Sequence[Tag],
    *,
    reviewer: str = "",
    exported: str | None = None,
    lookup: Callable[[str], Issue | None] | None = None,
) -> Outline:
    """Return what an export says, in its order. `lookup` gives an issue by id if it is at hand."""
    by_issue: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        if not annotation.deleted:
            by_issue.setdefault(annotation.target.issue.id, []).append(annotation)
    issues = [_issue(group, tags, lookup) for group in by_issue.values()]
    issues.sort(key=lambda one: [str(one.get(n, "")) for n in ("publication", "date", "file")])
    head: Outline = {"schema": SCHEMA, "version": VERSION}
    if exported is not None:
        head["exported"] = exported
    if reviewer:
        head["reviewer"] = reviewer
    used = _used(by_issue.values(), tags)
    if used:
        head["tags"] = [_tag(tag) for tag in used]
    return {**head, "issues": issues}


def _used(groups: Iterable[list[Annotation]], tags: Sequence[Tag]) -> list[Tag]:
    known = tags_by_id(tags)
    used: dict[str, Tag] = {}
    for group in groups:
        for annotation in group:
            if isinstance(annotation.body, TagBody):
                body = annotation.body
                tag = known.get(body.tag) or Tag(body.tag, body.name or body.tag[:8])
                used[tag.id] = tag
    return sorted(used.values(), key=lambda tag: (fold_name(tag.name), tag.id))


def _tag(tag: Tag) -> Inline:
    fields = {"name": tag.name, "id": tag.id, "colour": tag.colour, "key": tag.key}
    fields["parent"] = tag.parent
    inline = Inline({name: value for name, value in fields.items() if value})
    if tag.aliases:
        inline["aliases"] = InlineList(tag.aliases)
    return inline


def _issue(
    annotations: list[Annotation],
    tags: Sequence[Tag],
    lookup: Callable[[str], Issue | None] | None,
) -> Outline:
    latest = max(annotations, key=lambda one: one.modified)
    stored = latest.target.issue
    at_hand = lookup(stored.id) if lookup else None
    corrected_fields = corrections(annotations)
    # As printed, and what the reader says now over it: a correction may have been taken back.
    ref = corrected(issue_ref(at_hand) if at_hand else stored, corrected_fields)
    entry = _issue_head(ref)
    if corrected_fields:
        entry["corrected"] = InlineList(sorted(corrected_fields))
    groups, on_issue, orphans = _grouped(annotations, at_hand)
    entry |= _marks(on_issue, tags)
    entry["articles"] = [_article(article, group, tags) for article, group in groups]
    if orphans:
        entry["orphans"] = [_article(article, group, tags) for article, group in orphans]
    return entry


def _issue_head(ref: IssueRef) -> Outline:
    fields = {
        "publication": ref.publication,
        "number": ref.number,
        "title": ref.title,
        "date": ref.date,
        "file": ref.file_name,
        "id": ref.id,
    }
    return {name: value for name, value in fields.items() if value}


Group = tuple["ArticleRef", list[Annotation]]


def _grouped(
    annotations: list[Annotation], issue: Issue | None
) -> tuple[list[Group], list[Annotation], list[Group]]:
    """Return annotations by article in printed order, those on the issue, and the orphans."""
    if issue is None:
        return _by_stored_article(annotations), [a for a in annotations if not a.target.article], []
    placed = place_in_issue(annotations, issue)
    groups = [
        (ref, list(placed.by_article[ref.id]))
        for ref in article_refs(issue)
        if ref.id in placed.by_article
    ]
    return groups, list(placed.issue_level), _by_stored_article(placed.orphans)


def _by_stored_article(annotations: Iterable[Annotation]) -> list[Group]:
    groups: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        if annotation.target.article:
            groups.setdefault(annotation.target.article.id, []).append(annotation)
    found: list[Group] = []
    for group in groups.values():
        ref = max(group, key=lambda one: one.modified).target.article
        if ref is not None:
            found.append((ref, group))
    return sorted(found, key=lambda one: (one[0].position, one[0].id))


def _article(ref: ArticleRef, annotations: list[Annotation], tags: Sequence[Tag]) -> Outline:
    fields = {
        "title": ref.title,
        "section": ref.section,
        "page": ref.page,
        "authors": InlineList(ref.authors),
        "date": ref.date,
        "original_title": ref.original_title,
        "sources": list(ref.sources),
    }
    entry: Outline = {name: value for name, value in fields.items() if value}
    entry |= _marks(annotations, tags)
    return {**entry, "position": ref.position + 1, "id": ref.id}


def _marks(annotations: list[Annotation], tags: Sequence[Tag]) -> Outline:
    """Return what was marked: for people first, then the records that an import goes by."""
    state = article_state(annotations, tags)
    entry: Outline = {}
    if state.status in STATUSES[1:]:
        entry["status"] = state.status
    if state.starred:
        entry["starred"] = True
    if state.tags:
        entry["tags"] = InlineList(tag.name for tag in state.tags)
    if state.notes:
        entry["notes"] = [_note(note) for note in state.notes]
    if state.highlights:
        entry["highlights"] = [_highlight(one) for one in state.highlights]
    if state.mentions:
        entry["mentions"] = [_mention(one) for one in state.mentions]
    told = NoteBody | HighlightBody | MentionBody
    others = [one for one in annotations if not isinstance(one.body, told)]
    if others:
        entry["records"] = [_record(one) for one in others]
    return entry


def _note(annotation: Annotation) -> Outline:
    body = annotation.body
    assert isinstance(body, NoteBody)
    return {"text": body.text, **_times(annotation), "record": _identity(annotation)}


def _highlight(annotation: Annotation) -> Outline:
    body, selector = annotation.body, annotation.target.selector
    assert isinstance(body, HighlightBody)
    entry: Outline = {"quote": selector.exact if selector else ""}
    if body.note:
        entry["note"] = body.note
    return {**entry, "colour": body.colour, **_span(annotation)}


def _mention(annotation: Annotation) -> Outline:
    selector = annotation.target.selector
    said = to_document(replace(annotation, extra={}))["body"]
    said = {name: value for name, value in said.items() if value and name != "field"}
    if "value" in said:
        said["value"] = Inline({name: one for name, one in said["value"].items() if one})
    entry: Outline = {"quote": selector.exact if selector else "", "correction": Inline(said)}
    return {**entry, **_span(annotation)}


def _span(annotation: Annotation) -> Outline:
    """Return the place of a span, the words around it, and what an import goes by."""
    entry: Outline = {}
    selector = annotation.target.selector
    if selector:
        span = to_document(replace(annotation, extra={}))["target"]["selector"]
        names = ("block", "footnote", "start", "end", "page")
        entry["place"] = Inline({name: span[name] for name in names if name in span})
        entry["prefix"], entry["suffix"] = selector.prefix, selector.suffix
    return {**entry, **_times(annotation), "record": _identity(annotation)}


def _record(annotation: Annotation) -> Inline:
    body = to_document(replace(annotation, extra={}))["body"]
    if isinstance(annotation.body, OtherBody):
        body = {"body": body}
    record = {"kind": annotation.kind, **body, **_times(annotation), **_identity(annotation)}
    return Inline(record)


def _times(annotation: Annotation) -> Outline:
    times = {"created": _seconds(annotation.created)}
    if annotation.modified != annotation.created:
        times["modified"] = _seconds(annotation.modified)
    return times


def _identity(annotation: Annotation) -> Inline:
    return Inline(id=annotation.id, revision=annotation.revision, device=annotation.device)


def _seconds(time: str) -> str:
    """Return a time without its fraction of a second."""
    return time.split(".")[0] + "Z" if "." in time else time
