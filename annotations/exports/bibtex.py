"""BibTeX of the exported articles, for LaTeX and reference managers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotations.exports.references import references
from annotations.model import StoreError

if TYPE_CHECKING:
    from annotations.exports.gathering import Selection
    from annotations.exports.references import Reference

# Braces count even behind a backslash where BibTeX looks for the end of a value.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "$&%#_"},
}
_TABLE = str.maketrans(_ESCAPES)
_ESCAPED = re.compile("|".join(map(re.escape, sorted(_ESCAPES.values(), key=len, reverse=True))))
_PLAIN = {written: mark for mark, written in _ESCAPES.items()}
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_VERBATIM = ("url",)
_ENTRY = re.compile(r"@(\w+)\{([^,\s]+),\n")
_FIELD = re.compile(r"  (\w+) = ")

Entry = tuple[str, str, dict[str, str]]  # kind, key, fields


def export(selection: Selection) -> str:
    """Return an entry for each article. Raises StoreError if they do not read back as they should.

    Marks that LaTeX obeys are escaped, in all fields but `url`, where they are percent-encoded.
    """
    entries = [_entry(one, selection.accessed) for one in references(selection)]
    text = "\n".join(_written(entry) for entry in entries)
    if load(text) != entries:
        raise StoreError("the BibTeX export does not read back as what was exported; not written")
    return text


def load(text: str) -> list[Entry]:
    """Read entries back that export() wrote. Raises ValueError for others."""
    entries: list[Entry] = []
    at = 0
    while at < len(text):
        head = _ENTRY.match(text, at)
        if head is None:
            raise ValueError(f"no entry at {at}")
        fields: dict[str, str] = {}
        at = head.end()
        while not text.startswith("}\n", at):
            name = _FIELD.match(text, at)
            if name is None:
                raise ValueError(f"no field at {at}")
            value, at = _value(text, name.end())
            if name[1] not in _VERBATIM:
                value = _ESCAPED.sub(lambda found: _PLAIN[found[0]], value)
            fields[name[1]] = value
        entries.append((head[1], head[2], fields))
        at += 2 + text.startswith("\n", at + 2)
    return entries


def _value(text: str, start: int) -> tuple[str, int]:
    """Return what stands between braces from `start` on, and where the next line begins."""
    depth = 0
    for found in re.compile("[{}]").finditer(text, start):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            end = found.end()
            if not text.startswith(",\n", end):
                break
            return text[start + 1 : end - 1], end + 2
    raise ValueError(f"no value at {start}")


def _written(entry: Entry) -> str:
    kind, key, fields = entry
    lines = [
        f"  {name} = {{{value if name in _VERBATIM else value.translate(_TABLE)}}},\n"
        for name, value in fields.items()
    ]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _entry(reference: Reference, accessed: str | None) -> Entry:
    article, issue = reference.article, reference.issue
    url = _url(article.sources[0]) if article.sources else ""
    date = reference.date
    fields = {
        "author": " and ".join(_name(one) for one in article.authors),
        "title": _line(article.title),
        "journal": _line(reference.container),
        "year": str(date[0]) if date else "",
        "month": str(date[1]) if len(date) > 1 else "",
        "day": str(date[2]) if len(date) > 2 else "",
        "number": _line(reference.number),
        "pages": str(article.page) if article.page else "",
        "url": url,
        "urldate": accessed or "" if url else "",
        "language": "chinese",
        "langid": "chinese",
        "keywords": ", ".join(_line(tag).replace(",", "，") for tag in reference.tags),
        "titleaddon": _line(article.original_title or ""),
        "note": "; ".join(
            filter(None, (_tags(reference), _printed(reference), _line(issue.file_name)))
        ),
    }
    return "article", reference.key, {name: value for name, value in fields.items() if value}


def _name(author: str) -> str:
    """Take from a name the marks that stand between names and between their parts."""
    return _line(author).replace(",", "，").replace(" and ", " & ")


def _tags(reference: Reference) -> str:
    return "标签：" + "，".join(map(_line, reference.tags)) if reference.tags else ""


def _printed(reference: Reference) -> str:
    return "原文印作：" + _line(reference.printed) if reference.printed else ""


def _line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _url(url: str) -> str:
    from urllib.parse import quote

    return quote(url, safe="%:/?#[]@!$&'()*+,;=~-._")
