"""The lines of a table, made anew only where a document is another than it was."""

from __future__ import annotations

import json
from itertools import pairwise
from operator import is_
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# json.dumps() would make an encoder for each line.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False)
_GROUP = 64  # lines that are joined once and written together


class TableLines:
    """What a table of documents, keyed by row numbers, is in a file.

    Documents must never be changed in place: the same object has the same line. What is compared
    and copied for a change is done without a loop of Python's over the table.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._documents: list[Mapping[str, Any]] = []
        self._lines: list[bytes] = []
        self._groups: list[bytes] = []

    def pieces(self, table: Mapping[str, Mapping[str, Any]]) -> list[bytes]:
        """Return the lines in pieces, in the order of the rows.

        Raises TypeError, ValueError or UnicodeEncodeError for what is no JSON.
        """
        keys, documents = list(table), list(table.values())
        known = len(self._keys)
        if keys[:known] != self._keys or not _rise(keys[max(known - 1, 0) :]):
            self._arrange(dict(sorted(table.items(), key=_row)))
            return self._groups
        same = list(map(is_, documents, self._documents))
        changed = [*_positions(same), *range(known, len(keys))]
        lines = [_line(keys[at], documents[at]) for at in changed]
        for at, line in zip(changed, lines, strict=True):
            if at < known:
                self._lines[at] = line
            else:
                self._lines.append(line)
        self._keys, self._documents = keys, documents
        for group in sorted({at // _GROUP for at in changed}):
            self._join(group)
        return self._groups

    def _arrange(self, table: Mapping[str, Mapping[str, Any]]) -> None:
        """Take in a table whose rows are others than before, its keys in order."""
        before = dict(zip(self._keys, zip(self._documents, self._lines, strict=True), strict=True))
        lines = []
        for key, document in table.items():
            known = before.get(key)
            same = known is not None and known[0] is document
            lines.append(known[1] if known is not None and same else _line(key, document))
        self._keys, self._documents, self._lines = list(table), list(table.values()), lines
        self._groups = []
        for group in range((len(lines) + _GROUP - 1) // _GROUP):
            self._join(group)

    def _join(self, group: int) -> None:
        lines = self._lines[group * _GROUP : (group + 1) * _GROUP]
        joined = (b",\n" if group else b"\n") + b",\n".join(lines)
        self._groups[group : group + 1] = [joined]


def dump(value: object) -> str:
    """Return one line of JSON with sorted keys, Unicode as it is."""
    return _ENCODER.encode(value)


def _line(key: str, document: Mapping[str, Any]) -> bytes:
    return f"{dump(key)}: {dump(document)}".encode()


def _row(item: tuple[str, object]) -> int:
    return int(item[0])


def _rise(keys: list[str]) -> bool:
    return all(int(one) < int(other) for one, other in pairwise(keys))


def _positions(same: list[bool]) -> list[int]:
    """Return where `same` is false."""
    found: list[int] = []
    for _ in range(same.count(False)):
        found.append(same.index(False, found[-1] + 1 if found else 0))
    return found
