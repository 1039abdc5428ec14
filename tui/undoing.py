"""Undo and redo in the library, and the words for what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tui.locale import mark, tr
from tui.work import issue_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotations.placing import IssueWork, Placing
    from annotations.undo_store import Undone
    from tui.saving import Saving
    from tui.work import IssueState

T = TypeVar("T")

WORDS = {
    "tag": mark("tag put on"),
    "untag": mark("tag taken off"),
    "tags": mark("tags changed"),
    "note": mark("note written"),
    "edit_note": mark("note changed"),
    "delete_note": mark("note deleted"),
    "highlight": mark("passage highlighted"),
    "edit_highlight": mark("highlight changed"),
    "delete_highlight": mark("highlight deleted"),
    "link": mark("articles linked"),
    "delete_link": mark("link deleted"),
    "star": mark("starred"),
    "unstar": mark("star taken away"),
    "status": mark("state changed"),
    "opened": mark("opened"),
    "correct_issue": mark("issue corrected"),
    "correct_article": mark("article corrected"),
    "mention": mark("mention judged"),
    "take_back_mention": mark("correction taken back"),
    "reattach": mark("attached again"),
    "rename_tag": mark("tag renamed"),
    "merge_tags": mark("tags merged"),
    "recolour_tag": mark("tag coloured"),
    "tag_key": mark("key of a tag changed"),
    "nest_tag": mark("tag put under another"),
    "delete_tag": mark("tag deleted"),
    "adjudicate": mark("disagreement decided"),
    "import": mark("imported"),
    "undo": mark("undone"),
    "redo": mark("redone"),
}
"""What operations are called, by their labels."""


def words(label: str) -> str:
    """What an operation is called; the label of a later version as it is."""
    from bulletins.sources.plain import plain_line

    return tr(WORDS[label]) if label in WORDS else plain_line(label)


class Turning:
    """The part of a Notebook that goes back and forth in what was done."""

    saving: Saving
    _issues: dict[str, IssueState]

    async def turn(self, *, again: bool = False) -> tuple[Undone | None, str]:
        """Undo what was done last, or do it `again`: what it was, and why it can't be or ""."""
        if not await self._retry():  # what was done last is not in the store
            return None, self.saving.trouble
        self.saving.running += 1
        try:
            done, why = await self._try(lambda: _turn(self._open(), self._issues, again=again))
        finally:
            self.saving.running -= 1
        if done is None or done[0] is None:
            return None, why
        self._issues |= {name: issue_state(work) for name, work in done[1].items()}
        await self._link()
        self._ended("")
        await self._look_at_mentions()
        return done[0], ""

    if TYPE_CHECKING:

        async def _retry(self) -> bool: ...
        async def _try(self, work: Callable[[], T]) -> tuple[T | None, str]: ...
        async def _link(self) -> None: ...
        async def _look_at_mentions(self) -> None: ...
        def _open(self) -> Placing: ...
        def _ended(self, trouble: str) -> None: ...


def _turn(
    placing: Placing, shown: Iterable[str], *, again: bool
) -> tuple[Undone | None, dict[str, IssueWork]]:
    """Undo or redo (`again`); what it was, and the work on all issues `shown` that it changed.

    Raises StoreError if it can't be.
    """
    done = placing.store.redo() if again else placing.store.undo()
    if done is None:
        return None, {}
    homes = {placing.home(name) for name in done.issues}
    concerned = [name for name in shown if done.tags or name in homes]
    concerned += [name for name in homes if name and name not in concerned]
    return done, {name: placing.renew(name) for name in concerned}
