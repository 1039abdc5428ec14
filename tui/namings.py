"""Where a name stands: in which articles of the library, or where in the open one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.outline import article_label, fold_text, issue_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.catalogue.outline import ArticleOutline, IssueOutline, Naming
    from bulletins.model import Article, Entity, Mentions, Place
    from tui.outline import Shelf

_BEFORE = 12
_AFTER = 60
"""Code points shown before and behind a place."""


@dataclass(frozen=True, slots=True)
class NamingRow:
    """An issue that names a thing, one of its articles, or a place in the open article.

    `count` is how often an article names it; `here` tells the open article. A filter looks at
    `words`. In the row of a place, `start` and `end` say where in `text` the name is.
    """

    kind: Literal["issue", "article", "place"]
    text: str
    issue_id: str = ""
    article_id: str = ""
    date: str = ""
    count: int = 0
    here: bool = False
    words: str = ""
    place: Place | None = None
    start: int = 0
    end: int = 0


def entity_at(mentions: Mentions, place: Place) -> Entity | None:
    """Find the name that stands at a place, or that the place is a part of."""
    around = None
    for entity in mentions.entities:
        at = entity.place
        if at == place:
            return entity
        same_part = (at.block, at.footnote) == (place.block, place.footnote)
        if same_part and at.start <= place.start and place.end <= at.end:
            around = entity
    return around


def same_name(mentions: Mentions, entity: Entity) -> list[Entity]:
    """List all mentions of what `entity` names, as far as one article can tell."""
    if entity.identity is None:
        named = (entity.type, entity.canonical)
        return [one for one in mentions.entities if (one.type, one.canonical) == named]
    return [
        one
        for one in mentions.entities
        if (one.type, one.identity) == (entity.type, entity.identity)
    ]


def rows_of_articles(
    found: Iterable[Naming], shelf: Shelf, open_article: tuple[str, str]
) -> list[NamingRow]:
    """List issues, the newest first, and under each its articles in printed order.

    What belongs to no issue of the shelf is left out. `open_article` is an issue's and an
    article's id.
    """
    counts: dict[str, dict[str, int]] = {}
    for naming in found:
        counts.setdefault(naming.issue_id, {})[naming.article_id] = naming.count
    issues = [issue for issue in shelf.issues if issue.id in counts]
    issues.sort(key=lambda issue: issue_order(shelf, issue))
    rows: list[NamingRow] = []
    for issue in issues:
        rows += _issue_rows(issue, shelf, counts[issue.id], open_article)
    return rows


def rows_of_places(article: Article, entity: Entity) -> list[NamingRow]:
    """List the places of a name in its own article, each with the words around it."""
    rows = []
    for one in same_name(article.mentions, entity):
        text = _text_at(article, one.place)
        low = max(0, one.place.start - _BEFORE)
        shown = ("…" if low else "") + text[low : one.place.end + _AFTER].replace("\n", " ")
        start = one.place.start - low + bool(low)
        end = start + one.place.end - one.place.start
        words = fold_text(shown)
        rows.append(NamingRow("place", shown, words=words, place=one.place, start=start, end=end))
    return rows


def filtered(rows: Sequence[NamingRow], query: str) -> list[NamingRow]:
    """Keep what has all words of `query`, with the issues that it is in."""
    words = fold_text(query).split()
    if not words:
        return list(rows)
    kept: list[NamingRow] = []
    issue: NamingRow | None = None
    for row in rows:
        if row.kind == "issue":
            issue = row
        elif all(word in row.words for word in words):
            if issue is not None:
                kept.append(issue)
                issue = None
            kept.append(row)
    return kept


def totals(rows: Iterable[NamingRow]) -> tuple[int, int]:
    """Count the articles and the issues among rows."""
    kinds = [row.kind for row in rows]
    return kinds.count("article"), kinds.count("issue")


def _issue_rows(
    issue: IssueOutline, shelf: Shelf, counts: dict[str, int], open_article: tuple[str, str]
) -> list[NamingRow]:
    publication = shelf.issue_field(issue, "publication")
    label = " · ".join(filter(None, (publication, shelf.issue_label(issue))))
    articles = [article for article in issue.articles() if article.id in counts]
    if not articles:
        return []
    return [NamingRow("issue", label, issue.id)] + [
        _article_row(
            article_label(article, shelf.marks_of(issue.id, article.id).title),
            issue.id,
            article,
            counts[article.id],
            label,
            open_article,
        )
        for article in articles
    ]


def _article_row(
    title: str,
    issue_id: str,
    article: ArticleOutline,
    count: int,
    label: str,
    open_article: tuple[str, str],
) -> NamingRow:
    return NamingRow(
        "article", title, issue_id, article.id, article.date or "", count,
        here=(issue_id, article.id) == open_article,
        words=fold_text(f"{label} {title} {article.title} {article.date or ''}"),
    )  # fmt: skip


def _text_at(article: Article, place: Place) -> str:
    if place.footnote is not None:
        return article.footnotes[place.footnote].text
    return article.title if place.block is None else article.blocks[place.block].text
