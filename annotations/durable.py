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
    pieces = (data,) if isinstance(data, bytes) else data
    if len(pieces) > 1 and sum(map(len, pieces)) <= _PART:
        pieces = (b"".join(pieces),)
    # A link of a folder leads both names to one place; only one of the file itself must be known.
    target = os.path.realpath(path) if os.path.islink(path) else str(path)  # noqa: PTH114
    folder, name = os.path.split(target)
    folder = folder or os.curdir
    mode = _mode(target)
    temporary = os.path.join(folder, f".{name[:60]}.{os.getpid()}-{os.urandom(8).hex()}.tmp")  # noqa: PTH118
    handle = _create(temporary)
    try:
        try:
            for piece in pieces:
                _write_all(handle, piece)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            # Clock ticks of a file system are coarse and inodes are used again: a time of our own
            # keeps two saves within one tick apart for every other process.
            now = time.time_ns()
            os.utime(handle if os.utime in os.supports_fd else temporary, ns=(now, now))
            os.fsync(handle)
            _compare(handle, pieces, temporary)
            status = os.fstat(handle)
        finally:
            os.close(handle)
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    _sync(folder)
    return status.st_ino, status.st_size, status.st_mtime_ns


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
