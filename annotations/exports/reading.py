"""Read an export of ours, of any format that an import takes, back into documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.documents import Document, DocumentError, from_document
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotations.exports.gathering import Lookup
    from annotations.healing import Anchor
    from annotations.model import Annotation

_FAULTS = (KeyError, TypeError, AttributeError, IndexError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class ReadExport:
    """The documents of an export in its order, and the tags it defines (name, id, colour, …)."""

    format: str
    documents: tuple[Document, ...]
    tags: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """A quote and where it stands now; `found` is None where the issue is not at hand."""

    annotation: Annotation
    found: Anchor | None


def read_export(text: str) -> ReadExport:
    """Read a YAML, JSON-LD or JSONL export. Raises StoreError for anything else, in one line."""
    text = text.removeprefix("\ufeff")
    if not text.lstrip().startswith("{"):
        return _read_yaml(text)
    try:
        return _read_jsonld(text) if '"@context"' in text[:200] else _read_jsonl(text)
    except _FAULTS as error:
        raise StoreError("not an export of Kuaibao, or damaged: {why}", why=_line(error)) from error


def verify(documents: tuple[Document, ...], lookup: Lookup) -> Iterator[Verified]:
    """Say of each quote whether it still stands at its offsets, issue by issue.

    Raises StoreError for a document that is no annotation.
    """
    from annotations.exports.gathering import Selection, gathered

    annotations = tuple(_annotation(one) for one in documents)
    for issue in gathered(Selection(annotations, lookup=lookup)):
        for group in issue.articles:
            for one in group.annotations:
                if one.target.selector is not None:
                    yield Verified(one, group.found(one))


def _annotation(document: Document) -> Annotation:
    try:
        return from_document(document)
    except DocumentError as error:
        raise StoreError(
            "annotation {annotation}: {why}", annotation=str(document.get("id"))[:40], why=error
        ) from error


def _read_yaml(text: str) -> ReadExport:
    import yaml

    from annotations.exports.outline import SCHEMA, VERSION
    from annotations.exports.records import documents
    from annotations.exports.yaml import load_strange

    try:
        data = load_strange(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is None:
            raise StoreError("no YAML: {why}", why=error.problem) from error
        line, column = mark.line + 1, mark.column + 1
        raise StoreError(
            "no YAML at line {line}, column {column}: {what}",
            line=line,
            column=column,
            what=error.problem,
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise StoreError("no YAML: {why}", why=_line(error)) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise StoreError("not an export of Kuaibao in YAML, JSON-LD or JSONL")
    if data.get("version") != VERSION:
        raise StoreError(
            "version {version!r} of the YAML export is not known (only {known})",
            version=data.get("version"),
            known=VERSION,
        )
    return _whole("yaml", lambda: documents(data), lambda: list(data.get("tags", ())))


def _read_jsonld(text: str) -> ReadExport:
    from annotations.exports.jsonld import documents, load, tag_definitions

    whole = load(text)
    return _whole("jsonld", lambda: documents(whole), lambda: tag_definitions(whole))


def _read_jsonl(text: str) -> ReadExport:
    from annotations.exports.jsonl import documents, load, tag_definitions

    lines = load(text)
    return _whole("jsonl", lambda: documents(lines), lambda: tag_definitions(lines))


def _whole(
    name: str,
    documents: Callable[[], Iterator[Document]],
    tags: Callable[[], list[dict[str, Any]]],
) -> ReadExport:
    try:
        found, defined = tuple(documents()), tuple(tags())
    except _FAULTS as error:
        raise StoreError("damaged: {why}", why=_line(error)) from error
    if not all(isinstance(one, dict) for one in (*found, *defined)):
        raise StoreError("damaged: an annotation or a tag is no object")
    return ReadExport(name, found, defined)


def _line(error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    return f"there is no {said}" if isinstance(error, KeyError) else said
