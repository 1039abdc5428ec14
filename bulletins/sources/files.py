"""The door by which a file comes in: is it a file, can it be read, is it text."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING

from bulletins.model import ReadError
from bulletins.sources.encodings import NotTextError, decode
from bulletins.sources.lines import Source
from bulletins.sources.text import pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from bulletins.sources.lines import Page

MAX_BYTES = 256 * 1024 * 1024

_SIGNATURES = (
    (b"\x89PNG", "a picture (PNG), not text"),
    (b"\xff\xd8\xff", "a picture (JPEG), not text"),
    (b"GIF8", "a picture (GIF), not text"),
    (b"\x7fELF", "a program (ELF), not text"),
    (b"MZ\x90", "a program, not text"),
    (b"\x1f\x8b", "compressed (gzip); unpack it first"),
    (b"BZh", "compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ", "compressed (xz); unpack it first"),
    (b"7z\xbc\xaf", "an archive (7z); unpack it first"),
    (b"PK\x03\x04", "an archive or Office document; save its text as a .txt file first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save its text as a .txt file first"),
    (b"{\\rtf", "rich text; save it as a plain .txt file first"),
    (b"SQLite format 3", "a database, not text"),
)


def read_pages(path: Path) -> Source:
    """Read the file at `path` into pages of lines. Raises ReadError, never anything else."""
    data = _bytes_of(path)
    if is_pdf(data):
        return Source(str(path), hashlib.sha256(data).hexdigest(), _pages_of_pdf(path, data))
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(str(path), f"is {what}")
    try:
        pages = pages_of(decode(data))
    except NotTextError:
        raise ReadError(
            str(path), "is not text that can be read; save it as UTF-8 text first"
        ) from None
    if not pages:
        raise ReadError(str(path), "holds no text; choose a file with a bulletin in it")
    return Source(str(path), hashlib.sha256(data).hexdigest(), pages)


def _pages_of_pdf(path: Path, data: bytes) -> tuple[Page, ...]:
    # PDFs take a library of their own, which texts need not wait for.
    from bulletins.sources.pdf import pages_of_pdf
    from bulletins.sources.pdf_document import PdfError

    try:
        return pages_of_pdf(data)
    except PdfError as error:
        raise ReadError(str(path), str(error)) from None


def is_pdf(data: bytes) -> bool:
    """Say whether `data` is a PDF; its head may stand behind some other bytes."""
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"endobj" in data)


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


_TOO_LARGE = f"is larger than {MAX_BYTES // 1024 // 1024} MB; split it first"


def _check(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ReadError(str(path), "is a folder, not a file; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(str(path), "is not a regular file (a pipe, socket or device)")
    if status.st_size > MAX_BYTES:
        raise ReadError(str(path), _TOO_LARGE)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "is a symbolic link that leads back to itself"
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return "has a name that is too long"
    if isinstance(error, OSError) and error.strerror:
        return f"can't be read: {error.strerror.lower()}"
    return "can't be read: its name is not valid"
