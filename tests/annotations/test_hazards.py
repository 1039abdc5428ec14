"""What goes wrong on real machines: clocks, links, names, other versions, large batches."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.model import IssueRef, NoteBody, StoreError
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.model import ArticleRef

MANY = [IssueRef(f"{number:064x}", f"{number}.txt") for number in range(230)]


def texts(store: Store, issue: IssueRef) -> list[str]:
    found = store.annotations(issue.id)
    return [one.body.text for one in found if isinstance(one.body, NoteBody)]


def set_back(patch: pytest.MonkeyPatch, days: int) -> None:
    """Let the clock of this process go back by some days."""
    real = time.time_ns
    patch.setattr(time, "time_ns", lambda: real() - days * 86400 * 10**9)
    patch.setattr(Store, "_now", staticmethod(lambda: "2001-01-01T00:00:00.000000Z"))


def test_a_clock_that_was_set_back_loses_no_edit_and_keeps_the_order_of_undo(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = store.note(issue, None, "一")
    set_back(monkeypatch, 4000)
    note = store.put(replace(note, body=NoteBody("二")))
    fresh = Store(store.root, "王丽", "desk")
    fresh.put(replace(note, body=NoteBody("三")))
    assert texts(Store(store.root, "王丽", "desk"), issue) == ["三"]
    for expected in (["二"], ["一"], []):
        fresh = Store(store.root, "王丽", "desk")
        fresh.undo()
        assert texts(fresh, issue) == expected
    for expected in (["一"], ["二"], ["三"]):
        fresh = Store(store.root, "王丽", "desk")
        fresh.redo()
        assert texts(fresh, issue) == expected


def test_a_clock_that_was_set_back_lets_the_other_device_win_nothing_it_has_not_seen(
    store: Store, laptop: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = store.note(issue, None, "一")
    later = laptop.put(replace(note, body=NoteBody("二")))
    set_back(monkeypatch, 4000)
    store.put(replace(later, body=NoteBody("三")))
    assert texts(Store(store.root, "王丽", "phone"), issue) == ["三"]


@pytest.mark.parametrize("names", [("Wang", "wang"), ("CON", "con"), ("王丽/甲", "王丽-甲")])
def test_names_that_some_file_system_takes_for_one_share_no_file(
    tmp_path: Path, issue: IssueRef, names: tuple[str, str]
) -> None:
    for name in names:
        Store(tmp_path, name, "Desk").note(issue, None, name)
    folders = [path.name.casefold() for path in (tmp_path / "annotations").iterdir()]
    assert len(set(folders)) == 2
    for name in names:
        assert texts(Store(tmp_path, name, "Desk"), issue) == [name]


@pytest.mark.parametrize("name", ["", "  ", "\u3000\t"])
def test_a_reviewer_without_a_name_is_refused_and_nothing_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="empty"):
        Store(tmp_path, name, "desk")
    assert list(tmp_path.iterdir()) == []


def test_another_device_s_newer_schema_is_left_and_named_while_this_one_goes_on(
    store: Store, laptop: Store, issue: IssueRef
) -> None:
    laptop.note(issue, None, "在笔记本上")
    store.note(issue, None, "在台式机上")
    path = next((store.root / "annotations").rglob(f"laptop/{issue.id}.json"))
    newer = json.loads(path.read_text(encoding="utf-8"))
    newer["schema"] += 1
    path.write_text(json.dumps(newer), encoding="utf-8")
    before = path.read_bytes()
    fresh = Store(store.root, "王丽", "desk")
    fresh.note(issue, None, "之后")
    assert texts(fresh, issue) == ["在台式机上", "之后"]
    assert [line for line in fresh.problems() if "newer Kuaibao" in line and str(path) in line]
    fresh.undo()
    with pytest.raises(StoreError, match="newer Kuaibao"):
        Store(store.root, "王丽", "laptop").note(issue, None, "旧程序")
    assert path.read_bytes() == before


def test_a_data_folder_behind_a_link_is_one_with_what_it_leads_to(
    tmp_path: Path, issue: IssueRef
) -> None:
    real = tmp_path / "disk" / "data"
    real.mkdir(parents=True)
    (tmp_path / "link").symlink_to(real, target_is_directory=True)
    one, other = Store(tmp_path / "link", "王丽", "desk"), Store(real, "王丽", "desk")
    for number in range(5):
        one.note(issue, None, f"甲{number}")
        other.note(issue, None, f"乙{number}")
    assert len(texts(one, issue)) == len(texts(other, issue)) == 10
    one.undo()
    assert len(texts(other, issue)) == 9
    assert (tmp_path / "link").is_symlink()


def test_a_history_that_went_while_the_program_runs_takes_no_work_with_it(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    for number in range(4):
        store.note(issue, article, f"{number}")
    shutil.rmtree(next((store.root / "annotations").rglob("history")))
    store.note(issue, article, "4")
    assert texts(Store(store.root, "王丽", "desk"), issue) == ["0", "1", "2", "3", "4"]
    store.undo()
    assert texts(store, issue) == ["0", "1", "2", "3"]
    assert store.problems() == ()


def test_half_of_another_device_s_history_hides_nothing(
    store: Store, laptop: Store, issue: IssueRef
) -> None:
    laptop.note(issue, None, "甲")
    laptop.note(issue, None, "乙")
    piece = next(path for path in store.root.rglob("laptop/history/*") if path.is_file())
    raw = piece.read_bytes()
    piece.write_bytes(raw[: len(raw) // 2])
    fresh = Store(store.root, "王丽", "desk")
    fresh.note(issue, None, "丙")
    assert texts(fresh, issue) == ["甲", "乙", "丙"]
    fresh.undo()
    assert texts(fresh, issue) == ["甲", "乙"]
    piece.write_bytes(raw)
    assert Store(store.root, "王丽", "laptop").problems() == ()


def killed_in_a_large_batch(root: Path, seconds: float) -> bool:
    """Kill a process after a while in a batch over MANY issues; tell whether it had ended."""
    child = os.fork()
    if child == 0:
        try:
            store = Store(root, "王丽", "desk")
            with store.batch("import"):
                for issue in MANY:
                    store.note(issue, None, "后")
            os._exit(0)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def rounds(root: Path, number: int) -> None:
    store = Store(root, "王丽", "desk")
    with store.batch("import"):
        for issue in MANY:
            store.note(issue, None, "前")
    choose = random.Random(number)
    done, most = 0, 2.0
    for _ in range(number):
        begun = time.monotonic()
        ended = killed_in_a_large_batch(root, choose.uniform(0.02, most))
        if ended:
            most = max(0.1, 0.8 * (time.monotonic() - begun))
        fresh = Store(root, "王丽", "desk")
        fresh.recover()
        assert fresh.problems() == ()
        found = {tuple(texts(fresh, issue)) for issue in MANY}
        assert len(found) == 1, "a batch is half there"
        now = found.pop()
        assert now[: done + 1] == ("前", *["后"] * done)
        assert len(now) - done - 1 in ((1,) if ended else (0, 1))
        done = len(now) - 1


def test_a_batch_over_hundreds_of_issues_that_is_killed_is_whole_or_not_there(
    tmp_path: Path,
) -> None:
    rounds(tmp_path, 4)


@pytest.mark.soak
def test_large_batches_killed_again_and_again(tmp_path: Path) -> None:
    rounds(tmp_path, 60)
