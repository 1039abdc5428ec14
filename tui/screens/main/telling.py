"""The bottom line: how far the issue is, what is marked and saved, and the keys of the pane."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual import events, on

from tui.commands import FOOTERS, command
from tui.key_names import keys_of, shown_keys
from tui.locale import ntr, tr
from tui.screens.main.tagging import Tagging
from tui.widgets.alarm_band import AlarmBand
from tui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.widgets.status_bar import Part

    Told = Part | tuple[str, str, str]
    """A part, maybe with the command for which a click on it asks."""


class Telling(Tagging):
    """Says at the bottom how things are, and what the keys do in the pane that has them."""

    backup_trouble = ""
    """Why there is no backup of the day; "" if there is none to tell."""

    def troubles(self) -> list[str]:
        failed = tr("no backup today: {why}")
        own = [failed.format(why=self.backup_trouble)] if self.backup_trouble else []
        return [*super().troubles(), *own]

    @on(StatusBar.Pressed)
    async def _status_pressed(self, event: StatusBar.Pressed) -> None:
        event.stop()
        if self.check_action(event.name, ()):
            await self.run_action(event.name)

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.refresh_hints()

    def refresh_hints(self) -> None:
        """Show the keys that are most needed in the pane that has the keys."""
        if self.filter_field.has_focus:
            self.status.show_hints(
                [
                    ("#", tr("tag")),
                    ("*", tr("starred")),
                    ("!", tr("unread")),
                    ("!later !reviewed !skipped", ""),
                    ("~", tr("moved")),
                ]
            )
            return
        keys = self.config.keys
        names = [name for name in FOOTERS[self.pane_with_keys()] if keys_of(keys, name)]
        self.status.show_hints(
            [(shown_keys(keys, name, 1), tr(command(name).hint)) for name in names], names=names
        )

    def refresh_status(self) -> None:
        self.quick_tags()  # says what is wrong with the keys of tags, when they are new
        told = [part for part in self._parts() if part[0]]
        names = {part[0]: part[2] for part in told if len(part) == 3}
        self.status.show([part[:2] for part in told], names)
        self.query_one(AlarmBand).warn(self.notebook.saving.warning(), tr("NOT SAVED"))

    def _parts(self) -> Iterator[Told]:
        yield self.picked_words(), "mode"
        if self.tag_advances:
            yield tr("tag and move on"), "mode"
        yield from self._progress()
        yield self.left_text, "", self.left_name
        yield self.hits_text, ""
        orphans = self.notebook.without_place()
        if orphans:
            yield tr("{n} without a place").format(n=orphans), "alarm", "next_orphan"
        damaged = len(self.notebook.problems()) + bool(self.notebook.reading_trouble)
        if damaged:
            yield ntr("{n} damaged file", "{n} damaged files", damaged), "alarm"
        elsewhere = self.notebook.elsewhere()
        if elsewhere:
            yield tr("{n} on other issues").format(n=elsewhere), "muted"
        yield self.under_way, "muted"
        yield self.notebook.saving.progress()
        yield self.activity, "muted"
        if self.backup_trouble:
            yield tr("no backup today"), "muted"

    def _progress(self) -> Iterator[Told]:
        """How far the open issue is: read in any way, reviewed, put off, skipped, tagged."""
        if self.issue is None:
            return
        marks = [self.shelf.marks_of(self.issue.id, entry.id) for entry in self.issue.articles()]
        read = sum(mark.read for mark in marks)
        yield tr("{read} of {all} read").format(read=read, all=len(marks)), "", "next_unread"
        counts = Counter(mark.status for mark in marks)
        for status, words, tone in (
            ("reviewed", tr("{n} reviewed"), ""),
            ("later", tr("{n} put off"), "muted"),
            ("skipped", tr("{n} skipped"), "muted"),
        ):
            if counts[status]:
                yield words.format(n=counts[status]), tone
        starred = sum(mark.starred for mark in marks)
        if starred:
            yield f"★ {starred}", "muted", "next_flagged"
        tagged = sum(bool(mark.tags) for mark in marks)
        if tagged:
            yield tr("{n} tagged").format(n=tagged), "muted"
