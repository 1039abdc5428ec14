"""Replace a file so that a crash, a full disk or a cut wire leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Signature = tuple[int, int, int]  # inode, size in bytes, mtime in ns

_PART = 1 << 17  # bytes written at once where they are in pieces, and read back at a time
_TEMPORARY = re.compile(r"\..{1,120}\.(\d{1,10})-[0-9a-f]{16}\.tmp\Z", re.DOTALL)


def signature(path: Path | str) -> Signature | None:
    """Return what changes whenever a file is replaced or rewritten; None if there is no file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - half the time, and each save asks several times
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def write_atomic(path: Path, data: bytes | Sequence[bytes]) -> Signature:
    """Replace `path` by `data`, whole or in pieces; when this returns, it is on the disk.

    The old file stays until the new one was written, synced and read back. Symbolic links are
    followed and permissions kept. Raises OSError, and then the old file is as it was (unless only
    the folder's own sync failed, where the new one may already be in place).
    """
    new = Replacement(path, data)
    new.sync()
    return new.finish()


class Replacement:
    """A file that is to take the place of `path`, in the three steps of write_atomic().

    It is written, and its way to the disk begun, when this is made; sync() puts it there; finish()
    gives it its name. Each raises OSError, and then the old file is as it was (unless only the
    folder's own sync failed) and no other is left. drop() takes it away at any time before.
    """

    def __init__(self, path: Path, data: bytes | Sequence[bytes]) -> None:
        pieces = (data,) if isinstance(data, bytes) else data
        if len(pieces) > 1 and sum(map(len, pieces)) <= _PART:
            pieces = (b"".join(pieces),)
        # A folder's link leads both names to one place; only one of the file itself must be known.
        self._target = os.path.realpath(path) if os.path.islink(path) else str(path)  # noqa: PTH114
        folder, name = os.path.split(self._target)
        self._folder = folder or os.curdir
        unique = f"{os.getpid()}-{os.urandom(8).hex()}"
        self._temporary = os.path.join(self._folder, f".{name[:60]}.{unique}.tmp")  # noqa: PTH118
        self._pieces = pieces
        self._signature: Signature | None = None
        mode = _mode(self._target)
        self._handle: int | None = _create(self._temporary)
        try:
            for piece in pieces:
                _write_all(self._handle, piece)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(self._handle, mode)
            # Clock ticks of a file system are coarse and inodes are used again: a time of our own
            # keeps two saves within one tick apart for every other process.
            now = time.time_ns()
            which = self._handle if os.utime in os.supports_fd else self._temporary
            os.utime(which, ns=(now, now))
            begin_sync(self._handle)
        except BaseException:
            self.drop()
            raise

    def sync(self) -> None:
        """Put the file on the disk under its temporary name, and read it back."""
        handle = self._handle
        assert handle is not None
        try:
            os.fsync(handle)
            _compare(handle, self._pieces, self._temporary)
            status = os.fstat(handle)
            self._signature = status.st_ino, status.st_size, status.st_mtime_ns
            self._close()
        except BaseException:
            self.drop()
            raise

    def finish(self) -> Signature:
        """Put it in its place, durably, after sync(); return the new file's signature."""
        assert self._signature is not None
        try:
            os.replace(self._temporary, self._target)  # noqa: PTH105
        except BaseException:
            self.drop()
            raise
        _sync(self._folder)
        return self._signature

    def drop(self) -> None:
        """Take it away if it is not in its place."""
        with contextlib.suppress(OSError):
            self._close()
        with contextlib.suppress(OSError):
            os.unlink(self._temporary)  # noqa: PTH108

    def _close(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def begin_sync(handle: int) -> None:
    """Ask the system to begin to write a file out, where it can be asked.

    So two files are on their way at once, and the sync of one need not wait for that of the other.
    Linux does so when it is told that what was written will not be needed soon.
    """
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def remove(path: Path) -> None:
    """Take a file away if it is there; it is gone for good when this returns. Raises OSError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, each name synced to the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        why = os.strerror(errno.ENOTDIR)
        raise NotADirectoryError(errno.ENOTDIR, why, str(folder)) from error
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system lets a folder be opened."""
    _sync(str(folder))


def clean_up(folder: Path) -> None:
    """Remove temporary files that processes which no longer run left in `folder`."""
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            if is_abandoned(name):
                (folder / name).unlink()


def is_abandoned(name: str) -> bool:
    """Tell whether a file name is one of ours in the making whose process no longer runs here."""
    match = _TEMPORARY.match(name)
    return match is not None and not _runs(int(match[1]))


def is_temporary(name: str) -> bool:
    """Tell whether a file name is one of ours in the making."""
    return _TEMPORARY.match(name) is not None


_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def _create(temporary: str) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _CLOEXEC | _BINARY
    try:
        return os.open(temporary, flags, 0o666)
    except FileNotFoundError:
        make_folder(Path(temporary).parent)
        return os.open(temporary, flags, 0o666)


def _sync(folder: str) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mode(target: str) -> int | None:
    """Return the permission bits of an existing file; refuse what may not or can't be replaced."""
    try:
        status = os.stat(target)  # noqa: PTH116
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{target} is not a regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is marked read-only", target)
    return stat.S_IMODE(status.st_mode)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _compare(handle: int, pieces: Sequence[bytes], path: str) -> None:
    """Read back what was written, in parts that need no new memory of the system."""
    os.lseek(handle, 0, os.SEEK_SET)
    for piece in pieces:
        at = 0
        while at < len(piece):
            part = os.read(handle, min(len(piece) - at, _PART))
            if not part or not piece.startswith(part, at):  # compares in place
                raise OSError(f"{path} reads back differently from what was written")
            at += len(part)


def _runs(process: int) -> bool:
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
