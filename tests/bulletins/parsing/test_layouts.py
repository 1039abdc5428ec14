"""Publications of other houses, each with habits of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.parsing import parse
from bulletins.reading import read_issue
from bulletins.sources import Source, pages_of
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

    from bulletins.model import Issue

STYLES = load_styles()


@pytest.fixture
def read(root: Path):  # type: ignore[no-untyped-def]
    def read_name(name: str) -> Issue:
        return read_issue(root / "tests" / "data" / name, STYLES).issue

    return read_name


def outline(issue: Issue) -> list[tuple[str, list[str]]]:
    return [(one.title, [article.title for article in one.articles]) for one in issue.sections]


def test_a_contents_page_and_bylines_below_titles(read) -> None:  # type: ignore[no-untyped-def]
    issue = read("contents-page.txt")
    assert (issue.publication, issue.number, issue.date) == (
        "新材料观察",
        "2025年第3期",
        "2025-03-15",
    )
    assert outline(issue) == [
        ("政策动态", ["法国启动电池材料回收计划", "韩国修订稀有金属储备办法"]),
        ("研究进展", ["低温烧结制备固态电解质薄膜"]),
    ]
    first = issue.articles()[0]
    assert first.authors == ("周明",)
    assert first.sources == ("https://example.org/fr/battery-recycling-plan",)
    assert first.page == 2
    assert first.blocks[0].text.endswith("新电池中再生镍的比例不低于百分之六。")
    assert len(first.blocks) == 2


def test_numbered_titles_under_numbered_sections(read) -> None:  # type: ignore[no-untyped-def]
    issue = read("numbered-titles.txt")
    assert outline(issue) == [
        ("一、政策规划", ["挪威发布深海观测网建设方案", "智利设立沿海预警基金"]),
        ("二、技术前沿", ["新型浮标依靠温差供电"]),
    ]
    first, second, _ = issue.articles()
    (note,) = first.footnotes
    assert note.offset is not None
    assert first.blocks[0].text[: note.offset].endswith("24 个节点")
    assert "[1]" not in first.blocks[0].text
    assert second.sources == ("https://example.org/cl/fund",)


def test_sections_in_brackets_sources_on_top_and_a_table(read) -> None:  # type: ignore[no-untyped-def]
    issue = read("bracket-sections.txt")
    assert outline(issue) == [
        ("要闻速览", ["欧洲航天机构批准小型登月车项目", "印度试飞可回收探空火箭"]),
        ("深度分析", ["小卫星发射价格为何停止下降？"]),
    ]
    caption, table = issue.articles()[2].blocks[-2:]
    assert caption.kind == "caption"
    assert table.rows == (
        ("公司", "报价（万美元）"),
        ("甲公司", "640"),
        ("乙公司", "712"),
        ("丙公司", "588"),
    )


def test_circled_notes_and_page_numbers_beside_the_header(read) -> None:  # type: ignore[no-untyped-def]
    issue = read("circled-notes.txt")
    assert issue.publication == "能源技术参考"
    assert outline(issue) == [("", ["丹麦建成海上制氢示范平台", "加拿大测试低温储能装置"])]
    first, second = issue.articles()
    assert first.authors == ("秦岚",)
    assert second.authors == ("秦岚", "高原")
    assert [note.marker for note in first.footnotes] == ["①", "②"]
    assert all(note.block == 0 for note in first.footnotes)
    assert "①" not in first.blocks[0].text


def test_indented_wrapped_text_with_author_and_source(read) -> None:  # type: ignore[no-untyped-def]
    issue = read("wrapped-indented.txt")
    assert outline(issue) == [("", ["疫苗冷链改用相变材料", "手术机器人学会缝合血管"])]
    assert [len(article.blocks) for article in issue.articles()] == [2, 2]
    assert issue.articles()[0].authors == ("方晓",)


def test_english_only(read) -> None:  # type: ignore[no-untyped-def]
    (article,) = read("english-lines.txt").articles()
    assert article.title == "Instrument Notes"
    assert [block.text.split()[-1] for block in article.blocks] == ["phone.", "freely."]
    assert "reads the near infrared" in article.blocks[0].text


def test_a_single_paragraph_is_named_by_its_file(read) -> None:  # type: ignore[no-untyped-def]
    (article,) = read("single-paragraph.txt").articles()
    assert article.title == "single-paragraph"
    assert len(article.blocks) == 1


def test_plain_notes_keep_their_lines(read) -> None:  # type: ignore[no-untyped-def]
    (article,) = read("meeting-notes.txt").articles()
    assert article.title == "周三例会"
    assert [block.kind for block in article.blocks] == [
        "paragraph", "paragraph", "heading", "list_item", "list_item", "list_item",
    ]  # fmt: skip


def test_a_table_over_two_pages_and_two_bylines() -> None:
    text = (
        " 产业洞察\n某协会公布年度投资统计\n某协会在周三公布年度投资统计，覆盖十二个国家。\n"
        "表 1 各国投资额\n国家 投资额（亿美元）\n甲国 120\n乙国 98.5\n"
        " 国家 投资额（亿美元）\n丙国 77\n"
        "统计显示，投资总额比上年增加一成，新建工厂位于东部。\n"
        "（执笔：张三）\n（审校：李 四）\n"
        "另一条消息\n另一条消息的正文在这里。\n（执笔：李四）\n"
    )
    first, second = parse(Source("a.txt", "00", pages_of(text)), STYLES).issue.articles()
    assert (first.authors, second.authors) == (("张三",), ("李四",))
    table = first.blocks[2]
    assert table.rows == (
        ("国家", "投资额（亿美元）"),
        ("甲国", "120"),
        ("乙国", "98.5"),
        ("丙国", "77"),
    )
    assert [block.kind for block in first.blocks] == ["paragraph", "caption", "table", "paragraph"]
