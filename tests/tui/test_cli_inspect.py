"""`kuaibao inspect`: the contract's JSON, a tree for people, and the reasons of the parser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tui import cli

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def seed(root: Path) -> Path:
    return sorted((root / "seeds").glob("*.txt"))[0]


def inspect(capsys: Captured, *words: str) -> tuple[int, dict[str, Any], str]:
    status = cli.main(["inspect", "--format", "json", *words])
    captured = capsys.readouterr()
    return status, json.loads(captured.out), captured.err


class TestJson:
    def test_has_what_the_contract_names(self, seed: Path, capsys: Captured) -> None:
        status, value, err = inspect(capsys, str(seed))
        assert (status, err, value["errors"]) == (0, "", [])
        (issue,) = value["issues"]
        assert issue["path"] == str(seed)
        article = issue["sections"][0]["articles"][0]
        names = {"id", "title", "topic", "authors", "date", "original_title", "sources", "blocks",
                 "footnotes", "amounts", "quantities", "dates", "entities"}  # fmt: skip
        assert names <= article.keys()

    def test_a_folder_is_walked(self, seed: Path, capsys: Captured) -> None:
        _, value, _ = inspect(capsys, str(seed.parent))
        assert len(value["issues"]) == len(list(seed.parent.glob("*.txt")))

    def test_what_cant_be_read_does_not_stop_the_others(
        self, seed: Path, tmp_path: Path, capsys: Captured
    ) -> None:
        empty = tmp_path / "空.txt"
        empty.touch()
        status, value, err = inspect(capsys, str(tmp_path / "no"), str(empty), str(seed))
        assert status == 1
        assert len(value["issues"]) == 1
        assert [error["path"] for error in value["errors"]] == [str(tmp_path / "no"), str(empty)]
        assert err.count("\n") == 2
        assert "空.txt" in err

    def test_is_json_even_if_nothing_can_be_read(self, tmp_path: Path, capsys: Captured) -> None:
        status, value, _ = inspect(capsys, str(tmp_path))
        assert status == 1
        assert value["issues"] == []
        assert value["errors"][0]["path"] == str(tmp_path)

    def test_explains_each_line_if_asked(self, seed: Path, capsys: Captured) -> None:
        _, value, _ = inspect(capsys, "--explain", str(seed))
        lines = value["issues"][0]["lines"]
        printed = [line for line in seed.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(lines) == len(printed)
        assert all(line["role"] and line["reason"] for line in lines)

    def test_a_fault_with_one_file_does_not_stop_the_others(
        self, seed: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise IndexError

        monkeypatch.setattr("bulletins.reading.parse", fail)
        status, value, err = inspect(capsys, str(seed))
        assert status == 1
        assert "IndexError" in value["errors"][0]["message"]
        assert "Traceback" not in err

    def test_shows_names_that_move_no_cursor_and_reads_back(
        self, seed: Path, tmp_path: Path, capsys: Captured
    ) -> None:
        odd = tmp_path / "a\x1b]0;t\x07\x9b\u202e\nb.txt"
        odd.write_bytes(seed.read_bytes())
        cli.main(["inspect", "--format", "json", str(odd)])
        out = capsys.readouterr().out
        assert not set("\x1b\x07\x9b\u202e") & set(out)
        assert json.loads(out)["issues"][0]["path"].endswith("b.txt")

    def test_a_file_that_cant_be_read_keeps_its_name(
        self, tmp_path: Path, capsys: Captured
    ) -> None:
        """A program must find the file again, whatever its name is made of."""
        odd = str(tmp_path / "\x9b\u202e\udcb0.txt")
        cli.main(["inspect", "--format", "json", odd])
        captured = capsys.readouterr()
        assert not set("\x9b\u202e\udcb0") & set(captured.out + captured.err)
        assert json.loads(captured.out)["errors"][0]["path"] == odd

    def test_a_pipe_gets_utf8_and_names_of_other_bytes(self, seed: Path, tmp_path: Path) -> None:
        odd = os.fsencode(tmp_path) + b"/\xb0\xeb.txt"
        with open(odd, "wb") as file:  # noqa: PTH123
            file.write(seed.read_bytes())
        done = subprocess.run(
            [sys.executable, "-m", "tui", "inspect", odd],
            capture_output=True,
            env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        (issue,) = json.loads(done.stdout.decode("utf-8"))["issues"]
        assert issue["path"].startswith(str(tmp_path))


class TestTree:
    def test_shows_sections_and_articles_as_printed(self, seed: Path, capsys: Captured) -> None:
        _, value, _ = inspect(capsys, str(seed))
        assert cli.main(["inspect", "--format", "tree", str(seed)]) == 0
        out = "".join(capsys.readouterr().out.split())
        for section in value["issues"][0]["sections"]:
            assert "".join(section["title"].split()) in out

    def test_obeys_no_markup_in_a_name(self, seed: Path, tmp_path: Path, capsys: Captured) -> None:
        odd = tmp_path / "[J] [bold]x [@click=app.quit] :smile: [.txt"
        odd.write_bytes(seed.read_bytes())
        assert cli.main(["inspect", "--format", "tree", str(odd)]) == 0
        out = capsys.readouterr().out
        assert "[J][bold]x[@click=app.quit]:smile:[.txt" in "".join(out.split())

    def test_explains_each_line(self, seed: Path, capsys: Captured) -> None:
        assert cli.main(["inspect", "--explain", "--format", "tree", str(seed)]) == 0
        out = capsys.readouterr().out
        printed = [line for line in seed.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert out.count("←") >= len(printed)


def test_a_broken_style_of_the_users_is_one_line(
    seed: Path, own_home: Path, capsys: Captured
) -> None:
    folder = own_home / "config" / "kuaibao" / "styles"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("name: [", encoding="utf-8")
    assert cli.main(["inspect", str(seed)]) == 2
    err = capsys.readouterr().err
    assert "mine.yaml" in err
    assert err.count("\n") == 1


def test_what_is_said_of_lines_holds(seed: Path, tmp_path: Path, capsys: Captured) -> None:
    _, printed, _ = inspect(capsys, str(seed))
    titles = [one["title"] for part in printed["issues"][0]["sections"] for one in part["articles"]]
    said = tmp_path / "said.yaml"
    entries = [{"act": "join", "line": titles[1]}, {"act": "drop", "line": "没有这一行"}]
    said.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    status, printed, told = inspect(capsys, str(seed), "--corrections", str(said))
    assert status == 0
    after = [one["title"] for part in printed["issues"][0]["sections"] for one in part["articles"]]
    assert after == [titles[0], *titles[2:]]
    assert "没有这一行" in told and titles[1] not in told


@pytest.mark.parametrize(
    "text", ["act: begin", "[{act: split, line: 甲}]", "[{act: join}]", "[", ""]
)
def test_a_file_of_corrections_that_is_none_is_refused(
    seed: Path, tmp_path: Path, capsys: Captured, text: str
) -> None:
    said = tmp_path / "said.yaml"
    said.write_text(text, encoding="utf-8")
    assert cli.main(["inspect", str(seed), "--corrections", str(said)]) == 2
    captured = capsys.readouterr()
    assert not captured.out
    assert captured.err.count("said.yaml") >= 1
