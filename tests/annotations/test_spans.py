"""Selectors hold whole characters as readers see them, and know the article they were made in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.fold import fold
from annotations.graphemes import LONGEST, may_cut
from annotations.model import StoreError
from annotations.spans import CONTEXT, ArticleText, article_text, span_selector
from bulletins.model import Article, Block

PIECES = (
    "港",
    "口",
    "𠮷",
    "e\u0301",
    "👩‍🔬",
    "🇨🇳",
    "❤️",
    "👍🏽",
    "각",
    "שלום",
    "نص",
    "ab",
    " ",
    "，",
    "\n",
)


def article(title: str, *blocks: str) -> Article:
    return Article(
        "a",
        title,
        1,
        blocks=tuple(Block("paragraph", text, 2 + at) for at, text in enumerate(blocks)),
    )


texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.lists(texts, min_size=1, max_size=5), st.data())
def test_a_selector_says_what_stands_where(parts: list[str], data: st.DataObject) -> None:
    one = article(parts[0], *parts[1:])
    number = data.draw(st.integers(0, len(parts) - 1))
    size = len(parts[number])
    if not size:
        return
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    made = span_selector(one, number - 1 if number else None, start, end)
    whole = article_text(one)
    assert made.position is not None
    assert parts[number][made.start : made.end] == made.exact
    assert whole[made.position :].startswith(made.exact + made.suffix)
    assert whole[: made.position].endswith(made.prefix)
    assert made.start <= start < end <= made.end
    after = made.position + len(made.exact)
    assert len(made.prefix) >= min(CONTEXT, made.position)
    assert len(made.suffix) >= min(CONTEXT, len(whole) - after)
    for cut in (made.position - len(made.prefix), made.position, after, after + len(made.suffix)):
        assert may_cut(whole, cut)
    assert ArticleText(one).locate(made.position, after) == (made.block, made.start, made.end)


@pytest.mark.parametrize(
    ("text", "start", "end", "exact"),
    [
        ("试e\u0301验", 1, 2, "e\u0301"),
        ("甲👩‍🔬乙", 2, 3, "👩‍🔬"),
        ("甲❤️乙", 1, 2, "❤️"),
        ("甲👍🏽乙", 2, 3, "👍🏽"),
        ("🇨🇳🇫🇷🇩🇪", 2, 3, "🇫🇷"),
        ("𠮷野家", 0, 1, "𠮷"),
        ("각각", 1, 2, "각"),
    ],
)
def test_a_cluster_is_never_cut(text: str, start: int, end: int, exact: str) -> None:
    assert span_selector(article("题", text), 0, start, end).exact == exact


def test_a_cluster_without_end_is_cut() -> None:
    endless = "a" + "\u0301" * 500
    assert len(span_selector(article("题", endless), 0, 0, 1).exact) <= LONGEST + 1


def test_what_is_no_span_is_refused() -> None:
    one = article("题目", "正文")
    for block, start, end in (
        (0, 0, 0),
        (0, 1, 9),
        (0, -1, 1),
        (1, 0, 1),
        (-1, 0, 1),
        (None, 2, 3),
    ):
        with pytest.raises(StoreError):
            span_selector(one, block, start, end)


def test_the_state_follows_the_text() -> None:
    one = article("题目", "正文")
    assert ArticleText(one).state == ArticleText(article("题目", "正文")).state
    assert ArticleText(one).state != ArticleText(article("题目", "正 文")).state
    assert span_selector(one, 0, 0, 1).state == ArticleText(one).state
    assert ArticleText(one).state.startswith("1:")


def test_a_span_over_a_border_is_cut_to_the_block_that_holds_more() -> None:
    whole = ArticleText(article("题目", "一二三四", "五六"))
    assert whole.locate(5, 9) == (0, 2, 4)
    assert whole.locate(6, 10) == (1, 0, 2)
    assert whole.locate(0, 2) == (None, 0, 2)


@given(st.text())
def test_folding_leads_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(text) for origin in folded.origins)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("约 5.04 亿美元，", "约5.04亿美元,"),
        ("ＡＢＣ（甲）：“乙”", 'ABC(甲):"乙"'),
        ("high-tech", "high-\ntech"),
        ("semicon- ductor", "semiconductor"),
        ("投资[12]，", "投资，"),
        ("caf\u00e9", "cafe\u0301"),
        ("甲\u200b乙\ufe0f", "甲乙"),
    ],
)
def test_what_a_new_reading_may_change_folds_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text
