"""Names that stand in no list: companies by what they do, people, offices, laws, islands."""

from __future__ import annotations

import time

import pytest

from bulletins.mentions import Words, find_mentions, load_gazetteers
from bulletins.model import Article, Block

GAZETTEERS = load_gazetteers()
WORDS = Words()


def names(kind: str, text: str, words: Words | None = WORDS) -> set[str]:
    article = Article("a", "标题", 1, blocks=(Block("paragraph", text, 1),))
    found = find_mentions(article, GAZETTEERS, words).entities
    return {one.text for one in found if one.type == kind}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本轮由澜舟资本领投，昊峻创投跟投。", {"澜舟资本", "昊峻创投"}),
        ("昊峻生物宣布完成两轮融资。", {"昊峻生物"}),
        ("澜舟能源创始人在会上致辞。", {"澜舟能源"}),
        ("昊峻昂科（01999.HK）发布年报。", {"昊峻昂科"}),
        ("比亚迪、昊瑞微电子出席签约。", {"比亚迪", "昊瑞微电子"}),
        ("Meridia 宣布裁员。", {"Meridia"}),
        ("该院与 Halden 签署备忘录。", {"Halden"}),
        ("Tesma、Norvik 等跟投。", {"Tesma", "Norvik"}),
        ("中国电建与中核集团投标。", {"中国电建", "中核集团"}),
        ("滑铁卢大学物理和天文学系教授发言。", {"滑铁卢大学物理和天文学系"}),
        ("两校建立合作关系。", set()),
        ("丹佛联邦法院驳回申请。", {"丹佛联邦法院"}),
        ("加州水务委员会批准规划。", {"加州水务委员会"}),
        ("她任海洋观测委员会的共同主席。", {"海洋观测委员会"}),
        ("昊峻新能源科技（上海）有限公司成立。", {"昊峻新能源科技（上海）有限公司"}),
        ("国际太阳能联盟召开大会。", {"国际太阳能联盟"}),
        ("法国经济和财政部发表声明。", {"法国经济和财政部"}),
        ("合肥市委书记出席。", {"合肥市委"}),
        ("加政府公布预算。", {"加政府"}),
        ("诺斯罗普·格鲁曼公司投标。", {"诺斯罗普·格鲁曼公司"}),
        ("国有研究机构新材料技术推进组织（NMPO）受理申请。",
         {"新材料技术推进组织", "NMPO"}),
    ],
)  # fmt: skip
def test_organizations(sentence: str, expected: set[str]) -> None:
    assert names("organization", sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "智慧能源、绿色能源和数字能源成为热点。",
        "高端装备、新材料、生物医药等产业集聚。",
        "硅基材料、铝基材料等公司产品销量上升。",
        "风险投资、股权投资、产业投资等机构参与其中。",
        "全市完成工业投资增长一成。",
        "国产芯片宣布突破。",
        "由高校、企业共同组建联合体。",
    ],
)
def test_plain_words_are_no_companies(sentence: str) -> None:
    assert names("organization", sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("他和同事吴长远、罗海峰等合作。", {"吴长远", "罗海峰"}),
        ("院长冷学森介绍了进展。", {"冷学森"}),
        ("董事长田志明近期表示乐观。", {"田志明"}),
        ("财政部长勒布朗当天签字。", {"勒布朗"}),
        ("总理梅罗尼说，计划不变。", {"梅罗尼"}),
        ("总经理马上到任。", set()),
        ("新任主席克劳斯·高夫曼到访。", {"克劳斯·高夫曼"}),
        ("主席 K·拉杰什到访。", {"K·拉杰什"}),
        ("首相哈桑·易卜拉欣访问该市。哈桑表示支持。", {"哈桑·易卜拉欣"}),
        ("Veldt 等人提出了模型。", {"Veldt"}),
        ("由 John Marsh 和 Oksana Petrenko 发明。", {"John Marsh", "Oksana Petrenko"}),
    ],
)
def test_people(sentence: str, expected: set[str]) -> None:
    assert names("person", sentence) == expected


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"),
    [
        ("document", "今年修订的数据流通促进法正式生效。", {"数据流通促进法"}),
        ("document", "高等教育促进法学研究。", set()),
        ("place", "工厂位于威尔士安格尔西岛。", {"威尔士", "安格尔西岛"}),
        ("place", "厂址在德国埃尔福特（Erfurt）附近。", {"德国", "埃尔福特", "Erfurt"}),
        ("place", "该公司赢得捷克杜科瓦尼核电站合同。", {"捷克", "杜科瓦尼核电站"}),
        ("place", "探测器“雅典娜”倾倒。", set()),
        ("program", "阿里斯塔计划的预算增加。", {"阿里斯塔计划"}),
        ("program", "日本启动“登山”研发计划。", {"登山"}),
        ("program", "该战略有“三大任务”。", set()),
    ],
)
def test_other_names(kind: str, sentence: str, expected: set[str]) -> None:
    assert names(kind, sentence) == expected


@pytest.mark.soak  # a clock says nothing on a busy machine
@pytest.mark.parametrize("piece", ["资本、", "总理阿", "大学系", "在的岛", "A·中", "等企业、"])
def test_long_lines_take_linear_time(piece: str) -> None:
    line = piece * 20_000
    begun = time.process_time()
    names("organization", line, None)
    assert time.process_time() - begun < 6
