"""The row table of one article at one width: what is drawn in which row, and the way back.

A table is laid out as far as it is asked for: `grow` takes a number of code points, so the first
screen of an article of any size is there at once and the rest can follow in small steps.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.typesetting.linebreak import first_row, next_row
from tui.typesetting.tables import Chunk, Line, table_lines
from tui.typesetting.widths import boundaries, cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.typesetting.document import Address, Document, Part, PartKind

COLUMN = 90
"""The widest reading column, in cells."""
_BAR = "│ "  # stands before each row of a note that is opened in place
_TIGHT: dict[str, frozenset[str]] = {
    "meta": frozenset({"title", "printed"}),
    "doubt": frozenset({"title", "printed", "meta", "doubt"}),
    "paragraph": frozenset({"heading"}),
    "list_item": frozenset({"heading", "list_item"}),
    "table": frozenset({"caption", "heading"}),
    "caption": frozenset({"table"}),
    "note": frozenset({"note", "label"}),
    "source": frozenset({"source", "label", "printed"}),
    "original": frozenset({"label"}),
    "printed": frozenset({"title", "source"}),
}
"""No blank row stands between a part and one of these before it."""
_STEP = 256  # rows of one paragraph laid before `grow` may stop inside it


class Run(NamedTuple):
    """A part in its place: a note stands in the list of notes and, opened, under its paragraph.

    `first` is the row of its first text; blank rows above it belong to it too.
    """

    part: int
    first: int
    opened: bool
    lines: list[Line] | None


class Row(NamedTuple):
    """One drawn row. Chunks are pieces of the part's shown text, at cells of the column.

    `first` marks a part's first row, and in a table the rows of its head.
    """

    run: int
    part: int
    kind: PartKind | Literal["blank"]
    frame: str
    chunks: tuple[Chunk, ...]
    first: bool


def reading_column(width: int) -> tuple[int, int]:
    """Place the reading column in `width` cells: its left edge and its own width."""
    margin = 2 if width >= 50 else 1 if width >= 20 else 0
    column = max(1, min(COLUMN, width - 2 * margin))
    return max(0, width - column) // 2, column


class RowTable:
    """Rows of a document, found by number in O(1) and by logical place by bisection."""

    def __init__(
        self, document: Document, width: int, notes_open: frozenset[int] = frozenset()
    ) -> None:
        """Prepare the table; `width` is that of the reading column in cells, at least 1."""
        self.document = document
        self.width = max(1, width)
        self.notes_open = notes_open
        self.runs: list[Run] = []
        self.complete = False
        self._run_of = array("L")
        self._starts = array("L")
        self._ends = array("L")
        self._runs_of: dict[int, list[int]] = {}
        self._work = self._lay()

    def __len__(self) -> int:
        """Count the rows that are laid so far."""
        return len(self._run_of)

    def grow(self, code_points: int | None = None) -> bool:
        """Lay about this much more (None: all); return whether the table is complete."""
        left = code_points
        while not self.complete and (left is None or left > 0):
            done = next(self._work, None)
            if done is None:
                self.complete = True
            elif left is not None:
                left -= done
        return self.complete

    def row(self, y: int) -> Row:
        """Give row `y`."""
        index = self._run_of[y]
        run = self.runs[index]
        if y < run.first:
            return Row(index, run.part, "blank", "", (), False)
        part = self.document.parts[run.part]
        if run.lines is not None:
            line = run.lines[self._starts[y]]
            return Row(index, run.part, part.kind, line.frame, line.chunks, line.header)
        first = y == run.first
        frame = (_BAR if run.opened else "") + (part.prefix if first else "")
        indent = cells(frame) if first else self._indent(part, run.opened)[1]
        chunk = Chunk(indent, self._starts[y], self._ends[y])
        return Row(index, run.part, part.kind, frame, (chunk,), first)

    def run_rows(self, run: int) -> tuple[int, int]:
        """Give the first and the end row of a run, as far as it is laid."""
        first = self.runs[run].first
        if run + 1 < len(self.runs):
            low, high = first, self.runs[run + 1].first
            return low, bisect_right(self._run_of, run, low, min(high, len(self._run_of)))
        return first, len(self._run_of)

    def find(self, address: Address, offset: int) -> int | None:
        """Find the row of a logical place; None if the document has no such part, or not yet.

        An opened note is found in its place under the paragraph.
        """
        part = self.document.number(address)
        if part is None or part not in self._runs_of:
            return None
        run = self._runs_of[part][0]
        shown = self.document.parts[part].shown_start(offset)
        if not self.complete and len(self.runs) == run + 1 and not self._passed(shown):
            return None
        return self._find_in(run, shown)

    def position(self, y: int) -> tuple[Address, int]:
        """Give the logical place at which row `y` starts."""
        run = self.runs[self._run_of[y]]
        part = self.document.parts[run.part]
        row = self.row(y)
        start = min((chunk.start for chunk in row.chunks), default=0)
        return part.address, part.logical(start)

    def shown_at(self, y: int, x: int) -> int | None:
        """Find the shown offset of the character at cell `x` of the column in row `y`."""
        row = self.row(y)
        part = self.document.parts[row.part]
        for chunk in row.chunks:
            if x >= chunk.x:
                index = bisect_right(boundaries(part.shown[chunk.start : chunk.end]), x - chunk.x)
                if index <= chunk.end - chunk.start:
                    return chunk.start + index - 1
        return None

    def _passed(self, shown: int) -> bool:
        return self.runs[-1].lines is None and len(self._starts) > 0 and self._starts[-1] > shown

    def _find_in(self, run: int, shown: int) -> int:
        first, end = self.run_rows(run)
        lines = self.runs[run].lines
        if lines is None:
            return max(first, bisect_right(self._starts, shown, first, end) - 1)
        for y in range(first, end):
            chunks = lines[self._starts[y]].chunks
            if any(chunk.start <= shown < chunk.end for chunk in chunks):
                return y
        return first

    def _indent(self, part: Part, opened: bool) -> tuple[int, int]:
        """Give the indents (cells) of a part's first row and of its other rows."""
        bar = len(_BAR) if opened else 0
        return bar + cells(part.prefix), bar + part.hang

    def _lay(self) -> Iterator[int]:
        """Lay the rows, part after part; each step gives how many code points it took."""
        before = ""
        for index, part in enumerate(self.document.parts):
            blank = bool(before) and before not in _TIGHT.get(part.kind, ())
            before = part.kind
            yield from self._lay_part(index, part, opened=False, blank=blank)
            kind, number = part.address
            if self.notes_open and kind == "block":
                for note in self.document.notes_in.get(number, ()):
                    if note in self.notes_open:
                        yield from self._lay_note(note)

    def _lay_note(self, note: int) -> Iterator[int]:
        """Lay an opened note and its links under the paragraph that has its mark."""
        index = self.document.number(("footnote", note)) or 0
        parts = self.document.parts
        yield from self._lay_part(index, parts[index], opened=True, blank=False)
        while index + 1 < len(parts) and parts[index + 1].address[0] == "link":
            index += 1
            yield from self._lay_part(index, parts[index], opened=True, blank=False)

    def _lay_part(self, index: int, part: Part, *, opened: bool, blank: bool) -> Iterator[int]:
        run = len(self.runs)
        if blank:
            self._append(run, 0, 0)
        drawn = table_lines(part, self.width) if part.kind == "table" else None
        lines: list[Line] | None = None if drawn is None else []
        self.runs.append(Run(index, len(self._run_of), opened, lines))
        self._runs_of.setdefault(index, []).append(run)
        if drawn is None or lines is None:
            yield from self._lay_text(run, part, opened)
            return
        for line in drawn:
            self._append(run, len(lines), len(lines))
            lines.append(line)
            yield 2 * self.width

    def _lay_text(self, run: int, part: Part, opened: bool) -> Iterator[int]:
        text, size = part.shown, len(part.shown)
        first, rest = self._indent(part, opened)
        narrow = max(1, self.width - first)
        width = max(1, self.width - rest)
        at = done = first_row(text)
        if at >= size:
            self._append(run, size, size)
        starts, ends, runs = self._starts.append, self._ends.append, self._run_of.append
        room = narrow
        while at < size:
            for _ in range(_STEP):
                end, following = next_row(text, at, room)
                runs(run)
                starts(at)
                ends(end)
                at, room = following, width
                if at >= size:
                    break
            else:
                yield at - done
                done = at
        yield at - done + 16

    def _append(self, run: int, start: int, end: int) -> None:
        self._run_of.append(run)
        self._starts.append(start)
        self._ends.append(end)
