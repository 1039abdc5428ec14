"""Sums in lists and changes, in other spellings and currencies, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bulletins.mentions.amounts import find_amounts
from bulletins.mentions.currencies import meanings
from bulletins.mentions.numbers import numerals
from bulletins.mentions.view import view_of

if TYPE_CHECKING:
    from bulletins.model import Amount


def amounts(text: str) -> list[Amount]:
    view = view_of(text)
    return find_amounts(view, numerals(view.text, view.offsets), block=0)


@pytest.mark.parametrize(
    ("sentence", "text", "currency", "value"),
    [
        ("欧盟投入1 000万欧元", "1 000万欧元", "EUR", "10000000"),
        ("资金总计 1 234.5 万元", "1 234.5 万元", "CNY", "12345000"),
        ("耗资12 345 678美元", "12 345 678美元", "USD", "12345678"),
        ("a grant of €1 000 000 for", "€1 000 000", "EUR", "1000000"),
        ("合计1.250.000 欧元", "1.250.000 欧元", "EUR", "1250000"),
        ("市值达1,200.5亿元", "1,200.5亿元", "CNY", "120050000000"),
        ("总规模1.2万亿元", "1.2万亿元", "CNY", "1200000000000"),
        ("注资1亿2000万元", "1亿2000万元", "CNY", "120000000"),
        ("拨款3千5百万美元", "3千5百万美元", "USD", "35000000"),
        ("拨款三千五百万美元", "三千五百万美元", "USD", "35000000"),
        ("出资两亿欧元", "两亿欧元", "EUR", "200000000"),
        ("出资十五亿日元", "十五亿日元", "JPY", "1500000000"),
        ("补助一百五十万元", "一百五十万元", "CNY", "1500000"),
        ("补助三点五亿元", "三点五亿元", "CNY", "350000000"),
        ("票价五十元", "五十元", "CNY", "50"),
        ("raised $1.5B in", "$1.5B", "USD", "1500000000"),
        ("raised US$2.5bn in", "US$2.5bn", "USD", "2500000000"),
        ("worth USD 30 million.", "USD 30 million", "USD", "30000000"),
        ("a $10-million grant", "$10-million", "USD", "10000000"),
        ("for EUR 1.2 billion in", "EUR 1.2 billion", "EUR", "1200000000"),
        ("for £2 million.", "£2 million", "GBP", "2000000"),
        ("for 20 million euros.", "20 million euros", "EUR", "20000000"),
        ("R$ 50 million plan", "R$ 50 million", "BRL", "50000000"),
        ("投资3亿令吉", "3亿令吉", "MYR", "300000000"),
        ("投资500亿韩圆", "500亿韩圆", "KRW", "50000000000"),
        ("投资500亿韩币", "500亿韩币", "KRW", "50000000000"),
        ("投资60亿台币", "60亿台币", "TWD", "6000000000"),
        ("投资60亿港币", "60亿港币", "HKD", "6000000000"),
        ("投资6亿新元", "6亿新元", "SGD", "600000000"),
        ("投资6亿澳大利亚元", "6亿澳大利亚元", "AUD", "600000000"),
        ("投资8亿卢布", "8亿卢布", "RUB", "800000000"),
        ("投资8亿卢比", "8亿卢比", "INR", "800000000"),
        ("投资8亿巴基斯坦卢比", "8亿巴基斯坦卢比", "PKR", "800000000"),
        ("投资8亿雷亚尔", "8亿雷亚尔", "BRL", "800000000"),
        ("投资8亿兰特", "8亿兰特", "ZAR", "800000000"),
        ("投资8亿里拉", "8亿里拉", "TRY", "800000000"),
        ("投资2亿科威特第纳尔", "2亿科威特第纳尔", "KWD", "200000000"),
        ("投资2亿沙特里亚尔", "2亿沙特里亚尔", "SAR", "200000000"),
        ("投资900亿尼日利亚奈拉", "900亿尼日利亚奈拉", "NGN", "90000000000"),
        ("投资3 亿元（新台币）", "3 亿元", "TWD", "300000000"),
        ("发行10亿美元债券", "10亿美元", "USD", "1000000000"),
        ("设立5 亿美元多元化基金", "5 亿美元", "USD", "500000000"),
    ],
)
def test_reads_the_value_exactly(sentence: str, text: str, currency: str, value: str) -> None:
    (found,) = amounts(sentence)
    assert (found.text, found.currency) == (text, currency)
    assert found.value is not None
    assert format(found.value, "f") == value
    assert not found.approximate


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("预算从 10 亿增至 15 亿美元。", [("10 亿", 10**9), ("15 亿美元", 15 * 10**8)]),
        ("预算从 1.2 增至 3.4 亿欧元。", [("1.2", 120_000_000), ("3.4 亿欧元", 340_000_000)]),
        ("由10亿美元增至15亿，增长五成", [("10亿美元", 10**9), ("15亿", 15 * 10**8)]),
        ("两国投入 10 亿和 15 亿美元", [("10 亿", 10**9), ("15 亿美元", 15 * 10**8)]),
        (
            "三期各为3亿、5亿和8亿元",
            [("3亿", 3 * 10**8), ("5亿", 5 * 10**8), ("8亿元", 8 * 10**8)],
        ),
        (
            "分别为 100、200 和 300 万美元",
            [("100", 10**6), ("200", 2 * 10**6), ("300 万美元", 3 * 10**6)],
        ),
        ("合同额5亿元、2亿元", [("5亿元", 5 * 10**8), ("2亿元", 2 * 10**8)]),
    ],
)
def test_figures_of_a_list_or_change_share_the_currency(
    sentence: str, expected: list[tuple[str, int]]
) -> None:
    found = amounts(sentence)
    assert [(one.text, one.value) for one in found] == expected
    assert len({one.currency for one in found}) == 1


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high"),
    [
        ("worth $5–10 million", "$5–10 million", "5000000", "10000000"),
        ("worth $5-$10 million", "$5-$10 million", "5000000", "10000000"),
        ("worth 5 to 10 million euros", "5 to 10 million euros", "5000000", "10000000"),
        ("补助三至五千万欧元", "三至五千万欧元", "30000000", "50000000"),
        ("补助5000美元到1万美元", "5000美元到1万美元", "5000", "10000"),
        ("补助1亿-2亿元", "1亿-2亿元", "100000000", "200000000"),
    ],
)
def test_reads_ranges(sentence: str, text: str, low: str, high: str) -> None:
    (found,) = amounts(sentence)
    assert (found.text, found.value) == (text, None)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("sentence", "text", "value"),
    [
        ("上百亿元", "百亿元", 10**10),
        ("近百亿美元", "百亿美元", 10**10),
        ("一批百亿美元级项目", "百亿美元", 10**10),
        ("数百万美元", "数百万美元", None),
        ("二三十亿美元", "二三十亿美元", None),
        ("突破50亿元", "50亿元", 5 * 10**9),
        ("50亿元左右", "50亿元", 5 * 10**9),
    ],
)
def test_says_what_is_approximate(sentence: str, text: str, value: int | None) -> None:
    (found,) = amounts(sentence)
    assert (found.text, found.value, found.approximate) == (text, value, True)


@pytest.mark.parametrize("sentence", ["节约 3 亿美元", "赶超 3 亿美元", "附近 3 亿美元"])
def test_a_word_that_ends_in_about_is_none(sentence: str) -> None:
    assert not amounts(sentence)[0].approximate


@pytest.mark.parametrize(
    "sentence",
    [
        "亿万富翁", "万元户与千元机", "（单位：百万美元）", "金额（百万美元）", "12月3日元旦",
        "5新元素周期",
        "CAD 2024 软件", "50 pounds of copper", "they won 3 won games", "3 SAR 卫星", "三元锂电池",
        "19个欧元区国家", "500亿比索", "亿元级", "单元与多元", "第5元老",
    ],
)  # fmt: skip
def test_leaves_what_is_no_money(sentence: str) -> None:
    assert amounts(sentence) == []


def test_a_mark_in_front_of_a_sum_is_not_its_thousands() -> None:
    assert [one.text for one in amounts("公司获得资助2 504 亿美元")] == ["504 亿美元"]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["拨款¥500亿。"], "CNY"),
        (["日本政府拨款¥500亿。"], "JPY"),
        (["中国和日本的企业拨款¥500亿。"], "CNY"),
        (["拨款¥500亿。", "上一期为 300 亿日元。"], "JPY"),
    ],
)
def test_the_article_says_what_a_symbol_means(texts: list[str], code: str) -> None:
    view = view_of(texts[0])
    found = find_amounts(view, numerals(view.text), block=0, known=meanings(texts))
    assert [one.currency for one in found] == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("墨西哥企业投资500亿比索", ["MXN"]),
        ("瑞典拨款3亿克朗", ["SEK"]),
        ("瑞典与丹麦各拨款3亿克朗", []),
        ("埃及拨款3亿镑", ["EGP"]),
        ("对方拨款3亿镑", ["GBP"]),
    ],
)
def test_a_bare_name_needs_its_country(text: str, codes: list[str]) -> None:
    assert [one.currency for one in amounts(text)] == codes
