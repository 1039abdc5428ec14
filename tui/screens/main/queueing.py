"""The review queue: star and status of articles, and the next one that asks for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui import acts, foreseen
from tui.locale import ntr, tr
from tui.outline import STATUS_WORDS, walk
from tui.screens.main.picking import Aim, Picking, how_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotations.model import Status
    from tui.orphans import Lost
    from tui.outline import Marks


class Queueing(Picking):
    """Actions that say how far an article has got, and that go to the next one."""

    # Star and status.

    def action_star(self) -> None:
        self.with_reviewer(lambda: self._star(self.aims()))

    @work
    async def _star(self, aims: Sequence[Aim]) -> None:
        starred = await self.change_all(aims, "", acts.toggle_star, foreseen.star)
        if starred is not None and len(aims) > 1:
            self.say((tr("starred") if starred else tr("star taken away")) + how_many(aims))

    def action_reviewed(self) -> None:
        self.with_reviewer(lambda: self._set_status("reviewed", "reading"))

    def action_later(self) -> None:
        self.with_reviewer(lambda: self._set_status("later", "unread"))

    def action_skipped(self) -> None:
        self.with_reviewer(lambda: self._set_status("skipped", "unread"))

    def action_unread(self) -> None:
        self.with_reviewer(lambda: self._set_status("unread", "unread"))

    def _set_status(self, status: Status, other: Status) -> None:
        self.stop_dwell()
        self._change_status(self.aims(), status, other)

    @work
    async def _change_status(self, aims: Sequence[Aim], status: Status, other: Status) -> None:
        chosen = await self.change_all(
            aims,
            "",
            lambda store, targets: acts.toggle_status(store, targets, status, other),
            foreseen.status(status, other),
        )
        if chosen is not None and len(aims) > 1:
            self.say(tr(STATUS_WORDS[chosen]) + how_many(aims))

    # The next one.

    def action_next_unread(self) -> None:
        """Go to the next unread article, from here round the library; then to what was put off."""
        self.left_name = "next_unread"
        if self._go_to_next(lambda marks: marks.status == "unread", tr("{n} unread")):
            return
        if not self._go_to_next(lambda marks: marks.status == "later", tr("{n} put off")):
            self._none(lambda marks: not marks.read, tr("No article is unread or put off."))

    def action_next_flagged(self) -> None:
        """Go to the next starred article, from here round the library."""
        self.left_name = "next_flagged"
        if not self._go_to_next(lambda marks: marks.starred, tr("{n} starred")):
            self._none(lambda marks: marks.starred, tr("No article is starred."))

    def _go_to_next(self, wanted: Callable[[Marks], bool], left: str) -> bool:
        listed = self.article_walk()
        marks_of = self.shelf.marks_of
        found = [at for at, (issue, _, name) in enumerate(listed) if wanted(marks_of(issue, name))]
        if not found:
            return False
        here = self.place_before(listed)
        at = next((at for at in found if at > here), found[0])
        self.open_article(listed[at][0], listed[at][2])
        self.left_text = left.format(n=len(found))
        self.refresh_status()
        return True

    def _none(self, wanted: Callable[[Marks], bool], message: str) -> None:
        """Say that there is none, and how many the filter hides."""
        hidden = 0
        if self.query_text:
            marks_of = self.shelf.marks_of
            hidden = sum(wanted(marks_of(issue, name)) for issue, _, name in walk(self.shelf, ""))
        if hidden:
            message = ntr(
                "None is in the filtered list; {n} article is outside it.",
                "None is in the filtered list; {n} articles are outside it.",
                hidden,
            )
        self.say(message)

    def action_next_orphan(self) -> None:
        """Open the list of what has no place at the next one, with the places where it may be."""
        lost = _steps(self.notebook.lost())
        if not lost:
            self.say(tr("Every annotation has found its place."))
            return
        keys = [one.key for one in lost]
        if self._orphan in keys:
            at = keys.index(self._orphan) + 1
        else:
            here = self.issue.id if self.issue is not None else ""
            at = next((at for at, one in enumerate(lost) if one.home == here), 0)
        chosen = lost[at % len(lost)]
        self._orphan = chosen.key
        self.show_orphans(chosen)

    _orphan: tuple[str, ...] = ()
    """The key of what was shown last of what has no place."""


def _steps(lost: Iterable[Lost]) -> list[Lost]:
    """What has no place, without what is attached again together with others."""
    found: list[Lost] = []
    together: set[str] = set()
    for one in lost:
        if len(one.annotations) > 1:
            together.update(one.key)
        if len(one.annotations) > 1 or one.key[0] not in together:
            found.append(one)
    return found
