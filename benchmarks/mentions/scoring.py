"""How well what was found agrees with the labels: names by distinct form, sums one by one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMES = ("organization", "person", "place", "document", "program", "technology")
SPANS = ("date", "percent")
"""Classes that only our own bulletins have labels for."""
_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class Tally:
    """Hits, and how many were found and labelled, by class."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, kind: str, found: Counter[Any], wanted: Counter[Any]) -> None:
        """Count one article's mentions of one class."""
        held = self.counts.setdefault(kind, [0, 0, 0])
        held[0] += sum((found & wanted).values())
        held[1] += sum(found.values())
        held[2] += sum(wanted.values())

    def f1(self, kind: str) -> float | None:
        """The harmonic mean of precision and recall; None for a class never found."""
        hits, found, wanted = self.counts.get(kind, (0, 0, 0))
        return None if not found or not wanted else 2 * hits / (found + wanted)

    def precision(self, kind: str) -> float | None:
        """The share of what was found that is labelled."""
        hits, found, _ = self.counts.get(kind, (0, 0, 0))
        return hits / found if found else None


def name(text: str) -> str:
    """Bring a name to the spelling in which it is compared."""
    plain = _BESIDE_HAN.sub("", " ".join(text.split())).strip()
    for left, right in ("《》", "“”", "「」"):
        if plain.startswith(left) and plain.endswith(right) and plain.count(left) == 1:
            plain = plain[1:-1]
    return plain


def tally(tally: Tally, found: Iterable[Mapping[str, Any]], labels: Mapping[str, Any]) -> None:
    """Hold what was found in one article against its labels."""
    mentions = list(found)
    for kind in NAMES:
        here = Counter({name(one["text"]) for one in mentions if one["class"] == kind})
        wanted = Counter({name(one["text"]) for one in labels["entities"] if one["type"] == kind})
        tally.add(kind, here, wanted)
    sums = [one for one in mentions if one["class"] == "money"]
    wanted_sums = [one for one in labels["money"] if _in_body(one)]
    tally.add("money", Counter(map(_sum, sums)), Counter(map(_sum, wanted_sums)))
    tally.add("money words", Counter(map(_words, sums)), Counter(map(_words, wanted_sums)))
    for kind in SPANS:
        if f"{kind}s" in labels:
            here = Counter(_words(one) for one in mentions if one["class"] == kind)
            tally.add(kind, here, Counter(_words(one) for one in labels[f"{kind}s"]))


def _in_body(label: Mapping[str, Any]) -> bool:
    """Leave out sums in notes and foreign titles: the tools get titles and blocks only."""
    where = label.get("where")
    if where:
        return where in ("body", "title", "block")
    around = f"{label.get('before') or ''}{label['text']}{label.get('after') or ''}"
    return bool(_HAN.search(around))


def _words(one: Mapping[str, Any]) -> str:
    return "".join(str(one["text"]).split())


def _sum(one: Mapping[str, Any]) -> tuple[object, ...]:
    numbers = tuple(_number(one.get(field)) for field in ("value", "low", "high"))
    return (_words(one), one.get("currency"), *numbers)


def _number(value: object) -> Decimal | None:
    if value in (None, "", "None"):
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None
