"""The terminal before the screen is drawn: a sign of life, and no typed key lost."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TURNS = ("快报    ", "快报 .  ", "快报 .. ", "快报 ...")
TURN_SECONDS = 0.08


@contextmanager
def made_ready() -> Iterator[Callable[[], None]]:
    """Keep what is typed while the program loads, and show that it loads; gives what ends that.

    Until an application takes the terminal, the terminal itself would echo keys, hold them back
    until Enter, and swallow Ctrl+Q and Ctrl+S. Its settings are given back at the end.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield lambda: None
        return
    try:
        import termios
    except ImportError:  # Windows
        yield lambda: None
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    ours = termios.tcgetattr(terminal)
    ours[0] &= ~(termios.IXON | termios.IXOFF)
    ours[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal, termios.TCSANOW, ours)
    sign = _SignOfLife()
    sign.start()
    try:
        yield sign.end
    finally:
        sign.end()
        termios.tcsetattr(terminal, termios.TCSANOW, before)


class _SignOfLife(threading.Thread):
    """Turns in the first line until it is ended, then leaves the line empty."""

    def __init__(self) -> None:
        super().__init__(name="sign-of-life", daemon=True)
        self._ended = threading.Event()

    def run(self) -> None:
        turn = 0
        while not self._ended.is_set():
            self._write("\r" + TURNS[turn % len(TURNS)])
            turn += 1
            self._ended.wait(TURN_SECONDS)

    def end(self) -> None:
        """Stop, and wait until nothing more will be written."""
        if not self._ended.is_set():
            self._ended.set()
            self.join()
            self._write("\r" + " " * 2 * len(TURNS[0]) + "\r")

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except (OSError, UnicodeError):
            self._ended.set()
