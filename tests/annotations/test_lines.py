"""What is remembered of a file makes the same bytes as writing it anew."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.durable import write_atomic
from annotations.files import DataFile, Tables, load
from annotations.lines import TableLines
from annotations.locks import DeviceLock
from annotations.storage import save_documents

KEYS = st.integers(1, 150).map(str)
DOCUMENTS = st.fixed_dictionaries({"id": st.integers(0, 40).map(str), "n": st.integers(0, 3)})
TABLES = st.dictionaries(KEYS, DOCUMENTS, max_size=150)


@given(st.lists(TABLES, min_size=1, max_size=6), st.data())
def test_lines_are_those_of_the_table_after_any_changes(
    tables: list[dict[str, dict[str, Any]]], data: st.DataObject
) -> None:
    lines = TableLines()
    before: dict[str, dict[str, Any]] = {}
    for table in tables:
        kept = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
        now = table | {key: before[key] for key in kept}
        assert lines.pieces(now) == TableLines().pieces(now)
        assert b"".join(lines.pieces(now)).count(b"\n") == max(1, len(now)) or not now
        before = now


@given(st.lists(st.dictionaries(KEYS, st.none() | DOCUMENTS, max_size=20), max_size=6))
def test_a_file_knows_which_rows_are_taken_after_any_changes(
    changes: list[dict[str, dict[str, Any] | None]],
) -> None:
    file = DataFile(Path("/nowhere/at/all.json"), {"format": "f"})
    now: dict[str, dict[str, Any]] = {}
    for rows in changes:
        file.stage("t", rows)
        now = {key: one for key, one in (now | rows).items() if one is not None}
        known = file.rows("t")
        assert file.table("t") == now
        assert known.last == max(map(int, now), default=0)
        assert known.by_id.keys() <= {one["id"] for one in now.values()}
        assert all(now[str(row)]["id"] == name for name, row in known.by_id.items())


def test_what_is_no_json_changes_nothing_that_is_remembered() -> None:
    lines = TableLines()
    good = {"1": {"id": "a", "n": 1}}
    expected = list(lines.pieces(good))
    with pytest.raises(TypeError):
        lines.pieces(good | {"2": {"id": "b", "n": object()}})
    assert lines.pieces(good) == expected


def test_many_rows_are_written_read_back_and_changed(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    file = DataFile(path, {"format": "f"})
    documents: list[dict[str, Any]] = [{"id": f"{n}", "text": "长" * 90} for n in range(700)]
    save_documents(file, "t", documents)
    save_documents(file, "t", [{"id": "333", "text": "改"}, {"id": "new", "text": "新"}])
    tables: Tables = load(path, "f")[1]
    assert tables == DataFile(path, {"format": "f"}).read() == file.read()
    texts = {one["id"]: one["text"] for one in tables["t"].values()}
    assert (len(texts), texts["333"], texts["new"]) == (701, "改", "新")
    assert len(path.read_bytes().splitlines()) == 704
    json.loads(path.read_bytes())


@pytest.mark.parametrize("size", [0, 1, 100, 65_536, 300_000])
def test_pieces_make_the_same_file_as_the_whole(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    write_atomic(tmp_path / "whole", data)
    pieces = [data[at : at + 1000] for at in range(0, size, 1000)]
    write_atomic(tmp_path / "pieces", pieces)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "pieces").read_bytes() == data


def test_a_lock_whose_file_was_removed_still_keeps_others_out(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "x.lock"
    one, other = DeviceLock(path), DeviceLock(path)
    with one.held():
        pass
    path.unlink()
    with one.held():
        assert path.exists()
        assert not other._try()
    with other.held(), other.held():
        assert not one._try()
    assert one._try()
    one.close()


def test_a_forked_process_takes_the_lock_in_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = DeviceLock(tmp_path / "x.lock")
    with lock.held():
        child = os.fork()
        if child == 0:
            os._exit(int(lock._try()))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    monkeypatch.setattr("annotations.locks.PATIENCE", 0.0)
    with lock.held():
        pass
