"""How lines are set beside the text, for formats that tell: larger, bold, in the middle, small."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.sources import Line

_LARGE = 1.06  # of the text's size
_SMALL = 0.95
_ALIKE = 0.05  # sizes that differ less are one


class Looks:
    """Compares lines with the size and weight of most of the text; lines are known by index.

    `known` says that the file tells sizes at all, `marked` that it tells which characters are
    raised.
    """

    def __init__(self, lines: list[Line]) -> None:
        sizes: Counter[float] = Counter()
        bold = total = 0
        for line in lines:
            if line.size is not None and line.zone == "body":
                wide = len(line.text.encode("utf-8")) - len(line.text)
                sizes[round(line.size, 1)] += 20 * wide + len(line.text)
                total += len(line.text)
                bold += len(line.text) if line.bold else 0
        self.lines = lines
        self.known = bool(sizes)
        self.body = sizes.most_common(1)[0][0] if sizes else 0.0
        self.heavy = 2 * bold > total
        self.marked = any(line.raised for line in lines if line.zone == "body")

    def size(self, index: int) -> float:
        """The size of a line's letters in points, 0 if unknown."""
        return self.lines[index].size or 0.0

    def large(self, index: int) -> bool:
        """Say whether a line is set larger than the text."""
        return self.known and self.size(index) > _LARGE * self.body

    def small(self, index: int) -> bool:
        """Say whether a line is set smaller than the text."""
        return self.known and 0 < self.size(index) < _SMALL * self.body

    def stands_out(self, index: int) -> bool:
        """Say whether a line is set as heads are: larger than the text, or bold where it isn't."""
        if not self.known:
            return False
        return self.large(index) or (
            self.lines[index].bold and not self.heavy and not self.small(index)
        )

    def alike(self, one: int, other: int) -> bool:
        """Say whether two lines are set in the same size and weight."""
        sizes = self.size(one), self.size(other)
        same = abs(sizes[0] - sizes[1]) <= _ALIKE * max(sizes)
        return same and self.lines[one].bold == self.lines[other].bold
