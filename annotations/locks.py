"""Turns among the processes of one device; never a lock on a data file, whose inode changes."""

from __future__ import annotations

from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

from annotations.durable import make_folder
from annotations.files import reason
from annotations.model import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

PATIENCE = 10.0  # seconds


class DeviceLock:
    """A lock that threads and processes of one device take in turn; may be taken again inside.

    The system lets go of it when its process dies, so a killed process leaves none behind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.threads = RLock()
        self._lock: BaseFileLock | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises StoreError if another process keeps it for PATIENCE seconds."""
        with self.threads:
            lock = self._file_lock()
            from filelock import Timeout

            try:
                lock.acquire(timeout=PATIENCE, poll_interval=0.002)
            except Timeout as error:
                raise StoreError(
                    f"{self.path}: another Kuaibao has been saving for over {PATIENCE:.0f} s"
                ) from error
            except OSError as error:
                raise StoreError(f"{self.path}: can't be locked: {reason(error)}") from error
            except NotImplementedError as error:
                raise StoreError(f"{self.path}: this file system knows no locks") from error
            try:
                yield
            finally:
                lock.release()

    def _file_lock(self) -> BaseFileLock:
        if self._lock is None:
            from filelock import FileLock  # 20 ms: not before something is saved

            try:
                make_folder(self.path.parent)
            except OSError as error:
                raise StoreError(f"{self.path}: can't be made: {reason(error)}") from error
            self._lock = FileLock(self.path)
        return self._lock
