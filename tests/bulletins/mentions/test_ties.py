"""Forms of one name in an article: what is tied, and what must not be."""

from __future__ import annotations

import pytest

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.model import Article, Block

GAZETTEERS = load_gazetteers()


def ties(*blocks: str) -> set[tuple[str, str]]:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    found = find_mentions(Article("a", "标题", 1, blocks=texts), GAZETTEERS).entities
    return {(one.text, one.canonical) for one in found if one.type == "organization"}


@pytest.mark.parametrize(
    "text",
    [
        "北方蓝海科技有限公司（以下简称“北方蓝海”）上市，北方蓝海表示满意。",
        "北方蓝海科技有限公司（简称北方蓝海）上市，北方蓝海表示满意。",
        "北方蓝海科技有限公司（下称“北方蓝海”）上市，北方蓝海表示满意。",
    ],
)
def test_a_chinese_short_name_in_brackets(text: str) -> None:
    assert ties(text) == {
        ("北方蓝海科技有限公司", "北方蓝海科技有限公司"),
        ("北方蓝海", "北方蓝海科技有限公司"),
    }


def test_a_short_form_of_two_countries_joins_neither() -> None:
    found = ties("美国商务部和中国商务部举行会谈。商务部表示支持。")
    assert ("美国商务部", "美国商务部") in found
    assert ("中国商务部", "中国商务部") in found
    assert ("商务部", "商务部") in found


def test_a_short_form_of_one_country_is_tied() -> None:
    assert ("商务部", "美国商务部") in ties("美国商务部宣布拨款。商务部还将追加。")


def test_an_abbreviation_of_two_things_is_each_where_it_is_explained() -> None:
    texts = ("电子设计自动化（EDA）工具。", "美国经济发展管理局（EDA）宣布拨款。")
    blocks = tuple(Block("paragraph", text, 1) for text in texts)
    found = find_mentions(Article("a", "标题", 1, blocks=blocks), GAZETTEERS).entities
    assert [(one.type, one.canonical) for one in found if one.text == "EDA"] == [
        ("technology", "电子设计自动化"),
        ("organization", "美国经济发展管理局"),
    ]


def test_what_the_gazetteers_call_one_thing_is_tied() -> None:
    assert ("Google", "谷歌") in ties("谷歌推出产品。", "Google 表示，需求很大。")


def test_that_is_means_the_same() -> None:
    assert ("NMRC", "挪威海洋研究委员会") in ties("NMRC（即挪威海洋研究委员会）发布战略。")


def test_an_abbreviation_with_the_word_for_its_kind_is_tied() -> None:
    found = ties("Lumen Harbour 公司（LHQ）签署协议，向 LHQ 公司提供资金。", "LHQ公司是新企业。")
    assert {canonical for _, canonical in found} == {"Lumen Harbour公司"}
    texts = ("支持国家深海探测计划（NDEX）。", "设施整合 NDEX计划的成果，NDEX 计划负责人参加。")
    blocks = tuple(Block("paragraph", text, 1) for text in texts)
    programs = find_mentions(Article("a", "标题", 1, blocks=blocks), GAZETTEERS).entities
    assert {one.canonical for one in programs if one.type == "program"} == {"国家深海探测计划"}


def test_a_latin_name_with_company_does_not_part_it_from_its_chinese_name() -> None:
    found = ties(
        "Lumen Harbour公司参加。", "美国政府与海灯材料公司（Lumen Harbour）签约。",
        "包括 Lumen Harbour 在内的企业。",
    )  # fmt: skip
    assert ("Lumen Harbour", "海灯材料公司") in found
    assert {canonical for text, canonical in found if "Lumen" in text} == {"海灯材料公司"}
