"""What found no place in the library: grouped for a list, with the places where it may belong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from annotations.model import Annotation, ArticleRef, Selector
    from annotations.placing import IssueWork
    from annotations.store import Store
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article

Why = Literal["article", "passage", "issue", "line"]
MOST = 9
"""Candidates that are shown: as many as there are digits."""
_AROUND = 24  # code points of context shown on each side of a candidate


@dataclass(frozen=True, slots=True)
class Lost:
    """Annotations that found no place, and why: their article, passage, issue or line is not there.

    `home` is the id of the issue of the library on which they are; "" for those whose issue is
    not in the library. Several are all that was on one article; the first stands for them.
    """

    why: Why
    annotations: tuple[Annotation, ...]
    home: str = ""

    @property
    def first(self) -> Annotation:
        """The annotation that stands for all."""
        return self.annotations[0]

    @property
    def key(self) -> tuple[str, ...]:
        """Tell this from all others; two sides of a tie between devices share their id."""
        return tuple(f"{one.id} {one.device}" for one in self.annotations)


@dataclass(frozen=True, slots=True)
class Choice:
    """Where lost annotations may belong: an article, and a passage of it for those of a passage.

    `text` is what would be marked, between `before` and `after`; for an article its beginning.
    """

    article: ArticleRef
    score: float
    text: str
    before: str = ""
    after: str = ""
    selector: Selector | None = None
    title: str = ""
    """What the article is called; "": as it is printed."""

    @property
    def named(self) -> str:
        """The title that is shown."""
        return self.title or self.article.title


def lost_passages(work: IssueWork) -> tuple[Annotation, ...]:
    """Return the annotations whose article is there and whose passage is not.

    Notes on a highlight go with it. Of corrections of mentions only those of one place count: the
    others hold wherever their words stand.
    """
    from annotations.model import MentionBody

    ids = {one.id for one in work.lost}
    return tuple(
        one
        for one in work.lost
        if one.target.annotation not in ids
        and not (isinstance(one.body, MentionBody) and one.body.scope != "here")
    )


def lost_articles(home: str, annotations: Iterable[Annotation]) -> Iterator[Lost]:
    """Group what has lost its article by that: all of an article first, then each of several."""
    groups: dict[str, list[Annotation]] = {}
    for one in annotations:
        if one.target.article is None:
            yield Lost("line", (one,), home)
        else:
            groups.setdefault(one.target.article.id, []).append(one)
    for group in groups.values():
        yield Lost("article", tuple(group), home)
        if len(group) > 1:
            yield from (Lost("article", (one,), home) for one in group)


def chosen_place(article: ArticleRef, selector: Selector) -> Choice:
    """Make a place of words that the reader selected."""
    before, after = selector.prefix[-_AROUND:], selector.suffix[:_AROUND]
    return Choice(article, 1.0, selector.exact, before, after, selector)


def choices(
    lost: Lost, issue: IssueOutline, lookup: Callable[[str, str], Article | None]
) -> tuple[Choice, ...]:
    """Rank the places of an issue where lost annotations may belong; at most `MOST`, best first.

    A single passage is looked for in all articles, which takes some time; all else is ranked by
    the likeness of titles and leads.
    """
    from annotations.anchors import ArticleKey
    from annotations.likeness import similar_articles

    refs = _refs(issue)
    selector = lost.first.target.selector
    if len(lost.annotations) == 1 and selector is not None:
        return tuple(_passages(selector, issue, refs, lookup))
    ref = lost.first.target.article
    if ref is None:
        return ()
    keys = [ArticleKey(one.id, one.title, one.lead) for one in issue.articles()]
    ranked = similar_articles(ref, keys, MOST)
    return tuple(Choice(refs[one.article], one.score, refs[one.article].lead) for one in ranked)


def attach(
    store: Store, lost: Lost, choice: Choice, lookup: Callable[[str, str], Article | None]
) -> tuple[Annotation, ...]:
    """Store that lost annotations belong there now; return their new revisions."""
    from annotations.model import article_ref

    found = lookup(lost.home, choice.article.id)
    here = choice.article
    if found is not None:
        here = article_ref(found, here.section, here.position)
    if choice.selector is not None:
        return (store.reattach(lost.first, choice.selector, here),)
    with store.batch("reattach"):
        return tuple(
            store.put(replace(one, target=replace(one.target, article=here)))
            for one in lost.annotations
        )


def take_back(
    store: Store, before: Sequence[Annotation], after: Sequence[Annotation]
) -> tuple[Annotation, ...]:
    """Store that re-attached annotations are where they were before; return these revisions."""
    kept: list[Annotation] = []
    with store.batch("detach"):
        for old, new in zip(before, after, strict=True):
            target = old.target
            moved = target.selector is not None and target.selector != new.target.selector
            if moved and target.selector is not None and target.article is not None:
                kept.append(store.reattach(new, target.selector, target.article))
            else:
                kept.append(store.put(replace(new, target=target)))
    return tuple(kept)


def by_issue(waiting: Iterable[Annotation]) -> Mapping[str, tuple[Annotation, ...]]:
    """Group annotations by the ids of their issues."""
    groups: dict[str, list[Annotation]] = {}
    for one in waiting:
        groups.setdefault(one.target.issue.id, []).append(one)
    return {name: tuple(group) for name, group in groups.items()}


def _passages(
    selector: Selector,
    issue: IssueOutline,
    refs: Mapping[str, ArticleRef],
    lookup: Callable[[str, str], Article | None],
) -> Iterator[Choice]:
    from annotations.healing import candidates_in_issue
    from annotations.mention_spots import text_at
    from annotations.spans import place_selector
    from bulletins.model import Place

    asked = (lookup(issue.id, name) for name in refs)
    articles = {article.id: article for article in asked if article is not None}
    for one in candidates_in_issue(selector, articles.values(), MOST):
        article, anchor = articles[one.article], one.anchor
        place = Place(anchor.start, anchor.end, anchor.block, anchor.footnote)
        text = text_at(article, place)
        yield Choice(
            refs[one.article],
            anchor.score,
            text[anchor.start : anchor.end],
            text[max(0, anchor.start - _AROUND) : anchor.start],
            text[anchor.end : anchor.end + _AROUND],
            place_selector(article, place),
        )


def listed_refs(issue: IssueOutline) -> Iterator[ArticleRef]:
    """Yield what lists know of the articles of an issue, as annotations refer to them."""
    from annotations.model import ArticleRef

    pairs = [(part.title, one) for part in issue.sections for one in part.articles]
    for at, (section, one) in enumerate(pairs):
        yield ArticleRef(
            one.id,
            one.title,
            section=section,
            position=at,
            lead=one.lead,
            page=one.page,
            authors=one.authors,
            date=one.date,
        )


def _refs(issue: IssueOutline) -> dict[str, ArticleRef]:
    return {ref.id: ref for ref in listed_refs(issue)}
