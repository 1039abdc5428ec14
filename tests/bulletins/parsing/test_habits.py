"""Habits that many publications share: marks, contents, leads, briefs, headers, notes."""

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


def test_marks_are_no_part_of_heads_and_titles() -> None:
    parsed = read(
        f"■ 水利\n◆ 湖区新建水质站\n{LAKE}\n◆ 再生沥青通过试验\n{ROAD}\n"
        f"■ 农业\n◆ 耐盐小麦通过试验\n{SEED}\n"
    )
    assert outline(parsed) == [
        ("水利", ["湖区新建水质站", "再生沥青通过试验"]),
        ("农业", ["耐盐小麦通过试验"]),
    ]


def test_marked_items_of_a_list_stay_in_their_article() -> None:
    (article,) = read(
        f"湖区新建水质站\n{LAKE}\n主要安排如下：\n● 北岸新建四座站；\n● 南岸改造两座站；\n"
        "● 全部数据向公众开放。\n（执笔：张三）\n"
    ).issue.articles()
    assert [block.kind for block in article.blocks[-3:]] == ["list_item"] * 3
    assert article.blocks[2].text == "● 北岸新建四座站；"


@pytest.mark.parametrize("byline", ["编译：张三 李四", "（张三 李四）", "【编译：张三、李四】"])
@pytest.mark.parametrize("head", ["【水利】", "—— 水利 ——", "★ 水利 ★"])
def test_heads_and_bylines_in_other_dress(head: str, byline: str) -> None:
    parsed = read(f"{head}\n湖区新建水质站\n{LAKE}\n{byline}\n再生沥青通过试验\n{ROAD}\n{byline}\n")
    assert outline(parsed) == [("水利", ["湖区新建水质站", "再生沥青通过试验"])]
    assert [article.authors for article in parsed.issue.articles()] == [("张三", "李四")] * 2


def test_a_byline_may_name_the_office() -> None:
    first, second = read(
        f"湖区新建水质站\n{LAKE}\n执笔人：张三（水文室）\n再生沥青通过试验\n{ROAD}\n执笔人：李四\n"
    ).issue.articles()
    assert (first.authors, second.authors) == (("张三",), ("李四",))


def test_leads_and_dates_of_sources() -> None:
    parsed = read(
        f"湖区新建水质站\n[摘要] 湖区将有更密的水质站网。\n{LAKE}\n"
        "来源：https://example.org/lake\n检索日期：2025-03-02\n"
        f"再生沥青通过试验\n[摘要] 旧路面可以再用。\n{ROAD}\n"
        "来源：https://example.org/road\n检索日期：2025-03-04\n"
    )
    first, second = parsed.issue.articles()
    assert (first.title, second.title) == ("湖区新建水质站", "再生沥青通过试验")
    assert first.topic is None
    assert first.blocks[0].text == "[摘要] 湖区将有更密的水质站网。"
    assert len(first.blocks) == 2
    assert first.sources == ("https://example.org/lake",)


def test_contents_know_titles_of_two_lines() -> None:
    long = "湖区管理局宣布在北岸新建四座自动水质站并向公众开放全部历史数据"
    parsed = read(
        f"水利参考\n2025年第3期\n目 录\n水利\n{long} ...... 2\n农业\n耐盐小麦通过试验 ...... 3\n"
        f"水利\n{long[:20]}\n{long[20:]}\n{LAKE}\n农业\n耐盐小麦通过试验\n{SEED}\n"
    )
    assert outline(parsed) == [("水利", [long]), ("农业", ["耐盐小麦通过试验"])]
    assert parsed.issue.publication == "水利参考"


def test_briefs_with_nothing_but_titles_and_room() -> None:
    parsed = read(
        "一周水情\n（2025 年 3 月 3 日—3 月 9 日）\n\n\n"
        f"湖区新建水质站\n{LAKE}（3月4日，湖区日报）\n\n\n"
        f"再生沥青通过试验\n{ROAD}\n{WIND}（3月5日，路讯）\n\n\n"
        f"耐盐小麦通过试验\n{SEED}（3月6日，农报）\n"
    )
    assert outline(parsed) == [("", ["湖区新建水质站", "再生沥青通过试验", "耐盐小麦通过试验"])]
    assert len(parsed.issue.articles()[1].blocks) == 2
    assert parsed.issue.publication == "一周水情"


