"""Read JSON Lines: ours, by the records in each line, and doccano's, by text and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.exports.jsonl import SCHEMA, VERSION
from annotations.imports.incoming import Brought, LabelledText, read_tag
from annotations.imports.plain_data import parse_json
from annotations.model import StoreError
from annotations.text import line_text
from bulletins.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PROBLEMS = 1000
_MOST_LINES = 500_000
_LABELS = ("label", "labels", "entities", "cats")


def read(text: str) -> Brought:
    """Return what the lines bring; those that can't be read are named among the problems.

    Raises StoreError if no line can be read.
    """
    found = Brought("jsonl")
    tags: set[str] = set()
    read = 0
    for number, line in _lines(text):
        where = Said("line {line}", line=number)
        try:
            value = parse_json(line)
            if not isinstance(value, dict):
                raise StoreError("no object")
            if "kuaibao" in value:
                _ours(value["kuaibao"], where, found, tags)
            else:
                found.texts.append(_foreign(value, where))
            read += 1
        except StoreError as error:
            found.problems.append(Said("{where}: {why}", where=where, why=error))
            if len(found.problems) > _MOST_PROBLEMS:
                raise StoreError("more than {most} damaged lines", most=_MOST_PROBLEMS) from error
        if read > _MOST_LINES:
            raise StoreError("more than {most} lines", most=_MOST_LINES)
    if not read:
        raise StoreError(found.problems[0] if found.problems else Said("an empty file"))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines that are not blank, numbered from 1.

    Only LF ends one: U+2028 and U+0085 may stand inside.
    """
    at, number = 0, 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        number += 1
        line = text[at:end]
        at = end + 1
        if line.strip():
            yield number, line


def _ours(record: Any, where: str, found: Brought, tags: set[str]) -> None:
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise StoreError("its record is none of Kuaibao's")
    if record.get("version") != VERSION:
        said = str(record.get("version"))[:40]
        raise StoreError(
            "version {said} of the record is not known (only {known})", said=said, known=VERSION
        )
    if not isinstance(record.get("annotations"), list):
        raise StoreError("the record has no list of annotations")
    exported = record.get("exported")
    if isinstance(exported, str):
        found.exported = exported
    for data in _list(record.get("tags")):
        tag = read_tag(data)
        if tag is None:
            found.problems.append(Said("{where}: no definition of a tag", where=where))
        elif tag.id not in tags:
            tags.add(tag.id)
            found.tags.append(tag)
    for index, document in enumerate(record["annotations"], 1):
        found.add(document, f"{where}, annotation {index}")


def _foreign(value: dict[str, Any], where: str) -> LabelledText:
    text = value.get("text", value.get("data"))
    if not isinstance(text, str) or not text:
        raise StoreError("neither a record of Kuaibao nor a text with labels")
    spans: list[tuple[int, int, str]] = []
    labels: list[str] = []
    given: Any = next((value[name] for name in _LABELS if value.get(name)), [])
    for one in _list(given):
        if isinstance(one, str):
            labels.append(line_text(one, "label"))
        else:
            spans.append(_span(one, len(text)))
    return LabelledText(text, tuple(spans), tuple(labels), where)


def _span(one: Any, length: int) -> tuple[int, int, str]:
    match one:
        case [int() as start, int() as end, str() as label]:
            pass
        case {"start_offset": int() as start, "end_offset": int() as end, "label": str() as label}:
            pass
        case {"start": int() as start, "end": int() as end, "label": str() as label}:
            pass
        case _:
            raise StoreError("a label is neither a text nor a span of one")
    if not 0 <= start < end <= length:
        raise StoreError("the span {start}–{end} is not in the text", start=start, end=end)
    return start, end, line_text(label, "label")


def _list(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif value:
        raise StoreError("labels or tags are no list")
