"""The beginning of an article's running text, by which lists show it and annotations know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.model import Article

LEAD_LENGTH = 80


def lead_of(article: Article) -> str:
    """Return the first LEAD_LENGTH code points of the first paragraph or list item, else ""."""
    for block in article.blocks:
        if block.kind in ("paragraph", "list_item") and block.text.strip():
            return block.text.strip()[:LEAD_LENGTH]
    return ""
