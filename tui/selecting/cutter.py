"""Words of Chinese text for the selection, cut in another process; nobody ever waits for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

IDLE_SECONDS = 300.0
"""How long the process stays when nothing is asked: its dictionary takes 100 MB."""
_KEPT = 20_000
_LONGEST = 2_000
"""Code points of a run without any mark; a longer one is no language."""
_FAILURES = 2


class Cutter:
    """Knows the words of runs of Chinese characters that it was asked for before.

    Called with a run it gives its words, or None and has them looked for. A process that can't
    be started or dies leaves the runs whole.
    """

    def __init__(self, cache: Path | None, command: Sequence[str] | None = None) -> None:
        """`cache` is the folder for jieba's prepared dictionary."""
        self._command = [*(command or _command()), *([str(cache)] if cache else [])]
        self._known: dict[str, list[str] | None] = {}
        self._asked: SimpleQueue[str] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._failures = 0
        self._closed = False

    def __call__(self, run: str) -> list[str] | None:
        """Give the words of a run; None as long as they are not known."""
        if run not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[run] = None
            if len(run) <= _LONGEST:
                self._ask(run)
        return self._known[run]

    def close(self) -> None:
        """End the process."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        if self._thread is not None:
            self._asked.put("")

    def _ask(self, run: str) -> None:
        if self._closed or self._failures >= _FAILURES:
            return
        self._asked.put(run)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="kuaibao-words", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while not self._closed:
            try:
                run = self._asked.get(timeout=IDLE_SECONDS if self._process else None)
            except Empty:
                self._end()
                continue
            if run and not self._closed and self._failures < _FAILURES:
                self._known[run] = self._cut(run)
        self._end()

    def _cut(self, run: str) -> list[str] | None:
        try:
            process = self._process = self._process or subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(_path())},
                process_group=0,  # no key pressed in the terminal is a signal to it
            )
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(json.dumps(run).encode() + b"\n")
            process.stdin.flush()
            words = json.loads(process.stdout.readline() or b"null")
        except (OSError, ValueError):
            words = None
        if not isinstance(words, list) or "".join(map(str, words)) != run:
            self._failures += 1
            self._end()
            return None
        return words

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _command() -> list[str]:
    return [sys.executable, "-S", "-P", "-m", "bulletins.mentions.cutting"]


def _path() -> list[str]:
    from tui.library_reader import import_path

    return import_path()
