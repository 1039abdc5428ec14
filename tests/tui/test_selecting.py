"""Units of a text, and what is chosen by them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.graphemes import may_cut
from tui.selecting.choice import Choice, Point, Texts, chosen, go, grow, take_in
from tui.selecting.units import clauses, is_word, sentences, words
from tui.typesetting.document import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.selecting import choice as choosing

TEXTS = st.text(
    st.sampled_from(
        "某国政府。！？；，、：“”」（）…… .,:;!?\"'3.51,0abWW\u0301\u200d👍🏽🇨🇳\n|—\u3000"
    )
    | st.characters(),
    max_size=60,
)
DIVISIONS = [sentences, clauses, words]


def pieces(spans: tuple[tuple[int, int], ...], text: str) -> list[str]:
    return [text[start:end].strip() for start, end in spans]


class TestUnits:
    @given(TEXTS)
    @pytest.mark.parametrize("divide", DIVISIONS)
    def test_they_cover_the_text_and_cut_no_character(
        self, divide: Callable[[str], tuple[tuple[int, int], ...]], text: str
    ) -> None:
        spans = divide(text)
        assert "".join(text[start:end] for start, end in spans) == text
        assert all(start < end for start, end in spans)
        assert all(may_cut(text, start) for start, _ in spans)

    @given(TEXTS)
    def test_every_sentence_is_made_of_clauses(self, text: str) -> None:
        borders = {start for start, _ in clauses(text)}
        assert {start for start, _ in sentences(text)} <= borders

    @given(TEXTS, st.lists(st.integers(1, 4), min_size=1))
    def test_words_stand_any_cutter(self, text: str, sizes: list[int]) -> None:
        spans = words(text, lambda run: [run[:size] for size in sizes])
        assert "".join(text[start:end] for start, end in spans) == text
        assert all(start < end for start, end in spans)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("甲说：“行。”乙走了。", ["甲说：“行。”", "乙走了。"]),
            ("真的吗？！是的！」完。", ["真的吗？！", "是的！」", "完。"]),
            ("（全文完。）后记。", ["（全文完。）", "后记。"]),
            ("增长 3.5%，达 1,000 万。又降。", ["增长 3.5%，达 1,000 万。", "又降。"]),
            ("见https://a.org/b.c?d=1.2。完。", ["见https://a.org/b.c?d=1.2。", "完。"]),
            ("他说。\"好。\"走了。", ["他说。", "\"好。\"", "走了。"]),
            ("Dr. Li came. He left.", ["Dr. Li came.", "He left."]),
            ("The U.S. said no. v1.2 works.", ["The U.S. said no. v1.2 works."]),
            ("甲、乙；丙，丁。", ["甲、乙；丙，丁。"]),
            ("还有……等等。", ["还有……", "等等。"]),
            ("没有句号", ["没有句号"]),
        ],
    )  # fmt: skip
    def test_sentences(self, text: str, found: list[str]) -> None:
        assert pieces(sentences(text), text) == found

    def test_clauses(self) -> None:
        text = "甲、乙和丙同意，时间为12:30；丁说：“不，3,000太多。”"
        assert pieces(clauses(text), text) == [
            "甲、乙和丙同意，", "时间为12:30；", "丁说：", "“不，", "3,000太多。”",
        ]  # fmt: skip

    def test_words(self) -> None:
        text = "投入5.04亿美元,见https://a.org/x、GPT-4。"
        cut = {"投入": ["投入"], "亿美元": ["亿", "美元"], "见": None}
        found = [text[a:b] for a, b in words(text, cut.get)]
        assert found == [
            "投入", "5.04", "亿", "美元", ",", "见", "https://a.org/x", "、", "GPT-4", "。",
        ]  # fmt: skip
        assert [one for one in found if not is_word(one)] == [",", "、", "。"]

    def test_the_cells_of_a_table_are_sentences(self) -> None:
        text = "项目 | 金额。约数\n甲 | 3.5"
        assert pieces(sentences(text, table=True), text) == [
            "项目 |", "金额。", "约数", "甲 |", "3.5",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "piece", ["。", ".", '"', "A.", ". ", "(", "…", '。"', "1,", "http://", " "]
    )
    def test_hostile_texts_take_linear_time(self, piece: str) -> None:
        text = piece * (100_000 // len(piece))
        begun = time.perf_counter()
        for divide in DIVISIONS:
            divide(text)
        assert time.perf_counter() - begun < 5


TEXT = "甲国宣布投入 5.04 亿美元，支持研究。“乙国同意。”丙国反对！"
NEXT = "第二段第一句。第二段第二句。"


def texts(*given_texts: str) -> Texts:
    parts = [Part(("meta", 0), "meta", "栏目")]
    parts += [Part(("block", n), "paragraph", text) for n, text in enumerate(given_texts)]
    return Texts([*parts, Part(("label", 0), "label", "来源")])


def shown(of: Texts, choice: Choice) -> list[str]:
    return [of.text(part)[start:end] for part, start, end in of.ranges(choice)]


class TestChoosing:
    def test_a_sentence_with_one_key(self) -> None:
        found = grow(of := texts(TEXT), chosen(1, 4, 6), "sentence", 1)
        assert shown(of, found) == ["甲国宣布投入 5.04 亿美元，支持研究。"]
        more = grow(of, found, "sentence", 1)
        assert shown(of, more) == ["甲国宣布投入 5.04 亿美元，支持研究。“乙国同意。”"]
        assert shown(of, grow(of, more, "sentence", -1)) == shown(of, found)

    def test_the_other_end_moves_too(self) -> None:
        of = texts(TEXT)
        found = grow(of, chosen(1, 4, 6), "clause", 1)
        found = grow(of, found.swapped(), "character", 1)
        assert shown(of, found) == ["国宣布投入 5.04 亿美元，"]
        found = grow(of, grow(of, found.swapped(), "character", -1), "character", -1)
        assert shown(of, found) == ["国宣布投入 5.04 亿美"]

    def test_it_is_never_empty(self) -> None:
        of = texts("甲乙丙丁")
        found = grow(of, chosen(1, 1, 3), "character", -1)
        assert shown(of, found) == ["乙"]
        found = grow(of, found, "character", -1)
        assert shown(of, found) == ["甲"]
        assert grow(of, found, "character", -1) == found

    def test_going_leaves_the_place_until_it_was_grown(self) -> None:
        of = texts(TEXT, NEXT)
        found = go(of, chosen(1, 4, 6), "sentence", 1)
        assert shown(of, found) == ["“乙国同意。”"]
        found = go(of, go(of, found, "sentence", 1), "sentence", 1)
        assert shown(of, found) == ["第二段第一句。"]
        assert shown(of, go(of, found, "sentence", -1)) == ["丙国反对！"]
        assert shown(of, go(of, grow(of, found, "sentence", 1), "sentence", -1)) == [
            "第二段第一句。"
        ]
        assert shown(of, take_in(of, found, 1, 0, 2)) == ["甲国"]
        grown = grow(of, found, "character", -1)
        assert shown(of, take_in(of, grown, 2, 7, 10)) == ["第二段第一句。第二段"]
        assert take_in(of, grown, 1, 0, 2) == grown  # not into another paragraph

    def test_only_paragraphs_cross_their_borders(self) -> None:
        of = texts(TEXT, NEXT)
        last = go(of, go(of, chosen(1, 4, 6), "sentence", 1), "sentence", 1)
        assert grow(of, last, "sentence", 1).end == last.end
        both = grow(of, grow(of, chosen(1, 4, 6), "paragraph", 1), "paragraph", 1)
        assert shown(of, both) == [TEXT, NEXT]
        assert grow(of, both, "paragraph", 1) == both  # a label is no text
        back = grow(of, both, "sentence", -1)
        assert shown(of, back) == [TEXT, "第二段第一句。"]
        assert shown(of, grow(of, back, "sentence", -1)) == [TEXT]

    @given(
        st.lists(TEXTS.filter(lambda text: bool(text.strip())), min_size=1, max_size=3),
        st.lists(
            st.tuples(
                st.sampled_from(["grow", "go", "swap"]),
                st.sampled_from(["character", "word", "clause", "sentence", "paragraph"]),
                st.sampled_from([1, -1]),
            ),
            max_size=12,
        ),
    )
    def test_whatever_is_pressed(
        self, given_texts: list[str], acts: list[tuple[str, choosing.Unit, choosing.Step]]
    ) -> None:
        of = texts(*given_texts)
        start, end = of.units(1, "paragraph", 0)[0]
        choice = chosen(1, start, end)
        for act, unit, step in acts:
            if act == "swap":
                choice = choice.swapped()
            else:
                choice = (grow if act == "grow" else go)(of, choice, unit, step)
            assert choice.anchor != choice.head
            for point in (choice.anchor, choice.head):
                assert of.text(point.part)
                assert may_cut(of.text(point.part), point.offset)
                assert 0 <= point.offset <= len(of.text(point.part))

    def test_a_very_long_text_is_looked_at_in_part(self) -> None:
        of = texts("这是一句话。" * 100_000)
        begun = time.perf_counter()
        choice = grow(of, chosen(1, 300_001, 300_003), "sentence", 1)
        assert shown(of, choice) == ["这是一句话。"]
        for _ in range(20):
            choice = go(of, choice, "sentence", 1)
        assert choice.start == Point(1, 300_120)
        assert time.perf_counter() - begun < 2
