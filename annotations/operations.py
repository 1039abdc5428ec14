"""Operations: what was done in one act, each document of it before and after, as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.files import ANNOTATIONS, TAGS
from annotations.lines import dump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.files import Document

OPENED = "opened"
"""An article was opened: kept in the history, but nothing that anybody would want to undo."""
PASSED = "passed"
"""An operation could not be undone or redone, and the turn is the next one's."""


@dataclass(frozen=True, slots=True)
class Change:
    """One document of one data file, before and after; None: it was not there.

    `issue` is the issue's id, "" for tag definitions; `row` the number in the file, from 1.
    """

    table: str
    issue: str
    row: int
    before: Document | None
    after: Document | None

    @property
    def id(self) -> str:
        """The id of the document."""
        return str((self.after or self.before or {}).get("id", ""))

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.table, self.issue, self.row, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Operation:
    """What was done in one act. `id` grows with every operation of a device.

    `label` says what it was in a word. `undoes` and `redoes` name the operation that this one
    takes back or does again; "" for what the reader did anew.
    """

    id: str
    when: str
    label: str
    changes: tuple[Change, ...] = ()
    undoes: str = ""
    redoes: str = ""


def to_line(operation: Operation, who: Mapping[str, str]) -> bytes:
    """Return an operation as one line. Raises ValueError or TypeError for what is not JSON."""
    whole: Document = {
        **who,
        "id": operation.id,
        "when": operation.when,
        "label": operation.label,
        "changes": [_change_document(change) for change in operation.changes],
    }
    if operation.undoes:
        whole["undoes"] = operation.undoes
    if operation.redoes:
        whole["redoes"] = operation.redoes
    return (dump(whole) + "\n").encode("utf-8")


def from_line(line: bytes) -> Operation | None:
    """Read an operation from its line; None for anything else: damage is no operation."""
    try:
        found = json.loads(line)
        operation = Operation(
            found["id"],
            found["when"],
            found["label"],
            tuple(_change(one) for one in found["changes"]),
            found.get("undoes", ""),
            found.get("redoes", ""),
        )
        int(operation.id, 16)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    texts = (operation.when, operation.label, operation.undoes, operation.redoes)
    return operation if all(isinstance(text, str) for text in texts) else None


def _change_document(change: Change) -> Document:
    where: Document = {"issue": change.issue} if change.table == ANNOTATIONS else {}
    return {
        **where,
        "table": change.table,
        "row": change.row,
        "before": change.before,
        "after": change.after,
    }


def _change(found: Document) -> Change:
    """Check a change. Raises TypeError, KeyError or AttributeError."""
    table, issue, row = found["table"], found.get("issue", ""), found["row"]
    before, after = found["before"], found["after"]
    if table not in (ANNOTATIONS, TAGS) or not isinstance(issue, str) or type(row) is not int:
        raise TypeError
    if bool(issue) != (table == ANNOTATIONS) or not 0 < row < 10**9 or (not before and not after):
        raise TypeError
    for document in (before, after):
        if document is not None and not (
            isinstance(document["id"], str) and type(document["revision"]) is int
        ):
            raise TypeError
    if before and after and before["id"] != after["id"]:
        raise TypeError
    return Change(table, issue, row, before, after)
