"""One data file: a line of header, then one JSON document per line; read whole, replaced whole."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any

from annotations.durable import Signature, signature, write_atomic
from annotations.lines import TableLines, dump
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = 1
ANNOTATIONS = "annotations"
TAGS = "tags"

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]


class DataFile:
    """A file of tables of documents, remembered between reads.

    Documents that come from here are shared with the memory of the file: never change one, put
    another in its place. Not safe for threads; the store sees to that.
    """

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        self.path = path
        self._header = {"schema": SCHEMA, **header}
        self._signature: Signature | None = None
        self._tables: Tables = {}
        self._found: Document = {}
        self._lines: dict[str, TableLines] = {}
        self._head: tuple[Document, bytes] | None = None

    def read(self) -> Tables:
        """Return the tables, empty if there is no file; from memory while the file is unchanged.

        Raises StoreError for a file that can't be read, is of a newer schema or no data file.
        """
        try:
            now = signature(self.path)
            if now is None or now != self._signature:
                self._forget()
                if now is not None:
                    self._found, self._tables = load(self.path, self._header["format"])
                    self._signature = now
        except OSError as error:
            self._forget()
            raise StoreError(f"{self.path}: can't be read: {reason(error)}") from error
        return {name: dict(table) for name, table in self._tables.items()}

    def write(self, tables: Tables) -> None:
        """Replace the file by these tables; they are on the disk when this returns.

        Raises StoreError, and then the file is as it was. Never call it after read() failed.
        """
        try:
            header, data = self._serialise(tables)
            written = write_atomic(self.path, data)
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.path}: not saved: half of a surrogate pair") from error
        except (TypeError, ValueError) as error:
            raise StoreError(f"{self.path}: not saved: {error}") from error
        except OSError as error:
            self._forget()
            raise StoreError(f"{self.path}: not saved: {reason(error)}") from error
        self._signature = written
        self._found = header
        self._tables = tables

    def rows(self, table: str) -> Mapping[object, int]:
        """Return the row of each document of a table by its id. Raises StoreError."""
        documents = self.read().get(table, {})
        try:
            return self._table_lines(table).rows(documents)
        except (TypeError, ValueError, RecursionError) as error:
            raise StoreError(f"{self.path}: can't be written again: {error}") from error

    def memory(self) -> Signature | None:
        """Return the signature of the file that is remembered."""
        return self._signature

    def _forget(self) -> None:
        self._signature = None
        self._found, self._tables, self._lines = {}, {}, {}

    def _table_lines(self, table: str) -> TableLines:
        return self._lines.setdefault(table, TableLines())

    def _serialise(self, tables: Tables) -> tuple[Document, list[bytes]]:
        header = {**self._header, **self._found}
        if self._head is None or header != self._head[0]:
            self._head = (header, dump(header)[:-1].encode("utf-8"))
        pieces = [self._head[1]]
        for name in sorted(tables):
            pieces.append(f",\n{dump(name)}: {{".encode())
            pieces += self._table_lines(name).pieces(tables[name])
            pieces.append(b"\n}")
        pieces.append(b"}\n")
        return header, pieces


def load(path: Path, expected: str) -> tuple[Document, Tables]:
    """Read a data file: its header and its tables.

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
        raise StoreError(f"{path}: holds half of a surrogate pair; left as it is") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise StoreError(f"{path}: damaged at {where}; left as it is") from error
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{path}: damaged, not text in UTF-8; left as it is") from error
    if not isinstance(whole, dict) or whole.get("format") != expected:
        raise StoreError(f"{path}: not a file of {expected}; left as it is")
    schema = whole.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise StoreError(f"{path}: names no schema version; left as it is")
    if schema > SCHEMA:
        raise StoreError(
            f"{path}: schema {schema} is of a newer Kuaibao (this one knows {SCHEMA}); "
            "left as it is"
        )
    header = {name: value for name, value in whole.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in whole.items() if isinstance(value, dict)}
    for table in tables.values():
        for key, document in table.items():
            is_number = key.isascii() and key.isdigit() and len(key) < 10 and key[0] != "0"
            if not is_number or not isinstance(document, dict):
                raise StoreError(f"{path}: entry {key[:20]!r} is no document; left as it is")
    return header, tables


def reason(error: OSError) -> str:
    """Return why a file operation failed, without the path."""
    return (error.strerror or str(error) or type(error).__name__).replace("\n", " ")
