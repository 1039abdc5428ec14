"""How dates, months, quarters, years and periods are written; the words come from `times.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bulletins.mentions.tables import table

_JOIN = r"(?:到|至|-|–|—{1,2}|~|～)"
_YEAR = r"(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = (
    r"3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?"
    r"|[一二三四五六七八九]"
)
_PART = r"(?:份|底|初(?!步|始|期|创)|中旬|上旬|下旬|末)?"
_ERA = r"(?:初期|中期|后期|末期|初|中|末)?"
_YEAR_PART = r"(?:年?底|年?初(?!步|始|期|创)|年?末|年中|春季|夏季|秋季|冬季|度(?!报))?"
_NOT_BEFORE = r"(?<![\d.])"


@dataclass(frozen=True, slots=True)
class Times:
    """The words of `times.yaml` and the patterns made with them, by what they read."""

    years: dict[str, int]
    years_after: dict[str, int]
    months: dict[str, int]
    plans: dict[str, int]
    ahead: tuple[str, ...]
    due: tuple[str, ...]
    due_behind: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]


@cache
def times() -> Times:
    """Give the words and patterns of dates."""
    data = table("times")
    relative = "|".join([*data["years"], *data["years_after"]])
    near = "|".join(data["months"])
    plans = "|".join(sorted(data["plans"], key=len, reverse=True))
    year = rf"(?:(?P<y>{_YEAR})年|(?P<rel>{relative})年?)"
    fiscal = rf"(?:(?P<y>{_YEAR})(?:年|(?P<fy>财政年度|财年))|(?P<rel>{relative})年?)"
    then = rf"(?:(?P<y2>{_YEAR})年)?"
    bare = r"(?<![\d至到–—~～-])"
    months = rf"(?:{year}(?P<m>{_MONTH})|{bare}(?P<m1>1[0-2]|0?[1-9]))"
    quote = '[“”"‘’「」]?'
    behind = "|".join(map(re.escape, data["due_behind"]))
    never = "|".join(map(re.escape, data["not_before"]))
    sources = {
        "day": (
            rf"{_NOT_BEFORE}(?:{year}?(?P<m>{_MONTH})月|(?P<near>{near}))(?P<d>{_DAY})"
            rf"(?:[日号]?{_JOIN}{then}(?:(?P<m2>{_MONTH})月)?(?P<d2>{_DAY}))?[日号](?![元圆])"
        ),
        "iso": (
            r"(?<![\d./-])(?P<y>(?:19|20)\d\d)([-/.])(?P<m>1[0-2]|0?[1-9])\2"
            r"(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/-]|\.\d)"
        ),
        "years": (
            rf"{_NOT_BEFORE}(?P<y>{_YEAR})(?:年|财年|财政年度)?{_JOIN}(?P<y2>{_YEAR})"
            r"(?:财年|财政年度|学年|年(?!代|\d))"
            rf"|(?<=[（(])(?P<yb>(?:19|20)\d\d){_JOIN}(?P<y2b>(?:19|20)\d\d)(?=[）)])"
        ),
        "quarter": (
            rf"{_NOT_BEFORE}(?:{fiscal})?"
            r"(?:(?P<q3>前三)季度|第?(?P<q>[一二三四1-4])季度|Q(?P<q2>[1-4])(?!\w))"
            r"|(?<!\w)(?P<yq>20\d\d)Q(?P<q4>[1-4])(?!\w)"
            r"|(?<!\w)Q(?P<q5>[1-4]) ?(?P<yr>20\d\d)(?!\d)"
        ),
        "half": rf"{_NOT_BEFORE}(?:{fiscal})?(?P<h>上半年|下半年)",
        "months": rf"{_NOT_BEFORE}{months}月?{_PART}{_JOIN}{then}(?P<m2>{_MONTH})月{_PART}(?!\d)",
        "month": rf"{_NOT_BEFORE}{months}月{_PART}(?!球|亮|\d)",
        "near": rf"(?P<near>{near})(?:底|初|末|中旬|上旬|下旬)?(?!\d)",
        "decade": (
            r"(?<!\d)(?:(?P<c>19|20|21|十九|二十|二十一|上|本)世纪)"
            rf"(?P<t>[1-9]0|[一二三四五六七八九]十)年代{_ERA}"
            rf"|(?<!\d)(?P<cy>(?:19|20)\d0)年代{_ERA}"
        ),
        "plan": rf"{quote}(?P<plan>{plans}){quote}(?:规划)?(?:期间|时期|期末|末期|初期)",
        "year": (rf"{_NOT_BEFORE}(?P<y>{_YEAR})(?:财政年度|财年|学年|年(?!代|度报告)){_YEAR_PART}"),
        "relative": rf"(?P<rel>{relative}){_YEAR_PART}(?!轻|级|龄)",
    }
    return Times(
        data["years"], data["years_after"], data["months"], data["plans"],
        tuple(data["ahead"]), tuple(data["due"]),
        re.compile(rf"(?:[（(][^（）()]{{0,8}}[)）])?(?!{never})(?:{behind})"),
        {name: re.compile(source) for name, source in sources.items()},
    )  # fmt: skip
