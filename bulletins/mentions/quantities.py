"""Percentages, ratios, counts with their unit words, and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bulletins.mentions.comparisons import comparison_of
from bulletins.mentions.numbers import CONNECTOR, Numeral, chinese, decimal_of, plain
from bulletins.mentions.qualifiers import is_qualified
from bulletins.mentions.units import Unit, is_a_name, power_of_ten, unit_of
from bulletins.model import Place, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.mentions.view import View
    from bulletins.model import QuantityKind

_DIGIT = (
    r"(?:\d{1,15}(?:\.\d{1,15})?"
    r"|[零一二三四五六七八九十百两]{1,6}(?:点[零一二三四五六七八九]{1,6})?)"
)
# 百分之五 is 5 %, 25分之1 is a ratio.
_PARTS = re.compile(
    rf"(?<![\d.])({_DIGIT}|百|千|万)分之({_DIGIT})(?![\d.]*\d)(?:[至到]({_DIGIT}))?"
)
_BELOW = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
# 按 1:1 配套, 以 3∶2 的比例; a time of day and a score say neither.
_PROPORTION = re.compile(
    r"(?<![\d.:：∶])(\d{1,4}(?:\.\d{1,4})?)[:：∶](\d{1,4}(?:\.\d{1,4})?)(?![\d.:：∶]*\d)"
)
_OF_A_PROPORTION = ("按", "按照", "比例为", "比例约为", "之比为", "比为", "比率为", "比例")
_BEHIND_A_PROPORTION = re.compile(r"的?(?:比例|配套|配比|比率|出资|匹配)")
# 原来的 1/2.14
_SLASHED = re.compile(r"(?<![\dA-Za-z/.])(\d{1,4})/(\d{1,4}(?:\.\d{1,4})?)(?![/.]*[\dA-Za-z])")
_OF_A_FRACTION = ("的", "约", "近", "仅", "占", "达", "到", "至", "足", "过", "于", "为", "了")
_BELOW_ZERO = "零下"
_BARE = frozenset("十百千万亿兆")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit: its span in the view (sign taken in) and its value."""

    number: Numeral
    start: int
    end: int
    unit: Unit
    value: Decimal | None


def find_quantities(
    view: View, numbers: Sequence[Numeral], taken: Sequence[tuple[int, int]], block: int | None
) -> list[Quantity]:
    """Find every quantity of a view outside the spans `taken` (of the source, in order)."""
    found: list[Quantity] = []
    for fraction in sorted(_fractions(view, block), key=lambda one: one.place.start):
        if not found or fraction.place.start >= found[-1].place.end:
            found.append(fraction)
    found = _outside(found, taken)
    spans = sorted([*taken, *((q.place.start, q.place.end) for q in found)])
    index = near = 0
    while index < len(numbers):
        number = numbers[index]
        index += 1
        start, end = view.span(number.start, number.end)
        while near < len(spans) and spans[near][1] <= start:
            near += 1
        if near < len(spans) and spans[near][0] < end:
            continue
        quantity, used = _quantity(view, numbers, index - 1, block)
        if quantity is not None and not (near < len(spans) and spans[near][0] < quantity.place.end):
            found.append(quantity)
            index += used
    return sorted(found, key=lambda quantity: quantity.place.start)


