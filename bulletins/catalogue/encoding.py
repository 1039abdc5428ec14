"""Articles and outlines as bytes and back, exactly: compact JSON, fields by position.

JSON and not pickle or marshal: whoever can write the cache must not gain more than wrong text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletins.catalogue.outline import ArticleOutline, IssueOutline, SectionOutline, Stage
from bulletins.model import (
    Amount,
    Article,
    Block,
    DateMention,
    Entity,
    Footnote,
    Mentions,
    Place,
    Quantity,
)

if TYPE_CHECKING:
    from decimal import Decimal


class DecodeError(ValueError):
    """Bytes that no `encode_…` of this module has made."""


def encode_article(article: Article) -> bytes:
    """Write an article with its mentions."""
    found = article.mentions
    return _dump(
        [
            article.id,
            article.title,
            article.page,
            article.topic,
            article.authors,
            article.date,
            article.original_title,
            article.sources,
            [[b.kind, b.text, b.page, b.level, b.rows] for b in article.blocks],
            [[n.marker, n.text, n.urls, n.page, n.block, n.offset] for n in article.footnotes],
            [
                [a.text, _place(a.place), a.currency, *_numbers(a), a.approximate]
                for a in found.amounts
            ],
            [
                [q.text, _place(q.place), q.kind, q.unit, *_numbers(q), q.approximate]
                for q in found.quantities
            ],
            [[d.text, _place(d.place), d.iso] for d in found.dates],
            [[e.type, e.text, e.canonical, _place(e.place)] for e in found.entities],
        ]
    )


def decode_article(data: bytes) -> Article:
    """Read what `encode_article` wrote; `DecodeError` for anything else."""
    try:
        head, blocks, notes, amounts, quantities, dates, entities = _split(json.loads(_text(data)))
        identity, title, page, topic, authors, date, original_title, sources = head
        return Article(
            id=identity,
            title=title,
            page=page,
            topic=topic,
            authors=tuple(authors),
            date=date,
            original_title=original_title,
            sources=tuple(sources),
            blocks=tuple(
                Block(kind, text, page, level, None if rows is None else tuple(map(tuple, rows)))
                for kind, text, page, level, rows in blocks
            ),
            footnotes=tuple(
                Footnote(marker, text, tuple(urls), page, block, offset)
                for marker, text, urls, page, block, offset in notes
            ),
            mentions=Mentions(
                amounts=tuple(
                    Amount(
                        text, Place(*place), currency,
                        _number(value), _number(low), _number(high), approximate,
                    )
                    for text, place, currency, value, low, high, approximate in amounts
                ),
                quantities=tuple(
                    Quantity(
                        text, Place(*place), kind, unit,
                        _number(value), _number(low), _number(high), approximate,
                    )
                    for text, place, kind, unit, value, low, high, approximate in quantities
                ),
                dates=tuple(DateMention(text, Place(*place), iso) for text, place, iso in dates),
                entities=tuple(
                    Entity(kind, text, canonical, Place(*place))
                    for kind, text, canonical, place in entities
                ),
            ),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        raise DecodeError(str(error)) from error


def encode_outline(outline: IssueOutline) -> bytes:
    """Write an outline without its stage, which the catalogue keeps beside it."""
    return _dump(
        [
            outline.id,
            outline.path,
            outline.style,
            outline.confidence,
            outline.publication,
            outline.number,
            outline.date,
            [
                [
                    section.title,
                    [
                        [
                            a.id, a.title, a.page, a.topic, a.date, a.authors, a.lead,
                            a.blocks, a.footnotes, a.amounts, a.entities,
                        ]
                        for a in section.articles
                    ],
                ]
                for section in outline.sections
            ],
        ]
    )  # fmt: skip


def decode_outline(data: bytes, stage: Stage, path: str | None = None) -> IssueOutline:
    """Read what `encode_outline` wrote, standing at `path` if given; `DecodeError` otherwise."""
    try:
        identity, printed, style, confidence, publication, number, date, sections = json.loads(
            _text(data)
        )
        return IssueOutline(
            id=identity,
            path=printed if path is None else path,
            style=style,
            confidence=confidence,
            sections=tuple(
                SectionOutline(title, tuple(map(_article_outline, articles)))
                for title, articles in sections
            ),
            publication=publication,
            number=number,
            date=date,
            stage=stage,
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DecodeError(str(error)) from error


def _article_outline(fields: list[Any]) -> ArticleOutline:
    identity, title, page, topic, date, authors, lead, *counts = fields
    return ArticleOutline(identity, title, page, topic, date, tuple(authors), lead, *counts)


def _split(fields: list[Any]) -> tuple[list[Any], Any, Any, Any, Any, Any, Any]:
    blocks, notes, amounts, quantities, dates, entities = fields[8:]
    return fields[:8], blocks, notes, amounts, quantities, dates, entities


def _dump(value: object) -> bytes:
    # surrogatepass: a path that is no UTF-8 stands in an outline with surrogate escapes
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _place(place: Place) -> tuple[int, int, int | None, int | None]:
    return place.start, place.end, place.block, place.footnote


def _numbers(mention: Amount | Quantity) -> tuple[str | None, str | None, str | None]:
    """Write decimals as their digits, so that no float ever rounds them."""
    value, low, high = mention.value, mention.low, mention.high
    return (
        None if value is None else str(value),
        None if low is None else str(low),
        None if high is None else str(high),
    )


def _number(text: str | None) -> Decimal | None:
    from decimal import Decimal  # articles without sums never need it

    return None if text is None else Decimal(text)
