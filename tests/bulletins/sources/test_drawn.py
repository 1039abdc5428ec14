"""What engines and printers do to pages: each is drawn by hand and must read as what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.sources.pdf import PdfError, pages_of_pdf
from tests.bulletins.sources.drawing import line, paragraph, pdf, turned

if TYPE_CHECKING:
    from bulletins.sources import Line

TITLE = "滤料在冬天的试验"
FIRST = (
    "城市供水研究所的两个小组各自重复了这项试验，结果只差百分之三，因此可以认为新的滤料在冬天也能用，"
    "不必再加热原水。研究人员还比较了三种滤料的价格，最便宜的一种产自本地的石英砂矿。"
)
SECOND = (
    "北岸的水厂准备在明年春天换上新的滤料，换下来的旧砂送到砖厂去做透水砖，运费由两家各付一半。"
    "如果水质在半年里没有变化，南岸的两座水厂也会照办。"
)
BODY = line(213, 780, TITLE, 16) + paragraph(62, 740, FIRST) + paragraph(62, 676, SECOND)


def lines(data: bytes) -> list[Line]:
    return [one for page in pages_of_pdf(data) for one in page.lines]


def blocks(data: bytes) -> list[str]:
    """The text by what begins a paragraph and what goes on; overlays and margins aside."""
    out: list[str] = []
    for one in lines(data):
        if one.zone not in ("body", "notes"):
            continue
        if one.begins is False and out:
            out[-1] += one.text
        else:
            out.append(one.text)
    return out


PRINTED = [TITLE, FIRST, SECOND]


def test_a_drawn_page_reads_as_it_is_printed() -> None:
    assert blocks(pdf(BODY)) == PRINTED


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_type_is_read_in_its_own_direction_whichever_way_the_page_is_turned(turn: int) -> None:
    assert blocks(pdf(BODY, page=b"/Rotate %d" % turn)) == PRINTED


def test_type_that_runs_up_an_unturned_page_is_read() -> None:
    low = line(213, 560, TITLE, 16) + paragraph(62, 520, FIRST) + paragraph(62, 456, SECOND)
    page = b"q 0 1 -1 0 595 0 cm " + low + b" Q"
    assert blocks(pdf(page)) == PRINTED


def test_type_drawn_twice_is_read_once() -> None:
    doubled = BODY + line(213.3, 780, TITLE, 16) + line(213.3, 780.3, TITLE, 16)
    assert blocks(pdf(doubled)) == PRINTED


def test_type_that_is_not_drawn_counts_only_below_a_picture() -> None:
    hidden = BODY.replace(b"BT ", b"BT 3 Tr ")
    assert blocks(pdf(hidden)) == PRINTED
    assert blocks(pdf(BODY + hidden)) == PRINTED


def test_what_stands_beyond_the_page_is_not_printed() -> None:
    beyond = line(-900, 400, "左边的字") + line(62, -300, "下面的字") + line(62, 830, "裁掉的字")
    assert blocks(pdf(BODY + beyond, page=b"/CropBox[0 0 595 815]")) == PRINTED
    assert blocks(pdf(BODY + line(62, 300, "小得看不见", 0.2))) == PRINTED
    shifted = pdf(BODY, page=b"/MediaBox[-100 -50 495 800]")
    assert blocks(shifted) == PRINTED


def test_a_watermark_is_no_text_but_a_light_head_is() -> None:
    tilted = turned(150, 400, "内部资料注意保存", 40, "0.7 0.7 -0.7 0.7")
    assert blocks(pdf(BODY + tilted)) == PRINTED
    across = line(100, 700, "内部资料", 60, "0.8 g")
    assert blocks(pdf(across + BODY)) == PRINTED
    # The same watermark stands on a page without text below it.
    second = across + line(62, 300, "南岸的水厂晚一年换。")
    assert "内部资料" not in "".join(blocks(pdf(across + BODY, second)))
    light = BODY.replace(b"q  BT /C 16", b"q 0.65 g BT /C 16")
    assert light != BODY
    assert blocks(pdf(light)) == PRINTED


def test_letters_set_down_the_page_are_an_overlay() -> None:
    column = b"".join(line(565, 700 - 14 * at, char) for at, char in enumerate("供水所内部资料"))
    assert blocks(pdf(column + BODY)) == PRINTED


def test_quotes_of_another_font_stand_in_their_places() -> None:
    gap = (
        line(62, 700, "水厂把这项工作叫做", 10.5)
        + line(62 + 10 * 10.5, 700, "清砂", 10.5)
        + line(62 + 13 * 10.5, 700, "，已经做了三年。", 10.5)
        + line(62 + 9 * 10.5, 700, "“", 10.5)
        + line(62 + 12 * 10.5, 700, "”", 10.5)
    )
    assert blocks(pdf(gap)) == ["水厂把这项工作叫做“清砂”，已经做了三年。"]


def test_marks_that_are_closed_up_stay_in_one_line() -> None:
    shut = line(62, 700, "换砂的办法见《水厂手册》") + line(
        62 + 11.2 * 10.5, 700, "（第三版），已经用了两年。"
    )
    assert blocks(pdf(shut)) == ["换砂的办法见《水厂手册》（第三版），已经用了两年。"]


def test_a_line_stretched_to_the_edge_has_no_spaces_between_its_letters() -> None:
    row = b"q 8 Tc BT /C 9 Tf 62 700 Td <"
    row += "信息来源：".encode("utf-16-be").hex().encode() + b"> Tj ET Q\n"
    address = b"q BT /L 9 Tf 152 700 Td (https://www.water.example/winter/filter-sand-in-the-"
    address += b"cold-season) Tj ET Q\n"
    assert blocks(pdf(row + address)) == [
        "信息来源： https://www.water.example/winter/filter-sand-in-the-cold-season"
    ]


def flush(y: float, *rows: str, pitch: float = 15.7) -> bytes:
    return b"".join(line(62, y - pitch * at, row) for at, row in enumerate(rows))


def test_room_between_paragraphs_is_learned_where_none_is_indented() -> None:
    """The room is a fifth of a line, and last lines may be full."""
    inner, full = FIRST[:36], FIRST[:35] + "。"
    page, y = b"", 780.0
    for end in ("水厂的人都同意。", full, "砖厂还没有答复。", full, "明年春天再看。", full):
        page += flush(y, inner, inner, end)
        y -= 2 * 15.7 + 18.8
    assert len(blocks(pdf(page))) == 6


def test_a_first_line_that_happens_to_stand_in_the_middle_is_no_centred_one() -> None:
    """All paragraphs follow a head of another size: nothing but their own lines tells."""
    page = b""
    for at in range(5):
        y = 780 - 110 * at
        page += line(62, y, f"第{at + 1}座水厂换砂", 14)
        page += line(83, y - 22, FIRST[:37]) + line(62, y - 38, "（" + FIRST[37:77])
        page += line(62, y - 54, FIRST[77:])
    # The first lines end two characters before the edge, because a long word did not fit.
    found = [one for one in lines(pdf(page)) if one.size == pytest.approx(10.5, abs=0.1)]
    assert all(one.align == "" for one in found)
    assert [one.begins for one in found] == [True, False, False] * 5


def test_marks_that_hang_over_the_edge_do_not_widen_it() -> None:
    page = b""
    for at in range(6):
        page += line(83, 780 - 96 * at, FIRST[:38])
        page += line(62, 764 - 96 * at, FIRST[:40] + "，") + line(62, 748 - 96 * at, FIRST[:40])
        page += line(62, 732 - 96 * at, FIRST[:20] + "。")
    found = lines(pdf(page))
    assert [one.begins for one in found] == [True, False, False, False] * 6


def test_a_short_last_page_keeps_to_the_columns_of_the_others() -> None:
    """Four lines and five short references beside them tell no columns by themselves."""
    full = [FIRST[at : at + 20] for at in range(0, 80, 20)] * 4
    page = b"".join(line(x, 760 - 16 * at, text) for x in (62, 312) for at, text in enumerate(full))
    left = [FIRST[:20], FIRST[20:40], FIRST[40:60], "不必再加热原水。"]
    right = ["水质年报第三卷，北岸", SECOND[:20], "砂矿登记册第七册", "砖厂的账目", "一九九三年"]
    last = b"".join(line(62, 760 - 16 * at, text) for at, text in enumerate(left))
    last += b"".join(line(312, 760 - 16 * at, text) for at, text in enumerate(right))
    found = [one.text for one in lines(pdf(page, last)) if one.page == 2]
    assert found == [*left, *right]
    alone = line(62, 760, FIRST[:40]) + line(62, 744, SECOND[:40]) + line(62, 728, FIRST[40:60])
    first = next(one for one in lines(pdf(page, alone)) if one.page == 2)
    assert first.text == FIRST[:40]


def test_three_columns_are_read_one_after_another_on_a_short_page_too() -> None:
    edges = (40, 222, 404)
    full = [FIRST[at : at + 15] for at in range(0, 60, 15)] * 5
    page = b"".join(line(x, 760 - 16 * at, text) for x in edges for at, text in enumerate(full))
    assert [one.text for one in lines(pdf(page))] == full * 3
    columns = [[FIRST[:15], SECOND[at : at + 15], FIRST[15:30], SECOND[:9]] for at in (0, 15, 30)]
    last = b"".join(
        line(x, 760 - 16 * at, text)
        for x, column in zip(edges, columns, strict=True)
        for at, text in enumerate(column)
    )
    found = [one.text for one in lines(pdf(page, last)) if one.page == 2]
    assert found == [text for column in columns for text in column]


def test_a_title_across_the_columns_stays_whole() -> None:
    title = FIRST[:30]
    full = [FIRST[at : at + 20] for at in range(0, 80, 20)] * 4
    page = line(62, 780, title, 14)
    page += b"".join(
        line(x, 740 - 16 * at, text) for x in (62, 312) for at, text in enumerate(full)
    )
    assert [one.text for one in lines(pdf(page))] == [title, *full, *full]


def test_notes_without_a_rule_are_told_by_the_marks_of_their_page() -> None:
    """Notes as large as they like, numbered as the raised marks of the page."""
    marked = paragraph(62, 740, FIRST) + paragraph(62, 660, SECOND)
    first, second = ((len(text) + 2) % 40 * 10.5 + 62 for text in (FIRST, SECOND))
    rows = [(len(text) + 1) // 40 for text in (FIRST, SECOND)]
    raised = line(first, 744 - 16 * rows[0], "1", 6) + line(second, 664 - 16 * rows[1], "2", 6)
    notes = line(62, 120, "1 水质年报第三卷", 11) + line(62, 104, "2 砂矿登记册，北岸", 11)
    zones = [one.zone for one in lines(pdf(marked + raised + notes))]
    assert zones.count("notes") == 2
    assert {one.zone for one in lines(pdf(marked + notes))} == {"body"}


def test_an_address_without_room_beside_its_mark_is_put_back_there() -> None:
    mark = line(62, 120, "[1]", 9)
    address = b"q BT /L 9 Tf 62 107 Td (https://www.water.example/reports/winter/filters/"
    address += b"north-bank-sand-and-gravel) Tj ET Q\n"
    texts = [one.text for one in lines(pdf(BODY + mark + address))]
    assert texts[-1].startswith("[1] https://www.water.example/")


def test_a_byline_at_the_top_of_several_pages_is_no_header() -> None:
    pages = []
    by = "责任编辑：文溪"
    for at in range(6):
        text = FIRST[7 * at :] + FIRST[: 7 * at]
        page = line(450, 780, by) if at % 3 == 1 else line(62, 780, text[:40])
        page += paragraph(62, 764, text) + paragraph(62, 700, SECOND[at:] + SECOND[:at])
        page += line(450, 600 - 9 * at, by) + paragraph(62, 500 - 9 * at, text[3:])
        pages.append(page + line(290, 30, f"- {at + 1} -", 9))
    margin = {one.text for one in lines(pdf(*pages)) if one.zone == "margin"}
    assert margin == {f"- {at + 1} -" for at in range(6)}


def test_pictures_of_pages_say_what_to_do() -> None:
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    with pytest.raises(PdfError, match="recognise its text first"):
        pages_of_pdf(pdf(picture, picture))
