"""Files from anywhere as plain data: bounded in size and depth, texts that can be kept, no more.

Errors are one line. What is too large or too deep is refused before memory is spent on it.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from annotations.model import StoreError
from bulletins.said import Said

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 64 << 20
MOST_VALUES = 4_000_000
DEEPEST = 60

# The core schema of YAML 1.2: what our exports leave unquoted, and nothing else.
_NULL = ("", "~", "null", "Null", "NULL")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,18})\.[0-9]{1,30}(?:[eE][-+]?[0-9]{1,2})?")
_STRING_TAGS = ("!", "tag:yaml.org,2002:str")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class Entry(dict[str, Any]):
    """A mapping of a YAML file that knows its `line`, from 1."""

    __slots__ = ("line",)
    line: int


def read_text(path: Path) -> str:
    """Read a file as UTF-8. Raises StoreError for what is too large or no such text, OSError."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise StoreError(
            "larger than {most} MB; export by issue, or by filters", most=MOST_BYTES >> 20
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StoreError("no text in UTF-8 at byte {byte}", byte=error.start + 1) from error
    if "\0" in text:
        raise StoreError("holds NUL characters; it is no text")
    return text.removeprefix("\ufeff")


def parse_json(text: str) -> Any:
    """Read one JSON value. Raises StoreError."""
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise StoreError("holds too many values")
    try:
        value = json.loads(text, parse_constant=_no_number)
        # Only where one is written as an escape can half of a pair be in the data.
        check(value, halves=bool(_ESCAPED.search(text)))
    except json.JSONDecodeError as error:
        where = Said("line {line}, column {column}", line=error.lineno, column=error.colno)
        raise StoreError("no JSON at {where}: {what}", where=where, what=error.msg) from error
    except RecursionError as error:
        raise StoreError("nested too deeply") from error
    except ValueError as error:
        why = " ".join(str(error).split())[:120]
        raise StoreError("no JSON: {why}", why=why) from error
    return value


def check(value: object, *, halves: bool = True) -> None:
    """Raise ValueError for numbers that are none, halves of surrogate pairs, and deep nesting."""
    level: list[Any] = [value]
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
                if halves:
                    below += one.keys()
            elif isinstance(one, list):
                below += one
            elif isinstance(one, float) and not math.isfinite(one):
                raise ValueError("a number without bounds")
            elif halves and isinstance(one, str) and _SURROGATE.search(one):
                raise ValueError("half of a surrogate pair")
        if not below:
            return
        level = below
    raise ValueError("nested too deeply")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def parse_yaml(text: str) -> Any:
    """Read one YAML document as plain data, mappings as Entry. Raises StoreError.

    Made from events one by one: no objects of classes, no anchors and aliases, no key twice.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder().build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        what = " ".join(str(error.problem or error.context).split())
        if mark is None:
            raise StoreError("no YAML: {why}", why=what) from error
        line, column = mark.line + 1, mark.column + 1
        raise StoreError(
            "no YAML at line {line}, column {column}: {what}", line=line, column=column, what=what
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())[:160]
        raise StoreError("no YAML: {why}", why=why) from error


class _Builder:
    """Puts values where they belong as the events of a YAML text go by."""

    def __init__(self) -> None:
        self._open: list[Any] = []
        self._keys: list[str | None] = []
        self._root: Any = None
        self._documents = 0
        self._values = 0

    def build(self, events: Any) -> Any:
        """Return the value of the one document."""
        import yaml

        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent():
                    entry = Entry()
                    entry.line = _line(event)
                    self._begin(event, entry)
                case yaml.SequenceStartEvent():
                    self._begin(event, [])
                case yaml.CollectionEndEvent():
                    self._open.pop()
                    self._keys.pop()
                case yaml.AliasEvent():
                    raise _wrong(event, "refers to another part of itself")
                case yaml.DocumentStartEvent():
                    self._documents += 1
                    if self._documents > 1:
                        raise _wrong(event, "a second document begins")
        return self._root

    def _begin(self, event: Any, collection: Any) -> None:
        if event.tag not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _wrong(event, "a type of its own")
        self._put(event, collection)
        self._open.append(collection)
        self._keys.append(None)
        if len(self._open) > DEEPEST:
            raise _wrong(event, "nested too deeply")

    def _scalar(self, event: Any) -> None:
        if event.tag not in (None, *_STRING_TAGS):
            raise _wrong(event, "a type of its own")
        if self._open and isinstance(self._open[-1], Entry) and self._keys[-1] is None:
            if event.value in self._open[-1]:
                raise _wrong(event, f"{event.value[:40]!r} stands here twice")
            self._keys[-1] = event.value
            return
        self._put(event, _scalar(event.value) if event.implicit[0] else event.value)

    def _put(self, event: Any, value: Any) -> None:
        if event.anchor is not None:
            raise _wrong(event, "an anchor")
        self._values += 1
        if self._values > MOST_VALUES:
            raise StoreError("holds too many values")
        if not self._open:
            self._root = value
        elif isinstance(self._open[-1], Entry):
            key = self._keys[-1]
            if key is None:
                raise _wrong(event, "a name that is no text")
            self._open[-1][key] = value
            self._keys[-1] = None
        else:
            self._open[-1].append(value)


def without_lines(value: Any) -> Any:
    """Return plain mappings for those that know their lines."""
    if isinstance(value, dict):
        return {name: without_lines(one) for name, one in value.items()}
    return [without_lines(one) for one in value] if isinstance(value, list) else value


def _scalar(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if len(text) <= 60 and _INTEGER.fullmatch(text):
        return int(text)
    if len(text) <= 60 and _FLOAT.fullmatch(text):
        return float(text)
    return text


def _wrong(event: Any, what: str) -> StoreError:
    return StoreError(
        "line {line}: {what}; this is not taken from a file", line=_line(event), what=what
    )


def _line(event: Any) -> int:
    """Return the line of an event, from 1."""
    return int(event.start_mark.line) + 1
