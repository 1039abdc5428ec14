"""Annotations as nested plain data, issue by issue and article by article, for readable exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.article_fields import joined
from annotations.exports.gathering import gathered, used_tags
from annotations.exports.records import (
    Inline,
    InlineList,
    Refs,
    bare,
    identity,
    line,
    place,
    times,
)
from annotations.healing import anchor_record
from annotations.model import STATUSES, Annotation, HighlightBody, MentionBody, NoteBody, Tag
from annotations.view import article_state
from bulletins.citation import cite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotations.exports.gathering import ArticleGroup, IssueGroup, Selection
    from annotations.healing import Anchor
    from annotations.model import ArticleRef, IssueRef

SCHEMA = "kuaibao.export"
VERSION = 2

Outline = dict[str, Any]


def outline(selection: Selection) -> Outline:
    """Return what an export says, in its order."""
    return {**head(selection), "issues": list(issues(selection))}


def head(selection: Selection) -> Outline:
    """Return what stands before the issues."""
    found: Outline = {"schema": SCHEMA, "version": VERSION}
    if selection.exported is not None:
        found["exported"] = selection.exported
    if selection.reviewer:
        found["reviewer"] = selection.reviewer
    used = used_tags(selection.annotations, selection.known_tags)
    if used:
        found["tags"] = [tag_entry(tag) for tag in used]
    return found


def issues(selection: Selection) -> Iterator[Outline]:
    """Yield the entry of each issue."""
    for group in gathered(selection):
        yield _issue(group, selection)


def tag_entry(tag: Tag) -> Inline:
    """Return a tag's definition for one line."""
    fields = {"name": tag.name, "id": tag.id, "colour": tag.colour, "key": tag.key}
    fields["parent"] = tag.parent
    inline = Inline({name: value for name, value in fields.items() if value})
    if tag.aliases:
        inline["aliases"] = InlineList(tag.aliases)
    return inline


def article_citation(ref: ArticleRef, issue: IssueRef, selection: Selection) -> str:
    """Cite an article by what is known of its issue, else of its file."""
    return cite(
        ref,
        publication=issue.publication or issue.title or issue.file_name.rpartition(".")[0],
        number=issue.number or "",
        date=issue.date or "",
        edition=selection.edition,
        accessed=selection.accessed,
    )


def printed_words(printed: Mapping[str, Any]) -> str:
    """Return what was printed of corrected fields in one line: title, date, authors, sources."""
    parts = [printed.get("title"), printed.get("date"), joined(printed.get("authors", ()))]
    return " · ".join(part for part in (*parts, *printed.get("sources", ())) if part)


def _issue(group: IssueGroup, selection: Selection) -> Outline:
    refs = Refs()
    entry = _issue_head(group.ref)
    if group.reviewer != selection.reviewer:
        entry["reviewer"] = group.reviewer
    if group.corrected:
        entry["corrected"] = InlineList(group.corrected)
    writer = _Entries(selection, group, refs)
    entry |= writer.marks(group.on_issue, {})
    entry["articles"] = [writer.article(one) for one in group.articles if not one.lost]
    lost = [writer.article(one) for one in group.articles if one.lost]
    if lost:
        entry["orphans"] = lost
    entry["refs"] = {name: Inline(document) for name, document in refs.found.items()}
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


class _Entries:
    """Writes the entries of one issue."""

    def __init__(self, selection: Selection, issue: IssueGroup, refs: Refs) -> None:
        self._selection = selection
        self._issue = issue
        self._refs = refs

    def article(self, group: ArticleGroup) -> Outline:
        """Return an article with all that is on it."""
        ref = group.ref
        fields = {
            "title": ref.title,
            "section": ref.section,
            "page": ref.page,
            "authors": InlineList(ref.authors),
            "date": ref.date,
            "original_title": ref.original_title,
            "sources": list(ref.sources),
            "citation": article_citation(ref, self._issue.ref, self._selection),
        }
        entry: Outline = {name: value for name, value in fields.items() if value}
        if group.printed:
            entry["printed"] = Inline(group.printed)
        found = {one.id: group.found(one) for one in group.annotations}
        entry |= self.marks(group.annotations, found)
        if self._selection.with_mentions and group.article is not None:
            from annotations.exports.mentions import mention_lines

            mentions = mention_lines(group.article)
            if mentions:
                entry["found_mentions"] = mentions
        return {**entry, "position": ref.position + 1, "id": ref.id}

    def marks(
        self, annotations: tuple[Annotation, ...], found: Mapping[str, Anchor | None]
    ) -> Outline:
        """Return what was marked: for people first, then the records that an import goes by."""
        state = article_state(annotations, self._selection.tags)
        entry: Outline = {}
        if state.status in STATUSES[1:]:
            entry["status"] = state.status
        if state.starred:
            entry["starred"] = True
        if state.tags:
            entry["tags"] = InlineList(tag.name for tag in state.tags)
        if state.notes:
            entry["notes"] = [self._note(one, found.get(one.id)) for one in state.notes]
        if state.highlights:
            entry["highlights"] = [
                self._highlight(one, found.get(one.id)) for one in state.highlights
            ]
        if state.mentions:
            entry["mentions"] = [self._mention(one, found.get(one.id)) for one in state.mentions]
        told = NoteBody | HighlightBody | MentionBody
        others = [one for one in annotations if not isinstance(one.body, told)]
        if others:
            entry["records"] = [line(one, self._issue.reviewer, self._refs) for one in others]
        return entry

    def _note(self, annotation: Annotation, found: Anchor | None) -> Outline:
        document = bare(annotation)
        entry: Outline = {"text": document["body"]["text"]}
        selector = document["target"]["selector"]
        if selector is not None:
            entry |= {"quote": selector["exact"], **place(selector), **_anchor(found)}
        return {**entry, **times(document), "record": self._identity(annotation, document)}

    def _highlight(self, annotation: Annotation, found: Anchor | None) -> Outline:
        document = bare(annotation)
        body, selector = document["body"], document["target"]["selector"]
        entry: Outline = {"quote": selector["exact"] if selector else ""}
        if body["note"]:
            entry["note"] = body["note"]
        entry["colour"] = body["colour"]
        if selector is not None:
            entry |= {**place(selector), **_anchor(found)}
        return {**entry, **times(document), "record": self._identity(annotation, document)}

    def _mention(self, annotation: Annotation, found: Anchor | None) -> Outline:
        """Return what was said of a mention, without what is empty; said_of_mention() fills it."""
        document = bare(annotation)
        said = {n: v for n, v in document["body"].items() if v and n != "field"}
        if "value" in said:
            said["value"] = Inline({name: one for name, one in said["value"].items() if one})
        selector = document["target"]["selector"]
        entry: Outline = {
            "quote": selector["exact"] if selector else "",
            "correction": Inline(said),
        }
        if selector is not None:
            entry |= {**place(selector), **_anchor(found)}
        return {**entry, **times(document), "record": self._identity(annotation, document)}

    def _identity(self, annotation: Annotation, document: Outline) -> Inline:
        return identity(annotation, document, self._issue.reviewer, self._refs)


def _anchor(found: Anchor | None) -> Outline:
    if found is None:
        return {}
    return {"anchor": Inline(anchor_record(found))}
