"""Files that change past the history: undo never brings old words back over newer ones."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from annotations.backup import write_backup
from annotations.doctor import Scope, examine
from annotations.mending import mend
from annotations.model import ArticleRef, ChangedError, IssueRef, NoteBody
from annotations.restoring import Restoring
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def texts(store: Store, issue: IssueRef) -> list[str]:
    return [o.body.text for o in store.annotations(issue.id) if isinstance(o.body, NoteBody)]


def path_of(store: Store, issue: IssueRef) -> Path:
    return store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"


def fresh(store: Store) -> Store:
    return Store(store.root, store.reviewer, store.device)


def all_bytes(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*.json")}


def rows(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["annotations"]
    return found


def edit_by_copy(store: Store, issue: IssueRef) -> None:
    """Let a sync tool bring a copy in which the note was changed later, and doctor fold it in."""
    path = path_of(store, issue)
    elsewhere = store.root.parent / "elsewhere"
    shutil.copytree(store.root, elsewhere)
    other = Store(elsewhere, "王丽", "desk")
    other.edit_note(other.annotations(issue.id)[0], "甲，更新的")
    copy = path.with_name(f"{path.stem}.sync-conflict-20240801-101010-ABCDEFG.json")
    shutil.copy(elsewhere / path.relative_to(store.root), copy)
    done = list(mend(Scope(store.root, "王丽", "desk")))
    assert done and not any(one.failed for one in done)


def edit_by_backup(store: Store, issue: IssueRef) -> None:
    """Restore a backup in which the note was changed later."""
    elsewhere = store.root.parent / "elsewhere"
    shutil.copytree(store.root, elsewhere)
    other = Store(elsewhere, "王丽", "desk")
    other.edit_note(other.annotations(issue.id)[0], "甲，更新的")
    path = path_of(store, issue)
    members = {f"data/{path.relative_to(store.root)}": elsewhere / path.relative_to(store.root)}
    backup = write_backup(store.root.parent / "b.zip", members, {})[0]
    work = Restoring(backup, lambda name: store.root / name[5:], store.root, ("王丽", "desk"))
    assert [trouble for _, trouble in work.carry_out(work.plan())] == [""]


def edit_by_hand(store: Store, issue: IssueRef) -> None:
    """Change the file with an editor."""
    path = path_of(store, issue)
    path.write_text(path.read_text(encoding="utf-8").replace("甲", "甲，更新的"), encoding="utf-8")


@pytest.mark.parametrize("change", [edit_by_copy, edit_by_hand])
def test_undo_of_what_was_changed_past_the_history_says_so_and_changes_nothing(
    store: Store, issue: IssueRef, change: Callable[[Store, IssueRef], None]
) -> None:
    store.note(issue, None, "甲")
    change(store, issue)
    before = all_bytes(store.root)
    with pytest.raises(ChangedError, match="changed elsewhere") as caught:
        fresh(store).undo()
    assert "\n" not in str(caught.value)
    assert all_bytes(store.root) == before
    assert texts(store, issue) == ["甲，更新的"]
    assert store.undo() is None


def test_a_restored_backup_is_one_undo_and_what_was_before_another(
    store: Store, issue: IssueRef
) -> None:
    store.note(issue, None, "甲")
    before = all_bytes(store.root)
    edit_by_backup(store, issue)
    assert texts(store, issue) == ["甲，更新的"]
    again = fresh(store)
    assert again.undoable() == "restore"
    assert again.undo()
    assert {name: all_bytes(store.root)[name] for name in before} == before
    assert again.redo() and texts(again, issue) == ["甲，更新的"]
    assert again.undo() and again.undo() and texts(again, issue) == []


@pytest.mark.parametrize("with_history", [True, False])
def test_a_damaged_file_that_was_mended_can_be_undone(
    store: Store, issue: IssueRef, article: ArticleRef, with_history: bool
) -> None:
    for text in ("甲", "乙", "丙"):
        store.note(issue, article, text)
    path = path_of(store, issue)
    history = path.parent / "history"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:2], b"\0" * 50, *lines[3:-2]]))  # 甲 is gone, and the end
    if not with_history:
        history.rename(store.root / "history")
    scope = Scope(store.root, "王丽", "desk")
    assert all(not one.failed for one in mend(scope))
    if not with_history:
        (store.root / "history").rename(history)
    again = fresh(store)
    again.recover()
    left = ["甲", "乙", "丙"] if with_history else ["乙", "丙"]
    assert texts(again, issue) == left
    assert len(rows(path)) == len(left), "nothing is to be completed"
    assert again.undo() and texts(again, issue) == left[:-1]
    assert again.undo() and texts(again, issue) == left[:-2]
    if with_history:
        assert again.undo() and not path.exists() and again.redo()
    else:
        with pytest.raises(ChangedError):
            again.undo()
    assert again.redo() and again.redo() and texts(again, issue) == left
    assert examine(scope).annotations == len(left)


def test_a_file_put_there_while_a_save_is_under_way_is_kept_beside(
    store: Store, issue: IssueRef
) -> None:
    store.note(issue, None, "甲")
    path = path_of(store, issue)
    theirs = path.read_bytes().replace("甲".encode(), "他们的".encode())
    with store.batch("import"):
        store.note(issue, None, "乙")
        path.write_bytes(theirs)
    assert texts(store, issue) == ["甲", "乙"]
    (kept,) = path.parent.glob("*.replaced-*")
    assert kept.read_bytes() == theirs
    assert store.problems() == ()
