"""The order in which the runs of a page are read: columns, then rows from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.sources.pdf_columns import MAX_COLUMNS, MIN_LINES, beside, gutter_of, joint, spans

if TYPE_CHECKING:
    from bulletins.model import Box
    from bulletins.sources.lines import Align
    from bulletins.sources.pdf_columns import Gutter
    from bulletins.sources.pdf_rows import Run

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


def rows_of(runs: list[Run], body: float, known: tuple[Gutter, ...] = ()) -> list[Row]:
    """Put the runs of a page in order; `body` is the size of its text, `known` are its gutters."""
    if not runs:
        return []
    frames: list[list[Run]] = []
    runs = sorted(runs, key=lambda run: (run.y, run.left))
    _split(runs, body, frames, MAX_COLUMNS, known)
    rows: list[Row] = []
    for number, frame in enumerate(frames):
        rows += _rows(frame, number)
    return rows


def _split(
    runs: list[Run],
    body: float,
    frames: list[list[Run]],
    columns: int,
    known: tuple[Gutter, ...] = (),
) -> None:
    found = known[0] if known else None
    if found is None and columns > 1 and len(runs) >= 2 * MIN_LINES:
        found = gutter_of(runs, body)
    if found is None:
        frames.append(runs)
        return
    gutter = found.middle
    parts = joint(runs, gutter)
    whole: list[Run] = []
    stretch: list[Run] = []
    for run in [*runs, None]:
        if run is not None and id(run) not in parts and not spans(run, gutter, runs, body):
            stretch.append(run)
            continue
        left = [one for one in stretch if one.right <= gutter + 1]
        right = [one for one in stretch if one.right > gutter + 1]
        if min(len(left), len(right)) >= 2 and beside(left, right) >= 2:
            if whole:
                frames.append(whole)
            whole = []
            _split(left, body, frames, columns - 1)
            _split(right, body, frames, columns - 1, known[1:])
        else:
            whole += stretch
        stretch = []
        if run is not None:
            whole.append(run)
    if whole:
        frames.append(whole)


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
