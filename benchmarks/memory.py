"""How much memory the program and all that it started take, beside the yardstick.

`python -m benchmarks.memory`. RSS counts what processes share for each of them, PSS once. jieba is
loaded by the reader process when an article has been open for a while.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

from benchmarks.figures import table, verdict
from benchmarks.keys import settle
from benchmarks.programs import Home, corpus, kuaibao, leads, yardstick
from benchmarks.terminal import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.terminal import Terminal

BAR = 65.0
"""MB of a process tree that has not loaded jieba."""
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Sample:
    """MB of a process tree: resident, shared in proportion; how many processes."""

    rss: float
    pss: float
    processes: int


def sample(terminal: Terminal) -> Sample:
    """Look at the processes now."""
    rss = pss = 0.0
    count = 0
    for process in terminal.processes():
        try:
            info = process.memory_full_info()
        except psutil.Error:
            continue
        rss += info.rss / MEGABYTE
        pss += getattr(info, "pss", info.uss) / MEGABYTE
        count += 1
    return Sample(rss, pss, count)


@dataclass
class Watch:
    """Samples a process tree in a thread until left; `most` is the largest by PSS."""

    terminal: Terminal
    most: Sample = Sample(0, 0, 0)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.05):
            now_ = sample(self.terminal)
            if now_.pss > self.most.pss:
                self.most = now_


def read_all(terminal: Terminal, articles: int) -> None:
    """Open one article after the other, too quickly for jieba to be asked for."""
    for _ in range(articles):
        begun = now()
        terminal.key("J")
        terminal.wait_quiet(0.05, 2)
        time.sleep(max(0.0, 0.12 - (now() - begun)))


def _when_alone(terminal: Terminal, limit: float = 30.0) -> Sample:
    """Measure when the reader process has left, or after the limit."""
    begun = now()
    while len(terminal.processes()) > 1 and now() - begun < limit:
        time.sleep(0.2)
    return sample(terminal)


def ours() -> list[tuple[str, Sample, bool]]:
    """Measure our program: what, how much, and whether the bar holds for it."""
    from tui.screens.main.opening import REFINE_AFTER

    stages = []
    articles = len(leads())
    with Home() as home:
        with kuaibao(home) as terminal:
            with Watch(terminal) as watch:
                terminal.wait_output(terminal.started, 10)
                time.sleep(0.3)
                terminal.key("enter")
                read_all(terminal, 8)  # keeps jieba away while the files are read
            stages.append(("no cache, most while the files are read", watch.most, True))
            with Watch(terminal) as watch:
                read_all(terminal, articles)
            stages.append(("all articles opened, at the end", sample(terminal), True))
            with Watch(terminal) as watch:
                time.sleep(REFINE_AFTER + 2)
                settle(terminal, 1)
            stages.append(("most while jieba works", watch.most, False))
            stages.append(("the reader has left", _when_alone(terminal), True))
        with kuaibao(home) as terminal:
            with Watch(terminal) as watch:
                terminal.wait_output(terminal.started, 10)
                time.sleep(1.2)
            stages.append(("cache, most in the first second", watch.most, True))
            settle(terminal)
            stages.append(("cache, at rest", _when_alone(terminal), True))
    return stages


def bare() -> list[tuple[str, Sample]]:
    """Measure the yardstick."""
    with Home() as home, yardstick(home) as terminal:
        terminal.wait_quiet(1)
        first = sample(terminal)
        read_all(terminal, 40)
        return [("yardstick, started", first), ("yardstick, 40 articles", sample(terminal))]


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; exit status 1 if the memory without jieba is over its bar."""
    lines, over = [], False
    for name, found, barred in ours():
        over = over or (barred and found.pss > BAR)
        told = f"≤ {BAR:.0f} {verdict(found.pss, BAR)}" if barred else ""
        lines.append((name, f"{found.rss:.1f}", f"{found.pss:.1f}", str(found.processes), told))
    for name, found in bare():
        lines.append((name, f"{found.rss:.1f}", f"{found.pss:.1f}", str(found.processes), ""))
    print(f"memory of all processes on {corpus().name}, MB")
    print(table(("", "RSS", "PSS", "processes", "bar for PSS"), lines))
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
