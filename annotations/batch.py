"""An operation in the making: documents staged in any number of files, then all written or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from annotations.files import TAGS
from annotations.model import StoreError
from annotations.operations import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from annotations.files import DataFile, Document
    from annotations.journal import Journal

_AHEAD = 64  # files that are written before the history says so; each is open meanwhile


@dataclass(slots=True)
class _Part:
    file: DataFile
    table: str
    issue: str
    base: Mapping[str, Document]
    touched: set[int] = field(default_factory=set)

    def changes(self) -> list[Change]:
        now = self.file.table(self.table)
        found = []
        for row in sorted(self.touched):
            before, after = self.base.get(str(row)), now.get(str(row))
            if before is not after and before != after:
                found.append(Change(self.table, self.issue, row, before, after))
        return found

    def go_back(self) -> None:
        from annotations.storage import put_rows

        put_rows(self.file, self.table, {row: self.base.get(str(row)) for row in self.touched})


class Batch:
    """What one operation does. `label` is what it is, `undoes` and `redoes` as of an Operation."""

    def __init__(self, label: str = "") -> None:
        self.label = label
        self.undoes = ""
        self.redoes = ""
        self._parts: dict[Path, _Part] = {}

    def put(self, file: DataFile, table: str, issue: str, documents: Iterable[Document]) -> None:
        """Stage documents by their own ids. Raises StoreError."""
        from annotations.storage import put_documents  # TinyDB takes 5 ms: not before a save

        part = self._part(file, table, issue)
        part.touched.update(put_documents(file, table, documents))

    def put_rows(
        self, file: DataFile, table: str, issue: str, rows: Mapping[int, Document | None]
    ) -> None:
        """Stage what rows hold, None: nothing. Raises StoreError."""
        from annotations.storage import put_rows

        part = self._part(file, table, issue)
        part.touched.update(rows)
        put_rows(file, table, rows)

    def issues(self) -> list[str]:
        """Return the issues in whose files something is staged."""
        return [part.issue for part in self._parts.values() if part.issue]

    def drop(self) -> None:
        """Forget what was staged."""
        for part in self._parts.values():
            part.file.drop()

    def commit(self, journal: Journal, now: str) -> bool:
        """Write the history, then the files; tell whether there was anything to write.

        Raises StoreError, and then nothing is changed; or, if the disk lets some files be written
        and not be put back, all of it is changed by the next operation before anything else.
        """
        parts = sorted(self._parts.values(), key=lambda part: part.table != TAGS)
        changes = [part.changes() for part in parts]
        ready = []
        for part, found in zip(parts, changes, strict=True):
            if found:
                ready.append((part, part.file.serialise()))
            else:
                part.file.drop()
        if not ready:
            return False
        done = tuple(chain.from_iterable(changes))
        operation = Operation(journal.next_id(), now, self.label, done, self.undoes, self.redoes)
        try:
            for part, data in ready[:_AHEAD]:
                part.file.prepare(data)
            journal.append(operation)
        except BaseException:
            self.drop()
            raise
        written: list[_Part] = []
        try:
            for part, _ in ready[:_AHEAD]:
                part.file.sync()
            journal.sync()
            for part, data in ready:
                written.append(part)
                if len(written) > _AHEAD:
                    part.file.prepare(data)
                    part.file.sync()
                part.file.finish(data)
        except BaseException:
            is_back = False
            try:
                self.drop()
                is_back = _put_back(written)
            finally:  # whatever comes between, a second interruption too
                if is_back:
                    journal.cut()
                else:
                    journal.leave()
            raise
        journal.keep()
        return True

    def write(self) -> None:
        """Write the files of an operation whose history is already there. Raises StoreError."""
        for part in self._parts.values():
            part.file.write(part.file.serialise())

    def _part(self, file: DataFile, table: str, issue: str) -> _Part:
        known = self._parts.get(file.path)
        if known is None:
            known = _Part(file, table, issue, file.begin(table))
            self._parts[file.path] = known
        return known


def _put_back(parts: Iterable[_Part]) -> bool:
    """Make files as they were before the operation; tell whether they are."""
    try:
        for part in parts:
            now = part.file.table(part.table)
            if any(now.get(str(row)) != part.base.get(str(row)) for row in part.touched):
                part.go_back()
                part.file.write(part.file.serialise())
    except StoreError:
        for part in parts:
            part.file.drop()
        return False
    return True
