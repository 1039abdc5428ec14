"""How well passages are found again in an issue whose articles were divided otherwise.

Another reading may end an article where this one went on, join two, or give one another title.
Then the passage has to be found in the right article of the issue, or, if it was taken out, in
none.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from annotations.anchors import article_keys, place
from annotations.model import Annotation, HighlightBody, IssueRef, Target, article_refs
from annotations.passages import passages_of
from annotations.spans import span_selector
from benchmarks import changes
from benchmarks.changes import text_of
from bulletins.model import Issue, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from benchmarks.changes import Draft
    from bulletins.model import Article

KINDS = ("split", "joined", "retitled", "elsewhere")
_LEAST = 3  # blocks of an article that is split


class Rearranged:
    """Passages of the articles of some issues, and those issues divided otherwise."""

    def __init__(self, issues: Sequence[Issue], random: Random) -> None:
        self._issues = [
            [one for one in issue.articles() if len(one.blocks) >= _LEAST] for issue in issues
        ]
        self._issues = [articles for articles in self._issues if len(articles) > 1]
        self._random = random

    def __bool__(self) -> bool:
        return bool(self._issues)

    def counts(self, length: int, rounds: int) -> dict[str, dict[str, Counter[str]]]:
        """Return verdicts by kind, for passages that stay and ("gone") that were deleted."""
        found: dict[str, dict[str, Counter[str]]] = {
            kind: {"stay": Counter(), "gone": Counter()} for kind in KINDS
        }
        for number in range(rounds):
            kind = KINDS[number % len(KINDS)]
            for which in ("stay", "gone"):
                found[kind][which][self._trial(kind, length, deleted=which == "gone")] += 1
        return found

    def _trial(self, kind: str, length: int, *, deleted: bool) -> str:
        random = self._random
        while True:
            articles = random.choice(self._issues)
            at = random.randrange(1, len(articles))
            draft = changes.draft_of(articles[at])
            parts = [i for i, part in enumerate(draft) if i > 1 and len(part) >= length]
            if parts:
                break
        index = random.choice(parts)
        start = random.randint(0, len(draft[index]) - length)
        numbers = {number for _, number in draft[index][start : start + length]}
        selector = span_selector(articles[at], index - 1, start, start + length)
        words = text_of(draft[index])[start : start + length].strip()
        after = deepcopy(draft)
        if deleted:
            changes.delete(after, numbers, random)
        issue = _issue([*articles[:at], *self._divided(kind, articles, at, after, index)])
        ref = article_refs(_issue(articles))[at]
        mark = Annotation("a", Target(IssueRef("i", "i.txt"), ref, selector), HighlightBody("red"))
        passages = passages_of(issue)
        placed = place([mark], article_keys(issue), passages.home)
        anchor = passages.anchors(placed)[mark.target]
        if anchor.status == "orphan":
            return "orphan"
        (home,) = placed.by_article
        article = next(one for one in issue.articles() if one.id == home)
        text = article.title if anchor.block is None else article.blocks[anchor.block].text
        right = not deleted and text[anchor.start : anchor.end].strip() == words
        return "right" if right else "wrong"

    def _divided(
        self, kind: str, articles: Sequence[Article], at: int, draft: Draft, index: int
    ) -> list[Article]:
        """Return the article that was marked, divided otherwise, and those after it."""
        here, rest = _made(articles[at], draft), list(articles[at + 1 :])
        if kind == "split":
            cut = self._random.randint(1, max(1, min(index - 1, len(here.blocks) - 1)))
            title = here.blocks[cut - 1].text[:20]
            second = replace(here, id="second", title=title, blocks=here.blocks[cut:])
            return [replace(here, blocks=here.blocks[:cut]), second, *rest]
        if kind == "joined" and rest:
            return [replace(here, id="both", title="要闻", blocks=here.blocks + rest[0].blocks)]
        if kind == "retitled":
            return [replace(here, id="other", title=self._random.choice(articles).title[::-1])]
        return [*rest, here]


def _made(article: Article, draft: Draft) -> Article:
    return replace(article, blocks=changes.article_of(draft).blocks)


def _issue(articles: Sequence[Article]) -> Issue:
    path = str(PurePath("i.txt"))
    return Issue("i", path, "general", 1.0, (Section("", tuple(articles)),))
