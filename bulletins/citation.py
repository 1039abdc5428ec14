"""Cite an article the way Chinese readers write it: GB/T 7714, of 2015 or of 2025."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Edition = Literal["2025", "2015"]
EDITIONS: tuple[Edition, ...] = ("2025", "2015")

_NAMED = 3  # authors
# Of 2025: these marks are full-width, the full stop and square brackets are not.
_FULL = str.maketrans({",": "，", ":": "：", "(": "（", ")": "）"})
_WITHIN_YEAR = (
    re.compile(r"(?<!总)第\s*([0-9]{1,4})\s*[期号]"),
    re.compile(r"(?:19|20)[0-9]{2}\s*[-–—./年]\s*([0-9]{1,3})\s*(?:[期号月])?\Z"),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f .,'’-]+\Z")


class Cited(Protocol):
    """What a citation needs of an article: an Article or a reference to one."""

    @property
    def title(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def authors(self) -> tuple[str, ...]: ...
    @property
    def date(self) -> str | None: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


def cite(
    article: Cited,
    *,
    publication: str,
    number: str = "",
    date: str = "",
    edition: Edition = "2025",
    accessed: str | None = None,
) -> str:
    """Cite an article of a bulletin as a contribution to a serial publication.

    `number` and `date` are the issue's, `accessed` is the ISO day on which the article's first
    source was looked at. What isn't known is left out. Without a publication the source itself is
    cited, as an electronic resource. docs/formats.md names the rules and what is uncertain.
    """
    marks = _marks(edition)
    url = article.sources[0] if article.sources else ""
    head = _authors(article.authors, marks)
    title = article.title.strip().rstrip(".。")
    if not publication:
        return head + title + _electronic(url, article.date or date, accessed, marks)
    where = publication + _when(date, number, marks)
    if article.page > 0:
        where += f"{marks(':')}{article.page}"
    if not url:
        return f"{head}{title}[J]. {where}."
    # In 2025 only what exists on the net alone has a date of access.
    access = f"[{accessed}]" if accessed and edition == "2015" else ""
    return f"{head}{title}[J/OL]. {where}{access}. {url}."


def issue_number(number: str) -> str:
    """Return an issue's number within its year: `2024年第8期` is 8; else as it is written."""
    for pattern in _WITHIN_YEAR:
        match = pattern.search(number)
        if match:
            return match[1].lstrip("0") or "0"
    return number.strip()


def quote(text: str, citation: str) -> str:
    """Put a passage in quotation marks, with where it comes from below."""
    return f"“{text}”\n—— {citation}" if citation else f"“{text}”"


class _Marks(Protocol):
    def __call__(self, text: str) -> str: ...


def _marks(edition: Edition) -> _Marks:
    def full(text: str) -> str:
        return text.translate(_FULL)

    def half(text: str) -> str:
        return text

    return full if edition == "2025" else half


def _authors(authors: Sequence[str], marks: _Marks) -> str:
    if not authors:
        return ""
    comma = marks(",")
    named = comma.join(author.strip() for author in authors[:_NAMED])
    if len(authors) > _NAMED:
        named += comma + ("et al" if all(_LATIN.match(one) for one in authors[:_NAMED]) else "等")
    return f"{named}. "


def _when(date: str, number: str, marks: _Marks) -> str:
    """Give year and number; a serial without numbers is known by its whole date."""
    shown = issue_number(number)
    year = date if not shown else date[:4]
    if not year:
        found = re.search(r"(?:19|20)[0-9]{2}", number)
        year = found[0] if found else ""
    when = f"{marks(',')}{year}" if year else ""
    return when + (marks(f"({shown})") if shown else "")


def _electronic(url: str, date: str, accessed: str | None, marks: _Marks) -> str:
    if not url:
        return "[Z]." + (f" {date}." if date else "")
    when = (marks(f"({date})") if date else "") + (f"[{accessed}]" if accessed else "")
    return "[EB/OL]. " + (f"{when}. " if when else "") + f"{url}."
