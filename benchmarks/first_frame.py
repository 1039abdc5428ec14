"""How long from the start to the first frame, and to the first article, beside the yardstick.

`python -m benchmarks.first_frame [ROUNDS]`. Each round starts, in turn, the yardstick, our program
with no cache (a first start), and our program with what an earlier start left (a later one).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.figures import median, p95, table, verdict
from benchmarks.programs import LIST_COLUMNS, Home, corpus, kuaibao, leads, yardstick
from benchmarks.yardstick import OPENING, TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.terminal import Frame, Terminal

ROUNDS = 12
BAR = 1.3

Times = dict[str, list[float]]
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


def measure(start: Callable[[], Terminal], shown: Callable[[Frame], bool]) -> list[float]:
    """Start a program, let it come to rest, and say when it showed what (ms); NaN for never."""
    with start() as terminal:
        terminal.wait_output(terminal.started, 10)
        terminal.wait_quiet(0.8, 15)
    found = (
        terminal.chunks[0].time if terminal.chunks else None,
        terminal.when(frame_shown),
        terminal.when(shown),
    )
    return [float("nan") if at is None else (at - terminal.started) * 1000 for at in found]


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; exit status 1 if a first frame is over its bar."""
    rounds = int(argv[0]) if argv else ROUNDS
    ours = article_shown(leads())
    theirs = article_shown([(TITLE, OPENING[:8])])
    times: dict[str, Times] = {
        name: {event: [] for event in EVENTS} for name in ("yardstick", "no cache", "cache")
    }

    def note(name: str, found: list[float]) -> None:
        for event, value in zip(EVENTS, found, strict=True):
            times[name][event].append(value)

    with Home() as used:
        measure(lambda: kuaibao(used), ours)  # fills the cache and the files' pages in memory
        measure(lambda: yardstick(used), theirs)
        for _ in range(rounds):
            note("yardstick", measure(lambda: yardstick(used), theirs))
            with Home() as fresh:
                note("no cache", measure(lambda home=fresh: kuaibao(home), ours))
            note("cache", measure(lambda: kuaibao(used), ours))

    print(f"start of the program on {corpus().name}, ms, {rounds} rounds in turn")
    lines = []
    over = False
    for name, events in times.items():
        for event, values in events.items():
            base = times["yardstick"][event]
            ratio = median([a / b for a, b in zip(values, base, strict=True)])
            bar = event == "first frame" and name != "yardstick"
            over = over or (bar and not ratio <= BAR)
            lines.append(
                (
                    f"{name}: {event}",
                    f"{median(values):.0f}",
                    f"{p95(values):.0f}",
                    f"{min(values):.0f}",
                    f"×{ratio:.2f}",
                    f"≤ {BAR} {verdict(ratio, BAR)}" if bar else "",
                )
            )
    print(table(("", "median", "p95", "least", "ratio of pairs", "bar"), lines))
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
