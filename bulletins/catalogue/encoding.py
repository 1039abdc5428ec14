"""Articles and outlines as bytes and back, exactly: compact JSON, fields by position.

JSON and not pickle or marshal: whoever can write the cache must not gain more than wrong text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletins.boundary import as_lists, from_lists
from bulletins.catalogue.outline import ArticleOutline, IssueOutline, SectionOutline, Stage
from bulletins.model import (
    Amount,
    Article,
    Block,
    Box,
    DateMention,
    Doubt,
    Entity,
    Evidence,
    Flow,
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
            [[b.kind, b.text, b.page, b.level, b.rows, b.picture] for b in article.blocks],
            [[n.marker, n.text, n.urls, n.page, n.block, n.offset] for n in article.footnotes],
            [
                [
                    a.text, _place(a.place), a.currency, *_numbers(a), a.approximate,
                    a.per, a.equivalent_of,
                ]
                for a in found.amounts
            ],
            [
                [
                    q.text, _place(q.place), q.kind, q.unit, *_numbers(q), q.approximate,
                    q.comparison,
                ]
                for q in found.quantities
            ],
            [[d.text, _place(d.place), d.iso, d.kind, d.deadline] for d in found.dates],
            [[e.type, e.text, e.canonical, _place(e.place), e.identity] for e in found.entities],
            [
                [
                    f.amount,
                    [_evidence(one) for one in f.payer],
                    [_evidence(one) for one in f.recipient],
                    *(one and _evidence(one) for one in (f.purpose, f.kind, f.status, f.date)),
                    f.relation,
                    f.others,
                ]
                for f in found.flows
            ],
            [[d.first, d.second] for d in found.doubts],
        ]
    )  # fmt: skip


def decode_article(data: bytes) -> Article:
    """Read what `encode_article` wrote; `DecodeError` for anything else."""
    try:
        fields = json.loads(_text(data))
        head, (blocks, notes, amounts, quantities, dates, entities, flows, doubts) = (
            fields[:8],
            fields[8:],
        )
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
                Block(
                    kind,
                    text,
                    page,
                    level,
                    None if rows is None else tuple(map(tuple, rows)),
                    None if picture is None else Box(*picture),
                )
                for kind, text, page, level, rows, picture in blocks
            ),
            footnotes=tuple(
                Footnote(marker, text, tuple(urls), page, block, offset)
                for marker, text, urls, page, block, offset in notes
            ),
            mentions=Mentions(
                amounts=tuple(
                    Amount(
                        text, Place(*place), currency,
                        _number(value), _number(low), _number(high), *rest,
                    )
                    for text, place, currency, value, low, high, *rest in amounts
                ),
                quantities=tuple(
                    Quantity(
                        text, Place(*place), kind, unit,
                        _number(value), _number(low), _number(high), *rest,
                    )
                    for text, place, kind, unit, value, low, high, *rest in quantities
                ),
                dates=tuple(
                    DateMention(text, Place(*place), *rest) for text, place, *rest in dates
                ),
                entities=tuple(
                    Entity(kind, text, canonical, Place(*place), identity)
                    for kind, text, canonical, place, identity in entities
                ),
                flows=tuple(map(_flow, flows)),
                doubts=tuple(Doubt(first, second) for first, second in doubts),
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
                            a.blocks, a.footnotes, a.amounts, a.entities, a.doubts,
                        ]
                        for a in section.articles
                    ],
                ]
                for section in outline.sections
            ],
            as_lists(outline.boundaries),
            as_lists(outline.unmet),
        ]
    )  # fmt: skip


def decode_outline(data: bytes, stage: Stage, path: str | None = None) -> IssueOutline:
    """Read what `encode_outline` wrote, standing at `path` if given; `DecodeError` otherwise."""
    try:
        fields = json.loads(_text(data))
        identity, printed, style, confidence, publication, number, date, sections, *said = fields
        boundaries, unmet = map(from_lists, said)
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
            boundaries=boundaries,
            unmet=unmet,
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DecodeError(str(error)) from error


def _article_outline(fields: list[Any]) -> ArticleOutline:
    identity, title, page, topic, date, authors, lead, *counts = fields
    return ArticleOutline(identity, title, page, topic, date, tuple(authors), lead, *counts)


def _evidence(evidence: Evidence) -> list[Any]:
    return [evidence.text, _place(evidence.place), evidence.value]


def _flow(fields: list[Any]) -> Flow:
    amount, payer, recipient, *said, relation, others = fields
    purpose, kind, status, date = (None if one is None else _found(one) for one in said)
    return Flow(
        amount, tuple(map(_found, payer)), tuple(map(_found, recipient)),
        purpose, kind, status, date, relation, tuple(others),
    )  # fmt: skip


def _found(fields: list[Any]) -> Evidence:
    text, place, value = fields
    return Evidence(text, Place(*place), value)


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
