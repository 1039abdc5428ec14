"""How a text divides into words, clauses and sentences: spans that cover it without gaps.

Offsets are code points, 0-based, end exclusive. No span is empty or cuts what a reader sees as one
character; blanks belong to the span before them. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from annotations.graphemes import cluster_end, cluster_start, may_cut

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]
Unit = Literal["word", "clause", "sentence"]
HanCutter = Callable[[str], Iterable[str] | None]
"""Cuts a run of Chinese characters into words; None while it can't yet."""

_CLOSING = "」』”’）)】》〉〕］\\]"
_LINK = r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/#=_&~+-]"
_NUMBER = r"[0-9]+(?:[.,:：][0-9]+)*+"
# An initial, a common abbreviation, a number before an item: their full stop ends no sentence.
_SHORT = (
    r"\b(?:[A-Z](?:\.[A-Z]){0,4}|[Dd]r|[Mm]r|[Mm]rs|[Mm]s|[Pp]rof|[Ii]nc|[Ll]td|[Cc]orp|[Cc]o|[Nn]o"
    r"|[Vv]ol|[Ff]ig|[Ss]t|[Jj]r|[Vv]s|e\.g|i\.e|et al|pp|ca)\.(?=[\s,])"
)
_ITEM = r"(?:\A|(?<=\n)|(?<=[。；！？] ))[0-9]{1,3}[.)](?=\s)"
_ENDS = (
    r"[。！？｡‼⁇⁈⁉]"  # Chinese ones always do
    r"|[!?](?=[\s!?]|\Z|[^\x00-\x7f]|[\"')\]])"
    rf"|\.+(?=[{_CLOSING}\"']*+(?:\s++[^a-z\s]|\s*+\Z))"
    r"|…+(?![，、；：,;a-z）)])"
)
_PAUSES = r"[，；：]|——+|[,;:](?=\s|[^\x00-\x7f])"
_SENTENCE = (
    rf"{_LINK}|{_ITEM}|{_NUMBER}|{_SHORT}"
    rf"|(?P<end>(?:(?:{_ENDS})[{_CLOSING}]*+)++(?P<quote>[\"']?)|\n)"
)
_CLAUSE = (
    rf"{_LINK}|{_ITEM}|{_NUMBER}|{_SHORT}"
    rf"|(?P<end>(?:(?:{_ENDS}|{_PAUSES})[{_CLOSING}]*+)++(?P<quote>[\"']?)|\n)"
)
_CELL = " | "  # between the cells of a table's row
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
_WORD = (
    rf"(?P<link>{_LINK})|(?P<number>{_NUMBER}[%％‰]?)(?![{_LATIN}])"
    rf"|(?P<latin>[{_LATIN}]+(?:[.'’_/&+-][{_LATIN}]+)*+)|(?P<han>[{_HAN}]+)|(?P<blank>\s+)"
)


def sentences(text: str, *, table: bool = False) -> tuple[Span, ...]:
    """Divide a text into sentences; a closing quote or bracket belongs to the one before it.

    With `table` the cells of a row are sentences of their own.
    """
    return _divided(text, _SENTENCE, table)


def clauses(text: str, *, table: bool = False) -> tuple[Span, ...]:
    """Divide a text at commas, colons and semicolons too; 、 joins the members of a list."""
    return _divided(text, _CLAUSE, table)


def words(text: str, cut: HanCutter | None = None) -> tuple[Span, ...]:
    """Divide a text into words, runs of blanks, and marks one by one.

    Links, numbers and Latin words are whole; runs of Chinese characters are divided by `cut`, and
    stay whole where it gives None.
    """
    return tuple(_joined(text, _word_cuts(text, cut)))


def is_word(text: str) -> bool:
    """Tell whether a span that `words` gave is a word: no blanks, no mark."""
    return any(char.isalnum() for char in text)


def next_character(text: str, offset: int) -> int:
    """Give the end of the character (as a reader sees it) that begins at `offset`."""
    return cluster_end(text, min(offset + 1, len(text)))


def previous_character(text: str, offset: int) -> int:
    """Give the beginning of the character that ends at `offset`."""
    return cluster_start(text, max(offset - 1, 0))


def trimmed(text: str, span: Span) -> Span:
    """Leave out the blanks at both ends; empty at its beginning if there is nothing else."""
    start, end = span
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))


@lru_cache(maxsize=128)
def _divided(text: str, pattern: str, table: bool) -> tuple[Span, ...]:
    return tuple(_joined(text, _cuts(text, pattern, table)))


def _cuts(text: str, pattern: str, table: bool) -> Iterator[int]:
    """Give the offsets behind the ends that a pattern finds, in rising order."""
    begun = 0
    cell = text.find(_CELL) if table else -1
    for found in re.finditer(pattern, text):
        while 0 <= cell < found.start():
            begun = cell + len(_CELL)
            yield begun
            cell = text.find(_CELL, begun)
        if found["end"] is None:
            continue
        at = found.end()
        if found["quote"] and text.count(found["quote"], begun, at) % 2:
            at -= 1  # it opens what follows
        while at < len(text) and text[at].isspace():
            at += 1
        begun = at
        yield begun
    while cell >= 0:
        yield cell + len(_CELL)
        cell = text.find(_CELL, cell + len(_CELL))


def _word_cuts(text: str, cut: HanCutter | None) -> Iterator[int]:
    at = 0
    for found in re.finditer(_WORD, text):
        yield from range(at, found.start() + 1)
        at = found.start()
        if found["han"] and cut is not None:
            for word in cut(found.group()) or ():
                at += len(word)
                yield min(at, found.end())
        at = found.end()
        yield at
    yield from range(at, len(text))


def _joined(text: str, cuts: Iterable[int]) -> Iterator[Span]:
    """Make spans of offsets, leaving out those that would cut a character."""
    begun = 0
    for cut in cuts:
        if begun < cut < len(text) and may_cut(text, cut):
            yield begun, cut
            begun = cut
    if begun < len(text):
        yield begun, len(text)
