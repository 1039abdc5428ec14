"""From a key to the last change of the screen, beside the yardsticks.

`python -m benchmarks.keys [KEYS]`. The programs run at once and get their keys in turn, so that
whatever else the machine does falls upon all. The design's yardstick is held against ours where it
is there and does the same; else our own is, which can open articles as well.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.figures import median, most, p95, table, verdict
from benchmarks.programs import (
    DESIGNED,
    LIST_COLUMNS,
    Home,
    corpus,
    designed,
    kuaibao,
    yardstick,
)
from benchmarks.terminal import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.terminal import Terminal

KEYS = 80
BAR = 1.5
"""How many times the yardstick's p95 ours may be."""
HELD_UP = 16.0
"""Milliseconds by which the reader's work may hold up a key."""
QUIET = 0.05
"""Seconds without output after which an update is taken for complete."""
BUSY_SECONDS = 5.0
"""How long keys are pressed after a start without a cache, and when jieba is asked for."""
FEW_ROWS = 14
"""In so low a terminal every article is longer than its pane."""
FULL_STOP = "。".encode()
REPEAT_HERTZ, REPEATS = 30, 90


@dataclass(frozen=True, slots=True)
class Scene:
    """Keys to press in turn (`ours`, `theirs`), after those that bring the focus there.

    `design` are those of the design's yardstick; none where it can't do the same. Without `barred`
    the yardsticks do less, or what is waited for is the disk: it is told, and no bar holds.
    With `first` the first output counts, which shows the change; what else is told comes later.
    """

    name: str
    before: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    design: tuple[str, ...] = ()
    barred: bool = True
    first: bool = False


UP_AND_DOWN = ("j",) * 7 + ("k",) * 7
ON_AND_BACK = ("J",) * 7 + ("K",) * 7
TO_AND_FRO = ("pagedown", "pageup")
THEIR_PAGES = ("J", "K")
# All have the keys in the article (the pane) to begin with; Tab brings them on.
SCENES = (
    Scene("article, one line", ((), (), ()), UP_AND_DOWN, UP_AND_DOWN, UP_AND_DOWN),
    Scene("article, one page", ((), (), ()), TO_AND_FRO, TO_AND_FRO, THEIR_PAGES),
    Scene("next article", ((), (), ()), ("J",), ("J",)),
    Scene("next article : a page", ((), (), ()), ("K",), TO_AND_FRO, THEIR_PAGES),
    # Both put the cursor on another row and show its article.
    Scene("list, its next article", (("shift+tab",), ("tab",), ("tab",)), UP_AND_DOWN, ON_AND_BACK),
    # A stock tree's cursor alone: two rows against a screen.
    Scene(
        "list : a cursor alone", ((), (), ()), UP_AND_DOWN, UP_AND_DOWN, UP_AND_DOWN, barred=False
    ),
)


@dataclass
class Latencies:
    """Milliseconds to the first and the last output after each key, and keys without any.

    `used` is the processor time of the program itself in milliseconds a key.
    """

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    silent: int = 0


def press(terminal: Terminal, key: str, into: Latencies) -> None:
    """Press one key and wait until the screen has come to rest."""
    before = terminal.used()
    at = terminal.key(key)
    first = terminal.wait_output(at, 0.6)
    if first is None:
        into.silent += 1
        return
    terminal.wait_quiet(QUIET, 5)
    into.first.append((first - at) * 1000)
    into.last.append((terminal.last_output() - at) * 1000)
    into.used.append(terminal.used() - before)


@contextmanager
def bare(home: Home) -> Iterator[tuple[Terminal, Terminal | None]]:
    """Start our yardstick and, where it is there, the design's, with the keys in their panes."""
    with ExitStack() as started:
        own = started.enter_context(yardstick(home))
        design = started.enter_context(designed(home)) if DESIGNED.is_file() else None
        for one in (own, design):
            if one is not None:
                one.wait_quiet(1, 20)
                one.key("tab")
                one.wait_quiet(0.3, 5)
        yield own, design


