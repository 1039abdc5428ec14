"""What one reviewer says of one article, in a form in which reviewers can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.exports.gathering import gathered
from annotations.model import HighlightBody
from annotations.text import fold_name
from annotations.view import article_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.exports.gathering import Selection
    from annotations.healing import Anchor
    from annotations.model import Annotation, Target
    from annotations.view import ArticleView


@dataclass(frozen=True, slots=True)
class Span:
    """A passage that a reviewer marked, where it stands now: block (None: title), code points.

    Blocks below -1 stand for footnotes, from -2 down.
    """

    block: int | None
    start: int
    end: int
    colour: str
    annotation: Annotation

    def touches(self, other: Span) -> bool:
        """Tell whether two spans share a character."""
        return self.block == other.block and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's view of an article that they reviewed.

    `tags` maps folded names to the names as they are written; `lost` counts marked passages that
    were not found in the text.
    """

    tags: Mapping[str, str]
    status: str
    spans: tuple[Span, ...] = ()
    lost: int = 0


def review_of(view: ArticleView, anchors: Mapping[Target, Anchor] | None = None) -> Review | None:
    """Return what a reviewer says of an article; None if they did not review it.

    Reviewed is what was opened (or given another status than unread), or has anything on it.
    `anchors` say where passages stand now; without them passages stand where they were marked.
    """
    made = (view.tags, view.notes, view.highlights, view.mentions, view.links, view.fields)
    if view.status == "unread" and not view.starred and not any(made):
        return None
    spans: list[Span] = []
    lost = 0
    for one in view.highlights:
        selector = one.target.selector
        if selector is None or not isinstance(one.body, HighlightBody):
            continue
        if selector.footnote is not None:
            # Notes are no blocks: their passages are compared where they were marked.
            block: int | None = -2 - selector.footnote
            start, end = selector.start, selector.end
        elif anchors is None or one.target not in anchors:
            block, start, end = selector.block, selector.start, selector.end
        elif anchors[one.target].status == "orphan":
            lost += 1
            continue
        else:
            anchor = anchors[one.target]
            block, start, end = anchor.block, anchor.start, anchor.end
        spans.append(Span(block, start, end, one.body.colour, one))
    tags = {fold_name(tag.name): tag.name for tag in view.tags}
    return Review(tags, view.status, tuple(sorted(spans, key=place)), lost)


def place(span: Span) -> tuple[int, int, int]:
    """Order spans as they stand in the article: the title, then the blocks."""
    return -1 if span.block is None else span.block, span.start, span.end


def reviews_in(selection: Selection) -> tuple[dict[tuple[str, str], Review], int, int]:
    """Return what one reviewer says of articles, by the ids of issue and article.

    Where an issue is at hand, passages are looked for in its text; also returns how many issues
    are not, whose passages stand as they were marked, and how many annotations are left out
    because the issue at hand does not have their article any more.
    """
    found: dict[tuple[str, str], Review] = {}
    away = lost = 0
    for issue in gathered(selection):
        away += issue.issue is None
        for group in issue.articles:
            if group.lost:
                lost += len(group.annotations)
                continue
            view = article_state(group.annotations, selection.tags)
            anchors = group.anchors if group.article is not None else None
            review = review_of(view, anchors)
            if review is not None:
                found[issue.ref.id, group.ref.id] = review
    return found, away, lost
