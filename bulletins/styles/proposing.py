"""A profile learned from one issue that was read by common habits: what it prints, as YAML.

Everything in it was seen in the issue; comments say how often, so that a person can judge it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bulletins.styles.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.model import Issue
    from bulletins.styles.model import Style

_MAX_WORDS = 40  # of a list
_NUMBERED = ("一、", "1.", "（一）", "【】")
_MAX_WORD = 30  # characters of a word that is proposed
_LABEL = re.compile(r"[（(【\[]?\s*([^\s:：，。]{1,12})\s*[】\]]?\s*[:：]")
_NUMBER = re.compile(r"\s*\d+\s*$|^\s*\d+\s*")
_MARKERS = (("circled", re.compile("[①-⑳]")), ("bracket", re.compile(r"[\[［〔]\d")),
            ("star", re.compile("[*＊†‡]")), ("digit", re.compile(r"\d")))  # fmt: skip


class Traced(Protocol):
    """A printed line and what it was taken for."""

    @property
    def page(self) -> int:
        """The page, from 1."""

    @property
    def text(self) -> str:
        """The line."""

    @property
    def role(self) -> str:
        """What it was taken for."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The lines of an issue by role, in order."""

    trace: Sequence[Traced]

    def texts(self, *roles: str) -> list[str]:
        return [line.text for line in self.trace if line.role in roles]


def propose(name: str, issue: Issue, trace: Sequence[Traced], style: Style) -> str:
    """Write a profile called `name` for issues like `issue`, which was read by `style`."""
    seen = _Seen(trace)
    rows = [f"name: {_quoted(name)}"]
    if issue.publication:
        rows.append(f"title: {_quoted(issue.publication)}")
    rows.append("extends: general  # everything that is not said here")
    if issue.publication:
        rows.append(f"publication: {_quoted(issue.publication)}")
    rows += _sections(issue)
    rows += _bylines(seen, style)
    rows += _notes(issue, seen)
    rows += _topics(issue, seen, style)
    rows += _titles(seen)
    rows += _labels(seen, style)
    rows += _headers(seen)
    rows += _evidence(issue, seen)
    return "\n".join(rows) + "\n"


def _sections(issue: Issue) -> list[str]:
    heads = [section.title for section in issue.sections if 0 < len(section.title) <= _MAX_WORD]
    # A number before a head (`一、`) counts it; the head is the same in other issues.
    bare = [re.sub(r"^[一二三四五六七八九十]{1,3}\s?[、.．]\s?", "", head) for head in heads]
    if not heads:
        return ["# No sections were found: list their heads here if there are some.",
                "# sections:", "#   heads: [专题, 动态]"]  # fmt: skip
    return ["sections:", f"  heads: {_list(bare)}  # found in this issue: add those of others"]


def _bylines(seen: _Seen, style: Style) -> list[str]:
    lines = seen.texts("byline")
    if not lines:
        return ["# No bylines were found.", "# byline:", "#   roles: [编译, 撰稿]"]
    rows = [f"byline:  # {_count(lines, 'line')}, such as {_quoted(lines[0][:40])}"]
    before = after = 0
    text_above = False
    for line in seen.trace:
        if line.role == "title":
            text_above = False
        elif line.role in ("paragraph", "body", "list_item"):
            text_above = True
        elif line.role == "byline":
            before, after = before + (not text_above), after + text_above
    rows.append(f"  position: {'start' if before > after else 'end'}")
    roles = _used(lines, style.bylines.roles, labelled=True)
    endings = [one for one in _used(lines, style.bylines.endings) if one not in roles]
    if roles:
        rows.append(f"  roles: {_list(roles)}")
    if endings:
        rows.append(f"  endings: {_list(endings)}")
    bracketed = sum(1 for line in lines if line[0] in "（([【")
    rows.append(f"  unbracketed: {_flag(bracketed < len(lines))}")
    rows.append(f"  bare-names: {_flag(not roles and not endings)}")
    return rows


def _notes(issue: Issue, seen: _Seen) -> list[str]:
    notes = [note for article in issue.articles() for note in article.footnotes]
    if not notes:
        return ["notes:", "  numbering: none  # no notes were found; else page, file or auto"]
    firsts = [line for line in seen.texts("note") if _marker(line)]
    kinds = Counter(kind for kind in map(_marker, firsts) if kind)
    again = Counter(note.marker for note in notes).most_common(1)[0][1] > 1
    tops = [note for note in notes if note.marker in ("1", "①", "*")]
    numbering = "auto" if again and len({note.page for note in tops}) < len(tops) else "file"
    numbering = "page" if again and numbering != "auto" else numbering
    markers = [kind for kind, count in kinds.items() if 4 * count >= max(kinds.values())]
    return [
        f"notes:  # {_count(notes, 'note')}, {sum(n.offset is None for n in notes)} without a mark",
        f"  numbering: {numbering}",
        f"  markers: {_list(markers or ['digit'])}",
    ]


