"""What the notebook tells of all annotations at once: rows, history, exports of some."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Mapping
    from pathlib import Path

    from annotations.exports.gathering import Lookup
    from annotations.history import Entry
    from annotations.placing import Placing
    from tui.annotation_rows import AnnotationRow, Label

TURN = 0.05
"""Seconds after which a save that waits has its turn, while many issues are read."""


class Listing(Keeping):
    """The part of a Notebook that reads the annotations of the whole library when asked."""

    _news: frozenset[str] | None = None
    _listed_tags: Mapping[str, str] = {}

    async def annotation_rows(
        self, label: Label, only: Collection[str] | None = None
    ) -> AsyncIterator[tuple[list[AnnotationRow], int, int]]:
        """Yield one's own rows as they are read, how many issues are done, and of how many.

        `only`: see tui.annotation_rows.Reading. `label`: see rows_of there; it is called in the
        notebook's thread.
        """
        if not self.reviewer:
            return
        from tui.annotation_rows import Reading, Source

        def begin() -> Reading:
            placing = self._open()
            self._listed_tags = _names(placing)
            return Reading(Source(placing.store, placing.home, placing.renew), label, only)

        reading, self.reading_trouble = await self._try(begin)
        while reading is not None and reading.done < reading.total:
            rows, self.reading_trouble = await self._try(partial(reading.turn, TURN))
            if rows is None:
                return
            yield rows, reading.done, reading.total

    def take_news(self) -> Collection[str] | None:
        """The issues whose rows may be others since this was asked last; None: all may.

        What this program changes itself is not among them.
        """
        news, self._news = self._news, frozenset()
        return news

    def _tell_news(self, news: frozenset[str] | None) -> None:
        self._news = None if news is None or self._news is None else self._news | news

    def _changed(self, stems: frozenset[str]) -> frozenset[str] | None:
        """Say in the thread which issues other programs changed, by the stems of their files."""
        from annotations.files import TAGS  # not before the first frame
        from annotations.names import safe_name

        placing = self._open()
        tags = _names(placing) if TAGS in stems else {}
        if any(tags.get(one, name) != name for one, name in self._listed_tags.items()):
            return None
        names = [name for name in placing.store.issue_ids() if safe_name(name) in stems]
        if len(names) < len(stems - {TAGS}):
            return None  # a file has gone, or does not say of which issue it is
        return frozenset(placing.home(name) or name for name in names)

    def _placed(self, homes: Collection[str]) -> frozenset[str]:
        """Say in the thread which issues are placed anew with these of the library."""
        placing = self._open()
        names = placing.store.issue_ids()
        return frozenset((*homes, *(name for name in names if placing.home(name) in homes)))

    async def history(
        self,
        issue_id: str,
        wanted: Callable[[Entry], bool],
        annotation: str | None = None,
        folder: str = "",
    ) -> list[Entry]:
        """Read what was changed, oldest first; of one annotation, or what is `wanted` of an issue.

        `folder` is that of another reviewer whose annotation it is. In a thread of its own:
        histories are long, and nothing that is saved waits for them.
        """
        import asyncio

        from annotations.others import ReadOnlyStore

        def folders() -> tuple[list[Path], list[str]]:
            placing = self._open()
            store = ReadOnlyStore(self._root, folder) if folder else placing.store
            return list(store.devices()), [issue_id, *placing.kin(issue_id)]

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
        folders: Collection[str] = (),
    ) -> tuple[int, str]:
        """Write these annotations (reviewers and ids) and no others; how many, and what failed.

        `folders` are those of the other reviewers among them.
        """
        if not self.reviewer:
            return 0, ""

        def write() -> int:
            from annotations.others import ReadOnlyStore
            from tui.exporting import export_these

            placing = self._open()
            stores = [placing.store, *(ReadOnlyStore(self._root, one) for one in folders)]
            editions = placing.editions()
            return export_these(stores, path, shown, form, at_hand and at_hand(), editions)

        count, trouble = await self._try(write)
        return count or 0, trouble


def _names(placing: Placing) -> dict[str, str]:
    return {one: tag.name for tag in placing.store.tags() for one in (tag.id, *tag.aliases)}
