"""What holds for the flows of every text: exact words, one for a sum, symmetry, linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.mentions.flows import with_flows
from bulletins.mentions.view import view_of
from bulletins.model import (
    Amount,
    Article,
    Block,
    DateMention,
    Entity,
    EntityType,
    Evidence,
    Flow,
    Footnote,
    Mentions,
    Place,
)

GAZETTEERS = load_gazetteers()


def read(*blocks: str, title: str = "标题", notes: tuple[str, ...] = ()) -> Mentions:
    texts = tuple(Block("paragraph", text, 1) for text in blocks)
    footnotes = tuple(Footnote("1", text, (), 1) for text in notes)
    return find_mentions(
        Article("a", title, 1, date="2024-09-30", blocks=texts, footnotes=footnotes), GAZETTEERS
    )


def evidence(flow: Flow) -> list[Evidence]:
    single = [flow.purpose, flow.kind, flow.status, flow.date]
    return [*flow.payer, *flow.recipient, *(one for one in single if one)]


PIECES = [
    "美国能源部", "英特尔公司", "（Intel）", "普渡大学", "欧盟", "英国", "“地平线欧洲”", "计划",
    "该公司", "政府", "宣布", "将", "已", "向", "为", "由", "与", "和", "、", "其", "其中",
    "包括", "共同", "分别", "来自", "用于", "以支持", "旨在", "提供", "投资", "获得", "完成",
    "融资", "资助", "拨款", "收购", "授予", "预算为", "市场规模达", "售价", "签署", "承诺",
    "领投", "3 亿美元", "1.5亿欧元", "2000 万英镑", "4.5 亿美元", "数亿美元", "10 至 20 亿日元",
    "（约 3 亿美元）", "£10 million", "的", "贷款", "补贴", "研究所", "2024年8月6日",
    "2025 财年", "，", "。", "；", "：", "（", "）", "《", "》", "“", "”", " ", "\n", "\ue000",
    "\ue005", "总额", "合计", "约", "最高",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(deadline=None, max_examples=250)
@given(TEXTS, st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=1))
def test_flows_of_any_text_are_exact(title: str, blocks: list[str], notes: list[str]) -> None:
    mentions = read(*blocks, title=title, notes=tuple(notes))
    amounts = mentions.amounts
    assert [flow.amount for flow in mentions.flows] == sorted(
        {flow.amount for flow in mentions.flows}
    )
    of = {flow.amount: flow for flow in mentions.flows}
    for flow in mentions.flows:
        home = amounts[flow.amount].place
        for one in evidence(flow):
            place = one.place
            assert (place.block, place.footnote) == (home.block, home.footnote)
            source = title if place.block is None else blocks[place.block]
            source = notes[place.footnote] if place.footnote is not None else source
            assert one.text and source[place.start : place.end] == one.text
            assert one.value
        assert (flow.relation is None) == (not flow.others)
        assert flow.amount not in flow.others
        for other in flow.others:
            assert 0 <= other < len(amounts)
            if flow.relation == "total":
                assert of[other].relation == "part" and of[other].others == (flow.amount,)
            if flow.relation == "part":
                assert of[other].relation == "total" and flow.amount in of[other].others
            if flow.relation == "repeat":
                assert other < flow.amount
                assert amounts[other].currency == amounts[flow.amount].currency
    for doubt in mentions.doubts:
        assert amounts[doubt.first].place.block is None
        assert amounts[doubt.second].place.block is not None


@st.composite
def random_mentions(draw: st.DrawFn) -> tuple[Article, Mentions]:
    """Draw an article and mentions that stand anywhere in it, over each other as well."""
    texts = [draw(TEXTS.filter(bool)) for _ in range(draw(st.integers(1, 3)))]

    def place() -> Place:
        block = draw(st.integers(0, len(texts) - 1))
        start = draw(st.integers(0, len(texts[block]) - 1))
        return Place(start, draw(st.integers(start + 1, len(texts[block]))), block)

    def text_at(where: Place) -> str:
        assert where.block is not None
        return texts[where.block][where.start : where.end]

    amounts: list[Amount] = []
    for _ in range(draw(st.integers(0, 6))):
        where = place()
        value = draw(st.none() | st.decimals(0, 10**13, places=2))
        restated = draw(st.none() | st.integers(0, 7))
        amounts.append(Amount(text_at(where), where, "USD", value=value, equivalent_of=restated))
    places = [place() for _ in range(draw(st.integers(0, 8)))]
    types: list[EntityType] = ["organization", "place", "program", "document", "person"]
    entities = tuple(
        Entity(draw(st.sampled_from(types)), text_at(one), draw(st.sampled_from("甲乙丙")), one)
        for one in places
    )
    where = place()
    dates = (DateMention(text_at(where), where, draw(st.sampled_from(["", "2024"]))),)
    blocks = tuple(Block("paragraph", text, 1) for text in texts)
    article = Article("a", "标题", 1, blocks=blocks)
    return article, Mentions(tuple(amounts), (), dates, entities)


@settings(deadline=None, max_examples=200)
@given(random_mentions())
def test_no_mentions_can_break_the_reading(drawn: tuple[Article, Mentions]) -> None:
    article, mentions = drawn
    views = [view_of(block.text) for block in article.blocks]
    found = with_flows(article, view_of(article.title), views, mentions)
    assert len({flow.amount for flow in found.flows}) == len(found.flows)
    for flow in found.flows:
        for one in evidence(flow):
            assert one.place.block is not None
            source = article.blocks[one.place.block].text
            assert source[one.place.start : one.place.end] == one.text


@pytest.mark.soak  # a clock says nothing on a busy machine
@pytest.mark.parametrize(
    "text",
    [
        "美国能源部向英特尔公司提供 3 亿美元，用于建设工厂。" * 4_000,
        "美国能源部向英特尔公司提供 3 亿美元和" * 5_000,
        "投资 5 亿美元，" * 12_000,
        "超超过超过约近" * 14_000 + "5 亿美元",
        "将已拟宣布" * 20_000 + "投资 5 亿美元",
        "5亿美元" * 20_000,
        "1亿美元，其中" * 12_000,
        "英国、" * 30_000 + "投资 5 亿美元",
        "向为给对" * 25_000 + "提供 5 亿美元" * 2_000,
        "（约 5 亿美元）" * 10_000,
        "据" * 60_000 + "5 亿美元",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    read(text, title="5 亿美元")
    assert time.process_time() - started < 10
