"""Briefs that print a title in brackets and the text behind it, in one paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bulletins.parsing.joining import join

if TYPE_CHECKING:
    from bulletins.parsing.positions import Lines

_MIN_TITLE, _MAX_TITLE = 6, 80  # characters between the brackets
_MAX_LINES = 3  # that a title is printed on
_BEHIND = re.compile(r"[\s:：]*")
_MANY = 5  # such paragraphs begin briefs wherever they stand


class _Found(NamedTuple):
    """A title, the lines that it fills, and where the text begins in the line behind them."""

    position: int
    title: str
    filled: int
    offset: int


def run_in(lines: Lines) -> bool:
    """Plan paragraphs that begin with their title (`【…】…`); say if there are any.

    Within an article such words lead its paragraphs: briefs stand below a head or begin the file.
    """
    found = [
        one
        for position in range(len(lines.order))
        if lines.text(position)[0] == "【" and (one := _read(lines, position)) is not None
    ]
    if len(found) < 2:
        return False
    first = found[0].position
    headed = first == 0 or lines.order[first - 1] in lines.plan.heads or lines.is_head(first - 1)
    if not headed and len(found) < _MANY:
        return False
    for one in found:
        lines.plan.run_in[lines.order[one.position]] = (one.title, one.filled)
        lines.plan.cut_from[lines.order[one.position + one.filled]] = one.offset
    lines.begin([one.position for one in found], "a title in brackets before its text")
    return True


def opens_run_in(text: str) -> bool:
    """Say whether a line alone can begin a brief: a long title in brackets and more behind it."""
    end = text.find("】", 0, _MAX_TITLE + 2) if text[0] == "【" else -1
    return _MIN_TITLE < end < len(text) - 1


def _read(lines: Lines, position: int) -> _Found | None:
    if lines.cues.bracket_head(lines.text(position)) or not lines.titles.ended(position - 1):
        return None
    pieces = []
    for filled, index in enumerate(lines.order[position : position + _MAX_LINES]):
        text = lines.sheet.text(index)
        end = text.find("】", 0, _MAX_TITLE + 2)
        piece = text if end < 0 else text[:end]
        pieces.append((index, piece, lines.sheet.lines[index].trail))
        if end < 0:
            continue
        title = join(pieces, lines.layout.trail, lines.sheet.opens).text[1:].strip()
        behind = _BEHIND.match(text, end + 1)
        offset = behind.end() if behind else end + 1
        if not _MIN_TITLE <= len(title) <= _MAX_TITLE or "【" in title:
            return None
        if offset >= len(text):
            return None  # a head or a title of its own
        return (
            _Found(position, title, filled, offset)
            if lines.titles.reads_as_text(position)
            else None
        )
    return None
