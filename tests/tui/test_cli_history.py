"""`kuaibao history`: each change in a line, of what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.model import article_refs, issue_ref
from annotations.store import Store
from bulletins.model import Article, Block, Issue, Section
from tui import cli, locale, locations
from tui.history_words import said

Captured = pytest.CaptureFixture[str]

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def work() -> Store:
    """Two tagged articles, a note changed, a tag renamed, and the last of it undone."""
    articles = tuple(
        Article(f"a{n}", f"第{n}条：新工厂动工", 1, blocks=(Block("paragraph", "正文。", 1),))
        for n in (1, 2)
    )
    issue = Issue("f" * 64, "/b/brief-7.txt", "general", 0.9, (Section("动态", articles),))
    store = Store(locations.data_folder(), "沈三", "here")
    first, second = article_refs(issue)
    store.tag(issue_ref(issue), first, "重要")
    store.tag(issue_ref(issue), second, "待核实")
    note = store.note(issue_ref(issue), first, "先看\n第二段 [b]\x1b[31m")
    store.edit_note(note, "看过了")
    store.rename_tag("重要", "要紧")
    store.undo()
    return store


def history(capsys: Captured, *words: str) -> list[list[str]]:
    status = cli.main(["history", "--reviewer", "沈三", *words])
    captured = capsys.readouterr()
    assert (status, captured.err) == (0, "")
    return [line.split("  ") for line in captured.out.splitlines()[1:]]


def cells(line: list[str]) -> list[str]:
    return [cell.strip() for cell in line if cell.strip()][1:]


def test_every_change_is_a_line_from_what_to_what(capsys: Captured) -> None:
    lines = [cells(line) for line in history(capsys)]
    who, title = "沈三 · here", "第1条：新工厂动工"
    assert lines[0] == [who, "tag put on", "重要", "–", "重要"]
    assert lines[1] == [who, "tag put on", title, "–", "#重要"]
    assert lines[4][:4] == [who, "note written", title, "–"]
    assert lines[5][:3] == [who, "note changed", title]
    assert lines[5][-1] == "看过了"
    assert lines[6] == [who, "tag renamed", "要紧", "重要", "要紧"]
    assert lines[7] == [who, "undone", "重要", "要紧", "重要"]


def test_nothing_in_a_note_reaches_the_terminal(capsys: Captured) -> None:
    text = "\n".join("  ".join(line) for line in history(capsys))
    assert "[b]" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("word", "count"),
    [("brief-7", 4), ("ffffff", 4), ("第2条：新工厂动工", 1), ("待核实", 1), ("要紧", 1)],
)
def test_words_choose_issues_articles_and_tags(capsys: Captured, word: str, count: int) -> None:
    assert len(history(capsys, word)) == count


def test_what_has_no_history_says_so(capsys: Captured, tmp_path: Path) -> None:
    assert cli.main(["history", "--reviewer", "沈三", "nothing"]) == 1
    assert "no history of that" in capsys.readouterr().err
    assert cli.main(["history", "--reviewer", "沈三", "--data", str(tmp_path / "no")]) == 1
    assert "no history yet" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()


def test_colours_and_states_are_told_in_the_language_of_the_reader() -> None:
    colour = {"target": {"selector": {"exact": "新工厂"}}, "body": {"colour": "green"}}
    locale.set_language("zh_CN")
    try:
        assert said({"kind": "highlight", **colour}, {}) == "绿色 新工厂"
        assert said({"kind": "status", "body": {"status": "reviewed"}}, {}) == "已审读"
        assert said({"kind": "status", "body": {"status": "reading"}}, {}) == "已打开"
    finally:
        locale.set_language("en")
