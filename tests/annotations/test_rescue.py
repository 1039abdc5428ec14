"""A save that fails: the work is kept elsewhere, shown, and taken in when that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from annotations import durable
from annotations.anchors import ArticleKey
from annotations.model import ArticleRef, IssueRef, NoteBody, StoreError
from annotations.placing import IssueKey, Placing
from annotations.rescue import Rescue, take_in, waiting
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def places(tmp_path: Path) -> list[Path]:
    return [tmp_path / "state" / "rescue", tmp_path / "tmp"]


@pytest.fixture
def placing(store: Store, issue: IssueRef, article: ArticleRef) -> Placing:
    placing = Placing(store)
    key = ArticleKey(article.id, article.title, article.lead)
    placing.update([IssueKey(issue.id, issue.file_name, articles=(key,))], whole=True)
    return placing


@pytest.fixture
def rescue(placing: Placing, places: list[Path]) -> Rescue:
    return Rescue(placing, places)


@pytest.fixture
def broken(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """While this holds a path, nothing under it can be renamed; it is the data folder."""
    under = [str(store.root)]
    replace = os.replace

    def fail(source: str, target: str) -> None:
        if any(str(target).startswith(one) for one in under):
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    return under


def texts(store: Store, issue: IssueRef) -> list[str]:
    return [o.body.text for o in store.annotations(issue.id) if isinstance(o.body, NoteBody)]


def fresh(store: Store) -> Store:
    return Store(store.root, store.reviewer, store.device)


def test_work_is_kept_elsewhere_shown_and_taken_in(
    store: Store, rescue: Rescue, issue: IssueRef, article: ArticleRef, broken: list[str]
) -> None:
    first, second = broken.pop(), "b"
    note = store.note(issue, article, "甲")
    store.set_star(issue, article, on=True)
    broken.append(first)
    rescue.carry_out(issue.id, lambda there: there.note(issue, article, "乙"))
    assert "No space" in rescue.why and rescue.kept_in is not None
    rescue.carry_out(issue.id, lambda there: there.edit_note(note, "甲二"))
    rescue.carry_out(issue.id, lambda there: there.toggle_star(issue, article))
    rescue.carry_out(issue.id, lambda there: there.tag(issue, article, "AI"))
    view = rescue.work(issue.id).articles[article.id]
    assert [one.body.text for one in view.notes] == ["甲二", "乙"]  # type: ignore[union-attr]
    assert not view.starred, "a toggle goes by what is kept elsewhere"
    assert [tag.name for tag in view.tags] == ["AI"]
    assert texts(fresh(store), issue) == ["甲"]
    assert not rescue.retry()
    kept = rescue.kept_in
    broken.clear()
    rescue.carry_out(issue.id, lambda there: there.note(issue, article, second))
    assert rescue.why == "" and rescue.kept_in is None and not kept.exists()
    again = fresh(store)
    assert texts(again, issue) == ["甲二", "乙", "b"]
    assert {one.kind for one in again.annotations(issue.id)} == {"note", "tag"}
    assert again.tag_counts() == {"AI": 1}
    assert again.problems() == ()


def test_a_refusal_is_no_failure(
    store: Store, rescue: Rescue, issue: IssueRef, article: ArticleRef
) -> None:
    with pytest.raises(StoreError, match="empty"):
        rescue.carry_out(issue.id, lambda there: there.note(issue, article, " "))
    assert (rescue.why, rescue.kept_in, rescue.nowhere) == ("", None, False)


def test_where_nothing_can_be_written_the_first_reason_is_given(
    store: Store, placing: Placing, issue: IssueRef, broken: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    rescue = Rescue(placing, [file / "x"])
    with pytest.raises(StoreError, match="No space"):
        rescue.carry_out(issue.id, lambda there: there.note(issue, None, "甲"))
    assert rescue.kept_in is None
    assert rescue.nowhere


def test_the_second_place_serves_if_the_first_can_not(
    placing: Placing, issue: IssueRef, broken: list[str], places: list[Path], tmp_path: Path
) -> None:
    places[0].parent.mkdir()
    places[0].write_text("a file where a folder should be")
    rescue = Rescue(placing, places)
    rescue.carry_out(issue.id, lambda there: there.note(issue, None, "甲"))
    assert rescue.kept_in is not None and rescue.kept_in.parent == places[1]


def test_a_folder_that_has_gone_is_not_made_anew(
    store: Store, rescue: Rescue, issue: IssueRef, article: ArticleRef, tmp_path: Path
) -> None:
    rescue.carry_out(issue.id, lambda there: there.note(issue, article, "甲"))
    rescue.work(issue.id)
    store.root.rename(tmp_path / "unmounted")
    rescue.carry_out(issue.id, lambda there: there.note(issue, article, "乙"))
    assert "gone" in rescue.why
    assert not store.root.exists()
    notes = rescue.work(issue.id).articles[article.id].notes
    assert len(notes) == 2, "what was seen before stays on the screen"
    (tmp_path / "unmounted").rename(store.root)
    assert rescue.retry()
    assert texts(fresh(store), issue) == ["甲", "乙"]


@pytest.mark.parametrize("harm", ["damaged", "folder", "deleted"])
def test_a_file_replaced_under_us(
    store: Store, rescue: Rescue, issue: IssueRef, article: ArticleRef, harm: str
) -> None:
    rescue.carry_out(issue.id, lambda there: there.note(issue, article, "甲"))
    rescue.work(issue.id)
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    whole = path.read_bytes()
    path.unlink()
    if harm == "damaged":
        path.write_bytes(whole[: len(whole) // 2])
    elif harm == "folder":
        path.mkdir()
    rescue.carry_out(issue.id, lambda there: there.note(issue, article, "乙"))
    if harm == "deleted":
        assert rescue.why == ""
        assert texts(fresh(store), issue) == ["乙"], "someone deleted the rest on purpose"
        return
    assert rescue.why
    assert not rescue.retry()
    path.rmdir() if harm == "folder" else path.unlink()
    path.write_bytes(whole)
    assert rescue.retry()
    assert texts(fresh(store), issue) == ["甲", "乙"]


def test_the_next_start_takes_in_what_a_killed_process_kept(
    store: Store, issue: IssueRef, places: list[Path]
) -> None:
    """The process dies without a word; another that still runs keeps what is its own."""
    code = f"""
