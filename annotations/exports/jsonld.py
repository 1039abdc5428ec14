"""W3C Web Annotation as JSON-LD: one collection of one page, with our own record in each item."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from annotations.documents import to_document
from annotations.exports.gathering import gathered, used_tags
from annotations.exports.mentions import mention_data
from annotations.exports.outline import article_citation, tag_entry
from annotations.exports.writing import same_documents
from annotations.healing import anchor_record
from annotations.model import (
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    LinkBody,
    MentionBody,
    NoteBody,
    StarBody,
    StatusBody,
    StoreError,
    TagBody,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.exports.gathering import ArticleGroup, IssueGroup, Selection
    from annotations.model import Annotation, ArticleRef, IssueRef, Selector

SCHEMA = "kuaibao.jsonld"
VERSION = 1
# What the text of a block went through before offsets were counted; see docs/formats.md.
NORMALISATION = "kuaibao-plain-1"
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "kuaibao": {"@id": "urn:kuaibao:record", "@type": "@json"},
        "mentions": {"@id": "urn:kuaibao:mentions", "@type": "@json"},
        "revision": "urn:kuaibao:revision",
        "anchor": {"@id": "urn:kuaibao:anchor", "@type": "@json"},
        "block": "urn:kuaibao:block",
        "unit": "urn:kuaibao:unit",
        "footnote": "urn:kuaibao:footnote",
        "article": {"@id": "urn:kuaibao:article", "@type": "@json"},
    },
]
_MOTIVATIONS: dict[type, str] = {
    TagBody: "tagging",
    NoteBody: "commenting",
    HighlightBody: "highlighting",
    StatusBody: "assessing",
    StarBody: "bookmarking",
    LinkBody: "linking",
    CorrectionBody: "editing",
    MentionBody: "editing",
    BoundaryBody: "editing",
}

Item = dict[str, Any]


def export(selection: Selection) -> str:
    """Return the collection as JSON, an item a line. Raises StoreError if it reads back wrongly."""
    items = list(_items(selection))
    whole = {**_head(selection, len(items)), "first": {"type": "AnnotationPage", "items": items}}
    text = _dump(_head(selection, len(items)))[:-1]
    text += ',\n"first": {"type": "AnnotationPage", "items": ['
    text += ",".join("\n" + _dump(item) for item in items) + "\n]}}\n"
    again = load(text)
    if again != whole or not same_documents(documents(again), selection.annotations):
        raise StoreError("the JSON-LD export does not read back as what was exported; not written")
    return text


def load(text: str) -> Any:
    """Read the collection back. Raises ValueError (and RecursionError) for what is no JSON."""
    return json.loads(text)


def documents(whole: Any) -> Iterator[dict[str, Any]]:
    """Yield the annotations' documents. Raises KeyError or TypeError where an item is not ours."""
    for item in whole["first"]["items"]:
        yield item["kuaibao"]


def tag_definitions(whole: Any) -> list[dict[str, Any]]:
    """Return the tags that the collection defines. Raises KeyError or TypeError."""
    return list(whole["kuaibao"]["tags"])


def _head(selection: Selection, total: int) -> Item:
    record: Item = {"schema": SCHEMA, "version": VERSION, "reviewer": selection.reviewer}
    used = used_tags(selection.annotations, selection.known_tags)
    head: Item = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "Kuaibao"}
    if selection.exported is not None:
        head["created"] = selection.exported
    head["total"] = total
    head["kuaibao"] = {**record, "tags": [tag_entry(tag) for tag in used]}
    return head


def _items(selection: Selection) -> Iterator[Item]:
    for issue in gathered(selection):
        for one in issue.on_issue:
            yield _item(one, issue, None, selection)
        for group in issue.articles:
            first = True
            for one in group.annotations:
                item = _item(one, issue, group, selection)
                if first and selection.with_mentions and group.article is not None:
                    item["target"]["source"]["mentions"] = mention_data(group.article)
                first = False
                yield item