def _marker(line: str) -> str:
    return next((kind for kind, shape in _MARKERS if shape.match(line)), "")


def _topics(issue: Issue, seen: _Seen, style: Style) -> list[str]:
    topics = [article.topic for article in issue.articles() if article.topic]
    if not topics:
        return ["topics: []  # no topic in brackets begins a title"]
    opens = Counter(line[0] for line in seen.texts("title"))
    pairs = [pair for pair in style.topics if opens[pair[0]]]
    return [f"topics: {_list(pairs)}  # {_count(topics, 'title')} with one"]


def _titles(seen: _Seen) -> list[str]:
    """The shapes of numbers before titles, and before heads, which are told from them by both."""
    shapes = []
    for lines in (seen.texts("section"), seen.texts("title")):
        found = Counter(shape for line in lines for shape in _NUMBERED if SHAPES[shape].match(line))
        shapes += [shape for shape, count in found.items() if 3 * count >= len(lines)]
    return [f"titles: {_list(shapes)}  # shapes of the numbers before heads and titles"]


def _labels(seen: _Seen, style: Style) -> list[str]:
    """The words before colons in lines of sources and originals, and of the imprint."""
    rows = []
    for key, roles, known in (
        ("sources", ("source",), style.sources),
        ("details", ("source",), style.details),
        ("original-title", ("original title",), style.originals),
        ("imprint", ("imprint",), style.imprint),
    ):
        matches = filter(None, map(_LABEL.match, seen.texts(*roles)))
        counts = Counter(match[1] for match in matches if match[1] in known)
        if counts:
            said = ", ".join(f"{label} ×{count}" for label, count in counts.most_common(5))
            rows.append(f"# {key}: {said}")
    return rows


def _headers(seen: _Seen) -> list[str]:
    headers = Counter(
        _NUMBER.sub("", text).strip() for text in seen.texts("running header")
    ).most_common(10)
    words = [text for text, count in headers if count >= 2 and 2 <= len(text) <= _MAX_WORD]
    return [f"running-headers: {_list(words)}"] if words else []


def _evidence(issue: Issue, seen: _Seen) -> list[str]:
    """Weigh what this issue shows; what it lacks speaks against the profile elsewhere."""
    articles = max(1, len(issue.articles()))
    shown = {
        "known_head": len(seen.texts("section")),
        "role_byline": sum(1 for line in seen.texts("byline") if ":" in line or "：" in line),
        "topic": sum(1 for article in issue.articles() if article.topic),
        "original_title": len(seen.texts("original title")),
        "source": len(seen.texts("source")),
    }
    weights = {cue: 3 if count >= articles else 2 for cue, count in shown.items() if count >= 2}
    if not shown["topic"]:
        weights["topic"] = -2
    inner = ", ".join(f"{cue}: {weight}" for cue, weight in weights.items())
    return ["# What speaks for this profile where several may fit (-10 to 10 each).",
            f"evidence: {{{inner}}}", "base: 0"]  # fmt: skip


def _used(lines: Iterable[str], words: Iterable[str], *, labelled: bool = False) -> list[str]:
    """Those of `words` that lines hold, the most frequent first; longer ones count before."""
    counts: Counter[str] = Counter()
    longest = sorted(words, key=len, reverse=True)
    for line in lines:
        for word in longest:
            ends = rf"{re.escape(word)}\s*[:：/／]" if labelled else re.escape(word)
            if re.search(ends, line[:200]):
                counts[word] += 1
                break
    return [word for word, _ in counts.most_common()]


def _count(found: Sequence[object], word: str) -> str:
    return f"{len(found)} {word}{'' if len(found) == 1 else 's'}"


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(word) for word in list(dict.fromkeys(words))[:_MAX_WORDS]) + "]"


def _quoted(text: str) -> str:
    """Write a text as YAML that can't be anything else: in double quotes, what is odd escaped."""
    import json  # its strings are YAML's

    return json.dumps(text, ensure_ascii=False)
