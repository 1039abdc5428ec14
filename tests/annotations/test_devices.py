"""Several devices, windows, processes and threads at work: nothing overwrites anything."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.anchors import ArticleKey
from annotations.model import (
    ArticleRef,
    ChangedError,
    IssueRef,
    NoteBody,
    StoreError,
)
from annotations.placing import IssueKey, Placing
from annotations.store import Store
from annotations.view import article_state
from tests.annotations.looking import data_file, reopened, texts

if TYPE_CHECKING:
    from pathlib import Path


def test_two_devices_meet_without_loss(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    note = store.note(issue, article, "桌上写的")
    seen = laptop.annotations(issue.id)[0]
    assert seen == note
    changed = laptop.edit_note(seen, "路上改的")
    assert (changed.id, changed.revision, changed.device) == (note.id, 2, "laptop")
    assert texts(store, issue) == ["路上改的"]
    laptop.delete(changed)
    assert store.annotations(issue.id) == ()
    assert texts(reopened(store), issue) == []


def test_the_same_tag_made_on_two_devices_is_one(
    tmp_path: Path, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    desk = Store(tmp_path / "one", "王丽", "desk")
    road = Store(tmp_path / "two", "王丽", "laptop")
    desk.tag(issue, article, "AI")
    road.tag(issue, other, "ＡＩ")
    sync(desk, road)
    assert len(desk.tags()) == 1
    assert desk.tag_counts() == {"AI": 2}
    assert road.untag(issue, article, "ai")
    assert road.untag(issue, other, "ai")
    sync(desk, road)
    assert desk.annotations(issue.id) == ()


def sync(one: Store, two: Store) -> None:
    """Replicate each device's folder to the other's machine."""
    for source, target in ((one, two), (two, one)):
        folder = source.root / "annotations" / "王丽" / source.device
        if folder.is_dir():
            copy = target.root / "annotations" / "王丽" / source.device
            shutil.copytree(folder, copy, dirs_exist_ok=True)


def test_a_note_changed_on_both_devices_is_shown_twice_until_settled(
    tmp_path: Path, issue: IssueRef
) -> None:
    desk = Store(tmp_path / "one", "王丽", "desk")
    road = Store(tmp_path / "two", "王丽", "laptop")
    first = desk.note(issue, None, "甲")
    sync(desk, road)
    desk.edit_note(first, "乙")
    third = road.edit_note(road.edit_note(first, "丙"), "丁")
    assert third.revision == 3
    sync(desk, road)
    assert texts(desk, issue) == texts(road, issue) == ["丁", "乙"]
    mine = next(one for one in desk.annotations(issue.id) if one.body == NoteBody("乙"))
    theirs = next(one for one in desk.annotations(issue.id) if one.body == NoteBody("丁"))
    desk.edit_note(theirs, "丁二")
    assert texts(desk, issue) == ["丁二", "乙"]
    sync(desk, road)
    assert texts(road, issue) == ["丁二", "乙"]
    kept = next(one for one in desk.annotations(issue.id) if one.body == NoteBody("乙"))
    assert kept.id != mine.id
    road.delete(kept)
    sync(desk, road)
    assert texts(desk, issue) == ["丁二"]


def test_a_delete_does_not_take_an_edit_made_elsewhere(tmp_path: Path, issue: IssueRef) -> None:
    desk = Store(tmp_path / "one", "王丽", "desk")
    road = Store(tmp_path / "two", "王丽", "laptop")
    first = desk.note(issue, None, "甲")
    sync(desk, road)
    desk.delete(first)
    road.edit_note(first, "乙")
    sync(desk, road)
    assert texts(desk, issue) == texts(road, issue) == ["乙"]


def test_a_second_window_overwrites_no_text(store: Store, issue: IssueRef) -> None:
    note = store.note(issue, None, "甲")
    second = reopened(store)
    second.annotations(issue.id)
    store.edit_note(note, "乙")
    beside = second.edit_note(note, "丙")
    assert beside.id != note.id
    assert texts(store, issue) == ["丙", "乙"]
    with pytest.raises(ChangedError):
        second.delete(note)


def test_two_handles_in_turn_lose_nothing(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    second = reopened(store)
    for number in range(20):
        (store if number % 2 else second).note(issue, article, f"第 {number} 条")
        (second if number % 3 else store).set_status(
            issue, article, ("later", "reading")[number % 2]
        )
    assert len(texts(reopened(store), issue)) == 20
    assert article_state(store.annotations(issue.id)).status == "reading"


def test_processes_saving_at_once_lose_nothing(store: Store, issue: IssueRef) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from annotations.model import IssueRef; from annotations.store import Store\n"
        "store = Store(Path(sys.argv[1]), '王丽', 'desk')\n"
        f"issue = IssueRef({issue.id!r}, 'x.txt')\n"
        "for n in range(25): store.note(issue, None, f'{sys.argv[2]} {n}')\n"
    )
    command = [sys.executable, "-c", script, str(store.root)]
    running = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(set(texts(store, issue))) == 75
    assert store.problems() == ()


@pytest.mark.parametrize(
    "name", ["{}.sync-conflict-20240801-101010-ABCDEFG", "{} (1)", "{} (王丽's conflicted copy)"]
)
def test_copies_of_sync_tools_are_shown_and_reported(
    store: Store, issue: IssueRef, name: str
) -> None:
    note = store.note(issue, None, "甲")
    path = data_file(store, issue)
    shutil.copy(path, path.with_name(name.format(path.stem) + ".json"))
    store.edit_note(note, "乙")
    elsewhere = path.read_text(encoding="utf-8").replace("乙", "丙")
    path.with_name(name.format(path.stem) + ".json").write_text(elsewhere, encoding="utf-8")
    again = reopened(store)
    assert texts(again, issue) == ["丙", "乙"]
    assert any(path.stem in line and "copy" in line for line in again.problems())
    assert again.issue_ids() == (issue.id,)


def test_a_lock_that_another_process_keeps_is_one_clear_line(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = store.note(issue, None, "甲")
    lock = next(store.root.rglob("*.lock"))
    script = (
        "import sys, filelock\n"
        "with filelock.FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(lock)]
    monkeypatch.setattr("annotations.locks.PATIENCE", 0.1)
    pipes = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipes, stdout=pipes, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another Kuaibao has been saving"):
            store.note(issue, None, "乙")
        assert store.annotations(issue.id) == (note,)
        holder.kill()
    assert store.note(issue, None, "丙").revision == 1


def test_threads_of_one_process_lose_nothing(store: Store, issue: IssueRef) -> None:
    with ThreadPoolExecutor(4) as threads:
        work = [threads.submit(store.note, issue, None, f"{number}") for number in range(60)]
        assert len({one.result().id for one in work}) == 60
    assert sorted(texts(reopened(store), issue)) == sorted(str(number) for number in range(60))


def test_what_another_device_added_to_an_issue_that_is_not_here_waits_for_it(
    tmp_path: Path, issue: IssueRef, article: ArticleRef
) -> None:
    desk = Store(tmp_path / "one", "王丽", "desk")
    road = Store(tmp_path / "two", "王丽", "laptop")
    only_there = replace(issue, id="cd" * 32, file_name="路上.txt", number="9")
    desk.note(issue, article, "两处都有")
    road.note(only_there, article, "只在路上")
    road.tag(only_there, None, "AI")
    sync(desk, road)
    placing = Placing(desk)
    keys = [
        IssueKey(one.id, one.file_name, articles=(ArticleKey(article.id, article.title),))
        for one in (issue, only_there)
    ]
    placing.update(keys[:1], whole=True)
    assert placing.elsewhere() == 2
    assert {one.kind for one in placing.waiting()} == {"note", "tag"}
    assert placing.problems == ()
    road.note(only_there, article, "后来")
    sync(desk, road)
    works = placing.update(keys, whole=True)
    assert placing.elsewhere() == 0 and placing.waiting() == ()
    notes = [one.body for one in works[only_there.id].articles[article.id].notes]
    assert notes == [NoteBody("只在路上"), NoteBody("后来")]


def test_the_first_act_of_a_device_is_seen_within_it_and_after(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    """Its folder does not exist before the act is on the disk."""
    store.note(issue, article, "桌上写的")
    (seen,) = laptop.annotations(issue.id)
    with laptop.batch("delete_annotations"):
        laptop.delete(seen)
        assert laptop.annotations(issue.id) == ()
    assert laptop.annotations(issue.id) == ()
    assert store.annotations(issue.id) == ()
