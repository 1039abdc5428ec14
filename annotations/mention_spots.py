"""Places of mentions as annotations keep them, and the same places in a text that was read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.model import Selector
from bulletins.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.model import Article

    Mark = tuple[object, ...]

AROUND = 32  # code points on either side that a selector keeps
CONTEXT = 8  # of them, those by which a place is known again


def text_at(article: Article, place: Place) -> str:
    """Return the text in which a mention stands; "" if the article has no such text."""
    if place.footnote is not None:
        notes = article.footnotes
        return notes[place.footnote].text if 0 <= place.footnote < len(notes) else ""
    if place.block is None:
        return article.title
    return article.blocks[place.block].text if 0 <= place.block < len(article.blocks) else ""


def selector_of(article: Article, place: Place) -> Selector:
    """Describe a span of an article so that it can be found again."""
    text = text_at(article, place)
    if place.footnote is not None:
        page = article.footnotes[place.footnote].page
    else:
        page = article.page if place.block is None else article.blocks[place.block].page
    return Selector(
        place.start,
        place.end,
        text[place.start : place.end],
        block=place.block,
        prefix=text[max(0, place.start - AROUND) : place.start],
        suffix=text[place.end : place.end + AROUND],
        page=page,
        footnote=place.footnote,
    )


def same_spot(one: Selector, other: Selector) -> bool:
    """Tell whether two selectors of one article mean the same words, also after a new reading."""
    return _place_mark(one) == _place_mark(other) or (
        one.exact == other.exact and _context_mark(one) == _context_mark(other)
    )


def find_place(article: Article, selector: Selector) -> Place | None:
    """Find the words of a selector: where they stood, else by the words around.

    None if they are not there, or in several such places.
    """
    if not selector.exact:
        return None
    place = Place(selector.start, selector.end, selector.block, selector.footnote)
    if text_at(article, place)[selector.start : selector.end] == selector.exact:
        return place
    candidates = [
        one
        for one in _places_of(article, selector.exact)
        if _context_mark(selector_of(article, one)) == _context_mark(selector)
    ]
    return candidates[0] if len(candidates) == 1 else None


def _places_of(article: Article, exact: str) -> Iterator[Place]:
    addresses = [Place(0, 0)]
    addresses += [Place(0, 0, block=index) for index in range(len(article.blocks))]
    addresses += [Place(0, 0, footnote=index) for index in range(len(article.footnotes))]
    for address in addresses:
        text = text_at(article, address)
        start = text.find(exact)
        while start >= 0:
            yield Place(start, start + len(exact), address.block, address.footnote)
            start = text.find(exact, start + len(exact))


def _place_mark(selector: Selector) -> Mark:
    return selector.block, selector.footnote, selector.start


def _context_mark(selector: Selector) -> Mark:
    return selector.prefix[-CONTEXT:], selector.suffix[:CONTEXT]
