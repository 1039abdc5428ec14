"""Rows of Chinese text: nothing lost, nothing too wide, no row that begins or ends wrongly."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.typesetting.linebreak import CLOSING, OPENING, break_rows
from tui.typesetting.widths import cells, width_of

SPACES = " \u3000\u2002\u2003\u2009\n"
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("中文的材料，。；：？！“”（）《》、…—·"),
        st.sampled_from("abcXYZ0123456789.,%-/():$ \u3000\n"),
        st.sampled_from("e\u0301👨\u200d🔬🇨🇳❤\ufe0f가¹²"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=400,
)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_rows(text, width)]


@given(TEXTS, st.integers(1, 100))
def test_rows_cover_the_text_in_order(text: str, width: int) -> None:
    """Only spaces and line ends stand between rows."""
    last = 0
    for start, end in break_rows(text, width):
        assert last <= start <= end
        assert not text[last:start].strip(SPACES)
        last = end
    assert not text[last:].strip(SPACES)


@given(TEXTS, st.integers(2, 100))
def test_no_row_is_wider_than_the_column(text: str, width: int) -> None:
    """Unless it is one cluster, such as a long emoji sequence, in a very narrow column."""
    for line in lines(text, width):
        wide = sum(1 for one in line if width_of(one) and unicodedata.category(one)[0] != "M")
        assert cells(line) <= width or wide <= 1 + line.count("\u200d") + line.count("\ufe0f")


@given(TEXTS, st.integers(2, 100))
def test_a_row_never_begins_inside_a_cluster(text: str, width: int) -> None:
    for start, _ in break_rows(text, width):
        if start and text[start - 1] not in SPACES and text[start] not in SPACES:
            assert unicodedata.category(text[start]) not in ("Mn", "Me")
            assert text[start - 1] != "\u200d"


@given(st.text(alphabet="中文材料，。、；“”（）《》ab1", min_size=1, max_size=300))
def test_marks_stand_where_they_may(text: str) -> None:
    """A forbidden mark begins a row only if the whole row before it offers no other place."""
    rows = list(break_rows(text, 40))
    for (start, end), (following, _) in pairwise(rows):
        if text[following] in CLOSING or text[end - 1] in OPENING:
            inside = [
                at
                for at in range(start + 1, following)
                if text[at] not in CLOSING and text[at - 1] not in OPENING
                and not (text[at].isascii() and text[at - 1].isascii())
            ]  # fmt: skip
            assert not inside


@pytest.mark.parametrize(
    "word",
    [
        "5.04",
        "99.97%",
        "cm2V-1s-1",
        "U.S.",
        "COVID-19",
        "1,000,000",
        "$5.5",
        "MoS2",
        "it’s",
        "1500万",
    ],
)
def test_words_and_numbers_stay_whole(word: str) -> None:
    text = f"试验结果表明这种材料的性能达到{word}以上，超过以往所有的报道"
    for width in range(12, 60):
        assert any(word in line for line in lines(text, width)), width


def test_a_number_keeps_its_scale() -> None:
    text = "计划总共投入 5.04 亿美元用于研究"
    for width in range(14, 40):
        assert any("5.04 亿" in line for line in lines(text, width)), width


def test_a_url_that_fits_a_row_is_not_broken() -> None:
    url = "https://example.org/a/b-c_d?e=f"
    for width in range(len(url), 60):
        assert url in "|".join(lines("详情见" + "某" * 8 + url, width))


def test_an_over_wide_url_is_folded_and_fills_its_rows() -> None:
    url = "https://example.org/" + "path-" * 40
    rows = lines("详情见" + url, 50)
    assert "".join(rows) == "详情见" + url
    assert all(cells(row) > 30 for row in rows[:-1])


def test_spaces_at_a_break_are_swallowed() -> None:
    rows = lines("semiconductor research and development", 16)
    assert rows == ["semiconductor", "research and", "development"]


def test_blank_lines_collapse() -> None:
    assert lines("\n" * 200_000 + "甲\n\n\n乙", 20) == ["甲", "乙"]


def test_the_first_row_may_be_narrower() -> None:
    assert [end - start for start, end in break_rows("中" * 20, 20, first=10)] == [5, 10, 5]


@pytest.mark.parametrize(
    "text",
    [
        "半导体材料，" * 80_000,
        "a" * 500_000,
        "（" * 250_000 + "）" * 250_000,
        "([{" * 150_000,
        "e" + "\u0301" * 300_000,
        "🇨🇳" * 150_000,
        "👨\u200d" * 150_000,
        " " * 500_000 + "x",
        "1" * 500_000,
        "a  " * 160_000,
        "https://" + "x/" * 250_000,
    ],
    ids=[
        "han",
        "word",
        "brackets",
        "open",
        "marks",
        "flags",
        "zwj",
        "spaces",
        "digits",
        "gaps",
        "url",
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    """Half a million code points take well under a second; quadratic work would take hours."""
    started = perf_counter()
    assert sum(1 for _ in break_rows(text, 78)) > 0
    assert perf_counter() - started < 5


def test_the_bars_hold_on_real_bulletins(shared: object) -> None:
    """Under 0.5 % of rows begin with a forbidden mark, under 6 % end more than 20 % short."""
    from benchmarks.wrapping import WIDTHS, default_files, measure, ours, paragraphs

    texts = [text for path in default_files() for text in paragraphs(path)]
    for width in WIDTHS:
        _, begins, ends, _ = measure(ours, texts, width)
        assert begins < 0.5
        assert ends < 6
