"""Technologies: composed terms, devices, formulas, elements, type numbers; and linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.mentions import Words, find_mentions, load_gazetteers
from bulletins.mentions.clause import Clause, read_clause
from bulletins.mentions.documents import find_documents
from bulletins.mentions.people import find_people
from bulletins.mentions.places import find_places
from bulletins.mentions.programs import find_programs
from bulletins.mentions.quotations import find_quotations
from bulletins.mentions.technologies import find_technologies
from bulletins.mentions.view import view_of
from bulletins.model import Article, Block

GAZETTEERS = load_gazetteers()
WORDS = Words()


def find(text: str) -> set[str]:
    one = Article("a", "标题", 1, blocks=(Block("paragraph", text, 1),))
    found = find_mentions(one, GAZETTEERS, WORDS).entities
    return {entity.text for entity in found if entity.type == "technology"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("用 SrTiO3 和 (Ba,Sr)TiO3 制成薄膜。", {"SrTiO3", "(Ba,Sr)TiO3"}),
        ("从废料中回收钕、镝和铽。", {"钕", "镝", "铽"}),
        ("原子钟使用镱-171 离子。", {"镱-171"}),
        ("公司发布 XQ300 超级芯片。", {"XQ300 超级芯片"}),
        ("团队制成了双环滤波器。", {"双环滤波器"}),
        ("碳化硅复合材料用于反应堆。", {"碳化硅复合材料"}),
        ("研制可编程光子处理器。", {"可编程光子处理器"}),
    ],
)
def test_finds_technologies(sentence: str, expected: set[str]) -> None:
    assert expected <= find(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "NSF 与 UNSW 参加 COP28。",
        "PhD 项目由 CoE 主办。",
        "铁路和金融、银行业务。",
        "铝业公司增产。",
    ],
)
def test_other_words_are_no_technologies(sentence: str) -> None:
    assert find(sentence) == set()


PIECES = [
    "潘文远", "、", "和", "教授", "团队", "大学", "浙江", "位于", "在", "阿尔", "阿·", "·巴",
    "John Smith", "（Ab Cd）", "“", "”", "计划", "基金", "（AB）", "得到", "纳入", "项目", "的",
    "法案", "报告", "《", "》", "FIPS 1", "Si3N4", "钕", "-3", "激光器", "量子", "GB200", "芯片",
    " ", "\n", "，", "12", "泰勒", "市", "机场", "-", "美", "中法", "𠀀", "１Ａ",
]  # fmt: skip
RULES = [
    find_people, find_places, find_documents, find_programs, find_technologies,
    lambda clause: list(find_quotations(clause)),
]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans())
def test_candidates_lie_inside_the_text(text: str, with_words: bool) -> None:
    clause = read_clause(view_of(text), GAZETTEERS, WORDS if with_words else None)
    for rule in RULES:
        for one in rule(clause):
            assert 0 <= one.start < one.end <= len(clause.text)
            assert clause.text[one.start : one.end].strip()


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_names_are_cut_from_the_text_and_do_not_overlap(text: str) -> None:
    article = Article("a", "标题", 1, blocks=(Block("paragraph", text, 1),))
    found = find_mentions(article, GAZETTEERS, WORDS).entities
    for one in found:
        assert text[one.place.start : one.place.end] == one.text
    for left, right in pairwise(sorted(found, key=lambda one: one.place.start)):
        assert left.place.end <= right.place.start


@pytest.mark.soak  # a clock says nothing on a busy machine
@pytest.mark.parametrize(
    "piece",
    ["王李张", "王小明、", "在阿尔", "阿·", "Ab Cd ", "Aaa Bbb、", "（ABC）基金", "“ab”和", "钕、",
     "(Si2", "纳入量子", "推进法案", "阿-阿", "激光器", "文章标题：A", "的计划", "GB200", "《"],
)  # fmt: skip
def test_hostile_lines_take_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        clause: Clause = read_clause(view_of(text), GAZETTEERS)
        start = time.process_time()
        for rule in RULES:
            rule(clause)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(100_000) < 12 * max(seconds(25_000), 0.05)
