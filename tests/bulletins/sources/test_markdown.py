"""Markdown as lines: heads are larger, notes stand behind their paragraph, lists are counted."""

from __future__ import annotations

from bulletins.sources.markdown import pages_of_markdown
from tests.bulletins.sources.reading import lines_of


def test_heads_are_set_larger_by_level() -> None:
    first, second, text = lines_of(pages_of_markdown("# 刊名\n\n## 栏目\n\n正文。\n"))
    assert first.size and second.size and text.size
    assert first.size > second.size > text.size
    assert (first.bold, text.bold) == (True, False)


def test_a_note_stands_behind_its_paragraph_with_its_mark_raised() -> None:
    source = (
        "拨款一亿元[^a]，另有两亿元[^2]。\n\n下一段。\n\n[^a]: 甲 https://example.org/a\n[^2]: 乙\n"
    )
    text, first, second, following = lines_of(pages_of_markdown(source))
    assert text.text == "拨款一亿元1，另有两亿元2。"
    assert text.raised == ((5, 6), (12, 13))
    assert (first.zone, first.text) == ("notes", "1 甲 https://example.org/a")
    assert (second.zone, second.text) == ("notes", "2 乙")
    assert following.zone == "body"


def test_lists_are_counted_and_tables_keep_their_cells() -> None:
    source = "3. 甲\n4. 乙\n\n* 丙\n\n| 国家 | 金额 |\n|---|---|\n| 英国 | 1 亿 |\n"
    found = lines_of(pages_of_markdown(source))
    assert [line.text for line in found[:3]] == ["3. 甲", "4. 乙", "• 丙"]
    assert [line.cells for line in found[3:]] == [("国家", "金额"), ("英国", "1 亿")]


def test_a_wrapped_paragraph_is_one() -> None:
    first, second, other = lines_of(pages_of_markdown("第一行，\n第二行。\n\n另一段。\n"))
    assert (first.begins, second.begins, other.begins) == (True, False, True)


def test_where_words_lead_is_kept() -> None:
    (line,) = lines_of(pages_of_markdown("见[原文](https://example.org/a?b=1)。"))
    assert [(line.text[s:e], url) for s, e, url in line.links] == [
        ("原文", "https://example.org/a?b=1")
    ]


def test_lists_in_lists_end() -> None:
    assert pages_of_markdown("".join(f"{'  ' * n}- 甲\n" for n in range(3000)))
