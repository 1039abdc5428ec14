"""Draw one row of an article: text with its layers, centred in the reading column."""

from __future__ import annotations

import re
from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.typesetting.widths import cells, width_of
from tui.widgets.article_selection import between, character_at
from tui.widgets.article_styles import BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.typesetting.document import Part
    from tui.typesetting.rows import Row
    from tui.widgets.article_styles import ArticleStyles

# Loading made the text plain; nothing that a terminal obeys gets past here in any case.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

Painted = tuple[int, int, int]
"""A range [start, end) of a part's shown text, and the bit of the layer over it."""

_STYLE_OF_KIND = {
    "title": "title",
    "meta": "meta",
    "doubt": "doubt",
    "caption": "caption",
    "note": "note",
    "label": "label",
    "source": "note",
    "original": "caption",
    "printed": "printed",
}


def safe(text: str) -> str:
    """Replace what a terminal would obey, character by character."""
    return _UNSAFE.sub("\ufffd", text)


def style_name(row: Row, part: Part) -> str:
    """Name the style of a row's text."""
    if row.kind == "heading":
        return "heading" if part.level <= 1 else "subheading"
    if row.kind == "table":
        return "header" if row.first else ""
    return _STYLE_OF_KIND.get(row.kind, "")


def draw(
    row: Row,
    part: Part,
    painted: Iterable[Painted],
    styles: ArticleStyles,
    left: int,
    width: int,
    margin: Sequence[tuple[str, str]] = (),
) -> Strip:
    """Make the strip of a row, `width` cells wide, the reading column starting at cell `left`.

    `margin` are signs of one cell, with their layers, that stand left of the column.
    """
    kind = style_name(row, part)
    base, rule = styles.kind(""), styles.kind("rule" if row.kind == "table" else "note")
    gap = 1 if left > len(margin) else 0
    blank = left - len(margin) - gap
    segments = [Segment(" " * blank, base)] if blank > 0 else []
    if margin:
        plain = Style(underline=False)
        segments += [
            Segment(sign, styles.layered("", BITS[layer]) + plain) for sign, layer in margin
        ]
    if left and gap:
        segments.append(Segment(" ", base))
    over = list(painted)
    for text, start in _pieces(row, part):
        if start is None:
            segments.append(Segment(text, rule))
        else:
            segments += _segments(text, start, over, kind, styles)
    if kind and segments and segments[-1].style is styles.kind(kind):
        # A blank of its own behind a link: what follows at once on the wire is a control sequence,
        # and a terminal that looks for links may take its first bytes along.
        segments[-1] = Segment(segments[-1].text + " ", segments[-1].style)
    return Strip(segments).adjust_cell_length(width, base)


def _pieces(row: Row, part: Part) -> Iterator[tuple[str, int | None]]:
    """Give a row's texts from left to right, those of the part with their shown start."""
    x = 0
    for chunk in row.chunks:
        if chunk.x > x:
            yield _frame(row.frame, x, chunk.x), None
        text = safe(part.shown[chunk.start : chunk.end])
        if text:
            yield text, chunk.start
        x = chunk.x + cells(text)
    if x < cells(row.frame):
        yield _frame(row.frame, x, cells(row.frame)), None


def _frame(frame: str, start: int, end: int) -> str:
    """Take cells [start, end) of a frame; what stands past its end is blank."""
    if cells(frame) == len(frame):
        return safe(frame[start:end]).ljust(end - start)
    return safe(frame) + " " * (end - start - cells(frame))


def _segments(
    text: str, start: int, painted: list[Painted], kind: str, styles: ArticleStyles
) -> list[Segment]:
    end = start + len(text)
    masks: list[int] | None = None
    for low, high, bit in painted:
        if low < end and high > start:
            if masks is None:
                masks = [0] * len(text)
            for index in range(max(low, start) - start, min(high, end) - start):
                masks[index] |= bit
    if masks is None:
        return [Segment(text, styles.kind(kind))] if text else []
    if not text.isascii():
        for index in range(1, len(text)):
            # A cluster is drawn in one style: the terminal composes it from one run of text.
            if not width_of(text[index]) or text[index] == "\ufe0f" or text[index - 1] == "\u200d":
                masks[index] = masks[index - 1]
    segments = []
    at = 0
    for mask, group in groupby(masks):
        length = sum(1 for _ in group)
        segments.append(Segment(text[at : at + length], styles.layered(kind, mask)))
        at += length
    return segments


def with_offsets(strip: Strip, row: Row, part: Part, y: int, left: int) -> Strip:
    """Mark every character of a drawn row with its place; see `article_selection`."""
    place = between(row.chunks[0].start if row.chunks else 0)
    places = [place] * left
    for text, start in _pieces(row, part):
        if start is None:
            places += [place] * len(text)
        else:
            places += map(character_at, range(start, start + len(text)))
            place = between(start + len(text))
    following = chain(places, repeat(place))
    return Strip.join(
        Strip([Segment(character, style)]).apply_offsets(next(following), y)
        for text, style, _ in strip
        for character in text
    )


def painted_marks(part: Part, start: int, end: int) -> list[Painted]:
    """List the note marks and the topic in a shown range."""
    return [
        (low, high, BITS["mark" if insert.sign or insert.note is not None else "topic"])
        for low, high, insert in part.inserts_in(start, end)
    ]
