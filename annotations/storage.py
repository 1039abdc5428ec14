"""The TinyDB storage of a data file: atomic, durable, one write for a batch of changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotations.files import DataFile, Document, Tables


class AtomicStorage(Storage):
    """Let TinyDB read and write a DataFile; the caller holds the lock of the file's device.

    TinyDB's own storage writes over the old text in place, which a crash leaves half old and half
    new; here a write is a replaced file.
    """

    def __init__(self, file: DataFile) -> None:
        self.file = file
        self._batch: Tables | None = None

    def read(self) -> Tables:
        """Return the tables; those of the batch while one is open. Raises StoreError."""
        if self._batch is None:
            return self.file.read()
        return {name: dict(table) for name, table in self._batch.items()}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file; within a batch only remember what to write. Raises StoreError."""
        if self._batch is None:
            self.file.write(data)
        else:
            self._batch = data

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make all changes within one write at the end; none if an exception leaves the block."""
        self._batch = self.file.read()
        try:
            yield
            tables = self._batch
        finally:
            self._batch = None
        self.file.write(tables)


def put_documents(file: DataFile, table: str, documents: Sequence[Document]) -> None:
    """Put documents into a file by their own ids, all in one durable write. Raises StoreError."""
    storage = AtomicStorage(file)
    with storage.batch():
        stored = storage.read().get(table, {})
        numbers = {one.get("id"): int(number) for number, one in stored.items()}
        rows = TinyDB(storage=lambda: storage).table(table, cache_size=0)
        old = [numbers[one["id"]] for one in documents if one["id"] in numbers]
        if old:
            rows.remove(doc_ids=old)
        free = max(numbers.values(), default=0) + 1
        for document in documents:
            if document["id"] not in numbers:
                numbers[document["id"]] = free
                free += 1
        rows.insert_multiple(Row(one, doc_id=numbers[one["id"]]) for one in documents)