def _item(
    one: Annotation, issue: IssueGroup, group: ArticleGroup | None, selection: Selection
) -> Item:
    document = to_document(one)
    person = one.reviewer or issue.reviewer
    item: Item = {
        "id": _urn(one.id),
        "type": "Annotation",
        "motivation": _MOTIVATIONS.get(type(one.body), "describing"),
        "creator": {"type": "Person", "name": person},
        "created": one.created,
        "modified": one.modified,
        "revision": one.revision,
        "body": _bodies(one, selection),
        "target": _target(one, issue.ref, group, selection),
        "kuaibao": document,
    }
    return item


def _urn(name: str) -> str:
    try:
        return UUID(name).urn
    except ValueError:
        from urllib.parse import quote

        return f"urn:kuaibao:{quote(name, safe='')}"


def _bodies(one: Annotation, selection: Selection) -> list[Item]:
    match one.body:
        case TagBody(tag=tag, name=name):
            known = selection.known_tags.get(tag)
            return [_text(known.name if known else name or tag[:8], "tagging")]
        case NoteBody(text=text):
            return [_text(text, "commenting", "text/markdown")]
        case HighlightBody(colour=colour, note=note):
            marked = {"type": "TextualBody", "purpose": "highlighting", "value": colour}
            marked["format"] = "text/plain"
            return [marked, *([_text(note, "commenting", "text/markdown")] if note else [])]
        case StatusBody(status=status):
            return [_word(status, "assessing")]
        case StarBody():
            return [_word("starred", "bookmarking")]
        case LinkBody(relation=relation, issue=issue, article=article, note=note):
            linked: Item = {"type": "SpecificResource", "purpose": "linking"}
            linked["source"] = {**_source(issue), "article": _article(article)}
            bodies = [linked, _word(relation, "classifying")]
            return bodies + ([_text(note, "commenting", "text/markdown")] if note else [])
        case CorrectionBody(field=field, value=value, printed=printed):
            was = [_text(printed, "describing")] if printed else []
            return [_word(field, "identifying"), _text(value, "editing"), *was]
        case MentionBody(act=act, name=name):
            return [_word(act, "classifying"), *([_text(name, "editing")] if name else [])]
        case BoundaryBody(act=act, line=line):
            return [_word(act, "classifying"), _text(line, "identifying")]
        case _:
            return []


def _text(value: str, purpose: str, kind: str = "text/plain") -> Item:
    return {**_word(value, purpose), "format": kind, "language": "zh-Hans"}


def _word(value: str, purpose: str) -> Item:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _source(ref: IssueRef) -> Item:
    fields = {
        "id": f"urn:kuaibao:issue:{ref.id}",
        "type": "Text",
        "sha256": ref.id,
        "label": ref.title,
        "publication": ref.publication,
        "number": ref.number,
        "date": ref.date,
        "file": ref.file_name,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _article(ref: ArticleRef) -> Item:
    return {"id": ref.id, "title": ref.title, "section": ref.section, "index": ref.position}


def _target(
    one: Annotation, ref: IssueRef, group: ArticleGroup | None, selection: Selection
) -> Item:
    source = _source(ref)
    target: Item = {"type": "SpecificResource", "source": source}
    if group is None:
        return target
    source["article"] = {
        **_article(group.ref),
        "citation": article_citation(group.ref, ref, selection),
    }
    if group.printed:
        source["article"]["printed"] = dict(group.printed)
    selector = one.target.selector
    if selector is not None:
        target["selector"] = _selectors(selector)
        state = {"type": "State", "normalisation": NORMALISATION}
        if selector.state:
            state["sha256"] = selector.state
        target["state"] = state
    found = group.found(one)
    if found is not None:
        target["anchor"] = anchor_record(found)
    return target


def _selectors(selector: Selector) -> list[Item]:
    position: Item = {
        "type": "TextPositionSelector",
        "start": selector.start,
        "end": selector.end,
        "block": selector.block,
        "unit": "code point",
    }
    if selector.footnote is not None:
        position["footnote"] = selector.footnote
    quote = {
        "type": "TextQuoteSelector",
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }
    return [position, quote]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
