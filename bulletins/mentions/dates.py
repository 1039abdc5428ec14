"""Dates, months, quarters, years and periods in a text, and the reference that completes them.

Every pattern is bounded, so the cost is linear. A period is written `from/to` (ISO 8601), a quarter
`2024-Q3`, a half `2024-H1`, a decade by its first and last year (`1990/1999`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bulletins.mentions.date_patterns import times
from bulletins.mentions.numbers import chinese
from bulletins.model import DateMention, Place

if TYPE_CHECKING:
    import re

    from bulletins.mentions.view import View
    from bulletins.model import DateKind

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CENTURIES = {"19": 1800, "20": 1900, "21": 2000, "上": 1900, "本": 2000}
_CENTURIES |= {"十九": 1800, "二十": 1900, "二十一": 2000}
# Two dates of one sentence stand at most so far apart, in code points.
_NEAR = 60
_HALF_A_YEAR = 6
# A text without one of these has no such date; most texts are spared most patterns.
_SIGNS = {
    "day": ("日", "号"), "quarter": ("季度", "Q"), "half": ("半年",), "months": ("月",),
    "month": ("月",), "near": ("月",), "decade": ("年代",), "plan": ("期",), "year": ("年",),
    "relative": ("年",), "years": ("年", "）", ")"),
}  # fmt: skip
_WILL = ("将", "起将", "前将", "开始将")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is certain of when a text was written: a year, or a day as well; both may be unknown.

    `own` is the day of the article itself, which settles 今年 and 本月; an issue's is too vague.
    """

    year: int | None = None
    day: date | None = None
    own: date | None = None

    def year_of(self, month: int, *, ahead: bool = False) -> int | None:
        """Give the year of a month without one: the last such month, or the next if `ahead`.

        None for a month that is neither behind nor right ahead: 12 月 in an August.
        """
        day = self.own or self.day
        if day is None:
            return self.year
        if ahead:
            return day.year + (month < day.month)
        if month <= day.month + 1:
            return day.year
        return day.year - 1 if month - day.month >= _HALF_A_YEAR else None

    def this_year(self) -> int | None:
        """Give the year that 今年 means, None in a January that may still speak of the last one."""
        if self.own is not None:
            return self.own.year
        return None if self.day is not None and self.day.month == 1 else self.year


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a view: its span, ISO text, first day if day-precise; bare if it names no year.

    `year` and `month` are where it begins, None where that is open or less precise.
    """

    start: int
    end: int
    iso: str
    day: date | None = None
    bare: bool = False
    kind: DateKind = "day"
    deadline: bool = False
    year: int | None = None
    month: int | None = None


def find_dates(text: str, reference: Reference) -> list[Found]:
    """Find every date of a view's text in order; the longest reading at a place wins."""
    candidates = [
        (match.start(), -match.end(), name, match)
        for name, pattern in times().patterns.items()
        if any(sign in text for sign in _SIGNS.get(name, ("",)))
        for match in pattern.finditer(text)
    ]
    candidates.sort(key=lambda one: one[:2])
    reader = _Reader(text, reference)
    for start, _, name, match in candidates:
        if not reader.found or start >= reader.found[-1].end:
            reader.read(name, match)
    return reader.found


def mention(view: View, found: Found, block: int | None) -> DateMention:
    """Put a date of a view into the terms of its source."""
    start, end = view.span(found.start, found.end)
    place = Place(start, end, block)
    return DateMention(view.source[start:end], place, found.iso, found.kind, found.deadline)


def is_due(text: str, start: int, end: int) -> bool:
    """Say whether the words beside a date say that something is due then."""
    words = times()
    return text.endswith(words.due, 0, start) or bool(words.due_behind.match(text, end))


