"""Disagreements and what is decided upon them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.adjudication import BOTH, KIND, NEITHER, is_settled, settle
from annotations.anchors import ArticleKey
from annotations.disagreement import Question, questions
from annotations.documents import from_document, to_document
from annotations.model import (
    Annotation,
    ArticleRef,
    HighlightBody,
    IssueRef,
    OtherBody,
    Target,
    new_annotation,
)
from annotations.others import OtherReviewer
from annotations.placing import IssueKey, Shelves
from annotations.reviews import Review, review_of
from annotations.spans import span_selector
from annotations.store import Store
from bulletins.model import Article, Block

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "三月中旬，一家港口公司开始试用两艘以氢为燃料的拖船，每艘造价约一千二百万。"
ARTICLE = Article("a1", "港口试用氢能拖船", 1, blocks=(Block("paragraph", TEXT, 1),))
REF = ArticleRef("a1", "港口试用氢能拖船", lead=TEXT)
ISSUE = IssueRef("ab" * 32, "轻材料-08.txt")
KEY = IssueKey(ISSUE.id, ISSUE.file_name, articles=(ArticleKey("a1", REF.title, TEXT),))


def mark(store: Store, start: int, end: int, colour: str = "yellow") -> Annotation:
    made = new_annotation(HighlightBody(colour), ISSUE, REF)
    selector = span_selector(ARTICLE, 0, start, end)
    return store.put(replace(made, target=Target(ISSUE, REF, selector)))


@pytest.fixture
def people(tmp_path: Path) -> dict[str, Store]:
    return {name: Store(tmp_path, name, "desk") for name in ("lin", "shen", "chief")}


def asked(people: dict[str, Store], *names: str) -> tuple[Question, ...]:
    """What is in dispute between these, as it is read from their folders."""
    reviews: dict[str, Review] = {}
    for name in names:
        one = read(people[name])
        work = one.works.get(ISSUE.id)
        if work and "a1" in work.articles:
            review = review_of(work.articles["a1"], work.anchors)
            if review is not None:
                reviews[name] = review
    return questions(reviews)


def read(store: Store) -> OtherReviewer:
    shelves = Shelves()
    shelves.add(KEY)
    one = OtherReviewer(store.root, store.reviewer, lambda _, __: ARTICLE)
    one.read(shelves)
    return one


def decisions(store: Store) -> list[Annotation]:
    return read(store).of_kind(ISSUE.id, KIND).get("a1", [])


def marked(store: Store) -> set[tuple[str, str]]:
    return {
        (one.target.selector.exact, one.body.colour)
        for one in store.annotations(ISSUE.id)
        if isinstance(one.body, HighlightBody) and one.target.selector
    }


class TestQuestions:
    def test_tags_statuses_and_passages(self, people: dict[str, Store]) -> None:
        lin, shen = people["lin"], people["shen"]
        for store in (lin, shen):
            store.tag(ISSUE, REF, "氢能")
        lin.tag(ISSUE, REF, "航运")
        shen.tag(ISSUE, REF, "ＡＩ")
        lin.tag(ISSUE, REF, "ai")
        lin.set_status(ISSUE, REF, "reviewed")
        shen.set_status(ISSUE, REF, "skipped")
        mark(lin, 0, 4)
        mark(shen, 0, 4)
        mark(lin, 5, 11)
        mark(shen, 8, 15)
        mark(lin, 14, 20)
        tags, status, passage = asked(people, "lin", "shen")
        assert [side.tags for side in tags.sides] == [("航运",), ()]
        assert [side.status for side in status.sides] == ["reviewed", "skipped"]
        assert [len(side.spans) for side in passage.sides] == [2, 1]
        assert passage.range() == (0, 5, 20)

    def test_another_colour_is_another_meaning(self, people: dict[str, Store]) -> None:
        mark(people["lin"], 0, 4, "yellow")
        mark(people["shen"], 0, 4, "blue")
        assert [one.about for one in asked(people, "lin", "shen")] == ["passage"]

    def test_who_did_not_review_the_article_has_no_say(self, people: dict[str, Store]) -> None:
        people["lin"].tag(ISSUE, REF, "氢能")
        people["shen"].tag(ISSUE, ArticleRef("zz", "别处"), "氢能")
        assert asked(people, "lin", "shen") == ()
        people["shen"].mark_opened(ISSUE, REF)
        assert [one.about for one in asked(people, "lin", "shen")] == ["tags"]


class TestDecisions:
    def test_a_choice_becomes_the_adjudicators_own_work(self, people: dict[str, Store]) -> None:
        lin, shen, chief = people.values()
        lin.tag(ISSUE, REF, "航运")
        shen.tag(ISSUE, REF, "政策")
        lin.set_status(ISSUE, REF, "reviewed")
        shen.set_status(ISSUE, REF, "skipped")
        theirs = mark(lin, 5, 11)
        mark(shen, 8, 15, "blue")
        for question in asked(people, "lin", "shen"):
            assert not is_settled(question, decisions(chief), "chief")
            settle(chief, ISSUE, REF, ARTICLE, question, "lin")
            assert is_settled(question, decisions(chief), "chief")
        own = chief.annotations(ISSUE.id)
        assert [one.body.name for one in own if one.kind == "tag"] == ["航运"]  # type: ignore[union-attr]
        assert [one.body.status for one in own if one.kind == "status"] == ["reviewed"]  # type: ignore[union-attr]
        (copy,) = [one for one in own if one.kind == "highlight"]
        assert copy.extra["adjudicated"]["annotation"] == theirs.id
        assert marked(chief) == {(TEXT[5:11], "yellow")}
        assert from_document(to_document(copy)) == copy
        assert {one.reviewer for one in own} == {"chief"}

    def test_is_one_operation_that_undo_takes_back(self, people: dict[str, Store]) -> None:
        lin, shen, chief = people.values()
        lin.tag(ISSUE, REF, "航运")
        shen.tag(ISSUE, REF, "政策")
        (question,) = asked(people, "lin", "shen")
        settle(chief, ISSUE, REF, ARTICLE, question, BOTH)
        assert {one.body.name for one in chief.annotations(ISSUE.id) if one.kind == "tag"} == {  # type: ignore[union-attr]
            "航运", "政策",
        }  # fmt: skip
        done = chief.undo()
        assert done is not None
        assert done.label == "adjudicate"
        assert chief.annotations(ISSUE.id) == ()
        assert not is_settled(question, decisions(chief), "chief")

    def test_neither_is_kept_as_a_choice_too(self, people: dict[str, Store]) -> None:
        lin, shen, chief = people.values()
        mark(lin, 0, 4)
        shen.mark_opened(ISSUE, REF)
        (question,) = asked(people, "lin", "shen")
        made = settle(chief, ISSUE, REF, ARTICLE, question, NEITHER)
        assert isinstance(made.body, OtherBody)
        assert made.body.data["said"] == {"lin": [f"yellow: {TEXT[0:4]}"], "shen": []}
        assert marked(chief) == set()
        assert is_settled(question, decisions(chief), "chief")

    def test_what_changes_afterwards_is_asked_again(self, people: dict[str, Store]) -> None:
        lin, shen, chief = people.values()
        lin.tag(ISSUE, REF, "航运")
        shen.mark_opened(ISSUE, REF)
        (question,) = asked(people, "lin", "shen")
        settle(chief, ISSUE, REF, ARTICLE, question, "shen")
        lin.tag(ISSUE, REF, "政策")
        (question,) = asked(people, "lin", "shen")
        assert not is_settled(question, decisions(chief), "chief")

    def test_the_same_words_at_two_places_are_two_questions(self, people: dict[str, Store]) -> None:
        lin, shen, chief = people.values()
        twice = [at for at in range(len(TEXT)) if TEXT.startswith("一", at)]
        for at in twice:
            mark(lin, at, at + 1)
        shen.mark_opened(ISSUE, REF)
        first, second, *_ = asked(people, "lin", "shen")
        settle(chief, ISSUE, REF, ARTICLE, first, "shen")
        made = decisions(chief)
        assert [is_settled(one, made, "chief") for one in (first, second)] == [True, False]

    def test_one_of_two_may_decide(self, people: dict[str, Store]) -> None:
        """Who keeps their own is not asked again; who takes the other's has it in place of it."""
        lin, shen, _ = people.values()
        mark(lin, 0, 4)
        mark(shen, 2, 8, "green")
        (question,) = asked(people, "lin", "shen")
        settle(lin, ISSUE, REF, ARTICLE, question, "lin")
        assert is_settled(question, decisions(lin), "lin")
        assert marked(lin) == {(TEXT[0:4], "yellow")}
        settle(lin, ISSUE, REF, ARTICLE, question, "shen")
        assert marked(lin) == {(TEXT[2:8], "green")}
        assert asked(people, "lin", "shen") == ()


