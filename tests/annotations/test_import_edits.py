"""A YAML export that was edited by hand: what was changed is taken, and nothing is lost."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.exports.gathering import Selection
from annotations.exports.yaml import dump, export
from annotations.exports.yaml_load import load
from annotations.imports.applying import apply_plan
from annotations.imports.plan import Plan, Wishes, issues_named, make_plan
from annotations.imports.reading import parse_import
from annotations.model import HighlightBody, NoteBody, Selector, Target, new_annotation
from annotations.store import Store
from annotations.view import article_state

if TYPE_CHECKING:
    from annotations.model import Annotation, ArticleRef, IssueRef

TOMORROW = "2099-01-01T00:00:00Z"


@pytest.fixture
def full(store: Store, issue: IssueRef, article: ArticleRef) -> Store:
    store.tag(issue, article, "氢能")
    store.tag(issue, article, "港口")
    store.note(issue, article, "与上期的数字核对")
    store.set_status(issue, article, "later")
    store.set_star(issue, article, True)
    span = Selector(3, 5, "氢能", None, "试用", "拖船", 3)
    mark = new_annotation(HighlightBody("yellow", "看"), issue, article)
    store.put(replace(mark, target=Target(issue, article, span)))
    return store


def exported(store: Store) -> str:
    return export(Selection(tuple(store.everything()), store.tags(), "王丽", TOMORROW))


def entry(data: Any) -> Any:
    return data["issues"][0]["articles"][0]


def planned(store: Store, text: str, wishes: Wishes | None = None) -> Plan:
    brought = parse_import(text)
    held = {name: store.held(name) for name in issues_named(brought)}
    return make_plan(brought, held, store.tags(), store.reviewer, wishes or Wishes())


def take_in(store: Store, text: str, wishes: Wishes | None = None) -> Plan:
    plan = planned(store, text, wishes)
    assert apply_plan(plan, store) == ()
    return plan


def sorts(plan: Plan) -> list[str]:
    return [f"{one.sort} {one.annotation.kind}" for one in plan.changes]


def texts(store: Store, issue: IssueRef) -> list[str]:
    found = [one.body for one in store.annotations(issue.id)]
    return [body.text for body in found if isinstance(body, NoteBody)]


def test_every_edit_is_one_change_and_the_second_time_none(full: Store, issue: IssueRef) -> None:
    text = exported(full)
    data = load(text)
    one = entry(data)
    one["notes"][0]["text"] = "与本期的数字核对\r\n第二行 "
    one["notes"].append({"text": "手写的一条"})
    one["highlights"][0]["colour"] = "green"
    one["status"] = "reviewed"
    one["tags"] = ["氢能", "新 标签", 2030]
    del one["starred"]
    edited = dump(data)
    plan = take_in(full, edited)
    assert plan.problems == []
    assert sorted(sorts(plan)) == [
        "add note",
        "add tag",
        "add tag",
        "delete star",
        "delete tag",
        "update highlight",
        "update note",
        "update status",
    ]
    state = article_state(full.annotations(issue.id), full.tags())
    assert sorted(tag.name for tag in state.tags) == ["2030", "新 标签", "氢能"]
    assert not state.starred
    assert state.status == "reviewed"
    assert state.highlights[0].body == HighlightBody("green", "看")
    assert texts(full, issue) == ["与本期的数字核对\n第二行", "手写的一条"]
    note = next(one for one in full.annotations(issue.id) if one.kind == "note")
    assert note.revision == 2
    assert planned(full, edited).changes == []
    # The first export is older now: it takes nothing back.
    assert planned(full, text).changes == []
    assert len(planned(full, text).deleted_here) == 2
    take_in(full, text, Wishes(restore_deleted=True))
    assert article_state(full.annotations(issue.id), full.tags()).starred


def test_edited_on_both_sides_both_are_kept(full: Store, issue: IssueRef) -> None:
    data = load(exported(full))
    entry(data)["notes"][0]["text"] = "在文件里改的"
    entry(data)["status"] = "skipped"
    note = next(one for one in full.annotations(issue.id) if one.kind == "note")
    full.edit_note(note, "在这里改的")
    article = note.target.article
    assert article
    full.set_status(issue, article, "reviewed")
    plan = take_in(full, dump(data))
    assert sorted(sorts(plan)) == ["beside note", "beside status"]
    assert sorted(texts(full, issue)) == ["在文件里改的", "在这里改的"]
    assert article_state(full.annotations(issue.id)).status == "reviewed"
    assert planned(full, dump(data)).changes == []


def test_a_text_moved_to_a_new_note_is_not_lost(full: Store, issue: IssueRef) -> None:
    """What a note said before this import tells nothing of what else the file brings."""
    note = next(one for one in full.annotations(issue.id) if one.kind == "note")
    data = load(exported(full))
    entry(data)["notes"][0]["text"] = "改写了"
    entry(data)["notes"].append({"text": note.body.text})  # type: ignore[union-attr]
    assert sorted(sorts(take_in(full, dump(data)))) == ["add note", "update note"]
    assert sorted(texts(full, issue)) == sorted(["改写了", "与上期的数字核对"])
    assert planned(full, dump(data)).changes == []


def test_a_correction_is_edited_in_its_record(
    full: Store, issue: IssueRef, article: ArticleRef
) -> None:
    full.correct_article(issue, article, "date", "2024-08")
    full.correct_article(issue, article, "title", "新题")
    data = load(exported(full))
    records = entry(data)["records"]
    (said,) = (one for one in records if one.get("field") == "date")
    said["value"] = "2024年9月"
    assert sorts(take_in(full, dump(data))) == ["update correction"]
    fields = article_state(full.annotations(issue.id)).fields
    assert fields == {("date", ""): "2024-09", ("title", ""): "新题"}
    said["value"] = "九月"
    (problem,) = planned(full, dump(data)).problems
    assert "a date is" in problem


def test_what_went_on_here_is_not_turned_back_by_an_untouched_export(
    full: Store, issue: IssueRef
) -> None:
    text = exported(full)
    note = next(one for one in full.annotations(issue.id) if one.kind == "note")
    full.edit_note(note, "在这里改的")
    plan = planned(full, text)
    assert (plan.changes, len(plan.older)) == ([], 1)


def test_a_note_taken_out_stays_unless_told_otherwise(full: Store, issue: IssueRef) -> None:
    data = load(exported(full))
    del entry(data)["notes"]
    edited = dump(data)
    assert planned(full, edited).changes == []
    full.note(issue, next(full.everything()).target.article, "另一条")
    # What was made after the export was never in it.
    before = dump({**data, "exported": "2001-01-01T00:00:00Z"})
    assert planned(full, before, Wishes(delete_missing=True)).changes == []
    plan = take_in(full, edited, Wishes(delete_missing=True))
    assert sorts(plan) == ["delete note", "delete note"]
    assert texts(full, issue) == []


def test_an_emptied_note_and_a_changed_quote_are_left_and_said(
    full: Store, issue: IssueRef
) -> None:
    before = full.annotations(issue.id)
    data = load(exported(full))
    entry(data)["notes"][0]["text"] = " \n"
    entry(data)["highlights"][0]["quote"] = "别的字"
    plan = take_in(full, dump(data), Wishes(delete_missing=True))
    assert len(plan.problems) == 2
    assert plan.changes == []
    assert full.annotations(issue.id) == before


def test_another_reviewers_work_is_refused_or_taken_under_new_ids(
    tmp_path: Path, full: Store, issue: IssueRef
) -> None:
    other = Store(tmp_path / "other", "李", "desk")
    text = exported(full)
    plan = take_in(other, text)
    assert (plan.changes, plan.others) == ([], {"王丽": 6})
    take_in(other, text, Wishes(as_mine=True))
    mine = other.annotations(issue.id)
    assert {one.reviewer for one in mine} == {"李"}
    assert not {one.id for one in mine} & {one.id for one in full.everything()}
    assert [one.created for one in mine] == [one.created for one in full.annotations(issue.id)]
    assert planned(other, text, Wishes(as_mine=True)).changes == []


def test_damaged_entries_are_named_and_the_others_come(tmp_path: Path, full: Store) -> None:
    data = load(exported(full))
    one = entry(data)
    one["notes"] += [7, {"text": 3.5}, {"record": 1, "text": "x"}, {"quote": "无文"}]
    one["records"].append({"kind": "star"})
    one["highlights"][0]["place"]["start"] = "x"
    data["issues"] += [None, {"articles": 7}, {"id": 3, "articles": [[]]}]
    store = Store(tmp_path / "new", "王丽", "desk")
    plan = take_in(store, dump(data))
    assert len(plan.problems) >= 8
    assert all("\n" not in line for line in plan.problems)
    assert len(list(store.everything())) == 5


EDITS = st.lists(
    st.sampled_from(["text", "status", "star", "tag+", "tag-", "note+", "colour", "drop"]),
    max_size=6,
)
SAID = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8) | st.sampled_from(
    ["🚀𠮷", "一\r\n二", "\u2028", "\t甲", "\x1b[0m", "שלום", "yes", "1:30"]
)


@settings(max_examples=30, deadline=None)
@given(edits=EDITS, said=SAID, here=st.lists(st.sampled_from(["text", "status", "tag-"])))
def test_any_edits_and_any_work_here_lose_nothing_and_settle(
    edits: list[str], said: str, here: list[str]
) -> None:
    from annotations.model import ArticleRef, IssueRef

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), "王丽", "desk")
        issue, article = IssueRef("ab" * 32, "f.txt"), ArticleRef("a1", "题")
        note = store.note(issue, article, "原来的")
        store.tag(issue, article, "氢能")
        store.set_status(issue, article, "later")
        span = Target(issue, article, Selector(0, 1, "题"))
        store.put(replace(new_annotation(HighlightBody("yellow"), issue, article), target=span))
        data = load(exported(store))
        one = entry(data)
        for edit in edits:
            _edit(one, edit, said)
        text = dump(data)
        for act in here:
            if act == "text":
                note = store.edit_note(note, "这里改的")
            elif act == "status":
                store.set_status(issue, article, "reading")
            else:
                store.untag(issue, article, "氢能")
        kept = [one for one in texts(store, issue) if one != "原来的"]
        plan = take_in(store, text)
        assert set(kept) <= set(texts(store, issue))
        assert store.problems() == ()
        assert planned(store, text).changes == []
        assert all("\n" not in line for line in plan.problems)


def _edit(one: Any, edit: str, said: str) -> None:
    match edit:
        case "text" if one.get("notes"):
            one["notes"][0]["text"] = said
        case "status":
            one["status"] = "reviewed"
        case "star":
            one["starred"] = True
        case "tag+":
            one.setdefault("tags", []).append(said)
        case "tag-":
            one["tags"] = []
        case "note+":
            one.setdefault("notes", []).append({"text": said})
        case "colour":
            one["highlights"][0]["colour"] = said
        case "drop":
            one.pop("notes", None)


def test_newer_work_of_the_other_device_is_taken_and_meets_it_again(
    tmp_path: Path, full: Store, issue: IssueRef
) -> None:
    laptop = Store(tmp_path / "laptop", "王丽", "laptop")
    take_in(laptop, exported(full))
    note = next(one for one in full.annotations(issue.id) if one.kind == "note")
    full.edit_note(note, "第二稿")
    plan = take_in(laptop, exported(full))
    assert sorts(plan) == ["update note"]
    assert texts(laptop, issue) == ["第二稿"]
    # What the laptop writes now has seen the desk's second revision: no tie when they meet.
    seen: Annotation = next(one for one in laptop.annotations(issue.id) if one.kind == "note")
    assert dict(seen.versions)["desk"] == 2
    take_in(full, exported(laptop))
    assert texts(full, issue) == ["第二稿"]


def test_one_undo_takes_the_whole_import_back_and_redo_brings_it(
    tmp_path: Path, full: Store, issue: IssueRef
) -> None:
    text = exported(full)
    store = Store(tmp_path / "laptop", "王丽", "laptop")
    store.note(issue, None, "早先的一条")
    before = store.annotations(issue.id)
    take_in(store, text)
    after = store.annotations(issue.id)
    assert len(after) == 7
    again = Store(store.root, "王丽", "laptop")
    again.undo()
    assert again.annotations(issue.id) == before
    again.redo()
    assert again.annotations(issue.id) == after
    again.undo()
    take_in(again, text)
    assert [one.body for one in again.annotations(issue.id)] == [one.body for one in after]
    assert planned(again, text).changes == []
