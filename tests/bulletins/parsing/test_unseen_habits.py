# ruff: noqa: E501 - a printed page in a line
"""Habits of publications that were met late: run-in titles, chapters, pictures, closing words."""

from __future__ import annotations

import pytest

from bulletins.parsing import Parsed, parse
from bulletins.sources import Source, pages_of
from bulletins.styles import load_styles

STYLES = load_styles()

LAKE = "湖区管理局在周二宣布，将在北岸新建四座自动水质站，每小时上传一次数据。"
ROAD = "交通研究所完成了旧沥青再生试验，新路面在两个冬天之后仍然没有出现裂缝。"
SEED = "农业大学培育的耐盐小麦通过了区域试验，平均亩产比对照品种提高一成。"
WIND = "三家企业决定共用一座风机叶片试验台，首批试验安排在明年春天。"


def read(text: str) -> Parsed:
    return parse(Source("a.txt", "00", pages_of(text)), STYLES)


def outline(parsed: Parsed) -> list[tuple[str, list[str]]]:
    return [
        (one.title, [article.title for article in one.articles]) for one in parsed.issue.sections
    ]


def test_a_title_in_brackets_runs_on_into_its_text() -> None:
    parsed = read(
        f"▲ 要闻\n１．湖区新建水质站\n{LAKE}\n２．再生沥青通过试验\n{ROAD}\n"
        f"▲ 简讯\n【耐盐小麦通过区域试验】{SEED}\n【三家企业共用试验台】{WIND}\n"
    )
    assert outline(parsed) == [
        ("要闻", ["湖区新建水质站", "再生沥青通过试验"]),
        ("简讯", ["耐盐小麦通过区域试验", "三家企业共用试验台"]),
    ]
    briefs = parsed.issue.articles()[2:]
    assert [[block.text for block in one.blocks] for one in briefs] == [[SEED], [WIND]]


def test_a_title_in_brackets_may_fill_more_than_a_line() -> None:
    text = (
        "【某大学培育的耐盐小麦新品种通过全\n国区域试验】农业大学周二说，小麦的平\n"
        "均亩产比对照品种提高一成，种子明年\n发放给沿海的六个县。\n"
        "【三家企业共用一座风机叶片试验台】首\n批试验安排在明年春天，费用由三家平\n均分担。\n"
    )
    first, second = read(f"简讯\n{text}").issue.articles()
    assert first.title == "某大学培育的耐盐小麦新品种通过全国区域试验"
    assert first.blocks[0].text.startswith("农业大学周二说，小麦的平均亩产")
    assert second.blocks[0].text == "首批试验安排在明年春天，费用由三家平均分担。"


def test_words_in_brackets_that_lead_paragraphs_begin_no_articles() -> None:
    (article,) = read(
        f"湖区新建水质站\n{LAKE}\n【第一步的主要工作】{ROAD}\n【第二步的主要工作】{SEED}\n（执笔：张三）\n"
    ).issue.articles()
    assert len(article.blocks) == 3


CHAPTERS = (
    f"1 观点\n1.1 湖区新建水质站\n{LAKE}\n图1：各站的水位\n0 5 10 15\n2023 2024E 2025E\n"
    f"资料来源：湖区管理局，水文室\n1.2 再生沥青通过试验\n{ROAD}\n2 提示\n{WIND}\n"
    "免责声明\n本报告只供参考，不构成任何建议。\n"
)
CONTENTS = "正文目录\n1 观点......1\n1.1 湖区新建水质站......1\n1.2 再生沥青通过试验......2\n2 提示......3\n"


def test_numbers_of_two_depths_in_the_contents_tell_heads_from_titles() -> None:
    assert outline(read(CONTENTS + CHAPTERS)) == [
        ("1 观点", ["湖区新建水质站", "再生沥青通过试验"]),
        ("2 提示", ["提示"]),
    ]


def test_a_picture_leaves_its_caption_and_its_source_but_no_numbers() -> None:
    article = read(CONTENTS + CHAPTERS).issue.articles()[0]
    assert [(block.kind, block.text) for block in article.blocks[1:]] == [
        ("caption", "图1：各站的水位"),
        ("caption", "资料来源：湖区管理局，水文室"),
    ]
    assert article.sources == () and article.authors == ()


def test_what_is_said_of_the_whole_issue_is_no_article() -> None:
    parsed = read(CONTENTS + CHAPTERS)
    assert [line.role for line in parsed.trace[-2:]] == ["imprint", "imprint"]


LETTER = f"""湖区的新水质站、耐盐小麦｜湖区早读

原创 阿岸 湖区早读 2025年05月12日 07:30 北岸

点击蓝字　关注我们

全文约900字，阅读需要3分钟

— 湖区 —

01

湖区新建水质站

{LAKE}

▲ 北岸的第一座水质站（图源：湖区管理局）

{ROAD}

来源：湖区晚报

02

耐盐小麦通过区域试验

{SEED}

▲ 试验田的航拍照片

{WIND}

来源：农业大学

— END —

编辑 | 阿岸　　审核 | 阿北

往期推荐

湖区的鱼去了哪里？
"""


