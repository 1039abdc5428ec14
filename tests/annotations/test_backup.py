"""Backups: whole or not at all, byte for byte, and nothing foreign gets out of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from annotations.backup import MANIFEST, is_safe, open_backup, write_backup
from annotations.model import NoteBody, StoreError
from annotations.restoring import Restoring
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotations.backup import Backup
    from annotations.model import IssueRef


def members(root: Path) -> dict[str, Path]:
    return {
        f"data/{path.relative_to(root).as_posix()}": path
        for path in sorted((root / "annotations").rglob("*"))
        if path.is_file()
    }


def restoring(backup: Backup, root: Path, device: str = "desk", **more: bool) -> Restoring:
    def place(name: str) -> Path | None:
        top, _, rest = name.partition("/")
        return root / rest if top == "data" else None

    return Restoring(backup, place, root, ("王丽", device), **more)


def restore(backup: Backup, root: Path, device: str = "desk", **more: bool) -> list[str]:
    work = restoring(backup, root, device, **more)
    changes = work.plan()
    assert [trouble for _, trouble in work.carry_out(changes) if trouble] == []
    return sorted(change.action for change in changes)


def notes(root: Path, issue: IssueRef) -> list[str]:
    found = Store(root, "王丽", "desk").annotations(issue.id)
    return sorted(one.body.text for one in found if isinstance(one.body, NoteBody))


@pytest.fixture
def backup(store: Store, laptop: Store, issue: IssueRef, tmp_path: Path) -> Backup:
    store.note(issue, None, "甲")
    store.tag(issue, None, "AI")
    laptop.note(issue, None, "乙")
    return write_backup(tmp_path / "b.zip", members(store.root), {"reviewer": "王丽"})[0]


def test_an_empty_machine_gets_identical_bytes(
    backup: Backup, store: Store, issue: IssueRef, tmp_path: Path
) -> None:
    target = tmp_path / "new"
    assert restore(backup, target) == ["new"] * 5
    for name, path in members(store.root).items():
        assert (target / name.removeprefix("data/")).read_bytes() == path.read_bytes()
    assert restore(backup, target) == ["same"] * 5
    assert notes(target, issue) == ["乙", "甲"]


def test_newer_work_stays_and_what_was_lost_comes_back(
    backup: Backup, store: Store, laptop: Store, issue: IssueRef
) -> None:
    first = store.annotations(issue.id)[0]
    store.edit_note(first, "甲，新")
    store.note(issue, None, "丙")
    assert restore(backup, store.root) == ["held"] * 2 + ["same"] * 3
    assert notes(store.root, issue) == ["丙", "乙", "甲，新"]
    path = store.root / "annotations" / "王丽" / "laptop" / f"{issue.id}.json"
    path.unlink()
    shutil.rmtree(path.parent / "history")
    Store(store.root, "王丽", "laptop").note(issue, None, "丁")
    before = [one.read_bytes() for one in path.parent.rglob("*.json*")]
    assert restore(backup, store.root) == ["apart", "held", "held", "merge", "same"]
    now = [one.read_bytes() for one in path.parent.rglob("*.json*")]
    assert now == before, "what another device wrote is not touched"
    assert notes(store.root, issue) == ["丁", "丙", "乙", "甲，新"]


def test_replacing_and_damage_keep_the_old_file(
    backup: Backup, store: Store, issue: IssueRef
) -> None:
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    path.write_bytes(b"\0" * 100)
    assert restore(backup, store.root) == ["replace"] + ["same"] * 4
    (kept,) = path.parent.glob("*.replaced-*")
    assert kept.read_bytes() == b"\0" * 100
    store.note(issue, None, "丙")
    assert restore(backup, store.root, replace=True) == ["replace"] * 2 + ["same"] * 3
    Store(store.root, "王丽", "desk").recover()
    assert notes(store.root, issue) == ["乙", "甲"]
    assert len(list(path.parent.glob("*.replaced-*"))) == 2


def test_replacing_puts_aside_what_the_history_goes_on_with(
    backup: Backup, store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.journal.PIECE", 10)
    Store(store.root, "王丽", "desk").note(issue, None, "丙")
    history = store.root / "annotations" / "王丽" / "desk" / "history"
    assert len(list(history.iterdir())) == 2
    assert restore(backup, store.root, replace=True) == ["replace"] * 2 + ["same"] * 3
    again = Store(store.root, "王丽", "desk")
    again.recover()
    assert notes(store.root, issue) == ["乙", "甲"], "the change that was undone stays undone"
    assert again.problems() == ()
    assert restore(backup, store.root, replace=True) == ["same"] * 5


def test_an_older_history_goes_on_with_that_of_the_backup(
    backup: Backup, store: Store, issue: IssueRef
) -> None:
    (history,) = (store.root / "annotations" / "王丽" / "desk" / "history").iterdir()
    whole = history.read_bytes()
    history.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    assert restore(backup, store.root) == ["replace"] + ["same"] * 4
    assert history.read_bytes() == whole
    assert notes(store.root, issue) == ["乙", "甲"]


def test_another_reviewers_work_is_left(backup: Backup, store: Store, issue: IssueRef) -> None:
    store.note(issue, None, "丙")
    before = members(store.root)
    work = Restoring(backup, lambda name: store.root / name[5:], store.root, ("何青", "desk"))
    assert sorted(one.action for one in work.plan()) == ["left"] * 2 + ["same"] * 3
    assert list(work.carry_out(work.plan())) == []
    assert members(store.root) == before


def test_a_backup_is_whole_or_not_there(
    store: Store, issue: IssueRef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.note(issue, None, "甲")
    for name in ("fsync", "link"):
        with monkeypatch.context() as patch:

            def fail(*_: object) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr(os, name, fail)
            if name == "link":
                patch.setattr("pathlib.Path.rename", fail)
            with pytest.raises(StoreError, match="No space"):
                write_backup(tmp_path / "b.zip", members(store.root), {})
        assert [one.name for one in tmp_path.iterdir() if one.suffix in (".zip", ".tmp")] == []
    write_backup(tmp_path / "b.zip", members(store.root), {})
    raw = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(StoreError, match="exists"):
        write_backup(tmp_path / "b.zip", members(store.root), {})
    assert (tmp_path / "b.zip").read_bytes() == raw


def test_any_damage_is_noticed(backup: Backup, tmp_path: Path) -> None:
    raw = backup.path.read_bytes()
    for at in range(0, len(raw), 97):
        bad = bytearray(raw)
        bad[at] ^= 0xFF
        backup.path.write_bytes(bytes(bad))
        try:
            again = open_backup(backup.path)
        except StoreError as error:
            assert str(backup.path) in str(error)
        else:
            assert again.files == backup.files, "only a time or a flag of the archive changed"
    for end in (0, 10, len(raw) // 2, len(raw) - 1):
        backup.path.write_bytes(raw[:end])
        with pytest.raises(StoreError):
            open_backup(backup.path)
    with pytest.raises(StoreError):
        open_backup(tmp_path / "none.zip")


def forge(path: Path, files: dict[str, bytes], entries: list[dict[str, Any]] | None = None) -> None:
    if entries is None:
        entries = [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ]
    whole = {"format": "kuaibao.backup", "version": 1, "about": {}, "files": entries}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, json.dumps(whole))


@pytest.mark.parametrize(
    "name",
    ["../x", "data/../../x", "/etc/x", "data//x", "data/./x", "C:/x", "data\\..\\x", "x", "data/ "],
)
def test_no_way_out_of_the_folder(tmp_path: Path, name: str) -> None:
    assert not is_safe(name)
    forge(tmp_path / "b.zip", {name: b"x"})
    with pytest.raises(StoreError, match=r"must not|other files"):
        open_backup(tmp_path / "b.zip")


def bomb(path: Path) -> None:
    huge = {"name": "data/x", "size": 1 << 40, "sha256": ""}
    forge(path, {"data/x": b"\0" * 1000}, [huge])


def liar(path: Path) -> None:
    forge(path, {"data/x": b"\0" * 1_000_000}, [{"name": "data/x", "size": 5, "sha256": ""}])


def stowaway(path: Path) -> None:
    forge(path, {"data/x": b"1", "data/y": b"2"}, [])


def link(path: Path) -> None:
    forge(path, {})
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("data/x")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, b"/etc/passwd")
        digest = hashlib.sha256(b"/etc/passwd").hexdigest()
        files = [{"name": "data/x", "size": 11, "sha256": digest}]
        whole = {"format": "kuaibao.backup", "version": 1, "about": {}, "files": files}
        archive.writestr(MANIFEST, json.dumps(whole))


def foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"x")


def manifest_of_nonsense(path: Path) -> None:
    forge(path, {}, [{"name": 5}])


@pytest.mark.parametrize("made", [bomb, liar, stowaway, link, foreign, manifest_of_nonsense])
def test_foreign_archives_are_refused(tmp_path: Path, made: Callable[[Path], None]) -> None:
    made(tmp_path / "b.zip")
    with pytest.raises(StoreError):
        open_backup(tmp_path / "b.zip")


def test_what_has_no_place_stops_all(tmp_path: Path) -> None:
    forge(tmp_path / "b.zip", {"data/x": b"1", "elsewhere/x": b"2"})
    with pytest.raises(StoreError, match="no place"):
        restoring(open_backup(tmp_path / "b.zip"), tmp_path / "t").plan()
    assert not (tmp_path / "t").exists()


@pytest.mark.parametrize("call", range(12))
def test_restoring_that_is_cut_off_is_done_again(
    backup: Backup, store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    path.write_bytes(b"{")
    shutil.rmtree(store.root / "annotations" / "王丽" / "laptop")

    class PowerCut(BaseException):
        pass

    left = [call]
    for name in ("replace", "link", "fsync"):
        real = getattr(os, name)

        def cut(*args: object, real: Any = real, **more: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise PowerCut
            return real(*args, **more)

        monkeypatch.setattr(os, name, cut)
    with contextlib.suppress(PowerCut):
        restore(backup, store.root)
    monkeypatch.undo()
    restore(backup, store.root)
    assert notes(store.root, issue) == ["乙", "甲"]
    assert any(one.read_bytes() == b"{" for one in path.parent.glob("*.replaced-*"))
