"""Mentions: sums, quantities, dates and names in the articles of an issue.

`annotate` fills in an issue; `find_mentions` does one article. Both are pure. The text of
a mention is `text[start:end]` of the title, block or footnote of its place, in code points.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.mentions.annotating import annotate, find_mentions
    from bulletins.mentions.gazetteers import GazetteerError, Gazetteers, load_gazetteers
    from bulletins.mentions.words import Words

__all__ = ["GazetteerError", "Gazetteers", "Words", "annotate", "find_mentions", "load_gazetteers"]

_HOMES = {"annotate": "annotating", "find_mentions": "annotating", "Words": "words"}


def __getattr__(name: str) -> object:
    """Load what finds mentions when it is asked for: who only squeezes a text needs none of it."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'gazetteers')}"), name)
