"""Back, and forth again: undo and redo, and where it shows what they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.locale import ntr, tr
from tui.screens.main.annotating import Annotating

if TYPE_CHECKING:
    from tui.undoing import Turned


class GoingBack(Annotating):
    """Actions upon what was done, of whichever day."""

    @work
    async def action_undo(self) -> None:
        await self._go_back(again=False)

    @work
    async def action_redo(self) -> None:
        await self._go_back(again=True)

    async def _go_back(self, *, again: bool) -> None:
        from tui.undoing import words

        done, why = await self.notebook.turn(again=again) if self.notebook.reviewer else (None, "")
        if done is None:
            nothing = tr("There is nothing to redo.") if again else tr("There is nothing to undo.")
            self.say(why or nothing, alarm=bool(why))
            return
        self.refresh_marks()
        self._show_place(done)
        where = done.what.about
        more = len(done.places) - 1
        if more > 0:
            where += " " + ntr("and {n} more article", "and {n} more articles", more)
        said = tr("Done again: {what} · {where}") if again else tr("Undone: {what} · {where}")
        self.say(said.format(what=words(done.what.label), where=where))

    def _show_place(self, done: Turned) -> None:
        """Show the article that was changed, unless the open one is among them, and the passage."""
        if not done.places:
            return
        here = (self.issue.id, self.article.id) if self.issue and self.article else None
        if here not in done.places:
            self.open_article(*done.places[0])
        if done.passage is None or self.article is None or self.article.id != done.places[0][1]:
            return
        from annotations.mention_spots import find_place

        place = find_place(self.article, done.passage)
        if place is not None:
            self.pane.show_mention(place)
