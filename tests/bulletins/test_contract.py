"""The JSON that `kuaibao inspect` promises."""

from __future__ import annotations

import json
from decimal import Decimal

from bulletins.contract import to_json
from bulletins.model import (
    Amount,
    Article,
    Block,
    DateMention,
    Doubt,
    Entity,
    Evidence,
    Flow,
    Footnote,
    Issue,
    Mentions,
    Place,
    Quantity,
    Section,
)

ARTICLE = Article(
    id="a1",
    title="某国投入 1 亿美元",
    page=2,
    topic="芯片",
    authors=("张三",),
    date="2024-08-06",
    sources=("https://example.org/",),
    blocks=(
        Block("heading", "一、背景", 2, level=1),
        Block("table", "甲 | 1\n乙 | 2", 3, rows=(("甲", "1"), ("乙", "2"))),
    ),
    footnotes=(Footnote("1", "某注", (), 3, 0, 4), Footnote("2", "又一注", (), 3)),
    mentions=Mentions(
        amounts=(
            Amount("1 亿美元", Place(4, 9), "USD", value=Decimal("1E8")),
            Amount("3 至 4 欧元", Place(0, 7, 1), "EUR", low=Decimal("0.1"), high=Decimal("4.0")),
        ),
        quantities=(Quantity("12%", Place(0, 3, footnote=0), "percent", "%", Decimal("12.50")),),
        dates=(DateMention("8 月", Place(0, 3, 0), ""),),
        entities=(Entity("place", "某国", "某国", Place(0, 2)),),
        flows=(
            Flow(0, payer=(Evidence("某国", Place(0, 2), "某国"),), relation="part", others=(1,)),
        ),
        doubts=(Doubt(0, 1),),
    ),
)
ISSUE = Issue(
    "00ff", "期\udcff.txt", "general", 0.5, (Section("政策", (ARTICLE,)),), number="第8期"
)


def test_the_shape() -> None:
    issue = to_json(ISSUE)
    (article,) = issue["sections"][0]["articles"]
    assert set(issue) == {
        "id", "publication", "number", "date", "path", "style", "confidence", "sections",
    }  # fmt: skip
    assert set(article) >= {
        "id", "title", "topic", "authors", "date", "original_title", "sources", "blocks",
        "footnotes", "amounts", "quantities", "dates", "entities", "flows", "doubts",
    }  # fmt: skip
    assert article["blocks"][0] == {
        "kind": "heading", "text": "一、背景", "page": 2, "level": 1, "rows": None, "picture": None,
    }  # fmt: skip
    assert article["blocks"][1]["rows"] == [["甲", "1"], ["乙", "2"]]
    assert article["footnotes"][1]["block"] is None
    assert article["footnotes"][1]["offset"] is None


def test_places() -> None:
    (article,) = to_json(ISSUE)["sections"][0]["articles"]
    in_title, in_block = article["amounts"]
    assert in_title["block"] is None
    assert "footnote" not in in_title
    assert (in_block["block"], in_block["start"], in_block["end"]) == (1, 0, 7)
    assert article["quantities"][0]["footnote"] == 0
    assert article["dates"][0]["iso"] == ""


def test_a_flow_points_to_sums_and_words() -> None:
    (article,) = to_json(ISSUE)["sections"][0]["articles"]
    assert article["flows"] == [
        {
            "amount": 0,
            "payer": [{"value": "某国", "text": "某国", "block": None, "start": 0, "end": 2}],
            "recipient": [],
            "purpose": None,
            "kind": None,
            "status": None,
            "date": None,
            "relation": "part",
            "others": [1],
        }
    ]
    assert article["doubts"] == [{"amounts": [0, 1]}]


def test_numbers_are_whole_or_shortest() -> None:
    (article,) = to_json(ISSUE)["sections"][0]["articles"]
    whole, many = article["amounts"]
    assert json.dumps(whole["value"]) == "100000000"
    assert (many["value"], json.dumps(many["low"]), json.dumps(many["high"])) == (None, "0.1", "4")
    assert json.dumps(article["quantities"][0]["value"]) == "12.5"


def test_it_is_always_valid_utf_8() -> None:
    json.dumps(to_json(ISSUE), ensure_ascii=False).encode("utf-8")
