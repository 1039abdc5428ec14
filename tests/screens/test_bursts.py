"""Keys that arrive in one piece, as from a quick typist: none overtakes another."""

from __future__ import annotations

import os
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.screens.terminal import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

F2 = "\x1bOQ"
ESCAPE_MEANT = "Not saved!"


@pytest.fixture
def terminal(root: Path, tmp_path: Path, own_home: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing: the test in a real terminal is needed in CI")
        pytest.skip("tmux is not on this machine")
    library = tmp_path / "library"
    shutil.copytree(root / "seeds", library)
    config = own_home / "config" / "kuaibao" / "config.yaml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("reviewer: 李文\n", encoding="utf-8")
    terminal = Terminal(140, 40)
    terminal.run(f"clear; {program()} {shlex.quote(str(library))}")
    terminal.wait("help", "▾", " of ")
    terminal.settled(1.0)
    yield terminal
    terminal.close()


def test_a_note_typed_in_one_piece_is_kept_whole(terminal: Terminal) -> None:
    for number in range(1, 5):
        note = f"第{number}句jJqdu；完"
        terminal.type(f"m{note}{F2}")
        terminal.wait(note, "saved", gone="F2 or Ctrl+S")
        terminal.type("J")
        terminal.settled()


def test_dialogs_one_behind_the_other(terminal: Terminal) -> None:
    rounds = range(1, 7)
    terminal.type("".join(f"t标{n}号\rm第{n}句jJ{F2}J" for n in rounds))
    for n in reversed(rounds):
        terminal.settled()
        terminal.type("K")
        terminal.wait(f"标{n}号", f"第{n}句jJ")


def test_a_tag_renamed_in_one_piece(terminal: Terminal) -> None:
    terminal.type("t旧名字\r")
    terminal.wait("旧名字", "1 tagged", "saved")
    terminal.type("Tr\x15新名字jT\r")
    terminal.wait("新名字jT", "its articles")
    terminal.type("\x1b")
    terminal.wait("新名字jT", gone="its articles")


def test_what_follows_the_saving_key_is_no_text(terminal: Terminal) -> None:
    terminal.settled()
    terminal.type(f"m写完就走{F2}J")
    terminal.wait("✎", gone="F2 or Ctrl+S")
    terminal.wait(lambda text: "写完就走" not in text)
    terminal.type("K")
    terminal.wait("写完就走", lambda text: "写完就走J" not in text)


def test_escape_behind_text_asks_first(terminal: Terminal) -> None:
    terminal.type("m")
    terminal.wait("F2 or Ctrl+S")
    terminal.type("没写完\x1b")
    terminal.wait(ESCAPE_MEANT, "没写完")