def test_confidence_follows_the_evidence() -> None:
    titles = ("湖区新建自动水质站", "再生沥青通过两年试验", "耐盐小麦通过区域试验")
    bare = [f"{title}\n{text}\n" for title, text in zip(titles, (LAKE, ROAD, SEED), strict=True)]
    shape = read("".join(bare)).issue
    room = read("\n\n".join(bare)).issue
    named = read("".join(f"{one}（执笔：张三）\n" for one in bare)).issue
    nothing = read(LAKE + "\n").issue
    assert [len(one.articles()) for one in (shape, room, named)] == [3, 3, 3]
    figures = [one.confidence for one in (nothing, shape, room, named)]
    assert figures == sorted(figures)
    assert len(set(figures)) == 4


@pytest.mark.parametrize(
    ("intro", "dress", "between"),
    [(WIND, "{}", ""), ("", "■ {}", ""), (WIND, "■ {}", ""), ("", "{}", "\n\n")],
)
def test_sub_heads_of_one_long_article_are_no_titles(intro: str, dress: str, between: str) -> None:
    parts = [
        "\n".join((dress.format(head), LAKE, ROAD, SEED))
        for head in ("治理背景", "主要做法", "几点启示")
    ]
    parsed = read(
        "\n".join(filter(None, ("湖区治理二十年的经验与启示", intro)))
        + "\n"
        + between
        + ("\n" + between).join(parts)
        + "\n"
    )
    assert outline(parsed) == [("", ["湖区治理二十年的经验与启示"])]


def test_a_list_is_no_row_of_titles() -> None:
    (article,) = read("仪器清单\n● 水位计\n● 雨量筒\n● 流速仪\n").issue.articles()
    assert (article.title, len(article.blocks)) == ("仪器清单", 3)


def test_numbered_heads_over_titles_that_are_counted_anew() -> None:
    end = "（供稿：张三）"
    parsed = read(
        f"一、水\n1. 湖区新建水质站\n{LAKE}\n{end}\n2. 再生沥青通过试验\n{ROAD}\n{end}\n"
        f"二、土\n1. 耐盐小麦通过试验\n{SEED}\n{end}\n"
    )
    assert outline(parsed) == [
        ("一、水", ["湖区新建水质站", "再生沥青通过试验"]),
        ("二、土", ["耐盐小麦通过试验"]),
    ]


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ("水利参考", "- {n} -"),
        ("", "水利参考　2{n}"),
        ("{n}  水利参考 2025年第3期", ""),
        ("", "水利参考\n1{n}"),
    ],
)
def test_headers_and_page_numbers_are_no_text(top: str, foot: str) -> None:
    pages = [
        f"政策动态\n湖区新建水质站\n{LAKE}\n{ROAD[:20]}",
        f"{ROAD[20:]}\n（执笔：张三）\n耐盐小麦通过试验\n{SEED}",
        f"{WIND}\n（执笔：李四）\n",
    ]
    text = "\f".join(
        "\n".join(filter(None, (top.format(n=n), page, foot.format(n=n))))
        for n, page in enumerate(pages, 1)
    )
    parsed = read(text)
    assert outline(parsed) == [("政策动态", ["湖区新建水质站", "耐盐小麦通过试验"])]
    said = "".join(block.text for article in parsed.issue.articles() for block in article.blocks)
    assert said == LAKE + ROAD + SEED + WIND


def test_notes_in_chinese_and_pieces_behind_all_notes() -> None:
    (article,) = read(
        f"政策动态\n湖区新建水质站\n{LAKE[:-1]}1。\n{ROAD[:-1]}2。\n（执笔：张三）\n \n"
        "1 湖区管理局：水质站网建设方案.\nhttps://example.org/lake/plan-\n"
        "2 旧沥青再生试验报告.\nhttps://example.org/road\n \nof-the-north-shore.pdf\n"
    ).issue.articles()
    assert [block.text for block in article.blocks] == [LAKE, ROAD]
    first, second = article.footnotes
    assert first.urls == ("https://example.org/lake/plan-of-the-north-shore.pdf",)
    assert second.urls == ("https://example.org/road",)


def test_a_form_feed_adds_no_line() -> None:
    first, second = pages_of("甲\n\f乙\n丙\n")
    assert [line.number for line in (*first.lines, *second.lines)] == [1, 2, 3]
    assert second.lines[0].blank == 0
