"""Translate what the user sees; English is the message id, translated when drawn."""

from __future__ import annotations

import gettext
from pathlib import Path

from bulletins.said import Said, said_by

DOMAIN = "kuaibao"
_translations: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Draw in `language` ("en", "zh_CN"); an unknown one falls back to English."""
    global _translations
    _translations = gettext.translation(
        DOMAIN, localedir=Path(__file__).parent, languages=[language], fallback=True
    )


def tr(message: str) -> str:
    """Translate one message; "" stays "" (gettext would give the catalogue's header)."""
    return _translations.gettext(message) if message else message


def ntr(singular: str, plural: str, number: int) -> str:
    """Translate a message that counts, then fill in `{n}`."""
    return _translations.ngettext(singular, plural, number).format(n=number)


def told(line: str | BaseException) -> str:
    """Say a line of the core, or the one of an error, in the reader's language."""
    said = said_by(line) if isinstance(line, BaseException) else line
    if not isinstance(said, Said) or not said.values:
        return tr(said)
    values = said.values.items()
    filled = {name: told(one) if isinstance(one, Said) else one for name, one in values}
    return tr(said.template).format(**filled)


def mark(message: str) -> str:
    """Mark a message for translation where it stands in data; whoever draws it calls `tr`."""
    return message


# What systems say of files most often; the core passes it on as it is.
SYSTEM = (
    mark("Bad file descriptor"),
    mark("Connection timed out"),
    mark("Device or resource busy"),
    mark("Disk quota exceeded"),
    mark("File exists"),
    mark("File name too long"),
    mark("File too large"),
    mark("Input/output error"),
    mark("Is a directory"),
    mark("Network is unreachable"),
    mark("No space left on device"),
    mark("No such device"),
    mark("No such file or directory"),
    mark("Not a directory"),
    mark("Operation not permitted"),
    mark("Permission denied"),
    mark("Read-only file system"),
    mark("Stale file handle"),
    mark("Too many levels of symbolic links"),
    mark("Too many open files"),
    mark("Transport endpoint is not connected"),
    mark("the file is marked read-only"),
)
