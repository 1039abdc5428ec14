"""Which articles an annotation may have been made on, when none is surely the one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.anchors import ArticleKey
    from annotations.model import ArticleRef

_MOST = 400  # code points of a title or a lead that count: a hostile file may print megabytes


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like one article is to what an annotation says of its own: `score` is 0..1."""

    article: str
    score: float


def similar_articles(
    ref: ArticleRef, articles: Sequence[ArticleKey], most: int
) -> tuple[Likeness, ...]:
    """Rank the articles of an issue by likeness of title and lead; at most `most`, best first.

    Likeness is Dice's coefficient of the pairs of neighbouring characters, folded; the better of
    title and lead counts twice. Of equals the one that stands nearest to the old place is first.
    Time is linear in the texts.
    """
    title, lead = _pairs(ref.title), _pairs(ref.lead)
    found: list[tuple[float, int, str]] = []
    for at, article in enumerate(articles):
        both = [
            _dice(wanted, _pairs(text))
            for wanted, text in ((title, article.title), (lead, article.lead))
            if wanted
        ]
        score = (sum(both) + max(both)) / (len(both) + 1) if both else 0.0
        found.append((-score, abs(at - ref.position), article.id))
    found.sort(key=lambda one: one[:2])
    return tuple(Likeness(name, -score) for score, _, name in found[: max(0, most)])


def _pairs(text: str) -> Counter[str]:
    folded = fold_text(text[:_MOST])
    if len(folded) == 1:
        return Counter(folded)
    return Counter(folded[at : at + 2] for at in range(len(folded) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
