"""Corrections of mentions are kept like all of the reader's work: restart, devices, reissues."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchors import ArticleKey
from annotations.documents import from_document, to_document
from annotations.exports.gathering import Selection
from annotations.exports.yaml import export
from annotations.mention_values import mention_problem, number_of, read_value, written_number
from annotations.model import (
    MENTION_ACTS,
    MENTION_SCOPES,
    MENTION_TYPES,
    Annotation,
    ArticleRef,
    IssueRef,
    MentionBody,
    MentionValue,
    OtherBody,
    Selector,
    StoreError,
    Target,
    new_annotation,
)
from annotations.placing import IssueKey, Placing
from annotations.store import Store
from bulletins.sources.plain import plain
from tests.annotations.looking import reopened

HERE = Selector(3, 6, "港务局", block=0, prefix="八月，", suffix="宣布新船", page=3)
THERE = Selector(20, 23, "港务局", block=2, prefix="其后，", suffix="表示满意", page=3)
REJECT = MentionBody("reject", "organization", "港务局", "library")


def bodies(store: Store) -> list[object]:
    return [one.body for one in store.mention_corrections()]


def test_a_correction_is_there_after_a_restart_and_gone_when_taken_back(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    kept = store.correct_mention(issue, article, HERE, REJECT)
    assert (kept.kind, kept.target.selector) == ("correction", HERE)
    assert reopened(store).mention_corrections() == (kept,)
    assert store.take_back_mention(kept)
    assert reopened(store).mention_corrections() == ()
    assert not store.take_back_mention(kept)


def test_what_is_said_again_of_the_same_revises_it(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    first = store.correct_mention(issue, article, HERE, REJECT)
    assert store.correct_mention(issue, article, HERE, REJECT) == first
    named = replace(REJECT, act="rename", name=" 海港  管理局 ")
    elsewhere = replace(issue, id="cd" * 32, file_name="九月.txt")
    second = store.correct_mention(elsewhere, other, THERE, named)
    assert (second.id, second.revision) == (first.id, 2)
    assert second.target == first.target
    assert bodies(store) == [replace(REJECT, act="rename", name="海港 管理局")]
    store.take_back_mention(second)
    third = store.correct_mention(issue, article, HERE, REJECT)
    assert (third.id, third.deleted) == (first.id, False)


def test_each_scope_and_each_place_is_a_correction_of_its_own(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    here = replace(REJECT, scope="here")
    at_one = store.correct_mention(issue, article, HERE, here)
    store.correct_mention(issue, article, THERE, here)
    store.correct_mention(issue, article, HERE, replace(REJECT, scope="article"))
    store.correct_mention(issue, other, HERE, replace(REJECT, scope="article"))
    store.correct_mention(issue, article, HERE, REJECT)
    assert len(bodies(store)) == 5
    moved = replace(HERE, start=9, end=12)  # the same words around it: the same place
    again = store.correct_mention(issue, article, moved, replace(here, act="accept"))
    assert (again.id, len(bodies(store))) == (at_one.id, 5)
    assert store.take_back_mention(again)
    assert len(bodies(store)) == 4


def test_two_devices_that_did_not_know_of_each_other_are_taken_back_together(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    apart = Store(store.root.parent / "elsewhere", "王丽", "laptop")
    store.correct_mention(issue, article, HERE, REJECT)
    apart.correct_mention(issue, article, HERE, replace(REJECT, act="accept"))
    folder = "annotations/王丽/laptop"
    shutil.copytree(apart.root / folder, store.root / folder)
    assert [body.act for body in bodies(store)] == ["reject", "accept"]  # type: ignore[attr-defined]
    store.take_back_mention(store.mention_corrections()[-1])
    assert bodies(store) == bodies(laptop) == []


def test_only_files_with_corrections_are_read(
    store: Store, issue: IssueRef, article: ArticleRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        store.set_star(replace(issue, id=f"{number:064x}"), article, True)
    store.correct_mention(issue, article, HERE, REJECT)
    store.summaries()
    again = reopened(store)
    again.summaries()
    read: list[str] = []
    work = again._folder.work
    monkeypatch.setattr(
        again._folder, "work", lambda name, **look: read.append(name) or work(name, **look)
    )
    again.mention_corrections()
    again.mention_corrections()
    assert read == [issue.id]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(REJECT, form=" "),
        replace(REJECT, act="retype"),
        replace(REJECT, act="rename"),
        replace(REJECT, act="revalue"),
        replace(REJECT, name="名"),
        replace(REJECT, act="retype", type="amount"),
        replace(REJECT, act="add", mention="amount"),
        replace(REJECT, act="revalue", mention="date", value=MentionValue(iso="八月")),
        replace(REJECT, act="revalue", mention="amount", value=MentionValue("元", Decimal(1))),
        replace(REJECT, act="revalue", value=MentionValue("EUR", Decimal(1))),
    ],
)
def test_what_does_not_fit_together_is_refused(
    store: Store, issue: IssueRef, article: ArticleRef, wrong: MentionBody
) -> None:
    with pytest.raises(StoreError):
        store.correct_mention(issue, article, HERE, wrong)
    assert bodies(store) == []


def test_an_unknown_act_of_a_later_version_is_kept_as_it_is(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    kept = store.correct_mention(issue, article, HERE, REJECT)
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["annotations"]["1"]["body"]["act"] = "ponder"
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    again = reopened(store)
    (one,) = again.annotations(issue.id)
    assert isinstance(one.body, OtherBody)
    assert one.kind == "correction"
    assert again.mention_corrections() == ()
    assert again.problems() == ()
    again.correct_mention(issue, article, THERE, replace(REJECT, scope="here"))
    table = json.loads(path.read_text(encoding="utf-8"))["annotations"]
    assert [row["body"]["act"] for row in table.values()] == ["ponder", "reject"]
    assert kept.id == table["1"]["id"]


def test_corrections_follow_a_reissued_file(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    here = store.correct_mention(issue, article, HERE, replace(REJECT, scope="here"))
    new = replace(issue, id="ef" * 32)
    key = ArticleKey("other id", article.title, article.lead)
    placing = Placing(store)
    works = placing.update([IssueKey(new.id, new.file_name, articles=(key,))], whole=True)
    assert works[new.id].articles["other id"].mentions == (here,)
    assert placing.mention_corrections == (here,)
    ref = replace(article, id="other id")
    revised = store.correct_mention(new, ref, HERE, replace(REJECT, act="accept", scope="here"))
    assert revised.id == here.id
    assert len(store.mention_corrections()) == 1


def test_the_export_lists_them_for_people_and_for_an_import(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    value = MentionValue("EUR", Decimal("1500000.50"))
    body = MentionBody("revalue", "amount", "150万欧元", "here", value=value)
    selector = replace(HERE, exact="150 万欧元", footnote=2, block=None)
    kept = store.correct_mention(issue, article, selector, body)
    everything = tuple(store.everything())
    text = export(Selection(everything, store.tags(), reviewer="王丽"))
    (entry,) = yaml.safe_load(text)["issues"][0]["articles"][0]["mentions"]
    assert entry["quote"] == "150 万欧元"
    assert entry["correction"] == {
        "act": "revalue",
        "mention": "amount",
        "form": "150万欧元",
        "scope": "here",
        "value": {"unit": "EUR", "value": "1500000.50"},
    }
    assert entry["place"]["footnote"] == 2
    assert (entry["record"]["id"], entry["record"]["revision"]) == (kept.id, 1)
    assert "records" not in yaml.safe_load(text)["issues"][0]["articles"][0]


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
NUMBERS = st.none() | st.decimals(-(10**15), 10**15, places=2)


@given(
    st.builds(
        MentionBody,
        st.sampled_from(MENTION_ACTS),
        st.sampled_from(MENTION_TYPES),
        LINES,
        st.sampled_from(MENTION_SCOPES),
        st.none() | st.sampled_from(MENTION_TYPES),
        st.just("") | LINES,
        st.none() | st.builds(MentionValue, st.just("EUR"), NUMBERS, NUMBERS, NUMBERS),
    )
)
def test_documents_read_back(body: MentionBody) -> None:
    target = Target(IssueRef("ef" * 32, "x.txt"), ArticleRef("a", "题"), HERE)
    whole = replace(new_annotation(body, target.issue), target=target, revision=1)
    if mention_problem(body):
        return
    read: Annotation = from_document(to_document(whole))
    assert isinstance(read.body, MentionBody)
    assert (read.body.form, read.body.name) == (plain(body.form), plain(body.name))
    assert replace(read.body, form=body.form, name=body.name) == body
    assert from_document(to_document(read)) == read


@pytest.mark.parametrize(
    ("typed", "unit", "value", "low", "high"),
    [
        ("USD 504 M", "USD", 504_000_000, None, None),
        ("~EUR 0.5–15 M", "EUR", None, 500_000, 15_000_000),
        ("1,000", "CNY", 1000, None, None),
        ("5.5亿 美元", "USD", 550_000_000, None, None),
        ("3 tn jpy", "JPY", 3 * 10**12, None, None),
    ],
)
def test_sums_are_read_as_people_type_them(
    typed: str, unit: str, value: int | None, low: int | None, high: int | None
) -> None:
    numbers = [None if one is None else Decimal(one) for one in (value, low, high)]
    assert read_value("amount", typed, "CNY") == MentionValue(unit, *numbers)


@pytest.mark.parametrize("typed", ["", "x", "XYZ 5", "USD 5 EUR", "5-3 EUR", "1e9 EUR", "9" * 300])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(StoreError):
        read_value("amount", typed, "CNY")


@pytest.mark.parametrize("typed", ["2024-13", "2024/2025/2026", "/" * 100_000, "去年", "2024-Q5"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(StoreError):
        read_value("date", typed)


def test_a_measure_keeps_its_unit_and_numbers_their_digits() -> None:
    assert read_value("quantity", "-271 ℃") == MentionValue("℃", Decimal(-271))
    assert read_value("quantity", "5.50", "m") == MentionValue("m", Decimal("5.50"))
    assert written_number(number_of("5.50")) == "5.50"
    assert number_of("1e999999999") is None
