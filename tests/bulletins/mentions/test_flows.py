"""Who pays whom: what each sentence says, and nothing that it does not say."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.model import Article, Block, Evidence, Flow, Footnote, Mentions

GAZETTEERS = load_gazetteers()


def read(*blocks: str, title: str = "标题", notes: tuple[str, ...] = ()) -> Mentions:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    footnotes = tuple(Footnote("1", text, (), 1) for text in notes)
    return find_mentions(
        Article("a", title, 1, date="2024-09-30", blocks=texts, footnotes=footnotes), GAZETTEERS
    )


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


def first(sentence: str, *, title: str = "标题") -> dict[str, Any]:
    mentions = read(sentence, title=title)
    amounts = [i for i, one in enumerate(mentions.amounts) if one.place.block == 0]
    flows = {flow.amount: flow for flow in mentions.flows}
    assert amounts, sentence
    return said(flows[amounts[0]]) if amounts[0] in flows else {}


DOE, NSF, INTEL = "美国能源部", "美国国家科学基金会", "英特尔公司"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "美国能源部宣布向普渡大学提供 3000 万美元，用于研制耐热合金。",
            {"payer": [DOE], "recipient": ["普渡大学"], "purpose": "研制耐热合金", "status": "announced"},
        ),
        (
            "美国能源部向普渡大学拨款 3000 万美元，旨在改进焊接工艺。",
            {"payer": [DOE], "recipient": ["普渡大学"], "purpose": "改进焊接工艺", "kind": "grant"},
        ),
        (
            "欧盟委员会为 14 个团队资助 2.1 亿欧元，以支持海上风电研究。",
            {"payer": ["欧盟委员会"], "recipient": ["14 个团队"], "purpose": "海上风电研究", "kind": "grant"},
        ),
        (
            "英特尔公司将投资 40 亿欧元建设第二座晶圆厂。",
            {"payer": [INTEL], "purpose": "建设第二座晶圆厂", "kind": "investment", "status": "planned"},
        ),
        (
            "英特尔公司计划五年内投入 40 亿欧元，扩建波兰的封装厂。",
            {"payer": [INTEL], "purpose": "扩建波兰的封装厂", "kind": "investment", "status": "planned"},
        ),
        (
            "普渡大学获得美国能源部 900 万美元资助。",
            {"payer": [DOE], "recipient": ["普渡大学"], "kind": "grant"},
        ),
        (
            "普渡大学将获得美国能源部的 900 万美元贷款。",
            {"payer": [DOE], "recipient": ["普渡大学"], "kind": "loan", "status": "planned"},
        ),
        (
            "普渡大学已从美国能源部获得 900 万美元。",
            {"payer": [DOE], "recipient": ["普渡大学"], "status": "paid"},
        ),
        (
            "研究用到由美国能源部资助的 700 万美元设备。",
            {"payer": [DOE], "kind": "grant"},
        ),
        (
            "项目预计耗资 5 亿欧元，其中 2 亿欧元来自欧盟委员会。",
            {},
        ),
        (
            "美国能源部与英特尔公司共同出资 6000 万美元。",
            {"payer": [DOE, INTEL]},
        ),
        (
            "美国能源部宣布与英特尔公司共同出资 6000 万美元，开发新型冷却技术。",
            {"payer": [DOE, INTEL], "purpose": "开发新型冷却技术", "status": "announced"},
        ),
        (
            "美国能源部将 8000 万美元授予普渡大学。",
            {"payer": [DOE], "recipient": ["普渡大学"], "status": "committed"},
        ),
        (
            "美国能源部将 8000 万美元的补贴投给普渡大学。",
            {"payer": [DOE], "recipient": ["普渡大学"], "kind": "grant"},
        ),
        (
            "Lumivex 公司完成 3 亿美元融资，由英特尔公司领投。",
            {"payer": [INTEL], "recipient": ["Lumivex公司"], "kind": "investment", "status": "paid"},
        ),
        (
            "英特尔公司以 54 亿美元收购高塔半导体公司。",
            {"payer": [INTEL], "purpose": "收购高塔半导体公司", "kind": "price"},
        ),
        (
            "美国国家科学基金会的 2025 财年预算为 101 亿美元。",
            {"payer": [NSF], "kind": "budget", "date": "2025"},
        ),
        ("2023 年全球光刻胶市场规模达 25 亿美元。", {"kind": "revenue", "date": "2023"}),
        (
            "英特尔公司 2023 年营收为 542 亿美元。",
            {"recipient": [INTEL], "kind": "revenue", "date": "2023"},
        ),
        ("该款显微镜售价 12 万欧元。", {"kind": "price"}),
        ("发行价格为每股 36 美元。", {"kind": "price"}),
        ("违规者最高罚款 3500 万欧元。", {}),
        (
            "美国国家科学基金会启动了一项 4500 万美元的计划，用于培养工程师。",
            {"payer": [NSF], "purpose": "培养工程师"},
        ),
        (
            "英国将投入 2500 万英镑支持海洋观测。",
            {"payer": ["英国"], "purpose": "海洋观测", "kind": "investment", "status": "planned"},
        ),
        (
            "“地平线欧洲”计划将提供 9500 万欧元。",
            {"payer": ["地平线欧洲"], "status": "planned"},
        ),
        (
            "8 月 6 日，美国能源部宣布，将依据《芯片与科学法案》为普渡大学拨款 700 万美元。",
            {"payer": [DOE], "recipient": ["普渡大学"], "kind": "grant", "status": "announced", "date": "2024-08-06"},
        ),
        (
            "美国能源部和英特尔公司签署协议，将向其提供 6 亿美元贷款。",
            {"payer": [DOE], "recipient": [INTEL], "kind": "loan", "status": "committed"},
        ),
        (
            "美国能源部与英特尔公司签署了不具约束力的备忘录，拟提供 6 亿美元。",
            {"payer": [DOE], "status": "planned"},
        ),
        (
            "普渡大学预计将得到最大一笔资助，约 800 万美元，用于改造实验室。",
            {"recipient": ["普渡大学"], "purpose": "改造实验室", "kind": "grant", "status": "planned"},
        ),
        (
            "美国能源部已承诺提供 2 亿美元的补贴。",
            {"payer": [DOE], "kind": "grant", "status": "committed"},
        ),
        (
            "该基金已投资 5000 万英镑。",
            {"kind": "investment", "status": "paid"},
        ),
        (
            "每个团队三年内可获得 150 万欧元的资助。",
            {"recipient": ["每个团队"], "kind": "grant"},
        ),
        (
            "为解决电网拥堵问题，荷兰政府将提供 3 亿欧元。",
            {"payer": ["荷兰政府"], "purpose": "解决电网拥堵问题", "status": "planned"},
        ),
        (
            "私营部门将匹配 1000 万英镑投资。",
            {"payer": ["私营部门"], "kind": "investment", "status": "planned"},
        ),
        (
            "该法案中用于培训的 2 亿美元已用完。",
            {"purpose": "培训"},
        ),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else "",
)  # fmt: skip
def test_reads_what_the_sentence_says(sentence: str, expected: dict[str, Any]) -> None:
    found = first(sentence)
    if "kind" not in expected:
        found.pop("kind", None)
    assert found == expected
