"""Where a text may be cut: never inside what a reader sees as one character.

A simplified form of UAX #29 on the standard library's tables: combining marks, variation
selectors, joiners, emoji modifiers and tags, flags, Hangul syllables, CR LF.
"""

from __future__ import annotations

import unicodedata

LONGEST = 64
"""Code points after which a cluster is cut all the same: text from outside may have no end."""

_JOINER = "\u200d"


def cluster_start(text: str, offset: int) -> int:
    """Return `offset`, or the offset before it at which the cluster that it would cut begins."""
    least = max(0, offset - LONGEST)
    while offset > least and not may_cut(text, offset):
        offset -= 1
    return offset


def cluster_end(text: str, offset: int) -> int:
    """Return `offset`, or the offset after it at which the cluster that it would cut ends."""
    most = min(len(text), offset + LONGEST)
    while offset < most and not may_cut(text, offset):
        offset += 1
    return offset


def may_cut(text: str, offset: int) -> bool:
    """Tell whether `text` may be cut before text[offset]."""
    if not 0 < offset < len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if after < "\u0300":
        return not (before == "\r" and after == "\n")
    if _extends(after):
        return before in "\r\n"
    if before == _JOINER:
        # What a joiner joins is a picture; after letters it only shapes them.
        return unicodedata.category(after) != "So"
    if _is_flag_half(after) and _is_flag_half(before):
        return _flag_halves_before(text, offset) % 2 == 0
    return not _same_syllable(before, after)


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char in (_JOINER, "\u200c")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, offset: int) -> int:
    count = 0
    while count < min(offset, LONGEST) and _is_flag_half(text[offset - 1 - count]):
        count += 1
    return count


def _same_syllable(before: str, after: str) -> bool:
    """Tell whether two code points of Hangul belong to one syllable."""
    if "\u1100" <= before <= "\u115f":  # leading consonant
        return "\u1100" <= after <= "\u11a7" or "\uac00" <= after <= "\ud7a3"
    if "\u1160" <= after <= "\u11ff":
        return "\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return False
