"""Search in the article pane: all hits lit, one of them the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.typesetting.search import find_all
from tui.typesetting.spans import Span, SpanLayer
from tui.widgets.article_pointer import Pointing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.typesetting.document import Address
    from tui.typesetting.search import Hit


class Searching(Pointing):
    """Finds words in the document that is shown."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._hits: list[Hit] = []
        self._hit = -1
        self._hit_layer = SpanLayer()
        self._query = ""

    def search(self, query: str) -> int:
        """Light all places of `query`, go to the first from the top row on; return how many."""
        self._drop_hits()
        if self._paper is None or not query.strip():
            self._forget()
            return 0
        self._query = query
        self._hits = find_all(self._paper, query)
        self._hit_layer = SpanLayer(
            (hit.address, Span(hit.start, hit.end, "hit")) for hit in self._hits
        )
        if self._hits:
            top = self.position
            places = ((self._paper.number(hit.address) or 0, hit.start) for hit in self._hits)
            later = (i for i, place in enumerate(places) if place >= top)
            self._hit = next(later, 0)
            self._seek(self._hits[self._hit].address, self._hits[self._hit].start)
            self.touch(*self._hits[self._hit])
        self._forget()
        return len(self._hits)

    def next_hit(self, step: Literal[1, -1] = 1) -> tuple[int, int]:
        """Go to the next or the previous hit, round the ends; return `hit_position`."""
        if self._hits:
            old = self._hits[self._hit]
            self._hit = (self._hit + step) % len(self._hits)
            new = self._hits[self._hit]
            self._forget_place(*old)
            self._forget_place(*new)
            self._seek(new.address, new.start)
            self.touch(*new)
        return self.hit_position

    def clear_search(self) -> None:
        """Put the hits out."""
        if self._hits or self._query:
            self._drop_hits()
            self._forget()

    def _drop_hits(self) -> None:
        self._hits, self._hit, self._query = [], -1, ""
        self._hit_layer = SpanLayer()

    @property
    def hit_position(self) -> tuple[int, int]:
        """Which hit is the current one, from 1, and how many there are; (0, 0) for none."""
        return self._hit + 1, len(self._hits)

    def hit_places(self) -> list[tuple[int, int, int]]:
        """List the hits in the article's own text: part, start, end; in the order of the text."""
        if self._paper is None:
            return []
        found = ((self._paper.number(hit.address) or 0, hit.start, hit.end) for hit in self._hits)
        return sorted(place for place in found if self.texts.text(place[0]))

    def _hit_spans(self, address: Address, start: int, end: int) -> Iterator[Span]:
        yield from self._hit_layer.within(address, start, end)
        if self._hits and self._hits[self._hit].address == address:
            hit = self._hits[self._hit]
            yield Span(hit.start, hit.end, "hit-current")
