"""Tables on a page: cells between rules, or in columns that several rows share."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bulletins.sources.pdf_rows import is_wide

if TYPE_CHECKING:
    from bulletins.model import Box
    from bulletins.sources.pdf_rows import Run

_THIN = 3.0  # points: a box no higher is a rule
_SAME = 2.5  # points: two rules are one
_MIN_RULE = 36.0  # points
_MAX_RULES = 1_500  # on a page; a drawing has more
_MAX_GRIDS = 40  # on a page
_MAX_BAND = 240.0  # points: the height of a row
_MAX_CELL = 300  # characters; longer ones are text that was laid out in a table
_MAX_COLUMNS = 12
_APART = 0.8  # of the type size: the room between two cells
_MIN_ROWS = 2


class _Span(NamedTuple):
    """A rule: where it lies, and from where to where it goes."""

    at: float
    start: float
    end: float


def with_tables(runs: list[Run], rules: list[Box]) -> list[Run]:
    """Make one run of each row of a table that rules draw, which then has `cells`."""
    flat, upright = _edges(rules)
    for grid in _grids(flat)[:_MAX_GRIDS]:
        left, right = min(one.start for one in grid), max(one.end for one in grid)
        levels = [one.at for one in grid]
        inside = [
            run
            for run in runs
            if left - 2 <= run.left
            and run.right <= right + 2
            and levels[0] < run.y - 0.3 * run.size < levels[-1]
        ]
        walls = _walls(upright, left, right, levels)
        made = _rows(inside, levels, walls, left, right) if inside else []
        if made:
            taken = set(map(id, inside))
            runs = [run for run in runs if id(run) not in taken] + made
    return runs


def walls_of(rules: list[Box]) -> list[Box]:
    """The upright rules of a page, which no run of type crosses."""
    walls = [box for box in rules if box.right - box.left <= _THIN < box.bottom - box.top]
    return walls if len(walls) <= _MAX_RULES else []


def _edges(rules: list[Box]) -> tuple[list[_Span], list[_Span]]:
    """Part boxes into level and upright rules; a frame has both."""
    flat: list[_Span] = []
    upright: list[_Span] = []
    for box in rules if len(rules) <= _MAX_RULES else ():
        width, height = box.right - box.left, box.bottom - box.top
        if width > _THIN:
            levels = (box.top,) if height <= _THIN else (box.top, box.bottom)
            flat += [_Span(level, box.left, box.right) for level in levels]
        if height > _THIN:
            places = (box.left,) if width <= _THIN else (box.left, box.right)
            upright += [_Span(place, box.top, box.bottom) for place in places]
    return _united(flat), upright


def _united(spans: list[_Span]) -> list[_Span]:
    """Join the pieces of one rule, which may be drawn cell by cell."""
    out: list[_Span] = []
    by_level: list[list[_Span]] = []
    for span in sorted(spans):
        if by_level and span.at - by_level[-1][0].at <= _SAME:
            by_level[-1].append(span)
        else:
            by_level.append([span])
    for level in by_level:
        at = level[0].at
        start, end = None, 0.0
        for span in sorted(level, key=lambda one: one.start):
            if start is None or span.start > end + 6:
                if start is not None:
                    out.append(_Span(at, start, end))
                start, end = span.start, span.end
            else:
                end = max(end, span.end)
        if start is not None:
            out.append(_Span(at, start, end))
    return [span for span in out if span.end - span.start >= _MIN_RULE]


def _grids(flat: list[_Span]) -> list[list[_Span]]:
    """Group level rules of one width that lie below each other: three or more are a table's."""
    groups: list[list[_Span]] = []
    for span in sorted(flat):
        for group in groups:
            last = group[-1]
            alike = abs(last.start - span.start) <= 6 and abs(last.end - span.end) <= 6
            if alike and span.at - last.at <= _MAX_BAND:
                group.append(span)
                break
        else:
            groups.append([span])
    return [group for group in groups if len(group) > _MIN_ROWS]


def _walls(upright: list[_Span], left: float, right: float, levels: list[float]) -> list[float]:
    """Where upright rules divide the columns."""
    places = sorted(
        one.at
        for one in upright
        if left - _SAME <= one.at <= right + _SAME
        and one.start < levels[-1] - 2
        and one.end > levels[0] + 2
    )
    walls: list[float] = []
    for place in places:
        if not walls or place - walls[-1] > 2 * _SAME:
            walls.append(place)
    inner = [place for place in walls if left + 6 < place < right - 6]
    return [left, *inner, right] if inner else []


def _rows(
    runs: list[Run], levels: list[float], walls: list[float], left: float, right: float
) -> list[Run]:
    columns = walls or _columns(runs, left, right)
    if not 3 <= len(columns) <= _MAX_COLUMNS + 1:
        return []
    made: list[Run] = []
    full = 0
    for top, bottom in itertools.pairwise(levels):
        band = [run for run in runs if top < run.y - 0.3 * run.size < bottom]
        for part in [band] if walls else _lines(band, columns):
            cells = _cells(part, columns)
            if not any(cells):
                continue
            if any(len(cell) > _MAX_CELL for cell in cells):
                return []
            full += sum(1 for cell in cells if cell) >= 2
            first = min(part, key=lambda run: (round(run.y), run.left))
            text = "  ".join(cell for cell in cells if cell)
            made.append(
                replace(
                    first, left=left, right=right, text=text, cells=cells, raised=(), links=(),
                )
            )  # fmt: skip
    return made if full >= _MIN_ROWS and 2 * full >= len(made) else []


def _columns(runs: list[Run], left: float, right: float) -> list[float]:
    """Divide columns in the room that no row uses, between rules that have no walls."""
    edges = sorted((run.left, run.right, run.size) for run in runs)
    edges = [one for one in edges if one[1] - one[0] < 0.7 * (right - left)]
    if 5 * len(edges) < 4 * len(runs):
        return []
    columns = [left]
    reach = edges[0][1]
    for start, end, size in edges[1:]:
        if start > reach + _APART * size:
            columns.append(0.5 * (start + reach))
        reach = max(reach, end)
    return [*columns, right]


def _lines(band: list[Run], columns: list[float]) -> list[list[Run]]:
    """Part a band into rows: one begins where its first column has text."""
    lines: list[list[Run]] = []
    for run in sorted(band, key=lambda one: (one.y, one.left)):
        first = run.left < columns[1]
        if not lines or (first and run.y - lines[-1][0].y > 0.5 * run.size):
            lines.append([run])
        else:
            lines[-1].append(run)
    return lines


def _cells(runs: list[Run], columns: list[float]) -> tuple[str, ...]:
    cells = []
    for start, end in itertools.pairwise(columns):
        text = ""
        own = [run for run in runs if start <= 0.5 * (run.left + run.right) < end]
        for run in sorted(own, key=lambda one: (round(one.y), one.left)):
            tight = text and (is_wide(text[-1]) or is_wide(run.text[0]))
            text += ("" if tight or not text else " ") + run.text
        cells.append(text.strip())
    return tuple(cells)
