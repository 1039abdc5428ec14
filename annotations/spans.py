"""An article's whole text, and selectors of spans in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from annotations.graphemes import cluster_end, cluster_start
from annotations.model import Selector, StoreError
from bulletins.model import Block

if TYPE_CHECKING:
    from bulletins.model import Article, Place

CONTEXT = 32
"""Code points, at least, of prefix and of suffix where the article has as many."""

NORMALISATION = 1
"""Version of how an article's whole text is made; it begins every `state`."""


def article_text(article: Article) -> str:
    """Return an article's whole text: its title and its blocks, joined by newlines."""
    return "\n".join((article.title, *(block.text for block in article.blocks)))


class ArticleText:
    """An article's whole text and where its blocks stand in it."""

    def __init__(self, article: Article) -> None:
        self.text = article_text(article)
        self.pages = (article.page, *(block.page for block in article.blocks))
        self._starts = [0]
        for part in (article.title, *(block.text for block in article.blocks)):
            self._starts.append(self._starts[-1] + len(part) + 1)

    @cached_property
    def state(self) -> str:
        """The hash that a selector keeps: version, colon, 32 hexadecimal digits of SHA-256."""
        # Half of a surrogate pair can't be kept as a selector, but it can be read from a file.
        data = self.text.encode("utf-8", "surrogatepass")
        return f"{NORMALISATION}:{sha256(data).hexdigest()[:32]}"

    def block_span(self, block: int | None) -> tuple[int, int] | None:
        """Return where a block (None: the title) stands in the text; None if there is no such."""
        number = 0 if block is None else block + 1
        if not 0 <= number < len(self.pages) or (block is not None and block < 0):
            return None
        return self._starts[number], self._starts[number + 1] - 1

    def locate(self, start: int, end: int) -> tuple[int | None, int, int]:
        """Return block, start and end of the part of text[start:end] that lies in one block.

        Of the blocks that the span touches it is the one that holds most of it, of equals the
        first. The part is empty only if the span is, or is nothing but borders of blocks.
        """
        first, last = self._number(start), self._number(max(start, end - 1))
        best = (-1, first, start, start)
        for number in range(first, last + 1):
            low = max(start, self._starts[number])
            high = max(low, min(end, self._starts[number + 1] - 1))
            if high - low > best[0]:
                best = (high - low, number, low, high)
        _, number, low, high = best
        origin = self._starts[number]
        return (number - 1 if number else None), low - origin, high - origin

    def _number(self, offset: int) -> int:
        return min(bisect_right(self._starts, offset), len(self.pages)) - 1


def notes_of(article: Article) -> Article:
    """Return an article's footnotes as an article of their own, each a block, without a title."""
    notes = tuple(Block("paragraph", note.text, note.page) for note in article.footnotes)
    return replace(article, title="", blocks=notes, footnotes=())


def place_selector(article: Article, place: Place) -> Selector:
    """Make the selector of a span of title, block or footnote; see span_selector().

    `position` and `state` of one in a footnote are those of notes_of().
    """
    if place.footnote is None:
        return span_selector(article, place.block, place.start, place.end)
    found = span_selector(notes_of(article), place.footnote, place.start, place.end)
    return replace(found, block=None, footnote=place.footnote)


def span_selector(article: Article, block: int | None, start: int, end: int) -> Selector:
    """Make the selector of a span of a block, or of the title (None).

    Offsets are code points, 0-based, end exclusive. A span that would cut a grapheme cluster is
    widened to hold all of it, and so are prefix and suffix. Raises StoreError for a span that is
    empty or not in the block.
    """
    whole = ArticleText(article)
    bounds = whole.block_span(block)
    if bounds is None:
        raise StoreError("the article has no block {block}", block=block)
    low, high = bounds
    if not 0 <= start < end <= high - low:
        raise StoreError(
            "{start}–{end} is no span of a block of {length} characters",
            start=start,
            end=end,
            length=high - low,
        )
    text = whole.text
    first = max(low, cluster_start(text, low + start))
    last = min(high, cluster_end(text, low + end))
    before = cluster_start(text, max(0, first - CONTEXT))
    after = cluster_end(text, min(len(text), last + CONTEXT))
    return Selector(
        first - low,
        last - low,
        text[first:last],
        block=block,
        prefix=text[before:first],
        suffix=text[last:after],
        page=whole.pages[0 if block is None else block + 1],
        position=first,
        state=whole.state,
    )
