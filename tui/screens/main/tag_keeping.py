"""Tags themselves: what the dialog that offers them needs, and the screen that keeps them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.locale import tr
from tui.screens.main.going_back import GoingBack
from tui.screens.main.picking import Picking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotations.store import Store
    from tui.screens.tag_picker import TagPicker
    from tui.tag_suggestions import Suggestion


class TagKeeping(Picking, GoingBack):
    """Actions upon tags themselves, and what the dialog of tags needs to know."""

    def tag_picker(
        self,
        title: str,
        own: Sequence[str],
        *,
        one: bool = False,
        new: bool = True,
        nothing: str = "",
    ) -> TagPicker:
        """Make the dialog that offers tags, for the open article or something in it."""
        from collections import Counter

        from tui.screens.tag_picker import TagPicker
        from tui.tag_ranking import ranked

        counts = Counter(tag for marks in self.shelf.marks.values() for tag in marks.tags)
        names = [*self.notebook.tag_names(), *counts]
        return TagPicker(
            title,
            counts,
            own,
            order=ranked(names, self.notebook.tag_uses(), datetime.now(UTC)),
            colours=self.notebook.tag_colours(),
            suggest=None if one else self.suggested_tags,
            one=one,
            new=new,
            nothing=nothing,
        )

    async def suggested_tags(self) -> Sequence[Suggestion]:
        """Tags that may fit the open article; worked out beside the thread that draws."""
        from tui.tag_suggestions import Tagged, suggest

        article, issue, shelf = self.article, self.issue, self.shelf
        if article is None or issue is None:
            return ()
        names = self.notebook.tag_names()

        def work() -> Sequence[Suggestion]:
            tags = {key: marks.tags for key, marks in shelf.marks.items() if marks.tags}
            titles = {
                (each.id, entry.id): entry.title
                for each in shelf.issues
                for entry in each.articles()
            }
            shared = self.books.names_shared(issue.id, article.id)
            key = (issue.id, article.id)
            return suggest(article, key, [*names], shared, Tagged(tags, titles))

        return await asyncio.to_thread(work)

    def action_tags(self) -> None:
        """Show all tags; what is chosen there filters the list."""
        self.with_reviewer(self._show_tags)

    def _show_tags(self) -> None:
        from tui.screens.tags import Tags

        def chosen(name: str | None) -> None:
            if name is not None:
                self.filter_by_tag(name)

        self.app.push_screen(Tags(self, self.notebook.tallies()), chosen)

    def filter_by_tag(self, name: str) -> None:
        """List the articles that have a tag, or one below it."""
        self.bring("library")
        self.filter_field.display = True
        self.filter_field.value = f"#/{name.replace(' ', '_')}/"
        self.set_focus(self.sidebar)

    async def change_tag_definitions(self, act: Callable[[Store], object]) -> bool:
        """Change tags themselves, durably, and show what became of it; tell whether it is saved."""
        why = await self.notebook.change_definitions(act)
        self.refresh_marks()
        if why:
            self.say(tr("Nothing was changed: {why}").format(why=why), alarm=True)
        return not why
