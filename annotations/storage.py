"""The TinyDB storage of a data file; what it writes is staged, for an operation to make durable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.files import DataFile, Document, Tables


class StagedStorage(Storage):
    """Let TinyDB read and write a DataFile; the caller holds the lock of the file's device.

    TinyDB's own storage writes over the old text in place, which a crash leaves half old and half
    new; here a write is staged, and the files of an operation are replaced when all is.
    """

    def __init__(self, file: DataFile) -> None:
        self.file = file

    def read(self) -> Tables:
        """Return the tables, the staged ones if there are any. Raises StoreError."""
        return self.file.read()

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Stage the tables."""
        self.file.stage(data)


def put_documents(file: DataFile, table: str, documents: Iterable[Document]) -> list[int]:
    """Stage documents by their own ids; return the rows that they have. Raises StoreError."""
    numbers = {one.get("id"): int(number) for number, one in file.read().get(table, {}).items()}
    free = max(numbers.values(), default=0) + 1
    rows: dict[int, Document | None] = {}
    for document in documents:
        if document["id"] not in numbers:
            numbers[document["id"]] = free
            free += 1
        rows[numbers[document["id"]]] = document
    put_rows(file, table, rows)
    return list(rows)


def put_rows(file: DataFile, table: str, rows: Mapping[int, Document | None]) -> None:
    """Stage what these rows hold, None: nothing (any more). Raises StoreError."""
    storage = StagedStorage(file)
    there = storage.read().get(table, {})
    database = TinyDB(storage=lambda: storage).table(table, cache_size=0)
    old = [number for number in rows if str(number) in there]
    if old:
        database.remove(doc_ids=old)
    new = [Row(one, doc_id=number) for number, one in rows.items() if one is not None]
    if new:
        database.insert_multiple(new)
