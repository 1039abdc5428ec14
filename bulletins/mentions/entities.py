"""Names in an article: candidates of every rule, spread over the article, the longest kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.mentions.clause import read_clause
from bulletins.model import Entity, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.mentions.gazetteers import Gazetteers
    from bulletins.mentions.view import View
    from bulletins.mentions.words import Words


def find_entities(
    title: View, blocks: Sequence[View], gazetteers: Gazetteers, words: Words | None = None
) -> list[Entity]:
    """Find the names of a title and its blocks, in order of appearance."""
    found: list[Entity] = []
    for block, view in [(None, title), *enumerate(blocks)]:
        clause = read_clause(view, gazetteers, words, is_title=block is None)
        last = 0
        for start, end, entry in clause.hits:
            if start < last:
                continue
            last = end
            begin, stop = view.span(start, end)
            text = view.source[begin:stop]
            found.append(Entity(entry.type, text, text, Place(begin, stop, block)))
    return found
