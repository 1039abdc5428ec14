"""Search in logical text: case and width folded, spaces at the seams of scripts optional."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.typesetting.document import Address, Document

MOST_HITS = 10_000
"""More hits than a reader steps through; a hostile text must not fill the memory with them."""

_SPACE = "[ \u3000]"


class Hit(NamedTuple):
    """A place that was found: logical offsets [start, end) in the part at `address`."""

    address: Address
    start: int
    end: int


def find_all(document: Document, query: str) -> list[Hit]:
    """List where `query` stands in the texts of `document`, in reading order.

    Bulletins print `5.04 亿` and `5.04亿`: a space is optional except between two Latin letters.
    """
    pattern = _pattern(query)
    if pattern is None:
        return []
    hits: list[Hit] = []
    for part in document.parts:
        if part.address[0] in ("meta", "doubt", "label"):
            continue
        for match in pattern.finditer(part.text):
            hits.append(Hit(part.address, match.start(), match.end()))
            if len(hits) >= MOST_HITS:
                return hits
    return hits


def _pattern(query: str) -> re.Pattern[str] | None:
    """Compile `query`: the text is searched as it is, without a folded copy of it.

    A space that is optional stands before a character that is none, so nothing backtracks.
    """
    pieces: list[str] = []
    last, spaced = "", False
    for character in query:
        if character.isspace():
            spaced = True
            continue
        character = _narrow(character)
        if _latin(last) and _latin(character):
            pieces.append(_SPACE if spaced else "")
        elif last:
            pieces.append(_SPACE + "?")
        pieces.append(_forms(character))
        last, spaced = character, False
    return re.compile("".join(pieces)) if pieces else None


def _narrow(character: str) -> str:
    """Fold a full-width form to its ASCII character."""
    return chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character


def _forms(character: str) -> str:
    """Match a character in both cases and both widths."""
    forms = {character, *(f for f in (character.lower(), character.upper()) if len(f) == 1)}
    forms |= {chr(ord(form) + 0xFEE0) for form in forms if "!" <= form <= "~"}
    return "[" + "".join(map(re.escape, sorted(forms))) + "]"


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
