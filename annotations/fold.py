"""Text folded for finding it again, with a way back to the offsets of what was folded."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass

# What readers and parsers write one for the other, beyond compatibility forms (NFKD).
_ALIKE = str.maketrans("。、“”„‘’‚「」『』〔〕【】—–−‐‑―•・", '.,"""\'\'\'""""[][]------··')
# A hyphen inside a Latin word may come and go with the printed line; so may the mark of a note.
_PASSING = re.compile(r"(?<=[A-Za-z])-(?=[A-Za-z])|\[[0-9]{1,3}\]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `origins[i]` is the offset, before folding, of what became `text[i]`."""

    text: str
    origins: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where text[start:end], which is not empty, stood before folding."""
        return self.origins[start], self.origins[end - 1] + 1

    def index(self, offset: int) -> int:
        """Return the first folded index of what stood at `offset` or after it."""
        return bisect_left(self.origins, offset)


class _Characters(dict[str, str]):
    """Every character's folded form, worked out when it is first met."""

    def __missing__(self, char: str) -> str:
        wide = unicodedata.normalize("NFKD", char).translate(_ALIKE)
        found = self[char] = "".join(one for one in wide if not _is_blank(one))
        return found


def _is_blank(char: str) -> bool:
    """Tell whether a character has no shape of its own: blanks, joiners, variation selectors."""
    return (
        char.isspace()
        or unicodedata.category(char) in ("Cf", "Cc")
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )


_CHARACTERS = _Characters()


def fold(text: str) -> Folded:
    """Fold compatibility forms, punctuation and width, and drop what a new reading may change.

    Dropped are white space, joiners, hyphens inside Latin words and marks such as [1]. The order
    of what is left is kept, and so is letter case. Time is linear.
    """
    pieces: list[str] = []
    origins = array("L")
    for at, char in enumerate(text):
        piece = _CHARACTERS[char]
        if piece:
            pieces.append(piece)
            origins.append(at)
            for _ in range(len(piece) - 1):
                origins.append(at)
    folded = "".join(pieces)
    if _PASSING.search(folded) is None:
        return Folded(folded, origins)
    kept: list[str] = []
    left = array("L")
    done = 0
    for match in _PASSING.finditer(folded):
        kept.append(folded[done : match.start()])
        left.extend(origins[done : match.start()])
        done = match.end()
    kept.append(folded[done:])
    left.extend(origins[done:])
    return Folded("".join(kept), left)
