"""The day of an article: when the event happened or the report came out, from its surroundings."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bulletins.mentions.dates import Found, Reference, find_dates
from bulletins.mentions.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.mentions.view import View
    from bulletins.model import Article, Issue

# A day, or at least a month, in a web address: /2024/08/06/, 2024-08-06, /2024/08/, /20240806.
_IN_URL = re.compile(
    r"(?<!\d)(20[0-4]\d)[/_.-](1[0-2]|0?[1-9])(?:[/_.-](3[01]|[12]\d|0?[1-9]))?(?!\d)"
)
_GLUED_IN_URL = re.compile(r"(?<!\d)(20[0-4]\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)")
_DEADLINE = re.compile(
    r"(?:[（(][^（）()]{0,8}[)）])?(?:之前|以前|前(?!后|一|往|夕|线|景|沿)|截止|到期|为止)"
)
_UNTIL = ("截至", "截止", "最迟", "不晚于", "不迟于", "日期为", "此前于", "早在")
# A bulletin reports what happened in the last half year; a day that is older is background.
_RECENT = 200
_AHEAD = 45


def evidence(urls: Iterable[str]) -> list[date]:
    """Give the days that web addresses name; a month alone counts as its first day."""
    days = []
    for url in urls:
        for match in _IN_URL.finditer(url[:2000]):
            day = _day(match[1], match[2], match[3] or "1")
            days += [day] if day else []
        for match in _GLUED_IN_URL.finditer(url[:2000]):
            day = _day(match[1], match[2], match[3])
            days += [day] if day else []
    return days


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def article_urls(article: Article) -> list[str]:
    """Give every web address of an article: its sources and those of its notes."""
    return [*article.sources, *(url for note in article.footnotes for url in note.urls)]


def issue_reference(issue: Issue, texts: Sequence[str]) -> Reference:
    """Say when an issue was made: its own date, else the days in its addresses and texts agree on.

    Addresses and days with a year are counted by year; the newest year that holds a fifth of them
    is taken, so a few old links or far deadlines change nothing. Unknown if nothing speaks.
    """
    if issue.date and (own := _iso_day(issue.date)):
        return Reference(own.year, own)
    days = evidence(url for article in issue.articles() for url in article_urls(article))
    nowhere = Reference()
    for text in texts:
        days += [
            one.day
            for one in find_dates(text, nowhere)
            if one.day is not None and not _is_deadline(text, one)
        ]
    return _agreed(days)


def _agreed(days: Sequence[date]) -> Reference:
    if not days:
        return Reference()
    years = Counter(day.year for day in days)
    likely = [year for year, count in years.items() if count * 5 >= len(days)]
    year = max(likely) if likely else years.most_common(1)[0][0]
    last = max(day for day in days if day.year == year)
    return Reference(year, last)


def _iso_day(text: str) -> date | None:
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return None
    year, month, day = (*parts, "1", "1")[:3] if len(parts) < 3 else parts
    return _day(year, month, day) if len(year) == 4 else None


def article_reference(article: Article, around: Reference) -> Reference:
    """Say when an article was written: by its own addresses if they name days, else its issue."""
    days = evidence(article_urls(article))
    if around.day is not None:
        days = [day for day in days if abs((around.day - day).days) <= 400]
    if not days:
        return around
    return Reference(max(days).year, max(days))


def article_date(views: Sequence[View], reference: Reference) -> str | None:
    """Give the first day of the body that can be the event's or the report's, ISO, or None.

    A day long before the reference is background, one far after it or named as a deadline is a
    plan. Without a reference, the first full date stands.
    """
    for view in views:
        for one in find_dates(view.text, reference):
            if one.day is None or _is_deadline(view.text, one):
                continue
            if reference.day is not None:
                age = (reference.day - one.day).days
                if age > _RECENT or age < -_AHEAD:
                    continue
            return one.day.isoformat()
    return None


def _is_deadline(text: str, found: Found) -> bool:
    if _DEADLINE.match(text, found.end):
        return True
    return text[max(0, found.start - 4) : found.start].endswith(_UNTIL)


def body_views(article: Article) -> list[View]:
    """Squeeze the blocks of an article."""
    return [view_of(block.text) for block in article.blocks]
