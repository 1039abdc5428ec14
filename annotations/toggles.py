"""Turn marks on and off by what is on the disk when they are turned, not by what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.text import fold_name
from annotations.view import article_state

if TYPE_CHECKING:
    from annotations.model import ArticleRef, IssueRef, Status
    from annotations.store import Store


def toggle_star(store: Store, issue: IssueRef, article: ArticleRef) -> bool:
    """Star an article or take its star away; tell whether it has one now. Raises StoreError."""
    with store.turn():
        on = not article_state(store.on_article(issue, article)).starred
        store.set_star(issue, article, on)
        return on


def toggle_status(
    store: Store, issue: IssueRef, article: ArticleRef, status: Status, other: Status
) -> Status:
    """Give an article `status`, or `other` where it has that; return it. Raises StoreError."""
    with store.turn():
        has = article_state(store.on_article(issue, article)).status
        chosen = other if has == status else status
        store.set_status(issue, article, chosen)
        return chosen


def toggle_tag(store: Store, issue: IssueRef, article: ArticleRef | None, name: str) -> bool:
    """Tag an article or take the tag off; tell whether it has it now. Raises StoreError.

    Names are compared folded: `ai` takes `AI` off.
    """
    with store.turn():
        tags = article_state(store.on_article(issue, article), store.tags()).tags
        has = fold_name(name) in {fold_name(tag.name) for tag in tags}
        if has:
            store.untag(issue, article, name)
        else:
            store.tag(issue, article, name)
        return not has
