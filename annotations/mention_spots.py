"""Places of mentions as annotations keep them, and the same places in a text that was read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotations.mention_rules import body_of, rank, squeezed
from annotations.model import Selector
from bulletins.model import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotations.mention_rules import Key
    from annotations.model import Annotation
    from bulletins.model import Article

    Mark = tuple[object, ...]

AROUND = 32  # code points on either side that a selector keeps
CONTEXT = 8  # of them, those by which a place is known again


class Spot(NamedTuple):
    """A mention: its class and form, and where it stands."""

    key: Key
    place: Place


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


def find_spots(
    article: Article, annotations: Sequence[Annotation], spots: Sequence[Spot]
) -> dict[int, Annotation]:
    """Find the mentions that corrections of single spans mean: by index into `spots`.

    By place, else by the words around, else the only one of its class and form; where several fit
    equally well none is taken. Linear in both.
    """
    found: dict[int, Annotation] = {}
    waiting = sorted((one for one in annotations if one.target.selector), key=rank)
    ways: tuple[tuple[Callable[[Selector], Mark], Callable[[Place], Mark]], ...] = (
        (_place_mark, lambda place: (place.block, place.footnote, place.start)),
        (_context_mark, lambda place: _context_mark(selector_of(article, place))),
        (lambda selector: (), lambda place: ()),
    )
    for of_selector, of_place in ways:
        if not waiting:
            break
        wanted = {_question(one, of_selector): one for one in waiting}
        answers: dict[tuple[Key, Mark], list[int]] = {}
        for index, spot in enumerate(spots):
            question = (spot.key, of_place(spot.place))
            if index not in found and question in wanted:
                answers.setdefault(question, []).append(index)
        for question, indexes in answers.items():
            if len(indexes) == 1:
                found[indexes[0]] = wanted[question]
        waiting = [one for one in waiting if _question(one, of_selector) not in answers]
    return found


def find_added(article: Article, annotation: Annotation) -> Place | None:
    """Find the words that a reader added as a mention; None where they are no longer sure."""
    selector = annotation.target.selector
    if selector is None or not selector.exact:
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


def form_at(article: Article, place: Place) -> str:
    """Return the words of a span in the spelling by which corrections know them."""
    return squeezed(text_at(article, place)[place.start : place.end])


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


def _question(annotation: Annotation, mark: Callable[[Selector], Mark]) -> tuple[Key, Mark]:
    body, selector = body_of(annotation), annotation.target.selector
    assert selector is not None
    return (body.mention, body.form), mark(selector)


def _place_mark(selector: Selector) -> Mark:
    return selector.block, selector.footnote, selector.start


def _context_mark(selector: Selector) -> Mark:
    return selector.prefix[-CONTEXT:], selector.suffix[:CONTEXT]
