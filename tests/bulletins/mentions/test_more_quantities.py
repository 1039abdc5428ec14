"""Measures, counts and proportions in further forms, and what the words beside them say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bulletins.mentions.numbers import numerals
from bulletins.mentions.quantities import find_quantities
from bulletins.mentions.view import view_of

if TYPE_CHECKING:
    from bulletins.model import Quantity


def quantities(text: str) -> list[Quantity]:
    view = view_of(text)
    return find_quantities(view, numerals(view.text, view.offsets), (), 0)


@pytest.mark.parametrize(
    ("sentence", "text", "kind", "unit", "value"),
    [
        ("装机 3.5 GW 的", "3.5 GW", "power", "GW", "3.5"),
        ("装机 2600 吉瓦", "2600 吉瓦", "power", "吉瓦", "2600"),
        ("年发电 40 吉瓦时", "40 吉瓦时", "energy", "吉瓦时", "40"),
        ("储能 150 GWh", "150 GWh", "energy", "GWh", "150"),
        ("带宽 800 Gbps", "800 Gbps", "rate", "Gbps", "800"),
        ("算力 5.2 PFLOPS", "5.2 PFLOPS", "rate", "PFLOPS", "5.2"),
        ("带宽 2 TB/s", "2 TB/s", "rate", "TB/s", "2"),
        ("偏压 0.9 V", "0.9 V", "voltage", "V", "0.9"),
        ("压强 1.5 MPa", "1.5 MPa", "pressure", "MPa", "1.5"),
        ("注入 3 万升水", "3 万升", "volume", "升", "30000"),
        ("体积 1 m3 的", "1 m3", "volume", "m3", "1"),
        ("掺入 5 wt% 的", "5 wt%", "percent", "wt%", "5"),
        ("在 350 ℃下生长", "350 ℃", "temperature", "℃", "350"),
        ("降到零下20 ℃", "零下20 ℃", "temperature", "℃", "-20"),
        ("在77K下工作", "77K", "temperature", "K", "77"),
        ("导热系数 400 W/m·K", "400 W/m·K", "rate", "W/m·K", "400"),
        ("比能量 500 W h kg-1 上下", "500 W h kg-1", "rate", "W h kg-1", "500"),
        ("迁移率5000 cm2V-1s-1", "5000 cm2V-1s-1", "other", "cm2V-1s-1", "5000"),
        ("漏电低于10-6 A cm-2", "10-6 A cm-2", "rate", "A cm-2", "0.000001"),
        ("态密度 8.4×109 cm-2", "8.4×109 cm-2", "other", "cm-2", "8400000000"),
        ("剂量为 1016 cm-2", "1016 cm-2", "other", "cm-2", "10000000000000000"),
        ("共 8×10^6 个", "8×10^6 个", "count", "个", "8000000"),
        ("月产 25 万片晶圆", "25 万片晶圆", "count", "片晶圆", "250000"),
        ("覆盖 17 个国家和地区", "17 个国家和地区", "count", "个国家和地区", "17"),
        ("资助 5 个国家实验室", "5 个", "count", "个", "5"),
        ("模型有 70亿参数", "70亿参数", "count", "参数", "7000000000"),
        ("植入 8根探针", "8根", "count", "根", "8"),
        ("提高三点五倍", "三点五倍", "ratio", "倍", "3.5"),
        ("错误率约万分之五", "万分之五", "ratio", "", "0.0005"),
        ("按1:1 配套出资", "1:1", "ratio", "", "1"),
        ("降为原来的 1/4。", "1/4", "ratio", "", "0.25"),
        ("制程为 3nm 的", "3nm", "length", "nm", "3"),
        ("偏转 1.1° 时", "1.1°", "other", "°", "1.1"),
    ],
)
def test_reads_quantities(sentence: str, text: str, kind: str, unit: str, value: str) -> None:
    (found,) = quantities(sentence)
    assert (found.text, found.kind, found.unit) == (text, kind, unit)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    "sentence",
    [
        "Web 3.0", "第 3 代", "图 1 MTB", "表 2 个", "前 20 名", "千兆赫兹", "2T0C 结构",
        "于10:30开会", "10:30 分",
        "两点建议", "下午三点五十分", "4K", "6G网络", "v2.1版", "比分3:2", "百年老店",
    ],
)  # fmt: skip
def test_names_orders_and_times_are_no_quantities(sentence: str) -> None:
    assert quantities(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("约为亚洲的 2 至 4 倍", "2", "4"),
        ("-268.15 ℃至-196.15 ℃", "-268.15", "-196.15"),
        ("百分之三十至四十", "30", "40"),
        ("五到十年", "5", "10"),
        ("28 nm 至 130 nm", "28", "130"),
    ],
)
def test_reads_ranges(sentence: str, low: str, high: str) -> None:
    (found,) = quantities(sentence)
    assert (found.value, found.low, found.high) == (None, Decimal(low), Decimal(high))


def test_a_fall_is_no_range() -> None:
    assert [one.value for one in quantities("由 30 天到 20 天")] == [30, 20]


@pytest.mark.parametrize(
    ("sentence", "comparison"),
    [
        ("同比增长 5.5%", "increase"),
        ("增长超过 5%", "increase"),
        ("提高了约 3 个百分点", "increase"),
        ("比上年高 20%", "increase"),
        ("5%的增长", "increase"),
        ("新增 8 所", "increase"),
        ("下降了约 3 个百分点", "decrease"),
        ("缩短 20%", "decrease"),
        ("30%的降幅", "decrease"),
        ("比传统工艺慢 3 倍", "decrease"),
        ("超过 500 家企业", "more"),
        ("不到 30 名员工", "less"),
        ("低于 5%", "less"),
        ("至少 150 人", "at_least"),
        ("5 年以上", "at_least"),
        ("≥ 5%", "at_least"),
        ("不超过 12 个月", "at_most"),
        ("30 天以内", "at_most"),
        ("最多 12 个月", "at_most"),
        ("增至 15%", None),
        ("降到 15%", None),
        ("由 20 人增加到若干", None),
        ("性能是前代的 3 倍", None),
        ("占 15%", None),
    ],
)
def test_says_what_the_words_make_of_a_figure(sentence: str, comparison: str | None) -> None:
    (found,) = quantities(sentence)
    assert found.comparison == comparison
