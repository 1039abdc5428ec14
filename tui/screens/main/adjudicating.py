"""Disagreements among reviewers: one after the other, decided by a key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from bulletins.model import Place
from tui.locale import tr
from tui.screens.main.reviewing import Reviewing

if TYPE_CHECKING:
    from tui.disagreements import Disagreement
    from tui.screens.adjudicate import Verdict


class Adjudicating(Reviewing):
    """Steps through what reviewers differ in; each choice becomes work of one's own."""

    _passed: tuple[object, ...] | None = None
    """The disagreement that was shown last."""

    def action_next_disagreement(self) -> None:
        """Show the next disagreement, from the open article on and round the library."""
        self.with_reviewer(self._ask_next)

    @work(exclusive=True, group="disagreement")
    async def _ask_next(self) -> None:
        """Find the next disagreement away from the thread that draws, and show it."""
        own = self.notebook.reviewer
        if not own or self.finished:
            return
        walk = [(issue_id, article_id) for issue_id, _, article_id in self.article_walk()]
        issues = self.shelf.issues
        left = await self.reviewers.disagreements(own, issues, walk)
        self.refresh_reviewers()
        if not left:
            nobody = tr("Nobody else has annotated these issues.")
            agreed = tr("There is no disagreement left to decide.")
            if self.query_text:
                agreed = tr("No disagreement is left among the filtered articles.")
            self.say(agreed if self.reviewers.chosen else nobody)
            return
        at = self._next_of(left, walk)
        self._passed = left[at].key
        self._show_disagreement(left[at], (at + 1, len(left)), own)

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

    def _show_disagreement(self, one: Disagreement, at: tuple[int, int], own: str) -> None:
        from tui.screens.adjudicate import Adjudicate, about_words, options_of

        if self.article is None or self.article.id != one.article_id:
            self.open_article(one.issue_id, one.article_id)
        place = one.question.range()
        if place is not None and (place[0] is None or place[0] >= 0):
            self.pane.show_mention(Place(place[1], place[2], place[0]))
        names = {
            each.name: (f"{each.sign} {each.name}", each.tone) for each in self.reviewers.people
        }

        def decided(verdict: Verdict | None) -> None:
            if verdict is not None and verdict.act == "take":
                self._decide(one, verdict.choice)
            elif verdict is not None:
                self._ask_next()

        options = options_of(one.question, names, own)
        self.app.push_screen(Adjudicate(about_words(one.question), at, options), decided)

    @work
    async def _decide(self, one: Disagreement, choice: str) -> None:
        """Keep a decision, and go on to the next disagreement."""
        from annotations.adjudication import settle

        target, article = self.target(), self.printed
        if target is None or article is None or target[1].id != one.article_id:
            return
        question = one.question
        if await self.change(
            one.issue_id, lambda store: settle(store, *target, article, question, choice)
        ):
            self._ask_next()


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
