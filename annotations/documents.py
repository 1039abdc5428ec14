"""Annotations and tags as plain JSON documents, and back; fields of later versions are kept."""

from __future__ import annotations

from typing import Any, TypeVar

from annotations.mention_documents import mention_document, read_mention
from annotations.model import (
    CORRECTION_FIELDS,
    LINK_RELATIONS,
    STATUSES,
    Annotation,
    ArticleRef,
    Body,
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    IssueRef,
    LinkBody,
    MentionBody,
    NoteBody,
    OtherBody,
    Selector,
    StarBody,
    StatusBody,
    TagBody,
    Target,
)
from bulletins.boundary import BOUNDARY_ACTS
from bulletins.said import SaidError
from bulletins.sources.plain import plain, plain_line

Document = dict[str, Any]
T = TypeVar("T")


class DocumentError(SaidError, ValueError):
    """A document that is no annotation; `str()` says which field is wrong."""


def to_document(annotation: Annotation) -> Document:
    """Return the JSON document of an annotation, unknown fields put back where they were."""
    document: Document = {
        "id": annotation.id,
        "revision": annotation.revision,
        "reviewer": annotation.reviewer,
        "device": annotation.device,
        "kind": annotation.kind,
        "created": annotation.created,
        "modified": annotation.modified,
        "deleted": annotation.deleted,
        "versions": dict(annotation.versions),
        "target": _target_document(annotation.target),
        "body": _body_document(annotation.body),
    }
    return laid_over(document, annotation.extra) if annotation.extra else document


def from_document(document: object) -> Annotation:
    """Read an annotation from its JSON document. Raises DocumentError naming the wrong field.

    What is shown of it is made plain: the file may come from elsewhere. Ids stay as they are.
    """
    if not isinstance(document, dict):
        raise DocumentError("an annotation is not an object")
    get = _Fields(document, "")
    target = get.fields("target")
    article = target.optional_fields("article")
    selector = target.optional_fields("selector")
    annotation = Annotation(
        id=get.text("id"),
        revision=get.number("revision"),
        reviewer=get.text("reviewer"),
        device=get.text("device"),
        created=get.text("created"),
        modified=get.text("modified"),
        deleted=get.value("deleted", bool),
        versions=get.fields("versions").counts(),
        target=Target(
            _issue(target.fields("issue")),
            _article(article) if article else None,
            _selector(selector) if selector else None,
            target.optional_line("annotation"),
        ),
        body=_body(get.text("kind"), get.fields("body")),
    )
    if not annotation.id or annotation.revision < 1:
        raise DocumentError("id or revision is missing")
    known = to_document(annotation)
    if known == document:
        return annotation
    from dataclasses import replace

    return replace(annotation, extra=_left_over(document, known))


