"""The session: what is restored at the start and kept at the end."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock

from textual import work

from tui.mention_classes import MENTION_CLASSES
from tui.screens.main.opening import Opening
from tui.screens.main.tagging import Tagging
from tui.state import Session, save_session

KEPT_EVERY = 10.0
"""Seconds after which the session is kept, should the program be killed."""


class Sessions(Opening, Tagging):
    """Begins where the last session ended, in whichever way that was."""

    _kept: Session | None = None
    _writing = Lock()
    _last = False
    """The session of the end is kept: none that was under way may replace it."""

    def apply_session(self) -> None:
        super().apply_session()
        self.last_tags = self.app.startup.session.last_tags
        self.tag_advances = self.app.startup.session.tag_advances
        self.set_interval(KEPT_EVERY, self._keep_on)
        self.painted_last = self.app.startup.session.colour or ""
        self.recent = tuple(
            (issue, article)
            for issue, _, article in (one.partition(" ") for one in self.app.startup.session.recent)
        )

    async def finish(self) -> None:
        """Stop what only reads, wait for what is being saved, keep the session.

        Afterwards the widgets go one by one: nothing may look for them any more.
        """
        if not hasattr(self, "_spinner"):  # told to quit before the session was restored
            self.finished = True
            return
        for timer in (self._spinner, self._fetching, self._refine, self._aside, self._dwell):
            if timer is not None:
                timer.stop()
        for group in ("library", "fetch", "look"):
            self.workers.cancel_group(self, group)
        await self.notebook.settle()
        self.keep_session(self._session())
        self.finished = True

    @work(group="session", exclusive=True)
    async def _keep_on(self) -> None:
        if self.article is not None and not self.finished:
            session = self._session()
            await asyncio.to_thread(self.keep_session, session, passing=True)

    def keep_session(self, session: Session, *, passing: bool = False) -> None:
        """Write a session down unless it is; a disk that refuses is no reason to stay."""
        with self._writing:
            if session == self._kept or (passing and self._last):
                return
            self._last = not passing
            with suppress(OSError):
                save_session(self.app.startup.roots, session)
                self._kept = session

    def _session(self) -> Session:
        """Where the reader is."""
        part, offset = self.pane.position
        hidden = {entry.name for entry in MENTION_CLASSES} - self.pane.classes_shown
        return Session(
            issue=self.issue.id if self.issue else self.app.startup.session.issue,
            article=self.article.id if self.article else self.app.startup.session.article,
            part=part,
            offset=offset,
            sidebar=self.sidebar_wanted,
            inspector=self.inspector_wanted is not False,
            folded=tuple(sorted(self.folded)),
            unfolded=tuple(sorted(self._known_keys - self.folded)),
            hidden=tuple(sorted(hidden)),
            theme=self.app.chosen_theme,
            last_tags=self.last_tags,
            colour=self.painted_last or None,
            recent=tuple(" ".join(one) for one in self.recent),
            tag_advances=self.tag_advances,
            editions=self.editions.chosen,
            **self.reviewers_kept(),
        )
