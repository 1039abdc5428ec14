"""The door by which a file comes in: is it a file, can it be read, is it text."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING

from bulletins.model import ReadError
from bulletins.said import Said
from bulletins.sources.lines import Source

if TYPE_CHECKING:
    from pathlib import Path


MAX_BYTES = 256 * 1024 * 1024


def read_pages(path: Path) -> Source:
    """Read the file at `path` into pages of lines. Raises ReadError, never anything else.

    A path may lead into an archive or a mail (see bulletins.sources.containers); one that holds a
    single bulletin is read as that.
    """
    from bulletins.sources.formats import FormatError, pages_of_bytes

    data, name = _document(path)
    try:
        pages = pages_of_bytes(data, name)
    except FormatError as error:
        raise ReadError(str(path), error.said) from None
    if not pages:
        raise ReadError(str(path), "holds no text; choose a file with a bulletin in it")
    return Source(str(path), hashlib.sha256(data).hexdigest(), pages)


def _document(path: Path) -> tuple[bytes, str]:
    """Give the bytes of a document and its name, out of the container that it is in."""
    from bulletins.sources.containers import ContainerError, member, member_names, split
    from bulletins.sources.formats import is_container

    file, inner = split(path)
    data = _bytes_of(file)
    if not inner and not is_container(data, file.name):
        return data, file.name
    try:
        names = [inner] if inner else member_names(data, file.name)
        if not names:
            raise ReadError(str(path), "holds no bulletin; look at what is in it")
        if len(names) > 1:
            raise ReadError(
                str(path),
                "holds {count} bulletins; name one: {path}/{name}",
                count=len(names),
                path=path,
                name=names[0],
            )
        found = member(data, file.name, names[0])
    except ContainerError as error:
        raise ReadError(str(path), error.said) from None
    return found.data, found.name


def _bytes_of(path: Path) -> bytes:
    # Looking before opening: the open of a pipe would wait, that of a device may act.
    try:
        _check(path, os.stat(path))  # noqa: PTH116
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check(path, os.fstat(file.fileno()))
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ReadError(str(path), _why(error)) from None
    if len(data) > MAX_BYTES:
        raise ReadError(str(path), _TOO_LARGE)
    if not data:
        raise ReadError(str(path), "is empty; choose a file with a bulletin in it")
    return data


_TOO_LARGE = Said("is larger than {size} MB; split it first", size=MAX_BYTES // 1024 // 1024)


def _check(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ReadError(str(path), "is a folder, not a file; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(str(path), "is not a regular file (a pipe, socket or device)")
    if status.st_size > MAX_BYTES:
        raise ReadError(str(path), _TOO_LARGE)


def _why(error: OSError | ValueError) -> Said:
    if isinstance(error, FileNotFoundError):
        return Said("does not exist; check the name")
    if isinstance(error, PermissionError):
        return Said("may not be read; change its permissions")
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return Said("is a symbolic link that leads back to itself")
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return Said("has a name that is too long")
    if isinstance(error, OSError) and error.strerror:
        return Said("can't be read: {why}", why=Said(error.strerror))
    return Said("can't be read: its name is not valid")
