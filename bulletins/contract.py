"""The JSON shape of an issue that was read: what `kuaibao inspect --format json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletins.sources.plain import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from bulletins.model import (
        Amount,
        Article,
        Block,
        Evidence,
        Flow,
        Footnote,
        Issue,
        Mentions,
        Place,
        Quantity,
    )


def to_json(issue: Issue) -> dict[str, Any]:
    """Describe `issue` by plain values, ready for `json.dumps`."""
    return {
        "id": issue.id,
        "publication": issue.publication,
        "number": issue.number,
        "date": issue.date,
        "path": plain(issue.path),
        "style": issue.style,
        "confidence": issue.confidence,
        "sections": [
            {"title": section.title, "articles": [_article(one) for one in section.articles]}
            for section in issue.sections
        ],
    }


def mentions_to_json(mentions: Mentions) -> dict[str, Any]:
    """Describe what was found in one article; flows and doubts name sums by their index."""
    return {
        "amounts": [
            {
                **_span(one.text, one.place),
                "currency": one.currency,
                **_values(one),
                "per": one.per,
                "equivalent_of": one.equivalent_of,
            }
            for one in mentions.amounts
        ],
        "quantities": [
            {
                **_span(one.text, one.place),
                "kind": one.kind,
                "unit": one.unit,
                **_values(one),
                "comparison": one.comparison,
            }
            for one in mentions.quantities
        ],
        "dates": [
            {
                **_span(one.text, one.place),
                "iso": one.iso,
                "kind": one.kind,
                "deadline": one.deadline,
            }
            for one in mentions.dates
        ],
        "entities": [
            {
                "type": one.type,
                **_span(one.text, one.place),
                "canonical": one.canonical,
                "identity": one.identity,
            }
            for one in mentions.entities
        ],
        "flows": [_flow(flow) for flow in mentions.flows],
        "doubts": [{"amounts": [doubt.first, doubt.second]} for doubt in mentions.doubts],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "page": article.page,
        "topic": article.topic,
        "authors": list(article.authors),
        "date": article.date,
        "original_title": article.original_title,
        "sources": list(article.sources),
        "blocks": [_block(block) for block in article.blocks],
        "footnotes": [_footnote(note) for note in article.footnotes],
        **mentions_to_json(article.mentions),
    }


def _flow(flow: Flow) -> dict[str, Any]:
    """Give a flow; `amount` and `others` are indices into the article's amounts."""
    fields = ("purpose", "kind", "status", "date")
    return {
        "amount": flow.amount,
        "payer": [_evidence(one) for one in flow.payer],
        "recipient": [_evidence(one) for one in flow.recipient],
        **{name: one and _evidence(one) for name in fields for one in [getattr(flow, name)]},
        "relation": flow.relation,
        "others": list(flow.others),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"value": evidence.value, **_span(evidence.text, evidence.place)}


def _block(block: Block) -> dict[str, Any]:
    rows = None if block.rows is None else [list(row) for row in block.rows]
    return {
        "kind": block.kind,
        "text": block.text,
        "page": block.page,
        "level": block.level,
        "rows": rows,
        "picture": block.picture and list(block.picture),
    }


def _footnote(note: Footnote) -> dict[str, Any]:
    return {
        "marker": note.marker,
        "text": note.text,
        "urls": list(note.urls),
        "block": note.block,
        "offset": note.offset,
        "page": note.page,
    }


def _span(text: str, place: Place) -> dict[str, Any]:
    """Give a mention's text and place; `footnote` is there only for one inside a note."""
    span: dict[str, Any] = {
        "text": text,
        "block": place.block,
        "start": place.start,
        "end": place.end,
    }
    if place.footnote is not None:
        span["footnote"] = place.footnote
    return span


def _values(mention: Amount | Quantity) -> dict[str, Any]:
    return {
        "value": _number(mention.value),
        "low": _number(mention.low),
        "high": _number(mention.high),
        "approximate": mention.approximate,
    }


def _number(value: Decimal | None) -> int | float | None:
    """An int where the number is whole, else the float whose shortest digits are the number's."""
    if value is None or not value.is_finite():
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(value)
