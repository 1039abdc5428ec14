"""Search in logical text: case and width folded, spaces at the seams of scripts optional."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.typesetting.document import Address, Document

MOST_HITS = 10_000
"""More hits than a reader steps through; a hostile text must not fill the memory with them."""

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


class Hit(NamedTuple):
    """A place that was found: logical offsets [start, end) in the part at `address`."""

    address: Address
    start: int
    end: int


def fold(text: str) -> str:
    """Fold case and width; the result has as many code points as `text`."""
    folded = text if text.isascii() else text.translate(_FULL_WIDTH)
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := one.lower()) == 1 else one for one in folded)


def find_all(document: Document, query: str) -> list[Hit]:
    """List where `query` stands in the texts of `document`, in reading order.

    Bulletins print `5.04 亿` and `5.04亿`: a space is optional except between two Latin letters.
    """
    pattern = _pattern(query)
    if pattern is None:
        return []
    hits: list[Hit] = []
    for part in document.parts:
        if part.address[0] in ("meta", "label"):
            continue
        for match in pattern.finditer(fold(part.text)):
            hits.append(Hit(part.address, match.start(), match.end()))
            if len(hits) >= MOST_HITS:
                return hits
    return hits


def _pattern(query: str) -> re.Pattern[str] | None:
    """Compile `query`; a space that is optional stands before a character that is none."""
    pieces: list[str] = []
    last, spaced = "", False
    for character in fold(query).strip():
        if character.isspace():
            spaced = True
            continue
        if _latin(last) and _latin(character):
            pieces.append(r"\s" if spaced else "")
        elif last:
            pieces.append(r"\s?")
        pieces.append(re.escape(character))
        last, spaced = character, False
    return re.compile("".join(pieces)) if pieces else None


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
