"""Search in logical text."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.model import Article, Block
from tui.typesetting.document import Document, document_of
from tui.typesetting.search import MOST_HITS, find_all


def document(*texts: str) -> Document:
    return document_of(
        Article("a", "标题", 1, blocks=tuple(Block("paragraph", text, 1) for text in texts)), "栏目"
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("nsf", "由 NSF 资助"),
        ("NSF", "由ＮＳＦ资助"),
        ("ＮＳＦ", "由 nsf 资助"),
        ("5.04亿", "共 5.04 亿美元"),
        ("5.04 亿", "共5.04亿美元"),
        ("chip  act", "the CHIP Act of"),
        ("(a+b)", "式中（a+b）"),
    ],
)
def test_case_width_and_loose_spaces_do_not_matter(query: str, text: str) -> None:
    hits = find_all(document(text), query)
    assert len(hits) == 1
    assert hits[0].address == ("block", 0)


def test_latin_words_are_not_run_together() -> None:
    assert not find_all(document("at one"), "atone")
    assert not find_all(document("atone"), "at one")


@pytest.mark.parametrize("query", ["", "  ", "\u3000"])
def test_a_blank_query_finds_nothing(query: str) -> None:
    assert not find_all(document("一 二"), query)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), st.data())
def test_every_piece_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    query = text[start:end]
    if query.strip() and query == " ".join(query.split()):
        places = [(hit.address, hit.start) for hit in find_all(document(text), query)]
        assert any(address == ("block", 0) and at <= start + 1 for address, at in places)


def test_hits_come_in_reading_order_and_are_limited() -> None:
    hits = find_all(document("甲乙甲", "丙甲"), "甲")
    assert [(hit.address[1], hit.start) for hit in hits] == [(0, 0), (0, 2), (1, 1)]
    assert len(find_all(document("甲" * (MOST_HITS * 2)), "甲")) == MOST_HITS


def test_a_hostile_text_is_searched_in_linear_time() -> None:
    started = perf_counter()
    find_all(document("a" * 1_000_000 + " " * 1_000_000), "a1a2a3a4b")
    assert perf_counter() - started < 3
