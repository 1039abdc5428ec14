"""Documents, programmes and funds by the words around them."""

from __future__ import annotations

import pytest

from bulletins.mentions import Words, find_mentions, load_gazetteers
from bulletins.model import Article, Block

GAZETTEERS = load_gazetteers()
WORDS = Words()


def names(kind: str, *blocks: str, title: str = "标题") -> set[str]:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    found = find_mentions(Article("a", title, 1, blocks=texts), GAZETTEERS, WORDS).entities
    return {one.text for one in found if one.type == kind}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("研究得到 SILVANET 计划 240 万欧元的支持。", {"SILVANET 计划"}),
        ("经费来自国家物理实验室的低温测量计划。", {"低温测量计划"}),
        ("政府设立 17 亿澳元的创新基金。", {"创新基金"}),
        ("另有 3 亿加元的算力获取基金面向中小企业。", {"算力获取基金"}),
        ("得到了法国外交部国际海洋合作（OCEA）基金的资助。", {"国际海洋合作（OCEA）基金"}),
        ("商务部启动了“未来技能中心”（Future Skills Hub）。", {"未来技能中心"}),
        ("他把这些工厂视为“北方制造”和“数字北方”计划的成果。", {"北方制造", "数字北方"}),
        ("PolarNet、Lumi 和 Delta Nord 项目继续。", {"PolarNet", "Lumi", "Delta Nord"}),
        ("AuroraLine 中试线由研究所主持。", {"AuroraLine 中试线"}),
        ("任务将由海洋技术联邦项目接续。", {"海洋技术联邦项目"}),
    ],
)  # fmt: skip
def test_finds_programmes(sentence: str, expected: set[str]) -> None:
    assert expected <= names("program", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "公司计划于 2026 年投产。",
        "Global Wafers 计划扩建工厂。",
        "政府制定了人才培训计划和投资计划。",
        "他管理一只风险投资基金。",
        "美国国家科学基金会发布指南。",
        "该项目为期三年，该计划分两个阶段。",
    ],
)
def test_plain_plans_are_no_programmes(sentence: str) -> None:
    assert names("program", sentence) == set()


def test_projects_listed_under_their_names_are_programmes() -> None:
    blocks = [
        "（1）TERRA-LOOP", "某大学牵头，研究回收。",
        "（2）Clear Water", "某研究所牵头，研究净水。",
        "（3）SOLEX", "某公司牵头，研究电池。",
    ]  # fmt: skip
    assert names("program", *blocks) == {"TERRA-LOOP", "Clear Water", "SOLEX"}
    assert names("program", *blocks[:4]) == set()


def test_a_known_programme_takes_in_the_word_behind_it() -> None:
    found = names("program", "推出海底制图（SEAMAP）项目。", "SEAMAP 项目已启动。")
    assert {"SEAMAP", "SEAMAP 项目"} <= found


def test_a_state_s_investment_fund_is_an_organization() -> None:
    assert "国家绿色产业投资基金" in names("organization", "国家绿色产业投资基金参与。")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("财政部发布了一份临时最终规则（IFR）。", {"临时最终规则", "IFR"}),
        ("标准 FIPS 199 与 ISO/IEC 27001 同时更新。", {"FIPS 199", "ISO/IEC 27001"}),
        ("总统签署题为“扫清创新障碍”的第 20001 号行政令。", {"扫清创新障碍", "第 20001 号行政令"}),
        ("文件吸收了德洛尔报告的意见。", {"德洛尔报告"}),
        ("欧盟须遵守德国能源安全法。", {"德国能源安全法"}),
        ("多部门印发“海洋要素×”三年行动计划。", {"“海洋要素×”三年行动计划"}),
    ],
)
def test_finds_documents(sentence: str, expected: set[str]) -> None:
    assert expected <= names("document", sentence)


def test_a_verb_behind_the_subject_is_no_part_of_a_law() -> None:
    found = names("document", title="加拿大持续推进国家海洋计划法案")
    assert found == {"国家海洋计划法案"}


def test_a_quotation_s_own_ending_and_known_names_come_first() -> None:
    assert names("document", "将实施“海洋数据战略”。") == {"海洋数据战略"}
    assert names("program", "在“法国2030”框架下开展合作。") == {"法国2030"}


@pytest.mark.parametrize("sentence", ["用溶剂热法合成了材料。", "制定综合性人工智能法律。"])
def test_methods_are_no_laws(sentence: str) -> None:
    assert names("document", sentence) == set()
