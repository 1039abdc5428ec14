"""What one sum is for, and which sum says another one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.mentions.amounts import find_amounts
from bulletins.mentions.numbers import numerals
from bulletins.mentions.view import view_of
from bulletins.model import Article, Block, Footnote

if TYPE_CHECKING:
    from bulletins.model import Amount


def amounts(text: str) -> list[Amount]:
    view = view_of(text)
    return find_amounts(view, numerals(view.text, view.offsets), block=0)


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("每年 5 亿美元", "year"),
        ("每年投入约 5 亿美元", "year"),
        ("每年为 30 家企业提供 5 亿美元", "year"),
        ("支出5亿美元/年", "year"),
        ("年均投入5亿元", "year"),
        ("spends $5 million a year on", "year"),
        ("每月 3000 元", "month"),
        ("每小时 26 美元", "hour"),
        ("日均 3 万元", "day"),
        ("以每股 36 美元收购", "share"),
        ("at $36 per share", "share"),
        ("人均 2 万元", "person"),
        ("每名学生 2 万元", "person"),
        ("每人每月 3000 元", "person/month"),
        ("每千瓦时 0.3 元", "kWh"),
        ("成本为0.3元/千瓦时", "kWh"),
        ("每吨 50 欧元", "t"),
        ("约100美元/千克", "kg"),
        ("每片晶圆 2 万美元", "item"),
        ("单价约 3000 美元", "item"),
        ("双方各出资 5000 万美元", "item"),
        ("每家企业最多获得 150 万欧元", "item"),
        ("总额 5 亿美元", None),
        ("每两年投入 5 亿美元", None),
        ("每 5 年投入 3 亿美元", None),
        ("每年举办一次，奖金 5 万美元", None),
        ("每当投入 3 亿美元时", None),
        ("3亿元/项目外", "item"),
        ("3亿元/某", None),
    ],
)
def test_says_what_a_sum_is_for(sentence: str, per: str | None) -> None:
    (found,) = amounts(sentence)
    assert found.per == per


def test_each_binds_the_first_sum_after_it() -> None:
    assert [one.per for one in amounts("每股 36 美元，总价 8 亿美元")] == ["share", None]


def test_figures_of_a_list_are_for_the_same() -> None:
    assert [one.per for one in amounts("每年 3 亿和 5 亿美元")] == ["year", "year"]


@pytest.mark.parametrize(
    ("sentence", "ties"),
    [
        ("投资 3 亿英镑（约 3.8 亿美元）", [None, 0]),
        ("投资 3.8 亿美元（约合 3 亿英镑）", [None, 0]),
        ("投资 1000 亿日元，约合 6.7 亿美元", [None, 0]),
        ("投资 5 亿欧元（折合人民币约 38 亿元）", [None, 0]),
        ("投资 100 亿新台币≈3.1 亿美元", [None, 0]),
        ("投资 10 亿元，相当于 1.4 亿美元", [None, 0]),
        ("提供 3 亿欧元的贷款（约 3.3 亿美元）", [None, 0]),
        ("先投 2 亿元，再投 3 亿英镑（约 3.8 亿美元）", [None, None, 1]),
        ("投入10 亿英镑和 5 亿英镑（约合 12.7 亿美元和 6.3 亿美元）", [None, None, 0, 1]),
        ("投入10 亿和 5 亿英镑（约合 12.7 亿和 6.3 亿美元）", [None, None, 0, 1]),
        ("融资 3 亿至 4 亿英镑（约 3.8 亿至 5.1 亿美元）", [None, 0]),
        # Nothing says so, the worth is another, or the currency is the same.
        ("英方 3 亿英镑，美方 3.8 亿美元", [None, None]),
        ("投资 3 亿英镑（其中 1 亿美元来自对方）", [None, None]),
        ("投资 3 亿英镑（另有 3.8 亿美元）", [None, None]),
        ("投资 10 亿英镑（约 2 亿美元）", [None, None]),
        ("投资 3 亿美元（约 3 亿美元）", [None, None]),
        ("投资 3 亿阿根廷比索（约 30 万美元）", [None, None]),
        ("投资 3 亿阿根廷比索（约合 30 万美元）", [None, 0]),
    ],
)
def test_ties_a_sum_to_the_one_it_restates(sentence: str, ties: list[int | None]) -> None:
    assert [one.equivalent_of for one in amounts(sentence)] == ties


def test_the_index_is_that_of_the_article() -> None:
    text = "投资 3 亿英镑（约 3.8 亿美元）。"
    blocks = tuple(Block("paragraph", one, 1) for one in ("先投 5 亿元。", text))
    article = Article(
        "a", "投资 3 亿英镑", 1, blocks=blocks, footnotes=(Footnote("1", text, (), 1),)
    )
    found = find_mentions(article, load_gazetteers()).amounts
    assert [one.equivalent_of for one in found] == [None, None, None, 2, None, 4]
    for one in found:
        if one.equivalent_of is not None:
            assert found[one.equivalent_of].currency == "GBP"


def test_the_equivalent_is_for_the_same() -> None:
    assert [one.per for one in amounts("每股 50 英镑（约 64 美元）")] == ["share", "share"]
