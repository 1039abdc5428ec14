"""Columns that an extractor left side by side: told by their gutter, set one below the other.

A gutter is a run of spaces at the same cell of most lines of a page. Lines that cross it (heads,
page headers) part the page into bands; in each the left column comes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import islice

_RUN = re.compile(r"(?<=\S) {2,}(?=\S)")
_FOOT = re.compile(r"\W{0,6}(?:第\s?)?\d{1,4}\W{0,6}(?:页.{0,16})?$")
_MIN_LINES = 8  # lines with a gutter that a page has at least
_SHARE = 0.5  # of the lines with text
_MIN_COLUMN = 20  # cells; the columns of tables are narrower
_ASIDE = 4  # cells by which a line in the middle may stand aside
_FULL = 0.8  # of a column's width: a line of running text


def unfolded(lines: list[str]) -> list[str]:
    """Give the lines of a page with the right column below the left; as they are if it has one."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    made: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        at = _cut(line, gutter)
        if at is not None:
            left.append(line[:at].rstrip(" "))
            right.append(line[at:])
        elif _centred(line, gutter) or _cells(line) > gutter:
            made += [*left, *right, line]
            left, right = [], []
        else:
            left.append(line)
    # A page's number stands below both columns, wherever it is set.
    foot = [left.pop()] if left and right and _FOOT.match(left[-1]) else []
    return [*made, *left, *right, *foot]


def _cut(line: str, gutter: int) -> int | None:
    """Where the right column begins in a line that has one: behind two blank cells."""
    if len(line) * 2 <= gutter or "  " not in line:
        return None
    cells = 0
    for at, char in enumerate(line[: gutter + 1]):
        if cells == gutter:
            blank = line[max(0, at - 2) : at].strip(" ") == "" and line[at:].strip() != ""
            return at if blank else None
        if cells > gutter:
            return None
        cells += 1 + (unicodedata.east_asian_width(char) in "WFA")
    return None


def _centred(line: str, gutter: int) -> bool:
    """Say whether a short line stands in the middle of the page, above or below the columns."""
    width = _cells(line.strip())
    indent = _cells(line) - _cells(line.lstrip())
    return 0 < width < gutter and indent > 2 and abs(2 * indent + width - 2 * gutter) <= 2 * _ASIDE


def _gutter(lines: list[str]) -> int | None:
    """Find the cell that right columns begin at."""
    counts: Counter[int] = Counter()
    for line in lines:
        if "  " in line:
            counts.update(_cells(line[: run.end()]) for run in islice(_RUN.finditer(line), 8))
    texts = sum(1 for line in lines if line.strip())
    for cell, _ in counts.most_common(3):
        cuts = [(line, at) for line in lines if (at := _cut(line, cell)) is not None]
        if len(cuts) < max(_MIN_LINES, _SHARE * texts):
            continue
        sides = (
            sorted(_cells(line[:at].strip()) for line, at in cuts),
            sorted(_cells(line[at:].strip()) for line, at in cuts),
        )
        widths = [side[int(len(side) * 0.9)] for side in sides]
        # Columns are alike, wide, and mostly full; the cells of a table are not.
        full = [
            sum(1 for one in side if one >= _FULL * width)
            for side, width in zip(sides, widths, strict=True)
        ]
        alike = max(widths) <= 1.3 * min(widths)
        if min(widths) >= _MIN_COLUMN and alike and 2 * min(full) >= len(cuts):
            return cell
    return None


def _cells(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(char) in "WFA" for char in text[:2000])
