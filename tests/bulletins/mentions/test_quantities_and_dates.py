"""Quantities, dates, and the day of an article."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bulletins.mentions import annotate, load_gazetteers
from bulletins.mentions.dates import Reference, find_dates
from bulletins.mentions.numbers import numerals
from bulletins.mentions.quantities import find_quantities
from bulletins.mentions.view import view_of
from bulletins.model import Article, Block, Issue, Section

GAZETTEERS = load_gazetteers()


@pytest.mark.parametrize(
    ("sentence", "text", "kind", "unit", "value"),
    [
        ("产量增长 5.5%", "5.5%", "percent", "%", "5.5"),
        ("保真度达 99.97%", "99.97%", "percent", "%", "99.97"),
        ("占比提高3个百分点", "3个百分点", "percent", "个百分点", "3"),
        ("约 3 倍", "3 倍", "ratio", "倍", "3"),
        ("低至-271℃的环境", "-271℃", "temperature", "℃", "-271"),
        ("工作温度 77 K，", "77 K", "temperature", "K", "77"),
        ("300 mm 晶圆", "300 mm", "length", "mm", "300"),
        ("厚度仅100纳米", "100纳米", "length", "纳米", "100"),
        ("噪声为 0.6 µeVHz-0.5。", "0.6 µeVHz-0.5", "other", "µeVHz-0.5", "0.6"),
        ("创造11.5 万个工作岗位", "11.5 万个工作岗位", "count", "个工作岗位", "115000"),
        ("256量子比特芯片", "256量子比特", "count", "量子比特", "256"),
        ("每秒 1.18 TB 的数据", "1.18 TB", "data", "TB", "1.18"),
        ("弛豫时间为0.964毫秒", "0.964毫秒", "time", "毫秒", "0.964"),
        ("功率4兆瓦", "4兆瓦", "power", "兆瓦", "4"),
        ("时钟频率 5 GHz", "5 GHz", "rate", "GHz", "5"),
        ("降至百分之五", "百分之五", "percent", "%", "5"),
        ("约四分之一", "四分之一", "ratio", "", "0.25"),
        ("面积3000平方毫米", "3000平方毫米", "area", "平方毫米", "3000"),
    ],
)
def test_reads_quantities(sentence: str, text: str, kind: str, unit: str, value: str) -> None:
    view = view_of(sentence)
    (found,) = find_quantities(view, numerals(view.text), (), 0)
    assert (found.text, found.kind, found.unit) == (text, kind, unit)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("占80%到90%份额", "80", "90"),
        ("16-18岁青少年", "16", "18"),
        ("-268.15℃至-196.15℃", "-268.15", "-196.15"),
    ],
)
def test_reads_ranges(sentence: str, low: str, high: str) -> None:
    view = view_of(sentence)
    (found,) = find_quantities(view, numerals(view.text), (), 0)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "sentence", ["5G网络", "3D封装", "第3个目标", "B200 GPU", "一个中心", "4K视频", "2.5D封装"]
)
def test_names_with_numbers_are_no_quantities(sentence: str) -> None:
    view = view_of(sentence)
    assert find_quantities(view, numerals(view.text), (), 0) == []


@pytest.mark.parametrize(
    ("text", "printed", "iso"),
    [
        ("2024年7月12日，", "2024年7月12日", "2024-07-12"),
        ("2024 年 7 月", "2024 年 7 月", "2024-07"),
        ("2024-08-06发布", "2024-08-06", "2024-08-06"),
        ("2024年5月28日到31日", "2024年5月28日到31日", "2024-05-28/2024-05-31"),
        ("2025 年底建成", "2025 年底", "2025"),
        ("2024年第三季度", "2024年第三季度", "2024-Q3"),
        ("2010-2022 年期间", "2010-2022 年", "2010/2022"),
        ("2025财年预算", "2025财年", "2025"),
    ],
)
def test_reads_dates(text: str, printed: str, iso: str) -> None:
    view = view_of(text)
    (found,) = find_dates(view.text, Reference())
    start, end = view.span(found.start, found.end)
    assert (text[start:end], found.iso) == (printed, iso)


def test_a_day_without_a_year_needs_a_reference() -> None:
    assert find_dates("8月6日，", Reference())[0].iso == ""
    assert find_dates("8月6日，", Reference(2024))[0].iso == "2024-08-06"


@pytest.mark.parametrize("text", ["2024年2月30日", "13月5日", "8.6", "版本2024.1"])
def test_impossible_days_are_none(text: str) -> None:
    assert all(found.day is None for found in find_dates(text, Reference(2024)))


def day(*blocks: str, sources: tuple[str, ...] = (), issue_date: str | None = None) -> str | None:
    article = Article(
        "a",
        "标题",
        1,
        sources=sources,
        blocks=tuple(Block("paragraph", text, 1) for text in blocks),
    )
    issue = Issue("i", "x.txt", "general", 1.0, (Section("", (article,)),), date=issue_date)
    return annotate(issue, GAZETTEERS).articles()[0].date


def test_the_first_full_day_dates_an_article() -> None:
    assert (
        day("据报道，2024年7月9日，该部宣布新计划。", "会议于2024年7月20日举行。") == "2024-07-09"
    )


def test_a_missing_year_comes_from_an_address() -> None:
    assert (
        day("3月5日，工厂开工。", sources=("https://example.org/2025/03/06/plant",)) == "2025-03-05"
    )


def test_a_missing_year_comes_from_the_issue() -> None:
    assert day("12月20日，合同签署。", issue_date="2025-01-10") == "2024-12-20"


def test_without_any_year_there_is_no_date() -> None:
    assert day("3月5日，工厂开工。") is None


def test_background_and_deadlines_do_not_date_an_article() -> None:
    source = ("https://example.org/2024/08/07/x",)
    assert day("该法于2022年8月9日生效。8月6日，该机构宣布资助。", sources=source) == "2024-08-06"
    assert day("该法于2021年1月1日生效，8月又有新规。", sources=source) is None
    assert day("意见须于2024年8月20日前提交。", sources=source) is None


def test_a_month_alone_is_no_day() -> None:
    assert day("2024年8月，政府宣布新的资助。") is None
