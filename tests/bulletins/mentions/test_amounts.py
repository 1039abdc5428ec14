"""Sums of money in every form that bulletins print."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bulletins.mentions.amounts import find_amounts
from bulletins.mentions.numbers import numerals
from bulletins.mentions.view import view_of

if TYPE_CHECKING:
    from bulletins.model import Amount


def amounts(text: str) -> list[Amount]:
    view = view_of(text)
    return find_amounts(view, numerals(view.text), block=0)


@pytest.mark.parametrize(
    ("sentence", "text", "currency", "value"),
    [
        ("该厂获得 5.04 亿美元，用于扩产。", "5.04 亿美元", "USD", "504000000"),
        ("总额85亿美元的贷款", "85亿美元", "USD", "8500000000"),
        ("韩国计划投入 622 万亿韩元", "622 万亿韩元", "KRW", "622000000000000"),
        ("共投入二十亿元", "二十亿元", "CNY", "2000000000"),
        ("出资五千万美元", "五千万美元", "USD", "50000000"),
        ("合同金额为人民币30亿元。", "人民币30亿元", "CNY", "3000000000"),
        ("预算¥3.5亿", "¥3.5亿", "CNY", "350000000"),
        ("worth US$ 2.5 billion in total", "US$ 2.5 billion", "USD", "2500000000"),
        ("raised €95m last week", "€95m", "EUR", "95000000"),
        ("over £10 million for start-ups", "£10 million", "GBP", "10000000"),
        ("拨款2,500万欧元", "2,500万欧元", "EUR", "25000000"),
        ("约合15亿新台币", "15亿新台币", "TWD", "1500000000"),
        ("新台币15亿元", "新台币15亿元", "TWD", "1500000000"),
        ("0.3亿瑞士法郎", "0.3亿瑞士法郎", "CHF", "30000000"),
        ("每股 36 美元", "36 美元", "USD", "36"),
        ("3000万元人民币的补贴", "3000万元人民币", "CNY", "30000000"),
        ("1亿5000万美元", "1亿5000万美元", "USD", "150000000"),
        ("耗资3.2亿加元", "3.2亿加元", "CAD", "320000000"),
        ("价值 USD 50 million", "USD 50 million", "USD", "50000000"),
        ("耗资十二亿五千万元", "十二亿五千万元", "CNY", "1250000000"),
        ("三万亿日元", "三万亿日元", "JPY", "3000000000000"),
        ("一百零五万元", "一百零五万元", "CNY", "1050000"),
        ("一万二千元", "一万二千元", "CNY", "12000"),
        ("售价99.9欧元", "99.9欧元", "EUR", "99.9"),
        ("每片0.5美分", "0.5美分", "USD", "0.005"),
        ("HK$5亿港元", "HK$5亿港元", "HKD", "500000000"),
        ("$50M 的融资", "$50M", "USD", "50000000"),
        ("投资１２亿美元", "１２亿美元", "USD", "1200000000"),
    ],
)
def test_reads_the_value_exactly(sentence: str, text: str, currency: str, value: str) -> None:
    (found,) = amounts(sentence)
    assert (found.text, found.currency) == (text, currency)
    assert found.value == Decimal(value)
    assert format(found.value, "f") == value
    assert found.low is None and found.high is None


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high"),
    [
        ("成本在 200 到 300 亿美元之间", "200 到 300 亿美元", "20000000000", "30000000000"),
        ("资助50-1500 万欧元", "50-1500 万欧元", "500000", "15000000"),
        ("300–500万英镑", "300–500万英镑", "3000000", "5000000"),
        ("50万至1,000万欧元", "50万至1,000万欧元", "500000", "10000000"),
        ("60亿~80亿日元", "60亿~80亿日元", "6000000000", "8000000000"),
        ("1亿美元至2亿美元", "1亿美元至2亿美元", "100000000", "200000000"),
    ],
)
def test_reads_ranges(sentence: str, text: str, low: str, high: str) -> None:
    (found,) = amounts(sentence)
    assert found.text == text
    assert (found.value, found.low, found.high) == (None, Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["数十亿美元", "数亿欧元", "几百万英镑", "十几亿元", "数千万日元"])
def test_a_vague_sum_has_no_number(text: str) -> None:
    (found,) = amounts(f"耗资{text}。")
    assert (found.text, found.value, found.low, found.high) == (text, None, None, None)
    assert found.approximate


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("约 4 亿美元", "4 亿美元"),
        ("超过10亿英镑", "10亿英镑"),
        ("高达 5 亿美元", "5 亿美元"),
        ("不到 100 日元", "100 日元"),
        ("近400亿美元", "400亿美元"),
        ("1000 多亿美元", "1000 多亿美元"),
        ("700多万英镑", "700多万英镑"),
        ("20余亿元", "20余亿元"),
        ("3亿多美元", "3亿多美元"),
        ("6亿美元以上", "6亿美元"),
    ],
)
def test_says_what_is_approximate(sentence: str, text: str) -> None:
    (found,) = amounts(sentence)
    assert found.text == text
    assert found.approximate


def test_an_exact_sum_is_not_approximate() -> None:
    assert not amounts("提供 3 亿美元")[0].approximate


@pytest.mark.parametrize(
    "sentence",
    [
        "这十分重要", "二元合金与三元锂电池", "千元素材", "5元素周期", "第3元件", "100个单元",
        "GPT-4元宇宙", "一元二次方程", "美元走强", "2024年8月", "H100 GPU", "数字货币",
        "多元化投资", "1" * 5000 + "亿美元",
    ],
)  # fmt: skip
def test_leaves_what_is_no_money(sentence: str) -> None:
    assert amounts(sentence) == []


def test_a_mark_behind_a_sum_is_not_eaten() -> None:
    assert [one.text for one in amounts("获得 5.04 亿美元1，用于")] == ["5.04 亿美元"]


def test_sum_and_equivalent_are_two() -> None:
    found = amounts("投资 10 亿英镑（约 12.7 亿美元）")
    assert [(one.text, one.currency) for one in found] == [
        ("10 亿英镑", "GBP"),
        ("12.7 亿美元", "USD"),
    ]


def test_an_increase_is_no_range() -> None:
    assert len(amounts("从1亿美元到2亿美元")) == 2
