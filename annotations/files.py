"""One data file: a line of header, then one JSON document per line; read whole, replaced whole."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any

from annotations.aside import keep_schema
from annotations.durable import Signature, remove, signature, write_atomic
from annotations.lines import TableLines, dump
from annotations.migrations import current_schema, migrated
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ANNOTATIONS = "annotations"
TAGS = "tags"

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]


class DamagedError(StoreError):
    """A file that is no data file as we write them: torn, overwritten, edited by hand."""


class NewerError(StoreError):
    """A data file of a newer schema."""


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
        self._head: tuple[Document, bytes] | None = None
        self._staged: Tables | None = None

    def read(self) -> Tables:
        """Return the tables, empty if there is no file; from memory while the file is unchanged.

        Those of stage() while there are any. Raises StoreError for a file that can't be read, is of
        a newer schema or no data file.
        """
        if self._staged is not None:
            return {name: dict(table) for name, table in self._staged.items()}
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
            raise StoreError(f"{self.path}: can't be read: {reason(error)}") from error
        return {name: dict(table) for name, table in self._tables.items()}

    @property
    def staged(self) -> bool:
        """Whether there are tables that are to be written and are not yet."""
        return self._staged is not None

    def stage(self, tables: Tables) -> None:
        """Let read() return these tables from now on, until drop() or write().

        Never call it after read() failed.
        """
        self._staged = tables

    def drop(self) -> None:
        """Forget what was staged."""
        self._staged = None

    def serialise(self) -> list[bytes]:
        """Return the file that the staged tables make; none ([]) if they hold nothing.

        Raises StoreError for what can't be written.
        """
        assert self._staged is not None
        if not any(self._staged.values()) and self._header.keys() >= self._found.keys():
            return []
        try:
            return self._serialise(self._staged)
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.path}: not saved: half of a surrogate pair") from error
        except (TypeError, ValueError) as error:
            raise StoreError(f"{self.path}: not saved: {error}") from error

    def write(self, data: list[bytes]) -> None:
        """Replace the file by what serialise() made; it is on the disk when this returns.

        A file that would hold nothing is taken away. Raises StoreError, and then the file is as it
        was.
        """
        try:
            if 0 < self._schema < current_schema():
                keep_schema(self.path, self._schema)
            if data or self.path.is_symlink():
                written = write_atomic(self.path, data or self._serialise({}))
            else:
                remove(self.path)
                written = None
        except OSError as error:
            self._forget()
            raise StoreError(f"{self.path}: not saved: {reason(error)}") from error
        assert self._staged is not None
        self._signature = written
        self._found = {**self._header, **self._found} if data else {}
        self._schema = self._found["schema"] if data else 0
        self._tables, self._staged = self._staged, None

    def rows(self, table: str) -> Mapping[object, int]:
        """Return the row of each document of a table by its id. Raises StoreError."""
        documents = self.read().get(table, {})
        try:
            return self._table_lines(table).rows(documents)
        except (TypeError, ValueError, RecursionError) as error:
            raise StoreError(f"{self.path}: can't be written again: {error}") from error

    def memory(self) -> Signature | None:
        """Return the signature of the file that is remembered; None if there was none."""
        return self._signature

    def _forget(self) -> None:
        self._signature, self._schema = None, 0
        self._found, self._tables, self._lines = {}, {}, {}

    def _table_lines(self, table: str) -> TableLines:
        return self._lines.setdefault(table, TableLines())

    def _serialise(self, tables: Tables) -> list[bytes]:
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
        raise StoreError(f"{path}: not a regular file; left as it is")
    raw = path.read_bytes()
    try:
        whole = json.loads(raw.decode("utf-8"))
        if b"\\ud" in raw.lower():
            dump(whole).encode("utf-8")
    except UnicodeEncodeError as error:
        raise DamagedError(f"{path}: holds half of a surrogate pair; left as it is") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise DamagedError(f"{path}: damaged at {where}; left as it is") from error
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"{path}: damaged, not text in UTF-8; left as it is") from error
    if not isinstance(whole, dict) or whole.get("format") != expected:
        raise StoreError(f"{path}: not a file of {expected}; left as it is")
    schema = whole.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise DamagedError(f"{path}: names no schema version; left as it is")
    if schema > current_schema():
        raise NewerError(
            f"{path}: schema {schema} is of a newer Kuaibao (this one knows {current_schema()}); "
            "left as it is"
        )
    header = {name: value for name, value in whole.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in whole.items() if isinstance(value, dict)}
    for table in tables.values():
        for key, document in table.items():
            is_number = key.isascii() and key.isdigit() and len(key) < 10 and key[0] != "0"
            if not is_number or not isinstance(document, dict):
                raise DamagedError(f"{path}: entry {key[:20]!r} is no document; left as it is")
    return header, tables


def reason(error: OSError) -> str:
    """Return why a file operation failed, without the path."""
    return (error.strerror or str(error) or type(error).__name__).replace("\n", " ")
