"""The sums of the inspector: each once, with what is known of it, each row leading to its words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bulletins.model import Amount, DateMention, Doubt, Evidence, Flow, Mentions, Place
from tui.inspection.deadlines import deadline_rows
from tui.inspection.grouping import gather_sums
from tui.inspection.rows import InspectorRow, wrapped
from tui.inspection.sums import sum_rows


def amount(start: int, value: int | None, **known: Any) -> Amount:
    known.setdefault("currency", "GBP")
    worth = None if value is None else Decimal(value)
    return Amount(f"{value}英镑", Place(start, start + 2, 0), value=worth, **known)


def said(start: int, value: str) -> Evidence:
    return Evidence(value, Place(start, start + len(value), 1), value)


def rows(mentions: Mentions, width: int = 28) -> list[InspectorRow]:
    return list(sum_rows(mentions, width))


def test_equal_sums_of_which_nothing_is_known_are_one_entry() -> None:
    found = Mentions(amounts=(amount(0, 5), amount(9, 7), amount(20, 5)))
    listed = [row for row in rows(found) if row.kind == "amount"]
    assert [(row.text, row.tail) for row in listed] == [("5英镑", "GBP 5 ×2"), ("7英镑", "GBP 7")]
    assert listed[0].places == (Place(0, 2, 0), Place(20, 22, 0))


def test_equal_cells_of_a_table_are_two_sums() -> None:
    found = Mentions(amounts=(amount(0, 5), amount(9, 7), amount(20, 5)))
    assert [entry.members for entry in gather_sums(found, {0})] == [(0,), (1,), (2,)]
    title = Amount("5英镑", Place(0, 3), "GBP", Decimal(5))
    headed = Mentions(amounts=(title, amount(0, 5)))
    assert [entry.members for entry in gather_sums(headed, {0})] == [(0, 1)]


def test_equal_sums_for_different_things_stay_apart() -> None:
    found = Mentions(
        amounts=(amount(0, 10), amount(9, 10)),
        flows=(Flow(0, purpose=said(0, "研究")), Flow(1, purpose=said(9, "培训"))),
    )
    assert len(gather_sums(found)) == 2


def test_the_title_names_a_sum_of_the_text_and_the_text_knows_more_of_it() -> None:
    title = Amount("10英镑", Place(0, 4), "GBP", Decimal(10))
    found = Mentions(
        amounts=(title, amount(0, 10), amount(9, 10)),
        flows=(
            Flow(0, (said(0, "某国"),)),
            Flow(1, (said(3, "某部"),), (said(6, "甲校"),)),
            Flow(2, (said(20, "某部"),), (said(26, "乙校"),)),
        ),
    )
    first, second = gather_sums(found)
    assert (first.members, second.members) == ((0, 1), (2,))
    assert first.flow.payer == (said(3, "某部"),)


def test_what_a_sum_is_per_tells_it_from_others() -> None:
    found = Mentions(amounts=(amount(0, 10), amount(9, 10, per="year")))
    assert len(gather_sums(found)) == 2


def test_a_repeat_in_other_figures_belongs_to_its_sum_and_is_shown() -> None:
    first, second = amount(0, 500), amount(30, 498)
    found = Mentions(
        amounts=(first, second),
        flows=(Flow(1, (said(3, "某部"),), relation="repeat", others=(0,)),),
    )
    (entry,) = gather_sums(found)
    assert (entry.members, entry.flow.payer, entry.flow.relation) == (
        (0, 1),
        (said(3, "某部"),),
        None,
    )
    other = next(row for row in rows(found) if row.text.startswith("="))
    assert (other.text, other.tail, other.places) == ("= 498英镑", "text", (second.place,))


def test_an_equivalent_stands_under_its_sum() -> None:
    dollars = Amount("6美元", Place(9, 12, 0), "USD", Decimal(6), equivalent_of=0)
    found = Mentions(amounts=(amount(0, 5), dollars))
    listed = rows(found)
    assert [row.text for row in listed if row.kind == "amount"] == ["5英镑"]
    under = next(row for row in listed if row.kind == "fact")
    assert (under.text, under.tail, under.places) == ("≈ 6美元", "USD 6", (dollars.place,))


def test_each_fact_leads_to_its_own_words() -> None:
    flow = Flow(
        0, (said(0, "某国能源部"),), (said(10, "某某大学量子研究中心"),), said(30, "研制传感器"),
        said(40, "grant"), said(50, "announced"), said(60, "2024-08"), "part", (1,),
    )  # fmt: skip
    whole = amount(90, 50)
    listed = rows(Mentions(amounts=(amount(0, 5), whole), flows=(flow,)))
    by_text = {row.text: row.places for row in listed}
    assert by_text["某国能源部"] == (flow.payer[0].place,)
    assert by_text["→ 某某大学量子研究中心"] == (flow.recipient[0].place,)
    assert flow.purpose and by_text["研制传感器"] == (flow.purpose.place,)
    assert flow.kind and flow.status and flow.date
    assert by_text["grant · announced"] == (flow.kind.place, flow.status.place, flow.date.place)
    assert by_text["part of GBP 50"] == (whole.place,)


def test_payer_and_recipient_share_a_row_that_is_wide_enough() -> None:
    flow = Flow(0, (said(0, "某部"),), (said(10, "某校"),))
    party = [
        row for row in rows(Mentions(amounts=(amount(0, 5),), flows=(flow,))) if row.kind == "party"
    ]
    assert [row.text for row in party] == ["某部 → 某校"]
    assert party[0].places == (flow.payer[0].place, flow.recipient[0].place)


def test_a_long_purpose_takes_three_rows_at_most() -> None:
    purpose = said(0, "支持面向高校毕业生的培训" * 9)
    listed = rows(Mentions(amounts=(amount(0, 5),), flows=(Flow(0, purpose=purpose),)))
    facts = [row for row in listed if row.kind == "fact"]
    assert len(facts) == 3 and facts[-1].text.endswith("…")


def test_sums_that_disagree_come_first() -> None:
    title = Amount("11英镑", Place(3, 7), "GBP", Decimal(11))
    found = Mentions(amounts=(title, amount(20, 1100000000)), doubts=(Doubt(0, 1),))
    blank, heading, first, second, *_ = rows(found, 28)
    assert (blank.kind, heading.kind) == ("blank", "heading")
    assert [(row.kind, row.lead, row.text) for row in (first, second)] == [
        ("doubt", "⚠", "title GBP 11"), ("doubt", "≠", "text GBP 1.1 bn"),
    ]  # fmt: skip
    assert (first.places, second.places) == ((title.place,), (found.amounts[1].place,))
    wide = rows(found, 41)[2]
    assert (wide.text, len(wide.places)) == ("title GBP 11 ≠ text GBP 1.1 bn", 2)


def test_what_a_sum_means_moves_to_a_row_of_its_own_before_it_is_cut() -> None:
    long = Amount("五百万至一千万欧元之间", Place(0, 11, 0), "EUR", Decimal(5), approximate=True)
    listed = [row for row in rows(Mentions(amounts=(long,)), 26) if row.kind == "amount"]
    assert [(row.text, row.tail) for row in listed] == [(long.text, ""), ("", "~EUR 5")]


def test_deadlines_are_listed_by_date_with_all_their_places() -> None:
    dates = (
        DateMention("9月30日", Place(0, 5, 0), "2024-09-30", deadline=True),
        DateMention("8月6日", Place(9, 13, 0), "2024-08-06"),
        DateMention("月底", Place(20, 22, 0), "", deadline=True),
        DateMention("9月底", Place(30, 33, 0), "2024-09-30", deadline=True),
        DateMention("9月1日", Place(40, 44, 0), "2024-09-01", deadline=True),
    )
    listed = list(deadline_rows(Mentions(dates=dates), 28))[2:]
    assert [(row.text, row.tail, len(row.places)) for row in listed] == [
        ("9月1日", "2024-09-01", 1), ("9月30日", "2024-09-30 ×2", 2), ("月底", "?", 1),
    ]  # fmt: skip
    assert list(deadline_rows(Mentions(dates=dates[1:2]), 28)) == []


def test_no_mention_of_money_no_section() -> None:
    assert rows(Mentions()) == []


@given(st.text("某国abc ，x", max_size=80), st.integers(4, 40), st.integers(1, 4))
def test_wrapped_rows_fit_and_a_cut_is_marked(text: str, width: int, most: int) -> None:
    shown = wrapped(text, width, most)
    assert len(shown) <= most
    assert all(cell_len(row) <= width for row in shown)
    whole = wrapped(text, width)
    assert shown == whole or shown[-1].endswith("…")


@st.composite
def mentions(draw: st.DrawFn) -> Mentions:
    size = draw(st.integers(1, 6))
    index = st.integers(0, size - 1)
    amounts = tuple(
        amount(10 * i, draw(st.sampled_from([5, 7, None])), equivalent_of=draw(st.none() | index))
        for i in range(size)
    )
    flows = tuple(
        Flow(
            i, draw(st.sampled_from([(), (said(0, "某部"),)])),
            relation=draw(st.sampled_from([None, "total", "part", "repeat", "equivalent"])),
            others=tuple(draw(st.lists(index, max_size=2))),
        )
        for i in draw(st.sets(index))
    )  # fmt: skip
    return Mentions(amounts=amounts, flows=tuple(sorted(flows, key=lambda flow: flow.amount)))


@given(mentions())
def test_every_sum_is_somewhere_exactly_once(found: Mentions) -> None:
    entries = gather_sums(found)
    listed = [i for entry in entries for i in (*entry.members, *entry.equivalents)]
    assert sorted(listed) == list(range(len(found.amounts)))
    assert [entry.members[0] for entry in entries] == sorted(entry.members[0] for entry in entries)
    rows(found)
