"""A table drawn in rows: columns measured in cells, cells wrapped, or stacked when too narrow."""

from __future__ import annotations

import re
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from tui.typesetting.linebreak import break_rows
from tui.typesetting.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.typesetting.document import Part

_GAP = " │ "
_NARROWEST = 6  # cells of a column below which rows are stacked instead
_MEASURED = 500  # rows that decide on the widths: a table of any length starts at once
_NUMBER = re.compile(r"[+\-−±~≈约]?[0-9][0-9,.]*\s?[%％‰]?")


class Chunk(NamedTuple):
    """A piece of a part's shown text [start, end) drawn at cell `x` of the column."""

    x: int
    start: int
    end: int


class Line(NamedTuple):
    """One drawn row of a table: its rules and gaps (narrow characters only), and its pieces."""

    frame: str
    chunks: tuple[Chunk, ...]
    header: bool = False


class _Cell(NamedTuple):
    text: str
    start: int
    """Where `text` stands in the part's shown text."""


def table_lines(part: Part, width: int) -> Iterator[Line] | None:
    """Draw the table `part` in `width` cells, or None if its text is not its cells joined."""
    if not part.cells:
        return None
    measured = list(islice(_grid(part), _MEASURED))
    if None in measured:
        return None
    rows = [row for row in measured if row is not None]
    count = max(map(len, rows))
    natural = [
        max((cells(cell.text) for cell in column if cell is not None), default=0)
        for column in zip_longest(*rows)
    ]
    widths = _share(natural, width - len(_GAP) * (count - 1))
    if widths is None:
        return _stacked(part, width)
    right = [_is_numeric(column[1:]) for column in zip_longest(*rows)]
    return _ruled(part, widths, right, natural)


def _grid(part: Part) -> Iterator[list[_Cell] | None]:
    """Give the cells with their shown places; None and no more where the text does not agree."""
    at, text = 0, part.text
    for row in part.cells:
        found: list[_Cell] = []
        for cell in row:
            if not text.startswith(cell, at):
                yield None
                return
            start, end = part.shown_end(at), part.shown_start(at + len(cell))
            found.append(_Cell(part.shown[start:end], start))
            at += len(cell) + len(" | ")
        at += len("\n") - len(" | ") if row else len("\n")
        yield found


def _share(natural: Sequence[int], room: int) -> list[int] | None:
    """Share `room` cells among columns: small ones get what they need, the others equal parts."""
    if sum(natural) <= room:
        return list(natural)
    widths = [0] * len(natural)
    left = len(natural)
    for index in sorted(range(len(natural)), key=natural.__getitem__):
        share = room // left
        widths[index] = min(natural[index], share)
        if widths[index] < min(natural[index], _NARROWEST):
            return None
        room -= widths[index]
        left -= 1
    return widths


def _is_numeric(column: Sequence[_Cell | None]) -> bool:
    texts = [cell.text for cell in column if cell is not None and cell.text.strip()]
    return bool(texts) and all(len(text) < 40 and _NUMBER.fullmatch(text) for text in texts)


def _ruled(
    part: Part, widths: list[int], right: list[bool], natural: Sequence[int]
) -> Iterator[Line]:
    """Draw rows side by side; rules between all rows when a cell takes several lines."""
    wrapped = any(need > width for need, width in zip(natural, widths, strict=True))
    rule = Line("─┼─".join("─" * width for width in widths), ())
    frame = _GAP.join(" " * width for width in widths)
    yield Line(rule.frame.replace("┼", "┬"), ())
    for number, row in enumerate(_grid(part)):
        if number and (wrapped or number == 1):
            yield rule
        x = 0
        columns: list[list[Chunk]] = []
        for cell, width, flush in zip(row or (), widths, right, strict=False):
            column: list[Chunk] = []
            for start, end in break_rows(cell.text, max(width, 1)):
                lead = width - cells(cell.text[start:end]) if flush and number else 0
                column.append(Chunk(x + max(lead, 0), cell.start + start, cell.start + end))
            columns.append(column)
            x += width + len(_GAP)
        for line in zip_longest(*columns) if columns else ():
            yield Line(frame, tuple(chunk for chunk in line if chunk is not None), not number)
    yield Line(rule.frame.replace("┼", "┴"), ())


def _stacked(part: Part, width: int) -> Iterator[Line]:
    """Draw each row's cells under each other, a rule between the rows."""
    rule = Line("─" * min(width, 16), ())
    for number, row in enumerate(_grid(part)):
        if number:
            yield rule
        for index, cell in enumerate(row or ()):
            indent = 2 if index and width > 8 else 0
            for start, end in break_rows(cell.text, width - indent):
                chunk = Chunk(indent, cell.start + start, cell.start + end)
                yield Line("", (chunk,), not index)
