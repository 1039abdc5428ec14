"""An article as parts: marks are shown, offsets stay those of the model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletins.model import Article, Block, Footnote
from tui.typesetting.document import Insert, Part, document_of, mark_of


def article(**fields: object) -> Article:
    return Article(**{"id": "a", "title": "某国资助芯片研究", "page": 1, **fields})  # type: ignore[arg-type]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.text("¹²³", min_size=1)), max_size=5),
)
def test_shown_and_logical_offsets_agree(text: str, marks: list[tuple[int, str]]) -> None:
    inserts = tuple(
        Insert(min(offset, len(text)), mark, 0)
        for offset, mark in sorted(marks, key=lambda mark: mark[0])
    )
    part = Part(("block", 0), "paragraph", text, inserts=inserts)
    assert len(part.shown) == len(text) + sum(len(insert.text) for insert in inserts)
    for offset, character in enumerate(text):
        shown = part.shown_start(offset)
        assert part.shown[shown] == character
        assert part.logical(shown) == offset
        assert part.insert_at(shown) is None
        assert part.shown_end(offset + 1) == shown + 1
    for low, high, insert in part.inserts_in(0, len(part.shown)):
        assert part.shown[low:high] == insert.text
        assert all(part.logical(at) == insert.offset for at in range(low, high))
        assert all(part.insert_at(at) is not None for at in range(low, high))


def test_marks_are_raised_numbers() -> None:
    assert mark_of("12") == "¹²"
    assert mark_of("①") == "①"
    assert mark_of("*") == "*"


def test_parts_stand_in_reading_order() -> None:
    document = document_of(
        article(
            topic="半导体",
            blocks=(Block("heading", "一、背景", 1, level=1), Block("list_item", "2. 乙", 1)),
            footnotes=(Footnote("1", "注文", ("https://example.org/n",), 1, 1, 3),),
            sources=("https://example.org/s",),
            original_title="Funding",
        ),
        meta="栏目 · 2024-08",
    )
    assert [part.address for part in document.parts] == [
        ("title", 0), ("meta", 0), ("block", 0), ("block", 1), ("label", 0), ("footnote", 0),
        ("link", 0), ("label", 1), ("original", 0), ("label", 2), ("source", 0),
    ]  # fmt: skip
    assert document.parts[0].shown == "[半导体] 某国资助芯片研究"
    assert document.parts[0].text == "某国资助芯片研究"
    assert document.parts[3].shown == "2. ¹乙"
    assert document.parts[3].hang == 3
    assert document.notes_in == {1: (0,)}


def test_a_link_that_the_note_prints_is_not_repeated() -> None:
    note = Footnote("1", "见 https://example.org/n", ("https://example.org/n",), 1)
    document = document_of(article(footnotes=(note,)))
    assert document.part(("link", 0)) is None


def test_a_mark_outside_its_block_is_clamped_or_left_out() -> None:
    notes = (Footnote("1", "甲", (), 1, 0, 99), Footnote("2", "乙", (), 1, 7, 0))
    document = document_of(article(blocks=(Block("paragraph", "正文", 1),), footnotes=notes))
    part = document.part(("block", 0))
    assert part is not None
    assert part.shown == "正文¹"
    assert document.part(("footnote", 1)) is not None
