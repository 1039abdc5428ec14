"""How long from the start to the first frame, and to the first article, beside the yardstick.

`python -m benchmarks.first_frame [ROUNDS]`. Each round starts, in turn, the yardstick, our program
with no cache (a first start), and our program with what an earlier start left (a later one).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.figures import median, p95, table, verdict
from benchmarks.programs import (
    DESIGNED,
    LIST_COLUMNS,
    Home,
    corpus,
    designed,
    kuaibao,
    leads,
    yardstick,
)
from benchmarks.terminal import now
from benchmarks.yardstick import OPENING, TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.terminal import Frame, Terminal

ROUNDS = 12
BAR = 1.3
LIMIT = 30.0
"""Seconds after which a start that showed no article is given up."""

EVENTS = ("first byte", "first frame", "article")


def frame_shown(frame: Frame) -> bool:
    """Say whether the screen is laid out: something at its foot and something above."""
    rows = frame.rows()
    return bool(rows[-1].strip()) and any(row.strip() for row in rows[:-1])


def article_shown(articles: Sequence[tuple[str, str]]) -> Callable[[Frame], bool]:
    """Make a test for the title and the first words of any of the articles in the pane."""

    def shown(frame: Frame) -> bool:
        pane = "".join(part.strip() for part in frame.rows(LIST_COLUMNS))
        return any(title in pane and lead in pane for title, lead in articles)

    return shown


def painted(frame: Frame) -> bool:
    """Say whether the design's yardstick has said that it is mounted and painted."""
    return any("就绪" in row for row in frame.rows())


def measure(
    start: Callable[[Home], Terminal],
    home: Home,
    framed: Callable[[Frame], bool],
    shown: Callable[[Frame], bool],
) -> list[float]:
    """Start a program, let it come to rest, and say when it showed what (ms); NaN for never."""
    with start(home) as terminal:
        terminal.wait_output(terminal.started, 10)
        while now() - terminal.started < LIMIT and not terminal.ended:
            terminal.wait_quiet(0.8, 15)
            if terminal.when(shown) is not None:
                break  # else it only waits for its turn: the machine has other work
    found = (
        terminal.chunks[0].time if terminal.chunks else None,
        terminal.when(framed),
        terminal.when(shown),
    )
    return [float("nan") if at is None else (at - terminal.started) * 1000 for at in found]


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; exit status 1 if a first frame is over its bar.

    The bar was set by the design's yardstick, whose first frame is the one in which it says so;
    where it is not beside the checkout, ours stands in, which has less to do and is hard to meet.
    """
    rounds = int(argv[0]) if argv else ROUNDS
    ours = article_shown(leads())
    theirs = article_shown([(TITLE, OPENING[:8])])
    times: dict[str, dict[str, list[float]]] = {}

    def run(
        name: str,
        start: Callable[[Home], Terminal],
        home: Home,
        framed: Callable[[Frame], bool],
        shown: Callable[[Frame], bool],
    ) -> None:
        found = measure(start, home, framed, shown)
        for event, value in zip(EVENTS, found, strict=True):
            times.setdefault(name, {}).setdefault(event, []).append(value)

    with Home() as used:
        run("", kuaibao, used, frame_shown, ours)  # fills the cache, and the files' pages in memory
        run("", yardstick, used, frame_shown, theirs)
        del times[""]
        for _ in range(rounds):
            if DESIGNED.is_file():
                run("the design's yardstick", designed, used, painted, painted)
            run("our yardstick", yardstick, used, frame_shown, theirs)
            with Home() as fresh:
                run("kuaibao, no cache", kuaibao, fresh, frame_shown, ours)
            run("kuaibao, cache", kuaibao, used, frame_shown, ours)

    print(f"start of the program on {corpus().name}, ms, {rounds} rounds in turn")
    base = next(iter(times.values()))["first frame"]
    rows, over = [], False
    for name, events in times.items():
        for event, values in events.items():
            ratio = median([a / b for a, b in zip(values, base, strict=True)])
            barred = event == "first frame" and name.startswith("kuaibao")
            over = over or (barred and not ratio <= BAR)
            told = f"≤ {BAR} {verdict(ratio, BAR)}" if barred else ""
            figures = (f"{f(values):.0f}" for f in (median, p95, min))
            rows.append((f"{name}: {event}", *figures, f"×{ratio:.2f}", told))
    print(table(("", "median", "p95", "least", "of the first's frame", "bar"), rows))
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
