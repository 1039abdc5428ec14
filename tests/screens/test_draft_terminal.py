"""A note in a real terminal: one key, the text, one key; and what kill -9 takes of it: nothing."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from tests.screens.terminal import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = "先核对金额，再问"
AFTER = "作者。"


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Two of them: a killed program leaves its terminal as it was."""
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing: the test in a real terminal is needed in CI")
        pytest.skip("tmux is not on this machine")
    made = [Terminal(), Terminal()]
    yield made
    for terminal in made:
        terminal.close()


def started(terminal: Terminal, library: Path) -> None:
    terminal.run(f"clear; {program()} {shlex.quote(str(library))}")
    terminal.wait("help", "▾")


def the_app(library: Path) -> int:
    """The process that draws: the one with the library in its arguments and no reader's module."""
    import psutil

    found = [
        one.pid
        for one in psutil.process_iter(["cmdline"])
        if str(library) in (one.info["cmdline"] or ())[1:]
        and "bulletins.catalogue.reader" not in one.info["cmdline"]
    ]
    assert len(found) == 1
    return found[0]


def test_a_note_survives_kill_in_the_middle_of_a_sentence(
    root: Path, tmp_path: Path, own_home: Path, terminals: list[Terminal]
) -> None:
    library = tmp_path / "the-library-of-drafts"
    shutil.copytree(root / "seeds", library)
    config = own_home / "config" / "kuaibao" / "config.yaml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("reviewer: 李文\n", encoding="utf-8")

    terminal, another = terminals
    started(terminal, library)
    terminal.press("m")
    terminal.wait("F2")
    terminal.type(SAID)
    terminal.wait(SAID)
    drafts = own_home / "state" / "kuaibao" / "drafts"
    terminal.wait(lambda _: any(SAID in one.read_text("utf-8") for one in drafts.glob("*.json")))
    os.kill(the_app(library), signal.SIGKILL)
    terminal.wait("Killed")

    terminal = another
    started(terminal, library)
    terminal.wait("its draft waits")
    terminal.press("m")
    terminal.wait(SAID, "restored")
    terminal.type(AFTER)
    terminal.press("F2")
    terminal.wait("saved", SAID + AFTER)
    terminal.wait(lambda _: not list(drafts.glob("*.json")))

    terminal.press("m")
    terminal.wait("F2", gone="restored")
