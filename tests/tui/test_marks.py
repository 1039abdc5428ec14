"""Highlights that overlap: each is drawn, each is found."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from tui.selecting.meanings import meanings
from tui.typesetting.marks import MarkedLayer, margin_signs
from tui.typesetting.spans import Marked

BLOCK = ("block", 0)
COLOURS = ["yellow", "green", "blue", ""]
MARKED = st.lists(
    st.tuples(st.integers(0, 29), st.integers(1, 12), st.sampled_from(COLOURS)).map(
        lambda one: Marked(BLOCK, one[0], one[0] + one[1], one[2])
    ),
    max_size=6,
)


@given(MARKED, st.integers(0, 30), st.integers(1, 20))
def test_every_marked_character_is_drawn_and_no_other(
    marked: list[Marked], start: int, length: int
) -> None:
    layer = MarkedLayer(marked)
    drawn: dict[int, set[str]] = {}
    for span in layer.stripes(BLOCK, start, start + length):
        assert start <= span.start < span.end <= start + length
        for at in range(span.start, span.end):
            drawn.setdefault(at, set()).add(span.layer)
    for at in range(start, start + length):
        over = [one for one in marked if one.start <= at < one.end]
        layers = drawn.get(at, set())
        assert ("overlap" in layers) == (len(over) > 1)
        ground = layers - {"overlap"}
        assert len(ground) == bool(over)
        assert ground <= {one.layer for one in over}


@given(MARKED)
def test_every_colour_of_an_overlap_is_seen(marked: list[Marked]) -> None:
    layer = MarkedLayer(marked)
    spans = list(layer.stripes(BLOCK, 0, 60))
    for one in marked:
        alone = [other for other in marked if other != one and other.start < one.end
                 and other.end > one.start]  # fmt: skip
        if one.end - one.start >= 4 and len({other.layer for other in alone}) <= 1:
            assert any(
                span.layer == one.layer and span.start < one.end and span.end > one.start
                for span in spans
            )


def test_the_margin_says_what_it_has_no_room_for() -> None:
    keys = {one.colour: one.key for one in meanings({"1": "yellow 甲", "4": "blue"})}
    marked = [Marked(BLOCK, 0, 2, colour) for colour in ("yellow", "blue", "pink")]
    assert [sign for sign, _ in margin_signs(marked, keys, 3)] == ["1", "4", "·"]
    assert [sign for sign, _ in margin_signs(marked, keys, 2)] == ["1", "+"]
    assert margin_signs(marked, keys, 0) == []


def test_five_hundred_at_one_place_are_drawn_at_once() -> None:
    layer = MarkedLayer([Marked(BLOCK, n, 1000 - n, COLOURS[n % 3]) for n in range(450)])
    begun = time.perf_counter()
    for row in range(40):
        list(layer.stripes(BLOCK, 420 + row, 460 + row))
    assert time.perf_counter() - begun < 1
