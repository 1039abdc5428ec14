"""What is done to one article or to many at once: what all have is taken away, else given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.model import ArticleRef, IssueRef, Status
    from annotations.store import Store

    Target = tuple[IssueRef, ArticleRef]


def toggle_tag(store: Store, targets: Sequence[Target], name: str) -> bool:
    """Put a tag on all articles, or take it off where all have it; tell whether they have it."""
    from annotations.text import fold_name

    wanted = fold_name(name)
    if all(wanted in {fold_name(tag.name) for tag in store.state(*on).tags} for on in targets):
        for on in targets:
            store.untag(*on, name)
        return False
    change_tags(store, targets, (name,))
    return True


def change_tags(
    store: Store, targets: Iterable[Target], add: Iterable[str], remove: Iterable[str] = ()
) -> None:
    """Put tags on articles, and take others off them."""
    for on in targets:
        for name in add:
            store.tag(*on, name)
        for name in remove:
            store.untag(*on, name)


def toggle_star(store: Store, targets: Sequence[Target]) -> bool:
    """Star all articles, or take all stars away where each had one; tell which."""
    changed = [store.set_star(*on, True) for on in targets]
    if any(changed):
        return True
    for on in targets:
        store.set_star(*on, False)
    return False


def toggle_status(store: Store, targets: Sequence[Target], status: Status, other: Status) -> Status:
    """Give all articles a status, or the `other` where each has it; return which."""
    chosen = other if all(store.state(*on).status == status for on in targets) else status
    for on in targets:
        store.set_status(*on, chosen)
    return chosen
