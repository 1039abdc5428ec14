"""The history of annotations in words: who changed what, when, from what, to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletins.sources.plain import plain, plain_line
from tui.clock import local_time
from tui.correction_words import stored_words
from tui.inspection.marked import RELATIONS
from tui.locale import tr
from tui.orphan_words import SPLIT_WORDS
from tui.outline import STATUS_WORDS
from tui.passages import colour_words
from tui.undoing import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.history import Entry
    from annotations.model import ArticleRef

_MOST_LINES = 400
"""Lines of a text whose changes are looked for; of a longer one all of both is shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words; `changes` are lines with `-` (what was) or `+` (what is) before them."""

    when: str
    who: str
    what: str
    changes: tuple[tuple[str, str], ...]


def told(entries: Iterable[Entry], tags: Mapping[str, str]) -> list[Told]:
    """Put entries into words, the latest first; `tags` names tags by their ids."""
    return [
        Told(
            local_time(one.when),
            plain_line(f"{one.reviewer} · {one.device}"),
            _what(one),
            tuple(changes(_long(one.before, tags), _long(one.after, tags))),
        )
        for one in entries
    ][::-1]


def _what(entry: Entry) -> str:
    if entry.undoes or entry.redoes:
        return words("undo" if entry.undoes else "redo")
    return words(entry.label)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return what was and what is, line by line; lines that stayed are left out."""
    from difflib import SequenceMatcher

    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    if len(old) + len(new) > _MOST_LINES:
        return [("-", line) for line in old] + [("+", line) for line in new]
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            found += [("-", line) for line in old[a:b]] + [("+", line) for line in new[c:d]]
    return found


def _long(document: Mapping[str, Any] | None, tags: Mapping[str, str]) -> str:
    """All that an annotation says; "" where there is none."""
    if document is None or document.get("deleted"):
        return ""
    body = document.get("body")
    if document.get("kind") == "note" and isinstance(body, dict):
        return plain(str(body.get("text", ""))).strip("\n")
    found = said(document, tags)
    return plain_line(found)


def said(document: Mapping[str, Any] | None, tags: Mapping[str, str]) -> str:
    """What an annotation or a tag's definition says, in a few words; "–" where there is none."""
    if document is None or document.get("deleted"):
        return "–"
    body = document.get("body")
    if not isinstance(body, dict):
        fields = [document.get(name) for name in ("name", "colour", "key")]
        goal = document.get("alias_of")
        merged = [f"→ {tags.get(str(goal), str(goal)[:8])}"] if goal else []
        return " ".join([*(str(field) for field in fields if field), *merged])
    parts: list[object]
    match document.get("kind"):
        case "tag":
            return "#" + str(body.get("name") or tags.get(str(body.get("tag")), ""))
        case "star":
            return "★"
        case "highlight":
            selector = document["target"].get("selector") or {}
            colour = colour_words(str(body.get("colour") or ""))
            parts = [colour, selector.get("exact"), body.get("note")]
        case "status":
            name = str(body.get("status") or "")
            return tr(STATUS_WORDS.get(name, name)) if name else "–"
        case "link":
            relation = str(body.get("relation") or "")
            parts = [tr(RELATIONS.get(relation, relation)) if relation else ""]
            parts += [(body.get("article") or {}).get("title"), body.get("note")]
        case "boundary":
            act = SPLIT_WORDS.get(str(body.get("act")))
            parts = [f"“{body.get('line')}”", tr(act) if act else body.get("act")]
        case "correction":
            return stored_words(body)
        case _:
            parts = list(body.values())
    return " ".join(part for part in parts if isinstance(part, str) and part)


def is_on(document: Mapping[str, Any], article: ArticleRef) -> bool:
    """Tell whether a document is about an article, by its id or its title."""
    target = document.get("target")
    found = target.get("article") if isinstance(target, dict) else None
    if not isinstance(found, dict):
        return False
    return found.get("id") == article.id or found.get("title") == article.title
