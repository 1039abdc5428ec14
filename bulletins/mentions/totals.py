"""How the sums of an article stand to each other: totals, parts, repeats, equivalents.

Arithmetic is exact and looks only at runs of neighbouring sums in one currency, so the cost is
linear. A range is never added up; an approximate total agrees with its parts if they round to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from bulletins.mentions.flow_words import flow_words
from bulletins.model import Evidence, Flow, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.mentions.view import View
    from bulletins.model import Amount, RelationKind

_RUN = 12  # how many parts a total may have
_NEAR = 24  # how far in front of a sum the word stands that makes it a total or a part, code points
_ENDS = re.compile("[。！？!?\n]")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CLAUSE = re.compile("[，。；：！？,;\n]")


@dataclass(frozen=True, slots=True)
class Sum:
    """One exact sum: its index, its sentence (counted through the block), the words beside it."""

    index: int
    amount: Amount
    value: Decimal
    sentence: int
    before: str
    after: str


Relations = dict[int, tuple["RelationKind", tuple[int, ...]]]


def quantum(amount: Amount) -> Decimal | None:
    """Give the value of the last digit printed: 1.4 亿 is exact to 10,000,000; None if unknown."""
    match = _DIGITS.search(amount.text)
    if not match or amount.value is None or not amount.value:
        return None
    digits = match[0].replace(",", "")
    if len(digits) > 30:
        return None
    number = Decimal(digits)
    if not number:
        return None
    places = len(digits.partition(".")[2])
    return amount.value / number / (Decimal(10) ** places)


def rounds_to(value: Decimal, amount: Amount) -> bool:
    """Say whether a value, rounded or cut to the digits printed of a sum, is that sum."""
    step = quantum(amount)
    if amount.value is None or step is None or step <= 0:
        return value == amount.value
    if value > amount.value * 10:
        return False
    return any(
        (value / step).quantize(Decimal(1), rounding=mode) * step == amount.value
        for mode in (ROUND_HALF_UP, ROUND_DOWN)
    )


def read_sums(
    view: View, amounts: Sequence[tuple[int, Amount]], *, in_equivalents: bool = False
) -> list[Sum]:
    """Give the exact sums of one text with their sentences and the words around them."""
    found: list[Sum] = []
    source, sentence, at, previous = view.source, 0, 0, 0
    for index, amount in amounts:
        start, end = amount.place.start, amount.place.end
        sentence += len(_ENDS.findall(source, at, start))
        at = max(at, start)
        before = source[max(previous, start - 3 * _NEAR) : start]
        previous = end
        if amount.value is None or amount.per is not None:
            continue
        if amount.equivalent_of is not None and not in_equivalents:
            continue
        after = source[end : end + _NEAR]
        found.append(Sum(index, amount, amount.value, sentence, before, after))
    return found


def find_relations(
    texts: Sequence[tuple[int | None, View | None]],
    amounts: Sequence[Amount],
    flows: Sequence[Flow],
) -> Relations:
    """Say of each sum that has one which relation it has to which others.

    `texts` are the title (block None) and the blocks; None instead of a view for a table. A total
    lists its parts, and each of them names it. What restates another sum comes first.
    """
    relations: Relations = {}
    by_block: dict[int | None, list[tuple[int, Amount]]] = {}
    for index, amount in enumerate(amounts):
        if amount.equivalent_of is not None and 0 <= amount.equivalent_of < len(amounts):
            relations[index] = ("equivalent", (amount.equivalent_of,))
        elif amount.place.footnote is None:
            by_block.setdefault(amount.place.block, []).append((index, amount))
    for block, view in texts:
        if view is None or block not in by_block:
            continue
        sums = read_sums(view, by_block[block])
        for currency in {one.amount.currency for one in sums}:
            _add_up([one for one in sums if one.amount.currency == currency], relations)
    _repeats(amounts, flows, relations)
    return relations


def _add_up(sums: Sequence[Sum], relations: Relations) -> None:
    """Find totals among the sums of one text and currency, in order of appearance."""
    taken: set[int] = set()
    for at, total in enumerate(sums):
        if total.index in taken or total.index in relations:
            continue
        parts = _run_before(sums, at, taken) or _run_behind(sums, at, taken)
        if not parts:
            parts = _named_parts(sums, at, taken)
        if parts:
            _tie(total, parts, relations, taken)


def _tie(total: Sum, parts: Sequence[Sum], relations: Relations, taken: set[int]) -> None:
    relations[total.index] = ("total", tuple(sorted({one.index for one in parts})))
    taken.add(total.index)
    for one in parts:
        taken.add(one.index)
        relations[one.index] = ("part", (total.index,))


def _run_before(sums: Sequence[Sum], at: int, taken: set[int]) -> list[Sum]:
    """Give the run of sums right in front of a total that adds up to it."""
    total, parts, added = sums[at], list[Sum](), Decimal(0)
    for one in reversed(sums[max(0, at - _RUN) : at]):
        if one.index in taken or total.sentence - one.sentence > 1 or one.value > total.value:
            break
        if one.sentence < total.sentence and _is_total(one):
            break  # the total of something else
        parts.append(one)
        added += one.value
        if len(parts) > 1 and _agrees(total, parts, added, said=_is_total(total)):
            return parts[::-1]
    return []


def _run_behind(sums: Sequence[Sum], at: int, taken: set[int]) -> list[Sum]:
    """Give the run of sums right behind a total that adds up to it."""
    total, parts, added = sums[at], list[Sum](), Decimal(0)
    said = _is_total(total)
    for one in sums[at + 1 : at + 1 + _RUN]:
        if one.index in taken or one.sentence - total.sentence > 1 or one.value > total.value:
            break
        parts.append(one)
        added += one.value
        said = said or _is_part(one, flow_words().parts)
        if len(parts) > 1 and _agrees(total, parts, added, said=said):
            return parts
        if added > total.value * 2:
            break
    return []


def _agrees(total: Sum, parts: Sequence[Sum], added: Decimal, *, said: bool) -> bool:
    """Say whether parts make a total: exactly in one sentence, else the words must say so as well.

    With words a total that is approximate, or whose parts are, may be the rounded sum.
    """
    if any(one.value <= 0 for one in parts):
        return False
    together = all(one.sentence == total.sentence for one in parts)
    if added == total.value:
        return said or (together and not _is_small(parts))
    rough = total.amount.approximate or any(one.amount.approximate for one in parts)
    return said and rough and rounds_to(added, total.amount)


def _is_small(parts: Sequence[Sum]) -> bool:
    """Say whether a sum may come out by chance: all parts have one digit (1 + 2 = 3)."""
    return all(len(one.value.normalize().as_tuple().digits) == 1 for one in parts)


def _named_parts(sums: Sequence[Sum], at: int, taken: set[int]) -> list[Sum]:
    """Give the sums behind a total that 其中 calls its parts, though they need not add up."""
    total, parts, left = sums[at], list[Sum](), sums[at].value
    rules = flow_words()
    high = total.value if not total.amount.approximate else total.value * 2
    for one in sums[at + 1 : at + 1 + _RUN]:
        if one.index in taken or one.sentence - total.sentence > 1:
            break
        first = _is_part(one, rules.contains)
        if not parts and not first:
            break
        if parts and (one.sentence != parts[-1].sentence or _is_other(one)) and not first:
            break
        if one.value >= high or one.value > left:
            break
        left -= one.value
        parts.append(one)
    return parts


def _own_clause(one: Sum) -> str:
    """Give the words in front of a sum in its own clause."""
    ends = [match.end() for match in _CLAUSE.finditer(one.before)]
    return one.before[ends[-1] :] if ends else one.before


def _is_total(one: Sum) -> bool:
    return bool(flow_words().sums.search(_own_clause(one)[-_NEAR:]))


def _is_part(one: Sum, words: re.Pattern[str]) -> bool:
    """Say whether 其中 or the like stands in front of a sum with at most a comma between."""
    clauses = _CLAUSE.split(one.before)
    own = "".join(clauses[-2:]) if len(clauses) > 1 and len(clauses[-2]) <= 4 else clauses[-1]
    return bool(words.search(own))


def _is_other(one: Sum) -> bool:
    return bool(flow_words().others.search(_own_clause(one)[:6]))


def _repeats(amounts: Sequence[Amount], flows: Sequence[Flow], relations: Relations) -> None:
    """Find sums that say an earlier one again: the title's, or a later one of the same thing."""
    of = {flow.amount: flow for flow in flows}
    seen: dict[tuple[object, ...], list[int]] = {}
    for index, amount in enumerate(amounts):
        key = (amount.currency, amount.value, amount.low, amount.high)
        if key[1:] == (None, None, None) or amount.equivalent_of is not None or amount.per:
            continue
        earlier = seen.get(key, [])
        first = next((one for one in earlier if _same(amounts, of, one, index, len(earlier))), None)
        if first is None:
            earlier.append(index)
            seen[key] = earlier[:4]
            continue
        relations.setdefault(index, ("repeat", (first,)))
        earlier.append(index)
        seen[key] = earlier[:4]