def test_a_letter_of_an_account_has_a_name_and_nothing_but_its_articles() -> None:
    issue = read(LETTER).issue
    assert (issue.publication, issue.date) == ("湖区早读", "2025-05-12")
    assert outline(read(LETTER)) == [("湖区", ["湖区新建水质站", "耐盐小麦通过区域试验"])]
    kinds = [[block.kind for block in one.blocks] for one in issue.articles()]
    assert kinds == [["paragraph", "caption", "paragraph"]] * 2


def test_marks_that_point_up_still_stand_before_heads() -> None:
    parsed = read(f"▲ 要闻\n１．湖区公布路线图\n{LAKE}\n▲ 版图\n１．再生沥青通过试验\n{ROAD}\n")
    assert [title for title, _ in outline(parsed)] == ["要闻", "版图"]


def test_who_may_read_and_who_makes_an_issue_are_neither_its_name_nor_articles() -> None:
    parsed = read(
        "内部参考\n湖区水利参阅\n第 17 期（总第 312 期）\n2025 年 4 月 21 日\n湖区大学图书馆 主办\n"
        f"［水质观察］\n湖区新建水质站\n{LAKE}\n信息来源：https://lake.example/a\n"
        f"再生沥青通过试验\n{ROAD}\n信息来源：https://lake.example/b\n"
    )
    assert parsed.issue.publication == "湖区水利参阅"
    assert outline(parsed) == [("水质观察", ["湖区新建水质站", "再生沥青通过试验"])]


def test_chapters_of_one_report_stay_one_article() -> None:
    parsed = read(
        f"湖区水质报告\n{SEED}\n1.1 北岸的四座站\n{LAKE}\n1.2 南岸的两座站\n{ROAD}\n（执笔：张三）\n"
    )
    assert len(parsed.issue.articles()) == 1


def test_full_width_digits_number_and_date_an_issue() -> None:
    issue = read(
        f"湖区周讯\n２０２５年第１１期（总第４２８期）\n水文室 编　　２０２５年３月１７日\n────────\n"
        f"１．湖区新建水质站\n{LAKE}\n２．再生沥青通过试验\n{ROAD}\n"
    ).issue
    assert (issue.publication, issue.number, issue.date) == (
        "湖区周讯", "2025年第11期", "2025-03-17",
    )  # fmt: skip
    assert [one.title for one in issue.articles()] == ["湖区新建水质站", "再生沥青通过试验"]


def test_notes_with_a_closing_bracket_belong_to_their_article() -> None:
    first, second = read(
        f"▍要闻\n湖区新建水质站\n{LAKE[:-1]}1。\n核心观点\n{ROAD}\n供稿：张三\n注释：\n"
        f"1) 湖区管理局公报。\n▍农业\n耐盐小麦通过试验\n{SEED}\n1) 第一年种六县；\n2) 第二年种十县。\n供稿：李四\n"
    ).issue.articles()
    assert [(note.marker, note.text) for note in first.footnotes] == [("1", "湖区管理局公报。")]
    assert first.footnotes[0].offset == len(LAKE) - 1
    assert second.footnotes == () and len(second.blocks) == 3


def test_head_words_are_sub_heads_where_heads_are_marked() -> None:
    parsed = read(
        f"▍要闻\n湖区新建水质站\n{LAKE}\n核心观点\n{ROAD}\n供稿：张三\n▍农业\n耐盐小麦通过试验\n{SEED}\n供稿：李四\n"
    )
    assert [title for title, _ in outline(parsed)] == ["要闻", "农业"]
    assert parsed.issue.articles()[0].blocks[1].text == "核心观点"


@pytest.mark.parametrize("source", ["来源：路透社、彭博社", "（来源：南方日报）"])
def test_agencies_are_no_authors(source: str) -> None:
    articles = read(
        f"湖区新建水质站\n{LAKE}\n{source}\n再生沥青通过试验\n{ROAD}\n{source}\n"
    ).issue.articles()
    assert [one.authors for one in articles] == [(), ()]


def test_the_number_of_the_issue_above_a_page_is_a_header() -> None:
    lines = "\n".join([LAKE, ROAD, SEED, WIND] * 3)
    parsed = read(
        f"湖区周讯\n2025年第2期\n◆ 湖区新建水质站\n{lines}\n1\n\f2025年第2期\n◆ 再生沥青通过试验\n{lines}\n2\n"
    )
    assert [one.title for one in parsed.issue.articles()] == ["湖区新建水质站", "再生沥青通过试验"]


def test_who_edited_an_article_did_not_write_it() -> None:
    parsed = read(
        f"要闻\n湖区新建四座水质站投入运行\n{LAKE}\n来源：https://lake.example/a\n"
        f"检索日期：2025年5月2日\n责任编辑：江若水\n再生沥青通过两个冬天的试验\n{ROAD}\n"
        "来源：https://road.example/b\n检索日期：2025年5月3日\n责任编辑：陶砚\n"
    )
    assert outline(parsed) == [
        ("要闻", ["湖区新建四座水质站投入运行", "再生沥青通过两个冬天的试验"])
    ]
    assert [one.authors for one in parsed.issue.articles()] == [(), ()]
