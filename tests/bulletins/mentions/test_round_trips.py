"""A figure that is written in any form is read back to the same decimal; cost grows with length."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.mentions.amounts import find_amounts
from bulletins.mentions.dates import Reference, find_dates
from bulletins.mentions.numbers import numerals
from bulletins.mentions.quantities import find_quantities
from bulletins.mentions.view import view_of
from bulletins.model import Article, Block

if TYPE_CHECKING:
    from decimal import Decimal

GAZETTEERS = load_gazetteers()
_DIGITS = "零一二三四五六七八九"
_SCALES = {"": 0, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "万亿": 12}
_CURRENCIES = {
    "美元": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "韩元": "KRW",
    "元": "CNY",
    "瑞士法郎": "CHF",
}
_ENGLISH = {"million": 6, "bn": 9, "billion": 9, "trillion": 12}


def in_chinese(number: int) -> str:
    """Write 1..10**12 as one says it: 1050000 is 一百零五万."""
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            above, rest = divmod(number, scale)
            gap = "零" if rest and rest < scale // 10 else ""
            return in_chinese(above) + word + gap + (in_chinese(rest) if rest else "")
    text, zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return text


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def the_sum(text: str) -> tuple[str, Decimal | None]:
    view = view_of(f"该机构计划投入{text}。")
    (found,) = find_amounts(view, numerals(view.text, view.offsets), block=0)
    assert view.source[found.place.start : found.place.end] == found.text
    return found.currency, found.value


_FIGURES = st.decimals(min_value="0.01", max_value="9999.99", places=2)


@given(_FIGURES, st.sampled_from(list(_SCALES)), st.sampled_from(list(_CURRENCIES)), st.booleans())
def test_digits_with_a_chinese_scale(
    figure: Decimal, scale: str, currency: str, spaced: bool
) -> None:
    gap = " " if spaced else ""
    value = figure * 10 ** _SCALES[scale]
    assert the_sum(f"{gap}{figure}{gap}{scale}{currency}") == (_CURRENCIES[currency], value)


@given(st.integers(1, 10**12 - 1), st.sampled_from(list(_CURRENCIES)))
def test_chinese_numerals(number: int, currency: str) -> None:
    written = in_chinese(number)
    view = view_of(f"投入{written}{currency}。")
    found = find_amounts(view, numerals(view.text), block=0)
    if currency == "元" and not any(char in "十百千万亿" for char in written):
        return
    assert [one.value for one in found] == [number]


@given(st.integers(1000, 10**12), st.sampled_from([",", " ", "\u2009"]))
def test_groups_of_three(number: int, mark: str) -> None:
    assert the_sum(f"{grouped(number, mark)}美元") == ("USD", number)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_pieces(above: int, below: int) -> None:
    assert the_sum(f"{above}亿{below}万元") == ("CNY", above * 10**8 + below * 10**4)


@given(_FIGURES, st.sampled_from(list(_ENGLISH)), st.sampled_from(["$", "€", "£", "USD ", "EUR "]))
def test_symbols_and_english_scales(figure: Decimal, scale: str, symbol: str) -> None:
    currency = {"$": "USD", "€": "EUR", "£": "GBP"}.get(symbol, symbol.strip())
    assert the_sum(f"{symbol}{figure} {scale}") == (currency, figure * 10 ** _ENGLISH[scale])


@given(st.integers(1, 998), st.integers(1, 1000), st.sampled_from(["-", "–", "至", "到", "~"]))
def test_ranges(low: int, step: int, join: str) -> None:
    view = view_of(f"投入{low}{join}{low + step}亿美元。")
    (found,) = find_amounts(view, numerals(view.text), block=0)
    assert (found.low, found.high) == (low * 10**8, (low + step) * 10**8)


@given(_FIGURES, st.sampled_from(["%", "℃", "GHz", "MW", "纳米", "个百分点", "倍", "公里"]))
def test_quantities(figure: Decimal, unit: str) -> None:
    view = view_of(f"数值为 {figure} {unit}。")
    (found,) = find_quantities(view, numerals(view.text), (), 0)
    assert (found.value, found.unit) == (figure, unit)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_days(day: date) -> None:
    for text in (
        f"{day.year}年{day.month}月{day.day}日", f"{day.year} 年 {day.month} 月 {day.day} 日",
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{in_chinese(day.month)}月{in_chinese(day.day)}日".replace("一十", "十"),
    ):  # fmt: skip
        (found,) = find_dates(view_of(text).text, Reference())
        assert (found.iso, found.kind) == (day.isoformat(), "day")


_PIECES = [
    "5",
    "1.2",
    "1 000",
    "3千",
    "亿",
    "万",
    "百",
    "数十",
    "三",
    "美元",
    "元",
    "欧元",
    "¥",
    "$",
    "US$",
    "million",
    " bn",
    "（约",
    "）",
    "，",
    "。",
    "、",
    "和",
    "至",
    "-",
    "增至",
    "从",
    "每年",
    "每",
    "/年",
    "各",
    "约合",
    "相当于",
    "%",
    "℃",
    "倍",
    "个",
    "家企业",
    "km",
    "cm2",
    "V-1",
    "s-1",
    "×10",
    "^",
    "⁶",
    "百分之",
    "分之",
    "1:1",
    "按",
    "2024",
    "年",
    "8月",
    "日",
    "今年",
    "上半年",
    "“十四五”",
    "期间",
    "前",
    "截至",
    " ",
    "\u2009",
    "\n",
    "增长",
    "以上",
    "零下",
    "点",
    "几",
    "多",
    "余",
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_spans_are_exact_and_apart(text: str) -> None:
    article = Article("a", "", 1, blocks=(Block("paragraph", text, 1),))
    found = find_mentions(article, GAZETTEERS, reference=Reference(2024))
    for mentions in (found.amounts, found.quantities, found.dates):
        for one in mentions:
            assert text[one.place.start : one.place.end] == one.text
        assert all(a.place.end <= b.place.start for a, b in pairwise(mentions))
    for index, amount in enumerate(found.amounts):
        assert amount.low is None or amount.high is None or amount.value is None
        if amount.equivalent_of is not None:
            assert amount.equivalent_of < index
            assert found.amounts[amount.equivalent_of].currency != amount.currency


@pytest.mark.parametrize(
    "text", ["9" * 24 + "亿美元", "9×10２9 cm-2", "10⁶ cm-2", "共٣亿美元", "5²亿元", "10^99 个"]
)
def test_odd_digits_raise_nothing(text: str) -> None:
    article = Article("a", text, 1, blocks=(Block("paragraph", text, 1),))
    for one in find_mentions(article, GAZETTEERS).amounts:
        assert text[one.place.start : one.place.end] == one.text


def cost(text: str) -> float:
    """Give the least of three runs over one line, in seconds of this process."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        view = view_of(text)
        numbers = numerals(view.text, view.offsets)
        find_amounts(view, numbers, block=0)
        find_quantities(view, numbers, (), 0)
        find_dates(view.text, Reference(2024))
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.soak  # a clock says nothing on a busy machine
@pytest.mark.parametrize(
    "piece",
    [
        "1-",
        "亿",
        "$",
        "1,",
        "每",
        "约",
        "1、",
        "3亿、",
        "3亿和",
        "1 000 ",
        "1.000",
        "十",
        "千兆",
        "数",
        "点",
        "三点",
        "百分之",
        "1分之",
        "1:",
        "1/",
        "×10",
        "2024",
        "2024-",
        "1月",
        "1月至",
        "每年",
        "（约",
        "5亿美元（",
        "增长",
        "m2",
        "km ",
        "V-1",
        "¥",
        "前",
        "今年",
        "同年",
        "\u2009",
        "1 ",
    ],
)
def test_a_hostile_line_costs_no_more_than_its_length(piece: str) -> None:
    length = 20_000
    once, twice = (piece * (size // len(piece)) for size in (length, 2 * length))
    # A quadratic rule would take four times as long; the rest is a busy machine's.
    assert cost(twice) < 3 * cost(once) + 0.05
