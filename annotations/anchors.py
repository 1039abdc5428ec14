"""Find the article of each annotation again after the text was read anew or reissued."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from annotations.text import fold_text
from bulletins.leads import lead_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotations.model import Annotation, ArticleRef
    from bulletins.model import Issue

LEAST_LEAD = 12  # folded code points: shorter leads are too often the same by chance


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """What is needed to know an article again; the order of keys is the printed order."""

    id: str
    title: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where annotations belong now; `orphans` found no article and are shown as such."""

    by_article: Mapping[str, tuple[Annotation, ...]]
    issue_level: tuple[Annotation, ...] = ()
    orphans: tuple[Annotation, ...] = ()


def article_keys(issue: Issue) -> tuple[ArticleKey, ...]:
    """Return the keys of an issue's articles, in printed order."""
    return tuple(ArticleKey(one.id, one.title, lead_of(one)) for one in issue.articles())


def place(
    annotations: Iterable[Annotation],
    articles: Sequence[ArticleKey],
    by_quote: Callable[[Annotation, str | None, bool], str | None] | None = None,
) -> Placed:
    """Place annotations on articles: by id, then folded title, then lead, then by their quote.

    `by_quote` is told the article that was found, and whether surely, and gives the one in which
    an annotation's passage or the beginning of its article stands; see annotations.passages.
    What finds none is an orphan. Where several articles fit equally well none is taken. Order
    within each group is kept and nothing is dropped. Time is linear in both arguments, but for
    what `by_quote` takes.
    """
    finder = _Finder(articles)
    by_article: dict[str, list[Annotation]] = {}
    issue_level: list[Annotation] = []
    orphans: list[Annotation] = []
    for annotation in annotations:
        ref = annotation.target.article
        if ref is None:
            issue_level.append(annotation)
            continue
        found, sure = finder.look(ref)
        if by_quote is not None:
            found = by_quote(annotation, found, sure)
        if found is None:
            orphans.append(annotation)
        else:
            by_article.setdefault(found, []).append(annotation)
    grouped = {name: tuple(group) for name, group in by_article.items()}
    return Placed(grouped, tuple(issue_level), tuple(orphans))


def place_in_issue(annotations: Iterable[Annotation], issue: Issue) -> Placed:
    """Place annotations on the articles of an issue at hand; see place()."""
    from annotations.passages import passages_of  # it places annotations itself

    return place(annotations, article_keys(issue), passages_of(issue).home)


def find_article(ref: ArticleRef, articles: Sequence[ArticleKey]) -> str | None:
    """Return the id of the one article that a reference means, as place() finds it, or None."""
    return _Finder(articles).look(ref)[0]


def same_article(one: ArticleRef, other: ArticleRef) -> bool:
    """Tell whether two references of one issue mean the same article, also after a new reading.

    Equal titles do not suffice (a bulletin may print 简讯 over several articles): the lead or the
    position must be equal too.
    """
    if one.id == other.id:
        return True
    if _same_lead(_folded(one.lead), _folded(other.lead)):
        return True
    title = _folded(one.title)
    return bool(title) and title == _folded(other.title) and one.position == other.position


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Fold a title or a lead once: a save holds its article against all that are marked alike."""
    return fold_text(text)


class _Finder:
    """The articles of an issue by id, folded title and the beginning of the folded lead."""

    def __init__(self, articles: Sequence[ArticleKey]) -> None:
        self._ids: dict[str, str] = {}
        self._titles: dict[str, list[str]] = {}
        # By folded title (or "": whatever the title) and the beginning of the folded lead.
        self._leads: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._found: dict[tuple[str, str, str], tuple[str | None, bool]] = {}
        for article in articles:
            title, lead = fold_text(article.title), fold_text(article.lead)
            self._ids[article.id] = article.lead
            if title:
                self._titles.setdefault(title, []).append(article.id)
            if len(lead) >= LEAST_LEAD:
                for name in {title, ""}:
                    key = (name, lead[:LEAST_LEAD])
                    self._leads.setdefault(key, []).append((article.id, lead))

    def look(self, ref: ArticleRef) -> tuple[str | None, bool]:
        """Return the id of the one article that fits, or None, and whether nothing contradicts."""
        if self._ids.get(ref.id) == ref.lead:
            return ref.id, True
        key = (ref.id, ref.title, ref.lead)
        if key not in self._found:
            found = self._search(ref)
            lead = fold_text(ref.lead)
            own = fold_text(self._ids[found]) if found is not None else ""
            torn = min(len(own), len(lead)) >= LEAST_LEAD and not _same_lead(own, lead)
            self._found[key] = found, not torn
        return self._found[key]

    def _search(self, ref: ArticleRef) -> str | None:
        lead = fold_text(ref.lead)
        title = fold_text(ref.title)
        titled = self._titles.get(title, [])
        if ref.id in self._ids:
            # An id counts the articles of one title: where another one begins or ends above, it
            # is another article's.
            alike = self._leads.get((title, lead[:LEAST_LEAD]), ()) if len(titled) > 1 else ()
            led = [name for name, other in alike if _same_lead(lead, other)]
            return led[0] if len(led) == 1 else ref.id
        if len(titled) == 1:
            return titled[0]
        candidates = self._leads.get((title if titled else "", lead[:LEAST_LEAD]), [])
        led = [name for name, other in candidates if _same_lead(lead, other)]
        return led[0] if len(led) == 1 else None


def _same_lead(one: str, other: str) -> bool:
    """Tell whether one folded lead begins with the other, and is long enough to mean something."""
    return min(len(one), len(other)) >= LEAST_LEAD and (
        one.startswith(other) or other.startswith(one)
    )
