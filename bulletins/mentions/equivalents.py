"""Which sum of a text states another one again in another currency: `3 亿英镑（约 3.8 亿美元）`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from bulletins.mentions.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

# At most so many code points stand between a sum and the one that restates it.
_REACH = 24


@dataclass(frozen=True, slots=True)
class Said:
    """A sum in a view: where it stands, what it says, and the number of its list of equals."""

    start: int
    end: int
    currency: str
    worth: Decimal | None
    group: int


@dataclass(frozen=True, slots=True)
class _Rules:
    link: re.Pattern[str]
    bracket: re.Pattern[str]
    further: re.Pattern[str]
    per_usd: dict[str, Decimal]
    slack: Decimal


@cache
def _rules() -> _Rules:
    data = table("rates")
    words = "|".join(sorted(map(re.escape, data["words"]), key=len, reverse=True))
    around = "|".join(sorted(map(re.escape, data["around"]), key=len, reverse=True))
    around = rf"(?:{around}){{0,4}}"
    noun = r"的[^，。；\d（(]{1,8}"
    return _Rules(
        re.compile(rf"(?:[（(]|[，,] ?|{noun}[（(，])?{around}(?:{words}){around}$"),
        re.compile(rf" ?(?:{noun}|[^，。；、\d（(]{{0,6}})[（(]{around}$"),
        re.compile(rf"[，,；;、/] ?{around}"),
        {code: Decimal(rate) for code, rate in data["per_usd"].items()},
        Decimal(str(data["slack"])),
    )  # fmt: skip


def equivalents(text: str, sums: Sequence[Said]) -> list[int | None]:
    """Give for each sum the index of the one it restates, or None; `text` is the view's.

    The words between two sums must say so (约合, 折合, 相当于), or the second stands in brackets
    and both are worth about the same. Sums of a list restate those of the list before in order.
    """
    found: list[int | None] = [None] * len(sums)
    for index in range(1, len(sums)):
        if found[index] is None:
            for later, earlier in _pairs(text, sums, index, found):
                found[later] = earlier
    return found


def _pairs(
    text: str, sums: Sequence[Said], index: int, found: Sequence[int | None]
) -> list[tuple[int, int]]:
    here, before = sums[index], sums[index - 1]
    if here.start - before.end > _REACH or here.group == before.group:
        return []
    between = text[before.end : here.start]
    base = found[index - 1]
    if base is not None and _rules().further.fullmatch(between):
        # （约合 110 亿美元，800 亿元人民币）: both restate the sum before.
        tied = sums[base].currency != here.currency and _likely(here, sums[base])
        return [(index, base)] if tied else []
    said = bool(_rules().link.fullmatch(between))
    if not said and not _rules().bracket.fullmatch(between):
        return []
    earlier, later = _group(sums, index - 1, -1), _group(sums, index, 1)
    pairs = list(zip(later, earlier, strict=False)) if len(later) == len(earlier) else []
    pairs = pairs or [(index, index - 1)]
    result = []
    for one, other in pairs:
        base = found[other] if found[other] is not None else other
        if base is None or sums[one].currency == sums[base].currency:
            return []
        likely = _likely(sums[one], sums[base])
        # Words outweigh a rate that we do not know, but not one that speaks against them.
        if likely is False or (likely is None and not said):
            return []
        result.append((one, base))
    return result


def _group(sums: Sequence[Said], index: int, step: int) -> list[int]:
    """Give the indices of the list that a sum begins (step 1) or ends (-1), in order."""
    group = sums[index].group
    members: list[int] = []
    while 0 <= index < len(sums) and sums[index].group == group and len(members) < 16:
        members.append(index)
        index += step
    return sorted(members)


def _likely(one: Said, other: Said) -> bool | None:
    """Say whether two sums may be worth the same; None where no value or no rate is known."""
    rules = _rules()
    rates = rules.per_usd.get(one.currency), rules.per_usd.get(other.currency)
    if rates[0] is None or rates[1] is None or not one.worth or not other.worth:
        return None
    ratio = (one.worth / rates[0]) / (other.worth / rates[1])
    return 1 / rules.slack <= ratio <= rules.slack
