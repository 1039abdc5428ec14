"""Spans over the text are found by range, however they nest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletins.model import Amount, DateMention, Entity, Mentions, Place, Quantity
from tui.typesetting.spans import Span, SpanLayer, mention_spans

RANGES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=30)


@given(RANGES, st.integers(0, 60), st.integers(1, 20))
def test_all_that_touch_a_range_and_no_others(
    ranges: list[tuple[int, int]], start: int, length: int
) -> None:
    spans = [Span(at, at + size, "hit") for at, size in ranges]
    layer = SpanLayer((("block", 0), span) for span in spans)
    end = start + length
    expected = [s for s in spans if s.end > s.start and s.start < end and s.end > start]
    assert sorted(layer.within(("block", 0), start, end)) == sorted(expected)
    assert not layer.within(("block", 1), start, end)


def test_mentions_become_spans_of_their_class_and_part() -> None:
    layer = mention_spans(
        Mentions(
            amounts=(Amount("5 亿美元", Place(0, 5, block=1), "USD"),),
            quantities=(Quantity("5%", Place(6, 8, block=1), "percent", "%"),),
            dates=(DateMention("8 月", Place(0, 3, footnote=2), ""),),
            entities=(Entity("place", "某国", "某国", Place(0, 2)),),
        )
    )
    assert [span.layer for span in layer.of(("block", 1))] == ["amount", "quantity"]
    assert [span.layer for span in layer.of(("footnote", 2))] == ["date"]
    assert [span.layer for span in layer.of(("title", 0))] == ["place"]
