"""Sums of money in a text: number, scale and currency, with exact values and ISO 4217 codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from bulletins.mentions.numbers import CONNECTOR, Numeral, plain
from bulletins.mentions.tables import Forms, table
from bulletins.model import Amount, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.mentions.view import View

_WORD = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class _Currencies:
    after: dict[str, tuple[str, int]]
    after_forms: Forms
    before: dict[str, str]
    before_forms: Forms
    scales: dict[str, int]
    scale: re.Pattern[str]
    not_yuan: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sum:
    """One side of a range, or a whole amount: the numeral, its ends, its currency if it has one."""

    numeral: Numeral
    start: int
    end: int
    currency: str
    factor: Decimal
    scaled: bool
    prefixed: bool


@cache
def _currencies() -> _Currencies:
    data = table("currencies")
    after = {form: (code, 0) for code, forms in data["after"].items() for form in forms}
    after |= {form: (code, -2) for code, forms in data["parts"].items() for form in forms}
    before = {form: code for code, forms in data["before"].items() for form in forms}
    scales = {str(word): int(power) for word, power in data["scales"].items()}
    words = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    return _Currencies(
        after, Forms(after), before, Forms(before), scales,
        re.compile(rf" ?({words})(?![A-Za-z0-9])"), frozenset(data["not_yuan_before"]),
    )  # fmt: skip


@cache
def qualifiers() -> tuple[Forms, Forms]:
    """Give the words that make a figure approximate, before it and behind it."""
    data = table("qualifiers")
    return Forms(data["before"]), Forms(data["after"])


def is_qualified(text: str, start: int, end: int) -> bool:
    """Say whether a word right before or behind a figure makes it approximate or a bound."""
    before, after = qualifiers()
    return bool(before.before(text, start) or after.at(text, end))


def find_amounts(
    view: View, numbers: Sequence[Numeral], *, block: int | None = None, footnote: int | None = None
) -> list[Amount]:
    """Find every sum of money of a view; `numbers` are its numerals, in order."""
    text, found, index = view.text, list[Amount](), 0
    while index < len(numbers):
        first = _side(text, numbers[index])
        step = 1
        amount = None
        if first is not None:
            second, used = _range(text, first, numbers, index)
            step = 1 + used
            amount = _amount(view, first, second, block, footnote)
        if amount is not None:
            found.append(amount)
            index += step
        else:
            index += 1
    return found


def _side(text: str, numeral: Numeral) -> _Sum | None:
    """Read the currency on either side of a numeral; None if the numeral can't be a sum's."""
    rules = _currencies()
    start, end, factor, scaled = numeral.start, numeral.end, Decimal(1), numeral.scale != 1
    if start and _WORD.match(text[start - 1]):
        code = _prefix(text, start)[1]
        if not code:
            return None
    at, currency = _prefix(text, start)
    prefixed, symbol = bool(currency), text[at:start].strip()
    if prefixed:
        start = at
    if numeral.arabic and (scale := rules.scale.match(text, end)):
        named = rules.after_forms.at(text, scale.end() + text.startswith(" ", scale.end()))
        if prefixed or named:
            end, scaled = scale.end(), True
            factor = Decimal(10) ** rules.scales[scale[1]]
    form, after = _suffix(text, numeral, end)
    if form:
        code, power = rules.after[form]
        if form == "元" and prefixed:
            code = currency
        if not prefixed or code == currency or symbol == "$":
            currency, end = code, after + len(form)
            factor *= Decimal(10) ** power
    return _Sum(numeral, start, end, currency, factor, scaled, prefixed)


def _suffix(text: str, numeral: Numeral, end: int) -> tuple[str, int]:
    """Give the currency word behind a number, or "", and where it begins."""
    rules = _currencies()
    after = end + text.startswith(" ", end)
    form = rules.after_forms.at(text, after)
    if form.isascii() and _WORD.match(text[after + len(form) : after + len(form) + 1] or " "):
        return "", after
    if form.startswith("元") and not _is_yuan(text, numeral, after, form, rules.not_yuan):
        return "", after
    return form, after


def _prefix(text: str, start: int) -> tuple[int, str]:
    """Give where a currency in front of a number begins, and its code, or ""."""
    rules = _currencies()
    end = start - 1 if start and text[start - 1] == " " else start
    form = rules.before_forms.before(text, end)
    if not form:
        return start, ""
    at = end - len(form)
    if form[0].isalpha() and form.isascii() and at and _WORD.match(text[at - 1]):
        return start, ""
    return at, rules.before[form]


def _is_yuan(text: str, numeral: Numeral, at: int, form: str, never: frozenset[str]) -> bool:
    """Tell 二十亿元 from 二元合金, and 5000元 from 千元素."""
    following = text[at + len(form) : at + len(form) + 1]
    if form == "元" and following in never and following:
        return False
    if numeral.arabic or numeral.base is None:
        return True
    raw = text[numeral.start : numeral.end]
    return len(raw) > 1 and any(char in "百千万亿" for char in raw)


def _range(
    text: str, first: _Sum, numbers: Sequence[Numeral], index: int
) -> tuple[_Sum | None, int]:
    """Read `到 300 亿美元` behind the first side: its second side, and 1 if it was used."""
    join = CONNECTOR.match(text, first.end)
    if not join or index + 1 >= len(numbers):
        return None, 0
    second = _side(text, numbers[index + 1])
    if second is None or second.start != join.end() or first.numeral.base is None:
        return None, 0
    if not second.currency and not (first.prefixed and second.scaled):
        return None, 0
    if first.currency and second.currency and first.currency != second.currency:
        return None, 0
    if first.currency and not first.prefixed and text[max(0, first.start - 1)] in "从由":
        return None, 0
    return second, 1


def _amount(
    view: View, first: _Sum, second: _Sum | None, block: int | None, footnote: int | None
) -> Amount | None:
    text = view.text
    currency = first.currency or (second.currency if second else "")
    if not currency:
        return None
    end = second.end if second else first.end
    start, stop = view.span(first.start, end)
    place = Place(start, stop, block, footnote)
    numeral = first.numeral
    rough = numeral.approximate or is_qualified(text, first.start, end)
    printed = view.source[start:stop]
    value = _value(first)
    if second is None:
        return Amount(printed, place, currency, value=value, approximate=rough or value is None)
    high = _value(second)
    low = value
    if low is not None and high is not None:
        shared = plain(low * second.numeral.scale * second.factor)
        if not first.scaled and shared <= high:
            low = shared
    rough = rough or second.numeral.approximate
    return Amount(printed, place, currency, low=low, high=high, approximate=rough)


def _value(side: _Sum) -> Decimal | None:
    value = side.numeral.value
    return None if value is None else plain(value * side.factor)
