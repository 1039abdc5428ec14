"""Read W3C Web Annotations as JSON-LD: ours, by the records in each item, and other programs'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from annotations.exports.jsonld import SCHEMA, VERSION
from annotations.imports.incoming import Brought, Incoming, derived_id, read_tag
from annotations.imports.plain_data import parse_json
from annotations.imports.yaml import DEFAULT_COLOUR
from annotations.model import (
    Annotation,
    ArticleRef,
    Body,
    HighlightBody,
    IssueRef,
    NoteBody,
    Selector,
    StarBody,
    StoreError,
    TagBody,
    Target,
)
from annotations.text import line_text, note_text
from bulletins.said import Said
from bulletins.sources.plain import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_ISSUE = "urn:kuaibao:issue:"
_MOST_CONTEXT = 200


def read(text: str) -> Brought:
    """Return what the items bring. Raises StoreError for what holds no annotations."""
    whole = parse_json(text)
    found = Brought("jsonld")
    if isinstance(whole, dict) and "kuaibao" in whole and "first" in whole:
        _head(whole, found)
    items = list(_items(whole))
    if not items and not (isinstance(whole, dict) and "first" in whole):
        raise StoreError("no annotations in JSON-LD")
    for number, item in enumerate(items, 1):
        where = Said("item {number}", number=number)
        if isinstance(item, dict) and "kuaibao" in item:
            found.add(item["kuaibao"], where)
            continue
        try:
            for one in _foreign(item, where, found):
                found.incoming.append(one)
        except StoreError as error:
            found.problems.append(Said("{where}: {why}", where=where, why=error))
    return found


def _head(whole: dict[str, Any], found: Brought) -> None:
    record = whole["kuaibao"]
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise StoreError("the record of the collection is none of Kuaibao's")
    if record.get("version") != VERSION:
        said = str(record.get("version"))[:40]
        raise StoreError(
            "version {said} of the JSON-LD export is not known (only {known})",
            said=said,
            known=VERSION,
        )
    created, reviewer, tags = whole.get("created"), record.get("reviewer"), record.get("tags")
    found.exported = created if isinstance(created, str) else ""
    found.reviewer = plain_line(reviewer) if isinstance(reviewer, str) else ""
    for data in tags if isinstance(tags, list) else ():
        tag = read_tag(data)
        if tag is None:
            found.problems.append(Said("no definition of a tag among the tags"))
        else:
            found.tags.append(tag)


def _items(whole: Any) -> Iterator[Any]:
    """Yield the annotations of a collection, a page, a list, or the one that it is."""
    if isinstance(whole, list):
        yield from whole
        return
    if not isinstance(whole, dict):
        return
    for name in ("first", "items", "rows", "@graph"):
        inner = whole.get(name)
        if isinstance(inner, list):
            yield from inner
            return
        if isinstance(inner, dict):
            yield from _items(inner)
            return
    if "target" in whole or "body" in whole:
        yield whole


def _foreign(item: Any, where: str, found: Brought) -> Iterator[Incoming]:
    """Yield an annotation for each body of another program's item."""
    if not isinstance(item, dict) or "target" not in item:
        raise StoreError("no annotation: it has no target")
    issue, article, selector = _target(_one(item["target"]))
    bodies = list(_bodies(item, selector is not None, found))
    if not bodies:
        raise StoreError("its body is none that can be kept: no text, no tag, no highlight")
    name, creator = item.get("id", item.get("@id")), item.get("creator")
    if isinstance(creator, dict):
        creator = creator.get("name", creator.get("id"))
    said = {"target": item["target"], "body": item.get("body")}
    for index, body in enumerate(bodies):
        annotation = Annotation(
            _id(name, index) if isinstance(name, str) and name else derived_id("w3c", said, index),
            Target(issue, article, selector),
            body,
            reviewer=plain_line(creator) if isinstance(creator, str) else "",
            revision=1,
            created=_time(item.get("created")),
            modified=_time(item.get("modified", item.get("created"))),
        )
        yield Incoming(annotation, where, "foreign", unplaced=True)


def _id(name: str, index: int) -> str:
    if not index:
        try:
            return str(UUID(name.removeprefix("urn:uuid:")))
        except ValueError:
            pass
    return derived_id("w3c", name, index)


def _one(value: Any) -> Any:
    if isinstance(value, list):
        if len(value) != 1:
            raise StoreError("more than one target")
        return value[0]
    return value


def _target(target: Any) -> tuple[IssueRef, ArticleRef | None, Selector | None]:
    """Return issue and article as far as the target names them by our ids, and the quote."""
    if isinstance(target, str):
        target = {"source": target}
    if not isinstance(target, dict):
        raise StoreError("its target is none")
    source = target.get("source", target)
    source = source if isinstance(source, dict) else {"id": source}
    name = source.get("sha256") or source.get("id")
    name = name.removeprefix(_ISSUE) if isinstance(name, str) else ""
    ours = len(name) == 64 and all(char in "0123456789abcdef" for char in name)
    file_name = source.get("file")
    issue = IssueRef(
        name if ours else "", plain_line(file_name) if isinstance(file_name, str) else ""
    )
    known = source.get("article")
    article = None
    if ours and isinstance(known, dict) and isinstance(known.get("id"), str):
        title = known.get("title")
        article = ArticleRef(known["id"], plain_line(title) if isinstance(title, str) else "")
    selector = _quote(target.get("selector"))
    if not ours and selector is None:
        raise StoreError("its target is neither an issue of this library nor a quote")
    return issue, article, selector


def _quote(given: Any) -> Selector | None:
    """Return the TextQuoteSelector among selectors, which may refine one another."""
    waiting = [given]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            exact = one.get("exact")
            if one.get("type") == "TextQuoteSelector" and isinstance(exact, str) and exact.strip():
                before, after = one.get("prefix"), one.get("suffix")
                return Selector(
                    0,
                    len(plain(exact)),
                    plain(exact),
                    prefix=plain(before)[-_MOST_CONTEXT:] if isinstance(before, str) else "",
                    suffix=plain(after)[:_MOST_CONTEXT] if isinstance(after, str) else "",
                )
            waiting.append(one.get("refinedBy"))
    return None


def _bodies(item: dict[str, Any], on_span: bool, found: Brought) -> Iterator[Body]:
    given = item.get("body", item.get("bodyValue"))
    motivations = item.get("motivation")
    motivation = motivations if isinstance(motivations, str) else ""
    if isinstance(motivations, list) and motivations and isinstance(motivations[0], str):
        motivation = motivations[0]
    notes = False
    for one in given if isinstance(given, list) else [given]:
        value = one.get("value", one.get("chars")) if isinstance(one, dict) else one
        if not isinstance(value, str) or not value.strip():
            continue
        purpose = one.get("purpose", motivation) if isinstance(one, dict) else motivation
        if purpose == "tagging":
            tag = found.tag_named(line_text(value, "tag"))
            yield TagBody(tag.id, tag.name)
        elif purpose == "highlighting" and on_span and len(value) < 40:
            notes = True
            yield HighlightBody(line_text(value, "colour"))
        else:
            notes = True
            yield NoteBody(note_text(value))
    if motivation == "bookmarking" and not notes:
        yield StarBody()
    elif motivation == "highlighting" and on_span and not notes:
        yield HighlightBody(DEFAULT_COLOUR)


def _time(value: Any) -> str:
    """Return a time in UTC as it is kept; "" for what is none."""
    from datetime import UTC, datetime

    if not isinstance(value, str):
        return ""
    try:
        moment = datetime.fromisoformat(value)
        whole = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return whole.isoformat(timespec="microseconds").replace("+00:00", "Z")
