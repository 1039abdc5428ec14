"""Which digits are a note's mark, and which belong to the text."""

from __future__ import annotations

import pytest

from bulletins.parsing import parse
from bulletins.sources import Source, pages_of
from bulletins.styles import load_styles

STYLES = load_styles()


def read(body: str, notes: int) -> tuple[str, list[tuple[str, str | None]]]:
    """Read one paragraph with `notes` notes: its text, and what stands before each mark."""
    foot = "\n".join(f"{n} https://example.org/{n}" for n in range(1, notes + 1))
    text = f" 政策计划\n某国公布材料计划\n{body}\n（执笔：张三）\n \n{foot}\n"
    (article,) = parse(Source("a.txt", "00", pages_of(text)), STYLES).issue.articles()
    (block,) = article.blocks
    tied = [
        (note.marker, None if note.offset is None else block.text[: note.offset][-4:])
        for note in article.footnotes
    ]
    return block.text, tied


@pytest.mark.parametrize(
    ("body", "clean", "before"),
    [
        ("投入为5.04 亿美元1，用于建设。", "投入为5.04 亿美元，用于建设。", " 亿美元"),
        ("自2023年 10月1，各地开始建设。", "自2023年 10月，各地开始建设。", " 10月"),
        ("纯度可达 99%以上1。", "纯度可达 99%以上。", "9%以上"),
        ("研究机构（NAPMP）1发布了名单。", "研究机构（NAPMP）发布了名单。", "MP）"),
        ("据《材料战略》1，共有1个中心。", "据《材料战略》，共有1个中心。", "战略》"),
        ("报告1认为，第1阶段已经完成。", "报告认为，第1阶段已经完成。", "报告"),
        ("包括：1）铜；2）铝。这是目录1。", "包括：1）铜；2）铝。这是目录。", "这是目录"),
    ],
)
def test_a_mark_is_taken_out(body: str, clean: str, before: str) -> None:
    text, ((marker, found),) = read(body, 1)
    assert (text, marker) == (clean, "1")
    assert found is not None
    assert found.endswith(before[-2:])


@pytest.mark.parametrize(
    "body",
    [
        "迁移率为 5000 cm2V-1s-1，界面为 Si/SiO2 结构。",
        "薄膜由 MoS2 制成，面积为 1 cm2，体积为 1 m3。",
        "开关比达到 104，晶圆为 300mm 规格。",
        "第1阶段在 1 月 1 日开始，共1个项目。",
    ],
)
def test_units_formulas_and_numbers_stay(body: str) -> None:
    text, tied = read(body, 2)
    assert text == body
    assert [found for _, found in tied] == [None, None]


def test_marks_are_tied_in_order() -> None:
    _, tied = read("甲国投资1，乙国跟进2，丙国观望3。", 3)
    assert tied == [("1", "甲国投资"), ("2", "乙国跟进"), ("3", "丙国观望")]


def test_a_mark_in_the_title() -> None:
    text = (
        " 政策计划\n某国公布材料战略1\n正文写在这里。\n（执笔：张三）\n \n1 https://example.org/1\n"
    )
    (article,) = parse(Source("a.txt", "00", pages_of(text)), STYLES).issue.articles()
    assert article.title == "某国公布材料战略"
    (note,) = article.footnotes
    assert (note.block, note.offset) == (None, 8)


def test_a_note_that_runs_on_at_the_next_foot() -> None:
    text = (
        " 政策计划\n某国公布材料计划\n第一页的正文有标记1，这一句写到页尾还没有说完它在\n \n"
        "1 https://example.org/a-very-long-address-that-is-cut-off-at-the-\n"
        " 第二页接着说完2。\n（执笔：张三）\n \nend-of-the-line\n2 https://example.org/2\n"
    )
    (article,) = parse(Source("a.txt", "00", pages_of(text)), STYLES).issue.articles()
    assert [note.urls for note in article.footnotes] == [
        ("https://example.org/a-very-long-address-that-is-cut-off-at-the-end-of-the-line",),
        ("https://example.org/2",),
    ]
    assert all("end-of" not in block.text for block in article.blocks)
