"""Whom a flow names: subjects of other clauses, words that point back, several sums and names."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.model import Article, Block, Evidence, Flow, Mentions

GAZETTEERS = load_gazetteers()


def read(*blocks: str, title: str = "标题") -> Mentions:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    return find_mentions(Article("a", title, 1, blocks=texts), GAZETTEERS)


def said(flow: Flow) -> dict[str, Any]:
    """Give the fields of a flow that are there: names and purposes as text, the rest as values."""
    fields: dict[str, Any] = {}
    for name in ("payer", "recipient"):
        if found := getattr(flow, name):
            fields[name] = [one.value for one in found]
    if flow.purpose:
        fields["purpose"] = flow.purpose.value
    for name in ("kind", "status", "date"):
        if one := getattr(flow, name):
            fields[name] = one.value
    return fields


def evidence(flow: Flow) -> list[Evidence]:
    single = [flow.purpose, flow.kind, flow.status, flow.date]
    return [*flow.payer, *flow.recipient, *(one for one in single if one)]


DOE, INTEL = "美国能源部", "英特尔公司"


def test_the_subject_may_stand_in_a_clause_before() -> None:
    mentions = read(
        "2024 年 3 月 5 日，美国能源部宣布与英特尔公司合作，推动存储研究，"
        "向六个团队投资 3000 万美元。"
    )
    assert said(mentions.flows[0]) == {
        "payer": [DOE], "recipient": ["六个团队"], "kind": "investment", "status": "announced",
        "date": "2024-03-05",
    }  # fmt: skip


def test_a_word_that_points_back_needs_one_candidate() -> None:
    clear = read("英特尔公司公布财报。该公司将投资 20 亿欧元。")
    assert said(clear.flows[0])["payer"] == [INTEL]
    assert clear.flows[0].payer[0].text == "该公司"
    double = read("英特尔公司与台积电公布财报。该公司将投资 20 亿欧元。")
    assert "payer" not in said(double.flows[0])
    by_head = read("英特尔公司与普渡大学签约。该大学将投资 20 万欧元。")
    assert said(by_head.flows[0])["payer"] == ["普渡大学"]


def test_each_sum_gets_its_own_name_where_they_are_told_apart() -> None:
    mentions = read(
        "英特尔公司、美光科技公司的收入分别为 500 亿美元和 160 亿美元。",
        "2014 年，美国能源部分别授予英特尔公司和普渡大学 42 亿美元和 2600 万美元的合同。",
    )
    first_, second, third, fourth = mentions.flows
    assert said(first_)["recipient"] == [INTEL]
    assert said(second)["recipient"] == ["美光科技公司"]
    assert said(third)["recipient"] == [INTEL]
    assert said(fourth)["recipient"] == ["普渡大学"]


def test_sums_joined_by_and_share_their_names_and_keep_their_kinds() -> None:
    mentions = read("美国能源部向英特尔公司提供 2 亿美元的补贴和 3 亿美元的贷款。")
    grant, loan = mentions.flows
    assert said(grant) == {"payer": [DOE], "recipient": [INTEL], "kind": "grant"}
    assert said(loan) == {"payer": [DOE], "recipient": [INTEL], "kind": "loan"}


def test_points_to_the_exact_words() -> None:
    text = "8 月，美国 能源部（DOE）宣布将向“曙光”团队等 3 家单位提供 10 亿日元，用于“曙光”计划。"
    flow = read(text).flows[0]
    assert [one.text for one in flow.payer] == ["美国 能源部"]
    assert flow.payer[0].value == DOE
    assert flow.purpose is not None and flow.purpose.text == "“曙光”计划"
    for one in evidence(flow):
        assert text[one.place.start : one.place.end] == one.text
        assert one.place.block == 0


def test_a_table_has_no_roles() -> None:
    block = Block("table", "英特尔公司 | 提供 5 亿美元", 1, rows=(("英特尔公司", "提供 5 亿美元"),))
    mentions = find_mentions(Article("a", "标题", 1, blocks=(block,)), GAZETTEERS)
    assert mentions.amounts and mentions.flows == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "英特尔公司 2024 年 2 月成立子公司，计划投资 10 亿美元。",
        "卫星定于 2026 年发射，项目总投入约 2000 万新元。",
        "英特尔公司创立于 1968 年，将投资 10 亿美元。",
    ],
)
def test_a_date_of_something_else_is_not_that_of_the_payment(sentence: str) -> None:
    assert "date" not in said(read(sentence).flows[0])
