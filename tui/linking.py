"""Articles of the library to link with, and links as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.sources.plain import plain_line
from tui.locale import mark
from tui.outline import article_label, fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.model import ArticleRef, IssueRef, LinkRelation
    from annotations.store import Store
    from tui.outline import Shelf

    Target = tuple[IssueRef, ArticleRef]


@dataclass(frozen=True, slots=True)
class Relation:
    """One way to link: its key, its name, and whether the other article says it of this one."""

    key: str
    name: LinkRelation
    title: str
    turned: bool = False


RELATIONS = (
    Relation("s", "same_event", mark("same event")),
    Relation("f", "follows_up", mark("this one follows up the other")),
    Relation("b", "follows_up", mark("the other follows up this one"), turned=True),
    Relation("c", "contradicts", mark("contradicts")),
)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the library: `words` are folded for the filter."""

    issue_id: str
    article_id: str
    title: str
    issue: str
    date: str
    words: str


def article_rows(
    shelf: Shelf, recent: Sequence[tuple[str, str]], without: tuple[str, str]
) -> list[ArticleRow]:
    """List the articles of the library: those opened last first, then in the library's order.

    `without` is the issue and the article from which the link begins.
    """
    rows: dict[tuple[str, str], ArticleRow] = {}
    for issue in shelf.issues:
        publication = shelf.issue_field(issue, "publication")
        label = " · ".join(filter(None, (publication, shelf.issue_label(issue))))
        told = fold_text(label)
        date = shelf.issue_field(issue, "date")
        for article in issue.articles():
            title = article_label(article, shelf.marks_of(issue.id, article.id).title)
            words = f"{fold_text(title)} {fold_text(article.title)} {told} {article.date or ''}"
            rows[issue.id, article.id] = ArticleRow(
                issue.id, article.id, plain_line(title), plain_line(label),
                article.date or date, words,
            )  # fmt: skip
    rows.pop(without, None)
    first = [rows.pop(key) for key in recent if key in rows]
    return [*first, *rows.values()]


def filtered(rows: Iterable[ArticleRow], query: str) -> list[ArticleRow]:
    """Keep the articles that have all words of `query`."""
    words = fold_text(query).split()
    return [row for row in rows if all(word in row.words for word in words)]


def link(store: Store, here: Target, there: Target, relation: Relation, remark: str) -> bool:
    """Keep a link between two articles; False if there is such a link already."""
    from annotations.model import LinkBody, new_annotation
    from annotations.text import note_text

    one, other = (there, here) if relation.turned else (here, there)
    ends = {(one[1].id, other[1].id)}
    if relation.name != "follows_up":  # the others hold in both directions
        ends.add((other[1].id, one[1].id))
    for issue_id in {one[0].id, other[0].id}:
        for known in store.annotations(issue_id):
            body, article = known.body, known.target.article
            if not isinstance(body, LinkBody) or article is None:
                continue
            if body.relation == relation.name and (article.id, body.article.id) in ends:
                return False
    note = note_text(remark) if remark.strip() else ""
    store.put(new_annotation(LinkBody(relation.name, *other, note), *one))
    return True
