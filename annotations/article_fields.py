"""What an article's title, date, authors and sources should say, beside what was printed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from annotations.model import ARTICLE_FIELDS, ArticleRef, CorrectionBody, StoreError
from annotations.text import date_text, line_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.model import Annotation, CorrectionField
    from bulletins.model import Article

    Fields = Mapping[tuple[str, str], str]
    """Values by field and, of a source, its printed text, else ""."""

    Shown = TypeVar("Shown", Article, ArticleRef)

_BETWEEN = re.compile("[；;、]")


def article_fields(annotations: Iterable[Annotation]) -> dict[tuple[str, str], str]:
    """Return what is said of one article's fields; of two corrections of one the latest."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for annotation in annotations:
        body = annotation.body
        if annotation.deleted or not isinstance(body, CorrectionBody):
            continue
        if annotation.target.article is not None and body.field in ARTICLE_FIELDS:
            this = (annotation.modified, body.value)
            key = (body.field, body.printed)
            found[key] = max(found.get(key, this), this)
    return {key: value for key, (_, value) in found.items()}


def overlaid(article: Shown, fields: Fields) -> Shown:
    """Lay corrections over an article or a reference to one; the same if they change nothing.

    The offsets of an Article's title are those of the printed one.
    """
    if not fields:
        return article
    authors = fields.get(("authors", ""))
    return replace(
        article,
        title=fields.get(("title", ""), article.title),
        date=fields.get(("date", ""), article.date),
        authors=names_of(authors) if authors else article.authors,
        sources=tuple(fields.get(("source", one), one) for one in article.sources),
    )


def printed_beside(printed: ArticleRef, shown: ArticleRef) -> dict[str, Any]:
    """Return as plain data what was printed of the fields that are shown otherwise."""
    found: dict[str, Any] = {}
    if printed.title != shown.title:
        found["title"] = printed.title
    if printed.date != shown.date:
        found["date"] = printed.date
    if printed.authors != shown.authors:
        found["authors"] = list(printed.authors)
    pairs = zip(printed.sources, shown.sources, strict=True)
    sources = [was for was, now in pairs if was != now]
    return found | {"sources": sources} if sources else found


def field_value(article: Article | ArticleRef, field: str, printed: str) -> str:
    """Return what was printed of a field, as a correction would write it."""
    if field == "source":
        return printed
    if field == "authors":
        return joined(article.authors)
    return str(getattr(article, field) or "")


def tidy_value(field: CorrectionField, value: str) -> str:
    """Return the value of a field of an issue or article as it is kept.

    Raises StoreError for nothing but blanks, for a date that is none, and for half of a surrogate
    pair.
    """
    kept = line_text(value, field)
    if field == "date":
        return date_text(kept)
    return joined(names_of(kept)) or kept if field == "authors" else kept


def names_of(authors: str) -> tuple[str, ...]:
    """Take names apart that stand between ；, ; or 、."""
    return tuple(name for one in _BETWEEN.split(authors) if (name := " ".join(one.split())))


def joined(names: Iterable[str]) -> str:
    """Write names as one text."""
    return "；".join(names)


def is_field(field: str) -> None:
    """Raise StoreError for what is no field of an article that can be corrected."""
    if field not in ARTICLE_FIELDS:
        raise StoreError(
            "{field!r} can't be corrected; {choices} can",
            field=field,
            choices=", ".join(ARTICLE_FIELDS),
        )
