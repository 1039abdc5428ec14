"""Which currency a word or symbol beside a number means, by lists and by the article around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bulletins.mentions.tables import Forms, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# ￥ and ¥ are one symbol.
_YEN_SIGNS = ("¥", "￥")


@dataclass(frozen=True, slots=True)
class Currencies:
    """The forms behind and in front of a number, each with its code; "" is settled by the article.

    `after` holds the power of ten of a form as well: a cent is -2.
    """

    after: Mapping[str, tuple[str, int]]
    after_forms: Forms
    before: Mapping[str, str]
    before_forms: Forms
    scales: Mapping[str, int]
    scale: re.Pattern[str]
    not_yuan: frozenset[str]
    not_currency: frozenset[str]
    only_with_scale: frozenset[str]
    joins: Mapping[str, bool]
    join_forms: Forms
    respectively: tuple[str, ...]
    column_units: tuple[str, ...]
    ambiguous: Mapping[str, Any]


@cache
def currencies() -> Currencies:
    """Give the rules of `currencies.yaml`."""
    data = table("currencies")
    after = {form: (code, 0) for code, forms in data["after"].items() for form in forms}
    after |= {form: (code, -2) for code, forms in data["parts"].items() for form in forms}
    before = {form: code for code, forms in data["before"].items() for form in forms}
    for form in data["ambiguous"]:
        if form in _YEN_SIGNS:
            before |= dict.fromkeys(_YEN_SIGNS, "")
        else:
            after[form] = ("", 0)
    scales = {str(word): int(power) for word, power in data["scales"].items()}
    words = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    joins = dict.fromkeys(data["lists"], False) | dict.fromkeys(data["changes"], True)
    return Currencies(
        after, Forms(after), before, Forms(before), scales,
        re.compile(rf"[ -]?({words})(?![A-Za-z0-9])"), frozenset(data["not_yuan_before"]),
        frozenset(data["not_currency_before"]), frozenset(data["only_with_scale"]),
        joins, Forms(joins), tuple(data["respectively"]), tuple(data["unit_of_a_column"]),
        data["ambiguous"],
    )  # fmt: skip


def meanings(texts: Iterable[str]) -> dict[str, str]:
    """Say what each ambiguous name or symbol means in an article, by the words of its `texts`.

    A form that stays open means "".
    """
    rules = currencies().ambiguous
    whole = "\n".join(texts)
    if not any(form in whole for form in (*rules, *_YEN_SIGNS)):
        return {}
    found = {form: _meaning(rule, whole) for form, rule in rules.items()}
    return found | {_YEN_SIGNS[1]: found[_YEN_SIGNS[0]]}


def _meaning(rule: Mapping[str, Any], text: str) -> str:
    codes = {
        str(choice["code"])
        for choice in rule["of"]
        if any(word in text for word in choice["words"])
        and not any(word in text for word in choice["unless"])
    }
    return codes.pop() if len(codes) == 1 else str(rule["else"])
