"""One data file: a line of header, then one JSON document per line; read whole, replaced whole."""

from __future__ import annotations

import json
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.aside import keep_beside, keep_schema
from annotations.durable import Replacement, Signature, remove, signature
from annotations.lines import TableLines, dump
from annotations.migrations import current_schema, migrated
from annotations.model import StoreError
from bulletins.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ANNOTATIONS = "annotations"
TAGS = "tags"

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]


class DamagedError(StoreError):
    """A file that is no data file as we write them: torn, overwritten, edited by hand."""


class NewerError(StoreError):
    """A data file of a newer schema."""


@dataclass(slots=True)
class Rows:
    """The row of each document of a table by its id, and the last row that is taken."""

    by_id: dict[object, int]
    last: int


class DataFile:
    """A file of tables of documents, remembered between reads.

    Documents that come from here are shared with the memory of the file: never change one, put
    another in its place. Not safe for threads; the store sees to that.
    """

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        self.path = path
        self._header = {"schema": current_schema(), **header}
        self._signature: Signature | None = None
        self._schema = 0
        self._tables: Tables = {}
        self._found: Document = {}
        self._lines: dict[str, TableLines] = {}
        self._rows: dict[str, Rows] = {}
        self._head: tuple[Document, bytes] | None = None
        self._staged: Tables | None = None
        self._new: Replacement | None = None

    def read(self) -> Tables:
        """Return the tables, empty if there is no file; from memory while the file is unchanged.

        Those of stage() while there are any. Raises StoreError for a file that can't be read, is of
        a newer schema or no data file.
        """
        return {name: dict(table) for name, table in self._now().items()}

    def table(self, name: str) -> Mapping[str, Document]:
        """Return one table of read() as it is in memory: stage() changes it. Raises as read()."""
        return self._now().get(name, {})

    def rows(self, table: str) -> Rows:
        """Return which documents a table has where; stage() changes it. Raises as read()."""
        documents = self.table(table)
        known = self._rows.get(table)
        if known is None:
            try:
                by_id = {one.get("id"): int(key) for key, one in documents.items()}
            except TypeError as error:
                raise StoreError(
                    "{path}: can't be written again: {why}", path=self.path, why=error
                ) from error
            known = self._rows[table] = Rows(by_id, max(map(int, documents), default=0))
        return known

    @property
    def staged(self) -> bool:
        """Whether there are tables that are to be written and are not yet."""
        return self._staged is not None

    def begin(self, table: str) -> Mapping[str, Document]:
        """Let what is there now be staged; return a table as it is now. Raises as read()."""
        now = self._now()
        self._staged = {name: dict(rows) for name, rows in now.items()}
        return now.get(table, {})

    def stage(self, table: str, rows: Mapping[str, Document | None]) -> None:
        """Let rows of a table hold these documents, None: nothing, until drop() or finish().

        Raises as read().
        """
        if self._staged is None:
            self.begin(table)
        assert self._staged is not None
        known = self.rows(table)
        documents = self._staged.setdefault(table, {})
        for key, document in rows.items():
            old = documents.get(key)
            if old is not None and known.by_id.get(old.get("id")) == int(key):
                del known.by_id[old.get("id")]
            if document is not None:
                documents[key] = document
                known.by_id[document.get("id")] = int(key)
                known.last = max(known.last, int(key))
            elif old is not None:
                del documents[key]
                if int(key) == known.last:
                    known.last = max(map(int, documents), default=0)

    def drop(self) -> None:
        """Forget what was staged, and take away what prepare() made of it."""
        if self._staged is not None:
            self._staged, self._rows = None, {}
        if self._new is not None:
            self._new.drop()
            self._new = None

    def serialise(self) -> list[bytes]:
        """Return the file that the staged tables make; none ([]) if they hold nothing.

        Raises StoreError for what can't be written.
        """
        assert self._staged is not None
        if not any(self._staged.values()) and self._header.keys() >= self._found.keys():
            return []
        try:
            return self.compose(self._staged)
        except UnicodeEncodeError as error:
            raise StoreError(
                "{path}: not saved: half of a surrogate pair", path=self.path
            ) from error
        except (TypeError, ValueError) as error:
            raise StoreError("{path}: not saved: {why}", path=self.path, why=error) from error

    def write(self, data: list[bytes]) -> None:
        """Replace the file by what serialise() made; see prepare(), sync() and finish()."""
        self.prepare(data)
        self.sync()
        self.finish(data)

    def prepare(self, data: list[bytes]) -> None:
        """Write what serialise() made beside the file. Raises StoreError; nothing is left then."""
        with self._saving():
            if data or self.path.is_symlink():
                self._new = Replacement(self.path, data or self.compose({}))

    def sync(self) -> None:
        """Put on the disk what prepare() wrote. Raises StoreError; nothing is left of it then."""
        if self._new is not None:
            with self._saving():
                self._new.sync()

    def finish(self, data: list[bytes]) -> None:
        """Put what prepare() made of `data` in the file's place; it is on the disk afterwards.

        A file that would hold nothing is taken away; one that another program has put there since
        it was read is kept beside. Raises StoreError, and then the file is as it was.
        """
        with self._saving():
            if signature(self.path) not in (self._signature, None):
                keep_beside(self.path, "replaced")
            elif 0 < self._schema < current_schema():
                keep_schema(self.path, self._schema)
            if self._new is not None:
                written: Signature | None = self._new.finish()
            else:
                remove(self.path)
                written = None
        assert self._staged is not None
        self._new = None
        self._signature = written
        self._found = {**self._header, **self._found} if data else {}
        self._schema = self._found["schema"] if data else 0
        self._tables, self._staged = self._staged, None

    def memory(self) -> Signature | None:
        """Return the signature of the file that is remembered; None if there was none."""
        return self._signature

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Say in a StoreError why a file was not saved, and forget what was read of it."""
        try:
            yield
        except OSError as error:
            if self._new is not None:
                self._new.drop()
                self._new = None
            self._forget()
            raise StoreError(
                "{path}: not saved: {why}", path=self.path, why=reason(error)
            ) from error

    def _now(self) -> Tables:
        if self._staged is not None:
            return self._staged
        try:
            now = signature(self.path)
            if now is None or now != self._signature:
                self._forget()
                if now is not None:
                    found, tables = parse(self.path, self._header["format"])
                    self._schema = found["schema"]
                    self._found, self._tables = migrated(found, tables)
                    self._signature = now
        except OSError as error:
            self._forget()
            raise StoreError(
                "{path}: can't be read: {why}", path=self.path, why=reason(error)
            ) from error
        return self._tables

    def _forget(self) -> None:
        self._signature, self._schema = None, 0
        self._found, self._tables, self._lines, self._rows = {}, {}, {}, {}

    def _table_lines(self, table: str) -> TableLines:
        return self._lines.setdefault(table, TableLines())

    def compose(self, tables: Tables) -> list[bytes]:
        """Return the file that tables make. Raises TypeError or ValueError for what is no JSON."""
        header = {**self._header, **self._found}
        if self._head is None or header != self._head[0]:
            self._head = (header, dump(header)[:-1].encode("utf-8"))
        pieces = [self._head[1]]
        for name in sorted(tables):
            pieces.append(f",\n{dump(name)}: {{".encode())
            pieces += self._table_lines(name).pieces(tables[name])
            pieces.append(b"\n}")
        pieces.append(b"}\n")
        return pieces


def load(path: Path, expected: str) -> tuple[Document, Tables]:
    """Read a data file: its header and its tables in the current schema. Raises as parse()."""
    return migrated(*parse(path, expected))


def parse(path: Path, expected: str) -> tuple[Document, Tables]:
    """Read a data file: its header and its tables as they are.

    `expected` is the format that its header must name. Raises StoreError for anything but a data
    file of this or an older schema, OSError when the file can't be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise StoreError("{path}: not a regular file; left as it is", path=path)
    raw = path.read_bytes()
    try:
        whole = json.loads(raw.decode("utf-8"))
        if b"\\ud" in raw.lower():
            dump(whole).encode("utf-8")
    except UnicodeEncodeError as error:
        raise DamagedError(
            "{path}: holds half of a surrogate pair; left as it is", path=path
        ) from error
    except json.JSONDecodeError as error:
        where = Said("line {line}, column {column}", line=error.lineno, column=error.colno)
        raise DamagedError(
            "{path}: damaged at {where}; left as it is", path=path, where=where
        ) from error
    except (ValueError, RecursionError) as error:
        raise DamagedError(
            "{path}: damaged, not text in UTF-8; left as it is", path=path
        ) from error
    if not isinstance(whole, dict) or whole.get("format") != expected:
        raise StoreError(
            "{path}: not a file of {expected}; left as it is", path=path, expected=expected
        )
    schema = whole.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise DamagedError("{path}: names no schema version; left as it is", path=path)
    if schema > current_schema():
        raise NewerError(
            "{path}: schema {schema} is of a newer Kuaibao (this one knows {known}); left as it is",
            path=path,
            schema=schema,
            known=current_schema(),
        )
    header = {name: value for name, value in whole.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in whole.items() if isinstance(value, dict)}
    for table in tables.values():
        for key, document in table.items():
            is_number = key.isascii() and key.isdigit() and len(key) < 10 and key[0] != "0"
            if not is_number or not isinstance(document, dict):
                raise DamagedError(
                    "{path}: entry {key!r} is no document; left as it is", path=path, key=key[:20]
                )
    return header, tables


def reason(error: OSError) -> Said:
    """Return why a file operation failed, without the path."""
    return Said((error.strerror or str(error) or type(error).__name__).replace("\n", " "))
