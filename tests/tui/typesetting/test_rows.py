"""The row table: every text once, in order, inside its column, and found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletins.model import Article, Block, Footnote
from tui.typesetting.document import Document, document_of
from tui.typesetting.rows import COLUMN, RowTable, reading_column
from tui.typesetting.widths import cells

TEXTS = st.text(alphabet="中文材料，。ab 12（）\u0301", min_size=1, max_size=80)
ROWS = (
    ("国家", "计划", "金额"),
    ("某国", "新的芯片研究计划，由多个部门共同实施", "527"),
    ("另一国", "材料计划", "12.5"),
)


def table_block(rows: tuple[tuple[str, ...], ...]) -> Block:
    return Block("table", "\n".join(" | ".join(row) for row in rows), 1, rows=rows)


def document(*blocks: Block, notes: tuple[Footnote, ...] = ()) -> Document:
    return document_of(Article("a", "标题", 1, blocks=blocks, footnotes=notes), "栏目")


def lay_out(doc: Document, width: int, notes_open: frozenset[int] = frozenset()) -> RowTable:
    """Lay the whole document out in a reading column of `width` cells."""
    table = RowTable(doc, width, notes_open)
    table.grow()
    return table


def drawn(table: RowTable) -> list[str]:
    """Draw the rows as plain text."""
    lines = []
    for y in range(len(table)):
        row = table.row(y)
        part = table.document.parts[row.part]
        line = ""
        for chunk in row.chunks:
            frame = row.frame[cells(line) :] if cells(row.frame) == len(row.frame) else row.frame
            line += frame[: chunk.x - cells(line)].ljust(chunk.x - cells(line))
            line += part.shown[chunk.start : chunk.end]
        lines.append(line if row.chunks else row.frame)
    return lines


def test_the_reading_column_is_at_most_90_cells_and_centred() -> None:
    assert reading_column(200) == (55, COLUMN)
    assert reading_column(80) == (2, 76)
    assert reading_column(1) == (0, 1)


def test_blank_rows_stand_between_paragraphs_not_between_list_items() -> None:
    laid = lay_out(
        document(
            Block("paragraph", "第一段", 1),
            Block("list_item", "1. 甲", 1),
            Block("list_item", "2. 乙", 1),
            Block("heading", "二、结论", 1, level=1),
            Block("paragraph", "第二段", 1),
        ),
        40,
    )
    assert drawn(laid) == [
        "标题", "栏目", "", "第一段", "", "1. 甲", "2. 乙", "", "二、结论", "第二段"
    ]  # fmt: skip


@given(st.lists(TEXTS, min_size=1, max_size=6), st.integers(4, 90))
def test_every_character_is_drawn_once(texts: list[str], width: int) -> None:
    laid = lay_out(document(*(Block("paragraph", text, 1) for text in texts)), width)
    assert laid.complete
    seen: dict[int, str] = {}
    for y in range(len(laid)):
        row = laid.row(y)
        for chunk in row.chunks:
            text = laid.document.parts[row.part].shown[chunk.start : chunk.end]
            assert cells(text) + chunk.x <= width
            seen[row.part] = seen.get(row.part, "") + text
    for index, text in enumerate(texts, 2):
        assert seen[index].replace(" ", "") == text.replace(" ", "")


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(4, 60), st.data())
def test_a_place_is_found_in_the_row_that_draws_it(
    texts: list[str], width: int, data: st.DataObject
) -> None:
    laid = lay_out(document(*(Block("paragraph", text, 1) for text in texts)), width)
    number = data.draw(st.integers(0, len(texts) - 1))
    offset = data.draw(st.integers(0, len(texts[number]) - 1))
    y = laid.find(("block", number), offset)
    assert y is not None
    row = laid.row(y)
    assert laid.document.parts[row.part].address == ("block", number)
    address, start = laid.position(y)
    assert address == ("block", number)
    if texts[number][offset] != " ":
        assert start <= offset < max(row.chunks[0].end, 1)


@given(st.lists(TEXTS, min_size=3, max_size=8), st.integers(1, 50))
def test_a_table_laid_in_steps_is_the_same(texts: list[str], step: int) -> None:
    """However little is laid at a time, the rows do not depend on it."""
    blocks = [Block("paragraph", text * 20, 1) for text in texts]
    whole = lay_out(document(*blocks), 30)
    grown = RowTable(whole.document, 30)
    while not grown.grow(step):
        assert len(grown) <= len(whole)
    assert [grown.row(y) for y in range(len(grown))] == [whole.row(y) for y in range(len(whole))]


def test_the_first_rows_of_a_huge_paragraph_are_there_at_once() -> None:
    laid = RowTable(document(Block("paragraph", "半导体材料，" * 500_000, 1)), 80)
    assert not laid.grow(10_000)
    assert 100 < len(laid) < 2_000
    assert laid.find(("block", 0), 2_000_000) is None


def test_list_items_hang_behind_their_number() -> None:
    laid = lay_out(document(Block("list_item", "1. " + "很长的一项" * 5, 1)), 20)
    rows = [laid.row(y) for y in range(3, len(laid))]
    assert [row.chunks[0].x for row in rows] == [0, 3, 3, 3]


def test_an_opened_note_stands_under_its_paragraph_and_in_the_list() -> None:
    note = Footnote("1", "注释文字", (), 1, 0, 2)
    doc = document(
        Block("paragraph", "正文第一段", 1), Block("paragraph", "第二段", 1), notes=(note,)
    )
    shut, opened = lay_out(doc, 40), lay_out(doc, 40, frozenset({0}))
    assert drawn(shut).count("¹ 注释文字") == 1
    lines = drawn(opened)
    assert lines[lines.index("正文¹第一段") + 1] == "│ ¹ 注释文字"
    assert "¹ 注释文字" in lines
    y = opened.find(("footnote", 0), 0)
    assert y is not None
    assert opened.row(y).frame.startswith("│")


def test_a_table_is_drawn_in_columns() -> None:
    lines = drawn(lay_out(document(table_block(ROWS)), 60))[3:]
    assert lines[1].startswith("国家   │ 计划")
    assert lines[3].endswith("│  527")
    assert lines[0] == lines[2].replace("┼", "┬") == lines[-1].replace("┴", "┬")


def test_cells_are_wrapped_in_a_narrower_column() -> None:
    laid = lay_out(document(table_block(ROWS)), 34)
    lines = drawn(laid)[3:]
    assert all(cells(line) <= 34 for line in lines)
    assert sum("│" in line for line in lines) > len(ROWS)


def test_a_table_is_stacked_when_its_columns_get_too_narrow() -> None:
    laid = lay_out(document(table_block(ROWS)), 16)
    lines = drawn(laid)[3:]
    assert lines[:3] == ["国家", "  计划", "  金额"]
    assert all(cells(line) <= 16 for line in lines)


@given(
    st.lists(
        st.lists(st.text("中文a1 .，", max_size=30), min_size=1, max_size=5), min_size=1, max_size=6
    ),
    st.integers(1, 90),
)
def test_any_table_keeps_its_text_and_its_width(cells_: list[list[str]], width: int) -> None:
    rows = tuple(tuple(cell.strip() for cell in row) for row in cells_)
    laid = lay_out(document(table_block(rows)), width)
    part = laid.document.parts[2]
    covered = [False] * len(part.shown)
    for y in range(len(laid)):
        row = laid.row(y)
        if row.part == 2:
            for chunk in row.chunks:
                assert width < 8 or chunk.x + cells(part.shown[chunk.start : chunk.end]) <= width
                covered[chunk.start : chunk.end] = [True] * (chunk.end - chunk.start)
    missing = "".join(c for c, seen in zip(part.shown, covered, strict=True) if not seen)
    assert not missing.replace(" | ", "").replace(" ", "").replace("\n", "").replace("|", "")


def test_a_table_whose_text_is_not_its_cells_is_drawn_as_text() -> None:
    block = Block("table", "另外的文字", 1, rows=(("甲", "乙"),))
    assert "另外的文字" in drawn(lay_out(document(block), 40))


def test_a_cell_under_the_pointer_is_found() -> None:
    laid = lay_out(document(Block("paragraph", "半a导体", 1)), 40)
    y = laid.find(("block", 0), 0)
    assert y is not None
    assert [laid.shown_at(y, x) for x in range(8)] == [0, 0, 1, 2, 2, 3, 3, None]
