"""The inspector's rows: names grouped by what they mean, notes wrapped."""

from __future__ import annotations

from bulletins.model import Article, Entity, Mentions, Place
from tui.inspection import NoteLine, inspect_article


def test_forms_of_one_name_share_a_row_that_leads_to_each_place() -> None:
    places = [Place(0, 3, 0), Place(5, 8, 0), Place(2, 5, 1)]
    entities = tuple(
        Entity("organization", text, "美国国家科学基金会", place)
        for text, place in zip(["美国国家科学基金会", "NSF", "NSF"], places, strict=True)
    )
    article = Article("a", "题", 1, mentions=Mentions(entities=entities))
    named = [row for row in inspect_article(article, (), (), 30) if row.kind == "entity"]
    assert [row.text for row in named] == ["美国国家科学基金会 · NSF"]
    assert named[0].places == tuple(places)
    assert named[0].tail == "×3"


def test_a_form_that_differs_by_spaces_only_is_not_listed() -> None:
    entities = (
        Entity("organization", "Bloch 技术中心", "Bloch技术中心", Place(0, 10, 0)),
        Entity("organization", "Bloch", "Bloch技术中心", Place(20, 25, 0)),
    )
    article = Article("a", "题", 1, mentions=Mentions(entities=entities))
    (named,) = [row for row in inspect_article(article, (), (), 30) if row.kind == "entity"]
    assert named.text == "Bloch技术中心 · Bloch"


def test_one_name_of_two_types_stays_two() -> None:
    entities = (
        Entity("organization", "EDA", "经济发展管理局", Place(0, 3, 0)),
        Entity("technology", "EDA", "电子设计自动化", Place(9, 12, 0)),
    )
    article = Article("a", "题", 1, mentions=Mentions(entities=entities))
    named = [row for row in inspect_article(article, (), (), 30) if row.kind == "entity"]
    assert [(row.mention, row.text) for row in named] == [
        ("organization", "经济发展管理局 · EDA"),
        ("technology", "电子设计自动化 · EDA"),
    ]


def test_a_long_note_is_wrapped_and_every_row_leads_to_it() -> None:
    note = NoteLine("id", "2024-08-09 10:00", "第一段文字" * 10 + "\n第二段")
    article = Article("a", "题", 1)
    rows = [row for row in inspect_article(article, (), [note], 20) if row.kind == "note"]
    assert {row.subject for row in rows} == {"id"}
    assert "".join(row.text for row in rows[1:]) == "第一段文字" * 10 + "第二段"
