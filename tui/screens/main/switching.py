"""Switching between the editions of an issue: its PDF, its text, its reissue."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from textual import work

from tui.editions import format_name, news, next_edition, other_formats
from tui.locale import tr
from tui.screens.main.opening import Opening

if TYPE_CHECKING:
    from annotations.model import ArticleRef
    from bulletins.catalogue.outline import IssueOutline


class Switching(Opening):
    """Shows an issue as another file has it; what was made on any edition is on all."""

    @work(exclusive=True, group="edition")
    async def action_edition(self) -> None:
        """Show the next edition of the open issue, at the same article."""
        before, target = self.issue, self.target()
        wanted = next_edition(before) if before is not None else None
        if before is None or wanted is None:
            self.say(tr("There is no other edition of this issue."))
            return
        await asyncio.to_thread(self.editions.choose, wanted)
        fresh = news(self.shelf.issues, self.editions.listed)
        self.shelf = replace(self.shelf, issues=self.editions.listed)
        await self.notebook.load(fresh)
        self._shelved()
        issue = self.outline_of(wanted)
        if issue is None:
            return
        if f"issue:{before.id}" not in self.folded:
            self.folded.discard(f"issue:{issue.id}")
        article = self._counterpart(issue, target[1] if target else None)
        if article:
            self.open_article(issue.id, article)
        said = tr("This is the {format}: {file}. It is also there as {others}.")
        self.say(
            said.format(
                format=format_name(issue.path),
                file=PurePath(issue.path).name,
                others=", ".join(other_formats(issue)),
            )
        )

    @staticmethod
    def _counterpart(issue: IssueOutline, article: ArticleRef | None) -> str:
        """The article of another edition that is the same, else the one that stands there."""
        from annotations.anchors import find_article
        from annotations.placing import issue_key

        keys = issue_key(issue).articles
        if not keys:
            return ""
        found = find_article(article, keys) if article else None
        return found or keys[min(article.position if article else 0, len(keys) - 1)].id