def play(
    scene: Scene, count: int, ours: Terminal, own: Terminal, design: Terminal | None
) -> tuple[Latencies, Latencies, Latencies]:
    """Press a scene's keys in all programs in turn."""
    for terminal, keys in zip((ours, own, design), scene.before, strict=True):
        for key in keys if terminal is not None else ():
            assert terminal is not None
            terminal.key(key)
            terminal.wait_quiet(0.5, 5)
    found = Latencies(), Latencies(), Latencies()
    for index in range(count):
        press(ours, scene.ours[index % len(scene.ours)], found[0])
        press(own, scene.theirs[index % len(scene.theirs)], found[1])
        if design is not None and scene.design:
            press(design, scene.design[index % len(scene.design)], found[2])
    return found


HEAD = (
    "", "ours", "p95", "bare", "p95", "of p95", "bar",
    "processor", "bare", "ratio", "against", "silent",
)  # fmt: skip


def line_of(
    scene: Scene, mine: Latencies, own: Latencies, design: Latencies
) -> tuple[tuple[str, ...], bool]:
    """Make a line of the table, and say whether it keeps to the bar."""
    other = design if design.last else own
    times = mine.first if scene.first else mine.last
    ratio = p95(times) / p95(other.last)
    work = median(mine.used) / median(other.used)
    kept = ratio <= BAR or not scene.barred
    return (
        scene.name,
        *(f"{f(values):.1f}" for values in (times, other.last) for f in (median, p95)),
        f"×{ratio:.2f}",
        f"≤ {BAR} {verdict(ratio, BAR)}" if scene.barred else "",
        f"{median(mine.used):.1f}",
        f"{median(other.used):.1f}",
        f"×{work:.2f}",
        "design's" if other is design else "ours",
        f"{mine.silent}/{other.silent}",
    ), kept


def settle(terminal: Terminal, quiet: float = 3.5, limit: float = 60.0) -> None:
    """Wait until the program and what it started have nothing to do."""
    begun = now()
    terminal.wait_quiet(quiet, limit)
    while now() - begun < limit and _working(terminal):
        time.sleep(0.5)
    terminal.wait_quiet(1, 5)


def _working(terminal: Terminal) -> bool:
    """Say whether a child process used the processor in the last second."""
    before = _used(terminal)
    time.sleep(1)
    return _used(terminal) - before > 0.05


def _used(terminal: Terminal) -> float:
    total = 0.0
    for process in terminal.processes()[1:]:
        try:
            times = process.cpu_times()
        except OSError:
            continue
        total += times.user + times.system
    return total


def go_to_a_long_article(ours: Terminal) -> None:
    """Open an article of more than two pages, with the keys in it."""
    ours.key("enter")
    for _ in range(60):
        ours.wait_quiet(0.3, 5)
        scrolled = 0
        for _ in range(2):
            if ours.wait_output(ours.key("pagedown"), 0.3) is None:
                break
            ours.wait_quiet(0.1, 2)
            scrolled += 1
        if scrolled == 2:
            break
        ours.key("J")
    ours.key("g")
    ours.wait_quiet(0.3, 5)


def at_rest(count: int) -> list[tuple[tuple[str, ...], bool]]:
    """Press keys when nothing else is going on; lines of the table, and which keep to the bar."""
    lines = []
    with Home() as home, kuaibao(home) as ours, bare(home) as (own, design):
        settle(ours)
        go_to_a_long_article(ours)
        settle(ours)
        for scene in SCENES:
            lines.append(line_of(scene, *play(scene, count, ours, own, design)))
            settle(ours, 2.5, 30)
    return lines


def while_reading() -> dict[str, list[float]]:
    """Press keys from the first article on after a start without a cache.

    Gives milliseconds until the article, or the yardstick's in between, has scrolled.
    """
    from tui.screens.main.opening import REFINE_AFTER

    with (
        Home() as home,
        yardstick(home, FEW_ROWS) as theirs,
        kuaibao(home, FEW_ROWS) as ours,
    ):
        theirs.wait_quiet(0.5)
        theirs.key("tab")
        while not any(FULL_STOP in chunk.data for chunk in ours.chunks) and not ours.ended:
            time.sleep(0.005)  # until an article is on the screen
        ours.key("tab")
        shown = now()
        read, bare = _in_turn(ours, theirs, shown + BUSY_SECONDS)
        time.sleep(max(0.0, shown + REFINE_AFTER - 0.5 - now()))
        refined, more = _in_turn(ours, theirs, shown + REFINE_AFTER + BUSY_SECONDS)
        settle(ours)
        calm, _ = _in_turn(ours, theirs, now() + BUSY_SECONDS)
        time.sleep(0.3)
        return {
            "ours, while files are read": scrolled(ours, read),
            "ours, while jieba works": scrolled(ours, refined),
            "ours, at rest": scrolled(ours, calm),
            "yardstick, same time": scrolled(theirs, bare + more),
        }


