"""CSV for spreadsheets: a row for each annotation, made so that no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from annotations.exports.formulas import GUARD, guarded, is_risky
from annotations.exports.gathering import gathered, tag_path
from annotations.exports.mentions import mention_rows
from annotations.exports.outline import article_citation, printed_words
from annotations.exports.records import bare
from annotations.lines import dump
from annotations.model import (
    BoundaryBody,
    CorrectionBody,
    HighlightBody,
    LinkBody,
    MentionBody,
    NoteBody,
    OtherBody,
    StatusBody,
    StoreError,
    TagBody,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.exports.gathering import ArticleGroup, IssueGroup, Selection
    from annotations.model import Annotation

BYTE_ORDER_MARK = "\ufeff"  # without it some spreadsheets take UTF-8 for a local encoding
COLUMNS = (
    "publication", "number", "issue_date", "issue_title", "file", "section", "position", "article",
    "article_printed", "page", "article_date", "authors", "sources", "citation",
    "kind", "value", "note", "quote", "colour", "block", "start", "end", "prefix", "suffix",
    "anchor", "score", "created", "modified", "reviewer", "device", "revision",
    "id", "issue_id", "article_id",
)  # fmt: skip
MENTION_COLUMNS = (
    "canonical", "type", "currency", "low", "high", "unit", "approximate", "per", "comparison",
    "payer", "recipient", "purpose", "flow_kind", "flow_status", "flow_date", "doubtful",
)  # fmt: skip
GUARDED = "guarded"

Row = dict[str, str]


def export(selection: Selection) -> str:
    """Return a table that begins with a byte order mark, every cell quoted.

    A cell that a spreadsheet may take for a formula gets an apostrophe before it, and the column
    `guarded` names its column; with `raw` neither. Raises StoreError if it reads back differently.
    """
    columns = COLUMNS + (MENTION_COLUMNS if selection.with_mentions else ())
    rows = [{name: row.get(name, "") for name in columns} for row in _rows(selection)]
    header = (*columns, *(() if selection.raw else (GUARDED,)))
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow(list(row.values()) if selection.raw else _guarded(row))
    text = BYTE_ORDER_MARK + out.getvalue()
    if load(text) != rows:
        raise StoreError("the CSV export does not read back as what was exported; not written")
    return text


def load(text: str) -> list[Row]:
    """Read a table back, guards taken off. Raises csv.Error."""
    with _long_cells():
        reader = csv.reader(
            io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True
        )
        header, *lines = list(reader)
    rows = []
    for line in lines:
        row = dict(zip(header, line, strict=True))
        for name in filter(None, row.pop(GUARDED, "").split(" ")):
            row[name] = row[name].removeprefix(GUARD)
        rows.append(row)
    return rows


def _guarded(row: Row) -> list[str]:
    risky = [name for name, cell in row.items() if is_risky(cell)]
    return [*map(guarded, row.values()), " ".join(risky)]


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the reader take cells of any length; its own limit is for the whole process."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(selection: Selection) -> Iterator[Row]:
    for issue in gathered(selection):
        about_issue = _issue_cells(issue)
        for one in issue.on_issue:
            yield {**about_issue, **_annotation_cells(one, None, selection)}
        for group in issue.articles:
            about = {**about_issue, **_article_cells(group, issue, selection)}
            for one in group.annotations:
                yield {**about, **_annotation_cells(one, group, selection)}
            if selection.with_mentions and group.article is not None:
                for mention in mention_rows(group.article):
                    cells = {name: _cell(value) for name, value in mention.items()}
                    yield {**about, **cells, "quote": cells["text"]}


def _issue_cells(issue: IssueGroup) -> Row:
    ref = issue.ref
    return {
        "publication": ref.publication or "",
        "number": ref.number or "",
        "issue_date": ref.date or "",
        "issue_title": ref.title or "",
        "file": ref.file_name,
        "issue_id": ref.id,
        "reviewer": issue.reviewer,
    }


def _article_cells(group: ArticleGroup, issue: IssueGroup, selection: Selection) -> Row:
    ref = group.ref
    return {
        "section": ref.section,
        "position": str(ref.position + 1),
        "article": ref.title,
        "article_printed": printed_words(group.printed),
        "page": str(ref.page) if ref.page else "",
        "article_date": ref.date or "",
        "authors": "；".join(ref.authors),
        "sources": " ".join(ref.sources),
        "citation": article_citation(ref, issue.ref, selection),
        "article_id": ref.id,
    }


def _annotation_cells(one: Annotation, group: ArticleGroup | None, selection: Selection) -> Row:
    value, note, colour = _said(one, selection)
    cells = {
        "kind": one.kind,
        "value": value,
        "note": note,
        "colour": colour,
        "created": one.created,
        "modified": one.modified,
        "device": one.device,
        "revision": str(one.revision),
        "id": one.id,
    }
    selector = bare(one)["target"]["selector"]
    if selector is not None:
        cells["quote"] = selector["exact"]
        for name in ("block", "start", "end", "prefix", "suffix"):
            cells[name] = _cell(selector[name])
    found = group.found(one) if group else None
    if found is not None:
        cells |= {"anchor": found.status, "score": _cell(round(found.score, 3))}
    return cells


def _said(one: Annotation, selection: Selection) -> tuple[str, str, str]:
    """Return value, note and colour."""
    match one.body:
        case TagBody(tag=tag, name=name):
            known = selection.known_tags.get(tag)
            shown = "/".join(tag_path(known, selection.known_tags)) if known else name or tag[:8]
            return shown, "", (known.colour or "") if known else ""
        case NoteBody(text=text):
            return "", text, ""
        case HighlightBody(colour=colour, note=note):
            return "", note, colour
        case StatusBody(status=status):
            return status, "", ""
        case LinkBody(relation=relation, article=article, note=note):
            return f"{relation}: {article.title}", note, ""
        case CorrectionBody(field=field, value=value, printed=printed):
            said = f"{field}: {value}"
            return f"{said} ← {printed}" if printed else said, "", ""
        case MentionBody(act=act, mention=mention, form=form, name=name):
            said = f"{act} {mention}: {form}"
            return f"{said} → {name}" if name else said, "", ""
        case BoundaryBody(act=act, line=line):
            return f"{act}: {line}", "", ""
        case OtherBody(data=data):
            return dump(dict(data)), "", ""
        case _:
            return "", "", ""


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)
