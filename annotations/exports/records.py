"""What a readable export says of an annotation besides its text, and the documents made from both.

An export of YAML shows a note or a highlight by its own fields; everything else that its document
holds stands in a record beside them, so that documents() gives exactly what was exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.documents import Document, laid_over, to_document
from annotations.lines import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotations.model import Annotation

_IDENTITY = (
    "id",
    "revision",
    "device",
    "versions",
    "reviewer",
    "target",
    "annotation",
    "selector",
    "extra",
    "seal",
)
_OWN = frozenset((*_IDENTITY, "kind", "created", "modified", "body"))
_PLACE = ("block", "footnote", "start", "end", "page", "position", "state")


class Inline(dict[str, Any]):
    """A mapping that is written on one line."""


class InlineList(list[str]):
    """A list of short texts that is written on one line."""


class Refs:
    """The issues and articles that one issue's annotations refer to, each named once."""

    def __init__(self) -> None:
        self.found: dict[str, Document] = {}
        self._names: dict[str, str] = {}

    def name(self, letter: str, document: Document) -> str:
        """Return the name of a reference, `i1` or `a1`, made at its first use."""
        key = letter + repr(document)
        if key not in self._names:
            number = 1 + sum(name[0] == letter for name in self.found)
            self._names[key] = f"{letter}{number}"
            self.found[self._names[key]] = document
        return self._names[key]


def identity(annotation: Annotation, document: Document, reviewer: str, refs: Refs) -> Inline:
    """Return what an import needs besides body, times and the place of a quote.

    `reviewer` is the one that the issue's entry or the head names; `versions` are left out where
    they follow from revision and device.
    """
    record = Inline(id=document["id"], revision=document["revision"], device=document["device"])
    if document["versions"] != {document["device"]: document["revision"]}:
        record["versions"] = document["versions"]
    if document["reviewer"] != reviewer:
        record["reviewer"] = document["reviewer"]
    target = document["target"]
    names = [refs.name("i", target["issue"])]
    if target["article"] is not None:
        names.append(refs.name("a", target["article"]))
    record["target"] = InlineList(names)
    if target.get("annotation") is not None:
        record["annotation"] = target["annotation"]
    if annotation.extra:
        record["extra"] = dict(annotation.extra)
    record["seal"] = seal(document)
    return record


def seal(document: Document) -> str:
    """Return what tells an import whether a text was changed by hand since it was exported."""
    from hashlib import sha256

    said = {name: document[name] for name in ("kind", "body")}
    said["selector"] = document["target"]["selector"]
    return sha256(dump(said).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def bare(annotation: Annotation) -> Document:
    """Return an annotation's document without the fields of later versions."""
    from dataclasses import replace

    return to_document(replace(annotation, extra={}))


def times(document: Document) -> Document:
    """Return when it was made, and when it was changed if it was."""
    both = {"created": document["created"]}
    if document["modified"] != document["created"]:
        both["modified"] = document["modified"]
    return both


def place(selector: Document) -> Document:
    """Return the fields of a selector: where in one line, what stands before it and behind it."""
    fields = Inline({name: selector[name] for name in _PLACE if name in selector})
    return {"place": fields, "prefix": selector["prefix"], "suffix": selector["suffix"]}


def line(annotation: Annotation, reviewer: str, refs: Refs) -> Inline:
    """Return everything of an annotation that has no text of its own, for one line."""
    document = bare(annotation)
    body = document["body"]
    shown = (
        {"body": body} if _OWN & body.keys() or annotation.kind in ("note", "highlight") else body
    )
    record = Inline(kind=annotation.kind, **shown, **times(document))
    record |= identity(annotation, document, reviewer, refs)
    if document["target"]["selector"] is not None:
        record["selector"] = document["target"]["selector"]
    return record


def documents(export: Mapping[str, Any]) -> Iterator[Document]:
    """Yield the annotations' documents of a YAML export, in its order.

    Raises KeyError, TypeError or AttributeError where a record is not as we write it.
    """
    head = export.get("reviewer", "")
    for issue in export["issues"]:
        reviewer = issue.get("reviewer", head)
        refs = issue.get("refs", {})
        articles = [*issue.get("articles", ()), *issue.get("orphans", ())]
        for entry in (issue, *articles):
            yield from _entry_documents(entry, reviewer, refs)


def _entry_documents(
    entry: Mapping[str, Any], reviewer: str, refs: Mapping[str, Any]
) -> Iterator[Document]:
    for note in entry.get("notes", ()):
        yield record_document(note, note["record"], "note", {"text": note["text"]}, reviewer, refs)
    for mark in entry.get("highlights", ()):
        body = {"colour": mark["colour"], "note": mark.get("note", "")}
        yield record_document(mark, mark["record"], "highlight", body, reviewer, refs)
    for said in entry.get("mentions", ()):
        body = said_of_mention(said["correction"])
        yield record_document(said, said["record"], "correction", body, reviewer, refs)
    for record in entry.get("records", ()):
        yield record_document(record, record, record["kind"], record_body(record), reviewer, refs)


def said_of_mention(written: Mapping[str, Any]) -> Document:
    """Return the body of a correction of a mention, with what was left out as empty."""
    body = {"field": "mention", "form": "", "type": None, "name": "", "value": None, **written}
    if body["value"] is not None:
        empty = {"unit": "", "value": None, "low": None, "high": None, "iso": ""}
        body["value"] = {**empty, **body["value"]}
    return body


def record_body(record: Mapping[str, Any]) -> Document:
    """Return the body of one of an entry's `records`. Raises TypeError if it is no mapping."""
    body = record.get("body")
    if body is None:
        return {name: value for name, value in record.items() if name not in _OWN}
    return dict(body)


def record_document(
    shown: Mapping[str, Any],
    record: Mapping[str, Any],
    kind: str,
    body: Document,
    reviewer: str,
    refs: Mapping[str, Any],
) -> Document:
    """Return an annotation's document from what an entry shows and from its record.

    Raises KeyError, TypeError, IndexError or AttributeError where they are not as we write them.
    """
    names = record["target"]
    selector = record.get("selector")
    if selector is None and "place" in shown:
        outside = {name: shown[name] for name in ("prefix", "suffix")}
        selector = {**shown["place"], "exact": shown["quote"], **outside}
    target = {
        "issue": refs[names[0]],
        "article": refs[names[1]] if len(names) > 1 else None,
        "selector": selector,
    }
    if "annotation" in record:
        target["annotation"] = record["annotation"]
    document: Document = {
        "id": record["id"],
        "revision": record["revision"],
        "reviewer": record.get("reviewer", reviewer),
        "device": record["device"],
        "kind": kind,
        "created": shown["created"],
        "modified": shown.get("modified", shown["created"]),
        "deleted": False,
        "versions": record.get("versions", {record["device"]: record["revision"]}),
        "target": target,
        "body": body,
    }
    return laid_over(document, record["extra"]) if "extra" in record else document
