"""Notes as rows: what Markdown means is kept, its signs go, and nothing in a note is markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.sources.plain import plain
from tui.inspection.markdown import note_rows, without_signs
from tui.typesetting.widths import cells


def shown(text: str, width: int = 40) -> list[str]:
    return [row.lead + row.text for row in note_rows(text, width)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("# 标题", ["标题"]),
        ("- 甲\n* 乙\n1. 丙", ["• 甲", "• 乙", "1. 丙"]),
        ("- 外\n  - 内", ["• 外", "  • 内"]),
        ("- [ ] 待办\n- [x] 已办", ["☐ 待办", "☑ 已办"]),
        ("> 引文", ["│ 引文"]),
        ("**重点**是`code`", ["重点是code"]),
        ("看[来源](https://example.org/a)吧", ["看来源 (https://example.org/a)吧"]),
        ("5 * 3 * 2 = 30", ["5 * 3 * 2 = 30"]),
        ("[J] 和 [/x] 都在", ["[J] 和 [/x] 都在"]),
        ("```\n**原样**\n```", ["**原样**"]),
        ("一\n\n二", ["一", "", "二"]),
        ("snake__case__name", ["snake__case__name"]),
    ],
)
def test_signs_become_rows(text: str, rows: list[str]) -> None:
    assert shown(text) == rows


def test_what_is_bold_is_told_by_its_place() -> None:
    text, spans = without_signs("先**核对**再`问`")
    assert [text[start:end] for start, end, _ in spans] == ["核对", "问"]


def test_long_items_hang_and_spans_go_along() -> None:
    rows = note_rows("- 前" + "**" + "长" * 30 + "**", 20)
    assert [row.lead for row in rows][:2] == ["• ", "  "]
    marked = "".join(row.text[a:b] for row in rows for a, b, _ in row.spans)
    assert marked == "长" * 30


def test_more_rows_than_wanted_end_in_an_ellipsis() -> None:
    rows = note_rows("一\n二\n三", 20, 2)
    assert [row.text for row in rows] == ["一", "…"]


@given(
    st.text(alphabet=st.sampled_from(list("*_`[]()#>-1. \n甲乙a\t")), max_size=80),
    st.integers(min_value=12, max_value=44),
)
def test_no_note_breaks_the_column_or_loses_a_letter(text: str, width: int) -> None:
    rows = note_rows(text, width)
    joined = "".join(row.text for row in rows)
    for letter in "甲乙a":
        fences = [line for line in plain(text).split("\n") if line.lstrip().startswith("```")]
        assert joined.count(letter) == text.count(letter) - "".join(fences).count(letter)
    for row in rows:
        assert cells(row.lead + row.text) <= width
        assert all(0 <= start < end <= len(row.text) for start, end, _ in row.spans)


@pytest.mark.parametrize("piece", ["**a", "[", "](", "`", "*a*", "[a](b)", "__", "> "])
def test_hostile_notes_take_linear_time(piece: str) -> None:
    began = time.process_time()
    without_signs(piece * 40_000)
    assert time.process_time() - began < 5
