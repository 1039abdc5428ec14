"""The command line as a user meets it: what is printed, where, and with which exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tui import cli, locations
from tui.cli import read
from tui.commands import command_names

if TYPE_CHECKING:
    from pathlib import Path

Captured = pytest.CaptureFixture[str]
ESCAPE = "\x1b"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `kuaibao [PATH…]` would open on a terminal."""
    calls: list[list[str]] = []

    def run(arguments: object, loaded: object) -> int:
        calls.append(vars(arguments)["paths"])
        return 0

    monkeypatch.setattr(read, "run", run)
    return calls


def run(*words: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=60,
    )


class TestWords:
    @pytest.mark.parametrize(
        ("words", "paths"),
        [
            ([], []),
            (["a.txt", "b"], ["a.txt", "b"]),
            (["./export"], ["./export"]),
            (["--", "export"], ["export"]),
            (["--", "-rf.txt", "--help"], ["-rf.txt", "--help"]),
            (["a", "--language", "en", "b"], ["a", "b"]),
            (["--language", "en", "--", "a"], ["a"]),
            (["read"], ["read"]),
            (["a", "inspect"], ["a", "inspect"]),
            (["a\nb", f"{ESCAPE}[31m", "\udcb0"], ["a\nb", f"{ESCAPE}[31m", "\udcb0"]),
        ],
    )
    def test_are_paths_unless_the_first_is_a_command(
        self, words: list[str], paths: list[str], opened: list[list[str]]
    ) -> None:
        assert cli.main(words) == 0
        assert opened == [paths]

    @pytest.mark.parametrize("words", [["--data", "d", "paths"], ["paths", "--data", "d"]])
    def test_options_stand_before_or_after_the_command(
        self, words: list[str], capsys: Captured
    ) -> None:
        assert cli.main(words) == 0
        assert str(locations.Path("d").absolute()) in capsys.readouterr().out

    @pytest.mark.parametrize(
        "words",
        [
            ["--colour"],
            ["--conf", "x"],
            ["inspect"],
            ["inspect", "--format", "xml", "x"],
            ["paths", "x"],
            ["keys", "--", "x"],
            ["--language", "klingon"],
            ["--config"],
            ["export", "--since"],
        ],
    )
    def test_that_make_no_sense_are_one_line_and_status_2(
        self, words: list[str], capsys: Captured
    ) -> None:
        assert cli.main(words) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("kuaibao: ")
        assert captured.err.count("\n") == 1

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--colour"], "“--colour” is not understood"),
            (
                ["inspect", "--format", "xml"],
                "--format: “xml” is unknown; possible are: json, tree",
            ),
            (["--config"], "--config needs a value"),
            (["--help=x"], "takes no value"),
        ],
    )
    def test_that_make_no_sense_are_named(
        self, words: list[str], said: str, capsys: Captured
    ) -> None:
        assert cli.main(words) == 2
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize(
        "words", [["--colour"], ["--config"], ["--language", "x"], ["--help=x"]]
    )
    def test_are_complained_about_in_one_language(
        self, words: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
        assert cli.main(words) == 2
        said = capsys.readouterr().err.removeprefix("kuaibao: ")
        for own in (
            "kuaibao",
            "colour",
            "config",
            "language",
            "auto",
            "en",
            "zh_CN",
            "help",
            "x",
            "h",
        ):
            said = said.replace(own, "")
        assert not re.search("[a-zA-Z]", said), said


class TestHelp:
    @pytest.mark.parametrize("command", ["read", "inspect", "export"])
    def test_has_straight_columns_in_chinese(self, command: str, capsys: Captured) -> None:
        assert cli.main([command, "--language", "zh_CN", "--help"]) == 0
        lines = capsys.readouterr().out.splitlines()
        rows = [re.match(r"( {2}\S.*?) {2,}(?=\S)", line) for line in lines]
        ends = {cell_len(row[0]) for row in rows if row and not row[0].startswith("  kuaibao")}
        assert ends == {24}
        assert all(cell_len(line) <= 80 for line in lines)

    def test_names_every_command(self, capsys: Captured) -> None:
        assert cli.main(["--help"]) == 0
        out = capsys.readouterr().out
        assert all(f"kuaibao {name}" in out for name in ("inspect", "export", "paths", "keys"))

    @pytest.mark.parametrize("command", ["inspect", "export", "paths", "keys"])
    def test_is_there_for_each(self, command: str, capsys: Captured) -> None:
        assert cli.main([command, "--help"]) == 0
        assert f"kuaibao {command}" in capsys.readouterr().out

    def test_version(self, capsys: Captured) -> None:
        assert cli.main(["--version"]) == 0
        name, version = capsys.readouterr().out.split()
        assert (name, version[0].isdigit()) == ("kuaibao", True)


class TestPaths:
    def test_says_where_everything_is(self, own_home: Path, capsys: Captured) -> None:
        assert cli.main(["paths"]) == 0
        out = capsys.readouterr().out
        for name in ("config", "data", "state", "cache"):
            assert str(own_home / name / "kuaibao") in out
        assert str(locations.bundled("seeds")) in out
        assert not own_home.exists()


class TestKeys:
    def test_lists_every_command_with_the_users_keys(
        self, tmp_path: Path, capsys: Captured
    ) -> None:
        own = tmp_path / "mine.yaml"
        own.write_text("keys: {export: f9}\n", encoding="utf-8")
        assert cli.main(["keys", "--config", str(own)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert all(any(f" {name} " in line for line in lines) for name in command_names())
        assert any(line.split()[:2] == ["F9", "export"] for line in lines)


class TestConfiguration:
    def test_problems_are_told_and_not_fatal(self, tmp_path: Path, capsys: Captured) -> None:
        own = tmp_path / "mine.yaml"
        own.write_text("thme: x\n", encoding="utf-8")
        assert cli.main(["paths", "--config", str(own)]) == 0
        assert capsys.readouterr().err == (
            "kuaibao: mine.yaml:1: unknown key “thme”; did you mean “theme”?\n"
        )

    def test_a_file_that_was_named_must_be_there(self, tmp_path: Path, capsys: Captured) -> None:
        assert cli.main(["paths", "--config", str(tmp_path / "no.yaml")]) == 2
        assert "no.yaml" in capsys.readouterr().err

    def test_a_name_with_escapes_is_shown_plainly(self, tmp_path: Path, capsys: Captured) -> None:
        assert cli.main(["paths", "--config", f"{tmp_path}/{ESCAPE}]52;c;QQ==\x07\n.yaml"]) == 2
        err = capsys.readouterr().err
        assert ESCAPE not in err
        assert err.count("\n") == 1


class TestRead:
    def test_needs_a_terminal(self, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
        assert cli.main([]) == 2
        assert "terminal" in capsys.readouterr().err

    def test_names_what_is_missing(self, tmp_path: Path, capsys: Captured) -> None:
        assert cli.main([str(tmp_path / "a"), str(tmp_path / "b\0")]) == 1
        assert capsys.readouterr().err.count("there is no such file or folder") == 2


class TestFaults:
    def test_leave_a_report_and_one_line(
        self, monkeypatch: pytest.MonkeyPatch, capsys: Captured, own_home: Path
    ) -> None:
        def fail(arguments: object, loaded: object) -> int:
            raise ZeroDivisionError("\x1b[2J")

        monkeypatch.setattr(read, "run", fail)
        assert cli.main([]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "ZeroDivisionError" in err
        assert "Traceback" not in err
        (report,) = locations.logs_folder().iterdir()
        assert "Traceback" in report.read_text(encoding="utf-8")

    def test_a_closed_pipe_is_no_fault(self) -> None:
        command = f'"{sys.executable}" -m tui keys | head -n 1'
        done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
    def test_a_full_disk_is_one_line(self) -> None:
        command = f'"{sys.executable}" -m tui keys > /dev/full'
        done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
        assert done.returncode == 1
        assert done.stderr.count(b"\n") == 1
        assert done.stderr.startswith(b"kuaibao: ")


def test_a_pipe_gets_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """Under LANG=C an encoder for ASCII would stop at the first Chinese character."""
    own = tmp_path / "mine.yaml"
    own.write_text("data: /工作\n", encoding="utf-8")
    done = run("paths", "--config", str(own), LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "/工作" in done.stdout.decode("utf-8")


def test_a_name_of_other_bytes_is_a_name(tmp_path: Path) -> None:
    done = run("paths", "--data", os.fsencode(tmp_path) + b"/\xb0\xeb")
    assert done.returncode == 0
    assert done.stderr == b""
