"""How far an act upon many articles is, and stopping it while nothing is written yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

from tui.locale import ntr, tr

T = TypeVar("T")


class StoppedError(Exception):
    """The reader stopped it: nothing is changed."""


class Count:
    """Counts in the thread that does it, and is asked in the one that draws."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.writing = False
        """All is staged and being written: it can't be stopped any more."""
        self.stopped = False

    def stop(self) -> bool:
        """Have it stopped; False if it is too late for that."""
        if not self.writing:
            self.stopped = True
        return self.stopped

    def words(self) -> str:
        """How far it is, for the line of state."""
        if self.writing:
            return ntr("saving {n} article…", "saving {n} articles…", self.total)
        return tr("changing {done} of {all} · Esc: stop").format(done=self.done, all=self.total)


class Counted(Sequence[T]):
    """Items that are counted when they are gone through. Raises StoppedError in between."""

    def __init__(self, items: Sequence[T], count: Count) -> None:
        self._items = items
        self._count = count

    def __iter__(self) -> Iterator[T]:
        for done, item in enumerate(self._items):
            if self._count.stopped:
                raise StoppedError
            self._count.done = done
            yield item
        self._count.done = len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)
