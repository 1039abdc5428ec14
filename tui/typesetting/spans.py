"""What lies over the text: spans in layers, apart from the rows, so they change without layout."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletins.model import Mentions, Place
    from tui.typesetting.document import Address


HIGHLIGHT_COLOURS = ("yellow", "green", "blue", "pink", "orange", "purple")
"""The named colours of highlights; of another name it is drawn like none."""


class Span(NamedTuple):
    """A logical range [start, end) of one part; `layer` names how it is drawn."""

    start: int
    end: int
    layer: str
    place: Place | None = None


class Marked(NamedTuple):
    """A passage that the reader marked: a logical range of a part, its colour, what follows it.

    `colour` is one of `HIGHLIGHT_COLOURS` or "" for none of them. `sign` is shown at its end. `id`
    is that of its annotation.
    """

    address: Address
    start: int
    end: int
    colour: str = ""
    sign: str = ""
    id: str = ""

    @property
    def layer(self) -> str:
        """How it is drawn."""
        return f"highlight-{self.colour}" if self.colour else "highlight"


class SpanLayer:
    """Spans of parts, found by range in logarithmic time however they nest."""

    def __init__(self, spans: Iterable[tuple[Address, Span]] = ()) -> None:
        self._spans: dict[Address, list[Span]] = {}
        for address, span in spans:
            if span.end > span.start:
                self._spans.setdefault(address, []).append(span)
        self._starts: dict[Address, list[int]] = {}
        self._reach: dict[Address, list[int]] = {}
        for address, found in self._spans.items():
            # The longer of two that start together comes first, so that the inner is drawn over it.
            found.sort(key=lambda span: (span.start, -span.end))
            self._starts[address] = [span.start for span in found]
            self._reach[address] = list(accumulate(map(attrgetter("end"), found), max))

    def within(self, address: Address, start: int, end: int) -> list[Span]:
        """List the spans that touch [start, end), outer before inner."""
        found = self._spans.get(address)
        if found is None:
            return []
        low = bisect_right(self._reach[address], start)
        high = bisect_left(self._starts[address], end)
        return [span for span in found[low:high] if span.end > start]

    def of(self, address: Address) -> list[Span]:
        """List a part's spans in order of their starts."""
        return self._spans.get(address, [])


def address_of(place: Place) -> Address:
    """Name the part in which a mention stands."""
    if place.footnote is not None:
        return "footnote", place.footnote
    return ("title", 0) if place.block is None else ("block", place.block)


def mention_spans(mentions: Mentions) -> SpanLayer:
    """Make spans of mentions; layers are "amount", "quantity", "date" and the entity types."""
    found: list[tuple[str, Place]] = [("amount", amount.place) for amount in mentions.amounts]
    found += [("quantity", quantity.place) for quantity in mentions.quantities]
    found += [("date", date.place) for date in mentions.dates]
    found += [(entity.type, entity.place) for entity in mentions.entities]
    return SpanLayer(
        (address_of(place), Span(place.start, place.end, layer, place)) for layer, place in found
    )
