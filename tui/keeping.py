"""Where the reader's work is kept: one thread that does all disk work, and the store behind it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from bulletins.sources.plain import plain_line
from tui.known import Known
from tui.locale import told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from annotations.placing import Placing
    from annotations.rescue import Rescue
    from annotations.watch import Watch
    from bulletins.model import Article

    ArticleLookup = Callable[[str, str], Article | None]

T = TypeVar("T")


class Keeping(Known):
    """The part of a Notebook that opens the store and works upon it, in order, in one thread.

    `lookup` gives articles in that thread.
    """

    def __init__(
        self,
        root: Path,
        reviewer: str | None,
        device: str,
        places: Sequence[Path] = (),
        lookup: ArticleLookup | None = None,
    ) -> None:
        """`places`: where to keep work that can't be saved under `root`, the best first."""
        super().__init__()
        self.reviewer = reviewer
        self.taken_in = 0
        """How much was found that could not be saved in an earlier session."""
        self._root = root
        self._device = device
        self._lookup = lookup
        self._places = places
        self._placing: Placing | None = None
        self._rescue: Rescue | None = None
        self._watch: Watch | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="notebook")

    def close(self) -> None:
        """Finish what was asked for, and end the thread."""
        self._thread.shutdown(wait=True)

    async def _try(self, work: Callable[[], T]) -> tuple[T | None, str]:
        """Do `work` in the thread: its result and "", or None and one line that says what failed.

        The one place where failures of files and locks end; anything else is a defect.
        """
        from annotations.model import StoreError

        try:
            return await self._in_thread(work), ""
        # filelock's Timeout is an OSError; without locks on a file system it is NotImplemented.
        except (StoreError, OSError, NotImplementedError) as error:
            return None, plain_line(told(error))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> Placing:
        if self._placing is None:
            from annotations.placing import Placing
            from annotations.rescue import Rescue, take_in_all
            from annotations.store import Store  # not before the first frame
            from annotations.watch import Watch

            assert self.reviewer is not None
            store = Store(self._root, self.reviewer, self._device)
            self.taken_in += take_in_all(self._places, self._root, self._device)
            self._watch = Watch(self._root, self.reviewer)
            self._placing = Placing(store, self._lookup)
            self._rescue = Rescue(self._placing, self._places)
        return self._placing

    def _net(self) -> Rescue:
        self._open()
        assert self._rescue is not None
        return self._rescue
