"""`kuaibao export`: chosen annotations on the screen or in a file, and clear words otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from annotations.model import article_refs, issue_ref
from annotations.store import Store
from bulletins.model import Article, Block, Issue, Section
from tui import cli, locations

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def work() -> Store:
    """Two tagged articles, one with a note, as one reviewer's work."""
    articles = tuple(
        Article(f"a{n}", f"第{n}条：新工厂动工", 1, blocks=(Block("paragraph", "正文。", 1),))
        for n in (1, 2)
    )
    issue = Issue("f" * 64, "/b/brief-7.txt", "general", 0.9, (Section("动态", articles),))
    store = Store(locations.data_folder(), "沈三", "here")
    first, second = article_refs(issue)
    store.tag(issue_ref(issue), first, "重要")
    store.note(issue_ref(issue), first, "先看：第二段\n- 再看数字")
    store.tag(issue_ref(issue), second, "待核实")
    return store


def export(capsys: Captured, *words: str) -> Any:
    status = cli.main(["export", "--reviewer", "沈三", *words])
    captured = capsys.readouterr()
    assert (status, captured.err) == (0, "")
    exported = yaml.safe_load(captured.out)
    assert exported.pop("exported")  # the time, which no two exports share
    return exported


def test_prints_yaml(capsys: Captured) -> None:
    text = str(export(capsys))
    assert "先看：第二段" in text
    assert "重要" in text
    assert "待核实" in text


def test_a_tag_chooses_articles(capsys: Captured) -> None:
    text = str(export(capsys, "--tag", "待核实"))
    assert "第2条" in text
    assert "第1条" not in text


def test_an_issue_and_a_date_choose_too(capsys: Captured) -> None:
    assert export(capsys, "--issue", "brief-7", "--since", "2000-01-01") == export(capsys)


def test_writes_a_file(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "出.yaml"
    assert cli.main(["export", "--reviewer", "沈三", "-o", str(target)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "出.yaml" in captured.err
    assert "先看：第二段" in target.read_text(encoding="utf-8")


def test_the_reviewer_of_the_configuration_is_meant(own_home: Path, capsys: Captured) -> None:
    folder = own_home / "config" / "kuaibao"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("reviewer: 沈三\n", encoding="utf-8")
    assert cli.main(["export"]) == 0
    assert "重要" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "--reviewer"),
        (["--reviewer", "沈三", "--tag", "待核查"], 1, "no article has the tag “待核查”"),
        (["--reviewer", "沈三", "--issue", "brief-8"], 1, "did you mean “brief-7”?"),
        (["--reviewer", "沈三", "--since", "2999-01-01"], 1, "no annotations meet all"),
        (
            ["--reviewer", "别人"],
            1,
            "there are no annotations of the reviewer “别人”; there are: 沈三",
        ),
        (["--reviewer", "沈三", "--since", "昨天"], 2, "--since"),
        (["--reviewer", "沈三", "-o", "/no/such/folder/x.yaml"], 1, "there is no such folder"),
        (["--reviewer", "沈三", "-o", "~nobody-of-this-name/x"], 1, "no such home folder"),
    ],
)
def test_says_what_is_wrong_in_one_line(
    words: list[str], status: int, said: str, capsys: Captured
) -> None:
    assert cli.main(["export", *words]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1


def test_nothing_chosen_leaves_an_older_file_alone(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "old.yaml"
    target.write_text("old", encoding="utf-8")
    assert cli.main(["export", "--reviewer", "沈三", "--tag", "x", "-o", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "old"


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    target = tmp_path / "none" / "x.yaml"
    assert cli.main(["export", "--reviewer", "沈三", "-o", str(target)]) == 1
    assert not target.parent.exists()
