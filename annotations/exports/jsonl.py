"""JSON Lines for doccano and for us: one article a line, with its text, labelled spans and records.

Offsets are code points of `text`, end exclusive. Under `kuaibao` stands everything that an import
needs; other programs may ignore it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from annotations.documents import to_document
from annotations.exports.gathering import gathered, tag_path, used_tags
from annotations.exports.mentions import mention_data
from annotations.exports.outline import article_citation
from annotations.exports.writing import same_documents
from annotations.healing import anchor_record
from annotations.model import HighlightBody, StoreError, TagBody
from annotations.spans import ArticleText
from annotations.view import article_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotations.exports.gathering import ArticleGroup, IssueGroup, Selection
    from annotations.healing import Anchor
    from annotations.model import Annotation

SCHEMA = "kuaibao.jsonl"
VERSION = 1

Line = dict[str, Any]


def export(selection: Selection) -> str:
    """Return one JSON object a line. Raises StoreError if they do not read back as they should."""
    lines = list(_lines(selection))
    text = "".join(_dump(line) + "\n" for line in lines)
    again = load(text)
    if again != lines or not same_documents(documents(again), selection.annotations):
        raise StoreError("the JSONL export does not read back as what was exported; not written")
    return text


def load(text: str) -> list[Line]:
    """Read the lines back. Raises ValueError (and RecursionError) for what is no JSON."""
    # Only LF ends a line: U+2028 and U+0085 may stand inside one.
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def documents(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    """Yield the annotations' documents. Raises KeyError or TypeError where a line is not ours."""
    for line in lines:
        yield from line["kuaibao"]["annotations"]


def tag_definitions(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the tags that the lines define, each once. Raises KeyError or TypeError."""
    found = {tag["id"]: tag for line in lines for tag in line["kuaibao"].get("tags", ())}
    return list(found.values())


def _lines(selection: Selection) -> Iterator[Line]:
    number = 0
    for issue in gathered(selection):
        if issue.on_issue:
            number += 1
            yield _issue_line(number, issue, selection)
        for group in issue.articles:
            number += 1
            yield _article_line(number, issue, group, selection)


def _issue_line(number: int, issue: IssueGroup, selection: Selection) -> Line:
    ref = issue.ref
    shown = (ref.publication, ref.number, ref.title, ref.date)
    text = " ".join(part for part in shown if part) or ref.file_name
    return {
        "id": number,
        "text": text,
        "label": [],
        "kuaibao": _record(issue, issue.on_issue, selection),
    }


def _article_line(
    number: int, issue: IssueGroup, group: ArticleGroup, selection: Selection
) -> Line:
    places = [(one, group.found(one)) for one in group.annotations]
    if group.article is not None:
        whole = ArticleText(group.article)
        text, labels = whole.text, _labels(places, whole, selection)
    else:
        text, labels = _quotes(group, selection)
    record = _record(issue, group.annotations, selection)
    record["article"] = {"id": group.ref.id, "title": group.ref.title, "section": group.ref.section}
    record["article"]["citation"] = article_citation(group.ref, issue.ref, selection)
    if group.printed:
        record["article"]["printed"] = dict(group.printed)
    record["whole"] = group.article is not None
    record["anchors"] = {one.id: anchor_record(found) for one, found in places if found is not None}
    if selection.with_mentions and group.article is not None:
        record["mentions"] = mention_data(group.article)
    state = article_state(group.annotations, selection.tags)
    return {
        "id": number,
        "text": text,
        "label": labels,
        "tags": [tag.name for tag in state.tags],
        "kuaibao": record,
    }


def _record(
    issue: IssueGroup, annotations: Iterable[Annotation], selection: Selection
) -> dict[str, Any]:
    """Return what an import goes by, and the issue as it is read and corrected."""
    found = tuple(annotations)
    ref = issue.ref
    record: dict[str, Any] = {"schema": SCHEMA, "version": VERSION}
    if selection.exported is not None:
        record["exported"] = selection.exported
    record["reviewer"] = issue.reviewer
    record["issue"] = {
        "id": ref.id,
        "publication": ref.publication,
        "number": ref.number,
        "title": ref.title,
        "date": ref.date,
        "file": ref.file_name,
    }
    record["tags"] = [
        {
            "id": tag.id,
            "name": tag.name,
            "colour": tag.colour,
            "key": tag.key,
            "parent": tag.parent,
            "aliases": list(tag.aliases),
        }
        for tag in used_tags(found, selection.known_tags)
    ]
    record["annotations"] = [to_document(one) for one in found]
    return record


def _labels(
    places: Iterable[tuple[Annotation, Anchor | None]],
    whole: ArticleText,
    selection: Selection,
) -> list[list[Any]]:
    """Return a label for each span that was found; spans that lost their place have none."""
    labels: list[list[Any]] = []
    for one, found in places:
        label = _label(one, selection)
        if label is None or found is None or found.status == "orphan":
            continue
        if one.target.selector is not None and one.target.selector.footnote is not None:
            continue  # notes are no part of the text
        begin, _ = whole.block_span(found.block) or (0, 0)
        labels.append([begin + found.start, begin + found.end, label])
    return sorted(labels)


def _label(one: Annotation, selection: Selection) -> str | None:
    body = one.body
    if isinstance(body, HighlightBody):
        return body.colour
    if isinstance(body, TagBody) and one.target.selector is not None:
        tag = selection.known_tags.get(body.tag)
        return "/".join(tag_path(tag, selection.known_tags)) if tag else body.name
    return None


def _quotes(group: ArticleGroup, selection: Selection) -> tuple[str, list[list[Any]]]:
    """Make a text of the title and the quotes, where the article itself is not at hand."""
    text, labels = group.ref.title, []
    for one in group.annotations:
        selector, label = one.target.selector, _label(one, selection)
        if selector is None or label is None:
            continue
        begin = len(text) + 1
        text += "\n" + selector.exact
        labels.append([begin, begin + len(selector.exact), label])
    return text, labels


def _dump(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False, allow_nan=False)
