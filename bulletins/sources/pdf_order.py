"""The order in which the runs of a page are read: columns, then rows from top to bottom."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.model import Box
    from bulletins.sources.lines import Align
    from bulletins.sources.pdf_rows import Run

_MIN_LINES = 5  # that a column has
_MIN_WIDTH = 5.0  # of the type size: a shorter run says nothing about columns
_FILLED = 0.5  # of a column's lines reach its right edge
_SOME_FILLED = 0.25  # of the lines of a wide one
_WIDE = 14  # of the type size
_JOINT = 5  # of the type size: the most between two parts of a line above all columns
_CROSSING = 0.4  # runs that cross a gutter, by those that keep to a side
_MAX_COLUMNS = 4
_HEAD = 1.3  # of the text's size: a head that may stand above all columns
_MAX_LINES = 2_000  # on a page; a full sheet of small type has 300
_MAX_MARK = 5  # characters of a note's mark


@dataclass(slots=True)
class Row:
    """Runs on one baseline in one frame; `frame` counts the columns that a page has."""

    runs: list[Run]
    frame: int
    notes: bool = False  # it stands among the notes at the foot
    begins: bool | None = None
    inside: bool = False  # it belongs to a paragraph that an indent opened
    blank: bool = False  # more room than usual stands above
    align: Align = ""
    open: bool = False  # an address at its end goes on in the next row
    picture: Box | None = None

    @property
    def left(self) -> float:
        """The left edge."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.runs[-1].right

    @property
    def main(self) -> Run:
        """The widest run, which says how the row is set."""
        return max(self.runs, key=lambda run: run.right - run.left)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table's row."""
        return self.runs[0].cells

    @property
    def y(self) -> float:
        """The baseline, from the top."""
        return self.main.y

    @property
    def size(self) -> float:
        """The type size."""
        return self.main.size


def rows_of(runs: list[Run], body: float) -> list[Row]:
    """Put the runs of a page in order; `body` is the size of its text."""
    if not runs:
        return []
    frames: list[list[Run]] = []
    _split(sorted(runs, key=lambda run: (run.y, run.left)), body, frames, _MAX_COLUMNS)
    rows: list[Row] = []
    for number, frame in enumerate(frames):
        rows += _rows(frame, number)
    return rows


def _split(runs: list[Run], body: float, frames: list[list[Run]], columns: int) -> None:
    gutter = _gutter(runs, body) if columns > 1 and len(runs) >= 2 * _MIN_LINES else None
    if gutter is None:
        frames.append(runs)
        return
    joint = _joint(runs, gutter)
    whole: list[Run] = []
    stretch: list[Run] = []
    for run in [*runs, None]:
        if run is not None and id(run) not in joint and not _spans(run, gutter, runs, body):
            stretch.append(run)
            continue
        left = [one for one in stretch if one.right <= gutter + 1]
        right = [one for one in stretch if one.right > gutter + 1]
        if min(len(left), len(right)) >= 2 and _beside(left, right) >= 2:
            if whole:
                frames.append(whole)
            whole = []
            _split(left, body, frames, columns - 1)
            _split(right, body, frames, columns - 1)
        else:
            whole += stretch
        stretch = []
        if run is not None:
            whole.append(run)
    if whole:
        frames.append(whole)


def _joint(runs: list[Run], gutter: float) -> set[int]:
    """Find runs on one baseline that are centred together above all columns, by `id`.

    The room between the number and the date of an issue may stand right over a gutter.
    """
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    column = min((run.left for run in runs if run.left > gutter), default=right)
    found: set[int] = set()
    for one, other in itertools.pairwise(runs):
        size = one.size
        if (
            abs(one.y - other.y) <= 0.2 * size
            and one.right <= gutter + 1 < other.left
            and other.left - one.right <= _JOINT * size
            and one.left > left + size
            and other.left > column + 0.4 * size
            and abs((one.left - left) - (right - other.right)) <= 1.5 * size
        ):
            found.update((id(one), id(other)))
    return found


def _spans(run: Run, gutter: float, runs: list[Run], body: float) -> bool:
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


def _gutter(runs: list[Run], body: float) -> float | None:
    """Find the middle of the room between two columns of text, or None."""
    lines = [run for run in runs if run.right - run.left >= _MIN_WIDTH * run.size]
    if not 2 * _MIN_LINES <= len(lines) <= _MAX_LINES:
        return None
    left, right = min(run.left for run in lines), max(run.right for run in lines)
    best: tuple[float, float] | None = None
    for start in sorted({round(run.left) for run in lines}):
        place = start - 0.4 * body
        if not left + 0.15 * (right - left) < place < left + 0.85 * (right - left):
            continue
        before = [run for run in lines if run.right <= place]
        after = [run for run in lines if run.left >= place - 0.1 * body]
        crossing = len(lines) - len(before) - len(after)
        if min(len(before), len(after)) < _MIN_LINES:
            continue
        if crossing > _CROSSING * len(lines) or _beside(before, after) < _MIN_LINES:
            continue
        # Behind a gutter there may be more than one column.
        next_to = [run for run in after if run.left <= place + 3 * body]
        if not (_filled(before) and _filled(next_to)):
            continue
        rating = crossing / len(lines)
        if best is None or rating < best[0]:
            edge = max(run.right for run in before)
            best = (rating, 0.5 * (edge + start))
    return None if best is None else best[1]


def _beside(one: list[Run], other: list[Run]) -> int:
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
    return wide and near >= max(_MIN_LINES, _SOME_FILLED * len(lines))


def _raise_marks(row: Row) -> None:
    """A run that stands higher and is smaller than its row is raised as a whole."""
    main = row.main
    for run in row.runs:
        if run.size < 0.86 * main.size and main.y - run.y > 0.12 * main.size:
            run.raised = ((0, len(run.text)),)


def _rows(runs: list[Run], frame: int) -> list[Row]:
    rows: list[Row] = []
    for run in sorted(runs, key=lambda one: (one.y, one.left)):
        for row in reversed(rows[-3:] if not run.cells else ()):
            if row.cells:
                continue
            close = min(row.size, run.size)
            apart = run.left >= row.right - 0.3 * close or run.right <= row.left + 0.3 * close
            mark = len(run.text) <= _MAX_MARK and run.size < 0.86 * row.size
            mark = mark or (len(row.main.text) <= _MAX_MARK and row.size < 0.86 * run.size)
            if apart and abs(row.y - run.y) <= (
                0.6 * max(row.size, run.size) if mark else 0.35 * close
            ):
                row.runs.append(run)
                row.runs.sort(key=lambda one: one.left)
                _raise_marks(row)
                break
        else:
            rows.append(Row([run], frame))
    return rows
