"""Make the changes of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.import_store import IMPORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.imports.plan import Change, Plan
    from annotations.store import Store


def apply_plan(
    plan: Plan, store: Store, progress: Callable[[], None] = lambda: None
) -> tuple[Change, ...]:
    """Make all changes; return those that were not made, since they no longer fitted.

    It is one operation, which one undo takes back: whatever ends this early, all of it is kept or
    nothing. `progress` is called after each issue. Raises StoreError.
    """
    refused: list[Change] = []
    with store.batch(IMPORT):
        store.define_tags(plan.tags)
        for changes in by_issue(plan).values():
            refused += store.take_in(changes)
            progress()
    return tuple(refused)


def by_issue(plan: Plan) -> dict[str, list[Change]]:
    """Return the changes by the id of the issue whose file they are made in."""
    found: dict[str, list[Change]] = {}
    for change in plan.changes:
        found.setdefault(change.home, []).append(change)
    return found
