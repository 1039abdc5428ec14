"""What readers type, made fit for keeping, and folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from annotations.model import StoreError
from bulletins.said import Said

_DATES = (
    re.compile(r"([0-9]{4})(?:年(?:([0-9]{1,2})月(?:([0-9]{1,2})[日号])?)?)?"),
    re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)"),
)


def note_text(text: str) -> str:
    """Return a note as it is kept: LF line ends, no control characters, no blank edges.

    Raises StoreError for half of a surrogate pair and for a note of nothing but blanks.
    """
    from bulletins.sources.plain import plain

    refuse_surrogates(text)
    kept = plain(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not kept:
        raise StoreError("an empty note is not kept")
    return kept


def line_text(text: str, what: str) -> str:
    """Return one line as it is kept (a tag's name, a title). `what` names it in a StoreError."""
    from bulletins.sources.plain import plain

    refuse_surrogates(text)
    kept = " ".join(plain(text.replace("\r", "\n")).split())
    if not kept:
        raise StoreError("the {what} is empty", what=Said(what))
    return kept


def refuse_surrogates(text: str) -> None:
    """Raise StoreError if `text` can't be written as UTF-8."""
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        raise StoreError("the text holds half of a surrogate pair and can't be kept")


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Fold a tag's name for comparing: width, case and blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def fold_text(text: str) -> str:
    """Fold running text for comparing: only letters and digits count, in one width and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def date_text(text: str) -> str:
    """Return a date as people write it ("2024-8", "2024年8月6日", "２０２４/8/6") as an ISO date.

    Raises StoreError for what is no year, month or day.
    """
    wanted = "".join(unicodedata.normalize("NFKC", text).split())
    for pattern in _DATES:
        found = pattern.fullmatch(wanted)
        if found:
            year, *rest = found.groups()
            return iso_date("-".join([year, *(part.zfill(2) for part in rest if part)]))
    return iso_date(wanted)


def iso_date(text: str) -> str:
    """Return an ISO date of a year, month or day ("2024", "2024-08", "2024-08-06").

    Raises StoreError for anything else.
    """
    from datetime import date

    wanted = text.strip()
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", wanted):
        try:
            date.fromisoformat((wanted + "-01-01")[:10])
        except ValueError:
            pass
        else:
            return wanted
    raise StoreError("a date is a year, a month or a day: 2024, 2024-08 or 2024-08-06")
