"""A terminal that goes away, as a broken connection does: the work is kept, and nothing runs on."""

from __future__ import annotations

import os
import shlex
import shutil
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.screens.terminal import Terminal, program

if TYPE_CHECKING:
    from pathlib import Path


def running(library: Path) -> list[int]:
    processes = psutil.process_iter(["cmdline"])
    return [one.pid for one in processes if str(library) in (one.info["cmdline"] or ())]


def test_a_closed_terminal_leaves_no_process(root: Path, tmp_path: Path, own_home: Path) -> None:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing: the test in a real terminal is needed in CI")
        pytest.skip("tmux is not on this machine")
    library = tmp_path / "library"
    shutil.copytree(root / "seeds", library)
    config = own_home / "config" / "kuaibao" / "config.yaml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("reviewer: 李文\n", encoding="utf-8")
    for typed in ("", "m没存的一句"):
        terminal = Terminal(120, 40)
        terminal.run(f"clear; {program()} {shlex.quote(str(library))}")
        terminal.wait("help", "▾", " of ")
        if typed:
            terminal.type(typed)
            terminal.wait("没存的一句", "F2 or Ctrl+S")
        assert running(library)
        terminal.close()
        end = time.monotonic() + 15
        while running(library) and time.monotonic() < end:
            time.sleep(0.1)
        assert running(library) == []
    (kept,) = (own_home / "data").rglob("annotations/李文/*/*[0-9a-f].json")
    assert "没存的一句" in kept.read_text(encoding="utf-8")
