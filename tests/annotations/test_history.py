"""What a reader counts on of history and undo: nothing is lost, or undone for other devices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations import journal
from annotations.model import (
    ArticleRef,
    ChangedError,
    IssueRef,
    NoteBody,
    StoreError,
)
from annotations.view import article_state
from tests.annotations.looking import bytes_of, folder, piece, reopened, texts

if TYPE_CHECKING:
    from annotations.store import Store


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
