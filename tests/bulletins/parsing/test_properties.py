"""What holds of any text, sensible or not."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletins.parsing import Parsed, parse
from bulletins.sources import Source, pages_of
from bulletins.styles import load_styles

STYLES = load_styles()

WORDS = """
政策动态/研 究 进 展/[芯片]某国公布计划/（执笔：张三 李四）/（王 五）/张三 供稿自/原文标题：A b c
来源：www.example.org/1 Some Note. /① 某注/[1] A. Name/一、背景/（一）目标/1. 甲/2. 乙/（1）丙；
图 1 示意/表 1 数据/甲  12/乙  13/- 3 -/第 3 页 共 9 页/7/目 录/某某计划……3/中/国/续表 1
注释：/参考文献
*** 星号/某国部门宣布投入5.04亿美元1，用于建设。/该材料为MoS2，面积1 cm2。/编者按：本期介绍
【快报延伸】/【要闻】/主编：某人/2024年第8期/　　缩进的一段话，没有说完
"""
ADDRESSES = [
    "https://example.org/a-",
    "b/c",
    "1 https://example.org/x",
    "https://example.org/",
    "a" * 70,
]
PIECES = st.sampled_from([*WORDS.replace("\n", "/").strip("/").split("/"), *ADDRESSES])
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "　　", "\f"]),
        PIECES | st.text(max_size=60),
        st.sampled_from(["", " "]),
    ),
    max_size=40,
)
GAPS = st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"])


def read(text: str) -> Parsed:
    return parse(Source("some.txt", "00", pages_of(text)), STYLES)


def check(text: str) -> None:
    source = Source("some.txt", "00", pages_of(text))
    parsed = parse(source, STYLES)
    assert parsed == parse(source, STYLES)
    assert [(line.number, line.text) for line in source.lines()] == [
        (entry.number, entry.text) for entry in parsed.trace
    ]
    assert all(entry.role and entry.reason for entry in parsed.trace)
    ids = [article.id for article in parsed.issue.articles()]
    assert len(set(ids)) == len(ids)
    for article in parsed.issue.articles():
        for block in article.blocks:
            assert not any(
                unicodedata.category(char) in {"Cc", "Cs"} for char in block.text if char != "\n"
            )
            assert block.page >= 1
            assert (block.level is not None) == (block.kind == "heading")
            assert (block.rows is not None) == (block.kind == "table")
            if block.rows is not None:
                assert block.text == "\n".join(" | ".join(row) for row in block.rows)
        for note in article.footnotes:
            if note.block is not None:
                assert note.offset is not None
                assert 0 <= note.offset <= len(article.blocks[note.block].text)
            elif note.offset is not None:
                assert 0 <= note.offset <= len(article.title)


@settings(max_examples=150, deadline=None)
@given(LINES, GAPS)
def test_lines_of_bulletins_in_any_order(lines: list[tuple[str, str, str]], gap: str) -> None:
    check(gap.join("".join(line) for line in lines))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=400))
@example("\x0c\x0c \x0c")
@example("（执笔：")
def test_any_text(text: str) -> None:
    check(text)


def test_every_line_has_a_role_and_a_reason() -> None:
    parsed = read("某刊\n\n标题一行\n\n第一段写到这里。\n\n（执笔：张三）\n")
    assert [entry.role for entry in parsed.trace][-2:] == ["paragraph", "byline"]
    assert parsed.trace[-1].number == 7
