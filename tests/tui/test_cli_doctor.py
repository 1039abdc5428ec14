"""`kuaibao doctor`, `backup` and `restore` as a reader types them."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from annotations.model import IssueRef, NoteBody
from annotations.placing import Placing
from annotations.rescue import Rescue
from annotations.store import Store
from tui import cli, locations
from tui.backups import backup_name, outdated
from tui.cli import backup as backup_command
from tui.config import load_config
from tui.device import device_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Captured = pytest.CaptureFixture[str]
ISSUE = IssueRef("ab" * 32, "brief-7.txt")
KEEP = {"daily": 7, "weekly": 4, "monthly": 6}


@pytest.fixture
def config(own_home: Path) -> Path:
    path = locations.config_file()
    path.parent.mkdir(parents=True)
    path.write_text("reviewer: 沈三\n", encoding="utf-8")
    return path


@pytest.fixture
def store(config: Path) -> Store:
    store = Store(locations.data_folder(), "沈三", device_name(locations.state_folder()))
    store.note(ISSUE, None, "甲")
    store.tag(ISSUE, None, "重要")
    return store


def files(*roots: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for root in roots
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def run(capsys: Captured, *words: str) -> tuple[int, str, str]:
    status = cli.main(list(words))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_doctor_looks_mends_and_finds_nothing_more(store: Store, capsys: Captured) -> None:
    status, out, err = run(capsys, "doctor")
    assert (status, err) == (0, "")
    assert out.startswith("Looked at 2 files, 2 annotations.\n")
    assert out.endswith("All is sound.\n")
    (path,) = (store.root / "annotations").rglob(f"{ISSUE.id}.json")
    shutil.copy(path, path.with_name(f"{ISSUE.id} (1).json"))
    path.write_bytes(path.read_bytes()[:-3])
    before = files(store.root)
    status, out, _ = run(capsys, "doctor")
    assert status == 1
    assert str(path) in out and "--fix" in out and "Damaged (1)" in out
    assert files(store.root) == before, "looking changes nothing"
    status, out, _ = run(capsys, "doctor", "--fix")
    assert (status, out.count("✓")) == (0, 2)
    assert run(capsys, "doctor")[0] == 0
    assert len(Store(store.root, "沈三", "x").annotations(ISSUE.id)) == 2


def test_doctor_without_work_and_where_it_can_not_look(
    own_home: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run(capsys, "doctor")[0] == 0
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "annotations").touch()
    status, _, err = run(capsys, "doctor", "--data", str(tmp_path / "d"))
    assert status == 2
    assert "can't be listed" in err


def test_doctor_takes_in_what_could_not_be_saved(store: Store, capsys: Captured) -> None:
    placing = Placing(store)
    rescue = Rescue(placing, locations.rescue_folders())
    hidden = store.root.with_name("away")
    rescue.carry_out(ISSUE.id, lambda _: None)
    store.root.rename(hidden)
    rescue.carry_out(ISSUE.id, lambda there: there.note(ISSUE, None, "乙"))
    hidden.rename(store.root)
    assert "Not yet saved" not in run(capsys, "doctor")[1], "its process still runs"
    assert rescue._lock is not None
    rescue._lock.release()
    assert "Not yet saved where it belongs (1)" in run(capsys, "doctor")[1]
    assert run(capsys, "doctor", "--fix")[0] == 0
    bodies = [one.body for one in store.annotations(ISSUE.id)]
    assert NoteBody("乙") in bodies


def test_a_backup_comes_back_on_an_empty_machine(
    store: Store, tmp_path: Path, capsys: Captured
) -> None:
    styles = locations.styles_folder()
    styles.mkdir()
    (styles / "own.yaml").write_text("name: own\n")
    drafts = locations.state_folder() / "drafts"
    drafts.mkdir()
    (drafts / "1.md").write_text("草稿", encoding="utf-8")
    roots = (store.root / "annotations", locations.config_folder(), locations.state_folder())
    before = files(*roots)
    device = locations.state_folder() / "device"
    target = tmp_path / "b.zip"
    assert run(capsys, "backup", str(target))[0] == 0
    assert "exists" in run(capsys, "backup", str(target))[2]
    for root in roots:
        shutil.rmtree(root)
    status, out, _ = run(capsys, "restore", str(target), "--dry-run")
    assert status == 0 and "new (6):" in out
    assert not (store.root / "annotations").exists()
    status, _, err = run(capsys, "restore", str(target))
    assert (status, "--yes" in err) == (2, True), "nobody is there to agree"
    assert run(capsys, "restore", str(target), "--yes")[0] == 0
    after = files(*roots)
    # The name of this machine is its own: two that share one would write one file.
    assert {k: v for k, v in after.items() if k != str(device)} == {
        k: v for k, v in before.items() if k != str(device)
    }
    assert run(capsys, "doctor")[0] == 0


def test_restore_asks_and_keeps_what_it_replaces(
    store: Store, tmp_path: Path, config: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.zip"
    assert run(capsys, "backup", str(target))[0] == 0
    store.note(ISSUE, None, "新")
    config.write_text("reviewer: 沈三\ntheme: nord\n", encoding="utf-8")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(capsys, "restore", str(target))[0] == 2
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    status, out, _ = run(capsys, "restore", str(target))
    assert (status, "held already (2)" in out) == (0, True)
    assert "theme" not in config.read_text(encoding="utf-8")
    (kept,) = config.parent.glob("config.yaml.replaced-*")
    assert "nord" in kept.read_text(encoding="utf-8")
    assert len(store.annotations(ISSUE.id)) == 3, "newer work stays"


@pytest.mark.parametrize("words", [["restore"], ["restore", "none.zip"], ["backup", "/no/b.zip"]])
def test_clear_words(words: list[str], store: Store, capsys: Captured) -> None:
    status, _, err = run(capsys, *words)
    assert status in (1, 2)
    assert err.count("\n") == 1
    assert "fault" not in err


def test_automatic_backups_once_a_day(
    store: Store, capsys: Captured, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = locations.backup_folder()
    device = device_name(locations.state_folder())
    folder.mkdir(parents=True)
    today = date.today()
    for days in range(1, 400):
        (folder / backup_name(device, today - timedelta(days))).touch()
    (folder / "mine.zip").touch()
    (folder / backup_name("other", today - timedelta(300))).touch()
    assert run(capsys, "backup", "--automatic") == (0, "", "")
    path = folder / backup_name(device, today)
    written = path.read_bytes()
    assert zipfile.ZipFile(path).testzip() is None
    names = [one.name for one in folder.iterdir()]
    assert 12 <= len(names) <= 7 + 4 + 6 + 2
    assert "mine.zip" in names and backup_name("other", today - timedelta(300)) in names
    assert run(capsys, "backup", "--automatic") == (0, "", "")
    assert path.read_bytes() == written
    path.unlink()
    config.write_text("backups: {daily: 0}\n", encoding="utf-8")
    assert run(capsys, "backup", "--automatic") == (0, "", "")
    assert not path.exists()


def test_an_empty_folder_replaces_no_backup(config: Path, capsys: Captured) -> None:
    """The disk with the work is not there: old backups are worth more than a new one."""
    assert run(capsys, "backup", "--automatic") == (0, "", "")
    assert not locations.backup_folder().exists()


def test_what_is_kept() -> None:
    today = date(2026, 3, 15)
    days = [today - timedelta(n) for n in range(500)]

    def names(found: Iterable[date]) -> list[str]:
        return [backup_name("d", day) for day in found]

    gone = outdated(names(days), "d", KEEP)
    kept = [name for name in names(days) if name not in gone]
    assert kept[:7] == names(days[:7])
    assert backup_name("d", date(2025, 10, 31)) in kept
    assert len(kept) <= 17
    assert outdated([*names(days[:3]), "x.zip", "kuaibao-d-2026-99-99.zip"], "d", KEEP) == []
    assert outdated(kept, "d", KEEP) == []


def test_the_state_of_this_machine_is_not_restored(store: Store, tmp_path: Path) -> None:
    from tui.backups import members, place

    loaded = load_config(None, ())
    names = members(loaded)
    assert not any(name.startswith(("state/device", "state/logs")) for name in names)
    assert place(loaded, "state/device") is None
    assert place(loaded, "data/locks/x") is None
    assert place(replace(loaded, path=tmp_path / "c.yaml"), "config/config.yaml") == (
        tmp_path / "c.yaml"
    )
    assert backup_command._about(loaded)["reviewer"] == "沈三"
    assert json.dumps(sorted(names))
