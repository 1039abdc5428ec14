"""How the lines of a file are set: are they wrapped, how wide, and what ends a paragraph."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.parsing.sheet import cjk_count, ends_hard, ends_wide, width_of

if TYPE_CHECKING:
    from bulletins.parsing.sheet import Sheet

_SAMPLE = 6_000  # lines looked at
_NARROWEST = 24  # cells; a wrapped column is wider
_WIDEST = 200
_OPENERS = "（《“‘「『【〔"
_CLOSERS = "，。、；：！？）》”’」』】〕…"
_UNIT = re.compile(rf"[{_OPENERS}]*(?:[!-~\u00a1-\u024f‐–]+|.)[{_CLOSERS}]*")
_INDENT = 4  # cells: two characters
_MAX_INDENT = 8  # cells
_MIN_LINES = 3  # lines of a kind that tell how wide that kind is


@dataclass(frozen=True, slots=True)
class Layout:
    """`width` is that of a full line in cells, None where lines are not wrapped.

    `trail`: a line with white space behind a Chinese last character ends its paragraph, one
    without does not. `blanks`: a blank line ends a paragraph. `indents`: an indented line begins
    one. `inset` is how many cells shorter the first lines of paragraphs are, where the file does
    not keep their indents. `edge` is the width of full lines without a Latin letter, `mixed` about
    the least that full lines with some have.
    """

    width: int | None
    trail: bool
    blanks: bool
    indents: bool
    inset: int = 0
    edge: int = 0
    mixed: int = 0

    def full(self, width: int) -> bool:
        """Say whether a line of `width` cells reaches the right edge."""
        return self.width is not None and width >= 0.9 * self.width

    def filled(self, width: int, following: str, measure: int | None = None) -> bool:
        """Say whether the first word of `following` had no room left behind `width` cells."""
        edge = measure if measure is not None else self.width
        if edge is None:
            return False
        word = _UNIT.match(following[:80])
        return width + (width_of(word[0]) if word else 2) > 0.94 * edge

    def room_left(self, width: int, text: str, following: str) -> bool:
        """Say whether a line could have held the first word of `following`."""
        edge = self.edge if _pure(text) else self.mixed
        word = _UNIT.match(following[:80])
        return width + (width_of(word[0]) if word else 2) <= edge

    def set_in(self, width: int, text: str, following: str) -> bool:
        """Say whether a line that runs on is as much shorter than a full one as first lines are.

        Either as many cells, or it had room for the next line's first word, which an inner line
        would have taken.
        """
        if not self.inset or ends_hard(text):
            return False
        return self.room_left(width, text, following)


def _pure(text: str) -> bool:
    return len(text) <= _WIDEST and len(text.encode("utf-8")) >= 2.8 * len(text)


def layout_of(sheet: Sheet) -> Layout:
    """Learn the layout from the lines that no stage has taken."""
    indexes = sheet.free()
    if len(indexes) > _SAMPLE:
        middle = len(indexes) // 2
        indexes = indexes[: _SAMPLE // 2] + indexes[middle : middle + _SAMPLE // 2]
    width = _width(sheet, indexes)
    mixed = _mixed(sheet, indexes, width) if width is not None else 0
    return Layout(
        width,
        width is not None and _trails(sheet, indexes, width),
        _blanks(sheet, indexes, width),
        _indents(sheet, indexes),
        _inset(sheet, indexes, width, mixed) if width is not None else 0,
        _edge(sheet, indexes, width) if width is not None else 0,
        mixed,
    )


def _width(sheet: Sheet, indexes: list[int]) -> int | None:
    widths: list[tuple[int, bool]] = []
    others: list[tuple[int, bool]] = []
    for index in indexes:
        cells = sheet.width[index]
        if cells < _NARROWEST:
            continue
        start = sheet.text(index)[:_WIDEST]
        chinese = 4 * cjk_count(start) >= min(cells, _WIDEST)
        (widths if chinese else others).append((cells, ends_hard(sheet.text(index))))
    if len(widths) < len(others) // 3:
        widths = others
    if len(widths) < 3:
        return None
    ordered = sorted(width for width, _ in widths)
    edge = ordered[int(len(ordered) * 0.85)]
    if edge > _WIDEST or (ordered[-1] > 1.5 * edge and ordered[-1] > _WIDEST):
        return None
    near = [ended for width, ended in widths if 0.88 * edge <= width <= 1.08 * edge]
    upper = sum(1 for width in ordered if width >= 0.6 * edge)
    # Wrapped lines end in the middle of a sentence; lines that are whole paragraphs don't.
    wrapped = len(near) >= 2 and 5 * len(near) >= 2 * upper and near.count(False) >= 0.4 * len(near)
    return edge if wrapped else None


def _trails(sheet: Sheet, indexes: list[int], width: int) -> bool:
    ended = open_ = ended_short = open_full = 0
    for index in indexes:
        text = sheet.text(index)
        if sheet.width[index] < _NARROWEST or not ends_wide(text):
            continue
        if sheet.lines[index].trail:
            ended += 1
            ended_short += sheet.width[index] < 0.9 * width
        else:
            open_ += 1
            open_full += sheet.width[index] >= 0.75 * width
    return ended >= 3 and open_ >= 5 and ended_short >= 0.4 * ended and open_full >= 0.85 * open_


def _blanks(sheet: Sheet, indexes: list[int], width: int | None) -> bool:
    """Blank lines mean something where most lines do without one, and they follow ended lines."""
    gaps = good = 0
    for before, index in itertools.pairwise(indexes):
        if sheet.lines[index].blank and sheet.page[before] == sheet.page[index]:
            gaps += 1
            short = width is None or sheet.width[before] < 0.9 * width
            good += short or ends_hard(sheet.text(before))
    return 0 < gaps < 0.7 * max(1, len(indexes) - 1) and good >= 0.85 * gaps


def _indents(sheet: Sheet, indexes: list[int]) -> bool:
    """Indents mean something where some lines have two or more cells and some have none."""
    indented = sum(1 for index in indexes if 2 <= sheet.lines[index].indent <= 8)
    return indented >= 2 and 0.02 * len(indexes) <= indented <= 0.9 * len(indexes)


def _inset(sheet: Sheet, indexes: list[int], width: int, mixed: int) -> int:
    """Compare lines behind a short line (first lines) with full ones: how much shorter they are."""
    first = sorted(
        sheet.width[index]
        for before, index in itertools.pairwise(indexes)
        if sheet.width[before] < 0.8 * width
        and sheet.width[index] >= 0.8 * width
        and not ends_hard(sheet.text(index))
    )
    if len(first) < _MIN_LINES or not mixed:
        return 0
    inset = mixed + 1 - first[len(first) // 2]
    # Type is set in by whole characters, nearly always two; Latin letters blur the measure.
    return _INDENT if 2 <= inset <= _MAX_INDENT else 0


def _mixed(sheet: Sheet, indexes: list[int], width: int) -> int:
    """The middle width of lines that run on from one that runs on, whatever their letters."""
    inner = sorted(
        sheet.width[index]
        for before, index in itertools.pairwise(indexes)
        if sheet.width[index] >= 0.8 * width
        and sheet.width[before] >= 0.8 * width
        and not ends_hard(sheet.text(before))
        and not ends_hard(sheet.text(index))
    )
    return inner[len(inner) // 2] - 1 if len(inner) >= _MIN_LINES else 0


def _edge(sheet: Sheet, indexes: list[int], width: int) -> int:
    """The commonest width of full lines that are Chinese throughout."""
    widths = Counter(
        sheet.width[index]
        for index in indexes
        if sheet.width[index] >= 0.85 * width and _pure(sheet.text(index))
    )
    common = widths.most_common(1)
    return common[0][0] if common and common[0][1] >= 3 else 0
