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


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        ("markdown", "## 第1条"),
        ("csv", '\ufeff"publication"'),
        ("jsonl", '{"id": 1'),
        ("jsonld", '{"@context"'),
        ("bibtex", "@article{kb"),
        ("csl", '"type": "article-journal"'),
    ],
)
def test_prints_every_format(form: str, sign: str, capsys: Captured) -> None:
    assert cli.main(["export", "--reviewer", "沈三", "--format", form]) == 0
    captured = capsys.readouterr()
    assert sign in captured.out
    assert captured.err == ""


def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old", encoding="utf-8")
    words = ["export", "--reviewer", "沈三", "--format", "csv", "-o", str(target)]
    assert cli.main(words) == 1
    assert "--force replaces it" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "old"
    assert cli.main([*words, "--force"]) == 0
    assert target.read_text(encoding="utf-8-sig").startswith('"publication"')


def test_markdown_that_was_edited_is_brought_up_to_date(
    tmp_path: Path, work: Store, capsys: Captured
) -> None:
    target = tmp_path / "a.md"
    words = ["export", "--reviewer", "沈三", "--format", "markdown", "-o", str(target)]
    assert cli.main(words) == 0
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace("再看数字", "数字已看") + "\n我的话\n", encoding="utf-8")
    (note,) = (one for one in work.everything() if one.kind == "note")
    work.edit_note(note, "新的批注")
    capsys.readouterr()
    assert cli.main(words) == 0
    assert (
        "1 passage that you edited kept; what changed stands below them" in capsys.readouterr().err
    )
    text = target.read_text(encoding="utf-8")
    assert all(words in text for words in ("数字已看", "我的话", "新的批注"))
    foreign = tmp_path / "b.md"
    foreign.write_text("# 别的\n", encoding="utf-8")
    assert cli.main([*words[:-1], str(foreign)]) == 1
    assert foreign.read_text(encoding="utf-8") == "# 别的\n"
    foreign.write_bytes(b"\xff\xfe")
    assert cli.main([*words[:-1], str(foreign), "--force"]) == 1
    assert foreign.read_bytes() == b"\xff\xfe"


def second_issue(work: Store, name: str) -> None:
    article = Article("b1", "另一条", 1)
    issue = Issue("e" * 64, f"/b/{name}", "general", 0.9, (Section("动态", (article,)),))
    work.note(issue_ref(issue), article_refs(issue)[0], "丙")


def test_a_file_for_each_issue(tmp_path: Path, work: Store, capsys: Captured) -> None:
    second_issue(work, "sub: 8?.txt")
    folder = tmp_path / "out"
    words = ["export", "--reviewer", "沈三", "--per-issue", str(folder)]
    assert cli.main([*words, "--issue", "brief-7"]) == 0
    assert cli.main(words) == 1
    assert "brief-7.yaml exists" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["brief-7.yaml"]
    assert cli.main([*words, "--force"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["brief-7.yaml", "sub- 8.yaml"]
    data = yaml.safe_load((folder / "sub- 8.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for one in data["issues"]] == ["e" * 64]


def test_issues_of_one_file_name_have_files_of_their_own(tmp_path: Path, work: Store) -> None:
    second_issue(work, "BRIEF-7.txt")
    folder = tmp_path / "out"
    words = ["export", "--reviewer", "沈三", "--format", "bibtex", "--per-issue", str(folder)]
    assert cli.main([*words, "--issue", "f" * 64]) == 0
    assert cli.main([*words, "--force"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "BRIEF-7~eeeeeeee.bib",
        "brief-7~ffffffff.bib",
    ]


def test_several_reviewers_are_read_and_not_written(work: Store, capsys: Captured) -> None:
    theirs = Store(locations.data_folder(), "李四", "there")
    article = Article("a1", "第1条：新工厂动工", 1)
    issue = Issue("f" * 64, "/b/brief-7.txt", "general", 0.9, (Section("动态", (article,)),))
    theirs.note(issue_ref(issue), article_refs(issue)[0], "李的话")
    files = {path: path.read_bytes() for path in (theirs.root / "annotations").rglob("*.json")}
    exported = export(capsys, "--reviewer", "李四", "--kind", "note")
    assert sorted(one["reviewer"] for one in exported["issues"]) == ["李四", "沈三"]
    assert {path: path.read_bytes() for path in files} == files


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "word"],
        ["--raw"],
        ["--format", "csl", "--with-mentions"],
        ["--per-issue", "x", "-o", "y"],
        ["--until", "morgen"],
        ["--issue-since", "2024-13"],
        ["--kind", "joke"],
        ["--anchor", "loose"],
        ["--citation", "1987"],
    ],
)
def test_what_makes_no_sense_is_status_2(words: list[str], capsys: Captured) -> None:
    assert cli.main(["export", "--reviewer", "沈三", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_filters_of_the_command_line(capsys: Captured) -> None:
    assert "第2条" not in str(export(capsys, "--text", "再看数字"))
    assert "第2条" not in str(export(capsys, "--kind", "note"))
    assert export(capsys, "--section", "动态", "--until", "2999", "--status", "unread")["issues"]
    assert cli.main(["export", "--reviewer", "沈三", "--section", "政策"]) == 1
    assert "there are: 动态" in capsys.readouterr().err
    assert cli.main(["export", "--reviewer", "沈三", "--issue-since", "2024"]) == 1
    assert cli.main(["export", "--reviewer", "沈三", "--anchor", "orphan"]) == 1


def test_an_interrupted_export_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "a.yaml"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    words = ["export", "--reviewer", "沈三", "-o", str(target), "--force"]
    for place in ("annotations.exports.yaml.dump", "annotations.durable.os.fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(place, interrupted)
            assert cli.main(words) == 130
    assert [path.name for path in target.parent.iterdir()] == ["a.yaml"]
    assert target.read_text(encoding="utf-8") == "old"


def test_a_file_is_written_into_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("出.yaml", "出.csv"):
        form = name.rpartition(".")[2]
        assert cli.main(["export", "--reviewer", "沈三", "--format", form, "-o", name]) == 0
        assert "先看：第二段" in (tmp_path / name).read_text(encoding="utf-8")
