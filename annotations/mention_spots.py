"""Places of mentions as annotations keep them, and the same places in a text that was read anew."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotations.healing import Healer
from annotations.mention_rules import squeezed
from annotations.spans import place_selector
from bulletins.model import Place

if TYPE_CHECKING:
    from annotations.healing import Anchor
    from annotations.model import Selector
    from bulletins.model import Article

    Mark = tuple[object, ...]

CONTEXT = 8  # code points on either side by which two selectors of one place are known


class Places:
    """Finds the places of corrections in an article, as those of all passages are found."""

    def __init__(self, article: Article) -> None:
        self._article = article

    @cached_property
    def _healer(self) -> Healer:
        return Healer(self._article)

    def anchor(self, selector: Selector) -> Anchor:
        """Return where the words of a selector are now."""
        return self._healer.heal(selector)

    def find(self, selector: Selector | None) -> tuple[Place, bool] | None:
        """Return the place of a selector's words, and whether they are still the same.

        None if they are not there.
        """
        anchor = self.anchor(selector) if selector is not None else None
        if anchor is None or anchor.status == "orphan":
            return None
        place = Place(anchor.start, anchor.end, anchor.block, anchor.footnote)
        return place, anchor.status != "fuzzy"


def find_place(article: Article, selector: Selector) -> Place | None:
    """Find the words of a selector in an article; None if they are not there."""
    found = Places(article).find(selector)
    return found[0] if found else None


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
    return place_selector(article, place)


def same_spot(one: Selector, other: Selector) -> bool:
    """Tell whether two selectors of one article mean the same words, also after a new reading."""
    return _place_mark(one) == _place_mark(other) or (
        one.exact == other.exact and _context_mark(one) == _context_mark(other)
    )


def form_at(article: Article, place: Place) -> str:
    """Return the words of a span in the spelling by which corrections know them."""
    return squeezed(text_at(article, place)[place.start : place.end])


def _place_mark(selector: Selector) -> Mark:
    return selector.block, selector.footnote, selector.start


def _context_mark(selector: Selector) -> Mark:
    return selector.prefix[-CONTEXT:], selector.suffix[:CONTEXT]
