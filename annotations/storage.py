"""The TinyDB storage of a data file; what it writes is staged, for an operation to make durable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.files import DataFile, Document, Tables


class RowsStorage(Storage):
    """Let TinyDB change some rows of one table; the caller holds the lock of the file's device.

    TinyDB's own storage writes over the old text in place, which a crash leaves half old and half
    new; here all that was written until stage() is staged, and the files of an operation are
    replaced when all is. TinyDB also copies all rows twice for each change: it is shown those that
    change, and what it makes of them is laid over the others.
    """

    def __init__(self, file: DataFile, table: str, rows: Iterable[int]) -> None:
        self.file = file
        self.table = table
        old = file.table(table)
        self._before = {key: old[key] for key in map(str, rows) if key in old}
        self._now = self._before

    def read(self) -> Tables:
        """Return the rows that may change."""
        return {self.table: dict(self._now)}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Remember what the rows are to be."""
        self._now = data[self.table]

    def stage(self) -> None:
        """Stage these rows."""
        self.file.stage(self.table, {**dict.fromkeys(self._before), **self._now})


def put_documents(file: DataFile, table: str, documents: Iterable[Document]) -> list[int]:
    """Stage documents by their own ids; return the rows that they have. Raises StoreError."""
    known = file.rows(table)
    free = known.last + 1
    numbers: dict[object, int] = {}
    rows: dict[int, Document | None] = {}
    for document in documents:
        name = document["id"]
        if name not in numbers:
            numbers[name] = known.by_id.get(name) or free
            free += name not in known.by_id
        rows[numbers[name]] = document
    put_rows(file, table, rows)
    return list(rows)


def put_rows(file: DataFile, table: str, rows: Mapping[int, Document | None]) -> None:
    """Stage what these rows hold, None: nothing (any more). Raises StoreError."""
    storage = RowsStorage(file, table, rows)
    there = storage.read()[table]
    database = TinyDB(storage=lambda: storage).table(table, cache_size=0)
    old = [number for number in rows if str(number) in there]
    if old:
        database.remove(doc_ids=old)
    new = [Row(one, doc_id=number) for number, one in rows.items() if one is not None]
    if new:
        database.insert_multiple(new)
    storage.stage()


def save_documents(file: DataFile, table: str, documents: Iterable[Document]) -> None:
    """Put documents into a file by their own ids, all in one durable write. Raises StoreError."""
    put_documents(file, table, documents)
    try:
        file.write(file.serialise())
    finally:
        file.drop()
