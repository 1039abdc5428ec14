"""What can be undone and redone, as it follows from the operations in their order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.operations import OPENED, PASSED

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Head:
    """An operation without its documents, and where it is: a piece of the history, bytes in it."""

    id: str
    label: str
    undoes: str
    redoes: str
    piece: int
    start: int
    size: int


class Stack:
    """The operations to undo, the next one last, and those to redo.

    Undoing goes back in a straight line; something new after it takes what could be redone off.
    """

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.heads: list[Head] = []
        self.undoable: list[Head] = []
        self.redoable: list[Head] = []
        self.lacks_older = False
        """Whether something refers to an operation that is not among these."""
        self._known: dict[str, Head] = {}
        for head in heads:
            self.take(head)

    def take(self, head: Head) -> None:
        """Take in the operation that came next."""
        self.heads.append(head)
        self._known[head.id] = head
        if head.undoes or head.redoes:
            self._turned(head)
        elif head.label != OPENED:
            self.undoable.append(head)
            self.redoable.clear()

    def _turned(self, head: Head) -> None:
        meant = self._known.get(head.undoes or head.redoes)
        if meant is None:
            self.lacks_older = True
            return
        source, goal = self.undoable, self.redoable
        if head.redoes:
            source, goal = goal, source
        if meant in source:
            source.remove(meant)
        if head.label != PASSED:
            goal.append(meant)
