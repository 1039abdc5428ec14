"""Hostile files, opened in a real terminal: nothing in them is obeyed, nothing ends the program."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# How much longer than on an idle machine an entry may take: tests run side by side.
SLACK = "4"


@pytest.fixture(scope="module")
def hostile(shared: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of hostile files, the large ones a tenth of their size."""
    folder = tmp_path_factory.mktemp("hostile")
    real = root / "seeds" / "advanced-manufacturing-2024-10.txt"
    command = [sys.executable, str(shared / "tools/hostile.py"), str(folder), "--small"]
    subprocess.run([*command, "--real", str(real)], check=True, capture_output=True)
    return folder


def verdicts(shared: Path, hostile: Path, home: Path, group: str) -> list[str]:
    """What became of each entry of a group that did not go well."""
    kuaibao = f"{sys.executable} -P -m tui {{file}}"
    command = [sys.executable, str(shared / "tools/hostile_run.py"), str(hostile)]
    environment = os.environ | {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "STATE")}
    run = subprocess.run(
        [*command, "--cmd", kuaibao, "--group", group, "--slack", SLACK],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=400,
    )
    lines = run.stdout.splitlines()
    assert lines and lines[-1].startswith("{"), run.stderr
    return [line for line in lines[:-1] if not line.startswith(("ok", "SKIP"))]


@pytest.mark.soak  # a minute and a half
def test_no_control_sequence_is_obeyed(shared: Path, hostile: Path, tmp_path: Path) -> None:
    assert verdicts(shared, hostile, tmp_path, "escape") == []


@pytest.mark.soak
@pytest.mark.parametrize("group", ["markup", "encoding", "binary", "fs", "size"])
def test_nothing_else_breaks_it(group: str, shared: Path, hostile: Path, tmp_path: Path) -> None:
    assert verdicts(shared, hostile, tmp_path, group) == []
