"""How many cells a character takes, as Rich (and so Textual) draws it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size

_KEPT = 70_000  # more than one plane: a file of all code points must not fill the memory
_JOINERS = ("\u200d", "\ufe0f")


class _Widths(dict[str, int]):
    """Cells of one character, looked up once; what a control's stand-in takes counts for it."""

    def __missing__(self, character: str) -> int:
        width = get_character_cell_size(character)
        if not width and (character < " " or "\x7f" <= character < "\xa0"):
            width = 1
        if character == "\ufe0f":
            width = 1  # it can widen the character before it, so a row must have room
        if len(self) < _KEPT:
            self[character] = width
        return width


_WIDTHS = _Widths()
width_of = _WIDTHS.__getitem__
"""Cells that one character takes at most, wherever it stands: 0, 1 or 2."""


def cells(text: str) -> int:
    """Measure `text` in cells, exactly as it is drawn."""
    return cell_len(text)


def fit(text: str, start: int, width: int, most: int) -> int:
    """Find how much of `text` from `start` fits in `width` cells.

    Looks at `most` code points at most. Returns the end, a code point offset: everything before
    it fits, and zero-width characters that follow a fitting one are on its side.
    """
    end, room = start, width
    limit = min(len(text), start + most)
    while end < limit:
        piece = text[end : min(limit, end + max(room // 2, 4))]
        sums = list(accumulate(map(width_of, piece)))
        if sums[-1] > room:
            return end + bisect_right(sums, room)
        room -= sums[-1]
        end += len(piece)
    return end


def boundaries(text: str) -> list[int]:
    """Give the cell at which each code point of `text` starts, and last its whole width.

    A code point that is drawn with the one before it starts where its cluster ends.
    """
    if not any(joiner in text for joiner in _JOINERS):
        return list(accumulate(map(width_of, text), initial=0))
    return [cells(text[:index]) for index in range(len(text) + 1)]


def cut(text: str, width: int) -> str:
    """Shorten `text` to `width` cells with an ellipsis, never through a wide character."""
    if cells(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    end = fit(text, 0, width - 1, 16 * width)
    return text[:end] + "…"
