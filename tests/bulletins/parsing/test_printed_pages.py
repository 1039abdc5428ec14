"""Habits of printed pages: narrow columns, web pages, lists of notes that go on, contents."""

from __future__ import annotations

from bulletins.parsing import Parsed, parse
from bulletins.sources import Line, Page, Source, pages_of
from bulletins.styles import load_styles

STYLES = load_styles()

LAKE = "湖区管理局在周二宣布，将在北岸新建四座自动水质站，每小时上传一次数据。"
ROAD = "交通研究所完成了旧沥青再生试验，新路面在两个冬天之后仍然没有出现裂缝。"
SEED = "农业大学培育的耐盐小麦通过了区域试验，平均亩产比对照品种提高一成。"


def read(text: str) -> Parsed:
    return parse(Source("a.txt", "00", pages_of(text)), STYLES)


def titles(parsed: Parsed) -> list[str]:
    return [article.title for article in parsed.issue.articles()]


def test_an_item_of_a_narrow_column_goes_on_below() -> None:
    """First lines are set in by two characters that the text does not keep."""
    column = [
        "政策动态", "湖区新建水质站",
        "湖区管理局在周二宣布，将在北岸新建四",
        "座自动水质站，每小时上传一次数据，由三家单位",
        "轮流看管和维修，费用由湖区管理局和两个县各付",
        "三分之一。",
        "农业大学培育的耐盐小麦通过了区域试验，",
        "平均亩产比对照品种提高一成，今年秋天开始在四",
        "个县推广，种子由大学的农场供应，价格和普通种",
        "子相同。",
        "交通研究所完成了旧沥青再生试验，新路",
        "面在两个冬天之后仍然没有出现裂缝，明年开始在",
        "北岸的省道上铺设，全长二十公里，工期为四个月",
        "左右。",
        "（一）水质站每小时上传一次数据；",
        "（二）农场供应种子，价格不变；",
        "（三）由交通研究所（RTI）承担全部的检",
        "测和标定工作。",
        "（执笔：张三）",
    ]  # fmt: skip
    (article,) = read("\n".join(column)).issue.articles()
    assert [(block.kind, block.text) for block in article.blocks[-3:]] == [
        ("list_item", "（一）水质站每小时上传一次数据；"),
        ("list_item", "（二）农场供应种子，价格不变；"),
        ("list_item", "（三）由交通研究所（RTI）承担全部的检测和标定工作。"),
    ]


def test_menus_and_buttons_of_web_pages_are_left_out() -> None:
    parsed = read(
        "首页 登录\n湖区简报\n2025 年第 3 期\n2025 年 3 月 1 日\n"
        f"湖区新建水质站\n{LAKE}\n（执笔：张三）\n再生沥青通过试验\n{ROAD}\n（执笔：李四）\n"
        f"耐盐小麦通过试验\n{SEED}\n（执笔：王五）\n"
        "分享到：微信 微博\n扫码关注 阅读原文 点赞 在看\n"
    )
    assert titles(parsed) == ["湖区新建水质站", "再生沥青通过试验", "耐盐小麦通过试验"]
    assert (parsed.issue.publication, parsed.issue.number) == ("湖区简报", "2025年第3期")
    roles = {line.text: line.role for line in parsed.trace}
    assert roles["首页 登录"] == roles["扫码关注 阅读原文 点赞 在看"] == "web page"


def test_contents_whose_page_numbers_stand_close_behind() -> None:
    parsed = read(
        "目录\n湖区新建水质站1\n再生沥青通过试验2\n耐盐小麦通过试验3\n"
        f"湖区新建水质站\n{LAKE}\n（执笔：张三）\n再生沥青通过试验\n{ROAD}\n（执笔：李四）\n"
        f"耐盐小麦通过试验\n{SEED}\n（执笔：王五）\n"
    )
    assert titles(parsed) == ["湖区新建水质站", "再生沥青通过试验", "耐盐小麦通过试验"]


def test_an_imprint_that_ends_in_a_colon_is_no_text() -> None:
    parsed = read(
        f"政策动态\n湖区新建水质站\n{LAKE}\n（执笔：张三）\n再生沥青通过试验\n{ROAD}\n"
        "主办：湖区情报网  编辑：许诺  邮箱：\nnews@example.org\n"
    )
    blocks = [block.text for article in parsed.issue.articles() for block in article.blocks]
    assert blocks == [LAKE, ROAD]


def set_line(number: int, page: int, text: str, size: float = 10.5, zone: str = "body") -> Line:
    return Line(text, number, page, size=size, y=20.0 * number, begins=True, zone=zone)  # type: ignore[arg-type]


def test_a_list_of_notes_goes_on_at_the_top_of_the_next_page() -> None:
    """The file places the first page's among the notes; what goes on is as small."""
    first = [
        set_line(1, 1, "湖区新建水质站", 15),
        set_line(2, 1, f"{LAKE[:-1]}[1]。"),
        set_line(3, 1, f"{ROAD[:-1]}[2]。"),
        set_line(4, 1, "（执笔：张三）"),
        set_line(5, 1, "参考文献"),
        set_line(6, 1, "[1] https://example.org/lake/plan", 9, "notes"),
    ]
    second = [
        set_line(7, 2, "[2] Road Institute. Old asphalt, new roads[J]. Roads, 2024, 3: 1-9.", 9),
        set_line(8, 2, "耐盐小麦通过试验", 15),
        set_line(9, 2, SEED),
        set_line(10, 2, "（执笔：王五）"),
    ]
    source = Source("a.pdf", "00", (Page(1, tuple(first)), Page(2, tuple(second))))
    articles = parse(source, STYLES).issue.articles()
    assert [article.title for article in articles] == ["湖区新建水质站", "耐盐小麦通过试验"]
    assert [block.text for block in articles[0].blocks] == [LAKE, ROAD]
    assert [(note.marker, note.block) for note in articles[0].footnotes] == [("1", 0), ("2", 1)]