class _Reader:
    """Reads the dates of one text in order, since 同年 takes its year from the date before."""

    def __init__(self, text: str, reference: Reference) -> None:
        self.text = text
        self.reference = reference
        self.found: list[Found] = []

    def read(self, name: str, match: re.Match[str]) -> None:
        """Add the date that a match of the pattern `name` is, if it is one."""
        one: Found | None = getattr(self, f"_{name}")(match)
        if one is None:
            return
        if is_due(self.text, one.start, one.end) and not self._is_past(one):
            one = replace(one, deadline=True)
        self.found.append(one)

    def _is_past(self, one: Found) -> bool:
        """Tell 在 2020 年之前 in a text of 2024, which is no deadline."""
        day = self.reference.own or self.reference.day
        return day is not None and one.year is not None and one.year < day.year - 1

    def _year_of(self, match: re.Match[str], month: int) -> int | None:
        """Give the year that a match names or leaves out, None where it is not certain."""
        groups = match.groupdict()
        if groups["y"]:
            return _year_number(groups["y"])
        if groups["rel"]:
            return self._relative_to(groups["rel"])
        ahead = self.text.endswith(times().ahead, 0, match.start())
        ahead = ahead or self.text.startswith(_WILL, match.end())
        ahead = ahead or is_due(self.text, match.start(), match.end())
        year = self.reference.year_of(month, ahead=ahead)
        last = self.found[-1] if self.found else None
        if last and last.month and not last.bare and last.year != year and month >= last.month:
            between = self.text[last.end : match.start()]
            # 2023 年 5 月启动，8 月完成: the article's year and the sentence's disagree.
            if len(between) <= _NEAR and "。" not in between and "；" not in between:
                return None
        return year

    def _relative_to(self, word: str) -> int | None:
        words = times()
        if word in words.years:
            this = self.reference.this_year()
            return None if this is None else this + words.years[word]
        last = self.found[-1].year if self.found else None
        return None if last is None else last + words.years_after[word]

    def _near_month_of(self, word: str) -> tuple[int | None, int]:
        """Give the year and month of 本月 or 上月; the year is None without the article's day."""
        own = self.reference.own
        if own is None:
            return None, 0
        year, month = divmod(own.year * 12 + own.month - 1 + times().months[word], 12)
        return year, month + 1

    def _day(self, match: re.Match[str]) -> Found | None:
        day = _number(match["d"])
        if match["near"]:
            year, month = self._near_month_of(match["near"])
        else:
            month = _number(match["m"])
            year = self._year_of(match, month)
        start, end, bare = match.start(), match.end(), not match["y"]
        if year is None:
            valid = match["near"] or _date(2024, month, day)
            return Found(start, end, "", bare=True) if valid else None
        first = _date(year, month, day)
        if first is None:
            return None
        one = Found(start, end, first.isoformat(), first, bare, year=year, month=month)
        if not match["d2"]:
            return one
        last_month = _number(match["m2"]) or month
        last_year = _year_number(match["y2"]) if match["y2"] else year + (last_month < month)
        last = _date(last_year, last_month, _number(match["d2"]))
        if last is None or last <= first:
            return one
        return replace(one, iso=f"{one.iso}/{last.isoformat()}", kind="period")

    def _iso(self, match: re.Match[str]) -> Found | None:
        day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        if day is None:
            return None
        start, end = match.span()
        return Found(start, end, day.isoformat(), day, year=day.year, month=day.month)

    def _months(self, match: re.Match[str]) -> Found | None:
        month, last = _number(match["m"] or match["m1"]), _number(match["m2"])
        year = self._year_of(match, month)
        bare = not match["y"]
        if not (match["y2"] or month < last):
            return None
        if year is None:
            return Found(match.start(), match.end(), "", bare=bare, kind="period")
        to = _year_number(match["y2"]) if match["y2"] else year
        if (to, last) <= (year, month):
            return None
        iso = f"{year:04d}-{month:02d}/{to:04d}-{last:02d}"
        start, end = match.span()
        return Found(start, end, iso, bare=bare, kind="period", year=year, month=month)

    def _month(self, match: re.Match[str]) -> Found | None:
        month = _number(match["m"] or match["m1"])
        year = self._year_of(match, month)
        start, end = match.span()
        return _month_found(start, end, year, month, bare=not match["y"])

    def _near(self, match: re.Match[str]) -> Found | None:
        year, month = self._near_month_of(match["near"])
        if year is None:
            return None
        return _month_found(match.start(), match.end(), year, month, bare=True)

    def _years(self, match: re.Match[str]) -> Found | None:
        first = _year_number(match["y"] or match["yb"])
        last = _year_number(match["y2"] or match["y2b"])
        if first >= last:
            return None
        start, end = match.span()
        return Found(start, end, f"{first}/{last}", kind="period", year=first)

    def _quarter(self, match: re.Match[str]) -> Found | None:
        start, end = match.span()
        if named := match["yq"] or match["yr"]:
            iso = f"{named}-Q{match['q4'] or match['q5']}"
            return Found(start, end, iso, kind="quarter", year=int(named))
        if match["q2"] and not match["y"]:
            return None
        if match["q3"]:
            year = self._year_of(match, 9)
            iso = "" if year is None else f"{year:04d}-01/{year:04d}-09"
            return Found(start, end, iso, bare=not match["y"], kind="period", year=year)
        quarter = _QUARTERS.get(match["q"] or "") or int(match["q"] or match["q2"])
        # A quarter of a financial year is none of the calendar's.
        year = None if match["fy"] else self._year_of(match, quarter * 3)
        iso = "" if year is None else f"{year:04d}-Q{quarter}"
        return Found(start, end, iso, bare=not match["y"], kind="quarter", year=year)

    def _half(self, match: re.Match[str]) -> Found | None:
        half = 1 if match["h"] == "上半年" else 2
        year = None if match["fy"] else self._year_of(match, half * 6)
        iso = "" if year is None else f"{year:04d}-H{half}"
        start, end = match.span()
        return Found(start, end, iso, bare=not match["y"], kind="half", year=year)

    def _decade(self, match: re.Match[str]) -> Found | None:
        century = _CENTURIES.get(match["c"] or "", 0)
        year = int(match["cy"] or century + _number(match["t"]))
        start, end = match.span()
        return Found(start, end, f"{year}/{year + 9}", kind="decade", year=year)

    def _plan(self, match: re.Match[str]) -> Found | None:
        # 十五期间 without quotes or a number before 五 could be fifteen of something.
        if match["plan"] == "十五" and match[0].startswith("十"):
            return None
        year = times().plans[match["plan"]]
        start, end = match.span()
        return Found(start, end, f"{year}/{year + 4}", kind="period", year=year)

    def _year(self, match: re.Match[str]) -> Found | None:
        year = _year_number(match["y"])
        return Found(match.start(), match.end(), f"{year}", kind="year", year=year)

    def _relative(self, match: re.Match[str]) -> Found | None:
        year = self._relative_to(match["rel"])
        if year is None:
            return None
        start, end = match.span()
        return Found(start, end, f"{year}", bare=True, kind="year", year=year)


def _month_found(start: int, end: int, year: int | None, month: int, *, bare: bool) -> Found:
    if year is None:
        return Found(start, end, "", bare=bare, kind="month")
    iso = f"{year:04d}-{month:02d}"
    return Found(start, end, iso, bare=bare, kind="month", year=year, month=month)


def _number(raw: str | None) -> int:
    """Read the 12 or 十二 of a month or day; 0 for None."""
    if not raw:
        return 0
    return int(raw) if raw.isascii() else int(chinese(raw) or 0)


def _year_number(raw: str) -> int:
    """Read 2024 or 二〇二四."""
    return int(raw.translate(_DIGITS))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
