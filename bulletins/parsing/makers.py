"""Lines about who made an issue that do not begin with one of the style's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.parsing.sheet import Sheet

_ROOM = re.compile(r"[\s\u3000]+")
_LABEL = re.compile(r"[\u3400-\u9fff]{2,8}[:：]")
_SENTENCE_END = re.compile(r"[。；;]\s*")
_CONTACT = re.compile(r"[^:：]{2,8}[:：]\s*[!-~]")  # an address or a number behind its label
_MAX_OFFICE = 24  # characters
_MAX_LINE = 80  # characters
_MAX_RUN = 3  # lines that a line about the issue wraps onto
_FULL = 0.85  # of the widest of the lines around


def names_office(text: str) -> bool:
    """Say whether a line is the name of an editorial office."""
    return text.endswith("编辑部") and len(text) <= _MAX_OFFICE


def tells_makers(words: re.Pattern[str], text: str) -> bool:
    """Say whether a short line is nothing but roles with names, or ends with how to reach somebody.

    `words` matches the style's words for an imprint with their colon; one of the roles, or the
    contact behind a sentence, is among them.
    """
    if len(text) > _MAX_LINE or not (":" in text or "：" in text):
        return False
    pieces = _ROOM.split(text)
    if len(pieces) > 1 and all(map(_LABEL.match, pieces)):
        return any(map(words.match, pieces))
    behind = _SENTENCE_END.split(text)[1:]
    return any(words.match(piece) and _CONTACT.match(piece) for piece in behind)


def wraps_from(sheet: Sheet, order: Sequence[int], position: int) -> int:
    """Find the first of the full lines above `position` of `order` that wrap onto the one there."""
    widest = max(sheet.width[index] for index in order[max(0, position - 24) : position + 1])
    first = position
    while first > 0 and position - first < _MAX_RUN:
        above = order[first - 1]
        if sheet.width[above] < _FULL * widest or sheet.text(above)[-1] in "。！？":
            break
        first -= 1
    return first