@pytest.mark.parametrize("own", ["chief", "shen"])
@pytest.mark.parametrize("turn", range(4))
def test_all_is_decided_one_after_the_other_until_none_is_left(
    people: dict[str, Store], own: str, turn: int
) -> None:
    """Whatever is chosen, each decision leaves less to decide, and undo brings all of it back."""
    lin, shen = people["lin"], people["shen"]
    lin.tag(ISSUE, REF, "航运")
    shen.tag(ISSUE, REF, "氢能")
    lin.set_status(ISSUE, REF, "reviewed")
    shen.set_status(ISSUE, REF, "later")
    for store, start, end, colour in (
        (lin, 0, 4, "yellow"), (shen, 0, 4, "blue"), (lin, 5, 11, "yellow"),
        (shen, 8, 15, "yellow"), (lin, 14, 20, "green"), (shen, 22, 30, "pink"),
    ):  # fmt: skip
        mark(store, start, end, colour)
    names = ["lin", "shen"]

    def left() -> list[Question]:
        made = decisions(people[own])
        return [one for one in asked(people, *names) if not is_settled(one, made, own)]

    before, done = len(left()), 0
    assert before == 5
    while questions_left := left():
        first = questions_left[0]
        choices = [NEITHER, *(side.reviewer for side in first.sides)]
        choices += [BOTH] * (first.about != "status")
        settle(people[own], ISSUE, REF, ARTICLE, first, choices[(turn + done) % len(choices)])
        done += 1
        assert len(left()) == before - done
    assert done == before
    for _ in range(done):
        people[own].undo()
    assert len(left()) == before
