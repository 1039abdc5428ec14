"""Passages that the reader marked: found by place, and drawn so that each of several is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.typesetting.spans import Span, SpanLayer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.typesetting.document import Address
    from tui.typesetting.spans import Marked


_STRIPE = 4
"""Characters of one colour, where several take turns."""


class MarkedLayer:
    """Marked passages of an article, found by range in logarithmic time however they overlap."""

    def __init__(self, marked: Sequence[Marked] = ()) -> None:
        self.marked = tuple(marked)
        self._spans = SpanLayer(
            (one.address, Span(one.start, one.end, str(index)))
            for index, one in enumerate(self.marked)
        )

    def within(self, address: Address, start: int, end: int) -> list[Marked]:
        """List the passages that touch [start, end), outer before inner."""
        return [self.marked[int(one.layer)] for one in self._spans.within(address, start, end)]

    def stripes(self, address: Address, start: int, end: int) -> Iterator[Span]:
        """Give what is drawn over [start, end): no two spans of a colour upon each other.

        Where passages of several colours overlap their colours take turns,
        and the layer "overlap" lies over all places where there is more than one.
        """
        found = self.within(address, start, end)
        if len(found) == 1:
            yield Span(max(start, found[0].start), min(end, found[0].end), found[0].layer)
        if len(found) < 2:
            return
        borders: list[tuple[int, bool, str]] = []
        for one in found:
            borders.append((max(start, one.start), True, one.layer))
            borders.append((min(end, one.end), False, one.layer))
        borders.sort(key=lambda border: border[0])
        active: dict[str, int] = {}
        last = start
        for at, begins, layer in borders:
            if at > last and active:
                yield from _between(last, at, list(active), sum(active.values()))
            last = at
            count = active.get(layer, 0) + (1 if begins else -1)
            if count:
                active[layer] = count
            else:
                del active[layer]


def _between(start: int, end: int, layers: list[str], count: int) -> Iterator[Span]:
    if len(layers) == 1:
        yield Span(start, end, layers[0])
    else:
        # Few changes of colour are few bytes to the terminal; but each of them is to be seen.
        run = max(1, min(_STRIPE, (end - start) // len(layers)))
        for turn, at in enumerate(range(start, end, run)):
            yield Span(at, min(at + run, end), layers[turn % len(layers)])
    if count > 1:
        yield Span(start, end, "overlap")


def margin_signs(
    marked: Sequence[Marked], keys: Mapping[str, str], room: int
) -> list[tuple[str, str]]:
    """List what stands in the margin of a row: (sign, layer) for each colour; "+": there are more.

    `keys` gives the sign of a colour.
    """
    found = ((keys.get(one.colour) or one.sign[-1:] or "·", one.layer) for one in marked)
    signs = list(dict.fromkeys(found))
    if len(signs) > room:
        signs = [*signs[: max(0, room - 1)], ("+", "highlight")][:room]
    return signs
