"""A device's history on the disk: operations appended, synced before any data file is replaced.

It is a folder of pieces, `000001.history.jsonl` and so on: a line of header, then a line for each
operation. A piece that has grown to PIECE bytes is never touched again; the next one is begun.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from typing import TYPE_CHECKING

from annotations.durable import Signature, begin_sync, signature, write_atomic
from annotations.files import reason
from annotations.lines import dump
from annotations.model import StoreError
from annotations.operations import Operation, from_line, to_line
from annotations.undo import Head, Stack
from bulletins.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FORMAT = "kuaibao.history"
SCHEMA = 1
PIECE = 1 << 20  # bytes
FOLDER = "history"
SUFFIX = ".history.jsonl"
_NAME = re.compile(rf"(\d{{6}}){re.escape(SUFFIX)}\Z")
_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Journal:
    """The history of one device. The caller holds the device's lock. Not safe for threads.

    Only the last piece is read, once, and what other processes append to it; older ones when all
    that the last one holds was undone.
    """

    def __init__(self, folder: Path, who: Mapping[str, str]) -> None:
        self.folder = folder
        self.stack = Stack()
        self._who = dict(who)
        self._handle: int | None = None
        self._forget()

    def _forget(self) -> None:
        self.stack = Stack()
        self.last: Operation | None = None
        self._used: dict[str, int] = {}
        self._number = self._oldest = self._end = self._last_id = 0
        self._known: Signature | None = None
        self._usable = False
        self._listed = False
        self._pending: tuple[Operation, Head] | None = None
        self._close()

    def look(self) -> bool:
        """Take in what came since; tell whether anything did, the first time always.

        Raises StoreError if the history can't be read.
        """
        try:
            return self._look()
        except OSError as error:
            raise StoreError(
                "{folder}: can't be read: {why}", folder=self.folder, why=reason(error)
            ) from error

    def used(self, name: str) -> int:
        """Return the highest revision of a document that was undone; 0 if none was."""
        return self._used.get(name, 0)

    def next_undo(self) -> Head | None:
        """Return what undo() would take back, None if there is nothing (any more)."""
        while not self.stack.undoable and self._read_older():
            pass
        return self.stack.undoable[-1] if self.stack.undoable else None

    def next_redo(self) -> Head | None:
        """Return what redo() would do again."""
        return self.stack.redoable[-1] if self.stack.redoable else None

    def operation(self, head: Head) -> Operation:
        """Read an operation with its documents. Raises StoreError if it is no longer there."""
        path = self._path(head.piece)
        try:
            with path.open("rb") as file:
                file.seek(head.start)
                found = from_line(file.read(head.size))
        except OSError as error:
            raise StoreError(
                "{path}: can't be read: {why}", path=path, why=reason(error)
            ) from error
        if found is None or found.id != head.id:
            raise StoreError("{path}: the operation is no longer where it was", path=path)
        return found

    def next_id(self) -> str:
        """Return the id of the operation that comes next: time-ordered, never used twice."""
        return f"{max(time.time_ns(), self._last_id + 1):016x}"

    def append(self, operation: Operation) -> None:
        """Write an operation, to be synced, then kept or cut when its files were written.

        Raises StoreError, and then the history is as it was.
        """
        path = self._path(self._number)
        try:
            line = to_line(operation, self._who)
            if self._may_go_on():
                self._begin(operation, line)
                return
            self._handle = os.open(path, os.O_WRONLY | _FLAGS)
            self._write(self._handle, line)
            self._await(operation, self._end, len(line))
        except UnicodeEncodeError as error:
            raise StoreError("{path}: not saved: half of a surrogate pair", path=path) from error
        except (TypeError, ValueError) as error:
            raise StoreError("{path}: not saved: {why}", path=path, why=error) from error
        except OSError as error:
            raise StoreError("{path}: not saved: {why}", path=path, why=reason(error)) from error
        finally:
            if self._pending is None:
                self._forget()

    def sync(self) -> None:
        """Put what was appended on the disk. Raises StoreError; it is to be cut then."""
        handle, self._handle = self._handle, None
        if handle is None:
            return  # the first of a piece: that was written with it
        try:
            try:
                os.fsync(handle)
                status = os.fstat(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise StoreError(
                "{path}: not saved: {why}", path=self._path(self._number), why=reason(error)
            ) from error
        self._known = status.st_ino, status.st_size, status.st_mtime_ns

    def keep(self) -> None:
        """The files of the operation were written."""
        assert self._pending is not None
        operation, head = self._pending
        self._pending = None
        self._take(operation, head)

    def cut(self) -> None:
        """Nothing of the operation was written: take it out again."""
        assert self._pending is not None
        _, head = self._pending
        with contextlib.suppress(OSError):
            handle = os.open(self._path(head.piece), os.O_WRONLY | _FLAGS)
            try:
                os.ftruncate(handle, head.start)
                os.fsync(handle)
            finally:
                os.close(handle)
        self._forget()  # what could not be cut out is there, and is to be completed

    def leave(self) -> None:
        """Some of the operation was written: look at it anew, to complete it, before all else."""
        self._forget()

    def _close(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)

    def _begin(self, operation: Operation, line: bytes) -> None:
        header = {**self._who, "format": FORMAT, "schema": SCHEMA, "used": self._used}
        first = (dump(header) + "\n").encode("utf-8")
        number = self._number + 1
        # Replaced, not appended to: a header is whole or not there at all.
        self._known = write_atomic(self._path(number), first + line)
        self._number = number
        self._oldest = self._oldest or number
        self._usable = True
        self._await(operation, len(first), len(line))

    def _await(self, operation: Operation, start: int, size: int) -> None:
        head = _head(operation, self._number, start, size)
        self._pending = (operation, head)
        self._end = start + size

    def _write(self, handle: int, line: bytes) -> None:
        size = os.fstat(handle).st_size
        if size > self._end:
            os.ftruncate(handle, self._end)  # what a crash left of an operation that never was
        try:
            os.lseek(handle, self._end, os.SEEK_SET)
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(handle, rest) :]
            begin_sync(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, self._end)
            raise

    def _look(self) -> bool:
        news = not self._listed
        if not self._listed:
            self._listed = True
            self._number = self._oldest = max(pieces(self.folder), default=0)
        if self._number and signature(self._path(self._number)) != self._known:
            news = True
            if not self._read_on():
                self._forget()
                return self._look()
        while self._may_go_on() and signature(self._path(self._number + 1)) is not None:
            news = True
            self._number += 1
            self._oldest = self._oldest or self._number
            self._end, self._known = 0, None
            self._read_on()
        while self.stack.lacks_older and self._read_older():
            pass
        return news

    def _may_go_on(self) -> bool:
        """Tell whether there may be a piece after the last known."""
        return not self._usable or self._end >= PIECE

    def _read_on(self) -> bool:
        """Read what is behind the known end; False if the file is another than the one known."""
        path = self._path(self._number)
        now = signature(path)
        if self._end and self._known is not None:
            if now is None or now[0] != self._known[0] or now[1] < self._end:
                return False
        else:
            self._end = 0
        if now is None:
            return True
        with path.open("rb") as file:
            file.seek(self._end)
            data = file.read()
        begins = self._end == 0
        self._known = now
        if begins:
            header = _header(data)
            self._usable = header is not None
            if header is None:
                return True
            self._used |= header
        for start, line in _lines(data):
            operation = from_line(line) if not (begins and start == 0) else None
            if operation is not None:
                at = self._end + start
                self._take(operation, _head(operation, self._number, at, len(line)))
        self._end += data.rfind(b"\n") + 1
        return True

    def _read_older(self) -> bool:
        """Take in the piece before the oldest known; False if there is none."""
        if self._oldest <= 1:
            return False
        self._oldest -= 1
        heads: list[Head] = []
        with contextlib.suppress(OSError):
            data = self._path(self._oldest).read_bytes()
            if _header(data) is not None:
                for start, line in _lines(data):
                    operation = from_line(line) if start else None
                    if operation is not None:
                        heads.append(_head(operation, self._oldest, start, len(line)))
        self.stack = Stack([*heads, *self.stack.heads])
        return True

    def _take(self, operation: Operation, head: Head) -> None:
        self.stack.take(head)
        self.last = operation
        self._last_id = max(self._last_id, int(operation.id, 16))
        for change in operation.changes:
            before = change.before["revision"] if change.before else 0
            after = change.after["revision"] if change.after else 0
            if after < before:
                self._used[change.id] = max(before, self.used(change.id))
            elif after >= self.used(change.id):
                self._used.pop(change.id, None)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}{SUFFIX}"


def pieces(folder: Path) -> dict[int, Path]:
    """Return the pieces of a history by number, in order; none if there is no folder."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    found = ((name, _NAME.match(name)) for name in names)
    return {int(match[1]): folder / name for name, match in found if match}


