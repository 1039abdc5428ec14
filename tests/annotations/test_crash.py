"""kill -9 while saving, full disks, failing calls: what was acknowledged is there afterwards."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import select
import signal
import stat
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations import durable
from annotations.model import IssueRef, NoteBody, StoreError, new_annotation
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 50


def open_store(root: Path) -> Store:
    return Store(root, "王丽", "desk")


def save_for_ever(root: Path, issue: IssueRef, acknowledge: int, seed: int) -> None:
    """Save in a loop: new notes, edits and deletions, each acknowledged when it returned."""
    choose = random.Random(seed)
    store = open_store(root)
    live = [one for one in store.annotations(issue.id) if one.kind == "note"]
    for number in range(10_000):
        pick = choose.random()
        if pick < 0.5 or not live:
            note = store.put(new_annotation(NoteBody(f"{seed}.{number} " + "长" * 50), issue))
            live.append(note)
        elif pick < 0.85:
            at = choose.randrange(len(live))
            live[at] = note = store.put(replace(live[at], body=NoteBody(f"{seed}.{number}")))
        else:
            note = store.delete(live.pop(choose.randrange(len(live))))
        text = "" if note.deleted else note.body.text  # type: ignore[union-attr]
        os.write(acknowledge, f"{note.id}\t{note.revision}\t{text}\n".encode())


def killed_round(root: Path, issue: IssueRef, seed: int, wait: float) -> dict[str, tuple[int, str]]:
    """Kill a saving child `wait` seconds after its first save; return what it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            save_for_ever(root, issue, writing, seed)
        finally:
            os._exit(1)
    os.close(writing)
    assert select.select([reading], [], [], 30)[0]
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    data = b""
    while piece := os.read(reading, 65536):
        data += piece
    os.close(reading)
    acknowledged: dict[str, tuple[int, str]] = {}
    for line in data.decode().split("\n")[:-1]:
        name, revision, text = line.split("\t", 2)
        acknowledged[name] = (int(revision), text)
    return acknowledged


def killed_rounds(root: Path, rounds: int) -> None:
    issue = IssueRef("cd" * 32, "x.txt")
    choose = random.Random(rounds)
    known: dict[str, tuple[int, str]] = {}
    for number in range(rounds):
        if number % 25 == 0:
            root = root.with_name(f"{number}")
            known = {}
        want = known | killed_round(root, issue, number, choose.uniform(0, 0.015))
        store = open_store(root)
        store.recover()
        assert store.problems() == ()
        known = everything(store, issue)
        for name, (revision, text) in want.items():
            # One change more than acknowledged may be there: the one that was under way.
            assert known[name][0] - revision in (0, 1)
            assert known[name] == (revision, text) or known[name][0] == revision + 1
        note = store.note(issue, None, "afterwards")
        assert note in open_store(root).annotations(issue.id)
        known[note.id] = (1, "afterwards")
        folder = root / "annotations" / "王丽" / "desk"
        assert sorted(path.name for path in folder.iterdir()) == [f"{issue.id}.json", "history"]
        assert [path.name for path in (folder / "history").iterdir()] == ["000001.history.jsonl"]


def everything(store: Store, issue: IssueRef) -> dict[str, tuple[int, str]]:
    """Return revision and text of all notes, "" for a tombstone, as the file holds them."""
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    found = json.loads(path.read_text(encoding="utf-8"))["annotations"].values()
    return {
        one["id"]: (one["revision"], "" if one["deleted"] else one["body"]["text"]) for one in found
    }


def test_kill_9_loses_nothing_acknowledged(tmp_path: Path) -> None:
    killed_rounds(tmp_path / "0", ROUNDS)


@pytest.mark.soak
def test_a_thousand_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    killed_rounds(tmp_path / "0", 1000)


