"""The day of an article: when the event happened or the report came out, from its surroundings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bulletins.mentions.dates import Found, Reference, find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.mentions.view import View
    from bulletins.model import Article, Issue

# A day in a web address: /2024/08/06/, 2024-08-06; a month alone only as a folder (/2024/08/),
# since reports are numbered by year as well (sr-2025-12).
_IN_URL = re.compile(
    r"(?<!\d)(20[0-4]\d)[/_.-](1[0-2]|0?[1-9])"
    r"(?:[/_.-](3[01]|[12]\d|0?[1-9])(?!\d)|(?<=/\d{4}[/-]\d\d)(?=/|$))"
)
_GLUED_IN_URL = re.compile(r"(?<!\d)(20[0-4]\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d)")
_UNTIL = ("截至", "截止", "日期为", "此前于", "早在", "自", "始于", "继")
# What may stand in front of the day that opens a report.
_OPENING = re.compile(r"(?:据[^，。]{0,16}|当地时间|北京时间|美国时间|编者按[:：]|[（(【\[])?$")
_OPEN = re.compile(r"[（(]([^（()）]+)$")
_MAX_SOURCE = 60  # characters of a bracket before its date
_LEAD = re.compile(
    r"[【\[]?(?:内容摘要|摘要|内容提要|提要|导读|导语|核心提示|要点|关键词|关键字)\s?(?:[】\]]|[:：])"
)
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
            if one.day is not None and not one.deadline and not _is_background(text, one)
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
    return Reference(max(days).year, max(days), max(days))


def article_date(views: Sequence[View], reference: Reference) -> str | None:
    """Give the first day of the body that can be the event's or the report's, ISO, or None.

    A day long before the reference is background, one far after it or named as a deadline is a
    plan. Without a reference, the first full date stands.
    """
    for view in views:
        for one in find_dates(view.text, reference):
            if one.day is None or one.deadline or _is_background(view.text, one):
                continue
            if _of_source(view.text, one):
                continue
            if reference.day is not None:
                age = (reference.day - one.day).days
                if age > _RECENT or age < -_AHEAD:
                    continue
            return one.day.isoformat()
    return _opening_day(views, reference)


def _opening_day(views: Sequence[View], reference: Reference) -> str | None:
    """Give the full day with which the first paragraph opens, however long ago; behind a summary.

    Issues that look back print such articles; one whose own addresses name a day is no such.
    """
    if reference.own is not None or not views:
        return None
    text = next((view.text for view in views if not _LEAD.match(view.text[:20])), views[0].text)
    for one in find_dates(text, reference)[:1]:
        opens = _OPENING.fullmatch(text[: one.start]) and text[one.end : one.end + 1] in "，,"
        past = one.day is not None and (reference.day is None or one.day <= reference.day)
        if opens and past and one.day and not one.bare and not one.deadline:
            return one.day.isoformat()
    return None


def _is_background(text: str, found: Found) -> bool:
    return text[max(0, found.start - 4) : found.start].endswith(_UNTIL)


def _of_source(text: str, found: Found) -> bool:
    """Say whether a date ends a bracket that names the text's source (`（某社，3月2日）`)."""
    behind = text[found.end :].strip()
    if behind not in ("）", ")", "）。", ")."):
        return False
    inner = _OPEN.search(text[max(0, found.start - _MAX_SOURCE) : found.start])
    return inner is not None and inner[1].rstrip()[-1:] in ("，", ",", "、", "；")


def with_day(reference: Reference, day: str | None) -> Reference:
    """Give the reference of an article whose date is known."""
    return replace(reference, own=date.fromisoformat(day)) if day else reference
