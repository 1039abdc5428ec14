"""What a reader counts on: work is there after a restart, on the other device, beside damage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.model import (
    ArticleRef,
    IssueRef,
    NoteBody,
    OtherBody,
    StoreError,
    TagBody,
    new_annotation,
)
from annotations.store import Store
from annotations.view import article_state, corrections
from tests.annotations.looking import data_file, reopened, texts

if TYPE_CHECKING:
    from pathlib import Path


def test_work_is_there_after_a_restart_with_the_same_ids(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    note = store.note(issue, article, "第一行\r\n第二行")
    store.tag(issue, article, "氢能")
    store.set_star(issue, article, True)
    store.set_status(issue, article, "reviewed")
    again = reopened(store)
    state = article_state(again.annotations(issue.id), again.tags())
    assert [tag.name for tag in state.tags] == ["氢能"]
    assert state.notes == (note,)
    assert note.body == NoteBody("第一行\n第二行")
    assert state.starred
    assert state.status == "reviewed"
    assert again.annotations(issue.id) == store.annotations(issue.id)


def test_a_tag_is_one_whatever_its_case_and_width(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    first = store.tag(issue, article, " AI  芯片 ")
    assert store.tag(issue, article, "ａｉ 芯片") == first
    store.tag(issue, other, "ai 芯片")
    assert [tag.name for tag in store.tags()] == ["AI 芯片"]
    assert store.tag_counts() == {"AI 芯片": 2}
    assert store.untag(issue, article, "Ai 芯片")
    assert not store.untag(issue, article, "Ai 芯片")
    assert store.tag_counts() == {"AI 芯片": 1}


def test_star_and_status_are_one_per_article_and_revised_in_place(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    assert store.set_star(issue, article, True)
    assert not store.set_star(issue, article, True)
    assert store.set_star(issue, article, False)
    assert store.annotations(issue.id) == ()
    store.set_star(issue, article, True)
    first = store.set_status(issue, article, "reading")
    second = store.set_status(issue, article, "reviewed")
    assert (first.id, 1) == (second.id, second.revision - 1)
    assert store.set_status(issue, article, "reviewed") == second
    assert len(store.annotations(issue.id)) == 2


def test_corrections_are_kept_and_taken_back(store: Store, issue: IssueRef) -> None:
    store.correct_issue(issue, "title", "轻材料快报 第八期")
    store.correct_issue(issue, "date", "2024-09")
    store.correct_issue(issue, "date", "2024-08-30")
    expected = {"title": "轻材料快报 第八期", "date": "2024-08-30"}
    assert corrections(reopened(store).annotations(issue.id)) == expected
    assert store.correct_issue(issue, "title", " ") is None
    assert corrections(store.annotations(issue.id)) == {"date": "2024-08-30"}
    with pytest.raises(StoreError, match="a date is"):
        store.correct_issue(issue, "date", "八月")
    with pytest.raises(StoreError, match="can't be corrected"):
        store.correct_issue(issue, "colour", "x")  # type: ignore[arg-type]


def test_marks_find_an_article_that_was_read_anew(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    store.set_star(issue, article, True)
    store.tag(issue, article, "氢能")
    anew = replace(article, id="b7", title="港口试用氢能拖船！")
    assert not store.set_star(issue, anew, True)
    assert store.untag(issue, anew, "氢能")
    assert store.set_star(issue, anew, False)
    assert store.annotations(issue.id) == ()
    store.set_star(issue, other, True)
    namesake = replace(other, id="a3", position=5, lead="另一家公司宣布在南方建一座新工厂。")
    assert not store.untag(issue, namesake, "氢能")
    assert store.set_star(issue, namesake, True)


def test_what_can_not_be_kept_is_refused(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    for wrong in ("", " \n\t", "half \ud83d"):
        with pytest.raises(StoreError):
            store.note(issue, article, wrong)
        with pytest.raises(StoreError):
            store.tag(issue, article, wrong)
    with pytest.raises(StoreError, match="surrogate"):
        store.put(new_annotation(NoteBody("\udc00"), issue, article))
    with pytest.raises(StoreError, match="is no status"):
        store.set_status(issue, article, "done")  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.put(new_annotation(OtherBody("vote", {"to": object()}), issue, article))
    assert store.annotations(issue.id) == ()
    assert store.note(issue, article, "still works").revision == 1


def test_controls_in_a_note_become_visible(store: Store, issue: IssueRef) -> None:
    note = store.note(issue, None, "a\x1b]52;c;eA==\x07b\u202ec\td")
    assert isinstance(note.body, NoteBody)
    assert all(c == "\n" or c.isprintable() for c in note.body.text)


@pytest.mark.parametrize(
    "name", ["王/丽", "..", ".", "CON", "a\\b:c*?", "x" * 300, "丽" * 90, "~", "tags"]
)
def test_odd_reviewer_names_stay_inside_the_folder(
    tmp_path: Path, issue: IssueRef, name: str
) -> None:
    root = tmp_path / "data"
    store = Store(root, name, name)
    store.note(issue, None, "甲")
    files = [path for path in tmp_path.rglob("*.json") if path.is_file()]
    assert [path.relative_to(root).parts[0] for path in files] == ["annotations"]
    assert len(files[0].relative_to(root).parts) == 4
    assert Store(root, name, name).annotations(issue.id)[0].reviewer == name
    with pytest.raises(StoreError):
        Store(root, "  ", "desk")


def test_issue_ids_and_everything_know_issues_not_at_hand(store: Store, issue: IssueRef) -> None:
    odd = replace(issue, id="Odd id/1")
    one, two = store.note(issue, None, "甲"), store.note(odd, None, "乙")
    again = reopened(store)
    assert set(again.issue_ids()) == {issue.id, "Odd id/1"}
    assert set(again.everything()) == {one, two}
    assert again.problems() == ()
    for path in again.root.rglob("odd-id-1~*.json"):
        path.write_text("{", encoding="utf-8")
    assert len(reopened(store).problems()) == 1
    assert reopened(store).issue_ids() == (issue.id,)


def test_a_damaged_file_is_left_as_it_is_and_named(
    store: Store, laptop: Store, issue: IssueRef
) -> None:
    store.note(issue, None, "桌上")
    laptop.note(issue, None, "路上")
    path = data_file(store, issue)
    torn = path.read_bytes()[:-40]
    path.write_bytes(torn)
    again = reopened(store)
    assert texts(again, issue) == ["路上"]
    assert len(again.problems()) == 1
    assert str(path) in again.problems()[0]
    for save in (
        lambda: again.note(issue, None, "新"),
        lambda: again.correct_issue(issue, "title", "x"),
    ):
        with pytest.raises(StoreError, match="left as it is") as caught:
            save()
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == torn


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format": "kuaibao.annotations"}',
        b'{"format": "kuaibao.annotations", "schema": 99, "annotations": {}}',
        b'{"format": "something else", "schema": 1}',
        b'{"format": "kuaibao.annotations", "schema": 1, "annotations": {"x": {}}}',
        b'{"format": "kuaibao.annotations", "schema": 1, "a": "\\ud800"}',
        b"\xff\xfe{}",
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_not_ours_is_never_changed(
    store: Store, issue: IssueRef, content: bytes
) -> None:
    path = data_file(store, issue)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(StoreError):
        store.note(issue, None, "新")
    assert path.read_bytes() == content
    assert len(store.problems()) == 1


def test_a_fifo_in_the_place_of_a_file_does_not_block(store: Store, issue: IssueRef) -> None:
    path = data_file(store, issue)
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    assert store.annotations(issue.id) == ()
    with pytest.raises(StoreError, match="not a regular file"):
        store.note(issue, None, "新")


def test_unknown_kinds_and_fields_are_written_back(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.note(issue, article, "甲")
    path = data_file(store, issue)
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["later"] = [1, 2]
    document = whole["annotations"]["1"]
    document["mood"] = "good"
    document["target"]["article"]["words"] = 7
    document["body"]["format"] = "markdown"
    link = {**document, "id": "l1", "kind": "vote", "body": {"to": {"article": "a9"}}}
    broken = {**document, "id": "b1", "target": 5}
    whole["annotations"] |= {"2": link, "3": broken}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    again = reopened(store)
    note, other = again.annotations(issue.id)
    assert other.body == OtherBody("vote", {"to": {"article": "a9"}})
    assert any("target" in line for line in again.problems())
    again.edit_note(note, "乙")
    after = json.loads(path.read_text(encoding="utf-8"))
    assert after["later"] == [1, 2]
    assert after["annotations"]["2"] == link
    assert after["annotations"]["3"] == broken
    changed = after["annotations"]["1"]
    assert changed["mood"] == "good"
    assert changed["target"]["article"]["words"] == 7
    assert changed["body"] == {"format": "markdown", "text": "乙"}


def test_a_tag_without_definition_shows_the_name_it_had(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.tag(issue, article, "氢能")
    (data_file(store, issue).parent / "tags.json").unlink()
    again = reopened(store)
    assert [tag.name for tag in article_state(again.annotations(issue.id), again.tags()).tags] == [
        "氢能"
    ]
    assert isinstance(again.annotations(issue.id)[0].body, TagBody)


def test_opening_and_reading_imports_nothing_heavy_and_writes_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from annotations.store import Store\n"
        "store = Store(Path(sys.argv[1]), 'x', 'y'); store.annotations('a'); store.tags()\n"
        "heavy = {'tinydb', 'filelock', 'yaml', 'sqlite3', 'jieba', 'textual', 'rich', 'asyncio'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "no")], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not (tmp_path / "no").exists()
