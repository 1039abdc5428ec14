"""The one sanitiser: text from a file or a reader becomes text that is safe to show and to store.

What could move the cursor, reorder, hide or break a line on a screen is replaced by one visible
stand-in (a control picture, or U+FFFD) or, where it only hides between letters, taken out. LF
stays, TAB becomes a space. Ranges are those of the Unicode Character Database: Cc, bidi controls,
default-ignorable code points, noncharacters, surrogates.
"""

from __future__ import annotations

import re

MAX_MARKS = 8  # more combining marks than any orthography stacks on one letter
REPLACEMENT = "\ufffd"

_SHOWN = (
    (0x0080, 0x009F),  # C1
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers: wide and blank
    (0x200E, 0x200F),
    (0x2028, 0x202E),  # line and paragraph separators, bidi embeddings and overrides
    (0x2065, 0x206F),  # bidi isolates, deprecated format characters
    (0x3164, 0x3164),
    (0xD800, 0xDFFF),
    (0xFDD0, 0xFDEF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE00FF),  # tag characters
    (0xE01F0, 0xE0FFF),
)
_TAKEN_OUT = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),
    (0x17B4, 0x17B5),
    (0x180B, 0x180E),
    (0x200B, 0x200C),  # zero-width space and non-joiner
    (0x2060, 0x2064),
    (0xFEFF, 0xFEFF),
)
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef"
)
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"


_PLANES = range(0x10000, 0x110000, 0x10000)


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x7F] = "\u2421"
    table.pop(ord("\n"))
    table[ord("\t")] = " "
    for first, last in _SHOWN:
        table.update(dict.fromkeys(range(first, last + 1), REPLACEMENT))
    for plane in _PLANES:
        table.update({plane + 0xFFFE: REPLACEMENT, plane + 0xFFFF: REPLACEMENT})
    for first, last in _TAKEN_OUT:
        table.update(dict.fromkeys(range(first, last + 1), ""))
    return table


_TABLE = _table()
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in _PLANES)
    + f"]|[{_MARKS}]{{{MAX_MARKS + 1}}}"
)  # fmt: skip
_MANY_MARKS = re.compile(f"([{_MARKS}]{{{MAX_MARKS}}})[{_MARKS}]+")
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")


def plain(text: str) -> str:
    """Make `text` safe to show: never longer than before, and the same when done twice."""
    if _ODD.search(text) is None:
        return text
    clean = _LOOSE_JOINER.sub("", text.translate(_TABLE))
    capped = _MANY_MARKS.sub(r"\1", clean)
    # Capping may take the selector away that made a joiner part of an emoji.
    return capped if capped == clean else _LOOSE_JOINER.sub("", capped)


def plain_line(text: str) -> str:
    """Make one line of `text`, safe to show; LF becomes a space."""
    return plain(text).replace("\n", " ")


def exact_line(text: str) -> str:
    """Make one line of `text`, safe to show, in which LF is seen as a picture."""
    return plain(text).replace("\n", "\u240a")
