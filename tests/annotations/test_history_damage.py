"""A damaged, foreign or unwritable history: nothing is lost, nothing changed that was not told."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations import batch, durable, journal
from annotations.history import history_problems
from annotations.model import (
    ArticleRef,
    ChangedError,
    IssueRef,
    NoteBody,
    StoreError,
    new_annotation,
)
from tests.annotations.looking import bytes_of, folder, piece, reopened, texts

if TYPE_CHECKING:
    from annotations.store import Store


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
        with pytest.raises(StoreError, match="not saved: No space left"):
            store.note(issue, None, "乙")
    assert bytes_of(store) == before
    assert piece(store).read_bytes() == told
    assert texts(store, issue) == ["甲"]
    store.note(issue, None, "丙")
    assert store.undo()
    assert texts(reopened(store), issue) == ["甲"]
    assert store.undo()
    assert store.undo() is None


@pytest.mark.parametrize("ahead", [64, 1])
@pytest.mark.parametrize("step", ["__init__", "sync", "finish"])
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("for_good", [False, True])
def test_a_batch_whose_files_can_not_all_be_written_is_none_or_completed_later(
    store: Store,
    issue: IssueRef,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    for_good: bool,
    step: str,
    ahead: int,
) -> None:
    issues = [replace(issue, id=name * 32) for name in ("0a", "1b", "2c")]
    for one in issues:
        store.note(one, None, "之前")
    before = bytes_of(store)
    count, real = 0, getattr(durable.Replacement, step)

    def fail(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == number or (for_good and count > number):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(durable.Replacement, step, fail)
        patch.setattr(batch, "_AHEAD", ahead)
        with pytest.raises(StoreError, match="No space left"), store.batch("import"):
            for one in issues:
                store.note(one, None, "之后")
    if not for_good or number == 1 or (step != "finish" and ahead > 1):
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
    for _ in issues:
        assert store.undo()
    assert store.undo() is None


def test_a_line_separator_in_a_note_splits_no_line(store: Store, issue: IssueRef) -> None:
    store.put(new_annotation(NoteBody("一\u2028二\u0085三\x0b四"), issue))
    assert reopened(store).undoable() == "note"
    assert len(store.history()) == 1
    assert len(piece(store).read_bytes().split(b"\n")) == 3
    assert json.loads(piece(store).read_bytes().split(b"\n")[1])["device"] == "desk"
