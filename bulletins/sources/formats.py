"""Which format bytes are in, and the reader for it; each reader's library is loaded when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.said import Said, SaidError
from bulletins.sources.encodings import NotTextError, decode

if TYPE_CHECKING:
    from bulletins.sources.lines import Page

_SIGNATURES = (
    (b"\x89PNG", Said("a picture (PNG), not text")),
    (b"\xff\xd8\xff", Said("a picture (JPEG), not text")),
    (b"GIF8", Said("a picture (GIF), not text")),
    (b"\x7fELF", Said("a program (ELF), not text")),
    (b"MZ\x90", Said("a program, not text")),
    (b"\x1f\x8b", Said("compressed (gzip); unpack it first")),
    (b"BZh", Said("compressed (bzip2); unpack it first")),
    (b"\xfd7zXZ", Said("compressed (xz); unpack it first")),
    (b"7z\xbc\xaf", Said("an archive (7z); unpack it first")),
    (b"Rar!", Said("an archive (RAR); unpack it first")),
    (b"\xd0\xcf\x11\xe0", Said("an old Office document; save it as .docx or .txt first")),
    (b"{\\rtf", Said("rich text; save it as .docx or .txt first")),
    (b"SQLite format 3", Said("a database, not text")),
)
_OFFICE = (
    (b"xl/workbook.xml", Said("a spreadsheet; save its text as a .txt file first")),
    (b"ppt/presentation.xml", Said("slides; save their text as a .txt file first")),
    (b"mimetypeapplication/vnd.oasis", Said("an OpenDocument file; save it as .docx first")),
)
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_WEB = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")


class FormatError(SaidError):
    """The bytes are no bulletin that can be read; `str()` says what they are and what to do."""


def is_container(data: bytes, name: str) -> bool:
    """Say whether bytes hold other files: an archive that is no document, or a mail."""
    from bulletins.sources.containers import is_mail

    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return not _is_word(data) and not any(sign in data for sign, _ in _OFFICE)
    return not is_pdf(data) and is_mail(data, name)


def pages_of_bytes(data: bytes, name: str) -> tuple[Page, ...]:
    """Read a document by what its bytes are, and by its name where those leave it open.

    Raises FormatError.
    """
    if is_pdf(data):
        return _pdf(data)
    if data.startswith(_ZIP):
        if not _is_word(data):
            what = next((what for sign, what in _OFFICE if sign in data), "an archive in another")
            raise FormatError("is {what}", what=what)
        return _word(data)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise FormatError("is {what}", what=what)
    if _is_web(data, name):
        return _web(data)
    try:
        text = decode(data)
    except NotTextError:
        raise FormatError("is not text that can be read; save it as UTF-8 text first") from None
    if name.lower().endswith(_MARKDOWN):
        from bulletins.sources.markdown import pages_of_markdown

        return pages_of_markdown(text)
    from bulletins.sources.text import pages_of

    return pages_of(text)


def is_pdf(data: bytes) -> bool:
    """Say whether `data` is a PDF; its head may stand behind some other bytes."""
    return data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"endobj" in data)


def _pdf(data: bytes) -> tuple[Page, ...]:
    from bulletins.sources.pdf import pages_of_pdf
    from bulletins.sources.pdf_document import PdfError

    try:
        return pages_of_pdf(data)
    except PdfError as error:
        raise FormatError(error.said) from None


def _is_word(data: bytes) -> bool:
    return b"word/document.xml" in data or b"word/_rels/" in data


def _word(data: bytes) -> tuple[Page, ...]:
    from bulletins.sources.word import WordError, pages_of_word

    try:
        return pages_of_word(data)
    except WordError as error:
        raise FormatError(error.said) from None


def _is_web(data: bytes, name: str) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return True
    return name.lower().endswith(_WEB) and b"<" in data


def _web(data: bytes) -> tuple[Page, ...]:
    from bulletins.sources.web import declared_charset, pages_of_web

    try:
        text = decode(data)
    except NotTextError:
        raise FormatError("is not text that can be read; save it as UTF-8 text first") from None
    charset = None if _is_utf(data) else declared_charset(data)
    if charset is not None:
        said = data.decode(charset, "replace")
        # Pages are saved in another encoding than they say: what reads worse is not believed.
        text = said if said.count("\ufffd") <= text.count("\ufffd") else text
    return pages_of_web(text)


def _is_utf(data: bytes) -> bool:
    """Say whether bytes are Unicode beyond doubt, whatever the page says."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
