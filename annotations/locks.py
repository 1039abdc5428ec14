"""Turns among the processes of one device; never a lock on a data file, whose inode changes."""

from __future__ import annotations

import contextlib
import os
import time
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

from annotations.durable import make_folder
from annotations.files import reason
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 10.0  # seconds
_PAUSE = 0.002  # seconds between two attempts
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class DeviceLock:
    """A lock that threads and processes of one device take in turn; may be taken again inside.

    The system lets go of it when its process dies, so a killed process leaves none behind. The
    lock file is opened once and never removed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.threads = RLock()
        self._depth = 0
        self._handle: int | None = None
        self._process = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises StoreError if another process keeps it for PATIENCE seconds."""
        with self.threads:
            if self._depth == 0:
                self._acquire()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()

    @property
    def is_held(self) -> bool:
        """Whether a thread of this process holds the lock; ask it only with `threads` held."""
        return self._depth > 0

    def close(self) -> None:
        """Close the lock file; it is opened again when it is needed."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)

    def __del__(self) -> None:
        self.close()

    def _acquire(self) -> None:
        try:
            until = time.monotonic() + PATIENCE
            while not self._try():
                if time.monotonic() >= until:
                    raise StoreError(
                        "{path}: another Kuaibao has been saving for over {seconds:.0f} s",
                        path=self.path,
                        seconds=PATIENCE,
                    )
                time.sleep(_PAUSE)
        except OSError as error:
            self.close()
            raise StoreError(
                "{path}: can't be locked: {why}", path=self.path, why=reason(error)
            ) from error

    def _try(self) -> bool:
        from filelock import lock_descriptor  # 20 ms: not before something is saved

        # A child of fork() shares the lock of an open file with its parent, and needs its own.
        if self._handle is None or self._process != os.getpid():
            self.close()
            self._handle, self._process = self._open(), os.getpid()
        if not lock_descriptor(self._handle, blocking=False):
            return False
        if self._is_in_place(self._handle):
            return True
        self.close()  # and with it the lock: the file was removed, and others lock another one
        return False

    def _release(self) -> None:
        from filelock import unlock_descriptor

        if self._handle is not None:
            try:
                unlock_descriptor(self._handle)
            except OSError:
                self.close()

    def _open(self) -> int:
        try:
            return os.open(self.path, _FLAGS, 0o666)
        except FileNotFoundError:
            pass
        try:
            make_folder(self.path.parent)
            return os.open(self.path, _FLAGS, 0o666)
        except OSError as error:
            raise StoreError(
                "{path}: can't be made: {why}", path=self.path, why=reason(error)
            ) from error

    def _is_in_place(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self.path))  # noqa: PTH116
        except FileNotFoundError:
            return False