def test_a_full_disk_keeps_what_was_there_and_goes_on_afterwards(
    store: Store, issue: IssueRef
) -> None:
    before = store.note(issue, None, "甲" * 2000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(StoreError, match="not saved") as caught:
            store.note(issue, None, "乙")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert issue.id in str(caught.value)
    assert store.annotations(issue.id) == (before,)
    assert open_store(store.root).annotations(issue.id) == (before,)
    after = store.note(issue, None, "丙")
    assert open_store(store.root).annotations(issue.id) == (before, after)
    assert not list(store.root.rglob("*.tmp"))


def failing(error: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.parametrize("call", ["fsync", "write", "fchmod", "utime"])
def test_a_failing_call_keeps_what_was_there(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = store.note(issue, None, "甲")
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, call, failing(errno.EIO))
        patch.setattr(durable.os, "supports_fd", {durable.os.utime})
        with pytest.raises(StoreError, match="not saved: Input/output error"):
            store.note(issue, None, "乙")
    assert store.annotations(issue.id) == (before,)
    assert open_store(store.root).annotations(issue.id) == (before,)
    assert not list(store.root.rglob("*.tmp"))


def test_a_failing_rename_or_read_back_keeps_what_was_there(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.note(issue, None, "甲")
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "replace", failing(errno.EROFS))
        with pytest.raises(StoreError, match="Read-only file system"):
            store.note(issue, None, "乙")
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "read", lambda _handle, size: b"x" * size)
        with pytest.raises(StoreError, match="reads back differently"):
            store.note(issue, None, "乙")
    assert open_store(store.root).annotations(issue.id) == (before,)
    assert not list(store.root.rglob("*.tmp"))


def test_a_tag_that_was_not_saved_can_be_saved_later(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", failing(errno.ENOSPC))
        with pytest.raises(StoreError, match="No space left"):
            store.tag(issue, None, "氢能")
    assert store.tags() == ()
    store.tag(issue, None, "氢能")
    assert store.tag_counts() == {"氢能": 1}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_one_clear_line(store: Store, issue: IssueRef) -> None:
    before = store.note(issue, None, "甲")
    folder = next(store.root.rglob("*.json")).parent
    folder.chmod(0o555)
    try:
        with pytest.raises(StoreError, match="Permission denied") as caught:
            store.note(issue, None, "乙")
    finally:
        folder.chmod(0o755)
    assert str(folder) in str(caught.value)
    assert store.annotations(issue.id) == (before,)


def test_a_folder_that_can_not_be_made_is_one_clear_line(tmp_path: Path, issue: IssueRef) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    store = Store(tmp_path / "file" / "data", "王丽", "desk")
    assert store.annotations(issue.id) == ()
    assert store.problems() == ()
    with pytest.raises(StoreError, match="Not a directory") as caught:
        store.note(issue, None, "甲")
    assert "\n" not in str(caught.value)


def test_permissions_and_links_are_kept(store: Store, issue: IssueRef, tmp_path: Path) -> None:
    store.note(issue, None, "甲")
    path = next(store.root.rglob("*.json"))
    elsewhere = tmp_path / "elsewhere" / "kept.json"
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    elsewhere.chmod(0o640)
    store.note(issue, None, "乙")
    assert path.is_symlink()
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o640
    assert len(open_store(store.root).annotations(issue.id)) == 2


def test_left_over_files_of_dead_processes_go_and_those_of_others_stay(
    store: Store, issue: IssueRef
) -> None:
    store.note(issue, None, "甲")
    folder = next(store.root.rglob("*.json")).parent
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    dead = folder / f".x.json.{child}-0123456789abcdef.tmp"
    alive = folder / f".x.json.{os.getppid()}-0123456789abcdef.tmp"
    foreign = folder / "x.tmp"
    for path in (dead, alive, foreign):
        path.write_text("", encoding="utf-8")
    open_store(store.root).note(issue, None, "乙")
    assert not dead.exists()
    assert alive.exists()
    assert foreign.exists()


def test_a_file_changed_by_another_program_is_read_again(store: Store, issue: IssueRef) -> None:
    store.note(issue, None, "甲甲")
    path = next(store.root.rglob("*.json"))
    path.write_text(path.read_text(encoding="utf-8").replace("甲甲", "乙乙"), encoding="utf-8")
    assert [one.body for one in store.annotations(issue.id)] == [NoteBody("乙乙")]
    store.note(issue, None, "丙")
    assert len(open_store(store.root).annotations(issue.id)) == 2
