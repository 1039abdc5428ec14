"""All annotations of a library as rows of plain data, with what a filter looks at."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.model import HighlightBody, LinkBody, NoteBody, TagBody
from annotations.tags import tags_by_id
from annotations.text import fold_name
from annotations.view import article_state
from bulletins.model import Place
from bulletins.sources.plain import plain_line
from tui.clock import local_time
from tui.orphan_words import body_words
from tui.passages import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotations.healing import Anchor
    from annotations.model import Annotation, IssueRef
    from annotations.placing import IssueWork, Placing


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """One annotation and where it is.

    `place` is the issue and the article of the library that have it; the article is "" where it is
    on the issue itself, `place` None where the library does not have them. `anchor` says where its
    passage stands, `state` is that in a word (exact, moved, fuzzy, orphan; "" without a passage).
    `own`: it can be changed. `tags` and `status` are those of its article. What ends in `_words` is
    folded for a filter. `order` sorts by place.
    """

    annotation: Annotation
    said: str
    quote: str
    title: str
    section: str
    issue: str
    when: str
    place: tuple[str, str] | None
    anchor: Anchor | None
    state: str
    own: bool
    tags: frozenset[str]
    status: str
    starred: bool
    issue_date: str
    words: str
    issue_words: str
    order: tuple[object, ...]

    @property
    def key(self) -> str:
        """Tell this annotation from all others, in this revision."""
        return key_of(self.annotation)

    @property
    def id(self) -> tuple[str, str]:
        """Tell this annotation from all others, in any revision."""
        return self.annotation.reviewer, self.annotation.id

    @property
    def article(self) -> tuple[str, str]:
        """The issue and the article, in the library or by what the annotation says."""
        article = self.annotation.target.article
        return self.place or (self.annotation.target.issue.id, article.id if article else "")

    @property
    def at(self) -> Place | None:
        """Where its passage stands in the article of the library."""
        anchor, selector = self.anchor, self.annotation.target.selector
        if selector is None:
            return None
        if selector.footnote is not None:
            return Place(selector.start, selector.end, None, selector.footnote)
        if anchor is None or anchor.status == "orphan":
            return None
        return Place(anchor.start, anchor.end, anchor.block)


def rows_of(
    placing: Placing,
    issue_ids: Iterable[str],
    label: Callable[[IssueRef, str], tuple[str, str, int]],
    *,
    own: bool = True,
) -> list[AnnotationRow]:
    """List the live annotations that were made under some ids of issues.

    `label` calls an issue, by its reference and its id in the library ("" if it has none), by a
    name, a date and its place in the order of the library. Reads files.
    """
    rows: list[AnnotationRow] = []
    works: dict[str, IssueWork] = {}
    names = {name: tag.name for name, tag in tags_by_id(placing.store.tags()).items()}
    for issue_id in issue_ids:
        found = placing.store.annotations(issue_id)
        if not found:
            continue
        home = placing.home(issue_id) or ""
        if home and home not in works:
            works[home] = placing.renew(home)
        ref = max(found, key=lambda one: one.modified).target.issue
        rows += _issue_rows(found, home, works.get(home), names, label(ref, home), own=own)
    return rows


def _issue_rows(
    found: Sequence[Annotation],
    home: str,
    work: IssueWork | None,
    names: dict[str, str],
    label: tuple[str, str, int],
    *,
    own: bool,
) -> list[AnnotationRow]:
    issue, date, number = label
    places = work.places if work is not None else {}
    unplaced = {one.id for one in work.orphans} if work is not None else set()
    groups: dict[str, list[Annotation]] = {}
    homes: dict[str, str | None] = {}
    for one in found:
        article = one.target.article
        known = places.get(one.id, "") if article is not None else None
        homes[one.id] = known
        groups.setdefault(known or (article.id if article else ""), []).append(one)
    rows: list[AnnotationRow] = []
    for group in groups.values():
        state = article_state(group)
        tags = frozenset(
            fold_name(names.get(one.body.tag, one.body.name))
            for one in group
            if isinstance(one.body, TagBody)
        )
        for one in group:
            target = one.target
            article, known = target.article, homes[one.id]
            lost = article is not None and not known
            place = None if not home or lost else (home, known or "")
            anchor = work.anchors.get(target) if work is not None and target.selector else None
            title = plain_line(article.title) if article is not None else ""
            quote = plain_line(target.selector.exact) if target.selector is not None else ""
            said = plain_line(_said(one, names))
            ref = target.issue
            own_words = (said, quote, title, "" if one.kind != "link" else _linked(one))
            rows.append(
                AnnotationRow(
                    one, said, quote, title,
                    section=plain_line(article.section) if article is not None else "",
                    issue=issue,
                    when=local_time(one.modified),
                    place=place,
                    anchor=anchor,
                    state="orphan"
                    if (lost and home) or one.id in unplaced
                    else anchor.status
                    if anchor
                    else "",
                    own=own,
                    tags=tags,
                    status=state.status,
                    starred=state.starred,
                    issue_date=date,
                    words=folded("\n".join(own_words)),
                    issue_words=folded(f"{issue}\n{ref.file_name}\n{ref.id}"),
                    order=(
                        number, issue, article.position if article else -1,
                        anchor.block or -1 if anchor else -2, anchor.start if anchor else 0,
                        one.created,
                    ),
                )
            )  # fmt: skip
    return rows


def _said(one: Annotation, names: dict[str, str]) -> str:
    """What an annotation says besides its quote."""
    match one.body:
        case TagBody(tag=tag, name=name):
            return f"#{names.get(tag, name)}"
        case NoteBody(text=text):
            return text
        case HighlightBody(note=note):
            return note
        case LinkBody(article=article, note=note):  # the list has the sign
            return f"{article.title}  {note}".rstrip()
        case _:
            return body_words(one)


def folded(text: str) -> str:
    """Fold width and case; not remembered, as these texts are long."""
    return unicodedata.normalize("NFKC", text).casefold()


def _linked(one: Annotation) -> str:
    body = one.body
    return body.article.title if isinstance(body, LinkBody) else ""
