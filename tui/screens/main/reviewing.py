"""The work of other reviewers beside one's own: shown, hidden, never changed."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from textual import work

from tui.locale import ntr, tr
from tui.reviewers import Reviewers
from tui.screens.main.marking import Marking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.inspection import InspectorRow
    from tui.reviewers import Theirs
    from tui.their_issues import TheirLost
    from tui.typesetting.spans import Marked

LOOK_SECONDS = 0.7
"""How often others' changes are looked for; they show within two seconds."""


class Reviewing(Marking):
    """What others marked, noted and tagged, in the list, the article and the inspector."""

    reviewers: Reviewers

    def watch_reviewers(self) -> None:
        """Read the work of others, in a thread, and follow it while the terminal is ours."""
        self.reviewers = Reviewers(self.config.data, self.books.article)
        state = self.app.startup.session
        self.reviewers.show(shown=state.others, hidden=frozenset(state.others_hidden))
        self._told_files: tuple[str, ...] = ()
        timer = self.set_interval(LOOK_SECONDS, self._look_at_reviewers)
        self.app.app_suspend_signal.subscribe(self, lambda _: timer.pause())
        self.app.app_resume_signal.subscribe(self, lambda _: timer.resume())

    def _look_at_reviewers(self) -> None:
        if not self.finished and self.shelf.issues:
            self._take_in_reviewers()

    @work(group="look")
    async def _take_in_reviewers(self) -> None:
        open_issue = self.issue.id if self.issue is not None else None
        issues = self.shelf.issues
        first = not self.reviewers.people
        if not await self.reviewers.look(self.notebook.reviewer, issues, open_issue):
            return
        if first:
            gc.freeze()  # it stays: a collection that goes through all of it would hold up a key
        if not self.finished:
            self.refresh_reviewers()
            self._tell_of_files()

    def _tell_of_files(self) -> None:
        problems = self.reviewers.problems
        if problems and problems != self._told_files:
            rest = len(problems) - 1
            more = ntr("and {n} more", "and {n} more", rest) if rest else ""
            self.say(f"{problems[0]} {more}".rstrip(), alarm=True)
        self._told_files = problems

    def refresh_reviewers(self) -> None:
        """Show anew what others made, or that it is hidden."""
        self.sidebar.show_others(self.reviewers.signs())
        self.refresh_marked()
        self.refresh_inspector()

    def reviewers_kept(self) -> Mapping[str, Any]:
        known = self.reviewers
        return {"others": known.shown, "others_hidden": tuple(sorted(known.hidden))}

    # In the article and beside it.

    def _theirs(self) -> tuple[Theirs, ...]:
        if self.issue is None or self.article is None:
            return ()
        return self.reviewers.of(self.issue.id, self.article.id)

    def marked(self) -> tuple[Marked, ...]:
        """One's own passages and those of others."""
        return (*super().marked(), *(marked for one in self._theirs() for marked in one.marked))

    def marked_rows(self, width: int) -> list[InspectorRow]:
        """Rows of the inspector for passages and links, and for what others made."""
        from tui.inspection.reviewers import reviewer_rows, their_issue_rows

        own = super().marked_rows(width)
        on_issue = self.reviewers.on_issue(self.issue.id) if self.issue is not None else ()
        theirs = reviewer_rows(self._theirs(), width, self.issue_words)
        return [*own, *theirs, *their_issue_rows(on_issue, width)]

    def their_lost(self) -> Sequence[TheirLost]:
        return self.reviewers.lost()

    def tell_whose(self, row: InspectorRow) -> None:
        """Say that what was chosen is another's, and can't be changed."""
        from tui.inspection.reviewers import LOST

        if row.key == LOST:
            here = self.issue.id if self.issue is not None else ""
            found = (one for one in self.reviewers.lost() if one.lost.home == here)
            own = (one.lost for one in found if one.reviewer.name == row.subject)
            self.show_orphans(next(own, None))
        else:
            self.say(tr("{name} made this; it can only be read.").format(name=row.subject))

    # Shown or not.

    def action_reviewers(self) -> None:
        """Show or hide the work of others; of several, ask whose."""
        known = self.reviewers
        if not known.people:
            self.say(tr("Nobody else has annotated these issues."))
        elif len(known.people) == 1:
            self._show_others(frozenset() if known.visible else {known.people[0].folder})
        else:
            from tui.screens.choose_reviewers import ChooseReviewers

            shown = frozenset(one.folder for one in known.visible)
            self.app.push_screen(ChooseReviewers(known.people, shown, self._show_others))

    def _show_others(self, folders: frozenset[str] | set[str]) -> None:
        """Show the work of these reviewers; of none: hide all, and remember whose was shown."""
        known = self.reviewers
        if folders:
            away = known.hidden - {one.folder for one in known.people}
            hidden = {one.folder for one in known.people} - folders
            known.show(shown=True, hidden=frozenset(away | hidden))
        else:
            known.show(shown=False, hidden=known.hidden)
        self.refresh_reviewers()
        names = [one.name for one in known.visible]
        if names:
            self.say(tr("Shown beside yours: {names}").format(names=", ".join(names)))
        else:
            self.say(tr("The work of other reviewers is hidden."))
