"""The sums, dates and names of an exported article, for those who want them beside the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.exports.records import Inline
from bulletins.contract import mentions_to_json

if TYPE_CHECKING:
    from bulletins.model import Article

Mentions = dict[str, list[dict[str, Any]]]


def mention_data(article: Article) -> Mentions:
    """Return an article's mentions in the shape of `kuaibao inspect`, classes without any left out.

    Flows and doubts name sums by their index in `amounts`.
    """
    return {name: found for name, found in mentions_to_json(article.mentions).items() if found}


def mention_lines(article: Article) -> dict[str, list[Inline]]:
    """Return the same with each mention on one line, without fields that say nothing."""
    return {
        name: [Inline(_said(one)) for one in found] for name, found in mention_data(article).items()
    }


def mention_rows(article: Article) -> list[dict[str, Any]]:
    """Return one flat row for each sum, quantity, date and name; a sum's has its flow.

    `kind` is amount, quantity, date or entity.
    """
    data = mention_data(article)
    flows = {flow["amount"]: flow for flow in data.get("flows", ())}
    doubted = {index for doubt in data.get("doubts", ()) for index in doubt["amounts"]}
    rows: list[dict[str, Any]] = []
    for index, one in enumerate(data.get("amounts", ())):
        flow = flows.get(index, {})
        row = {**one, "kind": "amount", "doubtful": index in doubted or None}
        row["payer"] = "；".join(each["value"] for each in flow.get("payer", ()))
        row["recipient"] = "；".join(each["value"] for each in flow.get("recipient", ()))
        for name in ("purpose", "kind", "status", "date"):
            row[f"flow_{name}"] = (flow.get(name) or {}).get("value")
        rows.append(row)
    rows += [{**one, "kind": "quantity", "type": one["kind"]} for one in data.get("quantities", ())]
    rows += [
        {**one, "kind": "date", "value": one["iso"], "type": one["kind"]}
        for one in data.get("dates", ())
    ]
    rows += [{**one, "kind": "entity"} for one in data.get("entities", ())]
    return rows


def _said(one: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is null, false or empty, in evidence too; a block of null is the title."""
    kept: dict[str, Any] = {}
    for name, value in one.items():
        if name != "block" and (value is None or value is False or value == []):
            continue
        if isinstance(value, dict):
            value = _said(value)
        elif isinstance(value, list):
            value = [_said(each) if isinstance(each, dict) else each for each in value]
        kept[name] = value
    return kept
