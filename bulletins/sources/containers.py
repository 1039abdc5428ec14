"""Archives and mails that hold bulletins: `folder/issues.zip/2024/08.pdf` names one of them."""

from __future__ import annotations

import io
import os
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from bulletins.said import SaidError
from bulletins.sources.mail_text import sent_text

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

MAX_MEMBERS = 2_000
MAX_MEMBER = 256 * 1024 * 1024  # bytes, unpacked
MAX_RATIO = 200  # an honest file is packed to no less than a 200th
SMALL = 1 << 20  # bytes; below it the ratio says nothing
SUFFIXES = (".zip", ".eml")
READABLE = (".pdf", ".txt", ".docx", ".html", ".htm", ".md", ".markdown")
_NAMED_PART = (b"name=", b"name*", b"Name=", b"Name*", b"NAME=", b"NAME*")
MAIL_TEXT = ("text.html", "text.txt")
"""What the text of a mail itself is called, where it is the bulletin."""


class ContainerError(SaidError):
    """An archive or mail that can't be opened; `str()` says why."""


class Member(NamedTuple):
    """A file in a container: its name, with `/` between folders, and its bytes."""

    name: str
    data: bytes


def split(path: Path) -> tuple[Path, str]:
    """Part a path into the file on the disk and the member's name in it, "" for the file itself."""
    inner: list[str] = []
    at = path
    while not os.path.lexists(at) and at.parent != at:
        inner.insert(0, at.name)
        at = at.parent
    if inner and at.is_file() and at.name.lower().endswith(SUFFIXES):
        return at, "/".join(inner)
    return path, ""


def is_mail(data: bytes, name: str) -> bool:
    """Say whether this is a mail: by its name, or by the headers that it begins with."""
    head = data[:2000].lower()
    return name.lower().endswith(".eml") or (
        head.startswith((b"received:", b"return-path:", b"delivered-to:", b"mime-version:"))
        and b"\nsubject:" in data[:20_000].lower()
    )


def bulletins_in(path: Path) -> list[Path]:
    """List the bulletins in an archive or a mail on the disk, [] if there are none.

    Of an archive only the index is read. A mail with one bulletin, or with none but its own text,
    is listed as itself.

    Raises ContainerError.
    """
    if path.name.lower().endswith(".eml"):
        return _in_mail(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return [path / shown for shown, _ in _packed(archive)]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ContainerError("is a damaged archive; pack it anew") from None


def _in_mail(path: Path) -> list[Path]:
    try:
        if path.stat().st_size > MAX_MEMBER:
            return [path]
        data = path.read_bytes()
    except OSError:
        return [path]  # whoever reads it says why it can't be read
    # Parsing a mail takes time; what has no two named parts needs none.
    if sum(map(data.count, _NAMED_PART)) < 2:
        return [path]
    names = [one.name for one in _mailed(data)]
    return [path / name for name in names] if len(names) > 1 else [path]


def member_names(data: bytes, name: str) -> list[str]:
    """List the bulletins that a container holds, in its own order. Raises ContainerError."""
    if is_mail(data, name):
        return [one.name for one in _mailed(data)]
    return [shown for shown, _ in _packed(_opened(data))]


def member(data: bytes, name: str, wanted: str) -> Member:
    """Take one bulletin out of a container by its name. Raises ContainerError."""
    if is_mail(data, name):
        found = next((one for one in _mailed(data) if one.name == wanted), None)
        if found is None:
            raise ContainerError("holds no {wanted}; look at its attachments", wanted=wanted)
        return found
    archive = _opened(data)
    entry = next((entry for shown, entry in _packed(archive) if shown == wanted), None)
    if entry is None:
        raise ContainerError("holds no {wanted}; look at what is in it", wanted=wanted)
    return Member(wanted, _unpacked(archive, entry))


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ContainerError("is a damaged archive; pack it anew") from None


def _packed(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    found: list[tuple[str, zipfile.ZipInfo]] = []
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        raise ContainerError("holds more than {most} files; unpack it first", most=MAX_MEMBERS)
    for entry in entries:
        shown = _name(entry)
        parts = shown.split("/")
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if not entry.is_dir() and not hidden and shown.lower().endswith(READABLE):
            found.append((shown, entry))
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """Give a member's name; archives made in China without the UTF-8 flag hold GBK."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            try:
                name = raw.decode("utf-8")
            except UnicodeDecodeError:
                name = raw.decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 0x1:
        raise ContainerError("is locked with a password; unpack it first")
    if entry.file_size > MAX_MEMBER or (
        entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
    ):
        raise ContainerError("unpacks to far more than a bulletin; it is not read")
    try:
        with archive.open(entry) as file:
            data = file.read(MAX_MEMBER + 1)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError):
        raise ContainerError("is a damaged archive; pack it anew") from None
    except Exception as error:  # zlib and lzma have errors of their own, which no base class joins
        if type(error).__module__ in ("zlib", "_lzma", "lzma", "bz2", "_bz2"):
            raise ContainerError("is a damaged archive; pack it anew") from None
        raise
    if len(data) > entry.file_size:
        raise ContainerError("holds more than it says; it is not read")
    return data


def _mailed(data: bytes) -> list[Member]:
    """Give the bulletins that are attached, else the text of the mail itself."""
    from email import message_from_bytes, policy

    try:
        mail: EmailMessage = message_from_bytes(data, policy=policy.default)
        found = _attached(mail)
        return found or _said(mail)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        # Broken headers fail in many places of the standard library's parser.
        raise ContainerError("is a damaged mail; save its attachment as a file") from None


def _attached(mail: EmailMessage) -> list[Member]:
    found: list[Member] = []
    taken: set[str] = set()
    for number, part in enumerate(mail.walk()):
        if number > MAX_MEMBERS:
            break
        name = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
        if part.is_multipart() or not name.lower().endswith((*READABLE, ".zip")):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if name.lower().endswith(".zip"):
            archive = _opened(content)
            for shown, entry in _packed(archive):
                found.append(Member(f"{name}/{shown}", _unpacked(archive, entry)))
            continue
        shown = name
        count = 1
        while shown in taken:
            count += 1
            stem, dot, suffix = name.rpartition(".")
            shown = f"{stem} ({count}){dot}{suffix}"
        taken.add(shown)
        found.append(Member(shown, content))
    return found


def _said(mail: EmailMessage) -> list[Member]:
    for kind, name in zip(("html", "plain"), MAIL_TEXT, strict=True):
        body = mail.get_body(preferencelist=(kind,))
        if body is not None:
            content = body.get_content()
            if isinstance(content, str) and content.strip():
                content = sent_text(content) if kind == "plain" else content
                return [Member(name, content.encode("utf-8", "replace"))]
    return []
