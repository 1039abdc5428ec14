"""Units of measure and counting words behind a number, and where a number counts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from bulletins.mentions.tables import Forms, table

if TYPE_CHECKING:
    from bulletins.mentions.numbers import Numeral
    from bulletins.model import QuantityKind

_TOKEN = re.compile(r" ?([A-Za-zµΩ°Å](?:[A-Za-z0-9µΩ°Å/·⋅^⁻¹²³-]|\.(?=\d)){0,23})")
# W h kg-1, A cm-2: symbols apart, the last one with a negative exponent.
_APART = re.compile(
    r"(?: ([A-Za-zµΩ]{1,4}))?((?: [A-Za-zµΩ]{1,4}(?:-|⁻)[1-9¹²³]){1,3})(?![A-Za-z0-9.])"
)
# V-1s: the 1 is an exponent.
_POWER = re.compile(r"[A-Za-zµ0-9]-$")
_EXPONENT = re.compile(r"\^?-?(?:[1-9](?:\.\d)?|0\.\d)|⁻?[¹²³]")
# 1016 cm-2 is 10^16: nothing is counted by the thousand and sixteen to an area or a volume.
_PER_SPACE = re.compile(r"[cµmn]?m-[23]")
_PICTURES = (2, 4, 8, 16)
_BEHIND_KELVIN = frozenset("下以温的时左至到和与或、，。；（）")
_CLOCK = re.compile(r"\d[:：]$")
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit behind a number: its text, its kind and where it ends in the view."""

    text: str
    kind: QuantityKind
    end: int


@dataclass(frozen=True, slots=True)
class _Units:
    words: dict[str, QuantityKind]
    forms: Forms
    nouns: Forms
    noun_before: dict[str, str]
    not_after: dict[str, tuple[str, ...]]
    ordinals: tuple[str, ...]
    ranks: tuple[str, ...]
    ranked: frozenset[str]
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
        words, Forms(words), Forms(data["nouns"]), data["noun_before"], not_after,
        tuple(data["ordinals"]), tuple(data["ranks"]), frozenset(data["ranked"]), symbols,
        Forms(symbols), frozenset(data["glued_letters"]),
    )  # fmt: skip


def is_a_name(text: str, start: int) -> bool:
    """Say whether a number at `start` belongs to a name (B200), an order (第 3) or an exponent."""
    before = text[max(0, start - 4) : start]
    if not before:
        return False
    return bool(
        _LATIN.match(before[-1])
        or before[-1] in ".$"
        or before.endswith(_units().ordinals)
        or _POWER.search(before[-2:])
        or _CLOCK.search(before)
    )


def unit_of(text: str, number: Numeral) -> Unit | None:
    """Read the unit behind a number, None if there is none."""
    end = number.end
    word = _units().forms.at(text, end)
    if not word and text.startswith(" ", end):
        end += 1
        word = _units().forms.at(text, end)
    if word:
        return _word(text, number, word, end)
    match = _TOKEN.match(text, number.end)
    return _symbol(text, number, match) if match else None


def power_of_ten(text: str, number: Numeral, unit: Unit) -> int:
    """Give the exponent that print has lowered in `1016 cm-2`, 0 if there is none."""
    raw = text[number.start : number.end]
    if not _PER_SPACE.match(unit.text) or len(raw) not in (3, 4) or not raw.startswith("10"):
        return 0
    return int(raw[2:]) if raw.isascii() and raw.isdecimal() and raw[2] != "0" else 0


def _word(text: str, number: Numeral, word: str, at: int) -> Unit | None:
    units = _units()
    end = at + len(word)
    if text.startswith(tuple(no for no in units.not_after.get(word, ()) if no), end):
        return None
    if word == "年" and number.value is not None and number.value >= 1000 and number.scale == 1:
        return None
    kind = units.words[word]
    if kind == "count":
        if text.endswith(units.ranks, 0, number.start) and word in units.ranked:
            return None
        noun = units.nouns.at(text, end) if len(word) == 1 and word != "人" else ""
        only = units.noun_before.get(noun, "")
        if noun and (not only or text[end + len(noun) : end + len(noun) + 1] in only):
            word, end = word + noun, end + len(noun)
    return Unit(word, kind, end)


def _symbol(text: str, number: Numeral, match: re.Match[str]) -> Unit | None:
    units = _units()
    kind, length = _measure(match[1])
    if not length or kind is None:
        return None
    stop = match.start(1) + length
    if _LATIN.match(text[stop : stop + 1] or " "):
        return None
    unit = match[1][:length]
    glued = match.start(1) == number.end
    if glued and len(unit) == 1 and unit not in units.glued:
        return None
    following = text[stop : stop + 1]
    named = number.value in _PICTURES or (following > "\u2e80" and following not in _BEHIND_KELVIN)
    if unit == "K" and glued and number.scale == 1 and named:
        # 4K and 8K are pictures.
        return None
    if unit in ("wt", "at", "mol", "vol") and text.startswith("%", stop):
        return Unit(f"{unit}%", "percent", stop + 1)
    if (apart := _APART.match(text, stop)) and all(
        _measure(part)[1] == len(part) for part in apart[0].split()
    ):
        return Unit(unit + apart[0], "rate", apart.end())
    return Unit(unit, kind, stop)


def _measure(token: str) -> tuple[QuantityKind | None, int]:
    """Read `µeVHz-0.5`, `km/h`, `cm2`: the kind of the whole and the length that is a unit."""
    units, position, good = _units(), 0, 0
    kinds: list[QuantityKind] = []
    exponent, joined = "", False
    while position < len(token):
        form = units.symbol_forms.at(token, position)
        if not form:
            break
        kinds.append(units.symbols[form])
        position += len(form)
        if power := _EXPONENT.match(token, position):
            position, exponent = power.end(), power[0].strip("^")
        good = position
        if position < len(token) and token[position] in "/·⋅":
            position, joined = position + 1, True
    if not kinds:
        return None, 0
    if len(kinds) > 1:
        # MTB is no product of units: one prints a mark or an exponent between them.
        if not (joined or exponent):
            return None, 0
        return ("rate" if "/" in token[:good] else "other"), good
    if kinds[0] == "length" and exponent:
        kind: dict[str, QuantityKind] = {"2": "area", "²": "area", "3": "volume", "³": "volume"}
        return kind.get(exponent, "other"), good
    return kinds[0], good