def _same(
    amounts: Sequence[Amount], flows: dict[int, Flow], first: int, index: int, count: int
) -> bool:
    """Say whether two equal sums are one thing: no other payer, and a name or digits in common."""
    one, other = flows.get(first), flows.get(index)
    mine, yours = amounts[first].place, amounts[index].place
    in_title = mine.block is None and mine.footnote is None
    if in_title and yours.block is None and yours.footnote is None:
        return False
    if in_title and (count == 1 or yours.footnote is not None):
        return not _contradict(one, other)
    digits = amounts[first].value
    specific = digits is not None and len(digits.normalize().as_tuple().digits) > 2
    if one and other and (_values(one.payer) & _values(other.payer)):
        return not _contradict(one, other) and mine.block != yours.block
    if one and other and (_values(one.recipient) & _values(other.recipient)):
        return not _contradict(one, other)
    return specific and not _contradict(one, other)


def _contradict(one: Flow | None, other: Flow | None) -> bool:
    """Say whether two flows have recipients that are named and have none in common."""
    if one is None or other is None:
        return False
    named, others = _values(one.recipient), _values(other.recipient)
    return bool(named and others and one.payer and other.payer) and not (
        _alike(named, others) or _alike(_values(one.payer), _values(other.payer))
    )


def _alike(ones: set[str], others: set[str]) -> bool:
    return any(a in b or b in a for a in ones for b in others)


def _values(evidence: Sequence[Evidence]) -> set[str]:
    return {one.value for one in evidence}


def with_relations(
    flows: Sequence[Flow],
    relations: Relations,
    amounts: Sequence[Amount],
    views: dict[Place, View],
) -> list[Flow]:
    """Give the flows with their relations; a sum of which only a relation is known gets a flow."""
    held = {flow.amount: flow for flow in flows}
    for index, (relation, others) in relations.items():
        flow = replace(held.get(index, Flow(index)), relation=relation, others=others)
        if relation == "equivalent" and flow.kind is None:
            flow = replace(flow, kind=_restating(amounts[index], views))
        held[index] = flow
    return [held[index] for index in sorted(held)]


def _restating(amount: Amount, views: dict[Place, View]) -> Evidence | None:
    """Give the word in front of an equivalent that says so (约合, 折合)."""
    place = amount.place
    view = views.get(Place(0, 0, place.block, place.footnote))
    if view is None:
        return None
    low = max(0, place.start - 8)
    before = view.source[low : place.start].rstrip()
    word = flow_words().equivalents.before(before, len(before))
    if not word:
        return None
    end = low + len(before)
    where = Place(end - len(word), end, place.block, place.footnote)
    return Evidence(word, where, "equivalent")
