"""Markdown for Obsidian and its like: a file that can be edited and exported again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.exports import regions
from annotations.exports.gathering import gathered, tag_path, used_tags
from annotations.exports.mentions import mention_rows
from annotations.exports.outline import article_citation, printed_words
from annotations.exports.regions import Merged, Region, content_hash, disarmed
from annotations.exports.yaml import dump
from annotations.exports.yaml_load import load
from annotations.model import HighlightBody, LinkBody, NoteBody, StoreError
from annotations.view import article_state

if TYPE_CHECKING:
    from annotations.exports.gathering import ArticleGroup, IssueGroup, Selection
    from annotations.model import Annotation

SCHEMA = "kuaibao.markdown"
VERSION = 1
PROPERTIES = "properties"
_HASH = "kuaibao-hash"
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n((?:(?!---[ \t]*\r?$).*\n)*)---[ \t]*\r?(?:\n|\Z)", re.M)
_MARKS = re.compile(r"[\\`*_\[\]<>~|$^]|==|%%")
_LINE_START = re.compile(r"(\s*)(#|[-+](?=\s|$)|[0-9]+[.)](?=\s|$)|=+\s*$|-{3,})")
_NO_TAG = re.compile(r"[^\w/-]+")


@dataclass(frozen=True, slots=True)
class _Made:
    properties: dict[str, Any]
    regions: dict[str, str]


def export(selection: Selection) -> str:
    """Return a new file. Raises StoreError if it does not read back as it should."""
    made = _make(selection)
    bodies = [regions.written(key, text) for key, text in made.regions.items()]
    text = "\n".join([_front(made.properties), *bodies])
    _check(text, made, Merged(text))
    return text


def update(selection: Selection, old: str) -> Merged:
    """Bring a file up to date that may have been edited since; see regions.merge().

    Properties at the top that were edited stay as they are, and ours come below them. A file
    without any keeps none. Raises StoreError if the result does not read back as it should.
    """
    made = _make(selection)
    front = _FRONT.match(old)
    body = old[front.end() :] if front else old
    new = made.regions
    before = front[0] if front else ""
    if front:
        recorded, now = _front_hashes(front[1])
        if recorded is not None and recorded == now:
            before = _front(made.properties)
        else:
            if recorded != _properties_hash(made.properties):
                ours = f"```yaml\n{dump(made.properties)}```\n"
                new = {PROPERTIES: ours, **new}
            front = None
    merged = regions.merge(body, new)
    if front is None and before:
        merged.kept.insert(0, PROPERTIES)
    merged.text = before + merged.text
    _check(merged.text, made, merged)
    return merged


def is_ours(text: str) -> bool:
    """Tell whether a file has properties or a region that we wrote."""
    front = _FRONT.match(text)
    if front and _front_hashes(front[1])[0] is not None:
        return True
    return any(isinstance(part, Region) for part in regions.parts(text))


def _check(text: str, made: _Made, merged: Merged) -> None:
    """Read the file back: every region that nobody edited is as it was made."""
    front = _FRONT.match(text)
    if not merged.kept and front:
        found = load(front[1])
        if {**made.properties, _HASH: found.get(_HASH)} != found:
            raise StoreError("the properties do not read back as what was exported; not written")
    seen: dict[str, str] = {}
    body = text[front.end() :] if front else text
    for part in regions.parts(body):
        if isinstance(part, Region) and (part.key not in merged.kept or part.ours):
            seen.setdefault(part.key, part.text)
    for key, wanted in made.regions.items():
        if key not in merged.kept and seen.get(key, "").rstrip("\n") != wanted.rstrip("\n"):
            raise StoreError("the Markdown export does not read back as it should; not written")


def _make(selection: Selection) -> _Made:
    properties: dict[str, Any] = {"schema": SCHEMA, "version": VERSION}
    if selection.exported is not None:
        properties["exported"] = selection.exported
    if selection.reviewer:
        properties["reviewer"] = selection.reviewer
    tags = used_tags(selection.annotations, selection.known_tags)
    if tags:
        paths = (safe_tag(tag_path(tag, selection.known_tags)) for tag in tags)
        properties["tags"] = list(dict.fromkeys(paths))
    found: dict[str, str] = {}
    issues = list(gathered(selection))
    if len(issues) == 1:
        ref = issues[0].ref
        named = {"publication": ref.publication, "number": ref.number, "title": ref.title}
        named |= {"date": ref.date, "file": ref.file_name, "issue": ref.id}
        properties |= {name: value for name, value in named.items() if value}
    for issue in issues:
        owner = "" if issue.reviewer == selection.reviewer else f"-{_short(issue.reviewer)}"
        found[f"issue-{_short(issue.ref.id)}{owner}"] = _issue(issue, selection)
        for group in issue.articles:
            key = f"article-{_short(issue.ref.id + group.ref.id)}{owner}"
            found[key] = _article(group, issue, selection)
    return _Made(properties, found)


def _front(properties: dict[str, Any]) -> str:
    return f"---\n{dump({**properties, _HASH: _properties_hash(properties)})}---\n"


def _properties_hash(properties: dict[str, Any]) -> str:
    return content_hash(dump({n: v for n, v in properties.items() if n != "exported"}))


def _front_hashes(lines: str) -> tuple[str | None, str]:
    """Return the hash that the properties state, and the one that they have."""
    stated = re.search(rf"^{_HASH}: '?([0-9a-f]{{16}})'?\s*$", lines, re.M)
    kept = [line for line in lines.split("\n") if not line.startswith((f"{_HASH}:", "exported:"))]
    return (stated[1] if stated else None), content_hash("\n".join(kept))


def _issue(issue: IssueGroup, selection: Selection) -> str:
    ref = issue.ref
    named = " ".join(part for part in (ref.publication, ref.title or ref.number) if part)
    title = named or ref.file_name
    lines = [f"# {_escaped(title)}", ""]
    facts = [ref.date or "", ref.file_name, issue.reviewer]
    lines += [" · ".join(_escaped(fact) for fact in facts if fact), ""]
    if issue.issue is None:
        lines += ["*text not at hand*", ""]
    lines += _marks(issue.on_issue, None, selection)
    return _joined(lines)


def _article(group: ArticleGroup, issue: IssueGroup, selection: Selection) -> str:
    ref = group.ref
    lines = [f"## {_escaped(ref.title)}", ""]
    page = f"p. {ref.page}" if ref.page else ""
    facts = [ref.section, ref.date or "", ", ".join(ref.authors), page]
    shown = " · ".join(_escaped(fact) for fact in facts if fact)
    if group.lost:
        shown = " · ".join(filter(None, (shown, "**orphan**")))
    lines += [shown, ""] if shown else []
    if group.printed:
        lines += [f"*printed:* {_escaped(printed_words(group.printed))}".rstrip(), ""]
    lines += _marks(group.annotations, group, selection)
    if selection.with_mentions and group.article is not None:
        rows = [_mention(row) for row in mention_rows(group.article)]
        lines += ["### Mentions", "", *rows, ""] if rows else []
    lines += [_escaped(article_citation(ref, issue.ref, selection)), ""]
    lines += [f"- <{source}>" for source in ref.sources if re.fullmatch(r"[^\s<>]+", source)]
    return _joined(lines)


def _marks(
    annotations: tuple[Annotation, ...], group: ArticleGroup | None, selection: Selection
) -> list[str]:
    """Return tags, star and state in one line, then notes, then quotes with theirs beneath."""
    state = article_state(annotations, selection.tags)
    words = [f"#{safe_tag(tag_path(tag, selection.known_tags))}" for tag in state.tags]
    words += ["★"] if state.starred else []
    words += [state.status] if state.status != "unread" else []
    lines = [" ".join(words), ""] if words else []
    marked = {one.id for one in state.highlights}
    beneath: dict[str, list[Annotation]] = {}
    for one in state.notes:
        on = one.target.annotation
        if on is not None and on in marked:
            beneath.setdefault(on, []).append(one)
        else:
            lines += _note(one, "")
    for one in annotations:
        if isinstance(one.body, LinkBody):
            lines += [f"- {one.body.relation}: {_escaped(one.body.article.title)} ^{block_id(one)}"]
            lines += ["", *_indented(one.body.note, "  "), ""] if one.body.note else [""]
    for one in state.highlights:
        lines += _quote(one, group, selection)
        for note in beneath.get(one.id, ()):
            lines += _note(note, "")
    return lines


def _quote(one: Annotation, group: ArticleGroup | None, selection: Selection) -> list[str]:
    body, selector = one.body, one.target.selector
    assert isinstance(body, HighlightBody)
    quoted = selector.exact if selector else ""
    lines = [f"> {_escaped(line)}".rstrip(" ") for line in quoted.split("\n")]
    found = group.found(one) if group else None
    said = (
        body.colour
        if found is None or found.status == "exact"
        else f"{body.colour}, {found.status}"
    )
    lines += ["", f"^{block_id(one)}", "", f"- *{_escaped(said)}*"]
    return [*lines, "", *_indented(body.note, "  "), ""] if body.note else [*lines, ""]


def _note(one: Annotation, margin: str) -> list[str]:
    body = one.body
    assert isinstance(body, NoteBody)
    when = one.modified[:16].replace("T", " ")
    return [
        f"{margin}- {when} ^{block_id(one)}".replace("-  ^", "- ^"),
        "",
        *_indented(body.text, margin + "  "),
        "",
    ]


def _indented(text: str, margin: str) -> list[str]:
    """Return a text in Markdown as part of a list item."""
    return [(margin + line) if line else "" for line in disarmed(text).split("\n")]


def _mention(row: dict[str, Any]) -> str:
    parts = [_escaped(str(row["text"]))]
    if row["kind"] == "amount":
        value = row.get("value")
        span = [row.get(name) for name in ("low", "high")]
        if value is None and any(one is not None for one in span):
            value = "–".join(str(one) for one in span if one is not None)
        parts += [f"{row['currency']} {value}"] if value is not None else [str(row["currency"])]
        if row["payer"] or row["recipient"]:
            parts.append(_escaped(f"{row['payer'] or '?'} → {row['recipient'] or '?'}"))
    elif row["kind"] == "date":
        parts.append(str(row["value"]))
    elif row["kind"] == "entity":
        parts += [str(row["type"])]
        if row["canonical"] != row["text"]:
            parts.append(_escaped(str(row["canonical"])))
    return f"- {row['kind']}: " + " · ".join(part for part in parts if part)


def block_id(one: Annotation) -> str:
    """Return the name of a block that links may lead to, the same in every export."""
    plain = re.sub(r"[^A-Za-z0-9]", "", one.id)
    return (
        f"kb-{plain[:12]}" if re.fullmatch(r"[0-9a-fA-F-]{36}", one.id) else f"kb-{_short(one.id)}"
    )


def safe_tag(path: tuple[str, ...]) -> str:
    """Return a tag as Obsidian takes it: letters, digits, - and _, parts joined by /."""
    names = ["-".join(filter(None, _NO_TAG.split(part.strip("/")))) or "_" for part in path]
    whole = re.sub(r"/{2,}", "/", "/".join(names))
    return whole if any(c.isalpha() or c == "_" for c in whole) else f"_{whole}"


def _escaped(text: str) -> str:
    """Return text of a bulletin as one line that Markdown shows as it is."""
    line = _MARKS.sub(lambda found: "\\" + found[0], text.replace("\n", " "))
    return _LINE_START.sub(r"\1\\\2", line, count=1) if _LINE_START.match(line) else line


def _short(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
