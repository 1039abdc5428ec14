"""The columns of a page: the room between them, told by its lines or by those of other pages."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletins.sources.pdf_rows import Run

MAX_COLUMNS = 4
MIN_LINES = 5  # that a column has
_MIN_WIDTH = 5.0  # of the type size: a shorter run says nothing about columns
_FILLED = 0.5  # of a column's lines reach its right edge
_SOME_FILLED = 0.25  # of the lines of a wide one
_WIDE = 14  # of the type size
_JOINT = 5  # of the type size: the most between two parts of a line above all columns
_CENTRED = 1.5  # of the type size: the room on both sides is alike
_CROSSING = 0.4  # runs that cross a gutter, by those that keep to a side
_HEAD = 1.3  # of the text's size: a head that may stand above all columns
_MAX_LINES = 2_000  # on a page; a full sheet of small type has 300
_FEW_LINES = 3  # that a column has where other pages tell of it
_MAX_GUTTERS = 50  # of other pages that are tried
_INDENT = 3  # of the type size: a line begins no further from its column's usual edge
_AT_EDGE = 0.5  # of the type size: lines that begin together
_BROAD = 0.7  # of a column: a line as wide is no cell of a table


class Gutter(NamedTuple):
    """The room between two columns, in points: the edges of both on its sides."""

    left: float
    edge: float
    start: float
    right: float
    flush: tuple[float, float]  # where most lines of each begin

    @property
    def middle(self) -> float:
        """Where the room is halved."""
        return 0.5 * (self.edge + self.start)


def gutters_like(
    runs: list[Run], known: list[tuple[Gutter, ...]], body: float
) -> tuple[Gutter, ...]:
    """Find the gutters of another page that the lines here keep to: few, short ones may."""
    if len(runs) > _MAX_LINES:
        return ()
    for gutters in known[:_MAX_GUTTERS]:
        kept = tuple(gutter for gutter in gutters if _keeps_to(runs, gutter, body))
        if kept:
            return kept
    return ()


def crossing(runs: list[Run], gutter: Gutter) -> int:
    """Count the lines that run across a gutter."""
    middle = gutter.middle
    return sum(1 for run in _lines(runs) if run.left < middle < run.right)


def _lines(runs: list[Run]) -> list[Run]:
    return [run for run in runs if run.right - run.left >= _MIN_WIDTH * run.size]


def _keeps_to(runs: list[Run], gutter: Gutter, body: float) -> bool:
    """Say whether lines stand in both columns, beside each other and from their left edges on."""
    lines = _lines(runs)
    if crossing(runs, gutter) > _CROSSING * len(lines):
        return False
    left, right = gutter.left - _INDENT * body, gutter.right + body
    near = [run for run in runs if not run.cells and run.left >= left and run.right <= right]
    before = [run for run in near if run.right <= gutter.middle]
    after = [run for run in near if run.left >= gutter.middle]
    if not (before and after) or beside(before, after) < _FEW_LINES:
        return False
    for side, edges, width in (
        (_lines(before), (gutter.left, gutter.flush[0]), gutter.edge - gutter.left),
        (_lines(after), (gutter.start, gutter.flush[1]), gutter.right - gutter.start),
    ):
        flush = sum(1 for run in side if any(abs(run.left - x) <= _AT_EDGE * body for x in edges))
        broad = any(run.right - run.left >= _BROAD * width for run in side)
        if len(side) < _FEW_LINES or 2 * flush < len(side) or not broad:
            return False
    return True


def joint(runs: list[Run], gutter: float) -> set[int]:
    """Find runs on one baseline that are centred together above all columns, by `id`.

    The room between the number and the date of an issue may stand right over a gutter; and above
    three columns a title may be as narrow as the middle one.
    """
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    column = min((run.left for run in runs if run.left > gutter), default=right)
    found = _crown(runs, gutter, left, right)
    for one, other in itertools.pairwise(runs):
        size = one.size
        if (
            abs(one.y - other.y) <= 0.2 * size
            and one.right <= gutter + 1 < other.left
            and other.left - one.right <= _JOINT * size
            and one.left > left + size
            and other.left > column + 0.4 * size
            and abs((one.left - left) - (right - other.right)) <= _CENTRED * size
        ):
            found.update((id(one), id(other)))
    return found


def _crown(runs: list[Run], gutter: float, left: float, right: float) -> set[int]:
    """Find the rows at the top, centred on the page, that keep to one side of a gutter, by `id`."""
    found: set[int] = set()
    for _, row in itertools.groupby(runs, key=lambda run: round(run.y)):
        parts = list(row)
        size = parts[0].size
        before, behind = parts[0].left - left, right - parts[-1].right
        if before <= size or abs(before - behind) > _CENTRED * size:
            break
        if parts[0].left > gutter or parts[-1].right <= gutter:
            found.update(map(id, parts))
    return found


def spans(run: Run, gutter: float, runs: list[Run], body: float) -> bool:
    """Say whether a run crosses a gutter, or is a head with nothing beside it."""
    if run.left < gutter - 1 and run.right > gutter + 1:
        return True
    if run.size < _HEAD * body or len(runs) > _MAX_LINES:
        return False
    return not any(
        one.top < run.y + 0.4 * run.size and one.y > run.top - 0.2 * run.size
        for one in runs
        if (one.left > gutter) != (run.left > gutter)
    )


def gutter_of(runs: list[Run], body: float) -> Gutter | None:
    """Find the room between two columns of text, or None."""
    lines = _lines(runs)
    if not 2 * MIN_LINES <= len(lines) <= _MAX_LINES:
        return None
    left, right = min(run.left for run in lines), max(run.right for run in lines)
    best: tuple[float, Gutter] | None = None
    for start in sorted({round(run.left) for run in lines}):
        place = start - 0.4 * body
        if not left + 0.15 * (right - left) < place < left + 0.85 * (right - left):
            continue
        before = [run for run in lines if run.right <= place]
        after = [run for run in lines if run.left >= place - 0.1 * body]
        across = len(lines) - len(before) - len(after)
        if min(len(before), len(after)) < MIN_LINES:
            continue
        if across > _CROSSING * len(lines) or beside(before, after) < MIN_LINES:
            continue
        # Behind a gutter there may be more than one column.
        next_to = [run for run in after if run.left <= place + 3 * body]
        if not (_filled(before) and _filled(next_to)):
            continue
        rating = across / len(lines)
        if best is None or rating < best[0]:
            flush = _usual_left(before), _usual_left(next_to)
            # Numbers of pages and the like stand at the edge, too.
            edge = max(run.right for run in runs if run.right <= place)
            best = (rating, Gutter(left, edge, start, right, flush))
    return None if best is None else best[1]


def gutters_of(runs: list[Run], body: float, columns: int = MAX_COLUMNS) -> tuple[Gutter, ...]:
    """Find all gutters of a page, from left to right."""
    found = gutter_of(runs, body) if columns > 1 else None
    if found is None:
        return ()
    middle = found.middle
    before = gutters_of([run for run in runs if run.right <= middle], body, columns - 1)
    after = gutters_of([run for run in runs if run.left >= middle], body, columns - 1)
    if before:
        last = before[-1]
        found = found._replace(left=last.start, flush=(last.flush[1], found.flush[1]))
    if after:
        found = found._replace(right=after[0].edge)
        first = after[0]._replace(flush=(found.flush[1], after[0].flush[1]))
        after = (first, *after[1:])
    return (*before, found, *after)


def _usual_left(lines: list[Run]) -> float:
    return Counter(round(run.left, 1) for run in lines).most_common(1)[0][0]


def beside(one: list[Run], other: list[Run]) -> int:
    """Count the lines of the shorter column that stand beside the other one."""
    top = max(min(run.y for run in one), min(run.y for run in other))
    bottom = min(max(run.y for run in one), max(run.y for run in other))
    return min(sum(1 for run in side if top - 1 <= run.y <= bottom + 1) for side in (one, other))


def _filled(lines: list[Run]) -> bool:
    """Say whether most lines are as wide as their column: cells of a table are not."""
    edge = sorted(run.right for run in lines)[int(0.9 * (len(lines) - 1))]
    near = sum(1 for run in lines if run.right >= edge - 1.6 * run.size)
    if near >= _FILLED * len(lines):
        return True
    # Briefs, heads and lists end most of their lines early; a column that wide holds no cells.
    size = sorted(run.size for run in lines)[len(lines) // 2]
    wide = edge - min(run.left for run in lines) >= _WIDE * size
    return wide and near >= max(MIN_LINES, _SOME_FILLED * len(lines))
