"""Percentages, ratios, counts with their unit words, and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, cast

from bulletins.mentions.amounts import is_qualified
from bulletins.mentions.numbers import CONNECTOR, Numeral, chinese, decimal_of, plain
from bulletins.mentions.tables import Forms, table
from bulletins.model import Place, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.mentions.view import View
    from bulletins.model import QuantityKind

_DIGIT = r"(?:\d{1,15}(?:\.\d{1,15})?|[零一二三四五六七八九十百两]{1,6})"
# 百分之五 is 5 %, 25分之1 is a ratio.
_PARTS = re.compile(rf"(?<!\d)({_DIGIT}|百|千)分之({_DIGIT})(?!\d)")
_TOKEN = re.compile(r" ?([A-Za-zµΩ°](?:[A-Za-z0-9µΩ°/·⋅^⁻¹²³-]|\.(?=\d)){0,23})")
_LATIN = re.compile(r"[A-Za-z0-9]")
# V-1s: the 1 is an exponent.
_POWER = re.compile(r"[A-Za-zµ0-9]-$")
_EXPONENT = re.compile(r"\^?-?\d(?:\.\d)?|⁻?[¹²³]")


@dataclass(frozen=True, slots=True)
class _Units:
    words: dict[str, QuantityKind]
    forms: Forms
    not_after: dict[str, tuple[str, ...]]
    symbols: dict[str, QuantityKind]
    symbol_forms: Forms
    glued: frozenset[str]


@cache
def _units() -> _Units:
    data = table("units")
    words = {str(w): cast("QuantityKind", kind) for kind, ws in data["words"].items() for w in ws}
    symbols: dict[str, QuantityKind] = {}
    for prefix in ("", *data["prefixes"]):
        for kind, bases in data["symbols"].items():
            for base in bases:
                symbols.setdefault(f"{prefix}{base}", cast("QuantityKind", kind))
    not_after = {str(k): tuple(v) for k, v in data["not_after"].items()}
    return _Units(
        words, Forms(words), not_after, symbols, Forms(symbols), frozenset(data["glued_letters"])
    )


def find_quantities(
    view: View, numbers: Sequence[Numeral], taken: Sequence[tuple[int, int]], block: int | None
) -> list[Quantity]:
    """Find every quantity of a view outside the spans `taken` (of the source, in order)."""
    found = _fractions(view, block)
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


def _fractions(view: View, block: int | None) -> list[Quantity]:
    found = []
    for match in _PARTS.finditer(view.text):
        below, above = _small(match[1]), _small(match[2])
        if not below or above is None:
            continue
        start, end = view.span(*match.span())
        place = Place(start, end, block)
        printed = view.source[start:end]
        rough = is_qualified(view.text, *match.span())
        if match[1] == "百":
            found.append(Quantity(printed, place, "percent", "%", above, approximate=rough))
        else:
            value = plain((above / below).quantize(Decimal("1e-12")))
            found.append(Quantity(printed, place, "ratio", "", value, approximate=rough))
    return found


def _small(raw: str) -> Decimal | None:
    return decimal_of(raw) if raw[0].isascii() else chinese(raw)


def _quantity(
    view: View, numbers: Sequence[Numeral], index: int, block: int | None
) -> tuple[Quantity | None, int]:
    """Read the quantity that begins with a numeral, and how many numerals after it were used."""
    text, first = view.text, numbers[index]
    before = text[max(0, first.start - 2) : first.start]
    if before and (_LATIN.match(before[-1]) or before[-1] in "第.$" or _POWER.match(before)):
        return None, 0
    unit, kind, end = _unit(text, first)
    start = _signed(text, first.start, kind)
    second = None
    join = CONNECTOR.match(text, end)
    if join and index + 1 < len(numbers) and numbers[index + 1].start - join.end() in (0, 1):
        other = numbers[index + 1]
        minus = _signed(text, other.start, "temperature")
        if minus == join.end():
            unit2, kind2, end2 = _unit(text, other)
            if unit2 and (not unit or unit2 == unit) and first.base is not None:
                second, unit, kind, end = other, unit2, kind2, end2
                start = _signed(text, first.start, kind)
    if not unit or kind is None:
        return None, 0
    if not first.arabic and not _worth(text, first, kind):
        return None, 0
    low = first.value
    if low is not None and start < first.start:
        low = -low
    rough = first.approximate or is_qualified(text, start, end)
    begin, stop = view.span(start, end)
    printed, place = view.source[begin:stop], Place(begin, stop, block)
    if second is None:
        return Quantity(printed, place, kind, unit, low, approximate=rough or low is None), 0
    high = second.value
    if low is not None and high is not None:
        if (
            text[second.start - 1] == "-"
            and kind == "temperature"
            and join
            and (second.start > join.end())
        ):
            high = -high
        if first.scale == 1 and second.scale != 1 and low * second.scale <= high:
            low = plain(low * second.scale)
    return Quantity(printed, place, kind, unit, low=low, high=high, approximate=rough), 1


def _signed(text: str, start: int, kind: QuantityKind | None) -> int:
    """Take in a minus sign in front of a temperature, unless it joins two numbers or words."""
    if kind != "temperature" or not start or text[start - 1] != "-":
        return start
    before = text[start - 2] if start > 1 else " "
    return start if (before.isascii() and before.isalnum()) or before in "℃" else start - 1


def _worth(text: str, number: Numeral, kind: QuantityKind) -> bool:
    """Say whether a Chinese numeral is a figure (五百家, 数十家), not a plain word (一个, 两种)."""
    raw = text[number.start : number.end]
    if kind in ("percent", "ratio", "length", "mass", "energy"):
        return raw not in ("一", "两") or kind == "ratio"
    if kind == "time":
        return raw != "一" and len(raw) <= 4
    return len(raw) > 1 and any(char in "十百千万亿" for char in raw)


def _unit(text: str, number: Numeral) -> tuple[str, QuantityKind | None, int]:
    """Read the unit behind a number: its text, kind and end; "" if there is none."""
    units = _units()
    end = number.end
    word = units.forms.at(text, end)
    if word:
        after = text[end + len(word) : end + len(word) + 2]
        if any(after.startswith(no) for no in units.not_after.get(word, ()) if no):
            return "", None, end
        if word == "年" and number.base is not None and number.base >= 1000:
            return "", None, end
        return word, units.words[word], end + len(word)
    match = _TOKEN.match(text, end)
    if not match:
        return "", None, end
    kind, length = _measure(match[1])
    if not length:
        return "", None, end
    stop = match.start(1) + length
    if stop < len(text) and _LATIN.match(text[stop]):
        return "", None, end
    unit = match[1][:length]
    glued = match.start(1) == end
    if glued and len(unit) == 1 and unit not in units.glued:
        return "", None, end
    if unit == "K" and glued and number.scale == 1 and stop < len(text) and text[stop] > "\u2e80":
        return "", None, end
    return unit, kind, stop


def _measure(token: str) -> tuple[QuantityKind | None, int]:
    """Read `µeVHz-0.5`, `km/h`, `cm2`: the kind of the whole and the length that is a unit."""
    units, position, good = _units(), 0, 0
    kinds: list[QuantityKind] = []
    power = False
    while position < len(token):
        form = units.symbol_forms.at(token, position)
        if not form:
            break
        kinds.append(units.symbols[form])
        position += len(form)
        if exponent := _EXPONENT.match(token, position):
            position, power = exponent.end(), power or exponent[0].strip("^") in ("2", "²")
        good = position
        if position < len(token) and token[position] in "/·⋅":
            position += 1
    if not kinds:
        return None, 0
    if len(kinds) > 1:
        return ("rate" if "/" in token[:good] else "other"), good
    if kinds[0] == "length" and power:
        return "area", good
    return kinds[0], good
