"""Marked passages and linked articles beside and in the text, and what found no place."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.locale import tr
from tui.screens.main.painting import Painting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotations.model import Annotation, IssueRef
    from annotations.store import Store
    from tui.inspection import InspectorRow
    from tui.inspection.marked import PassageRows
    from tui.orphans import Choice, Lost
    from tui.their_issues import TheirLost
    from tui.typesetting.document import Address
    from tui.typesetting.spans import Marked


class Marking(Painting):
    """What the reader marked, linked, or lost."""

    # In the article and beside it.

    def marked(self) -> tuple[Marked, ...]:
        return tuple(marked for one in self.open_passages() if (marked := one.marked) is not None)

    def refresh_marked(self) -> None:
        """Draw the open article's highlights as they are by now."""
        if self.article is not None:
            self.pane.set_marked(self.marked())

    def marked_rows(self, width: int) -> list[InspectorRow]:
        """Rows of the inspector for passages and links; none where there are none."""
        from tui.inspection.marked import PassageRows, link_rows

        if self.issue is None or self.article is None:
            return []
        links = self.notebook.links(self.issue.id, self.article.id)
        if self._passage_rows is None:
            self._passage_rows = PassageRows()
        passages = self._passage_rows.of(self.open_passages(), width, self.meaning_words)
        return [*passages, *link_rows(links, width, self.issue_words, self.title_of)]

    _passage_rows: PassageRows | None = None

    def issue_words(self, issue: IssueRef) -> str:
        """Call an issue as the list does, or by what an annotation knows of it."""
        outline = self.outline_of(issue.id)
        if outline is not None:
            return self.shelf.issue_label(outline)
        known = (issue.publication, issue.title, issue.number, issue.date)
        return " · ".join(part for part in known if part) or issue.file_name or issue.id[:8]

    def open_linked(self, subject: str) -> None:
        """Open the article at the other end of a link: the ids of its issue and itself."""
        issue_id, _, article_id = subject.partition(" ")
        if article_id:
            self.open_article(issue_id, article_id, read=True)
        else:
            self.say(tr("The linked article is not in this library."))

    # What found no place.

    def action_orphans(self) -> None:
        """List what found no place, and what waits for its issue."""
        self.show_orphans()

    def show_orphans(self, at: Lost | None = None) -> None:
        from tui.screens.orphans import Orphans

        lost, theirs = self.notebook.lost(), self.their_lost()
        if lost or theirs or self.notebook.elsewhere():
            self.app.push_screen(Orphans(self, lost, at, theirs=theirs))
        else:
            self.say(tr("Every annotation has found its place."))

    def their_lost(self) -> Sequence[TheirLost]:
        """What other reviewers have lost, of those whose work is shown."""
        return ()

    def attach_lost(self, ranges: Sequence[tuple[Address, int, int]]) -> None:
        from tui.orphans import chosen_place
        from tui.screens.orphans import Orphans

        target, lost = self.target(), self.notebook.lost()
        selectors = self.selectors(ranges)
        if target is None or not selectors:
            return
        here = [one for one in lost if one.home == target[0].id]
        if here:
            place = chosen_place(target[1], selectors[0])
            self.app.push_screen(
                Orphans(self, [*here, *(o for o in lost if o not in here)], here=place)
            )
        else:
            self.say(tr("Nothing of this issue is without a place."))

    async def choices(self, lost: Lost) -> Sequence[Choice]:
        """Rank where lost annotations may belong, away from the thread that draws."""
        from tui.orphans import choices

        issue = self.outline_of(lost.home)
        if issue is None:
            return ()
        found = await asyncio.to_thread(choices, lost, issue, self.books.article)
        return [replace(one, title=self.title_of(lost.home, one.article)) for one in found]

    async def attach(self, lost: Lost, choice: Choice) -> tuple[Annotation, ...] | None:
        """Store that lost annotations belong there; None if that is not saved."""
        from tui.orphans import attach

        return await self._keep(
            lost.home, lambda store: attach(store, lost, choice, self.books.article)
        )

    async def detach(
        self, home: str, before: Sequence[Annotation], after: Sequence[Annotation]
    ) -> tuple[Annotation, ...] | None:
        """Take a re-attachment back; None if that is not saved."""
        from tui.orphans import take_back

        return await self._keep(home, lambda store: take_back(store, before, after))

    async def _keep(
        self, issue_id: str, act: Callable[[Store], tuple[Annotation, ...]]
    ) -> tuple[Annotation, ...] | None:
        kept: list[tuple[Annotation, ...]] = []
        saved = await self.change(issue_id, lambda store: kept.append(act(store)))
        return kept[0] if saved and kept else None
