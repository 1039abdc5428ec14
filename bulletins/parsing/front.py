"""What stands between the name of an issue and its first head: who makes it, not an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.parsing.draft import Draft, DraftSection
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet


def clear_front(sheet: Sheet, plan: Plan, sections: list[DraftSection]) -> list[DraftSection]:
    """Take lines without any text below them, before the first head, for the masthead."""
    if len(sections) < 2 or sections[0].title:
        return sections
    first = sections[0]
    while first.articles and _bare(first.articles[0], plan):
        for index in first.articles[0].title_lines:
            sheet.take(index, "masthead", "a line without text above the first head")
        del first.articles[0]
    return sections if first.articles else sections[1:]


def _bare(article: Draft, plan: Plan) -> bool:
    return not (
        article.body
        or article.authors
        or article.urls
        or article.original
        or article.first in plan.begun
    )
