"""`kuaibao import`: shows what it would change, asks, does it, and says what it did not take."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from annotations.model import NoteBody, article_refs, issue_ref
from annotations.store import Store
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tui import cli, locations
from tui.cli.import_lines import word_changes

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def store(own_home: Path, bulletin: Path) -> Store:
    folder = own_home / "config" / "kuaibao"
    folder.mkdir(parents=True)
    text = f"reviewer: 沈三\nlibrary: [{bulletin}]\n"
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    issue = read_issue(bulletin, load_styles([])).issue
    store = Store(locations.data_folder(), "沈三", "here")
    article = next(one for one in article_refs(issue) if "拖船" in one.title)
    store.note(issue_ref(issue), article, "与上期的数字核对，再问作者")
    store.tag(issue_ref(issue), article, "氢能")
    return store


@pytest.fixture
def export(store: Store, tmp_path: Path, capsys: Captured) -> Path:
    path = tmp_path / "out.yaml"
    assert cli.main(["export", "-o", str(path)]) == 0
    capsys.readouterr()
    return path


def notes(store: Store) -> list[str]:
    again = Store(store.root, store.reviewer, "elsewhere")
    return [one.body.text for one in again.everything() if isinstance(one.body, NoteBody)]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edited_export_is_shown_asked_for_and_taken_once(
    store: Store, export: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["import", str(export)]) == 0
    assert "nothing to import" in capsys.readouterr().err
    edit(export, "与上期的数字核对", "与本期的数字核对")
    edit(export, "tags: [氢能]", "tags: [氢能, 拖船]\n        starred: true")
    assert cli.main(["import", "--dry-run", str(export)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "ocean.txt · 海洋快报 · 2024年第3期",
        "  港口试用拖船",
        "    ~ note: 与[-上-]{+本+}期的数字核对，再问作者",
        "    + star",
        "    + tag 拖船",
        "= 1 unchanged",
    ]
    # Nobody to ask: nothing is done.
    assert cli.main(["import", str(export)]) == 2
    assert "--yes" in capsys.readouterr().err
    for answer, status, said in (("n\n", 2, "上期"), ("y\n", 0, "本期")):
        keys = io.StringIO(answer)
        monkeypatch.setattr(keys, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", keys)
        assert cli.main(["import", str(export)]) == status
        assert [said in text for text in notes(store)] == [True]
    assert "3 changes made" in capsys.readouterr().err
    assert cli.main(["import", "--yes", str(export)]) == 0
    assert "nothing to import" in capsys.readouterr().err


def test_what_cannot_be_read_stops_all_of_it(
    store: Store, export: Path, tmp_path: Path, capsys: Captured
) -> None:
    edit(export, "与上期的数字核对", "与本期的数字核对")
    bad = tmp_path / "bad.yaml"
    bad.write_text("a: &a [*a]", encoding="utf-8")
    for path in (bad, tmp_path / "missing.yaml", tmp_path):
        assert cli.main(["import", "--yes", str(export), str(path)]) == 2
        captured = capsys.readouterr()
        assert captured.err.count("\n") == 1
        assert str(path) in captured.err
        assert captured.out == ""
    assert ["上期" in text for text in notes(store)] == [True]


def test_a_conflict_is_kept_beside_and_said(store: Store, export: Path, capsys: Captured) -> None:
    edit(export, "与上期的数字核对", "与本期的数字核对")
    note = next(one for one in store.everything() if one.kind == "note")
    store.edit_note(note, "这里另写的")
    assert cli.main(["import", "--yes", str(export)]) == 0
    out = capsys.readouterr().out
    assert "    ! note 与本期的数字核对，再问作者 (changed on both sides; kept beside" in out
    assert sorted(notes(store)) == ["与本期的数字核对，再问作者", "这里另写的"]


def test_labels_of_another_program_are_looked_for_in_the_library(
    store: Store, bulletin: Path, tmp_path: Path, capsys: Captured
) -> None:
    printed = bulletin.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in printed[4:] if line)
    at = text.index("船坞完成")
    lines = [
        {"text": "别处的话", "label": [[0, 2, "x"]]},
        {"text": text, "label": [[at, at + 2, "设施"]]},
    ]
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")
    assert cli.main(["import", "--yes", str(path)]) == 1
    captured = capsys.readouterr()
    assert "labels.jsonl: line 1: no article at hand has this text" in captured.err
    assert "    + tag 设施 “船坞”" in captured.out


def test_an_interrupted_import_says_what_is_true(
    store: Store, export: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = str(tmp_path / "other")
    take_in = Store.take_in

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "take_in", interrupted)
    assert cli.main(["import", "--data", second, "--yes", str(export)]) == 130
    assert "nothing was imported" in capsys.readouterr().err
    monkeypatch.setattr(Store, "take_in", take_in)
    assert cli.main(["import", "--data", second, "--yes", str(export)]) == 0
    assert cli.main(["import", "--data", second, "--yes", str(export)]) == 0
    assert "nothing to import" in capsys.readouterr().err


def test_what_reaches_the_terminal_is_plain(store: Store, export: Path, capsys: Captured) -> None:
    edit(export, "与上期的数字核对", "红\\e[31m色 [bold]粗[/bold]")
    edit(export, "text: 红", 'text: "红')
    edit(export, "再问作者", '再问作者"')
    assert cli.main(["import", "--dry-run", str(export)]) == 0
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "[bold]" in captured.out


def test_words_that_changed_are_marked() -> None:
    assert word_changes("port of Oslo", "port of Bergen") == "port of [-Oslo-]{+Bergen+}"
    assert word_changes("一" * 50 + "上", "一" * 50 + "下") == "…" + "一" * 12 + "[-上-]{+下+}"
    long = word_changes("a b " * 5000, "c d " * 5000)
    assert len(long) < 200


def test_a_reviewer_must_be_known(own_home: Path, tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["import", str(tmp_path / "x.yaml")]) == 2
    assert cli.main(["import"]) == 2
    assert capsys.readouterr().err.count("\n") == 2