def read_piece(data: bytes) -> Iterator[tuple[Operation, Mapping[str, str]]]:
    """Yield the operations of a piece with who made them where; nothing if it is none of ours."""
    if _header(data) is None:
        return
    who = json.loads(data[: data.index(b"\n")])
    for start, line in _lines(data):
        operation = from_line(line) if start else None
        if operation is not None:
            yield operation, who


def piece_problem(path: Path, *, whole: bool = False) -> str:
    """Say what is wrong with a piece's header (or `whole`), "" if nothing; a torn end is no fault.

    Raises OSError.
    """
    with path.open("rb") as file:
        data = file.read() if whole else file.readline()
    if _header(data) is None:
        return Said("not a history that this version knows; left as it is")
    wrong = sum(from_line(line) is None for start, line in _lines(data) if start)
    return Said("damaged lines: {n}; left as they are", n=wrong) if wrong else ""


def _header(data: bytes) -> dict[str, int] | None:
    """Return the revisions in use that a header hands on; None if it is none that we know."""
    try:
        header = json.loads(data[: data.index(b"\n")])
        if header["format"] != FORMAT or header["schema"] != SCHEMA:
            return None
        used: dict[str, int] = header["used"]
        sound = all(type(number) is int for number in used.values())
        texts = isinstance(header["reviewer"], str) and isinstance(header["device"], str)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return used if sound and texts else None


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the whole lines, each with its first byte's place."""
    start = 0
    while (end := data.find(b"\n", start) + 1) > 0:
        yield start, data[start:end]
        start = end


def _head(operation: Operation, piece: int, start: int, size: int) -> Head:
    return Head(
        operation.id, operation.label, operation.undoes, operation.redoes, piece, start, size
    )
