"""Cite an article the way Chinese readers write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.model import Article


def cite(article: Article, *, publication: str, number: str = "", date: str = "") -> str:
    """Cite an article after GB/T 7714: authors. title[J]. publication, date(number): page. URL.

    What isn't known is left out; the first source stands for the article itself.
    """
    authors = ",".join(article.authors[:3]) + (",等" if len(article.authors) > 3 else "")
    head = f"{authors}. " if authors else ""
    where = publication
    if date:
        where += f",{date}"
    if number:
        where += f"({number})"
    where += f":{article.page}"
    link = f" {article.sources[0]}." if article.sources else ""
    return f"{head}{article.title}[J]. {where}.{link}"


def quote(text: str, citation: str) -> str:
    """Put a passage in quotation marks, with where it comes from below."""
    return f"“{text}”\n—— {citation}" if citation else f"“{text}”"
