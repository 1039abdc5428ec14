"""Sums of money in a text: number, scale and currency, with exact values and ISO 4217 codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bulletins.mentions.currencies import currencies, meanings
from bulletins.mentions.equivalents import Said, equivalents
from bulletins.mentions.numbers import CONNECTOR, Numeral, chinese, plain
from bulletins.mentions.per import per_of
from bulletins.mentions.qualifiers import is_qualified, qualifier_start
from bulletins.model import Amount, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletins.mentions.view import View

_WORD = re.compile(r"[A-Za-z0-9]")
_DIGIT_BEHIND = re.compile(r" ?\d")
_ENDS = frozenset("，。；、）)！？,;")
_SINGLE = re.compile(r"[一二两三四五六七八九](?=[十百千万亿兆]{1,4}$)")
# So many figures of a list are looked at for the currency that they share.
_LONGEST_LIST = 12


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number that is or may be money: its ends in the view, its currency if it has one."""

    numeral: Numeral
    start: int
    end: int
    currency: str
    factor: Decimal
    scaled: bool
    prefixed: bool

    @property
    def value(self) -> Decimal | None:
        value = self.numeral.value
        return None if value is None else plain(value * self.factor)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A sum, or a range of two, with its currency; those of one list have the same `group`."""

    first: _Sum
    second: _Sum | None
    currency: str
    group: int
    low: Decimal | None

    @property
    def end(self) -> int:
        return (self.second or self.first).end


def find_amounts(
    view: View,
    numbers: Sequence[Numeral],
    *,
    block: int | None = None,
    footnote: int | None = None,
    first: int = 0,
    known: Mapping[str, str] | None = None,
) -> list[Amount]:
    """Find every sum of money of a view; `numbers` are its numerals, in order.

    `first` is the index that the first sum will have among those of the article. `known` says what
    the article's ambiguous currency names mean (`meanings`); without it the view alone decides.
    """
    known = meanings([view.text]) if known is None else known
    wholes = _wholes(view.text, numbers, known)
    said = [Said(one.first.start, one.end, one.currency, _worth(one), one.group) for one in wholes]
    restated = equivalents(view.text, said)
    found: list[Amount] = []
    floor = 0
    for index, one in enumerate(wholes):
        amount = _amount(view, one, Place(0, 0, block, footnote))
        start = one.first.start
        per = per_of(view.text, start, one.end, floor, qualifier_start(view.text, start))
        base = restated[index]
        if per is None and base is not None:
            per = found[base].per
        if per is None and index and wholes[index - 1].group == one.group:
            per = found[-1].per
        equivalent = None if base is None else first + base
        found.append(replace(amount, per=per, equivalent_of=equivalent))
        floor = one.end
    return found


def _wholes(text: str, numbers: Sequence[Numeral], known: Mapping[str, str]) -> list[_Whole]:
    """Read the sums of a text in order, none overlapping."""
    found: list[_Whole] = []
    index = group = 0
    while index < len(numbers):
        made, used = _one(text, numbers, index, known, group)
        index += used
        group += 1
        if made and found:
            if made[0].first.start < found[-1].end:
                continue
            # `5 亿美元和 3 亿美元` is a list as well.
            gap = text[found[-1].end : made[0].first.start]
            if (
                currencies().joins.get(gap.strip()) is False
                and found[-1].currency == made[0].currency
            ):
                made = [replace(one, group=found[-1].group) for one in made]
        found += made
    return found


def _one(
    text: str, numbers: Sequence[Numeral], index: int, known: Mapping[str, str], group: int
) -> tuple[list[_Whole], int]:
    """Read the sum, range or list that begins with a numeral, and how many numerals it uses."""
    first = _side(text, numbers[index], known)
    if first is None:
        return [], 1
    second = _range(text, first, numbers, index, known)
    if second is not None:
        currency = first.currency or second.currency
        return [_Whole(first, second, currency, group, _low(text, first, second))], 2
    if first.currency:
        made = [_Whole(first, None, first.currency, group, None)]
        if changed := _changed(text, first, numbers, index, known):
            return [*made, _Whole(changed, None, first.currency, group + len(numbers), None)], 2
        return made, 1
    members = _list(text, first, numbers, index, known)
    if not members[-1].currency:
        # No list that begins with one of these ends in a currency either, but for the last.
        return [], max(1, len(members) - 1)
    currency = members[-1].currency
    return [
        _Whole(_shared(text, one, members[-1], first.start), None, currency, group, None)
        for one in members
    ], len(members)


def _side(
    text: str, numeral: Numeral, known: Mapping[str, str], *, after_symbol: bool = False
) -> _Sum | None:
    """Read the currency on either side of a numeral; None if the numeral can't be a sum's.

    `after_symbol` says that a symbol stands in front of the range that it ends ($5–10 million).
    """
    rules = currencies()
    start, end, factor = numeral.start, numeral.end, Decimal(1)
    scaled = numeral.scale != 1 or text[end - 1] in "万亿"
    at, currency, symbol = _prefix(text, start, known)
    if start and not currency and _WORD.match(text[start - 1]):
        return None
    if not numeral.arabic and _is_bare(text, numeral):
        return None
    prefixed = bool(currency)
    if prefixed:
        start = at
    if numeral.arabic and (scale := rules.scale.match(text, end)):
        behind = scale.end() + (text[scale.end() : scale.end() + 1] in (" ", "-"))
        if prefixed or after_symbol or rules.after_forms.at(text, behind):
            end, scaled = scale.end(), True
            factor = Decimal(10) ** rules.scales[scale[1]]
    form, after = _suffix(text, numeral, end)
    if form:
        code, power = rules.after[form]
        code = code or known.get(form, "")
        if form == "元" and prefixed:
            # ¥5 亿元 is Chinese money, US$5 亿元 is not.
            code = "CNY" if symbol in "¥￥" else currency
        elif form == "元":
            code = _named_in_brackets(text, after + 1) or code
        if code and (not prefixed or code == currency or symbol in ("$", "¥", "￥")):
            currency, end = code, after + len(form)
            factor *= Decimal(10) ** power
    if not scaled and (form in rules.only_with_scale or symbol in rules.only_with_scale):
        return None
    return _Sum(numeral, start, end, currency, factor, scaled, prefixed)


def _named_in_brackets(text: str, at: int) -> str:
    """Give the currency of `3 亿元（新台币）`, or ""."""
    if text[at : at + 1] not in ("（", "("):
        return ""
    form = currencies().after_forms.at(text, at + 1)
    closed = text[at + 1 + len(form) : at + 2 + len(form)] in ("）", ")")
    return currencies().after[form][0] if form and closed else ""


def _is_bare(text: str, numeral: Numeral) -> bool:
    """Say whether 百, 千 or 百万 names no sum for want of a figure (千元机, 单位：百万美元)."""
    raw = text[numeral.start : numeral.end]
    if raw[0] not in "百千万":
        return False
    before = text[max(0, numeral.start - 4) : numeral.start]
    if len(raw) == 1:
        return not before.endswith(("上", "近", "逾", "超", "过"))
    return before.endswith((*currencies().column_units, "（", "(", "/"))


def _suffix(text: str, numeral: Numeral, end: int) -> tuple[str, int]:
    """Give the currency word behind a number, or "", and where it begins."""
    rules = currencies()
    after = end + (text[end : end + 1] in (" ", "-"))
    form = rules.after_forms.at(text, after)
    if not form or (after > end and text[end] == "-" and not form.isascii()):
        return "", after
    stop = after + len(form)
    following = text[stop : stop + 1]
    if form[-1].isalpha() and form.isascii() and _WORD.match(following or " "):
        return "", after
    if form[-1] in "€£$" and _DIGIT_BEHIND.match(text, stop):
        return "", after
    if form.startswith("元") and not _is_yuan(text, numeral, following, form):
        return "", after
    if following and following in rules.not_currency and form.endswith(("元", "币")):
        return "", after
    if form.startswith("日") and numeral.start and text[numeral.start - 1] == "月":
        return "", after
    return form, after


def _prefix(text: str, start: int, known: Mapping[str, str]) -> tuple[int, str, str]:
    """Give where a currency in front of a number begins, its code, or "", and its form."""
    rules = currencies()
    end = start - 1 if start and text[start - 1] == " " else start
    form = rules.before_forms.before(text, end)
    if not form:
        return start, "", ""
    at = end - len(form)
    # Z$ and J$ are dollars of lands that we do not know.
    if form.isascii() and at and _WORD.match(text[at - 1]):
        return start, "", ""
    code = rules.before[form] or known.get(form, "")
    return (at, code, form) if code else (start, "", "")


def _is_yuan(text: str, numeral: Numeral, following: str, form: str) -> bool:
    """Tell 二十亿元 from 二元合金, and 5000元 from 千元素."""
    if form == "元" and following and following in currencies().not_yuan:
        return False
    if numeral.arabic or numeral.base is None:
        return True
    raw = text[numeral.start : numeral.end]
    return len(raw) > 1 and any(char in "十百千万亿" for char in raw)


def _range(
    text: str, first: _Sum, numbers: Sequence[Numeral], index: int, known: Mapping[str, str]
) -> _Sum | None:
    """Read `到 300 亿美元` behind the first side of a range: its second side."""
    join = CONNECTOR.match(text, first.end)
    if not join or index + 1 >= len(numbers):
        return None
    if first.numeral.base is None and not first.scaled:
        return None
    if numbers[index + 1].start - join.end() > 4:
        return None
    second = _side(text, numbers[index + 1], known, after_symbol=first.prefixed)
    if second is None or second.start != join.end():
        return None
    if not second.currency and not (first.prefixed and second.scaled):
        return None
    if first.currency and second.currency and first.currency != second.currency:
        return None
    if first.currency and not first.prefixed and text[max(0, first.start - 1)] in "从由":
        return None
    return second


def _low(text: str, first: _Sum, second: _Sum) -> Decimal | None:
    """Give the low end of a range, which shares the scale of the high one if it has none."""
    low, high = first.value, second.value
    if low is None or high is None:
        return None
    if first.scaled or (first.currency and not first.prefixed):
        return low
    scale = second.numeral.scale
    raw = text[second.numeral.start : second.numeral.end]
    single = first.end - first.start == 1 and _SINGLE.match(raw) and chinese(raw[0])
    if single and second.numeral.value is not None:
        # 三至五千万: both count in 千万.
        scale = second.numeral.value / single
    shared = plain(low * scale * second.factor)
    return shared if shared <= high else low


def _changed(
    text: str, first: _Sum, numbers: Sequence[Numeral], index: int, known: Mapping[str, str]
) -> _Sum | None:
    """Read the 15 亿 of `10 亿美元增至 15 亿，`, which leaves the currency out."""
    rules = currencies()
    form = rules.join_forms.at(text, first.end)
    if not rules.joins.get(form) or index + 1 >= len(numbers):
        return None
    second = _joined(text, first.end + len(form), numbers[index + 1], known)
    if second is None or second.currency or not second.scaled:
        return None
    return second if text[second.end : second.end + 1] in _ENDS | {""} else None


def _list(
    text: str, first: _Sum, numbers: Sequence[Numeral], index: int, known: Mapping[str, str]
) -> list[_Sum]:
    """Read `3 亿、5 亿和 8 亿元` from its first figure, as far as it goes.

    Only where the last one has a currency it is a list of sums.
    """
    rules = currencies()
    members = [first]
    if not rules.join_forms.at(text, first.end):
        return members
    shares = _shares_scale(text, first.start)
    for numeral in numbers[index + 1 : index + _LONGEST_LIST]:
        last = members[-1]
        form = rules.join_forms.at(text, last.end)
        if not form or not (last.scaled or shares):
            break
        following = _joined(text, last.end + len(form), numeral, known)
        if following is None or following.prefixed:
            break
        members.append(following)
        if following.currency:
            break
    return members


def _joined(text: str, at: int, numeral: Numeral, known: Mapping[str, str]) -> _Sum | None:
    """Read the numeral that stands at a place, or behind a 约 that stands there."""
    if not 0 <= numeral.start - at <= 8:
        return None
    if numeral.start != at and qualifier_start(text, numeral.start) != at:
        return None
    return _side(text, numeral, known)


def _shares_scale(text: str, start: int) -> bool:
    before = text[max(0, start - 16) : start]
    return before.endswith(("从", "由")) or any(w in before for w in currencies().respectively)


def _shared(text: str, one: _Sum, last: _Sum, start: int) -> _Sum:
    """Give a figure of a list the last one's scale where it has none of its own."""
    if one.scaled or not last.scaled or one is last or not _shares_scale(text, start):
        return one
    return replace(one, factor=last.factor * last.numeral.scale)


def _worth(one: _Whole) -> Decimal | None:
    if one.second is None:
        return one.first.value
    return one.second.value


def _amount(view: View, one: _Whole, place: Place) -> Amount:
    first, second, text = one.first, one.second, view.text
    start, stop = view.span(first.start, one.end)
    place = replace(place, start=start, end=stop)
    printed = view.source[start:stop]
    rough = first.numeral.approximate or is_qualified(text, first.start, one.end)
    value = first.value
    if second is None:
        return Amount(printed, place, one.currency, value=value, approximate=rough or value is None)
    rough = rough or second.numeral.approximate or one.low is None
    high = None if one.low is None else second.value
    return Amount(printed, place, one.currency, low=one.low, high=high, approximate=rough)
