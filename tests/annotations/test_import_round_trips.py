"""What is exported comes back: whatever was typed, in every format that an import takes."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.documents import to_document
from annotations.exports import FORMATS
from annotations.exports.gathering import Selection
from annotations.files import dump
from annotations.imports.applying import apply_plan
from annotations.imports.plan import Plan, Wishes, issues_named, make_plan
from annotations.imports.reading import parse_import
from annotations.mention_values import mention_problem
from annotations.model import (
    CORRECTION_FIELDS,
    Annotation,
    ArticleRef,
    Body,
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    IssueRef,
    LinkBody,
    MentionBody,
    MentionValue,
    NoteBody,
    OtherBody,
    Selector,
    Target,
    new_annotation,
)
from annotations.store import Store
from bulletins.boundary import BOUNDARY_ACTS

RETURNING = [one.name for one in FORMATS.values() if one.returns]
ISSUES = (IssueRef("ab" * 32, "甲.txt", number="8"), IssueRef("cd" * 32, "乙.txt", title="快报"))
ARTICLES = (
    ArticleRef(
        "a1", "港口试用氢能拖船", "动态", 0, "三月中旬，一家港口公司开始试用。", 3, ("周远",)
    ),
    ArticleRef("a2", "简讯", position=1),
    None,
)
ODD = st.sampled_from(
    [
        "🚀👩‍🚀é",
        "𠮷野家",
        "一\r\n二\r三\n",
        "上\u2028下\u2029\x85",
        "表\t格",
        "\x1b[31m红\x1b[0m",
        "שלום عالم \u202eabc",
        "yes",
        "2024-08-06",
        "- [ ] 甲: #b",
        " 空 白 ",
        "\ufeff头\u200b",
        "x" * 400,
    ]
)
TEXTS = ODD | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
NAMES = st.sampled_from(["氢能", "AI", "ａｉ", "a/b", "电 池", "=1+1", "🚀"])
LINKED = st.builds(ArticleRef, st.just("a9"), TEXTS)
LINKS = st.builds(LinkBody, st.just("follows_up"), st.just(ISSUES[1]), LINKED, TEXTS)


VALUES = st.builds(MentionValue, st.just("CNY"), st.just(Decimal("3.50")))
ORGANIZATION, AMOUNT = st.just("organization"), st.just("amount")
SCOPE = st.sampled_from(["library", "article"])
MENTIONS = st.one_of(
    st.builds(MentionBody, st.just("reject"), ORGANIZATION, TEXTS, SCOPE),
    st.builds(MentionBody, st.just("rename"), ORGANIZATION, TEXTS, SCOPE, name=NAMES),
    st.builds(MentionBody, st.just("revalue"), AMOUNT, TEXTS, SCOPE, value=VALUES),
).filter(lambda body: mention_problem(body) is None)
Work = list[tuple[str, Body | str, int, int, Selector | None]]


@st.composite
def acts(draw: st.DrawFn) -> tuple[str, Body | str, int, int, Selector | None]:
    kind = draw(st.sampled_from(["tag", "star", "status", "put", "put", "edit", "delete"]))
    said: Body | str = draw(NAMES)
    if kind == "status":
        said = draw(st.sampled_from(["later", "reading", "reviewed"]))
    elif kind in ("put", "edit"):
        said = draw(
            st.one_of(
                TEXTS.map(NoteBody),
                st.builds(HighlightBody, TEXTS, TEXTS),
                LINKS,
                MENTIONS,
                st.builds(BoundaryBody, st.sampled_from(BOUNDARY_ACTS), TEXTS, TEXTS, TEXTS),
                st.builds(CorrectionBody, st.sampled_from(CORRECTION_FIELDS), TEXTS, TEXTS),
                TEXTS.map(lambda text: OtherBody("mood", {"later": [text, {"x": None}]})),
            )
        )
    span = None
    if draw(st.booleans()):
        quote = draw(TEXTS)
        start = draw(st.integers(0, 50))
        span = Selector(
            start, start + len(quote), quote, draw(st.none() | st.just(2)), "前", "后", 3
        )
    return kind, said, draw(st.integers(0, 1)), draw(st.integers(0, 2)), span


def filled(store: Store, work: Work) -> Store:
    """Do random work through the store's own methods; return one that reads it from the disk."""
    for kind, said, at, where, span in work:
        issue, article = ISSUES[at], ARTICLES[where]
        here = [one for one in store.annotations(issue.id) if one.target.article == article]
        if isinstance(said, str):
            if kind == "tag":
                store.tag(issue, article, said)
            elif kind == "star" and article:
                store.set_star(issue, article, True)
            elif kind == "status" and article:
                store.set_status(issue, article, said)  # type: ignore[arg-type]
            elif kind == "delete" and here:
                store.delete(here[0])
        elif kind == "edit" and here:
            store.put(replace(here[-1], body=said))
        else:
            new = new_annotation(said, issue, article)
            store.put(replace(new, target=Target(issue, article, span if article else None)))
    return Store(store.root, store.reviewer, store.device)


def exported(store: Store, form: str) -> str:
    found = tuple(store.everything())
    return FORMATS[form].export(
        Selection(found, store.tags(), store.reviewer, "2027-01-01T00:00:00Z")
    )


