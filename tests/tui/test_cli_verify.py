"""`kuaibao verify`: a line for each quote, and an exit status that scripts can go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.model import Annotation, HighlightBody, Selector, Target, article_refs, issue_ref
from annotations.store import Store
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tui import cli, locations

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def bulletin(bulletin: Path) -> Path:
    issue = read_issue(bulletin, load_styles([])).issue
    store = Store(locations.data_folder(), "沈三", "here")
    for ref, article in zip(article_refs(issue), issue.articles(), strict=True):
        for index, block in enumerate(article.blocks):
            at = block.text.find("试用两艘")
            if at >= 0:
                before, after = block.text[:at][-32:], block.text[at + 4 :][:32]
                span = Selector(at, at + 4, "试用两艘", index, before, after, block.page)
                target = Target(issue_ref(issue), ref, span)
                store.put(Annotation("h1", target, HighlightBody("green")))
    assert len(list(store.everything())) == 1
    return bulletin


@pytest.mark.parametrize("form", ["yaml", "jsonl", "jsonld"])
def test_says_what_still_stands_and_what_moved(
    form: str, bulletin: Path, tmp_path: Path, capsys: Captured
) -> None:
    export = tmp_path / f"out.{form}"
    words = ["export", "--reviewer", "沈三", "--format", form, "-o", str(export)]
    assert cli.main(words) == 0
    capsys.readouterr()
    assert cli.main(["verify", str(export), str(bulletin)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("exact  ocean.txt · 港口试用拖船 · ")
    assert captured.out.count("\n") == 1
    assert "1 quote, 1 exact" in captured.err
    text = bulletin.read_text(encoding="utf-8")
    bulletin.write_text(text.replace("三月中旬，", "在今年的三月中旬，"), encoding="utf-8")
    assert cli.main(["verify", str(export), str(bulletin)]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("moved  ocean.txt")
    assert " → " in captured.out
    bulletin.write_text(text.replace("试用两艘以氢为燃料的拖船", "停工"), encoding="utf-8")
    assert cli.main(["verify", str(export), str(bulletin)]) == 1
    assert capsys.readouterr().out.startswith("lost  ")


def test_an_export_can_be_of_lost_passages_only(
    bulletin: Path, own_home: Path, capsys: Captured
) -> None:
    text = bulletin.read_text(encoding="utf-8")
    bulletin.write_text(text.replace("试用两艘以氢为燃料的拖船", "停工"), encoding="utf-8")
    folder = own_home / "config" / "kuaibao"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(f"library: [{bulletin}]\n", encoding="utf-8")
    assert cli.main(["export", "--reviewer", "沈三", "--anchor", "exact"]) == 1
    assert cli.main(["export", "--reviewer", "沈三", "--anchor", "orphan"]) == 0
    assert "status: orphan" in capsys.readouterr().out


def test_a_bulletin_that_is_not_at_hand_is_no_agreement(
    bulletin: Path, tmp_path: Path, capsys: Captured
) -> None:
    export = tmp_path / "out.yaml"
    assert cli.main(["export", "--reviewer", "沈三", "-o", str(export)]) == 0
    capsys.readouterr()
    assert cli.main(["verify", str(export)]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("no text  ")
    assert "name its file as well" in captured.err
    assert cli.main(["verify", str(export), "/nope.txt"]) == 1


def test_the_library_is_asked_for_files_never_read(
    bulletin: Path, tmp_path: Path, own_home: Path, capsys: Captured
) -> None:
    folder = own_home / "config" / "kuaibao"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(f"library: [{tmp_path}]\n", encoding="utf-8")
    export = tmp_path / "out.yaml"
    assert cli.main(["export", "--reviewer", "沈三", "-o", str(export)]) == 0
    capsys.readouterr()
    assert cli.main(["verify", str(export)]) == 0
    assert capsys.readouterr().out.startswith("exact  ")


@pytest.mark.parametrize("text", ["", "甲", "{}", "schema: kuaibao.export\n", "[" * 50_000])
def test_what_is_no_export_is_one_line(text: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert cli.main(["verify", str(path)]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    path.write_bytes(b"\xff\xfe\x00")
    assert cli.main(["verify", str(path)]) == 1
    assert "not text in UTF-8" in capsys.readouterr().err


def test_without_a_file_it_is_not_understood(capsys: Captured) -> None:
    assert cli.main(["verify"]) == 2
    assert "name an export" in capsys.readouterr().err