def _in_turn(ours: Terminal, theirs: Terminal, until: float) -> tuple[list[float], list[float]]:
    """Scroll both by lines until a time; return when keys were pressed."""
    mine, bare = [], []
    while now() < until:
        key = "j" if len(mine) % 8 < 4 else "k"
        for terminal, times in ((ours, mine), (theirs, bare)):
            times.append(terminal.key(key))
            time.sleep(0.035)
    return mine, bare


def scrolled(terminal: Terminal, keys: Sequence[float]) -> list[float]:
    """Say how long (ms) after each key the text right of the list had changed."""
    changes = []
    before: list[str] = []
    for at, frame in terminal.frames():
        pane = frame.rows(LIST_COLUMNS, LIST_COLUMNS + 50)[1:-2]
        if pane != before:
            changes.append(at)
            before = pane
    latencies = []
    for at, following in zip(keys, [*keys[1:], float("inf")], strict=True):
        change = next((time for time in changes if time >= at), None)
        if change is not None and change < max(following, at + 0.3):
            latencies.append((change - at) * 1000)
    return latencies


def repeated() -> list[tuple[str, float, float]]:
    """Hold a key down: ms from the last repeat to the last change of the screen; ours, theirs."""
    lags = []
    with Home() as home, kuaibao(home) as ours, yardstick(home) as theirs:
        settle(ours)
        go_to_a_long_article(ours)
        theirs.key("tab")
        for where, keys in (
            ("article", UP_AND_DOWN),
            ("list", UP_AND_DOWN),
            ("next article", ("J",) * 15 + ("K",) * 15),
        ):
            if where == "list":
                ours.key("shift+tab")
                theirs.key("tab")
            lags.append((where, _lag(ours, keys), _lag(theirs, keys)))
    return lags


def _lag(terminal: Terminal, keys: Sequence[str]) -> float:
    terminal.wait_quiet(0.5, 5)
    begun = last = now()
    for index in range(REPEATS):
        time.sleep(max(0.0, begun + index / REPEAT_HERTZ - now()))
        last = terminal.key(keys[index % len(keys)])
    terminal.wait_quiet(0.2, 10)
    return (terminal.last_output() - last) * 1000


def main(argv: Sequence[str] = ()) -> int:
    """Print the tables; exit status 1 if something is over its bar."""
    count = int(argv[0]) if argv else KEYS
    print(f"from a key to the last change of the screen on {corpus().name}, ms, {count} keys each")
    lines = at_rest(count)
    over = not all(kept for _, kept in lines)
    print(table(HEAD, [line for line, _ in lines]))

    print("\na line further while the reader works, ms")
    found = while_reading()
    # What the machine itself holds up falls upon the yardstick as well.
    calm = max(p95(found["ours, at rest"]), p95(found["yardstick, same time"]))
    rows: list[tuple[str, ...]] = []
    for name, values in found.items():
        held = p95(values) - calm
        barred = name.startswith("ours, while")
        over = over or (barred and not held <= HELD_UP)
        told = f"{held:+.1f} ≤ {HELD_UP:.0f} {verdict(held, HELD_UP)}" if barred else ""
        shown = (f"{figure(values):.1f}" for figure in (median, p95, most))
        rows.append((name, str(len(values)), *shown, told))
    print(table(("", "keys", "median", "p95", "most", "held up (p95)"), rows))

    print(f"\na key held down at {REPEAT_HERTZ}/s, {REPEATS} times: lag after the last, ms")
    rows = [(name, f"{mine:.1f}", f"{bare:.1f}") for name, mine, bare in repeated()]
    print(table(("", "ours", "yardstick"), rows))
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