def planned(store: Store, text: str, wishes: Wishes | None = None) -> Plan:
    brought = parse_import(text)
    held = {issue: store.held(issue) for issue in issues_named(brought)}
    return make_plan(brought, held, store.tags(), store.reviewer, wishes or Wishes())


def take_in(store: Store, text: str, wishes: Wishes | None = None) -> Plan:
    plan = planned(store, text, wishes)
    assert apply_plan(plan, store) == ()
    return plan


def lines(annotations: tuple[Annotation, ...]) -> list[str]:
    return [dump(to_document(one)) for one in annotations]


@pytest.mark.parametrize("form", RETURNING)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(work=st.lists(acts(), min_size=1, max_size=10))
def test_an_empty_store_gets_the_same_annotations(form: str, work: Work) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = filled(Store(Path(folder) / "1", "王丽", "desk"), work)
        second = Store(Path(folder) / "2", "王丽", "laptop")
        text = exported(first, form)
        if not list(first.everything()):
            return
        plan = take_in(second, text)
        assert plan.problems == []
        for issue in ISSUES:
            assert lines(second.annotations(issue.id)) == lines(first.annotations(issue.id))
        # The same bytes again, and nothing to do a second time, on either side.
        assert exported(second, form) == text
        assert planned(second, text).changes == []
        assert planned(first, text).changes == []
        assert Store(second.root, "王丽", "laptop").problems() == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    work=st.lists(acts(), min_size=1, max_size=6),
    mine=st.lists(acts(), max_size=5),
    theirs=st.lists(acts(), max_size=5),
)
def test_nothing_typed_on_either_side_is_lost_and_a_second_time_changes_nothing(
    work: Work,
    mine: Work,
    theirs: Work,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = filled(Store(Path(folder) / "1", "王丽", "desk"), work)
        laptop = Store(Path(folder) / "2", "王丽", "laptop")
        if list(desk.everything()):
            take_in(laptop, exported(desk, "jsonl"))
        desk, laptop = filled(desk, theirs), filled(laptop, mine)
        if not list(desk.everything()):
            return
        before = {dump(to_document(one)["body"]) for one in laptop.everything()}
        text = exported(desk, "yaml")
        plan = take_in(laptop, text)
        updated = [one.before for one in plan.changes if one.sort == "update" and one.before]
        replaced = {dump(to_document(one)["body"]) for one in updated}
        after = {dump(to_document(one)["body"]) for one in laptop.everything()}
        assert before - replaced <= after
        skipped = {dump(to_document(one)["body"]) for one in (*plan.older, *plan.deleted_here)}
        came = {dump(to_document(one)["body"]) for one in desk.everything() if one.kind != "tag"}
        assert came - skipped <= after
        assert planned(laptop, text).changes == []
        assert not laptop.problems()


def test_two_sides_of_a_tie_both_come() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), "王丽", "desk")
        note = Annotation("n1", Target(ISSUES[0], ARTICLES[0]), NoteBody("甲"), "王丽", "a", 2)
        other = replace(note, body=NoteBody("乙"), device="b", versions=(("b", 2),))
        for form in RETURNING:
            text = FORMATS[form].export(Selection((note, other), reviewer="王丽"))
            take_in(store, text)
            assert {one.body for one in store.everything()} == {NoteBody("甲"), NoteBody("乙")}
            assert len(list(store.everything())) == 2


def test_tags_of_one_name_are_one_tag_and_bring_what_is_known_of_them(tmp_path: Path) -> None:
    text = """schema: kuaibao.export
version: 2
reviewer: 王丽
tags:
  - {name: 能源, id: t1, colour: green, key: e}
  - {name: ａｉ, id: t2, parent: t1, aliases: [t3]}
issues:
  - id: i
    articles:
      - title: 题
        id: a1
        tags: [ａｉ]
        records:
          - {kind: tag, tag: t3, name: ai, created: '2026-01-01T00:00:00Z', id: r1, revision: 1,
             device: desk, target: [i1, a1]}
    refs:
      i1: {id: i, file_name: f.txt, publication: null, number: null, title: null, date: null}
      a1: {id: a1, title: 题, section: '', position: 0, lead: '', page: 0, authors: [],
           date: null, sources: [], original_title: null}
"""
    empty = Store(tmp_path / "empty", "王丽", "desk")
    take_in(empty, text)
    parent, tag = empty.tags()
    if parent.name != "能源":
        parent, tag = tag, parent
    assert (parent.id, parent.colour, parent.key) == ("t1", "green", "e")
    assert (tag.id, tag.parent, tag.aliases) == ("t2", "t1", ("t3",))
    store = Store(tmp_path / "has", "王丽", "desk")
    store.tag(ISSUES[0], ARTICLES[0], "AI")
    own = store.tags()[0].id
    take_in(store, text)
    tags = {one.name: one for one in store.tags()}
    assert set(tags) == {"AI", "能源"}
    assert tags["AI"].id == own
    assert tags["AI"].aliases == ("t2", "t3")
    assert store.tag_counts()["AI"] == 2
