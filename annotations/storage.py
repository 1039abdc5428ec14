"""The TinyDB storage of a data file: atomic, durable, one write for a batch of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.files import DataFile, Document, Tables


class RowsStorage(Storage):
    """Let TinyDB change some rows of one table; the caller holds the lock of the file's device.

    TinyDB's own storage writes over the old text in place, which a crash leaves half old and half
    new; here all that was written until save() replaces the file at once. TinyDB also copies all
    rows twice for each change: it is shown those that change, and what it makes of them is laid
    over the others.
    """

    def __init__(self, file: DataFile, table: str, rows: Iterable[int]) -> None:
        self.file = file
        self.table = table
        self._there = file.read()
        old = self._there.get(table, {})
        self._before = {key: old[key] for key in map(str, rows) if key in old}
        self._now = self._before

    def read(self) -> Tables:
        """Return the rows that may change."""
        return {self.table: dict(self._now)}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Remember what the rows are to be."""
        self._now = data[self.table]

    def save(self) -> None:
        """Replace the file by one with these rows. Raises StoreError."""
        rows = self._there.setdefault(self.table, {})
        for gone in self._before.keys() - self._now.keys():
            del rows[gone]
        rows.update(self._now)
        self.file.write(self._there)


def put_documents(file: DataFile, table: str, documents: Sequence[Document]) -> None:
    """Put documents into a file by their own ids, all in one durable write. Raises StoreError."""
    known = file.rows(table)
    free = max(known.values(), default=0) + 1
    numbers: dict[object, int] = {}
    for document in documents:
        name = document["id"]
        if name not in numbers:
            numbers[name] = known.get(name) or free
            free += name not in known
    storage = RowsStorage(file, table, numbers.values())
    rows = TinyDB(storage=lambda: storage).table(table, cache_size=0)
    old = [number for name, number in numbers.items() if name in known]
    if old:
        rows.remove(doc_ids=old)
    rows.insert_multiple(Row(one, doc_id=numbers[one["id"]]) for one in documents)
    storage.save()
