"""The session: what is restored at the start and kept at the end."""

from __future__ import annotations

from tui.mention_classes import MENTION_CLASSES
from tui.screens.main.opening import Opening
from tui.screens.main.tagging import Tagging
from tui.state import Session, save_session


class Sessions(Opening, Tagging):
    """Begins where the last session ended."""

    def apply_session(self) -> None:
        super().apply_session()
        self.last_tags = self.app.startup.session.last_tags
        self.tag_advances = self.app.startup.session.tag_advances

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
        self.keep_session()
        self.finished = True

    def keep_session(self) -> None:
        """Keep where the reader is; a disk that refuses is no reason to stay."""
        part, offset = self.pane.position
        hidden = {entry.name for entry in MENTION_CLASSES} - self.pane.classes_shown
        session = Session(
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
            tag_advances=self.tag_advances,
            editions=self.editions.chosen,
            **self.reviewers_kept(),
        )
        try:
            save_session(self.app.startup.roots, session)
        except OSError:
            return
