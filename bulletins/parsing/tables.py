"""Tables in running text: lines whose cells are told apart by wide gaps, bars, or a caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bulletins.parsing.sheet import ends_hard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.sheet import Sheet

_GAP = re.compile(r"\s{2,}|\s*[|｜│┃]\s*")
_RULE = re.compile(r"[-–—=+|｜│┃─━\s:]{3,}$")
_GOES_ON = re.compile(r"[（(]?\s*(?:续\s*表|表\s*\d*\s*[（(]?续[）)]?)\s*\d{0,3}\s*[）)]?")
_CAPTION = re.compile(r"(?:表|附表|Table)\s?\d", re.IGNORECASE)
_MAX_CELLS = 12
_MAX_LINE = 400


class Table(NamedTuple):
    """Rows of cells, the line that each row begins on, and how many body lines they take."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    taken: int


class TableReader:
    """Finds the tables among the body lines of an article."""

    def __init__(self, sheet: Sheet, cues: Cues, layout: Layout) -> None:
        self.sheet, self.cues, self.layout = sheet, cues, layout

    def table_at(self, body: Sequence[int], position: int) -> Table | None:
        """Read the table that begins at `position` of `body`, or None."""
        if self.sheet.lines[body[position]].cells:
            return self._ruled(body, position)
        captioned = position > 0 and _CAPTION.match(self.sheet.text(body[position - 1])) is not None
        if self._cells(body[position], captioned) is None:
            return None
        rows: list[list[str]] = []
        lines: list[int] = []
        width = 0
        end = position
        while end < len(body):
            index = body[end]
            text = self.sheet.text(index)
            if rows and (_GOES_ON.match(text) or _RULE.match(text)):
                end += 1
                continue
            cells = self._cells(index, captioned)
            if cells is None and rows and self._wrapped(index, rows):
                rows[-1][-1] += text
                end += 1
                continue
            if cells is None or (width and not captioned and len(cells) != width):
                break
            width = width or len(cells)
            if captioned and len(cells) > width:
                cells = [*cells[: width - 1], " ".join(cells[width - 1 :])]
            again = bool(rows) and cells == rows[0] and self._page(index) != self._page(lines[0])
            if not again:
                rows.append(cells)
                lines.append(index)
            end += 1
        if len(rows) < 2 or width < 2:
            return None
        return Table(tuple(tuple(row) for row in rows), tuple(lines), end - position)

    def _ruled(self, body: Sequence[int], position: int) -> Table | None:
        """Read rows whose cells the file tells; a head that a page break repeats is one."""
        first = self.sheet.lines[body[position]].cells
        rows: list[tuple[str, ...]] = []
        lines: list[int] = []
        end = position
        while end < len(body):
            cells = self.sheet.lines[body[end]].cells
            if not cells and rows and _GOES_ON.match(self.sheet.text(body[end])):
                end += 1
                continue
            if len(cells) != len(first):
                break
            if not (rows and cells == first and self._page(body[end]) != self._page(lines[0])):
                rows.append(cells)
                lines.append(body[end])
            end += 1
        return Table(tuple(rows), tuple(lines), end - position) if len(rows) >= 2 else None

    def _page(self, index: int) -> int:
        return self.sheet.page[index]

    def _cells(self, index: int, captioned: bool) -> list[str] | None:
        """Split a line into two or more cells, or None if it reads as text."""
        text = self.sheet.text(index)
        if len(text) > _MAX_LINE or "://" in text or self.sheet.lines[index].begins is False:
            return None
        stripped = text.strip("|｜│┃ ")
        cells = [cell.strip() for cell in _GAP.split(stripped)]
        if 2 <= len(cells) <= _MAX_CELLS and all(cells):
            return cells
        if not captioned or self.layout.full(self.sheet.width[index]) or ends_hard(text):
            return None
        if self.cues.enumerator(text) or self.cues.byline(text) or self.cues.caption(text):
            return None
        words = text.split()
        return words if 2 <= len(words) <= _MAX_CELLS else None

    def _wrapped(self, index: int, rows: list[list[str]]) -> bool:
        """Say whether a line of one cell goes on with the last cell above."""
        text = self.sheet.text(index)
        short = not self.layout.full(self.sheet.width[index])
        plain = not (
            self.cues.enumerator(text) or self.cues.byline(text) or self.cues.caption(text)
        )
        line = self.sheet.lines[index]
        bare = self.sheet.gap[index] or (self.layout.blanks and line.blank > 0)
        long_cell = len(rows[-1][-1]) >= 8 and not ends_hard(rows[-1][-1])
        return (
            short and plain and not bare and long_cell and len(text) <= 24 and not ends_hard(text)
        )