import os, pathlib, sys
from annotations.model import IssueRef, ArticleRef
from annotations.placing import Placing
from annotations.rescue import Rescue
from annotations.store import Store
root = pathlib.Path({str(store.root)!r})
root.parent.mkdir(parents=True, exist_ok=True)
root.write_text("no folder")
rescue = Rescue(Placing(Store(root, "王丽", "desk")), [pathlib.Path({str(places[0])!r})])
issue = IssueRef({issue.id!r}, "x.txt")
rescue.carry_out(issue.id, lambda store: store.note(issue, None, "没有丢"))
print("kept", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"kept\n"
        assert waiting(places, store.root) == [], "its process still runs"
        child.kill()
    store.root.unlink()
    assert waiting(places, store.root / "other") == []
    (found,) = waiting(places, store.root)
    copy = found.with_name("copy")
    shutil.copytree(found, copy)
    assert take_in(found, store.root, "desk") == 1
    assert not found.exists()
    assert take_in(copy, store.root, "desk") == 0, "twice adds nothing"
    assert texts(store, issue) == ["没有丢"]


def test_a_rescue_stays_until_all_of_it_is_on_the_disk(
    store: Store,
    rescue: Rescue,
    issue: IssueRef,
    broken: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rescue.carry_out(issue.id, lambda there: there.note(issue, None, "甲"))
    kept = rescue.kept_in
    broken.clear()
    assert kept is not None
    for name in ("fsync", "write", "open"):
        with monkeypatch.context() as patch:

            def fail(*_: object, **__: object) -> int:
                raise OSError(5, "Input/output error")

            patch.setattr(durable.os, name, fail)
            assert not rescue.retry()
        assert (kept / "annotations").is_dir()
    assert rescue.retry()
    assert texts(fresh(store), issue) == ["甲"]


def test_what_is_taken_in_is_one_operation_that_can_be_undone_and_done_again(
    store: Store, rescue: Rescue, issue: IssueRef, article: ArticleRef, broken: list[str]
) -> None:
    under = broken.pop()
    note = store.note(issue, article, "甲")
    broken.append(under)
    rescue.carry_out(issue.id, lambda there: there.edit_note(note, "甲二"))
    rescue.carry_out(issue.id, lambda there: there.tag(issue, article, "AI"))
    broken.clear()
    assert rescue.retry()
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    data = path.read_bytes()
    again = fresh(store)
    assert again.undoable() == "rescue"
    assert again.undo()
    assert texts(again, issue) == ["甲"] and again.tags() == ()
    assert again.redo()
    assert path.read_bytes() == data and texts(again, issue) == ["甲二"]
    assert again.undo() and again.undo() and again.undo() is None
    assert texts(again, issue) == []


def test_a_number_that_was_undone_stands_for_what_it_stood_for(
    store: Store, rescue: Rescue, issue: IssueRef, article: ArticleRef, broken: list[str]
) -> None:
    under = broken.pop()
    note = store.note(issue, article, "甲")
    store.edit_note(note, "甲，撤回的")
    store.undo()
    broken.append(under)
    rescue.carry_out(issue.id, lambda there: there.edit_note(note, "甲，另外的"))
    broken.clear()
    assert rescue.retry()
    (now,) = store.annotations(issue.id)
    assert (now.revision, now.versions) == (3, (("desk", 3),))


def test_what_another_process_saved_meanwhile_is_kept_beside_what_was_rescued(
    store: Store,
    laptop: Store,
    rescue: Rescue,
    placing: Placing,
    issue: IssueRef,
    article: ArticleRef,
    broken: list[str],
) -> None:
    under = broken.pop()
    one, two = (store.note(issue, article, text) for text in ("甲", "乙"))
    seen = laptop.edit_note(two, "乙，笔记本")
    store.set_status(issue, article, "reading")
    placing.renew(issue.id)
    broken.append(under)
    for text in ("甲，救一", "甲，救二"):
        (now,) = (n for n in rescue.work(issue.id).articles[article.id].notes if n.id == one.id)
        rescue.carry_out(issue.id, lambda there, now=now, text=text: there.edit_note(now, text))
    rescue.carry_out(issue.id, lambda there: there.edit_note(seen, "乙，救"))
    rescue.carry_out(issue.id, lambda there: there.set_status(issue, article, "reviewed"))
    broken.clear()
    process = fresh(store)
    process.edit_note(one, "甲，别处")
    process.set_star(issue, article, on=True)
    assert rescue.retry()
    assert sorted(texts(process, issue)) == sorted(["甲，救二", "甲，别处", "乙，救"])
    assert process.undo() and sorted(texts(process, issue)) == sorted(["甲，别处", "乙，笔记本"])
    assert process.problems() == ()
