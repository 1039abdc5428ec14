"""The sums of an article, each once: repeats and equivalents gathered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bulletins.model import Amount, Article, Flow, Mentions


@dataclass(frozen=True, slots=True)
class SumEntry:
    """One sum: indices of the amounts that state it, and of those that restate it in other money.

    `flow` is all that is said of it, wherever it is said; its `amount` is `members[0]`.
    """

    members: tuple[int, ...]
    equivalents: tuple[int, ...]
    flow: Flow


def gather_sums(mentions: Mentions, tables: Collection[int] = ()) -> list[SumEntry]:
    """List the sums in the order in which they first appear.

    Two amounts are one sum if the text repeats it (a flow says so), or if they are equal and one
    of them stands in the title, or nothing is known of it that could tell it from the other. In
    `tables`, indices of blocks, a cell is told from others by where it stands.
    """
    amounts = mentions.amounts
    flows = {flow.amount: flow for flow in mentions.flows if 0 <= flow.amount < len(amounts)}
    restated = _restated(amounts, flows)
    leader = _leaders(amounts, flows, tables)
    members: dict[int, list[int]] = {}
    equivalents: dict[int, list[int]] = {}
    for index in range(len(amounts)):
        original = restated.get(index)
        if original is None:
            members.setdefault(leader[index], []).append(index)
        else:
            equivalents.setdefault(leader[original], []).append(index)
    return [
        SumEntry(
            tuple(found),
            tuple(equivalents.get(lead, ())),
            merge_flows(
                found[0],
                # A title is short: the text says it in full.
                (flows[i] for i in sorted(found, key=lambda i: _titled(amounts[i])) if i in flows),
            ),
        )
        for lead, found in members.items()
    ]


def tables_of(article: Article) -> frozenset[int]:
    """Give the indices of the blocks that are tables."""
    return frozenset(i for i, block in enumerate(article.blocks) if block.kind == "table")


def merge_flows(amount: int, flows: Iterable[Flow]) -> Flow:
    """Put together what several sentences say of one sum; the first that says a thing counts."""
    from bulletins.model import Flow  # the model is not needed before the first frame

    merged = Flow(amount)
    for flow in flows:
        own = flow.relation in ("total", "part")
        merged = replace(
            merged,
            payer=merged.payer or flow.payer,
            recipient=merged.recipient or flow.recipient,
            purpose=merged.purpose or flow.purpose,
            kind=merged.kind or flow.kind,
            status=merged.status or flow.status,
            date=merged.date or flow.date,
            relation=merged.relation or (flow.relation if own else None),
            others=merged.others or (flow.others if own else ()),
        )
    return merged


def _restated(amounts: tuple[Amount, ...], flows: Mapping[int, Flow]) -> dict[int, int]:
    """Map amounts that state another again in other money to that one; never to one of their own.

    Where two claim to restate each other, the first of them is the sum.
    """
    claims: dict[int, int] = {}
    for index, amount in enumerate(amounts):
        flow = flows.get(index)
        other = amount.equivalent_of
        if other is None and flow is not None and flow.relation == "equivalent" and flow.others:
            other = flow.others[0]
        if other is not None and other != index and 0 <= other < len(amounts):
            claims[index] = other
    return {index: other for index, other in claims.items() if other not in claims}


def _leaders(
    amounts: tuple[Amount, ...], flows: Mapping[int, Flow], tables: Collection[int]
) -> list[int]:
    """Give for each amount the one that leads its group."""
    leader = list(range(len(amounts)))

    def root(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    def join(first: int, second: int) -> None:
        low, high = sorted((root(first), root(second)))
        leader[high] = low

    for index, flow in flows.items():
        if flow.relation == "repeat":
            for other in flow.others:
                if 0 <= other < len(amounts):
                    join(index, other)
    loose = [
        _titled(amount) or not (amount.place.block in tables or _told(flows.get(i)))
        for i, amount in enumerate(amounts)
    ]
    homes: dict[object, int] = {}
    for index in sorted(range(len(amounts)), key=loose.__getitem__):
        home = homes.setdefault(_worth(amounts[index]), index)
        if loose[index]:
            join(home, index)
    return [root(index) for index in range(len(amounts))]


def _told(flow: Flow | None) -> bool:
    """Whether something is known that tells this sum from others of the same size."""
    return flow is not None and bool(
        flow.payer or flow.recipient or flow.purpose or flow.relation in ("total", "part")
    )


def _titled(amount: Amount) -> bool:
    return amount.place.block is None and amount.place.footnote is None


def _worth(amount: Amount) -> object:
    figures = (amount.value, amount.low, amount.high)
    vague = amount.text if figures == (None, None, None) else ""
    return (*figures, amount.currency, amount.per, vague)
