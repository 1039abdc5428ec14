"""What is asked of the store itself, and may take a while: what waits, counts of tags, exports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from annotations.exports.gathering import Lookup
    from annotations.model import Annotation


class Asking(Keeping):
    """The part of a Notebook that reads files when asked."""

    async def waiting(self) -> tuple[Annotation, ...]:
        """The annotations of issues that are not in this library, issue by issue."""
        if not self.reviewer:
            return ()
        found, self.reading_trouble = await self._try(lambda: self._open().waiting())
        return found or ()

    async def tag_counts(self) -> Mapping[str, int]:
        """All tags with the number of articles that have them; those shown if none can be read."""
        counts, self.reading_trouble = await self._try(lambda: self._open().store.tag_counts())
        if counts is not None:
            return counts
        states = (one for known in self._found.states.values() for one in known.states.values())
        return Counter(tag for state in states for tag in state.tags)

    async def export(
        self,
        path: Path,
        issue_id: str | None,
        tags: tuple[str, ...],
        form: str = "yaml",
        at_hand: Callable[[], Lookup] | None = None,
    ) -> tuple[int, str]:
        """Write annotations in a format; returns how many, and what went wrong or "".

        `at_hand` makes what finds the issues that they are on; it is called where disks are read.
        """
        if not self.reviewer:
            return 0, ""

        def write() -> int:
            from tui.exporting import export_placed

            return export_placed(self._open(), path, issue_id, tags, form, at_hand and at_hand())

        count, trouble = await self._try(write)
        return count or 0, trouble
