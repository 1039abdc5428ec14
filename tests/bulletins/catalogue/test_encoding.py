"""An article comes out of the catalogue as it went in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.catalogue.encoding import (
    DecodeError,
    decode_article,
    decode_outline,
    encode_article,
    encode_outline,
)
from bulletins.catalogue.outline import LABEL_LENGTH, outline_of
from bulletins.leads import LEAD_LENGTH
from bulletins.model import (
    Amount,
    Article,
    Block,
    DateMention,
    Doubt,
    Entity,
    Evidence,
    Flow,
    Footnote,
    Issue,
    Mentions,
    Place,
    Quantity,
    Section,
)

# Every code point, lone surrogates too: a path may hold them.
texts = st.text(st.characters(), max_size=20)
small = st.integers(0, 2**40)
maybe = st.none() | small
decimals = st.none() | st.decimals(allow_nan=False)
places = st.builds(Place, small, small, maybe, maybe)
rows = st.none() | st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


blocks = st.builds(
    Block,
    st.sampled_from(["heading", "paragraph", "list_item", "caption", "table"]),
    texts,
    small,
    maybe,
    rows,
)
notes = st.builds(Footnote, texts, texts, several(texts), small, maybe, maybe)
amounts = st.builds(
    Amount, texts, places, texts, decimals, decimals, decimals, st.booleans(),
    st.none() | texts, maybe,
)  # fmt: skip
evidence = st.builds(Evidence, texts, places, texts)
flows = st.builds(
    Flow, small, several(evidence), several(evidence),
    st.none() | evidence, st.none() | evidence, st.none() | evidence, st.none() | evidence,
    st.none() | st.just("total"), several(small),
)  # fmt: skip
quantities = st.builds(
    Quantity, texts, places, st.just("count"), texts, decimals, decimals, decimals, st.booleans(),
    st.none() | st.just("increase"),
)  # fmt: skip
mentions = st.builds(
    Mentions,
    several(amounts),
    several(quantities),
    several(st.builds(DateMention, texts, places, texts, st.just("month"), st.booleans())),
    several(st.builds(Entity, st.just("place"), texts, texts, places, st.none() | texts)),
    several(flows),
    several(st.builds(Doubt, small, small)),
)
articles = st.builds(
    Article,
    id=texts,
    title=texts,
    page=small,
    topic=st.none() | texts,
    authors=several(texts),
    date=st.none() | texts,
    original_title=st.none() | texts,
    sources=several(texts),
    blocks=several(blocks),
    footnotes=several(notes),
    mentions=mentions,
)
issues = st.builds(
    Issue,
    id=texts,
    path=texts,
    style=texts,
    confidence=st.floats(0, 1),
    sections=several(st.builds(Section, texts, several(articles))),
    publication=st.none() | texts,
    number=st.none() | texts,
    date=st.none() | texts,
)


@given(articles)
def test_an_article_survives_exactly(article: Article) -> None:
    again = decode_article(encode_article(article))
    assert again == article
    assert repr(again) == repr(article)  # Decimal("1E+3") equals 1000 and is not the same


@given(issues, st.sampled_from(["parsed", "mentions", "refined"]))
def test_an_outline_survives_exactly(issue: Issue, stage: Any) -> None:
    outline = outline_of(issue, stage)
    assert decode_outline(encode_outline(outline), stage) == outline


@given(st.binary(max_size=60) | st.just(b"[" * 100_000) | st.just(b'["a",1]'))
def test_foreign_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(DecodeError):
        decode_article(data)
    with pytest.raises(DecodeError):
        decode_outline(data, "parsed")


def test_an_amount_is_not_rounded() -> None:
    exact = Decimal("0.1000000000000000055511151231257827021181583404541015625")
    found = Mentions(amounts=(Amount("1", Place(0, 1), "USD", exact),))
    again = decode_article(encode_article(Article("a", "t", 1, mentions=found)))
    assert again.mentions.amounts[0].value == exact


def test_an_outline_is_small_whatever_the_file_holds() -> None:
    long = "长" * 100_000
    article = Article("a", long, 1, topic=long, blocks=(Block("paragraph", long, 1),))
    issue = Issue("i", "p", "s", 1.0, (Section(long, (article,)),), publication=long)
    outline = outline_of(issue, "parsed")
    assert len(encode_outline(outline).decode()) < 4 * LABEL_LENGTH + LEAD_LENGTH + 200
    assert outline.articles()[0].lead == "长" * LEAD_LENGTH


def test_the_lead_is_the_first_paragraph() -> None:
    blocks = (Block("heading", "一、小标题", 1, 1), Block("paragraph", "正文开头。", 1))
    issue = Issue("i", "p", "s", 1.0, (Section("", (Article("a", "t", 1, blocks=blocks),)),))
    assert outline_of(issue, "parsed").articles()[0].lead == "正文开头。"
