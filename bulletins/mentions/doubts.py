"""Sums of which the title says one thing and the body another.

A warning must be worth reading: it is given only if no sum of the body agrees with the title's in
any way (equal, rounded, within a range or bound, as a total, in another currency), and one of the
body looks like the same sum misprinted or stands for the same thing.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from bulletins.mentions.totals import rounds_to
from bulletins.model import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.mentions.view import View
    from bulletins.model import Amount, Evidence, Flow

_MORE = ("超", "超过", "逾", "高于", "多于", "不少于", "不低于", "至少", "大于", ">", "≥", "over")
_LESS = (
    "近",
    "接近",
    "将近",
    "不到",
    "不足",
    "低于",
    "至多",
    "不超过",
    "最多",
    "最高",
    "高达",
    "<",
    "≤",
)
_SLACK = Decimal(
    "0.25"
)  # how far beyond a bound (超 11 亿) a sum may lie and still be the one meant
_RUN = 12
_MOST = 400  # sums of the body that are looked at


def find_doubts(title: View, amounts: Sequence[Amount], flows: Sequence[Flow]) -> list[Doubt]:
    """Give the pairs of a title's sum and the body's that should agree and do not."""
    heads = [
        index
        for index, one in enumerate(amounts)
        if one.place.block is None and one.place.footnote is None and one.value is not None
    ]
    body = [index for index, one in enumerate(amounts) if one.place.block is not None]
    if not heads or not body or len(heads) > _RUN:
        return []
    of = {flow.amount: flow for flow in flows}
    found: list[Doubt] = []
    for head in heads:
        if amounts[head].per or amounts[head].equivalent_of is not None:
            continue
        if _is_supported(title, head, body, amounts):
            continue
        other = _rival(head, heads, body[:_MOST], amounts, of)
        if other is not None:
            found.append(Doubt(head, other))
    return found


def _is_supported(title: View, head: int, body: Sequence[int], amounts: Sequence[Amount]) -> bool:
    """Say whether any sum of the body, or a run of them added up, agrees with the title's."""
    one = amounts[head]
    own = [amounts[index] for index in body if amounts[index].currency == one.currency]
    if not own:
        # Nothing to compare with: the body gives the sum in no number of this currency.
        return all(amounts[index].value is None or not _digits_agree(one, amounts[index])
                   for index in body)  # fmt: skip
    before = title.source[max(0, one.place.start - 8) : one.place.start].rstrip()
    bounds = (_is_bound(before, _MORE), _is_bound(before, _LESS))
    if any(_agrees(one, other, bounds) for other in own):
        return True
    values = [other.value for other in own if other.value is not None][:_MOST]
    return any(_fits(one, value, bounds) for value in _runs(values, one.value or Decimal(0)))


def _is_bound(before: str, words: Iterable[str]) -> bool:
    return before.endswith(tuple(words))


def _runs(values: Sequence[Decimal], limit: Decimal) -> Iterable[Decimal]:
    """Give the totals of runs of two and more neighbouring sums, up to about the limit."""
    for start in range(len(values)):
        total = values[start]
        for value in values[start + 1 : start + _RUN]:
            total += value
            if total > limit * 2:
                break
            yield total


def _agrees(one: Amount, other: Amount, bounds: tuple[bool, bool]) -> bool:
    if other.low is not None and other.high is not None and one.value is not None:
        return other.low <= one.value <= other.high
    if other.value is None:
        return _is_vague_like(one, other)
    if _fits(one, other.value, bounds):
        return True
    if other.approximate and one.value is not None and set("多余几") & set(other.text):
        return other.value <= one.value < 2 * other.value
    # The body may be the rougher of the two: 78.65 亿 in the title, 约 79 亿 below.
    return other.approximate and one.value is not None and rounds_to(one.value, other)


def _fits(one: Amount, value: Decimal, bounds: tuple[bool, bool]) -> bool:
    """Say whether a value is the title's sum, rounds to it or keeps to its bound."""
    if one.value is None or value <= 0:
        return False
    if value == one.value or rounds_to(value, one):
        return True
    more, less = bounds
    if more and one.value <= value <= one.value * (1 + _SLACK):
        return True
    return less and one.value * (1 - _SLACK) <= value <= one.value


def _is_vague_like(one: Amount, other: Amount) -> bool:
    """Say whether 数亿 can be the title's sum: the scale is the same."""
    scales = "万亿"
    return any(char in one.text and char in other.text for char in scales)


def _rival(
    head: int,
    heads: Sequence[int],
    body: Sequence[int],
    amounts: Sequence[Amount],
    of: dict[int, Flow],
) -> int | None:
    """Give the body's sum that should have agreed, if one stands out."""
    one = amounts[head]
    candidates = [
        index
        for index in body
        if amounts[index].value is not None and amounts[index].per is None
        and amounts[index].equivalent_of is None
        and not any(_is_same(amounts[index], amounts[other]) for other in heads)
    ]  # fmt: skip
    for index in candidates:
        other = amounts[index]
        same = _digits_agree(one, other)
        if same and (_many_digits(one) or _shares(of.get(head), of.get(index))):
            return index
    own = [index for index in candidates if amounts[index].currency == one.currency]
    if not own:
        return None
    first = own[0]
    lead = amounts[first].place.block == min(
        (amounts[index].place.block or 0 for index in body), default=0
    )
    flow = of.get(first)
    if not lead or (flow is not None and flow.relation == "part"):
        return None
    if _shares(of.get(head), flow, both=True):
        return first
    alone = len([index for index in body if amounts[index].currency == one.currency]) == 1
    return first if alone and len(heads) == 1 and _shares(of.get(head), flow) else None


def _is_same(one: Amount, other: Amount) -> bool:
    return (one.currency, one.value) == (other.currency, other.value)


def _digits_agree(one: Amount, other: Amount) -> bool:
    """Say whether two sums are printed with the same digits, but are not the same sum."""
    if one.value is None or other.value is None or one.value <= 0 or other.value <= 0:
        return False
    if one.currency == other.currency and one.value == other.value:
        return False
    first, second = one.value.normalize().as_tuple(), other.value.normalize().as_tuple()
    if first.digits != second.digits:
        return False
    return one.currency == other.currency or one.value == other.value


def _many_digits(one: Amount) -> bool:
    return one.value is not None and len(one.value.normalize().as_tuple().digits) > 1


def _shares(one: Flow | None, other: Flow | None, *, both: bool = False) -> bool:
    """Say whether two flows have a payer or a recipient in common; `both`: and the kind as well."""
    if one is None or other is None:
        return False
    met = [
        _meets(one.payer, other.payer),
        _meets(one.recipient, other.recipient),
        _share_words(one, other),
    ]
    if both:
        kinds = {flow.kind.value for flow in (one, other) if flow.kind}
        return sum(met) > 1 or (met[0] and len(kinds) == 1 and bool(one.kind and other.kind))
    return any(met)


def _meets(ones: Sequence[Evidence], others: Sequence[Evidence]) -> bool:
    return any(
        a.value == b.value or a.value in b.value or b.value in a.value for a in ones for b in others
    )


def _share_words(one: Flow, other: Flow) -> bool:
    """Say whether two purposes have half of their pairs of characters in common."""
    if not one.purpose or not other.purpose:
        return False
    first = {a + b for a, b in pairwise(one.purpose.value)}
    second = {a + b for a, b in pairwise(other.purpose.value)}
    return bool(first) and 2 * len(first & second) >= min(len(first), len(second)) > 1
