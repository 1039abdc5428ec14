"""CSL-JSON of the exported articles, for reference managers and citation processors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from annotations.exports.references import references
from annotations.model import StoreError

if TYPE_CHECKING:
    from annotations.exports.gathering import Selection
    from annotations.exports.references import Reference


def export(selection: Selection) -> str:
    """Return a JSON list, an item a line. Raises StoreError if it does not read back the same."""
    items = [_item(one, selection.accessed) for one in references(selection)]
    lines = [json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items]
    text = "[" + ",".join("\n" + line for line in lines) + "\n]\n"
    if json.loads(text) != items:
        raise StoreError("the CSL export does not read back as what was exported; not written")
    return text


def _item(reference: Reference, accessed: str | None) -> dict[str, Any]:
    article, issue = reference.article, reference.issue
    item: dict[str, Any] = {
        "id": reference.key,
        "citation-key": reference.key,
        "type": "article-journal",
        "title": article.title,
        "container-title": reference.container,
        # Names are written as printed: where a family name ends is not told by the text.
        "author": [{"literal": name} for name in article.authors],
        "issued": {"date-parts": [list(reference.date)]} if reference.date else None,
        "issue": reference.number,
        "page": str(article.page) if article.page else "",
        "section": article.section,
        "language": "zh-CN",
        "original-title": article.original_title,
        "keyword": ", ".join(tag.replace(",", "，") for tag in reference.tags),
        "note": "; ".join(filter(None, (_tags(reference), _printed(reference)))),
        "source": issue.file_name,
    }
    if article.sources:
        item["URL"] = article.sources[0]
        if accessed:
            item["accessed"] = {"date-parts": [[int(part) for part in accessed.split("-")]]}
    return {name: value for name, value in item.items() if value}


def _tags(reference: Reference) -> str:
    return "标签：" + "，".join(reference.tags) if reference.tags else ""


def _printed(reference: Reference) -> str:
    return "原文印作：" + reference.printed if reference.printed else ""