def _outside(found: Iterable[Quantity], taken: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Leave out what overlaps a taken span; both are in order."""
    kept: list[Quantity] = []
    near = 0
    for one in found:
        while near < len(taken) and taken[near][1] <= one.place.start:
            near += 1
        if near == len(taken) or taken[near][0] >= one.place.end:
            kept.append(one)
    return kept


def _fractions(view: View, block: int | None) -> Iterable[Quantity]:
    text = view.text
    for match in _PARTS.finditer(text):
        below = _BELOW.get(match[1]) or _small(match[1])
        above = _small(match[2])
        last = _small(match[3]) if match[3] else None
        if not below or above is None:
            continue
        end = match.end() if last is not None else match.end(2)
        if match[1] == "百":
            yield _made(view, match.start(), end, block, "percent", "%", above, last)
        else:
            high = None if last is None else _ratio(last, below)
            yield _made(view, match.start(), end, block, "ratio", "", _ratio(above, below), high)
    for match in _PROPORTION.finditer(text):
        first, second = Decimal(match[1]), Decimal(match[2])
        stands = text.endswith(_OF_A_PROPORTION, 0, match.start())
        if second and (stands or _BEHIND_A_PROPORTION.match(text, match.end())):
            yield _made(view, *match.span(), block, "ratio", "", _ratio(first, second))
    for match in _SLASHED.finditer(text):
        first, second = Decimal(match[1]), Decimal(match[2])
        if first < second and text.endswith(_OF_A_FRACTION, 0, match.start()):
            yield _made(view, *match.span(), block, "ratio", "", _ratio(first, second))


def _ratio(above: Decimal, below: Decimal) -> Decimal:
    return plain((above / below).quantize(Decimal("1e-12")))


def _small(raw: str) -> Decimal | None:
    if raw[0].isascii():
        return decimal_of(raw)
    whole, _, part = raw.partition("点")
    value = chinese(whole)
    if value is None or not part:
        return value
    digits = chinese(part)
    return None if digits is None else value + digits.scaleb(-len(part))


def _made(
    view: View,
    start: int,
    end: int,
    block: int | None,
    kind: QuantityKind,
    unit: str,
    value: Decimal | None,
    high: Decimal | None = None,
    *,
    rough: bool = False,
) -> Quantity:
    begin, stop = view.span(start, end)
    low = None if high is None else value
    return Quantity(
        view.source[begin:stop], Place(begin, stop, block), kind, unit,
        None if high is not None else value, low, high,
        approximate=rough or is_qualified(view.text, start, end) or value is None,
        comparison=comparison_of(view.text, start, end),
    )  # fmt: skip


def _quantity(
    view: View, numbers: Sequence[Numeral], index: int, block: int | None
) -> tuple[Quantity | None, int]:
    """Read the quantity that begins with a numeral, and how many numerals after it were used."""
    text, number = view.text, numbers[index]
    if is_a_name(text, number.start):
        return None, 0
    unit = unit_of(text, number)
    second = _second(text, numbers, index, unit)
    if second is not None:
        first = _figure(text, number, unit or second.unit, number.end)
        low, high = first.value, second.value
        if low is not None and high is not None:
            if number.scale == 1 and second.number.scale != 1 and unit is None:
                low = _scaled(low, high, second.number)
            if low > high:
                return _falling(view, first, second, unit, block)
        rough = number.approximate or second.number.approximate
        kind, name = second.unit.kind, second.unit.text
        if low is None or high is None:
            low, high = None, None
        if not _is_figure(text, number, kind) and not _is_figure(text, second.number, kind):
            return None, 0
        made = _made(view, first.start, second.end, block, kind, name, low, high, rough=rough)
        return made, 1
    if unit is None or not _is_figure(text, number, unit.kind):
        return None, 0
    one = _figure(text, number, unit, unit.end)
    if power := power_of_ten(text, number, unit):
        one = replace(one, value=Decimal(10) ** power)
    rough = number.approximate
    return _made(view, one.start, one.end, block, unit.kind, unit.text, one.value, rough=rough), 0


def _falling(
    view: View, first: _Figure, second: _Figure, unit: Unit | None, block: int | None
) -> tuple[Quantity | None, int]:
    """Read `10-6 A`, a power of ten whose raised figure print has lowered; no other range falls."""
    raw = view.text[first.number.start : second.number.end]
    power = second.value
    if raw == f"10-{power}" and unit is None and second.unit.text.isascii() and power is not None:
        name, kind = second.unit.text, second.unit.kind
        value = plain(Decimal(1).scaleb(-int(power)))
        return _made(view, first.start, second.end, block, kind, name, value), 1
    if unit is None or not _is_figure(view.text, first.number, unit.kind):
        return None, 0
    number = first.number
    return _made(
        view, first.start, unit.end, block, unit.kind, unit.text, first.value,
        rough=number.approximate,
    ), 0  # fmt: skip


def _scaled(low: Decimal, high: Decimal, second: Numeral) -> Decimal:
    shared = plain(low * second.scale)
    return shared if shared <= high else low


def _second(text: str, numbers: Sequence[Numeral], index: int, unit: Unit | None) -> _Figure | None:
    """Read the second side of a range: `至 90%` behind 80 or 80%."""
    number = numbers[index]
    join = CONNECTOR.match(text, unit.end if unit else number.end)
    if not join or index + 1 >= len(numbers) or number.base is None:
        return None
    other = numbers[index + 1]
    if not 0 <= other.start - join.end() <= 1:
        return None
    unit2 = unit_of(text, other)
    if unit2 is None or (unit is not None and unit2.text != unit.text):
        return None
    figure = _figure(text, other, unit2, unit2.end)
    return figure if figure.start == join.end() else None


def _figure(text: str, number: Numeral, unit: Unit, end: int) -> _Figure:
    """Take in a minus sign in front of a figure that can be below zero, and its value."""
    start, value = number.start, number.value
    if unit.kind == "temperature" and text.endswith(_BELOW_ZERO, 0, start):
        return _Figure(number, start - 2, end, unit, None if value is None else -value)
    if unit.kind in ("temperature", "percent", "voltage") and start and text[start - 1] == "-":
        before = text[start - 2] if start > 1 else " "
        glued = before.isalnum() and (before.isascii() or unit.kind != "temperature")
        if not glued and before not in "℃%":
            start, value = start - 1, None if value is None else -value
    return _Figure(number, start, end, unit, value)


def _is_figure(text: str, number: Numeral, kind: QuantityKind) -> bool:
    """Say whether a Chinese numeral is a figure (五百家, 数十家), not a plain word (一个, 两种)."""
    if number.arabic:
        return True
    raw = text[number.start : number.end]
    if all(char in _BARE for char in raw) and kind != "count" and raw != "十":
        # 千兆赫兹, 百年: no figure is named.
        return False
    if kind == "time":
        return raw != "一" and len(raw) <= 4
    if kind == "count":
        return len(raw) > 1 and any(char in "十百千万亿" for char in raw)
    if kind in ("data", "rate", "other"):
        return len(raw) > 1
    return raw not in ("一", "两") or kind == "ratio"
