"""The inspector's rows: sums normalised, names grouped by what they mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bulletins.model import Amount, Article, Entity, Mentions, Place
from tui.inspection import NoteLine, inspect_article
from tui.inspection.wording import normalised


def amount(**known: object) -> Amount:
    return Amount("x", Place(0, 1, 0), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sum_", "written"),
    [
        (amount(currency="USD", value=Decimal("504000000")), "USD 504 M"),
        (amount(currency="EUR", value=Decimal("1234567")), "EUR 1.234567 M"),
        (amount(currency="JPY", value=Decimal(100), approximate=True), "~JPY 100"),
        (
            amount(currency="USD", low=Decimal("20000000000"), high=Decimal("30000000000")),
            "USD 20–30 bn",
        ),
        (amount(currency="EUR", low=Decimal(500000), high=Decimal(15000000)), "EUR 0.5–15 M"),
        (amount(currency="KRW", value=Decimal(622) * 10**12), "KRW 622 tn"),
        (amount(currency="USD", approximate=True), "~USD ?"),
        (amount(currency="USD", value=Decimal("0.5")), "USD 0.5"),
    ],
)
def test_sums_are_written_in_a_short_scale_exactly(sum_: Amount, written: str) -> None:
    assert normalised(sum_) == written


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
