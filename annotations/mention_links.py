"""What ties sums and names together, after some of them were corrected, added or taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletins.model import Amount, DateMention, Entity, Evidence, Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletins.model import Doubt, Mentions, Quantity

    Mention = Amount | Quantity | DateMention | Entity


def relinked(
    mentions: Mentions,
    indexes: Mapping[int, int],
    changed: Sequence[tuple[Mention | None, Mention | None]],
) -> Mentions:
    """Return mentions whose flows, doubts and equivalents name the sums where they are now.

    `indexes` gives the new index of each sum that is still there; `changed` are mentions before
    and after. What is tied to a sum that is gone, or to nothing any more, goes as well.
    """
    says = _Says(changed)
    flows = [_flow(one, indexes, says) for one in mentions.flows if one.amount in indexes]
    doubts = [
        replace(one, first=indexes[one.first], second=indexes[one.second])
        for one in mentions.doubts
        if one.first in indexes and one.second in indexes
    ]
    other = any(isinstance(was, Amount) and was != now for was, now in changed)
    fresh = set(range(len(mentions.amounts))) - set(indexes.values())
    return replace(
        mentions,
        amounts=tuple(
            amount if at in fresh else _amount(amount, indexes)
            for at, amount in enumerate(mentions.amounts)
        ),
        flows=tuple(sorted((one for one in flows if one), key=lambda one: one.amount)),
        doubts=tuple(one for one in doubts if not (other and _agree(one, mentions.amounts))),
    )


class _Says:
    """What evidence that stands on a corrected mention says now."""

    def __init__(self, changed: Iterable[tuple[Mention | None, Mention | None]]) -> None:
        self._names: dict[object, Entity | None] = {}
        self._dates: dict[object, DateMention | None] = {}
        for before, after in changed:
            if before == after:
                continue
            if isinstance(before, Entity):
                self._names[before.place] = after if isinstance(after, Entity) else None
            if isinstance(before, DateMention):
                self._dates[before.place] = after if isinstance(after, DateMention) else None

    def names(self, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Return the evidence for names without that of rejected ones."""
        if not self._names:
            return found
        kept: list[Evidence] = []
        for one in found:
            name = self._names.get(one.place, one)
            if isinstance(name, Entity):
                kept.append(replace(one, value=name.canonical))
            elif name is not None:
                kept.append(one)
        return tuple(kept)

    def date(self, found: Evidence | None) -> Evidence | None:
        """Return the evidence for a date, unless that was rejected."""
        if found is None or found.place not in self._dates:
            return found
        date = self._dates[found.place]
        return replace(found, value=date.iso) if date is not None and date.iso else None


def _amount(amount: Amount, indexes: Mapping[int, int]) -> Amount:
    was = amount.equivalent_of
    now = None if was is None else indexes.get(was)
    return amount if was == now else replace(amount, equivalent_of=now)


def _flow(flow: Flow, indexes: Mapping[int, int], says: _Says) -> Flow | None:
    """Return what is left of a flow, None if it says nothing any more."""
    others = tuple(indexes[one] for one in flow.others if one in indexes)
    left = replace(
        flow,
        amount=indexes[flow.amount],
        payer=says.names(flow.payer),
        recipient=says.names(flow.recipient),
        date=says.date(flow.date),
        relation=flow.relation if others or not flow.others else None,
        others=others,
    )
    return left if _says_something(left) or not _says_something(flow) else None


def _says_something(flow: Flow) -> bool:
    said = (flow.payer, flow.recipient, flow.purpose, flow.kind, flow.status, flow.date)
    return any(said) or flow.relation is not None


def _agree(doubt: Doubt, amounts: Sequence[Amount]) -> bool:
    """Say whether two doubtful sums are the same by now."""
    first, second = amounts[doubt.first], amounts[doubt.second]
    sides = ((one.currency, one.value, one.low, one.high) for one in (first, second))
    return len(set(sides)) == 1 and (first.value is not None or first.low is not None)
