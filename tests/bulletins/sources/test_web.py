"""Saved web pages as lines: what is read is kept with its looks, the rest of the page is not."""

from __future__ import annotations

import pytest

from bulletins.sources.formats import pages_of_bytes
from bulletins.sources.web import pages_of_web
from tests.bulletins.sources.reading import lines_of


def texts(html: str) -> list[str]:
    return [line.text for line in lines_of(pages_of_web(html))]


def test_menus_scripts_and_what_is_hidden_are_left_out() -> None:
    page = """<!doctype html><html><head><title>x</title><style>p{}</style></head><body>
    <nav><a href="/">首页</a></nav><script>var a = "脚本";</script>
    <p>正文。</p><p style="display: none">隐藏</p><footer>点赞</footer></body></html>"""
    assert texts(page) == ["正文。"]


def test_spans_in_spans_are_one_paragraph_with_the_size_that_most_of_it_has() -> None:
    page = (
        '<div><section><p style="text-align:center"><span style="font-size:20px"><strong>'
        '<span>量子</span><span>计算</span></strong></span></p><p><span style="font-size:14px">正'
        "<em>文</em></span></p></section></div>"
    )
    head, text = lines_of(pages_of_web(page))
    assert (head.text, head.size, head.bold, head.align) == ("量子计算", 15.0, True, "centre")
    assert (text.text, text.size, text.bold, text.align) == ("正文", 10.5, False, "")


def test_breaks_part_lines_and_two_of_them_paragraphs() -> None:
    one, two, three = lines_of(pages_of_web("<p>甲<br>乙<br><br>丙</p>"))
    assert [line.begins for line in (one, two, three)] == [True, False, True]


def test_superscripts_links_and_lists() -> None:
    page = (
        '<p>拨款<sup>[1]</sup>，见<a href="https://example.org/x">原文</a>，'
        '<a href="#n">注</a></p><ol start="3"><li>甲</li><li><p>乙</p></li></ol>'
        "<ul><li>丙</li></ul>"
    )
    first, *items = lines_of(pages_of_web(page))
    assert [first.text[s:e] for s, e in first.raised] == ["[1]"]
    assert [link.url for link in first.links] == ["https://example.org/x"]
    assert [line.text for line in items] == ["3. 甲", "4. 乙", "• 丙"]


def test_a_table_has_cells_and_a_frame_of_text_has_not() -> None:
    table = "<table><tr><th>国家</th><th>金额</th></tr><tr><td>英国</td><td>1 亿</td></tr></table>"
    assert [line.cells for line in lines_of(pages_of_web(table))] == [
        ("国家", "金额"),
        ("英国", "1 亿"),
    ]
    frame = f"<table><tr><td>左</td><td><p>{'很长的一段。' * 80}</p></td></tr></table>"
    assert all(not line.cells for line in lines_of(pages_of_web(frame)))


def test_the_main_part_is_read_where_it_holds_most_of_the_text() -> None:
    page = f'<div>广告一则</div><div id="js_content"><p>{"正文。" * 9}</p></div><div>评论</div>'
    assert texts(page) == ["正文。" * 9]
    named = f"<div><nav>首页</nav><h1>湖区周讯</h1><p>5月12日</p><main>{'正文。' * 90}</main></div>"
    assert texts(named) == ["湖区周讯", "5月12日", "正文。" * 90]


@pytest.mark.parametrize(
    ("said", "used", "text"),
    [
        ("gb2312", "gb18030", "政策计划"),
        ("big5", "big5", "政策計劃"),
        ("utf-8", "utf-8", "政策计划"),
        ("gb2312", "utf-8", "政策计划"),
    ],
)
def test_what_a_page_says_of_its_encoding_is_believed_where_it_reads_well(
    said: str, used: str, text: str
) -> None:
    page = f'<html><head><meta charset="{said}"></head><body><p>{text}</p></body></html>'
    assert lines_of(pages_of_bytes(page.encode(used), "a.html"))[0].text == text


def test_a_page_in_many_layers_is_read_and_one_in_too_many_ends() -> None:
    assert "底" in "".join(texts("<div><span>" * 100 + "底" + "</span></div>" * 100))
    texts("<div><span>" * 20_000 + "底" + "</span></div>" * 20_000)


def test_no_control_characters_come_through() -> None:
    assert texts("<p>甲\x1b[31m乙&#27;&#x202e;丙&#0;</p>") == ["甲\u241b[31m乙\u241b\ufffd丙\ufffd"]
