"""Periods, halves, decades, plans, relative dates and deadlines; the year is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from bulletins.mentions import annotate, load_gazetteers
from bulletins.mentions.dates import Found, Reference, find_dates
from bulletins.mentions.view import view_of
from bulletins.model import Article, Block, DateMention, Issue, Section

AUGUST = date(2024, 8, 6)
IN_AUGUST = Reference(2024, AUGUST, AUGUST)


def dates(text: str, reference: Reference = IN_AUGUST) -> list[Found]:
    return find_dates(view_of(text).text, reference)


@pytest.mark.parametrize(
    ("text", "iso", "kind"),
    [
        ("2024–2028 年", "2024/2028", "period"),
        ("（2021–2027）", "2021/2027", "period"),
        ("2025至2029财年", "2025/2029", "period"),
        ("2024年10月至2025年3月", "2024-10/2025-03", "period"),
        ("2024年5—8月", "2024-05/2024-08", "period"),
        ("9月3—5日", "2024-09-03/2024-09-05", "period"),
        ("2024年12月30日—2025年1月2日", "2024-12-30/2025-01-02", "period"),
        ("前三季度", "2024-01/2024-09", "period"),
        ("“十四五”期间", "2021/2025", "period"),
        ("二〇二四年十月三日", "2024-10-03", "day"),
        ("二零二四年", "2024", "year"),
        ("2024/10/1", "2024-10-01", "day"),
        ("2024.10.1", "2024-10-01", "day"),
        ("2024年第三季度", "2024-Q3", "quarter"),
        ("2024Q3", "2024-Q3", "quarter"),
        ("2025财年第二季度", "", "quarter"),
        ("2028 年下半年", "2028-H2", "half"),
        ("今年上半年", "2024-H1", "half"),
        ("20世纪90年代", "1990/1999", "decade"),
        ("上世纪八十年代末", "1980/1989", "decade"),
        ("2020年代", "2020/2029", "decade"),
        ("2025财年", "2025", "year"),
        ("本月6日", "2024-08-06", "day"),
        ("上月15日", "2024-07-15", "day"),
        ("下个月", "2024-09", "month"),
        ("去年", "2023", "year"),
        ("明年底", "2025", "year"),
        ("去年12月", "2023-12", "month"),
        ("当地时间8月3日", "2024-08-03", "day"),
        ("将于12月启动", "2024-12", "month"),
        ("预计2月完工", "2025-02", "month"),
    ],
)
def test_reads_dates(text: str, iso: str, kind: str) -> None:
    (found,) = dates(text)
    assert (found.iso, found.kind) == (iso, kind)


@pytest.mark.parametrize(
    "text",
    [
        "近日",
        "三月兰",
        "今年轻人",
        "版本2024.1.2.3",
        "2024年度报告",
        "12月3日元旦",
        "十五期间",
        "13月5日",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_a_year_counts_on_from_the_date_before() -> None:
    found = dates("2022年3月签署，同年10月生效，次年1月废止。")
    assert [one.iso for one in found] == ["2022-03", "2022-10", "2023-01"]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("12月", IN_AUGUST),  # neither behind nor right ahead
        ("8月6日", Reference()),
        ("同年10月", IN_AUGUST),
        ("本月6日", Reference(2024, AUGUST)),  # the issue's day says no month
    ],
)
def test_a_year_is_never_guessed(text: str, reference: Reference) -> None:
    assert [one.iso for one in dates(text, reference)] == [""]


def test_a_month_that_the_sentence_and_the_article_date_otherwise_is_open() -> None:
    assert [one.iso for one in dates("2023年5月启动，8月完成")] == ["2023-05", ""]


def test_this_year_is_unsaid_where_it_may_be_the_last() -> None:
    assert dates("今年", Reference()) == []
    assert dates("今年", Reference(2025, date(2025, 1, 10))) == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("意见于9月20日前提交", True),
        ("申请截止日期为2024年9月5日", True),
        ("不迟于2026年12月31日", True),
        ("2026年底之前建成", True),
        ("征求意见至2024年10月1日", True),
        ("截至2024年6月", False),
        ("在2010年之前", False),
        ("2024年8月前后", False),
        ("2024年9月5日发布", False),
    ],
)
def test_says_what_is_due(text: str, due: bool) -> None:
    (found,) = dates(text)
    assert found.deadline is due


def annotated(*blocks: str, sources: tuple[str, ...] = (), issue: str | None = None) -> Article:
    article = Article(
        "a", "标题", 1, sources=sources,
        blocks=tuple(Block("paragraph", text, 1) for text in blocks),
    )  # fmt: skip
    whole = Issue("i", "x.txt", "general", 1.0, (Section("", (article,)),), date=issue)
    return annotate(whole, load_gazetteers()).articles()[0]


def mentions(article: Article) -> tuple[DateMention, ...]:
    return article.mentions.dates


def test_relative_dates_follow_the_article() -> None:
    article = annotated("2024年8月6日，该部宣布新计划。", "意见本月20日前提交，去年曾征求一次。")
    assert [one.iso for one in mentions(article)] == ["2024-08-06", "2024-08-20", "2023"]
    assert [one.deadline for one in mentions(article)] == [False, True, False]
    assert [one.kind for one in mentions(article)] == ["day", "day", "year"]


def test_a_report_number_in_an_address_is_no_month() -> None:
    article = annotated("4月28日，审计院发布报告。", sources=("https://example.org/sr-2025-12",))
    assert article.date is None


def test_a_folder_of_an_address_is_a_month() -> None:
    article = annotated("4月28日，审计院发布报告。", sources=("https://example.org/2025/05/sr",))
    assert article.date == "2025-04-28"


def test_the_day_that_opens_an_old_report_dates_it() -> None:
    assert annotated("2023年4月26日，内阁通过方案。", issue="2024-09-15").date == "2023-04-26"
    assert annotated("自2023年4月26日起，方案生效。", issue="2024-09-15").date is None
    summary = "摘要：本文介绍内阁通过的方案。"
    opened = annotated(summary, "2023年4月26日，内阁通过方案。", issue="2024-09-15")
    assert opened.date == "2023-04-26"
