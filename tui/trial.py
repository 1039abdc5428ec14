"""What corrections of a split would do to a file, tried out in another process."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletins.boundary import as_lists
from bulletins.said import unpack
from tui.locale import told, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bulletins.boundary import Boundary


class TrialError(Exception):
    """The file can't be tried; `str()` is one plain line."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line, what it was taken for, and the number of its article from 0, or -1."""

    page: int
    text: str
    role: str
    article: int


@dataclass(frozen=True, slots=True)
class Division:
    """How a file is divided: its lines, the titles of its articles in order.

    `found` gives, for each boundary that was tried, the indices of the lines that it is about.
    """

    lines: tuple[PrintedLine, ...]
    titles: tuple[str, ...]
    found: tuple[tuple[int, ...], ...] = ()


class Trial:
    """A process that holds one file and divides it as often as it is asked.

    `styles` are the reader's own folders. It is started by the first question.
    """

    def __init__(self, path: str, styles: Sequence[Path]) -> None:
        self._path = path
        self._styles = [str(folder) for folder in styles]
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    async def divide(self, boundaries: Sequence[Boundary]) -> Division:
        """Divide the file by these boundaries. Raises TrialError."""
        return await asyncio.to_thread(self._divide, list(boundaries))

    def close(self) -> None:
        """End the process; a question that waits for it fails."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
            threading.Thread(target=process.communicate, daemon=True).start()

    def _divide(self, boundaries: list[Boundary]) -> Division:
        with self._lock:
            answer = self._ask({"path": self._path, "boundaries": as_lists(boundaries)})
        try:
            if "error" in answer:
                raise TrialError(told(unpack(answer["error"])))
            return Division(
                tuple(PrintedLine(*line) for line in answer["lines"]),
                tuple(answer["titles"]),
                tuple(tuple(one) for one in answer["found"]),
            )
        except (KeyError, TypeError) as error:
            raise TrialError(tr("could not be read: the reader does not work")) from error

    def _ask(self, question: dict[str, object]) -> dict[str, Any]:
        try:
            if self._process is None and not self._closed:
                self._process = subprocess.Popen(
                    [sys.executable, "-S", "-P", "-m", "bulletins.trial", *self._styles],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(_path())},
                    process_group=0,  # no key pressed in the terminal is a signal to it
                )
            process = self._process
            if process is None or process.stdin is None or process.stdout is None:
                return {}
            process.stdin.write(json.dumps(question).encode("ascii") + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline() or b"null")
        except (OSError, ValueError):
            return {}
        return answer if isinstance(answer, dict) else {}


def _path() -> list[str]:
    from tui.library_reader import import_path

    return import_path()
