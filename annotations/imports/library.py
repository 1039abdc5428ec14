"""Find what a file names only by its words: the article with a text, the place of a quote."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from annotations.fold import fold
from annotations.healing import Healer
from annotations.imports.incoming import Brought, Incoming, LabelledText, derived_id
from annotations.model import (
    Annotation,
    ArticleRef,
    IssueRef,
    Selector,
    StoreError,
    TagBody,
    Target,
    article_refs,
    issue_ref,
)
from annotations.spans import ArticleText, span_selector
from bulletins.said import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bulletins.model import Article, Issue

_MOST_PLACES = 1000  # of one quote in one article


class Shelf(Protocol):
    """The bulletins at hand."""

    def issue(self, ref: IssueRef) -> Issue | None:
        """Return an issue, or the one that took its place."""

    def issues(self) -> Iterator[Issue]:
        """Yield all."""


def find_places(
    brought: Brought, shelf: Shelf, progress: Callable[[], None] = lambda: None
) -> Brought:
    """Return what was brought with everything in its place; what has none is among the problems.

    A text is that of one article, word for word. A quote is taken where it stands exactly or
    unchanged but for width, blanks and punctuation, and only if that is in one place. The library
    is gone through only if something names no issue. `progress` is called after each item.
    """
    places = _Places(shelf)
    incoming: list[Incoming] = []
    problems = list(brought.problems)
    tags = Brought(tags=list(brought.tags))
    for one in brought.incoming:
        try:
            incoming.append(places.of(one) if one.unplaced else one)
        except StoreError as error:
            problems.append(Said("{where}: {why}", where=one.where, why=error))
        progress()
    for text in brought.texts:
        try:
            incoming += places.labels(text, tags)
        except StoreError as error:
            problems.append(Said("{where}: {why}", where=text.where, why=error))
        progress()
    return replace(brought, incoming=incoming, problems=problems, tags=tags.tags, texts=[])


class _Shelved:
    """An article at hand, its text, and the text as it is compared."""

    def __init__(self, issue: Issue, ref: ArticleRef, article: Article) -> None:
        self.issue = issue
        self.ref = ref
        self.article = article
        self.whole = ArticleText(article)

    @cached_property
    def folded(self) -> str:
        return fold(self.whole.text).text

    def spans(self, wanted: Selector) -> list[tuple[int, int, bool]]:
        """Return where the quote stands, and whether that has the words beside it too."""
        text, exact = self.whole.text, wanted.exact
        found: list[tuple[int, int, bool]] = []
        at = text.find(exact)
        while at >= 0 and len(found) < _MOST_PLACES:
            end = at + len(exact)
            beside = text.endswith(wanted.prefix, 0, at) and text.startswith(wanted.suffix, end)
            found.append((at, end, beside))
            at = text.find(exact, at + 1)
        if found:
            return found
        anchor = Healer(self.article).heal(wanted)
        bounds = self.whole.block_span(anchor.block)
        if anchor.status not in ("exact", "moved") or bounds is None:
            return []
        return [(bounds[0] + anchor.start, bounds[0] + anchor.end, False)]

    def selector(self, start: int, end: int) -> Selector:
        """Return the selector of a span of the whole text. Raises StoreError over a border."""
        block, low, high = self.whole.locate(start, end)
        if high - low < end - start or low == high:
            raise StoreError("the passage goes over the border of a paragraph")
        return span_selector(self.article, block, low, high)

    def target(self, selector: Selector | None) -> Target:
        return Target(issue_ref(self.issue), self.ref, selector)


class _Places:
    """The articles at hand, read when they are asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._issues: dict[str, list[_Shelved]] = {}

    @cached_property
    def _all(self) -> list[_Shelved]:
        return [one for issue in self._shelf.issues() for one in _articles(issue)]

    @cached_property
    def _texts(self) -> dict[str, list[tuple[_Shelved, int]]]:
        """Articles by their text, with and without the title, and where that begins."""
        found: dict[str, list[tuple[_Shelved, int]]] = {}
        for one in self._all:
            body = one.whole.block_span(0)
            for start in {0, body[0]} if body else {0}:
                found.setdefault(one.whole.text[start:], []).append((one, start))
        return found

    def of(self, one: Incoming) -> Incoming:
        """Put one annotation in its place. Raises StoreError if it has none."""
        target = one.annotation.target
        if target.article is None and target.selector is None:
            issue = self._shelf.issue(target.issue)
            return _placed(one, Target(issue_ref(issue)) if issue else target)
        near = self._near(target)
        if target.selector is None:
            if len(near) != 1:
                raise StoreError("its article was not found")
            return _placed(one, near[0].target(None))
        folded = fold(target.selector.exact).text
        found = [
            (shelved, span)
            for shelved in near
            if target.selector.exact in shelved.whole.text or (folded and folded in shelved.folded)
            for span in shelved.spans(target.selector)
        ]
        found = [one for one in found if one[1][2]] or found
        if len(found) != 1:
            if found:
                raise StoreError("its quote stands in {count} places; not placed", count=len(found))
            raise StoreError("its quote was not found in the bulletins at hand; not placed")
        shelved, (start, end, _) = found[0]
        return _placed(one, shelved.target(shelved.selector(start, end)))

    def labels(self, text: LabelledText, tags: Brought) -> list[Incoming]:
        """Return an annotation for each label of a text. Raises StoreError."""
        wanted = text.text.replace("\r\n", "\n") if not text.spans else text.text
        found = self._texts.get(wanted) or self._texts.get(wanted.rstrip("\n"), [])
        if len(found) != 1:
            if found:
                raise StoreError("several articles have this text; its labels are not placed")
            raise StoreError("no article at hand has this text; its labels are not placed")
        shelved, base = found[0]
        made: list[Incoming] = []
        for start, end, label in text.spans:
            selector = shelved.selector(base + start, base + end)
            made.append(_labelled(shelved, selector, label, text.where, tags))
        return made + [_labelled(shelved, None, label, text.where, tags) for label in text.labels]

    def _near(self, target: Target) -> list[_Shelved]:
        """Return the articles that a target may mean."""
        if not target.issue.id:
            return self._all
        if target.issue.id not in self._issues:
            issue = self._shelf.issue(target.issue)
            self._issues[target.issue.id] = _articles(issue) if issue else []
        near = self._issues[target.issue.id]
        if not near:
            raise StoreError("its bulletin is not at hand; name its file as well, with --bulletin")
        if target.article is None:
            return near
        same = [one for one in near if target.article and one.ref.id == target.article.id]
        return same or (near if target.selector else [])


def _articles(issue: Issue) -> list[_Shelved]:
    pairs = zip(article_refs(issue), issue.articles(), strict=True)
    return [_Shelved(issue, ref, article) for ref, article in pairs]


def _placed(one: Incoming, target: Target) -> Incoming:
    return replace(one, annotation=replace(one.annotation, target=target), unplaced=False)


def _labelled(
    shelved: _Shelved, selector: Selector | None, label: str, where: str, tags: Brought
) -> Incoming:
    tag = tags.tag_named(label)
    target = shelved.target(selector)
    place = selector and (selector.block, selector.start, selector.end)
    name = derived_id("label", target.issue.id, shelved.ref.id, place, label)
    annotation = Annotation(name, target, TagBody(tag.id, label), revision=1)
    return Incoming(annotation, where, "foreign")
