"""The history of all devices as readers ask for it: who changed what, when, from what, to what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.files import TAGS, reason
from annotations.journal import FOLDER, piece_problem, pieces, read_piece
from annotations.names import safe_name
from bulletins.said import Said
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annotations.files import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One document that one operation changed, from `before` to `after`; None: not there.

    `operation` is the operation's id, which entries of one batch share; `undoes` and `redoes` are
    as of an Operation. `issue` is the issue's id, "" for tag definitions.
    """

    when: str
    reviewer: str
    device: str
    label: str
    operation: str
    issue: str
    before: Document | None
    after: Document | None
    undoes: str = ""
    redoes: str = ""

    @property
    def id(self) -> str:
        """The id of the annotation or tag."""
        return str((self.after or self.before or {}).get("id", ""))


def read_history(
    devices: Iterable[Path], issue: str | None = None, annotation: str | None = None
) -> list[Entry]:
    """Read the entries of these devices' folders, oldest first, of one issue or annotation only."""
    wanted = annotation if annotation is not None else issue
    mark = json.dumps(wanted, ensure_ascii=False).encode() if wanted is not None else b""
    found: list[Entry] = []
    for device in devices:
        for data in _pieces(device):
            found += _entries(_with(data, mark) if mark else data)
    found = [
        one
        for one in found
        if (issue is None or one.issue == issue) and (annotation is None or one.id == annotation)
    ]
    return sorted(found, key=lambda one: (one.when, one.device, one.operation))


def last_documents(device: Path, only: str | None = None) -> dict[str, dict[int, Document]]:
    """Return what the rows of a device's data files hold as its history tells it, by file stem.

    `only` is the one stem that is asked for.
    """
    files: dict[str, dict[int, Document]] = {}
    for data in _pieces(device):
        for operation, _ in read_piece(data):
            for change in operation.changes:
                stem = safe_name(change.issue) if change.issue else TAGS
                rows = files.setdefault(stem, {}) if only in (None, stem) else {}
                if change.after is not None:
                    rows[change.row] = change.after
                else:
                    rows.pop(change.row, None)
    return files


Revisions = set[tuple[int, str]]
"""Revisions of one document as revision_of() tells them apart."""


def revisions(data: Iterable[bytes]) -> dict[str, Revisions]:
    """Return which revisions pieces of a history tell of, by the document's id."""
    found: dict[str, Revisions] = {}
    for piece in data:
        for operation, _ in read_piece(piece):
            for change in operation.changes:
                known = found.setdefault(change.id, set())
                known.update(revision_of(one) for one in (change.before, change.after) if one)
    return found


def revision_of(document: Document) -> tuple[int, str]:
    """Return what tells a revision from all others of its document that a device made."""
    return int(document.get("revision", 0)), str(document.get("modified"))


def history_problems(devices: Iterable[Path], *, whole: bool = False) -> list[str]:
    """Return a line for each piece of history that can't be read, or (`whole`) not all of it."""
    lines: list[str] = []
    for device in devices:
        try:
            paths = pieces(device / FOLDER).values()
        except OSError as error:
            lines.append(
                Said("{path}: can't be listed: {why}", path=device / FOLDER, why=reason(error))
            )
            continue
        for path in paths:
            try:
                problem = piece_problem(path, whole=whole)
            except OSError as error:
                problem = Said("can't be read: {why}", why=reason(error))
            if problem:
                lines.append(Said("{path}: {problem}", path=path, problem=problem))
    return lines


def _pieces(device: Path) -> Iterator[bytes]:
    try:
        paths = list(pieces(device / FOLDER).values())
    except OSError:
        return
    for path in paths:
        try:
            yield path.read_bytes()
        except OSError:
            continue


def _with(data: bytes, mark: bytes) -> bytes:
    """Return the header and the lines that hold `mark`: parsing all would take most of the time."""
    lines = data.split(b"\n")
    return b"\n".join([lines[0], *(line for line in lines[1:-1] if mark in line), b""])


def _entries(data: bytes) -> Iterator[Entry]:
    for operation, who in read_piece(data):
        for change in operation.changes:
            yield Entry(
                operation.when,
                plain_line(who["reviewer"]),
                plain_line(who["device"]),
                operation.label,
                operation.id,
                change.issue,
                change.before,
                change.after,
                operation.undoes,
                operation.redoes,
            )
