"""Sums and what is known of them in few words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bulletins.model import Amount, Doubt, Evidence, Flow, Place
from tui.inspection.wording import (
    doubt_words,
    normalised,
    parties,
    per_words,
    relation_words,
    status_words,
)


def amount(**known: object) -> Amount:
    return Amount("x", Place(0, 1, 0), **known)  # type: ignore[arg-type]


def pounds(text: str, value: int, place: Place | None = None) -> Amount:
    return Amount(text, place or Place(0, 1, 0), "GBP", Decimal(value))


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


def test_a_total_shows_its_parts_in_one_scale() -> None:
    amounts = [
        pounds("154亿", 154 * 10**8),
        pounds("114亿", 114 * 10**8),
        pounds("40亿", 40 * 10**8),
    ]
    assert relation_words(Flow(0, relation="total", others=(1, 2)), amounts) == (
        "total of 11.4 + 4 bn"
    )
    assert relation_words(Flow(1, relation="part", others=(0,)), amounts) == "part of GBP 15.4 bn"


def test_parts_that_can_not_be_added_up_are_counted() -> None:
    mixed = [pounds("a", 1), amount(currency="USD", value=Decimal(1)), amount(currency="USD")]
    assert relation_words(Flow(0, relation="total", others=(1, 2)), mixed) == "total of 2 sums"
    assert relation_words(Flow(0, relation="total", others=(1,)), mixed) == "includes USD 1"
    assert relation_words(Flow(0, relation="total"), mixed) == ""


def test_who_pays_whom() -> None:
    def named(*names: str) -> tuple[Evidence, ...]:
        return tuple(Evidence("x", Place(0, 1, 0), name) for name in names)

    assert parties(Flow(0, named("甲"), named("乙", "丙", "乙"))) == "甲 → 乙、丙"
    assert parties(Flow(0, named("甲"))) == "甲 →"
    assert parties(Flow(0, (), named("乙"))) == "→ 乙"
    assert parties(Flow(0)) == ""


def test_what_one_such_sum_is_for() -> None:
    assert per_words(amount(currency="USD", per="share")) == "per share"
    assert per_words(amount(currency="USD", per="kWh")) == "per kWh"
    assert per_words(amount(currency="USD")) == ""


def test_a_status_that_is_not_known_here_is_shown_as_it_is() -> None:
    assert status_words(Flow(0, status=Evidence("x", Place(0, 1, 0), "frozen"))) == "frozen"


def test_a_doubt_quotes_the_article_and_says_where() -> None:
    amounts = [pounds("11英镑", 11, Place(0, 4)), pounds("11亿英镑", 11 * 10**8)]
    assert doubt_words(Doubt(0, 1), amounts) == (
        "⚠ Two sums disagree: “11英镑” in the title, “11亿英镑” in the text"
    )
