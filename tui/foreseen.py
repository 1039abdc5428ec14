"""What articles will have once an act is saved: the list shows it at once, while that goes on.

Each function has the marks of all articles that the act is for, and gives how those of one become;
it follows `acts`, which decides. What was saved is shown afterwards, whatever was foreseen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotations.model import Status
    from tui.outline import Marks

    Become = Callable[[Marks], Marks]
    Foresee = Callable[[Sequence[Marks]], Become]


def star(before: Sequence[Marks]) -> Become:
    """A star on all, or taken from all that have one."""
    starred = not all(one.starred for one in before)
    return lambda marks: replace(marks, starred=starred)


def status(wanted: Status, other: Status) -> Foresee:
    """A status for all, or the `other` where each has it."""

    def foresee(before: Sequence[Marks]) -> Become:
        chosen = other if all(one.status == wanted for one in before) else wanted
        return lambda marks: replace(marks, status=chosen)

    return foresee


def tags(add: Sequence[str], remove: Sequence[str] = ()) -> Foresee:
    """Tags put on all and taken off all."""
    from annotations.text import fold_name

    gone = {fold_name(name) for name in remove}

    def become(marks: Marks) -> Marks:
        kept = {fold_name(name): name for name in marks.tags if fold_name(name) not in gone}
        put = {fold_name(name): name for name in reversed(add)}
        return replace(marks, tags=tuple((kept | put | kept).values()))

    return lambda _: become


def toggled_tag(name: str) -> Foresee:
    """A tag put on all, or taken off where all have it."""
    from annotations.text import fold_name

    wanted = fold_name(name)

    def foresee(before: Sequence[Marks]) -> Become:
        off = all(wanted in map(fold_name, one.tags) for one in before)
        return tags((), (name,))(before) if off else tags((name,))(before)

    return foresee
