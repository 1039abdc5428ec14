"""The passages of one issue's annotations: in which article each stands now, and where in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.anchors import LEAST_LEAD, place
from annotations.healing import MARGIN, ORPHAN, Healer
from annotations.model import IssueRef, MentionBody, StarBody, new_annotation
from annotations.text import fold_text
from annotations.view import Views, same_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotations.anchors import ArticleKey, Placed
    from annotations.healing import Anchor
    from annotations.model import Annotation, ArticleRef, Selector, Target
    from bulletins.model import Article, Issue

_PIECE = 8  # characters of a quote that are the same where it was only moved
_BEGINNING = 32  # folded code points of a lead: the rest may have been read otherwise
_NO_ISSUE = IssueRef("", "")
_SURE = 0.8  # score of a passage by which alone an article is known again


class Passages:
    """Finds passages in the articles of one issue, each once for as long as it lives.

    `lookup` gives an article by id, None if it can't be had; it is asked only for articles that
    have passages, or for all when a passage has lost its article. Not safe for threads.
    """

    def __init__(
        self, lookup: Callable[[str], Article | None], articles: Sequence[str] = ()
    ) -> None:
        self.views = Views()
        """What was summed up of the articles in which they stand."""
        self._lookup = lookup
        self._articles = articles
        self._healers: dict[str, Healer | None] = {}
        self._found: dict[tuple[str, Selector], Anchor] = {}
        self._homes: dict[tuple[Selector, bool], str | None] = {}
        self._joined: dict[tuple[str, str], str | None] = {}
        self._folded: dict[str, str] | None = None
        self._known: dict[str, tuple[Annotation, str | None, str | None]] = {}
        self._groups: dict[str, tuple[tuple[Annotation, ...], dict[Target, Anchor]]] = {}

    def anchor(self, selector: Selector, article_id: str) -> Anchor:
        """Find a passage in an article."""
        key = (article_id, selector)
        found = self._found.get(key)
        if found is None:
            healer = self._healer(article_id)
            found = self._found[key] = healer.heal(selector) if healer else ORPHAN
        return found

    def home(
        self, annotation: Annotation, found: str | None = None, sure: bool = True
    ) -> str | None:
        """Return the one article in which an annotation's passage surely stands, else `found`.

        `found` is the article that its reference means, which may have been divided since. Where
        there is none, or not surely, it is the one that its article was joined to.
        """
        selector, body = annotation.target.selector, annotation.body
        if (found is None or not sure) and annotation.target.article is not None:
            found = self._joined_to(annotation.target.article) or found
        if selector is None or (isinstance(body, MentionBody) and body.scope != "here"):
            return found
        known = self._known.get(annotation.id)
        if known is None or known[0] is not annotation or known[1] != found:
            home = self._home(selector, found)
            known = self._known[annotation.id] = annotation, found, home
        return known[2]

    def _home(self, selector: Selector, found: str | None) -> str | None:
        if found is not None and self.anchor(selector, found).status != "orphan":
            return found
        asked = selector, found is None
        if asked not in self._homes:
            names = [
                name for name in self._articles if found is None or self._holds(name, selector)
            ]
            anchors = ((self.anchor(selector, name).score, name) for name in names)
            ranked = sorted(anchors, key=lambda one: -one[0])[:2]
            sure = bool(ranked) and ranked[0][0] >= _SURE
            alone = len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= MARGIN
            self._homes[asked] = ranked[0][1] if sure and alone else None
        return self._homes[asked] or found

    def article(self, ref: ArticleRef, articles: Sequence[ArticleKey]) -> str | None:
        """Return the article that a reference means, else the one it was joined to, else None."""
        placed = place([new_annotation(StarBody(), _NO_ISSUE, ref)], articles, self.home)
        return next(iter(placed.by_article), None)

    def _joined_to(self, ref: ArticleRef) -> str | None:
        """Return the one article whose text holds the beginning of what is referred to."""
        asked = ref.title, ref.lead
        if asked not in self._joined:
            lead, title = fold_text(ref.lead)[:_BEGINNING], fold_text(ref.title)
            wanted = lead if len(lead) >= LEAST_LEAD else title
            if self._folded is None:
                self._folded = {
                    name: fold_text(healer.whole.text)
                    for name in self._articles
                    if (healer := self._healer(name))
                }
            names = [name for name, text in self._folded.items() if wanted in text]
            one = len(names) == 1 and len(wanted) >= LEAST_LEAD
            self._joined[asked] = names[0] if one else None
        return self._joined[asked]

    def _holds(self, article_id: str, selector: Selector) -> bool:
        """Tell whether an article holds the middle of a quote: looking closer takes longer."""
        healer, exact = self._healer(article_id), selector.exact
        first = max(0, len(exact) - _PIECE) // 2
        return healer is not None and exact[first : first + _PIECE] in healer.whole.text

    def anchors(self, placed: Placed) -> dict[Target, Anchor]:
        """Return where the passages of placed annotations are, by what the annotations are about.

        Those whose article is lost are orphans.
        """
        found: dict[Target, Anchor] = {}
        for one in placed.orphans:
            if one.target.selector is not None:
                found[one.target] = ORPHAN
        for name, group in placed.by_article.items():
            before, anchors = self._groups.get(name, ((), {}))
            if not same_objects(before, group):
                anchors = {
                    one.target: self.anchor(one.target.selector, name)
                    for one in group
                    if one.target.selector is not None
                }
                self._groups[name] = group, anchors
            found.update(anchors)
        return found

    def _healer(self, article_id: str) -> Healer | None:
        if article_id not in self._healers:
            article = self._lookup(article_id)
            self._healers[article_id] = None if article is None else Healer(article)
        return self._healers[article_id]


def passages_of(issue: Issue) -> Passages:
    """Return what finds passages in an issue at hand."""
    articles = {one.id: one for one in issue.articles()}
    return Passages(articles.get, tuple(articles))
