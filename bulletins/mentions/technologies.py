"""Technologies: known terms, modifiers with a head, devices, chemical formulas and elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, left_edge
from bulletins.mentions.gazetteers import is_whole
from bulletins.mentions.grammar import HAN, grammar
from bulletins.mentions.tables import DATA, Forms, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMULA = re.compile(r"[A-Z(（][A-Za-z0-9₀-₉,，()（）-]{1,30}")
_SYMBOL = re.compile(r"([A-Z][a-z]?)([0-9₀-₉]{0,2})|[(),，（）-]")
_LIST = "、和与及或"
_ISOTOPE = re.compile(r"(?:[\u4e00-\u9fff])-\d{1,3}(?!\d)")
_MAX_DEVICE = 9
# GB200 超级芯片, MI300 系列, Blackwell B200 GPU: a type number and the word for what it is.
_PRODUCT = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z][a-z]{2,14} )?[A-Z]{1,4}\d{2,4}[A-Z]{0,2}"
    r"(?: ?(?:GPU|CPU)(?![A-Za-z])|系列|超级芯片|芯片|处理器|加速器)"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Words that technologies are made of; see the comments in the data file."""

    modifiers: Forms
    heads: Forms
    tails: Forms
    devices: Forms
    plain: Forms
    suffixes: Forms
    never: Forms
    plain_ends: Forms
    symbols: frozenset[str]
    elements: frozenset[str]


@cache
def _parts() -> _Parts:
    data = read_yaml(DATA / "gazetteers" / "technologies.yaml")
    return _Parts(
        Forms(data["modifiers"]), Forms(data["heads"]), Forms(data["tails"]),
        Forms(data["devices"]), Forms(data["plain"]), Forms(data["suffixes"]),
        Forms(data["not_names"]), Forms(data["plain_ends"]),
        frozenset(data["symbols"]), frozenset(data["elements"]),
    )  # fmt: skip


def ends_as_technology(text: str) -> bool:
    """Say whether a phrase ends as technologies do: …晶体管, …光刻."""
    return bool(_parts().suffixes.before(text, len(text)))


def ends_plainly(text: str) -> bool:
    """Say whether a phrase ends as no technology does: 高附加值, 产业园区."""
    return bool(_parts().plain_ends.before(text, len(text)))


def find_technologies(clause: Clause) -> list[Candidate]:
    """Find the technologies of a clause."""
    found = [
        Candidate(start, end, "technology", entry.kind, 7)
        for start, end, entry in clause.hits
        if entry.type == "technology"
    ]
    found += _composed(clause)
    found += _tailed(clause, found)
    found += [
        Candidate(*match.span(), "technology", "product", 7)
        for match in _PRODUCT.finditer(clause.text)
    ]
    return [*found, *_devices(clause), *_formulas(clause), *_elements(clause)]


def _composed(clause: Clause) -> Iterator[Candidate]:
    """Read each run of modifiers once, left to right, and the longest head behind it."""
    text, parts = clause.text, _parts()
    at = 0
    for begin, _ in parts.modifiers.find(text):
        if begin < at:
            continue
        at = position = begin
        best, count = 0, 0
        while position < len(text):
            if count and (head := parts.heads.at(text, position)):
                best = position + len(head)
            modifier = parts.modifiers.at(text, position)
            if not modifier:
                break
            position += len(modifier)
            count += 1
        if best and text[at:best] not in parts.never and is_whole(text, at, best):
            yield Candidate(at, best, "technology", "composed", 7)
        at = max(best, at + 1) if best else max(position, at + 1)


def _tailed(clause: Clause, found: list[Candidate]) -> Iterator[Candidate]:
    """碳化硅|复合材料, 高电子迁移率晶体管|放大器: a term and the word that goes on from it."""
    text, parts = clause.text, _parts()
    for one in found:
        end = one.end
        while tail := parts.tails.at(text, end):
            end += len(tail)
        if end > one.end and one.end - one.start > 2 and text[one.start : end] not in parts.never:
            yield Candidate(one.start, end, "technology", "tailed", 7)


def _devices(clause: Clause) -> Iterator[Candidate]:
    """游标|滤波器, 光纤相位|调制器: a device and the noun phrase in front, plain words off."""
    text, parts = clause.text, _parts()
    for at, device in parts.devices.find(text):
        start = left_edge(clause, at)
        start = max((verb for verb in range(start, at) if verb in clause.verbs), default=start)
        moved = True
        while moved and start < at:
            plain = parts.plain.at(text, start)
            start += len(plain)
            moved = bool(plain)
        if not 2 <= at - start <= _MAX_DEVICE or not HAN.match(text[start]):
            continue
        if start in clause.starts and clause.starts[start][1].type != "technology":
            continue
        if grammar().is_generic(text[start:at]) or text[start : at + len(device)] in parts.never:
            continue
        yield Candidate(start, at + len(device), "technology", "device", 8)


def _formulas(clause: Clause) -> Iterator[Candidate]:
    """Si3N4, (Bi,Sb)2(Te,Se)3: symbols of two elements at least, one of two letters or a number."""
    text = clause.text
    for match in _FORMULA.finditer(text):
        start, end = match.span()
        while end > start and text[end - 1] in ",，-(（":
            end -= 1
        if text[end - 1 : end] in ")）" and text[start:end].count(text[end - 1]) > sum(
            text[start:end].count(char) for char in ("(" if text[end - 1] == ")" else "（")
        ):
            end -= 1
        if end - start > 2 and is_whole(text, start, end) and _is_formula(text[start:end]):
            yield Candidate(start, end, "technology", "formula", 7)


def _is_formula(text: str) -> bool:
    if text[0] in "(（" and text[-1] in ")）":
        return False
    elements: list[str] = []
    numbers, at = 0, 0
    while at < len(text):
        match = _SYMBOL.match(text, at)
        if not match:
            return False
        if match[1]:
            if match[1] not in _parts().symbols:
                return False
            elements.append(match[1])
            numbers += bool(match[2])
        at = match.end()
    double = any(len(element) == 2 for element in elements)
    return len(set(elements)) > 1 and double and (numbers > 0 or len(elements) < 4)


def _elements(clause: Clause) -> Iterator[Candidate]:
    """钕和镝, 锂、镍、钴; 氦-3: elements in a list of elements, and isotopes."""
    text = clause.text
    elements = _parts().elements
    for match in _ISOTOPE.finditer(text):
        if match[0][0] not in elements and match[0][0] not in "氦氢碳氙":
            continue
        yield Candidate(*match.span(), "technology", "isotope", 7)
    alone = [
        at for at, char in enumerate(text) if char in elements and _stands_alone(clause, at)
    ]  # fmt: skip
    known = set(alone)
    for at in alone:
        if at - 2 in known or at + 2 in known:
            yield Candidate(at, at + 1, "technology", "element", 8)


def _stands_alone(clause: Clause, at: int) -> bool:
    """Say whether one character is a word of its own, as far as cuts and verbs tell."""
    text = clause.text
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    begins = not HAN.match(before) or before in _LIST or clause.cuts[at] or at in clause.verbs
    ends = not HAN.match(after) or after in _LIST or after in "等的"
    return bool(begins and ends)
