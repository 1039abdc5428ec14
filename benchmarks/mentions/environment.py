"""The environment of the other tools: made once, beside ours, and asked by running a script."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv-peers"
HERE = Path(__file__).parent
WANTED = HERE / "peers.txt"


def prepare() -> str:
    """Make the environment if it is not there; return why it can't be, or ""."""
    made = FOLDER / "made"
    if made.is_file() and made.read_text(encoding="utf-8") == WANTED.read_text(encoding="utf-8"):
        return ""
    print(f"Installing the other tools in {FOLDER.name} (once; about 300 MB)…", flush=True)
    pip = [str(FOLDER / "bin" / "python"), "-m", "pip", "--quiet", "install"]
    for command in (
        [sys.executable, "-m", "venv", str(FOLDER)],
        # Two of them have only a source, made for an older setuptools.
        [*pip, "setuptools<70", "wheel"],
        [*pip, "--no-build-isolation", "--requirement", str(WANTED)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            return lines[-1]
    made.write_text(WANTED.read_text(encoding="utf-8"), encoding="utf-8")
    return ""


def run(tool: str, texts: Sequence[str]) -> dict[str, Any] | str:
    """Give what a tool found (see `peers`), or in one line why it does not run."""
    done = subprocess.run(
        [str(FOLDER / "bin" / "python"), str(HERE / "peers.py"), tool],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no word"])[-1]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
