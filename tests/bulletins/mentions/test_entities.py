"""Names: organizations, people, places, documents, programmes, technologies and their ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.mentions import GazetteerError, find_mentions, load_gazetteers
from bulletins.model import Article, Block, Entity

if TYPE_CHECKING:
    from pathlib import Path

GAZETTEERS = load_gazetteers()


def entities(*blocks: str, title: str = "标题") -> tuple[Entity, ...]:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    return find_mentions(Article("a", title, 1, blocks=texts), GAZETTEERS).entities


def names(kind: str, *blocks: str, title: str = "标题") -> set[str]:
    return {one.text for one in entities(*blocks, title=title) if one.type == kind}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("美国能源部宣布了新的资助。", {"美国能源部"}),
        ("由德国马普学会高分子研究所牵头。", {"德国马普学会高分子研究所"}),
        ("英国政府和法国政府签署了协议。", {"英国政府", "法国政府"}),
        ("芬兰 Aalto Materials 公司推出了产品。", {"Aalto Materials 公司"}),
        ("美国麻省理工学院与耶鲁大学合作。", {"美国麻省理工学院", "耶鲁大学"}),
        ("研究由奥尔胡斯大学和埃尔兰根大学完成。", {"奥尔胡斯大学", "埃尔兰根大学"}),
        ("挪威国家石油和能源管理局批准了该项目。", {"挪威国家石油和能源管理局"}),
        ("加拿大政府资助渥太华大学。", {"加拿大政府", "渥太华大学"}),
        ("美 NSF 与 NASA 联合征集。", {"NSF", "NASA"}),
        ("初创公司 Lumivex 完成融资。", {"Lumivex"}),
        ("特朗普政府提出预算。", {"特朗普政府"}),
        ("欧盟委员会通过了提案。", {"欧盟委员会"}),
        ("中国科学院上海光学精密机械研究所研制成功。", {"中国科学院上海光学精密机械研究所"}),
        ("Nordlys、Akira和谷歌等公司参与。", {"Nordlys", "Akira", "谷歌"}),
    ],
)
def test_finds_organizations(sentence: str, expected: set[str]) -> None:
    assert names("organization", sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "该研究中心将为两个创新和知识中心提供设备。",
        "半导体公司和初创公司都需要人才。",
        "英国大学与研究机构合作。",
        "支持建设12个科技中心。",
        "政府部门应当部署内部布局。",
        "在实验室环境中制造。",
        "各国政府和非政府组织。",
        "美国高科技公司面临挑战。",
        "这所大学所需的经费。",
    ],
)
def test_common_nouns_are_no_organizations(sentence: str) -> None:
    assert names("organization", sentence) == set()


def test_a_country_inside_an_organization_is_no_place() -> None:
    assert names("place", "美国商务部宣布拨款。") == set()
    assert names("place", "美国商务部宣布，美国将拨款。") == {"美国"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("中美两国竞争", {"中", "美"}),
        ("对华投资禁令", {"华"}),
        ("位于俄勒冈州本德的工厂", {"俄勒冈州", "本德"}),
        ("帮助发展中国家", set()),
        ("其中国内市场", set()),
        ("华为和中兴通讯", set()),
        ("印度尼西亚与马来西亚", {"印度尼西亚", "马来西亚"}),
        ("在法国格勒诺布尔举行", {"法国", "格勒诺布尔"}),
    ],
)
def test_finds_places(sentence: str, expected: set[str]) -> None:
    assert names("place", sentence) == expected


def test_a_short_country_in_a_title() -> None:
    assert names("place", "正文。", title="美 NIST 发布指南") == {"美"}
    assert names("place", "正文。", title="英研究人员开发新方法") == {"英"}
    assert names("place", "正文。", title="美学与艺术") == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("国家安全顾问约翰·博尔顿（John Bolton）表示", {"约翰·博尔顿", "John Bolton"}),
        ("康奈尔大学 Maria K. Larsen 团队发现", {"Maria K. Larsen"}),
        ("首席技术官 Peter Olsen 认为", {"Peter Olsen"}),
        ("清华大学陈明教授团队", {"陈明"}),
        ("谈判代表林美华（Mary Lin）出席", {"林美华", "Mary Lin"}),
        ("高级研究员认为", set()),
        ("Nature Materials 上发表", set()),
    ],
)
def test_finds_people(sentence: str, expected: set[str]) -> None:
    assert names("person", sentence) == expected


def test_a_last_name_alone_is_the_same_person() -> None:
    found = entities("商务部长吉姆·卡特尔出席会议。", "会后，卡特尔接受采访。")
    assert {one.text: one.canonical for one in found if one.type == "person"} == {
        "吉姆·卡特尔": "吉姆·卡特尔",
        "卡特尔": "吉姆·卡特尔",
    }


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"),
    [
        ("document", "发布《国家氢能路线图》。", {"国家氢能路线图"}),
        ("document", "签署第 15001 号行政命令。", {"第 15001 号行政命令"}),
        ("document", "发表在 Nano Futures（文章标题：A new way to grow crystals）。",
         {"Nano Futures", "A new way to grow crystals"}),
        ("document", "根据英国国家空间战略，", {"英国国家空间战略"}),
        ("document", "新的算法和方法", set()),
        ("program", "启动“未来材料”计划。", {"未来材料"}),
        ("program", "通过“绿色芯片倡议”投资。", {"绿色芯片倡议"}),
        ("program", "ChipBoost 计划为企业提供帮助。", {"ChipBoost 计划"}),
        ("program", "美国国家高温超导计划（NHSP）的经费", {"美国国家高温超导计划", "NHSP"}),
        ("program", "该公司计划将工厂搬迁。", set()),
        ("technology", "采用极紫外光刻和量子计算。", {"极紫外光刻", "量子计算"}),
    ],
)  # fmt: skip
def test_finds_works(kind: str, sentence: str, expected: set[str]) -> None:
    assert names(kind, sentence) == expected


def test_an_abbreviation_is_tied_to_its_full_form() -> None:
    found = entities(
        "挪威海洋研究委员会（NMRC）宣布资助。", "NMRC 还将扩大规模。", title="NMRC 资助深海"
    )
    ties = {(one.text, one.canonical) for one in found if one.type == "organization"}
    assert ties == {("挪威海洋研究委员会", "挪威海洋研究委员会"), ("NMRC", "挪威海洋研究委员会")}
    assert sum(one.text == "NMRC" for one in found) == 3


def test_one_abbreviation_is_two_things_in_two_articles() -> None:
    agency = entities("商务部经济发展管理局（EDA）宣布拨款。EDA 表示")
    tool = entities("电子设计自动化（EDA）工具。EDA 很重要")
    assert {one.type for one in agency if one.text == "EDA"} == {"organization"}
    assert {one.type for one in tool if one.text == "EDA"} == {"technology"}


def test_latin_and_chinese_forms_in_both_orders() -> None:
    found = entities("向 NRCX（挪威国家科研署）申请。")
    assert {one.canonical for one in found if one.text == "NRCX"} == {"挪威国家科研署"}


def test_a_reader_s_own_gazetteer_is_read_last(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "groups:\n  - type: technology\n    source: me\n    names: [蓝色星河]\n", encoding="utf-8"
    )
    block = Block("paragraph", "采用蓝色星河方案。", 1)
    own = load_gazetteers([tmp_path, tmp_path / "missing"])
    found = find_mentions(Article("a", "标题", 1, blocks=(block,)), own).entities
    assert [(one.type, one.text) for one in found] == [("technology", "蓝色星河")]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n",
        "groups: 3\n",
        "groups:\n  - type: car\n",
        "groups:\n  - names: [1]\n    type: place\n",
        "a: [\n",
    ],
)
def test_a_wrong_gazetteer_says_which_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"mine\.yaml") as caught:
        load_gazetteers([tmp_path])
    assert "\n" not in str(caught.value)


def test_two_countries_before_a_company_break_nothing() -> None:
    """The abbreviations 中美 stand in no gazetteer as one name, and begin the clause here."""
    article = Article("a", "中美公司", 1, blocks=(Block("paragraph", "中美公司宣布合作。", 1),))
    for entity in find_mentions(article, load_gazetteers()).entities:
        text = article.title if entity.place.block is None else article.blocks[0].text
        assert text[entity.place.start : entity.place.end] == entity.text
