"""Correcting how an issue is divided, as plain data: which line is meant, what is said of it."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from annotations.boundaries import boundary_body, boundary_of, same_line
from annotations.text import fold_text
from bulletins.boundary import Boundary, boundary_at
from tui.locale import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotations.model import BoundaryBody
    from bulletins.boundary import BoundaryAct
    from bulletins.model import Article
    from tui.trial import PrintedLine

ACTS: tuple[tuple[BoundaryAct, str], ...] = (
    ("begin", mark("It begins an article: a title")),
    ("join", mark("It goes on: its article belongs to the one before")),
    ("heading", mark("It is a heading within the article before")),
    ("drop", mark("It is no text: a header or footer, everywhere in this issue")),
)
"""What may be said of a line, in the order of the digits that say it."""
ROLES = {
    "title": mark("title"),
    "section": mark("section"),
    "heading": mark("heading"),
    "paragraph": mark("text"),
    "list_item": mark("text"),
    "table": mark("table"),
    "caption": mark("caption"),
    "byline": mark("byline"),
    "source": mark("source"),
    "link": mark("source"),
    "original title": mark("source"),
    "note": mark("footnote"),
    "note mark": mark("footnote"),
    "running header": mark("header"),
    "page number": mark("header"),
    "watermark": mark("header"),
    "masthead": mark("imprint"),
    "imprint": mark("imprint"),
    "contents": mark("contents"),
}
"""What a line was taken for, in a word."""
_NEEDLES = (24, 12, 6, 3)  # folded code points that are looked for in the printed lines
_NEAR = 40  # folded code points from where they should be, for the shorter ones


def line_at(
    lines: Sequence[PrintedLine], number: int, article: Article, block: int | None, offset: int
) -> int:
    """Return the index of the printed line where a place of the article of that number stands.

    `block` is None for the title; `offset` counts code points in it. Notes' marks and the like are
    printed and not in the article: where the words are not found, their place is about right.
    """
    own = [index for index, line in enumerate(lines) if line.article == number]
    if not own:
        return 0
    if block is None:
        return own[0]
    folded = [fold_text(lines[index].text) for index in own]
    starts = [0, *accumulate(map(len, folded))]
    whole = "".join(folded)
    texts = [article.title, *(one.text for one in article.blocks[:block])]
    expected = len(fold_text("".join(texts) + article.blocks[block].text[:offset]))
    rest = fold_text(article.blocks[block].text[offset : offset + 4 * _NEEDLES[0]])
    for length in _NEEDLES:
        needle = rest[:length]
        low = 0 if length >= _NEEDLES[1] else max(0, expected - _NEAR)
        high = len(whole) if length >= _NEEDLES[1] else expected + _NEAR
        places = list(_places(whole, needle, low, high)) if needle else []
        if places:
            expected = min(places, key=lambda place: abs(place - expected))
            break
    return own[min(bisect_right(starts, expected), len(own)) - 1]


def said_of(lines: Sequence[PrintedLine], index: int, act: BoundaryAct) -> list[BoundaryBody]:
    """Return what has to be kept so that a line is what the reader says.

    To go on, or to be a heading, is said of all lines of a title; where a line of the text is to go
    on with the article before, of the title of its article. A header is one wherever it stands.
    """
    texts = [line.text for line in lines]
    meant = [index]
    number = lines[index].article
    if act == "join" or (act == "heading" and lines[index].role == "title"):
        titled = [
            at for at, line in enumerate(lines) if line.article == number and line.role == "title"
        ]
        meant = (number >= 0 and titled) or meant
    if act == "drop":
        return [boundary_body(Boundary(act, texts[index], everywhere=True), lines[index].page)]
    return [boundary_body(boundary_at(texts, at, act), lines[at].page) for at in meant]


def with_said(known: Iterable[BoundaryBody], more: Sequence[BoundaryBody]) -> list[Boundary]:
    """Return the boundaries that hold when something more is said: of one line the latest."""
    kept = [one for one in known if not any(same_line(one, other) for other in more)]
    return [boundary_of(one) for one in (*kept, *more)]


def title_changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """Return the titles that go ("-") and come ("+"), each below the one that stays (" ")."""
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            if c:
                found.append((" ", after[c - 1]))
            found += [("-", title) for title in before[a:b]]
            found += [("+", title) for title in after[c:d]]
    return found


def _places(whole: str, needle: str, low: int, high: int) -> Iterator[int]:
    at = whole.find(needle, low, high)
    while at >= 0:
        yield at
        at = whole.find(needle, at + 1, high)
