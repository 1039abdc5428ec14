"""Decide where others disagree: the choice becomes work of one's own, with what it was made upon.

What was decided is an annotation of the kind `adjudication`; see docs/formats.md. It is a body of
plain data, so that every version keeps and exports it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotations.model import (
    STATUSES,
    HighlightBody,
    OtherBody,
    Target,
    new_annotation,
)
from annotations.reviews import place
from annotations.spans import span_selector
from annotations.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.disagreement import Question, Side
    from annotations.model import Annotation, ArticleRef, IssueRef
    from annotations.reviews import Span
    from annotations.store import Store
    from bulletins.model import Article

KIND = "adjudication"
NEITHER, BOTH = "", "*"
"""Choices that are no reviewer's name."""


def is_settled(question: Question, decisions: Iterable[Annotation], own: str) -> bool:
    """Tell whether one of `decisions` was made upon what the others say to this question now.

    What oneself says does not count: it may be what followed from the decision.
    """
    for one in decisions:
        body = one.body
        if isinstance(body, OtherBody) and body.kind == KIND:
            said = body.data.get("said")
            if body.data.get("about") == question.about and isinstance(said, dict):
                if question.about == "tags":
                    settled = _decided_tags(question, said, own)
                else:
                    settled = _decided(question, said, body.data.get("annotations"), own)
                if settled:
                    return True
    return False


def _decided(question: Question, said: Mapping[str, Any], about: object, own: str) -> bool:
    """Tell whether all others say what they said; the same words may be marked twice."""
    others = [side for side in question.sides if side.reviewer != own]
    before = {name: what for name, what in said.items() if name != own}
    known = set(map(str, about)) if isinstance(about, list) else set()
    passages = {name for side in others for name in side.annotations}
    return before == {side.reviewer: side.said for side in others} and passages <= known


def _decided_tags(question: Question, said: Mapping[str, Any], own: str) -> bool:
    """Tell whether each tag in dispute was in dispute then, and put by the same others.

    What oneself took over from others then is in dispute no more, what they did not take is.
    """
    then = {
        name: {fold_name(str(tag)) for tag in tags} if isinstance(tags, list) else set()
        for name, tags in said.items()
    }
    now = {side.reviewer: set(map(fold_name, side.tags)) for side in question.sides}
    others = now.keys() - {own}
    disputed = set().union(*now.values())
    return (
        others == then.keys() - {own}
        and disputed <= set().union(*then.values())
        and all((tag in then[name]) == (tag in now[name]) for name in others for tag in disputed)
    )


def settle(
    store: Store,
    issue: IssueRef,
    article_ref: ArticleRef,
    article: Article,
    question: Question,
    choice: str,
) -> Annotation:
    """Make the choice one's own work, in one operation; return what says that it was made.

    `choice` is a reviewer who has a side, or NEITHER, or BOTH. Disputed tags are put and taken
    off, the status is set, passages are marked as that reviewer marked them; each copy says in its
    field `adjudicated` what it is a copy of. Raises StoreError, and then nothing is changed, and
    KeyError for a reviewer without a side.
    """
    chosen: Sequence[Side] = ()
    if choice == BOTH:
        chosen = question.sides
    elif choice != NEITHER:
        chosen = (question.side(choice),)
    with store.batch("adjudicate"):
        if chosen and question.about == "tags":
            _take_tags(store, issue, article_ref, question, chosen)
        elif chosen and question.about == "status":
            status = next(one for one in STATUSES if one == chosen[0].status)
            store.set_status(issue, article_ref, status)
        elif chosen:
            _take_passages(store, (issue, article_ref, article), question, chosen)
        return store.put(
            new_annotation(OtherBody(KIND, _data(question, choice)), issue, article_ref)
        )


def _take_tags(
    store: Store, issue: IssueRef, article: ArticleRef, question: Question, chosen: Sequence[Side]
) -> None:
    wanted = {tag: None for side in chosen for tag in side.tags}
    for tag in wanted:
        store.tag(issue, article, tag)
    for side in question.sides:
        for tag in side.tags:
            if tag not in wanted:
                store.untag(issue, article, tag)


def _take_passages(
    store: Store,
    where: tuple[IssueRef, ArticleRef, Article],
    question: Question,
    chosen: Sequence[Side],
) -> None:
    own = next((s.spans for s in question.sides if s.reviewer == store.reviewer), ())
    wanted = {(*place(span), span.colour): span for side in chosen for span in side.spans}
    kept = {(*place(span), span.colour) for span in own}
    for span in own:
        if (*place(span), span.colour) not in wanted:
            store.delete(span.annotation)
    for key, span in wanted.items():
        if key not in kept:
            store.put(_copy(span, *where))


def _copy(span: Span, issue: IssueRef, article_ref: ArticleRef, article: Article) -> Annotation:
    """Return a highlight of one's own where another's passage stands now."""
    theirs = span.annotation
    selector = theirs.target.selector
    if span.block is None or 0 <= span.block < len(article.blocks):
        selector = span_selector(article, span.block, span.start, span.end)
    made = new_annotation(HighlightBody(span.colour), issue, article_ref)
    source = {"annotation": theirs.id, "reviewer": theirs.reviewer, "revision": theirs.revision}
    return replace(made, target=Target(issue, article_ref, selector), extra={"adjudicated": source})


def _data(question: Question, choice: str) -> dict[str, Any]:
    return {
        "about": question.about,
        "choice": choice,
        "said": {side.reviewer: side.said for side in question.sides},
        "annotations": [name for side in question.sides for name in side.annotations],
    }
