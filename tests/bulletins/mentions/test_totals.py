"""How the sums of an article stand to each other, and where title and body disagree."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.mentions.doubts import find_doubts
from bulletins.mentions.flows import with_flows
from bulletins.mentions.totals import quantum, rounds_to
from bulletins.mentions.view import view_of
from bulletins.model import Amount, Article, Block, Mentions, Place

GAZETTEERS = load_gazetteers()


def read(*blocks: str, title: str = "标题") -> Mentions:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    return find_mentions(Article("a", title, 1, blocks=texts), GAZETTEERS)


def relations(*blocks: str, title: str = "标题") -> dict[str, tuple[str, list[str]]]:
    """Give relation and others by the text of the sum."""
    mentions = read(*blocks, title=title)
    texts = [one.text for one in mentions.amounts]
    return {
        texts[flow.amount]: (flow.relation, [texts[other] for other in flow.others])
        for flow in mentions.flows
        if flow.relation
    }


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("预算为 154 亿美元，其中 114 亿美元可自由支配、40 亿美元为强制性资金。", "154 亿美元", 2),
        ("政府提供 1200 万英镑。企业将匹配 800 万英镑，总资助达到 2000 万英镑。", "2000 万英镑", 2),
        (
            "第一期 1.5 亿欧元，第二期 2.5 亿欧元，第三期 3.2 亿欧元，合计 7.2 亿欧元。",
            "7.2 亿欧元",
            3,
        ),
        ("总额 9.2 亿元，包括设备 5.1 亿元、厂房 3.3 亿元和培训 0.8 亿元。", "9.2 亿元", 3),
        ("在原有 650 亿美元之外再投资 1000 亿美元，使总投资达到 1650 亿美元。", "1650 亿美元", 2),
        ("资助额为 8.4 亿美元。州议会另拨款 5.52 亿美元，两项相加约 14 亿美元。", "14 亿美元", 2),
        ("总投资约 8 亿欧元，其中银行提供 1.5 亿欧元贷款。", "8 亿欧元", 1),
        ("共拨款 5 亿美元，用于 12 个中心。其中，普渡大学将获得 4100 万美元。", "5 亿美元", 1),
    ],
)
def test_finds_totals_and_their_parts(text: str, total: str, parts: int) -> None:
    found = relations(text)
    relation, others = found[total]
    assert (relation, len(others)) == ("total", parts)
    for other in others:
        assert found[other] == ("part", [total])


@pytest.mark.parametrize(
    "text",
    [
        "A 公司投资 1 亿美元，B 公司投资 2 亿美元，C 公司投资 3 亿美元。",
        "一期投资 12 亿美元。二期投资 15 亿美元。另一家厂投资 27 亿美元。",
        "收入为 12 亿美元，支出为 15 亿欧元，合计 27 亿日元。",
        "预算为 10 亿美元，其中两成来自企业。另一项目为 3 亿美元。",
        "预算为 3 亿美元，其中人员 5 亿美元。",
        "规模为 10 至 20 亿美元，其中 10 亿美元来自政府，20 亿美元来自企业。",
    ],
)
def test_a_coincidence_is_no_total(text: str) -> None:
    assert "total" not in {relation for relation, _ in relations(text).values()}


def test_arithmetic_is_exact() -> None:
    assert (
        relations("合计 0.3 亿元，其中 0.1 亿元用于设备，0.2 亿元用于人员。")["0.3 亿元"][0]
        == "total"
    )
    found = relations("预算 7.21 亿元：设备 5.1 亿元，人员 2.1 亿元。")
    assert found == {}


def test_a_title_is_repeated_in_the_body_but_another_thing_of_the_same_size_is_not() -> None:
    mentions = read(
        "英国政府将向 11 家公司提供 1500 万英镑。私营部门将匹配 1500 万英镑投资。",
        title="英国 1500 万英镑资助初创公司",
    )
    head, body, other = mentions.flows
    assert (body.relation, body.others) == ("repeat", (head.amount,))
    assert other.relation is None


def test_a_sum_said_again_later_is_a_repeat() -> None:
    found = read("英特尔公司投资 38.7 亿美元建厂。", "这笔 38.7 亿美元的投资将带来就业。")
    assert [(one.relation, one.others) for one in found.flows] == [(None, ()), ("repeat", (0,))]
    small = read("甲地投资 5 亿美元。", "乙地投资 5 亿美元。")
    assert all(one.relation is None for one in small.flows)


def test_an_equivalent_points_to_the_sum_that_it_restates() -> None:
    text = "英国政府将投资 10 亿英镑（约合 12.7 亿美元）建设风电场。"
    article = Article("a", "标题", 1, blocks=(Block("paragraph", text, 1),))
    mentions = find_mentions(article, GAZETTEERS)
    pounds, dollars = mentions.amounts
    restated = replace(mentions, amounts=(pounds, replace(dollars, equivalent_of=0)))
    first, second = with_flows(article, view_of("标题"), [view_of(text)], restated).flows
    assert first.relation is None and first.payer[0].value == "英国政府"
    assert (second.relation, second.others) == ("equivalent", (0,))
    assert second.kind is not None
    assert (second.kind.text, second.kind.value) == ("约合", "equivalent")
    assert (second.payer, second.recipient, second.purpose) == ((), (), None)


def amount(text: str, value: str) -> Amount:
    return Amount(text, Place(0, len(text), 0), "USD", value=Decimal(value))


def test_knows_how_exactly_a_sum_is_printed() -> None:
    assert quantum(amount("1.45亿美元", "145000000")) == Decimal(1000000)
    assert rounds_to(Decimal(1392000000), amount("14亿美元", "1400000000"))
    assert not rounds_to(Decimal(1540000000), amount("14亿美元", "1400000000"))
    assert quantum(amount("二十亿元", "2000000000")) is None


def doubts(title: str, *blocks: str) -> list[tuple[str, str]]:
    mentions = read(*blocks, title=title)
    texts = [one.text for one in mentions.amounts]
    return [(texts[one.first], texts[one.second]) for one in mentions.doubts]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("英国政府投资超 12 亿英镑发展氢能", "英国政府将投资超12英镑，发展氢能。", "12英镑"),
        ("欧盟投入 2.5 亿欧元建设中试线", "欧盟将投入 2.5 亿美元建设中试线。", "2.5 亿美元"),
        ("美国能源部资助 6300 万美元", "美国能源部宣布提供 6300 亿美元。", "6300 亿美元"),
        (
            "美国能源部拨款 7200 万美元支持聚变研究",
            "美国能源部宣布拨款 2700 万美元，支持聚变研究。",
            "2700 万美元",
        ),
        ("英国投入 3 亿英镑建设超算中心", "英国政府将投入 3 万英镑建设超算中心。", "3 万英镑"),
    ],
)
def test_warns_where_title_and_body_disagree(title: str, body: str, expected: str) -> None:
    assert [second for _, second in doubts(title, body)] == [expected]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("英国投入超 11 亿英镑培养人才", "英国将投入 11.4 亿英镑培养人才。"),
        ("英国投入近 12 亿英镑培养人才", "英国将投入 11.4 亿英镑培养人才。"),
        ("英国投入 12 亿英镑培养人才", "英国将投入 11.96 亿英镑培养人才。"),
        ("英国投入 12 亿英镑培养人才", "英国将投入 10 至 15 亿英镑培养人才。"),
        ("英国投入 12 亿英镑培养人才", "英国政府投入 7 亿英镑，企业投入 5 亿英镑。"),
        ("美国投入 12 亿美元培养人才", "英国将投入 9.5 亿英镑（约 12 亿美元）培养人才。"),
        ("英国投入 12 亿英镑培养人才", "英国将投入十多亿英镑培养人才。"),
        ("英国投入 12 亿英镑培养人才", "其中 4500 万英镑用于氢能。"),
        ("英国投入 12 亿英镑培养人才", "去年的预算为 9 亿英镑。"),
        ("英国投入 12 亿英镑培养人才", "正文没有金额。"),
        ("英特尔公司投资 200 亿美元建厂", "英特尔公司将投资 200 亿美元。首期投资 20 亿美元。"),
        ("政府投入 2 亿欧元", "另一个项目总投资 20 亿欧元，还有一个 30 亿欧元。"),
        ("英国投入 12 亿英镑培养人才", "计划总额约12亿英镑，其中120万英镑用于评估。"),
    ],
)
def test_gives_no_false_alarm(title: str, body: str) -> None:
    assert doubts(title, body) == []


def test_what_each_one_gets_is_not_held_against_the_whole() -> None:
    text = "每人每年可得 12 万英镑。"
    title = view_of("英国投入 12 亿英镑培养人才")
    article = Article("a", title.source, 1, blocks=(Block("paragraph", text, 1),))
    mentions = find_mentions(article, GAZETTEERS)
    whole, each = mentions.amounts
    amounts = (whole, replace(each, per="person"))
    assert find_doubts(title, amounts, mentions.flows) == []


@pytest.mark.soak  # a clock says nothing on a busy machine
def test_many_sums_take_linear_time() -> None:
    started = time.process_time()
    read("，".join(f"{n % 97}.{n % 10} 亿美元" for n in range(8_000)), title="5 亿美元，7 亿美元")
    assert time.process_time() - started < 8
