"""What the notebook tells of all annotations at once: rows, history, exports of some."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from tui.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from pathlib import Path

    from annotations.exports.gathering import Lookup
    from annotations.history import Entry
    from annotations.model import IssueRef
    from annotations.placing import Placing
    from tui.annotation_rows import AnnotationRow

TURN = 0.05
"""Seconds after which a save that waits has its turn, while many issues are read."""


class Listing(Keeping):
    """The part of a Notebook that reads the annotations of the whole library when asked."""

    async def annotation_rows(
        self,
        label: Callable[[IssueRef, str], tuple[str, str, int]],
        only: Collection[str] | None = None,
    ) -> AsyncIterator[tuple[list[AnnotationRow], int, int]]:
        """Yield rows as they are read, how many issues are done, and of how many.

        `only` are ids of the library's issues; all others are then left out. `label`: see
        tui.annotation_rows.rows_of; it is called in the notebook's thread.
        """
        if not self.reviewer:
            return
        from tui.annotation_rows import rows_of

        def names() -> list[tuple[Placing, str]]:
            return [
                (placing, name)
                for placing in self.sources()
                for name in placing.store.issue_ids()
                if only is None or (placing.home(name) or name) in only
            ]

        listed, self.reading_trouble = await self._try(names)
        found = listed or []
        done = 0
        while done < len(found):

            def read(first: int = done) -> tuple[list[AnnotationRow], int]:
                rows: list[AnnotationRow] = []
                until = monotonic() + TURN
                for at in range(first, len(found)):
                    placing, name = found[at]
                    rows += rows_of(placing, [name], label, own=placing is self._placing)
                    if monotonic() > until:
                        return rows, at + 1
                return rows, len(found)

            part, self.reading_trouble = await self._try(read)
            if part is None:
                return
            rows, done = part
            yield rows, done, len(found)

    def sources(self) -> list[Placing]:
        """Whose annotations are listed: one's own first."""
        return [self._open()]

    async def history(
        self, issue_id: str, wanted: Callable[[Entry], bool], annotation: str | None = None
    ) -> list[Entry]:
        """Read what was changed, oldest first; of one annotation, or what is `wanted` of an issue.

        In a thread of its own: histories are long, and nothing that is saved waits for them.
        """
        import asyncio

        def folders() -> tuple[list[Path], list[str]]:
            placing = self._open()
            devices = [path for one in self.sources() for path in one.store.devices()]
            return devices, [issue_id, *placing.kin(issue_id)]

        found, self.reading_trouble = await self._try(folders)
        if found is None:
            return []
        devices, issues = found

        def read() -> list[Entry]:
            from annotations.history import read_history

            if annotation is not None:
                return read_history(devices, annotation=annotation)
            entries = [one for name in issues for one in read_history(devices, issue=name)]
            entries.sort(key=lambda one: (one.when, one.device, one.operation))
            return [one for one in entries if wanted(one)]

        return await asyncio.to_thread(read)

    async def export_shown(
        self,
        path: Path,
        shown: Collection[tuple[str, str]],
        form: str,
        at_hand: Callable[[], Lookup] | None = None,
    ) -> tuple[int, str]:
        """Write these annotations (reviewers and ids) and no others; how many, and what failed."""
        if not self.reviewer:
            return 0, ""

        def write() -> int:
            from tui.exporting import export_these

            stores = [placing.store for placing in self.sources()]
            editions = self._open().editions()
            return export_these(stores, path, shown, form, at_hand and at_hand(), editions)

        count, trouble = await self._try(write)
        return count or 0, trouble
