"""What holds for every text: exact offsets, no overlaps, linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.mentions import find_mentions, load_gazetteers
from bulletins.mentions.view import view_of
from bulletins.model import Article, Block, Footnote, Mentions, Place

GAZETTEERS = load_gazetteers()
PIECES = [
    "美国", "商务部", "国家科学基金会", "（NSF）", "（", "）", "《", "》", "芯片法案",
    "“", "”", "计划", " ", "\n", "  ", "5.04 亿美元", "200 到 300 亿",
    "数十亿美元", "约", "12", "3.5%", "-271℃", "2024年8月6日", "8 月 6 日",
    "的", "和", "与", "普渡大学", "SK 海力士", "公司", "NASA",
    "Oxford Ionics", "杰克·沙利文", "Jake Sullivan", "部长", "中美", "对华",
    "量子计算", "𠀀", "é", "１２", "\u200b", "|", "研究所", "发表在",
    "Nature", "文章标题：", "A study of things", "，", "。", "1-", "元",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(max_size=60),
)


def article(title: str, blocks: list[str], notes: list[str]) -> Article:
    return Article(
        "a", title, 1,
        blocks=tuple(Block("paragraph", text, 1) for text in blocks),
        footnotes=tuple(Footnote("1", text, (), 1) for text in notes),
    )  # fmt: skip


def text_of(one: Article, place: Place) -> str:
    if place.footnote is not None:
        return one.footnotes[place.footnote].text
    return one.title if place.block is None else one.blocks[place.block].text


def spans(mentions: Mentions, kind: str) -> dict[tuple[int | None, int | None], list[Place]]:
    grouped: dict[tuple[int | None, int | None], list[Place]] = {}
    for one in getattr(mentions, kind):
        grouped.setdefault((one.place.block, one.place.footnote), []).append(one.place)
    return grouped


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=2))
def test_offsets_are_exact_and_nothing_overlaps(
    title: str, blocks: list[str], notes: list[str]
) -> None:
    one = article(title, blocks, notes)
    mentions = find_mentions(one, GAZETTEERS)
    for kind in ("amounts", "quantities", "dates", "entities"):
        for mention in getattr(mentions, kind):
            place = mention.place
            assert 0 <= place.start < place.end
            assert text_of(one, place)[place.start : place.end] == mention.text
        for places in spans(mentions, kind).values():
            assert all(a.end <= b.start for a, b in pairwise(places))
    assert all(entity.place.footnote is None for entity in mentions.entities)
    identities = {(one.type, one.canonical): one.identity for one in mentions.entities}
    assert all(identities[one.type, one.canonical] == one.identity for one in mentions.entities)
    assert mentions == find_mentions(one, GAZETTEERS)


@given(TEXTS)
def test_a_view_gives_back_every_character(text: str) -> None:
    view = view_of(text)
    assert len(view.text) == len(view.offsets)
    assert list(view.offsets) == sorted(set(view.offsets))
    for index in range(len(view.text)):
        start, end = view.span(index, index + 1)
        assert end == start + 1
        kept = text[start]
        assert view.text[index] == kept or not kept.isascii()


@pytest.mark.soak  # a clock says nothing on a busy machine
@pytest.mark.parametrize(
    "text",
    [
        "投资5.04亿美元，" * 10_000, "1" * 200_000, "（" * 50_000, "（）" * 30_000, "《" * 50_000,
        "https://example.org/" + "a-b.c/" * 30_000, "Ab Cd " * 30_000, "Aa" * 50_000 + "-",
        "十百千万亿" * 20_000,
        "和研究所与大学的公司" * 5_000, "杰·" * 30_000, "1-" * 50_000, "5 " * 50_000,
        "国家实验室（NSF）" * 5_000, "".join(f"《书{n}》" for n in range(10_000)), " " * 200_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    find_mentions(article("标题", [text], []), GAZETTEERS)
    assert time.process_time() - started < 8


@pytest.mark.soak  # a clock says nothing on a busy machine
@pytest.mark.parametrize(
    "piece",
    [
        "Alpha Beta of gamma ", "NSF NASA ", "公司Abc", "A（B）", "领投A、", "研究中心", "美国",
        "和大学", "委员会与", "国家AI", "武汉）", "（武汉）", "开设大学", "美国商务部（DOC）",
    ],
)  # fmt: skip
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    def seconds(length: int) -> float:
        one = article("标题", [(piece * (length // len(piece) + 1))[:length]], [])
        spent = []
        for _ in range(2):
            started = time.process_time()
            find_mentions(one, GAZETTEERS)
            spent.append(time.process_time() - started)
        return min(spent)

    assert seconds(24_000) < 3.5 * seconds(12_000) + 0.1
