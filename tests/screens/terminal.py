"""A real terminal for tests: a shell in tmux, on a socket of its own, typed into and looked at."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PROMPT = "kuaibao-test$ "
FLAGS = (
    "alternate_on",
    "cursor_flag",
    "insert_flag",
    "keypad_cursor_flag",
    "keypad_flag",
    "mouse_any_flag",
    "mouse_button_flag",
    "mouse_sgr_flag",
    "mouse_standard_flag",
    "origin_flag",
    "wrap_flag",
)
"""What tmux knows of the modes that programs switch."""


def program() -> str:
    """The command that starts Kuaibao, for a shell."""
    script = Path(sys.executable).parent / "kuaibao"
    words = [str(script)] if script.exists() else [sys.executable, "-P", "-m", "tui"]
    return shlex.join(words)


class Terminal:
    """A shell in a terminal of `columns` × `rows` cells; `close` ends it."""

    def __init__(self, columns: int = 120, rows: int = 40) -> None:
        # Not in the test's folder: the name of a socket must be short.
        self._folder = tempfile.mkdtemp(prefix="kb-")
        dropped = ("TMUX", "TMUX_PANE", "LC_ALL", "LANGUAGE", "NO_COLOR", "COLUMNS", "LINES")
        self._environment = {k: v for k, v in os.environ.items() if k not in dropped}
        self._environment |= {"LANG": "C.UTF-8", "LC_CTYPE": "C.UTF-8", "PS1": PROMPT}
        self._tmux(
            *("new-session", "-d", "-x", str(columns), "-y", str(rows)),
            *("env", f"PS1={PROMPT}", "TERM=screen-256color", "sh"),
        )
        self._tmux("set-option", "-g", "status", "off")
        self.resize(columns, rows)
        self.wait(PROMPT.strip())

    def close(self) -> None:
        """End the shell and what runs in it."""
        self._tmux("kill-server", check=False)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _tmux(self, *words: str, check: bool = True) -> str:
        command = ["tmux", "-u", "-f", os.devnull, "-S", f"{self._folder}/s", *words]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, timeout=20, check=False
        )
        if check and done.returncode:
            raise RuntimeError(f"tmux {words[0]}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode("utf-8", "replace")

    # What goes in.

    def type(self, text: str) -> None:
        """Type text as it is; Chinese as an input method would commit it."""
        self._tmux("send-keys", "-l", "--", text)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: Enter, Escape, Tab, F2, PageDown …"""
        self._tmux("send-keys", *keys)

    def run(self, command: str) -> None:
        """Give the shell a command."""
        self.type(command)
        self.press("Enter")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    # What comes out.

    def rows(self) -> list[str]:
        """The rows of the screen, without the blanks at their ends."""
        return self._tmux("capture-pane", "-p").split("\n")[:-1]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.rows())

    def flags(self) -> dict[str, str]:
        """The modes of the terminal as they are now."""
        told = self._tmux("display-message", "-p", ",".join(f"#{{{name}}}" for name in FLAGS))
        return dict(zip(FLAGS, told.strip().split(","), strict=True))

    def wait(self, *wanted: str | Callable[[str], bool], gone: str = "", limit: float = 20) -> str:
        """Wait until the screen shows all of `wanted` and not `gone`; return it.

        Raises AssertionError with the screen when that does not come true in time.
        """
        end = time.monotonic() + limit
        while True:
            text = self.text()
            missing = [
                each
                for each in wanted
                if not (each in text if isinstance(each, str) else each(text))
            ]
            if not missing and not (gone and gone in text):
                return text
            if time.monotonic() > end:
                raise AssertionError(f"not seen: {missing or f'without {gone}'}\n{text}")
            time.sleep(0.05)

    def settled(self, quiet: float = 0.3, limit: float = 10) -> str:
        """Wait until the screen has not changed for `quiet` seconds; return it."""
        end = time.monotonic() + limit
        text, since = self.text(), time.monotonic()
        while time.monotonic() - since < quiet and time.monotonic() < end:
            time.sleep(0.05)
            seen = self.text()
            if seen != text:
                text, since = seen, time.monotonic()
        return text
