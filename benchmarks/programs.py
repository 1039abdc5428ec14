"""What is measured: our program and the yardstick, each in a home of its own, and the corpus."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
DESIGNED = ROOT.parent / "shared" / "tools" / "baseline_apps.py"
"""The yardstick that the design names; it is not in the repository, and may be missing."""
COLUMNS, ROWS = 120, 40
LIST_COLUMNS = 34
"""The sidebar's width at this size; the article stands right of it."""


def corpus() -> Path:
    """The folder of bulletins to open: the real ones beside the checkout, else the samples."""
    real = ROOT.parent / "shared" / "bulletins"
    return real if real.is_dir() else ROOT / "seeds"


@dataclass
class Home:
    """Folders for configuration, data, state and cache that nobody used before."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="kuaibao-bench-")))

    def __enter__(self) -> Home:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """The environment of a program that lives here."""
        inherited = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TZ", "VIRTUAL_ENV")
        own = {name: os.environ[name] for name in inherited if name in os.environ}
        own |= {
            f"XDG_{name.upper()}_HOME": str(self.folder / name)
            for name in ("config", "data", "state", "cache")
        }
        return own | {
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }


def kuaibao(home: Home, rows: int = ROWS) -> Terminal:
    """Start our program on the corpus."""
    script = Path(sys.executable).parent / "kuaibao"
    program = [str(script)] if script.exists() else [sys.executable, "-m", "tui"]
    return Terminal([*program, str(corpus())], home.environment(), COLUMNS, rows)


def yardstick(home: Home, rows: int = ROWS) -> Terminal:
    """Start the bare app."""
    command = [sys.executable, str(ROOT / "benchmarks" / "yardstick.py")]
    return Terminal(command, home.environment(), COLUMNS, rows)


def designed(home: Home) -> Terminal:
    """Start the bare app that the bars were set by."""
    command = [sys.executable, str(DESIGNED), "app", "--tree", "20", "--pane", "lineapi"]
    return Terminal(command, home.environment(), COLUMNS, ROWS)


def leads() -> list[tuple[str, str]]:
    """How the articles of the corpus begin: title and first text, as the reading pane shows."""
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    styles = load_styles(())
    found = []
    for path in sorted(corpus().glob("*.txt")):
        for article in parse(read_pages(path), styles).issue.articles():
            text = next((block.text for block in article.blocks), "")
            found.append((article.title[:8], text[:8]))
    return found
