"""What a reader counts on of history and undo: nothing is lost, or undone for other devices."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations import durable, journal
from annotations.history import history_problems
from annotations.model import (
    ArticleRef,
    ChangedError,
    IssueRef,
    NoteBody,
    StoreError,
    new_annotation,
)
from annotations.store import Store
from annotations.view import article_state

if TYPE_CHECKING:
    from pathlib import Path


def reopened(store: Store) -> Store:
    return Store(store.root, store.reviewer, store.device)


def texts(store: Store, issue: IssueRef) -> list[str]:
    notes = [one.body.text for one in store.annotations(issue.id) if isinstance(one.body, NoteBody)]
    return sorted(notes)


def folder(store: Store) -> Path:
    return store.root / "annotations" / "王丽" / store.device


def piece(store: Store, number: int = 1) -> Path:
    return folder(store) / "history" / f"{number:06}.history.jsonl"


def bytes_of(store: Store) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder(store).glob("*.json")}


def test_undo_says_what_it_undid_also_after_a_restart(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    assert store.undo() is None
    assert store.undoable() is None
    store.tag(issue, article, "氢能")
    store.note(issue, None, "甲")
    again = reopened(store)
    assert again.undoable() == "note"
    undone = again.undo()
    assert undone is not None
    assert (undone.label, undone.about, undone.count) == ("note", "轻材料-08.txt", 1)
    undone = reopened(store).undo()
    assert undone is not None
    assert (undone.label, undone.about, undone.issues) == ("tag", "港口试用氢能拖船", (issue.id,))
    # The tag's definition was made by the same act.
    assert store.tags() == ()
    assert bytes_of(store) == {}
    assert store.redoable() == "tag"
    redone = reopened(store).redo()
    assert redone is not None
    assert redone.label == "tag"
    assert store.tag_counts() == {"氢能": 1}
    store.set_star(issue, article, True)
    assert store.redo() is None


def test_a_revision_that_was_undone_is_never_used_again(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = store.note(issue, None, "甲")
    second = store.edit_note(note, "乙")
    assert second.revision == 2
    store.undo()
    assert store.annotations(issue.id) == (note,)
    third = reopened(store).edit_note(note, "丙")
    assert third.revision == 3
    store.undo()
    store.undo()
    monkeypatch.setattr(journal, "PIECE", 1)
    for number in range(3):
        store.note(issue, None, f"{number}")
    assert piece(store, 3).exists()
    # An import brings the note back, whose first revision was undone two pieces ago.
    kept = reopened(store).put(replace(note, revision=0, versions=(), body=NoteBody("丁")))
    assert kept.revision == 4


def test_what_another_device_built_on_is_not_taken_from_it(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.set_star(issue, article, True)
    note = store.note(issue, article, "甲")
    theirs = laptop.edit_note(note, "路上改的")
    with pytest.raises(ChangedError, match="changed elsewhere"):
        store.undo()
    assert texts(store, issue) == ["路上改的"]
    assert laptop.annotations(issue.id)[-1] == theirs
    # What can't be undone does not stand in the way of what was done before.
    assert store.undoable() == "star"
    undone = store.undo()
    assert undone is not None
    assert undone.label == "star"
    assert store.redoable() == "star"
    assert texts(store, issue) == ["路上改的"]


def test_undo_of_an_edit_of_the_other_device_s_note_shows_theirs_again(
    store: Store, laptop: Store, issue: IssueRef
) -> None:
    theirs = laptop.note(issue, None, "路上")
    store.edit_note(theirs, "桌上")
    store.undo()
    assert store.annotations(issue.id) == (theirs,)
    store.redo()
    assert texts(laptop, issue) == ["桌上"]


def test_what_was_only_moved_elsewhere_is_undone_as_a_new_revision(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    note = store.note(issue, article, "甲")
    second = store.edit_note(note, "乙")
    laptop.put(replace(laptop.put(second), body=NoteBody("乙")))
    store.undo()
    assert texts(store, issue) == texts(laptop, issue) == ["甲"]
    undone = store.annotations(issue.id)[0]
    assert undone.revision == 5
    store.redo()
    assert texts(laptop, issue) == ["乙"]
    store.undo()
    store.undo()
    assert texts(laptop, issue) == []


def test_copies_of_sync_tools_do_not_hide_an_undo(store: Store, issue: IssueRef) -> None:
    note = store.note(issue, None, "甲")
    store.edit_note(note, "乙")
    path = folder(store) / f"{issue.id}.json"
    path.with_name(f"{issue.id}.sync-conflict-20240801-101010-ABC.json").write_bytes(
        path.read_bytes()
    )
    again = reopened(store)
    again.annotations(issue.id)
    again.undo()
    assert texts(reopened(store), issue) == ["甲"]


def test_opening_an_article_is_nothing_to_undo(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    store.tag(issue, article, "氢能")
    store.mark_opened(issue, other)
    undone = store.undo()
    assert undone is not None
    assert undone.label == "tag"
    store.mark_opened(issue, article)
    assert store.redo()
    state = article_state(store.annotations(issue.id), store.tags())
    assert [tag.name for tag in state.tags] == ["氢能"]
    assert {entry.label for entry in store.history()} == {"tag", "opened", "undo", "redo"}


def test_the_labels_tell_what_was_done(store: Store, issue: IssueRef, article: ArticleRef) -> None:
    def label() -> str | None:
        return store.undoable()

    store.toggle_tag(issue, article, "氢能")
    assert label() == "tag"
    store.toggle_tag(issue, article, "氢能")
    assert label() == "untag"
    store.toggle_star(issue, article)
    assert label() == "star"
    store.toggle_star(issue, article)
    assert label() == "unstar"
    note = store.note(issue, article, "甲")
    store.edit_note(note, "乙")
    assert label() == "edit_note"
    store.delete(store.annotations(issue.id)[-1])
    assert label() == "delete_note"
    store.rename_tag("氢能", "氢")
    assert label() == "rename_tag"


def test_the_history_tells_who_changed_what_from_what_to_what(
    store: Store, laptop: Store, issue: IssueRef
) -> None:
    note = store.note(issue, None, "甲")
    laptop.edit_note(note, "乙")
    store.note(replace(issue, id="cd" * 32), None, "别处")
    first, second = store.history(annotation=note.id)
    assert (first.reviewer, first.device, first.label) == ("王丽", "desk", "note")
    assert first.before is None
    assert first.after is not None
    assert first.after["body"] == {"text": "甲"}
    assert (second.device, second.label) == ("laptop", "edit_note")
    assert second.after is not None
    assert second.after["body"] == {"text": "乙"}
    assert len(store.history(issue=issue.id)) == 2
    assert len(store.history()) == 3


def test_a_batch_is_one_operation_over_issues_or_nothing(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    more = replace(issue, id="cd" * 32)
    store.note(issue, article, "之前")
    before = bytes_of(store)

    def work(*, fails: bool) -> None:
        with store.batch("import"):
            note = store.note(more, None, "甲")
            assert store.annotations(more.id) == (note,)
            store.edit_note(note, "乙")
            store.tag(issue, article, "氢能")
            store.delete(store.annotations(issue.id)[0])
            if fails:
                raise StoreError("no")

    with pytest.raises(StoreError):
        work(fails=True)
    assert bytes_of(store) == before
    assert texts(store, issue) == ["之前"]
    assert store.tag_counts() == {}
    work(fails=False)
    assert texts(store, more) == ["乙"]
    assert store.undoable() == "import"
    undone = reopened(store).undo()
    assert undone is not None
    assert undone.count == 4
    assert bytes_of(store) == before
    assert store.redo()
    assert store.tag_counts() == {"氢能": 1}


def test_a_half_written_batch_is_completed_at_the_next_start(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    more = replace(issue, id="cd" * 32)
    store.note(issue, article, "之前")
    before = bytes_of(store)
    with store.batch("import"):
        store.tag(issue, article, "氢能")
        store.note(more, None, "甲")
    whole = bytes_of(store)
    for name in whole:
        path = folder(store) / name
        if name in before:
            path.write_bytes(before[name])
        else:
            path.unlink()
        again = reopened(store)
        again.recover()
        assert bytes_of(store) == whole
        assert again.tag_counts() == {"氢能": 1}
        assert again.undoable() == "import"


def test_a_torn_last_line_never_happened(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.note(issue, None, "甲")
    path = piece(store)
    whole = path.read_bytes()
    for torn in (b"{", whole.splitlines()[1][:-9], b"\x00" * 700, "丽".encode()[:2]):
        path.write_bytes(whole + torn)
        again = reopened(store)
        again.recover()
        assert again.undoable() == "note"
        assert again.problems() == ()
        again.note(issue, None, "乙")
        assert path.read_bytes().startswith(whole)
        assert b"\x00" not in path.read_bytes()
        assert len(path.read_bytes().splitlines()) == 3
        again.undo()
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"{}\n{}\n",
        b"\xff\xfe\n",
        b'{"format": "kuaibao.history", "schema": 9, "used": {}}\n',
        b'{"format": "kuaibao.history", "schema": 1, "used": {"a": "x"}}\n',
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_history_that_is_not_ours_is_left_and_a_new_one_begun(
    store: Store, issue: IssueRef, content: bytes
) -> None:
    piece(store).parent.mkdir(parents=True)
    piece(store).write_bytes(content)
    assert len(store.problems()) == 1
    note = store.note(issue, None, "甲")
    assert piece(store).read_bytes() == content
    assert piece(store, 2).exists()
    again = reopened(store)
    assert again.annotations(issue.id) == (note,)
    assert len(again.history()) == 1
    assert again.undo()
    assert again.undo() is None


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"nonsense",
        b'{"id": "zz", "when": "", "label": "", "changes": []}',
        b'{"id": "1", "when": 5, "label": "", "changes": []}',
        b'{"id": "1", "when": "", "label": "", "changes": [{}]}',
        b'{"id": "1", "when": "", "label": "", "changes": [{"table": "annotations", "issue": "x",'
        b' "row": -1, "before": null, "after": {"id": "1", "revision": 1}}]}',
    ],
)
def test_a_damaged_line_is_passed_over_and_named(
    store: Store, issue: IssueRef, line: bytes
) -> None:
    store.note(issue, None, "甲")
    with piece(store).open("ab") as file:
        file.write(line + b"\n")
    again = reopened(store)
    again.note(issue, None, "乙")
    assert len(again.history()) == 2
    assert len(history_problems([folder(store)], whole=True)) == 1
    assert again.undo()
    assert again.undo()
    assert again.undo() is None
    assert bytes_of(store) == {}


def test_a_history_that_was_taken_away_or_cut_is_begun_anew(store: Store, issue: IssueRef) -> None:
    note = store.note(issue, None, "甲")
    path = piece(store)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert store.undo() is None
    store.edit_note(note, "乙")
    path.unlink()
    assert store.undo() is None
    store.note(issue, None, "丙")
    assert reopened(store).undo()
    assert texts(store, issue) == ["乙"]


def test_a_file_that_was_changed_by_hand_is_not_undone_over(store: Store, issue: IssueRef) -> None:
    store.note(issue, None, "甲甲")
    path = folder(store) / f"{issue.id}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("甲甲", "乙乙"), encoding="utf-8")
    with pytest.raises(ChangedError):
        store.undo()
    assert texts(store, issue) == ["乙乙"]
    path.unlink()
    store.recover()
    assert texts(store, issue) == []


def test_two_windows_undo_each_other_s_work_in_order(store: Store, issue: IssueRef) -> None:
    second = reopened(store)
    store.note(issue, None, "甲")
    second.note(issue, None, "乙")
    store.note(issue, None, "丙")
    for left in (["乙", "甲"], ["甲"], []):
        assert second.undo()
        assert texts(store, issue) == left
    assert store.redo()
    assert second.redo()
    assert texts(store, issue) == ["乙", "甲"]
    assert len(store.history()) == 8


def test_undo_goes_back_over_pieces(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PIECE", 3000)
    states = []
    for number in range(20):
        states.append(bytes_of(store))
        store.note(issue, None, f"第 {number} 条")
    assert piece(store, 5).exists()
    last = bytes_of(store)
    for state in reversed(states):
        assert reopened(store).undo()
        assert bytes_of(store) == state
    assert reopened(store).undo() is None
    for _ in states:
        assert reopened(store).redo()
    assert bytes_of(store) == last
    sizes = [path.stat().st_size for path in piece(store).parent.iterdir()]
    assert max(sizes) < 3000 + 2000


@pytest.mark.parametrize("call", ["fsync", "write", "ftruncate"])
def test_a_history_that_can_not_be_written_changes_nothing(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    store.note(issue, None, "甲")
    before, told = bytes_of(store), piece(store).read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if call == "ftruncate":
        with piece(store).open("ab") as file:
            file.write(b"torn")
        told += b"torn"
    with monkeypatch.context() as patch:
        patch.setattr(journal.os, call, fail)
        with pytest.raises(StoreError, match=r"history\.jsonl: not saved: No space left"):
            store.note(issue, None, "乙")
    assert bytes_of(store) == before
    assert piece(store).read_bytes() == told
    assert texts(store, issue) == ["甲"]
    store.note(issue, None, "丙")
    assert store.undo()
    assert texts(reopened(store), issue) == ["甲"]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("for_good", [False, True])
def test_a_batch_whose_files_can_not_all_be_written_is_none_or_completed_later(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch, number: int, for_good: bool
) -> None:
    issues = [replace(issue, id=name * 32) for name in ("0a", "1b", "2c")]
    for one in issues:
        store.note(one, None, "之前")
    before = bytes_of(store)
    count, real = 0, durable.write_atomic

    def fail(path: Path, data: bytes) -> object:
        nonlocal count
        count += 1
        if count == number or (for_good and count > number):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("annotations.files.write_atomic", fail)
        with pytest.raises(StoreError, match="No space left"), store.batch("import"):
            for one in issues:
                store.note(one, None, "之后")
    if not for_good or number == 1:
        assert bytes_of(store) == before
        assert store.undoable() == "note"
        assert all(texts(store, one) == ["之前"] for one in issues)
    else:
        store.recover()
        assert store.undoable() == "import"
        assert all(texts(store, one) == ["之前", "之后"] for one in issues)
        assert store.undo()
    assert bytes_of(store) == before
    assert store.problems() == ()


def test_a_line_separator_in_a_note_splits_no_line(store: Store, issue: IssueRef) -> None:
    store.put(new_annotation(NoteBody("一\u2028二\u0085三\x0b四"), issue))
    assert reopened(store).undoable() == "note"
    assert len(store.history()) == 1
    assert len(piece(store).read_bytes().split(b"\n")) == 3
    assert json.loads(piece(store).read_bytes().split(b"\n")[1])["device"] == "desk"
