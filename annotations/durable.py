"""Replace a file so that a crash, a full disk or a cut wire leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from pathlib import Path

Signature = tuple[int, int, int]  # inode, size in bytes, mtime in ns

_TEMPORARY = re.compile(r"\..{1,120}\.(\d{1,10})-[0-9a-f]{16}\.tmp\Z", re.DOTALL)


def signature(path: Path) -> Signature | None:
    """Return what changes whenever a file is replaced or rewritten; None if there is no file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def write_atomic(path: Path, data: bytes) -> Signature:
    """Replace `path` by `data`; when this returns, the bytes and the name are on the disk.

    The old file stays until the new one was written, synced and read back. Symbolic links are
    followed and permissions kept. Raises OSError, and then the old file is as it was (unless only
    the folder's own sync failed, where the new one may already be in place).
    """
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    mode = _mode(target)
    name = f".{target.name[:60]}.{os.getpid()}-{os.urandom(8).hex()}.tmp"
    temporary = target.with_name(name)
    handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _CLOEXEC | _BINARY, 0o666)
    try:
        try:
            _write_all(handle, data)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            # Clock ticks of a file system are coarse and inodes are used again: a time of our own
            # keeps two saves within one tick apart for every other process.
            now = time.time_ns()
            os.utime(handle if os.utime in os.supports_fd else temporary, ns=(now, now))
            os.fsync(handle)
            _compare(handle, data, temporary)
            status = os.fstat(handle)
        finally:
            os.close(handle)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)
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
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clean_up(folder: Path) -> None:
    """Remove temporary files that processes which no longer run left in `folder`."""
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            match = _TEMPORARY.match(name)
            if match and not _runs(int(match[1])):
                (folder / name).unlink()


def is_temporary(name: str) -> bool:
    """Tell whether a file name is one of ours in the making."""
    return _TEMPORARY.match(name) is not None


_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def _mode(target: Path) -> int | None:
    """Return the permission bits of an existing file; refuse what may not or can't be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{target} is not a regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is marked read-only", str(target))
    return stat.S_IMODE(status.st_mode)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _compare(handle: int, data: bytes, path: Path) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    at = 0
    while at < len(data):
        piece = os.read(handle, min(len(data) - at, 1 << 22))
        # Whole bytes are compared by memcmp; views would be compared item by item.
        if not piece or piece != data[at : at + len(piece)]:
            raise OSError(f"{path} reads back differently from what was written")
        at += len(piece)


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
