"""Which disagreements are left to decide, in the order of the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.disagreement import Question
    from annotations.model import Annotation
    from annotations.placing import IssueWork

    Works = Mapping[str, Mapping[str, IssueWork]]
    """By reviewer, then by issue."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question about one article of the library."""

    issue_id: str
    article_id: str
    question: Question

    @property
    def key(self) -> tuple[str, str, str, object]:
        """Tell it from the others, whatever is said to it by now."""
        return self.issue_id, self.article_id, self.question.about, self.question.range()


def disagreements(
    works: Works,
    decisions: Mapping[tuple[str, str], Sequence[Annotation]],
    own: str,
    walk: Iterable[tuple[str, str]],
) -> list[Disagreement]:
    """List what is not decided, article by article in the order of `walk` (issue, article).

    `decisions` are one's own, by issue and article.
    """
    from annotations.adjudication import is_settled
    from annotations.disagreement import questions
    from annotations.reviews import review_of

    found: list[Disagreement] = []
    for issue_id, article_id in walk:
        reviews = {}
        for name, issues in works.items():
            work = issues.get(issue_id)
            view = work.articles.get(article_id) if work is not None else None
            review = review_of(view, work.anchors) if work is not None and view else None
            if review is not None:
                reviews[name] = review
        if len(reviews) < 2:
            continue
        made = decisions.get((issue_id, article_id), ())
        found += [
            Disagreement(issue_id, article_id, question)
            for question in questions(reviews)
            if not is_settled(question, made, own)
        ]
    return found
