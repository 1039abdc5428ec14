"""Who pays whom: what each sentence says, and nothing that it does not say."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.model import Article, Block, Flow, Mentions

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
            {
                "payer": [DOE],
                "recipient": ["普渡大学"],
                "purpose": "研制耐热合金",
                "status": "announced",
            },
        ),
        (
            "美国能源部向普渡大学拨款 3000 万美元，旨在改进焊接工艺。",
            {"payer": [DOE], "recipient": ["普渡大学"], "purpose": "改进焊接工艺", "kind": "grant"},
        ),
        (
            "欧盟委员会为 14 个团队资助 2.1 亿欧元，以支持海上风电研究。",
            {
                "payer": ["欧盟委员会"],
                "recipient": ["14 个团队"],
                "purpose": "海上风电研究",
                "kind": "grant",
            },
        ),
        (
            "英特尔公司将投资 40 亿欧元建设第二座晶圆厂。",
            {
                "payer": [INTEL],
                "purpose": "建设第二座晶圆厂",
                "kind": "investment",
                "status": "planned",
            },
        ),
        (
            "英特尔公司计划五年内投入 40 亿欧元，扩建波兰的封装厂。",
            {
                "payer": [INTEL],
                "purpose": "扩建波兰的封装厂",
                "kind": "investment",
                "status": "planned",
            },
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
            {
                "payer": [INTEL],
                "recipient": ["Lumivex公司"],
                "kind": "investment",
                "status": "paid",
            },
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
            "2024 年 8 月 6 日，美国能源部宣布，将依据《芯片法案》为普渡大学拨款 700 万美元。",
            {
                "payer": [DOE],
                "recipient": ["普渡大学"],
                "kind": "grant",
                "status": "announced",
                "date": "2024-08-06",
            },
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
            {
                "recipient": ["普渡大学"],
                "purpose": "改造实验室",
                "kind": "grant",
                "status": "planned",
            },
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
            "加拿大政府公布总额 24 亿加元的绿色航运投资方案。",
            {"payer": ["加拿大政府"], "status": "announced"},
        ),
        (
            "光子芯片公司 Lumivex 公司宣布完成 7000 万美元种子轮融资。",
            {"recipient": ["Lumivex公司"], "kind": "investment", "status": "paid"},
        ),
        (
            "美国能源部早在 2021 年 5 月就以 2100 万美元支持同类实验。",
            {"payer": [DOE], "purpose": "同类实验", "date": "2021-05"},
        ),
        (
            "美国能源部于 2024 年 5 月 2 日宣布，将拨款 300 万美元。",
            {"payer": [DOE], "kind": "grant", "status": "announced", "date": "2024-05-02"},
        ),
        (
            "美国能源部将在 2025 年修订规则，并向普渡大学提供 500 万美元。",
            {"payer": [DOE], "recipient": ["普渡大学"], "status": "planned"},
        ),
        (
            "西部微电子联盟将获 1870 万美元。",
            {"recipient": ["西部微电子联盟"], "status": "planned"},
        ),
        (
            "该法案中用于培训的 2 亿美元已用完。",
            {"purpose": "培训"},
        ),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else "",
)
def test_reads_what_the_sentence_says(sentence: str, expected: dict[str, Any]) -> None:
    found = first(sentence)
    if "kind" not in expected:
        found.pop("kind", None)
    assert found == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "英国 1500 万英镑资助海洋机器人初创公司",
            {"payer": ["英国"], "recipient": ["海洋机器人初创公司"], "kind": "grant"},
        ),
        ("加拿大 1.2 亿加元支持极地观测网络", {"payer": ["加拿大"], "purpose": "极地观测网络"}),
        (
            "美 NSF 投入 5 亿美元建设深海实验室",
            {"payer": ["NSF"], "purpose": "建设深海实验室", "kind": "investment"},
        ),
        (
            "英特尔公司追加 30 亿欧元在爱尔兰扩建工厂",
            {"payer": [INTEL], "purpose": "在爱尔兰扩建工厂"},
        ),
        (
            "美国能源部拟投资 3 亿美元资助普渡大学开展电池研究",
            {
                "payer": [DOE], "recipient": ["普渡大学"], "purpose": "开展电池研究",
                "kind": "investment", "status": "planned",
            },
        ),
        (
            "Lumivex 公司融资 6 亿美元",
            {"recipient": ["Lumivex公司"], "kind": "investment"},
        ),
    ],
)  # fmt: skip
def test_reads_titles(title: str, expected: dict[str, Any]) -> None:
    mentions = read("正文。", title=title)
    assert said(mentions.flows[0]) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "一台设备的成本约为 4 亿美元。",
        "5 亿美元微不足道。",
        "申请资金超过 1.5 亿美元的企业须提交方案。",
        "该措施每年可节约 11 亿欧元。",
        "管制使美国企业损失约 40 亿美元收入。",
        "英特尔公司的计划引起争议，涉及金额约 68 亿欧元。",
        "欧洲不足 1000 亿美元。",
        "这一数字高于美国能源部 3 月公布的 85 亿美元。",
        "协议金额在 3 亿美元以上。",
    ],
)
def test_guesses_nothing(sentence: str) -> None:
    assert first(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("美国能源部批准英特尔公司建设封装厂，投资约 33 亿美元。", "payer"),
        ("英特尔公司的供应商投资 5000 万美元。", "payer"),
        ("普渡大学与美国能源部的专家认为，投资 2 亿美元即可。", "payer"),
        ("台积电已带动 14 家供应商落户，合计投资 50 亿美元。", "payer"),
        ("国家增长基金设立于 2020 年，原定五年投入 200 亿欧元。", "date"),
        ("到 2030 年，英国将投入 20 亿英镑。", "date"),
        ("英特尔公司承诺在 2029 年之前投入 180 亿美元。", "date"),
        ("英特尔公司和三星电子公司表示，该公司将投入 3 亿美元。", "payer"),
        ("美国能源部向五个研发领域投入 16 亿美元。", "recipient"),
    ],
)
def test_leaves_a_field_empty_that_is_not_certain(sentence: str, absent: str) -> None:
    assert absent not in first(sentence)
