"""Where rows may end in Chinese text with Latin words and numbers in it.

Marks that may not begin or end a row follow GB/T 15834-2011 (5.1) and the W3C's Requirements for
Chinese Text Layout. A row is (start, end) in code points; spaces at a break belong to no row.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.typesetting.widths import fit, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSING = frozenset(
    "、，。．：；！？…‥—～〜·‧・•％‰‱℃℉°′″〃々〻ー"
    "’”）〕］｝〉》」』】〗〙〛〞〟｠»›"
    ",.:;!?%)]}"
    "￠¢⁰¹²³⁴⁵⁶⁷⁸⁹⁾"
    "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞︰｡｣､･"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "✎♯≃"  # signs behind a passage that the reader marked
)
"""Marks that may not begin a row."""
OPENING = frozenset("‘“（〔［｛〈《「『【〖〘〚〝｟«‹([{$£¥￥＄￡€₤№#＃@﹙﹛﹝｢")
"""Marks that may not end a row."""

_SCALES = frozenset("亿万千百兆")  # a number keeps its scale: 5.04 亿, 300万
_PLAIN_QUOTES = frozenset("’'")
_SPACES = frozenset(" \u3000\u2002\u2003\u2009")
_SKIP = re.compile("[ \u3000\u2002\u2003\u2009]*")
_SKIP_LINES = re.compile("[ \u3000\u2002\u2003\u2009\n]*")
_URL = re.compile(r"https?:|www\.")
_URL_BREAKS = frozenset("/?&=#-_.%+,;:")
_WORD_BREAKS = frozenset("-‐–/,;:!?)]}&+|\\_")

_FREE, _WORD, _DIGIT, _JOINED, _FLAG, _ZWJ = range(6)
_LONGEST = 16  # code points per cell of width: past this a cluster of marks is cut after all
_RAGGED = 5  # a gap of more than a fifth of the row is worth a break inside a compound


class _Kinds(dict[str, int]):
    """What a character is for line breaking, looked up once."""

    def __missing__(self, character: str) -> int:
        kind = self[character] = _kind(character)
        return kind


def _kind(character: str) -> int:
    if character == "\u200d":
        return _ZWJ
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return _FLAG
    width = width_of(character)
    category = unicodedata.category(character)
    if width == 0 or category in ("Mn", "Mc", "Me") or "\U0001f3fb" <= character <= "\U0001f3ff":
        return _JOINED
    if category == "Nd" and width == 1:
        return _DIGIT
    # Narrow marks of Chinese text (“ ” … — ·) stand between characters, not inside words.
    if width == 1 and (category[0] in "LN" or character.isascii() or category in ("Sc", "Sm")):
        return _WORD
    return _FREE


_KINDS = _Kinds()
_kind_of = _KINDS.__getitem__


def _after(spaces: re.Pattern[str], text: str, at: int) -> int:
    """Skip what `spaces` matches at `at`."""
    match = spaces.match(text, at)
    return match.end() if match else at


def _joined(text: str, at: int, start: int) -> bool:
    """Tell whether a break at `at` would cut a grapheme cluster of the row that is at `start`."""
    kind, before = _kind_of(text[at]), _kind_of(text[at - 1])
    if kind >= _JOINED:
        if kind != _FLAG:
            return True
        first = at
        while first > start and _kind_of(text[first - 1]) == _FLAG:
            first -= 1
        return (at - first) % 2 == 1
    return before == _ZWJ


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _kind_of(text[at]) == _WORD and text[at].isalpha()


def _may_break(text: str, at: int, start: int) -> bool:
    """Tell whether the next row may begin with the character at `at`, which is not a space."""
    after, before = text[at], text[at - 1]
    if after in CLOSING:
        return False
    if before in _SPACES:
        last = at - 1
        while last > start and text[last] in _SPACES:
            last -= 1
        if text[last] in OPENING:
            return False
        return not (after in _SCALES and _kind_of(text[last]) == _DIGIT)
    if before in OPENING:
        return False
    kind, kind_before = _kind_of(after), _kind_of(before)
    if kind >= _JOINED or kind_before == _ZWJ:
        return not _joined(text, at, start)
    if kind == _FREE:
        return not (kind_before == _DIGIT and after in _SCALES)
    if before in _PLAIN_QUOTES and at >= 2 and _letter(text, at - 2):
        return False
    if kind_before == _JOINED:  # an accent belongs to the word of its letter
        return not _letter(text, at)
    if kind_before in (_WORD, _DIGIT):
        return before == "-" and all(_letter(text, i) for i in (at - 3, at - 2, at, at + 1))
    return True


def _fold(text: str, low: int, high: int, start: int, url: bool) -> int:
    """Find the best place in (low, high] to break a word that must be broken, or 0."""
    breaks = _URL_BREAKS if url else _WORD_BREAKS
    for at in range(high, low, -1):
        before, after = text[at - 1], text[at]
        if before not in breaks or after in CLOSING or after in breaks:
            continue
        if not url and (after.isdigit() or not (at - low > 2 and after.isalnum())):
            continue
        if not _joined(text, at, start):
            return at
    return 0


def _wider(text: str, start: int, width: int) -> bool:
    """Tell whether the unbreakable word at `start` takes more than `width` cells."""
    end, used = start + 1, width_of(text[start])
    while end < len(text) and used <= width and end - start < _LONGEST * width:
        character = text[end]
        if character in _SPACES or character == "\n" or _may_break(text, end, start):
            break
        used += width_of(character)
        end += 1
    return used > width


def _cluster_end(text: str, start: int, at: int, limit: int) -> int:
    """Move `at` to where a cluster ends: back if it can, else (one huge cluster) forward."""
    end = at
    while end > start and _joined(text, end, start):
        end -= 1
    if end > start:
        return end
    end = max(at, start + 1)
    while end < min(len(text), limit) and _joined(text, end, start):
        end += 1
    return end


def next_row(text: str, start: int, width: int) -> tuple[int, int]:
    """Lay one row of at most `width` cells from `start`, which is not a space.

    Returns (end, next): the row is `text[start:end]`, the next one starts at `next`. Looks at no
    more of the text than a row holds, so a text of any length is laid in linear time.
    """
    size = len(text)
    most = _LONGEST * width + 64
    full = fit(text, start, width, most)
    newline = text.find("\n", start, min(size, full + 1))
    if newline >= 0:
        return _trimmed(text, start, newline), _after(_SKIP_LINES, text, newline)
    if full >= size:
        return _trimmed(text, start, size), size
    at = full
    if text[full] in _SPACES:
        at = _after(_SKIP, text, full)
        if at >= size or text[at] == "\n":
            return _trimmed(text, start, full), _after(_SKIP_LINES, text, full)
    piece = text[start : full + 1]
    if at == full and piece.isascii() and piece.isalnum():
        at = start  # a word of more than a row: found out in one step, not character by character
    while at > start and (text[at] in _SPACES or not _may_break(text, at, start)):
        at -= 1
    if full - at >= 8 or at == start:
        at = _break_word(text, start, at, full, width)
    return _trimmed(text, start, at), at


def _break_word(text: str, start: int, at: int, full: int, width: int) -> int:
    """Decide whether the word at `at`, which passes the row's end, is broken, and where."""
    url = _URL.match(text, at) is not None
    if at == start or _wider(text, at, width):
        low = max(at, full - max(width // 4, 1))
        folded = _fold(text, low, full, start, url or "://" in text[at:full])
        return folded or _cluster_end(text, start, full, start + _LONGEST * width + 64)
    if not url and (full - at) * _RAGGED > width:
        return _fold(text, at, full, start, url=False) or at
    return at


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave the spaces before `end` out of the row."""
    while end > start and text[end - 1] in _SPACES:
        end -= 1
    return end


def first_row(text: str) -> int:
    """Find where the first row starts: after spaces and line ends."""
    return _after(_SKIP_LINES, text, 0)


def break_rows(text: str, width: int, first: int | None = None) -> Iterator[tuple[int, int]]:
    """Give the rows of `text` at `width` cells; the first one may have a width of its own."""
    at, size, room = first_row(text), len(text), width if first is None else first
    while at < size:
        end, following = next_row(text, at, room)
        yield at, end
        at, room = following, width
