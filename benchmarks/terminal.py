"""A program in a pseudo-terminal: what it wrote, and when; what the screen showed then.

While a program runs, a thread only notes each piece of output with its time and answers the
questions that terminals must answer. The screen is worked out afterwards from the notes, so that
the emulator's work never gets into a measurement. Times are `perf_counter` seconds.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pyte
from ptyprocess import PtyProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

now = time.perf_counter

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
}
"""What a terminal sends for named keys; other names stand for themselves."""

_QUESTION = re.compile(
    rb"\x1b\[(?:\?(?P<mode>\d+)\$p|(?P<attributes>0?c)|(?P<status>5n)|(?P<position>6n))"
)
# A plain xterm: it knows neither synchronized output nor the newer keyboard protocols.
_KNOWN_MODES = {b"7", b"25", b"1000", b"1002", b"1003", b"1004", b"1006", b"1049", b"2004"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of output and the time when it was read."""

    time: float
    data: bytes


class Terminal:
    """One program and its terminal; leave the `with` block to end both."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.chunks: list[Chunk] = []
        self.ended = False
        self._tail = b""
        self.started = now()
        self._process = PtyProcess.spawn(
            list(command), env=dict(environment), dimensions=(rows, columns)
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    # What goes in.

    def write(self, data: bytes) -> float:
        """Send bytes; return when."""
        at = now()
        os.write(self._process.fd, data)
        return at

    def key(self, name: str) -> float:
        """Press one key; return when."""
        return self.write(KEYS.get(name, name.encode()))

    # What comes out.

    def _read(self) -> None:
        descriptor = self._process.fd
        while True:
            try:
                ready, _, _ = select.select([descriptor], [], [], 0.5)
                data = os.read(descriptor, 1 << 16) if ready else None
            except (OSError, ValueError):
                data = b""
            if data is None:
                continue
            if not data:
                self.ended = True
                return
            self.chunks.append(Chunk(now(), data))
            self._answer(data)

    def _answer(self, data: bytes) -> None:
        text = self._tail + data
        done = 0
        for found in _QUESTION.finditer(text):
            done = found.end()
            if found["mode"]:
                state = 2 if found["mode"] in _KNOWN_MODES else 0
                self._reply(b"\x1b[?%s;%d$y" % (found["mode"], state))
            elif found["attributes"]:
                self._reply(b"\x1b[?62;22c")
            else:
                self._reply(b"\x1b[0n" if found["status"] else b"\x1b[1;1R")
        self._tail = text[max(done, len(text) - 16) :]

    def _reply(self, data: bytes) -> None:
        try:
            os.write(self._process.fd, data)
        except OSError:
            return

    def last_output(self) -> float:
        """When something was written last; the start if nothing was."""
        return self.chunks[-1].time if self.chunks else self.started

    def wait_quiet(self, seconds: float, limit: float = 30.0) -> bool:
        """Wait until nothing was written for so long; False if the limit came first."""
        begun = now()
        while now() - begun < limit and not self.ended:
            rest = max(self.last_output(), begun) + seconds - now()
            if rest <= 0:
                return True
            time.sleep(max(0.0005, min(rest, 0.02)))
        return False

    def wait_output(self, since: float, limit: float = 1.0) -> float | None:
        """Wait for the first output after `since`; return its time, or None."""
        at = len(self.chunks)
        while at and self.chunks[at - 1].time >= since:
            at -= 1
        while now() - since < limit and not self.ended:
            if len(self.chunks) > at:
                return self.chunks[at].time
            time.sleep(0.0003)
        return None

    # The processes.

    def processes(self) -> list[psutil.Process]:
        """The program and all that it started, alive."""
        try:
            main = psutil.Process(self._process.pid)
            return [main, *main.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def used(self) -> float:
        """Milliseconds of processor time that the program itself took; NaN where none tells."""
        threads = Path(f"/proc/{self._process.pid}/task")
        total = 0
        try:
            for thread in threads.iterdir():
                with suppress(OSError):  # it ended just now
                    total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return float("nan")
        return total / 1e6

    def end(self) -> None:
        """Kill what still runs."""
        for process in self.processes():
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        self._process.wait()
        self._reader.join(2)
        self._process.close(force=True)

    # The screen, worked out afterwards.

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """Give the screen after each piece of output, with its time; a frame is good once."""
        screen = pyte.Screen(self.columns, self.rows)
        stream = pyte.Stream(screen)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        frame = Frame([[" "] * self.columns for _ in range(self.rows)])
        rest = ""
        for chunk in self.chunks:
            rest += decoder.decode(chunk.data)
            whole = _whole(rest)
            stream.feed(_drawable(rest[:whole]))
            rest = rest[whole:]
            for y in screen.dirty:
                row = screen.buffer[y]
                frame.cells[y] = [row[x].data for x in range(self.columns)]
            screen.dirty.clear()
            yield chunk.time, frame

    def when(self, seen: Callable[[Frame], bool]) -> float | None:
        """Say when the screen showed something for the first time; None if it never did."""
        return next((at for at, frame in self.frames() if seen(frame)), None)

    def screen(self) -> Frame:
        """The screen now."""
        return next(reversed([frame for _, frame in self.frames()]), Frame([]))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a screen shows: rows of cells; the right half of a wide character is ""."""

    cells: list[list[str]]

    def rows(self, left: int = 0, right: int | None = None) -> list[str]:
        """The text of each row between two columns."""
        return ["".join(row[left:right]) for row in self.cells]


_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*)?\Z")
# What the emulator would print or misread: keyboard protocol, questions, the pointer's shape.
_FOREIGN = re.compile(r"\x1b\[[<=>?][0-9;]*u|\x1b\[\??[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


def _whole(text: str) -> int:
    """The length of `text` without an escape sequence that is cut at its end."""
    found = _UNFINISHED.search(text, max(0, len(text) - 256))
    return found.start() if found else len(text)


def _drawable(text: str) -> str:
    return _FOREIGN.sub("", text)
