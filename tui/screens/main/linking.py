"""Linking articles: to find the other one, and to say how they belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.locale import tr
from tui.screens.main.noting import Noting

if TYPE_CHECKING:
    from annotations.store import Store
    from tui.linking import ArticleRow, Relation

_REMEMBERED = 50
"""Articles opened last that stand first in the list."""


class Linking(Noting):
    """Actions that tie articles together."""

    def open_article(self, issue_id: str, article_id: str, *, read: bool = False) -> None:
        """Show an article, and remember that it was opened."""
        super().open_article(issue_id, article_id, read=read)
        here = issue_id, article_id
        rest = [one for one in self.recent if one != here]
        self.recent = (here, *rest[: _REMEMBERED - 1])

    def action_link(self) -> None:
        """Link the open article with another one."""
        self.with_reviewer(self._pick_other)

    def _pick_other(self) -> None:
        from tui.linking import article_rows
        from tui.screens.link_dialog import LinkPicker

        if self.issue is None or self.article is None:
            return
        here = self.issue.id, self.article.id
        title = self.shelf.marks_of(*here).title or self.article.title
        shelf, recent = self.shelf, self.recent

        def chosen(row: ArticleRow | None) -> None:
            if row is not None:
                self._pick_relation(here, row)

        self.app.push_screen(LinkPicker(title, lambda: article_rows(shelf, recent, here)), chosen)

    def _pick_relation(self, here: tuple[str, str], row: ArticleRow) -> None:
        from tui.screens.link_dialog import RelationPicker

        target = self.target_of(*here)
        if target is None:
            return

        def chosen(picked: tuple[Relation, str] | None) -> None:
            if picked is not None:
                self._link(here, (row.issue_id, row.article_id), *picked)

        self.app.push_screen(RelationPicker(self.title_of(here[0], target[1]), row.title), chosen)

    @work
    async def _link(
        self, here: tuple[str, str], there: tuple[str, str], relation: Relation, remark: str
    ) -> None:
        from tui.linking import link

        one, other = self.target_of(*here), self.target_of(*there)
        if one is None or other is None:
            self.say(tr("The linked article is not in this library."))
            return
        made: list[bool] = []

        def act(store: Store) -> None:
            made.append(link(store, one, other, relation, remark))

        home = other if relation.turned else one
        if await self.change(home[0].id, act):
            linked = (
                tr("Linked: {title}") if made[-1] else tr("They are linked so already: {title}")
            )
            self.say(linked.format(title=self.title_of(there[0], other[1])))
