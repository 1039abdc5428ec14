"""A mouse selection in the article pane, as places in the text.

Textual asks what lies under the pointer and gets a number per cell: the character's number, one
more on the right half of a wide character, and one more again for the selection's last cell. So
that a Chinese character is meant whichever half is pointed at, four numbers stand for each
character: 4k and 4k+1 are its halves, 4k+2 and 4k+3 the end of it and the beginning of the next.
The other number is the row. Both change with the layout: a new layout clears the selection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.selection import Selection

    from tui.typesetting.document import Address
    from tui.typesetting.rows import RowTable


def character_at(shown: int) -> int:
    """Give the number of the character at a shown offset."""
    return 4 * shown


def between(shown: int) -> int:
    """Give the number of the place before the character at a shown offset."""
    return 4 * shown - 2


def _start(number: int) -> int:
    return number // 4 + (number % 4 > 1)


def _end(number: int) -> int:
    return number // 4 + (number % 4 > 0)


class Selected(NamedTuple):
    """What is selected: from (run, shown offset) to (run, shown end) of a row table."""

    first_run: int
    start: int
    last_run: int
    end: int | None

    def of_run(self, run: int) -> tuple[int, int | None] | None:
        """Give the selected shown range of a run; None at the end means all of it."""
        if not self.first_run <= run <= self.last_run:
            return None
        start = self.start if run == self.first_run else 0
        return start, self.end if run == self.last_run else None


def selected(selection: Selection, table: RowTable) -> Selected | None:
    """Find what `selection` means in `table`, as far as it is laid."""
    if not len(table):
        return None
    last = len(table) - 1
    first_run, start = 0, 0
    last_run, end = len(table.runs) - 1, None
    if selection.start is not None:
        first_run = table.row(min(max(selection.start.y, 0), last)).run
        start = max(0, _start(selection.start.x))
    if selection.end is not None:
        last_run = table.row(min(max(selection.end.y, 0), last)).run
        end = max(0, _end(selection.end.x))
    if first_run == last_run and end is not None and end < start and selection.start is not None:
        # In a table of wrapped cells a later row may hold earlier text.
        start, end = max(0, _start(selection.end.x)), max(0, _end(selection.start.x))  # type: ignore[union-attr]
    return Selected(first_run, start, last_run, end)


def logical_ranges(found: Selected, table: RowTable) -> list[tuple[Address, int, int]]:
    """List the logical ranges that are selected, part after part."""
    ranges = []
    for run in range(found.first_run, found.last_run + 1):
        part = table.document.parts[table.runs[run].part]
        shown = found.of_run(run)
        if shown is None:
            continue
        start = part.logical(min(shown[0], len(part.shown)))
        end = len(part.text) if shown[1] is None else part.logical(min(shown[1], len(part.shown)))
        if end >= start:
            ranges.append((part.address, start, end))
    return ranges
