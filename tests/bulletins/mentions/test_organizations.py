"""Organizations by grammar: endings, parents, lists, Latin names."""

from __future__ import annotations

import pytest

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.model import Article, Block

GAZETTEERS = load_gazetteers()


def names(text: str) -> set[str]:
    article = Article("a", "标题", 1, blocks=(Block("paragraph", text, 1),))
    found = find_mentions(article, GAZETTEERS).entities
    return {one.text for one in found if one.type == "organization"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("其中欧洲投资银行提供贷款。", {"欧洲投资银行"}),
        ("爱尔兰国家半导体图书馆开放。", {"爱尔兰国家半导体图书馆"}),
        ("阿尔贝托（深圳）微电子有限公司成立。", {"阿尔贝托（深圳）微电子有限公司"}),
        ("韩国国家 AI 委员会召开会议。", {"韩国国家 AI 委员会"}),
        ("欧洲化学学会颁奖。", {"欧洲化学学会"}),
        ("芬兰铁路公司订购列车。", {"芬兰铁路公司"}),
        ("俄亥俄州能源局提供补贴。", {"俄亥俄州能源局"}),
        ("挪威内阁批准了方案。", {"挪威内阁"}),
        ("由普林斯顿大学与耶鲁大学牵头。", {"普林斯顿大学", "耶鲁大学"}),
        ("欧盟委员会和欧洲投资银行签署协议。", {"欧盟委员会", "欧洲投资银行"}),
        ("本轮由淡马锡、Hollis Grove 和 Norvik 领投。", {"淡马锡", "Hollis Grove", "Norvik"}),
        ("投资方包括 Norvik、贝莱德和 Kestrel Partners。",
         {"Norvik", "贝莱德", "Kestrel Partners"}),
        ("得到 Aurelia Foundation 的支持。", {"Aurelia Foundation"}),
        ("芬兰企业 Norvik 2020年成立。", {"Norvik"}),
        ("三星电子公司与安森美公司合作。", {"三星电子公司", "安森美公司"}),
        ("美国陆军作战能力发展司令部发布征集。", {"美国陆军作战能力发展司令部"}),
        ("NIST极紫外（EUV）中心开放。", {"NIST极紫外（EUV）中心"}),
        ("清华大学陈明、普渡大学李娜团队发现。", {"清华大学", "普渡大学"}),
    ],
)  # fmt: skip
def test_finds(sentence: str, expected: set[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "在欧盟数据中心建设中。",
        "谷歌母公司和其子公司。",
        "美国人工智能公司面临挑战。",
        "美国有少数公司。",
        "东京大学生参加比赛。",
        "美国银行业面临压力。",
        "温度高达数百度。",
        "日美团队用新方法。",
        "雷诺数很高。",
    ],
)
def test_marks_no_common_words(sentence: str) -> None:
    assert not names(sentence) - {"欧盟", "谷歌"}