class _Fields:
    """Typed access to one object of a document, with the path in every error."""

    __slots__ = ("document", "path")

    def __init__(self, document: Document, path: str) -> None:
        self.document = document
        self.path = path

    def value(self, name: str, kind: type[T]) -> T:
        value = self.document.get(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise DocumentError(
                "{path}{name} is not a {kind}", path=self.path, name=name, kind=kind.__name__
            )
        return value

    def text(self, name: str) -> str:
        return self.value(name, str)

    def shown(self, name: str) -> str:
        """A text of any number of lines, safe to show."""
        return plain(self.text(name))

    def line(self, name: str) -> str:
        """A text of one line, safe to show."""
        return plain_line(self.text(name))

    def number(self, name: str) -> int:
        return self.value(name, int)

    def optional_line(self, name: str) -> str | None:
        return None if self.document.get(name) is None else self.line(name)

    def optional_number(self, name: str) -> int | None:
        return None if self.document.get(name) is None else self.number(name)

    def lines(self, name: str) -> tuple[str, ...]:
        values = self.value(name, list)
        if not all(isinstance(value, str) for value in values):
            raise DocumentError("{path}{name} is not a list of texts", path=self.path, name=name)
        return tuple(plain_line(value) for value in values)

    def counts(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted((name, self.number(name)) for name in self.document))

    def fields(self, name: str) -> _Fields:
        return _Fields(self.value(name, dict), f"{self.path}{name}.")

    def optional_fields(self, name: str) -> _Fields | None:
        return None if self.document.get(name) is None else self.fields(name)


def _target_document(target: Target) -> Document:
    article, selector = target.article, target.selector
    document = {
        "issue": _issue_document(target.issue),
        "article": article and _article_document(article),
        "selector": selector and _selector_document(selector),
    }
    return document if target.annotation is None else document | {"annotation": target.annotation}


def _issue_document(issue: IssueRef) -> Document:
    return {
        "id": issue.id,
        "file_name": issue.file_name,
        "publication": issue.publication,
        "number": issue.number,
        "title": issue.title,
        "date": issue.date,
    }


def _article_document(article: ArticleRef) -> Document:
    return {
        "id": article.id,
        "title": article.title,
        "section": article.section,
        "position": article.position,
        "lead": article.lead,
        "page": article.page,
        "authors": list(article.authors),
        "date": article.date,
        "sources": list(article.sources),
        "original_title": article.original_title,
    }


def _selector_document(selector: Selector) -> Document:
    document: Document = {
        "block": selector.block,
        "start": selector.start,
        "end": selector.end,
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
        "page": selector.page,
    }
    if selector.position is not None:
        document["position"] = selector.position
    if selector.state:
        document["state"] = selector.state
    if selector.footnote is not None:
        document["footnote"] = selector.footnote
    return document


def _issue(get: _Fields) -> IssueRef:
    return IssueRef(
        get.text("id"),
        get.line("file_name"),
        publication=get.optional_line("publication"),
        number=get.optional_line("number"),
        title=get.optional_line("title"),
        date=get.optional_line("date"),
    )


def _article(get: _Fields) -> ArticleRef:
    return ArticleRef(
        get.text("id"),
        get.line("title"),
        section=get.line("section"),
        position=get.number("position"),
        lead=get.line("lead"),
        page=get.number("page"),
        authors=get.lines("authors"),
        date=get.optional_line("date"),
        sources=get.lines("sources"),
        original_title=get.optional_line("original_title"),
    )


def _selector(get: _Fields) -> Selector:
    selector = Selector(
        get.number("start"),
        get.number("end"),
        get.shown("exact"),
        block=get.optional_number("block"),
        prefix=get.shown("prefix"),
        suffix=get.shown("suffix"),
        page=get.number("page"),
        position=get.optional_number("position"),
        state=get.optional_line("state") or "",
        footnote=get.optional_number("footnote"),
    )
    if not 0 <= selector.start <= selector.end:
        raise DocumentError("target.selector.end is before its start")
    return selector


def _body_document(body: Body) -> Document:
    match body:
        case TagBody():
            return {"tag": body.tag, "name": body.name}
        case NoteBody():
            return {"text": body.text}
        case HighlightBody():
            return {"colour": body.colour, "note": body.note}
        case LinkBody():
            return {
                "relation": body.relation,
                "issue": _issue_document(body.issue),
                "article": _article_document(body.article),
                "note": body.note,
            }
        case StatusBody():
            return {"status": body.status}
        case StarBody():
            return {}
        case CorrectionBody():
            said = {"field": body.field, "value": body.value}
            return said | {"printed": body.printed} if body.printed else said
        case MentionBody():
            return mention_document(body)
        case BoundaryBody():
            return {name: getattr(body, name) for name in BoundaryBody.__slots__}
        case OtherBody():
            return dict(body.data)


def _body(kind: str, get: _Fields) -> Body:
    match kind:
        case "tag":
            return TagBody(get.text("tag"), get.line("name"))
        case "note":
            return NoteBody(get.shown("text"))
        case "highlight":
            return HighlightBody(get.line("colour"), get.shown("note"))
        case "link":
            return LinkBody(
                _one_of(get, "relation", LINK_RELATIONS),
                _issue(get.fields("issue")),
                _article(get.fields("article")),
                get.shown("note"),
            )
        case "status":
            return StatusBody(_one_of(get, "status", STATUSES))
        case "star":
            return StarBody()
        case "correction":
            return _correction(get)
        case "boundary" if get.text("act") in BOUNDARY_ACTS:  # else a later version's
            return BoundaryBody(
                _one_of(get, "act", BOUNDARY_ACTS),
                get.line("line"),
                get.line("before"),
                get.line("after"),
                get.value("everywhere", bool),
                get.number("page"),
            )
        case _:
            return OtherBody(kind, get.document)


def _correction(get: _Fields) -> Body:
    if get.text("field") != "mention":
        field = _one_of(get, "field", CORRECTION_FIELDS)
        return CorrectionBody(field, get.line("value"), get.optional_line("printed") or "")
    body = read_mention(get)
    if isinstance(body, str):
        raise DocumentError("{path}{body}", path=get.path, body=body)
    return body or OtherBody("correction", get.document)


def _one_of(get: _Fields, name: str, allowed: tuple[T, ...]) -> T:
    value = get.text(name)
    for one in allowed:
        if one == value:
            return one
    raise DocumentError(
        "{path}{name} is {value!r}, not one of {choices}",
        path=get.path,
        name=name,
        value=value,
        choices=", ".join(map(str, allowed)),
    )


def _left_over(document: Document, known: Document) -> Document:
    """Return what `document` holds and `known` does not, nested."""
    rest: Document = {}
    for name, value in document.items():
        if name not in known:
            rest[name] = value
        elif isinstance(value, dict) and isinstance(known[name], dict):
            inner = _left_over(value, known[name])
            if inner:
                rest[name] = inner
    return rest


def laid_over(document: Document, extra: Any) -> Document:
    """Return `document` with the fields of `extra` that it lacks, nested."""
    whole = dict(document)
    for name, value in extra.items():
        if name not in whole:
            whole[name] = value
        elif isinstance(value, dict) and isinstance(whole[name], dict):
            whole[name] = laid_over(whole[name], value)
    return whole
