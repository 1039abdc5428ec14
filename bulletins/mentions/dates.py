"""Dates, months, quarters and years in a text, and the reference that completes them.

Every pattern is bounded, so the cost is linear. An interval is written `from/to` (ISO 8601), a
quarter `2024-Q3`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bulletins.model import DateMention, Place

if TYPE_CHECKING:
    from bulletins.mentions.view import View

_Y = r"(?P<y>(?:19|20)\d\d)"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_JOIN = r"(?:日|号)?(?:到|至|-|–|—|~|～)"
_DAY = re.compile(
    rf"(?<![\d.])(?:(?:{_Y}年|(?P<rel>今年|去年|明年|同年|前年)))?{_M}月{_D}"
    rf"(?:{_JOIN}(?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>3[01]|[12]\d|0?[1-9]))?(?:日|号)"
)
_ISO = re.compile(rf"(?<![\d./-]){_Y}([-/.]){_M}\2{_D}(?![\d/-])")
_MONTH = re.compile(
    rf"(?<![\d.])(?:{_Y}年|(?P<rel>今年|去年|明年|同年|前年)|(?<![\d至到-])){_M}月(?:份|底|初(?!步|始|期|创)|中旬|上旬|下旬|末)?(?!球|亮|\d)"
)
_YEARS = re.compile(
    rf"(?<![\d.]){_Y}(?:年)?(?:到|至|-|–|—|~|～)(?P<y2>(?:19|20)\d\d)(?=年|财年|财政年度|学年)"
)
_QUARTER = re.compile(
    rf"(?<![\d.])(?:{_Y}年|(?P<rel>今年|去年|明年))?(?:第?(?P<q>[一二三四1-4])季度|Q(?P<q2>[1-4])(?!\w))"
)
_YEAR = re.compile(
    rf"(?<![\d.]){_Y}(?:财政年度|财年|学年|年(?!代|度报告))"
    r"(?:年?底|年?初|年?末|年中|上半年|下半年|春季|夏季|秋季|冬季|度)?"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_OFFSETS = {"今年": 0, "同年": 0, "去年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is certain of when a text was written: a year, or a day as well; both may be unknown."""

    year: int | None = None
    day: date | None = None

    def year_of(self, month: int) -> int | None:
        """Give the year of a month without one: the last such month up to the reference."""
        if self.day is not None:
            return self.day.year - (month > self.day.month + 1)
        return self.year


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a view: its span, ISO text, first day if day-precise; bare if it names no year."""

    start: int
    end: int
    iso: str
    day: date | None = None
    bare: bool = False


def find_dates(text: str, reference: Reference) -> list[Found]:
    """Find every date of a view's text in order; the longest reading at a place wins."""
    found: list[Found] = []
    for pattern, build in (
        (_DAY, _days), (_ISO, _iso), (_YEARS, _years), (_QUARTER, _quarter), (_MONTH, _month),
        (_YEAR, _year),
    ):  # fmt: skip
        found += [made for match in pattern.finditer(text) if (made := build(match, reference))]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def mention(view: View, found: Found, block: int | None) -> DateMention:
    """Put a date of a view into the terms of its source."""
    start, end = view.span(found.start, found.end)
    return DateMention(view.source[start:end], Place(start, end, block), found.iso)


def _named_year(match: re.Match[str], reference: Reference, month: int) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["rel"]:
        year = reference.day.year if reference.day else reference.year
        return None if year is None else year + _OFFSETS[match["rel"]]
    return reference.year_of(month)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(match: re.Match[str], reference: Reference) -> Found | None:
    month, day = int(match["m"]), int(match["d"])
    year = _named_year(match, reference, month)
    bare = not match["y"]
    if year is None:
        return Found(match.start(), match.end(), "", bare=True) if _date(2024, month, day) else None
    first = _date(year, month, day)
    if first is None:
        return None
    iso = first.isoformat()
    if match["d2"]:
        last_month = int(match["m2"] or month)
        last = _date(year + (last_month < month), last_month, int(match["d2"]))
        if last is not None and last > first:
            iso = f"{iso}/{last.isoformat()}"
    return Found(match.start(), match.end(), iso, first, bare)


def _iso(match: re.Match[str], _: Reference) -> Found | None:
    day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Found(match.start(), match.end(), day.isoformat(), day) if day else None


def _month(match: re.Match[str], reference: Reference) -> Found | None:
    month = int(match["m"])
    year = _named_year(match, reference, month)
    iso = "" if year is None else f"{year:04d}-{month:02d}"
    return Found(match.start(), match.end(), iso, bare=not match["y"])


def _years(match: re.Match[str], _: Reference) -> Found | None:
    if match["y"] >= match["y2"]:
        return None
    end = match.end() + (match.string.startswith("年", match.end()))
    return Found(match.start(), end, f"{match['y']}/{match['y2']}")


def _quarter(match: re.Match[str], reference: Reference) -> Found | None:
    quarter = _QUARTERS.get(match["q"] or "") or int(match["q"] or match["q2"])
    if match["q2"] and not match["y"]:
        return None
    year = _named_year(match, reference, quarter * 3)
    iso = "" if year is None else f"{year:04d}-Q{quarter}"
    return Found(match.start(), match.end(), iso, bare=not match["y"])


def _year(match: re.Match[str], _: Reference) -> Found | None:
    return Found(match.start(), match.end(), match["y"])
