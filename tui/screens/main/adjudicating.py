"""Disagreements among reviewers: one after the other, decided by a key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.locale import tr
from tui.screens.main.base import NARROW
from tui.screens.main.reviewing import Reviewing

if TYPE_CHECKING:
    from tui.disagreements import Disagreement
    from tui.screens.adjudicate import Adjudicate


class Adjudicating(Reviewing):
    """Steps through what reviewers differ in; each choice becomes work of one's own."""

    _passed: tuple[object, ...] | None = None
    """The disagreement that was shown last."""

    def action_next_disagreement(self) -> None:
        """Show the next disagreement, from the open article on and round the library."""
        self.with_reviewer(self._open_disagreements)

    def _open_disagreements(self) -> None:
        # At once: keys that come next belong to the dialog, whatever it takes to fill it.
        from tui.screens.adjudicate import Adjudicate

        dialog = Adjudicate(
            lambda choice: self._decide(dialog, choice), lambda: self._ask_next(dialog)
        )
        self.app.push_screen(dialog)
        self._ask_next(dialog)

    @work(exclusive=True, group="disagreement")
    async def _ask_next(self, dialog: Adjudicate) -> None:
        """Find the next disagreement away from the thread that draws, and show it."""
        own = self.notebook.reviewer
        if not own or self.finished:
            return
        walk = [(issue_id, article_id) for issue_id, _, article_id in self.article_walk()]
        left = await self.reviewers.disagreements(own, self.shelf.issues, walk)
        self.refresh_reviewers()
        if not dialog.is_current:
            return
        if not left:
            dialog.dismiss(None)
            self.say(self._why_none())
            return
        at = self._next_of(left, walk)
        self._asked, self._passed = left[at], left[at].key
        self._show_disagreement(dialog, left[at], (at + 1, len(left)), own)

    _asked: Disagreement | None = None

    def _why_none(self) -> str:
        if not self.reviewers.chosen:
            return tr("Nobody else has annotated these issues.")
        if self.query_text:
            return tr("No disagreement is left among the filtered articles.")
        return tr("There is no disagreement left to decide.")

    def _next_of(self, left: list[Disagreement], walk: list[tuple[str, str]]) -> int:
        """The first behind what was shown last, if that is of the open article; else from here."""
        open_article = (self.issue.id, self.article.id) if self.issue and self.article else ("", "")
        places = {where: number for number, where in enumerate(walk)}
        here = places.get(open_article, -1)
        passed = self._passed if self._passed and self._passed[:2] == open_article else None
        keys = [one.key for one in left]
        if passed in keys:
            return (keys.index(passed) + 1) % len(left)
        for number, one in enumerate(left):
            where = places[one.issue_id, one.article_id]
            if where > here or (where == here and (passed is None or _behind(one.key, passed))):
                return number
        return 0

    def _show_disagreement(
        self, dialog: Adjudicate, one: Disagreement, at: tuple[int, int], own: str
    ) -> None:
        from tui.screens.adjudicate import about_words, options_of

        if self.article is None or self.article.id != one.article_id:
            self.open_article(one.issue_id, one.article_id)
        if self.app.size.width < NARROW:
            self.bring("reading")  # what is asked stands in the text
        place = one.question.range()
        if place is not None and (place[0] is None or place[0] >= 0):
            from bulletins.model import Place  # not before the first frame

            self.pane.show_mention(Place(place[1], place[2], place[0]))
        names = {
            each.name: (f"{each.sign} {each.name}", each.tone) for each in self.reviewers.people
        }
        dialog.ask(about_words(one.question), at, options_of(one.question, names, own))

    @work
    async def _decide(self, dialog: Adjudicate, choice: str) -> None:
        """Keep a decision, and go on to the next disagreement."""
        from annotations.adjudication import settle

        one, target, article = self._asked, self.target(), self.printed
        if one is None or target is None or article is None or target[1].id != one.article_id:
            dialog.again()
            return
        question = one.question
        if await self.change(
            one.issue_id, lambda store: settle(store, *target, article, question, choice)
        ):
            self._ask_next(dialog)
        else:
            dialog.again()


def _behind(key: tuple[object, ...], passed: tuple[object, ...]) -> bool:
    """Tell whether a question of an article comes after another one of it, decided by now."""
    return _rank(key) > _rank(passed)


def _rank(key: tuple[object, ...]) -> tuple[object, ...]:
    order = ("tags", "status", "passage").index(str(key[2]))
    place = key[3]
    if not isinstance(place, tuple):
        return (order,)
    block, start, end = place
    return order, -1 if block is None else block, start, end
