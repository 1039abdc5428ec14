"""The rows of sums: each with who pays whom, for what, and what it has to do with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.inspection.grouping import gather_sums
from tui.inspection.rows import InspectorRow, paired, wrapped
from tui.inspection.wording import (
    kind_words,
    names_of,
    normalised,
    parties,
    per_words,
    relation_words,
    status_words,
    where_words,
)
from tui.locale import tr
from tui.typesetting.widths import cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from bulletins.model import Amount, Doubt, Evidence, Flow, Mentions, Place
    from tui.inspection.grouping import SumEntry

_INDENT = 2
"""Cells before a fact."""
_MOST_NAME_ROWS = 2
_MOST_PURPOSE_ROWS = 3


def sum_rows(
    mentions: Mentions, width: int, tables: Collection[int] = ()
) -> Iterator[InspectorRow]:
    """List the sums in a column of `width` cells; what disagrees comes first.

    `tables` are the indices of blocks that are tables.
    """
    amounts = mentions.amounts
    if not amounts:
        return
    entries = gather_sums(mentions, tables)
    yield InspectorRow("blank")
    yield InspectorRow("heading", tr("Sums"), tail=str(len(entries)))
    for doubt in mentions.doubts:
        yield from _doubt_rows(doubt, amounts, width)
    for entry in entries:
        yield from _entry_rows(entry, amounts, width)


def _doubt_rows(doubt: Doubt, amounts: Sequence[Amount], width: int) -> Iterator[InspectorRow]:
    first, second = amounts[doubt.first], amounts[doubt.second]
    one, other = (f"{where_words(sum_.place)} {normalised(sum_)}" for sum_ in (first, second))
    both = f"{one} ≠ {other}"
    if cells(both) + _INDENT <= width:
        yield InspectorRow("doubt", both, lead="⚠", places=(first.place, second.place))
    else:
        yield InspectorRow("doubt", one, lead="⚠", places=(first.place,))
        yield InspectorRow("doubt", other, lead="≠", places=(second.place,))


def _entry_rows(entry: SumEntry, amounts: Sequence[Amount], width: int) -> Iterator[InspectorRow]:
    stated = [amounts[index] for index in entry.members]
    places = tuple(amount.place for amount in stated)
    times = f" ×{len(stated)}" if len(stated) > 1 else ""
    yield from paired(
        "amount",
        stated[0].text,
        normalised(stated[0]) + times,
        width,
        mention="amount",
        places=places,
    )
    yield from _other_words(stated, width)
    for amount in _distinct(amounts[index] for index in entry.equivalents):
        yield from paired(
            "fact",
            f"≈ {amount.text}",
            normalised(amount),
            width,
            lead=" ",
            mention="amount",
            places=(amount.place,),
        )
    flow = entry.flow
    yield from _party_rows(flow, width)
    if flow.purpose is not None:
        yield from _fact(flow.purpose.text, width, (flow.purpose.place,), _MOST_PURPOSE_ROWS)
    yield from _nature_rows(flow, stated[0], width)
    relation = relation_words(flow, amounts)
    yield from _fact(relation, width, tuple(amounts[other].place for other in flow.others))


def _other_words(stated: Sequence[Amount], width: int) -> Iterator[InspectorRow]:
    """List repeats of a sum in other words or figures."""
    first = stated[0]
    for amount in _distinct(stated[1:]):
        if normalised(amount) != normalised(first):
            where = where_words(amount.place)
            yield from paired(
                "fact", f"= {amount.text}", where, width, lead=" ", places=(amount.place,)
            )


def _distinct(amounts: Iterator[Amount] | Sequence[Amount]) -> list[Amount]:
    return list({normalised(amount): amount for amount in amounts}.values())


def _party_rows(flow: Flow, width: int) -> Iterator[InspectorRow]:
    """Write who pays whom in one row if there is room, else each in rows of its own."""
    both = parties(flow)
    if not (flow.payer and flow.recipient) or cells(both) + _INDENT <= width:
        places = _places(*flow.payer, *flow.recipient)
        yield from _fact(both, width, places, _MOST_NAME_ROWS, kind="party")
        return
    for names, places in (
        (names_of(flow.payer), _places(*flow.payer)),
        (f"→ {names_of(flow.recipient)}", _places(*flow.recipient)),
    ):
        yield from _fact(names, width, places, _MOST_NAME_ROWS, kind="party")


def _nature_rows(flow: Flow, amount: Amount, width: int) -> Iterator[InspectorRow]:
    """Say what one such sum is for, of what kind it is, how far it has got, and when."""
    words = (flow.kind, flow.status, flow.date)
    places = _places(*(one for one in words if one is not None)) or (amount.place,)
    line = ""
    date = flow.date.value if flow.date else ""
    for said in filter(None, (per_words(amount), kind_words(flow), status_words(flow), date)):
        longer = f"{line} · {said}" if line else said
        if cells(longer) + _INDENT > width:
            yield from _fact(line, width, places)
            longer = said
        line = longer
    yield from _fact(line, width, places)


def _fact(
    text: str,
    width: int,
    places: tuple[Place, ...],
    most: int | None = None,
    kind: Literal["fact", "party"] = "fact",
) -> Iterator[InspectorRow]:
    if text:
        for line in wrapped(text, width - _INDENT, most):
            yield InspectorRow(kind, line, lead=" ", places=places)


def _places(*evidence: Evidence) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(one.place for one in evidence))
