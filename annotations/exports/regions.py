"""Regions of a text file that we write again, and the words around them that are the user's.

A region stands between two comments that Markdown does not show. The first names its key and a
hash of what we wrote, so that an edit is seen: what was edited is never written over.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEY = r"[A-Za-z0-9._-]{1,80}"
_BEGIN = re.compile(rf"<!-- kuaibao:begin ({_KEY}) ([0-9a-f]{{16}})( ours)? -->[ \t\r]*\n?\Z")
_END = re.compile(rf"<!-- kuaibao:end ({_KEY}) -->[ \t\r]*\n?\Z")
_ANY = re.compile(r"<!--(?=\s*kuaibao:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """What we wrote under a key; `hash` is that of the text as we wrote it, `text` as it is now.

    `ours`: it was put beside a region that the user had edited.
    """

    key: str
    text: str
    hash: str
    ours: bool = False

    @property
    def edited(self) -> bool:
        """Whether somebody changed it since."""
        return content_hash(self.text) != self.hash


@dataclass(slots=True)
class Merged:
    """A text brought up to date, and the keys of what was kept as the user wrote it.

    `beside`: keys of edited regions that our new text was put behind. `removed` counts regions that
    are no longer exported.
    """

    text: str = ""
    kept: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    removed: int = 0


def content_hash(text: str) -> str:
    """Hash a text; line ends, and blanks before them, make no difference."""
    lines = [line.rstrip(" \t\r") for line in text.split("\n")]
    whole = "\n".join(lines).strip("\n")
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def written(key: str, text: str, *, ours: bool = False) -> str:
    """Return a region with its marks. Lines of `text` that look like marks are to be disarmed()."""
    mark = " ours" if ours else ""
    body = text if text.endswith("\n") else text + "\n"
    return (
        f"<!-- kuaibao:begin {key} {content_hash(text)}{mark} -->\n{body}"
        f"<!-- kuaibao:end {key} -->\n"
    )


def disarmed(text: str) -> str:
    """Make what looks like one of our marks show as text."""
    return _ANY.sub(r"\\<!--", text)


def parts(text: str) -> Iterator[str | Region]:
    """Yield the user's text and our regions, in order; a beginning without its end is text."""
    lines = _lines(text)
    ends: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        end = _END.match(line) if line.startswith("<!-- kuaibao:end") else None
        if end:
            ends.setdefault(end[1], []).append(index)
    for places in ends.values():
        places.reverse()
    at = last = 0
    while at < len(lines):
        begin = _BEGIN.match(lines[at]) if lines[at].startswith("<!-- kuaibao:begin") else None
        places = ends.get(begin[1], []) if begin else []
        while places and places[-1] <= at:
            places.pop()
        if begin is None or not places:
            at += 1
            continue
        if at > last:
            yield "".join(lines[last:at])
        end_at = places[-1]
        yield Region(begin[1], "".join(lines[at + 1 : end_at]), begin[2], begin[3] is not None)
        at = last = end_at + 1
    if last < len(lines):
        yield "".join(lines[last:])


def merge(old: str, new: Mapping[str, str]) -> Merged:
    """Bring the regions of `old` up to date with `new`, our texts by key in their order.

    What stands outside of regions stays. A region as we wrote it is replaced, or taken out where
    `new` has none; one that was edited stays, and our text comes behind it unless it is the same
    as when it was edited. What is new comes behind its neighbour in the order of `new`.
    """
    merged = Merged()
    found = list(parts(old))
    theirs = {one.key for one in found if isinstance(one, Region) and not one.ours and one.edited}
    placed: set[str] = set()
    out: list[tuple[str | None, str]] = []
    gone = False
    for part in found:
        if isinstance(part, str):
            if not gone or part.strip():
                out.append((None, part))
            gone = False
        elif part.ours and not part.edited:
            continue  # made anew behind what it stood beside
        elif part.ours or part.edited:
            out.append((part.key, _as_it_was(part)))
            merged.kept.append(part.key)
            if part.ours:
                continue
            text = new.get(part.key)
            if text is not None and content_hash(text) not in (
                part.hash,
                content_hash(part.text),
            ):
                out.append((part.key, written(part.key, text, ours=True)))
                merged.beside.append(part.key)
            placed.add(part.key)
        elif part.key in placed or part.key in theirs:
            out.append((part.key, _as_it_was(part)))  # a copy that the user made
        elif part.key in new:
            out.append((part.key, written(part.key, new[part.key])))
            placed.add(part.key)
        else:
            merged.removed += 1
            gone = True  # and with it the blank lines that we put behind it
    _insert(out, [key for key in new if key not in placed], new)
    merged.text = "".join(text for _, text in out)
    return merged


def _insert(out: list[tuple[str | None, str]], missing: list[str], new: Mapping[str, str]) -> None:
    """Put what is missing behind the region that comes before it in `new`, else at the end."""
    order = list(new)
    wanted = set(missing)
    behind: dict[str | None, list[str]] = {}
    before: str | None = None
    here = {key for key, _ in out}
    for key in order:
        if key in wanted:
            behind.setdefault(before, []).append(key)
        elif key in here:
            before = key
    last = {key: index for index, (key, _) in enumerate(out) if key is not None}
    for key in sorted((k for k in behind if k is not None), key=lambda k: -last[k]):
        out[last[key] + 1 : last[key] + 1] = [(k, "\n" + written(k, new[k])) for k in behind[key]]
    first = behind.get(None, [])
    if first:
        at = min(last.values(), default=len(out))
        if at == len(out) and out and not out[-1][1].endswith("\n"):
            out.append((None, "\n"))
            at += 1
        out[at:at] = [(key, written(key, new[key]) + "\n") for key in first]


def _as_it_was(region: Region) -> str:
    mark = " ours" if region.ours else ""
    text = region.text if region.text.endswith("\n") or not region.text else region.text + "\n"
    return (
        f"<!-- kuaibao:begin {region.key} {region.hash}{mark} -->\n{text}"
        f"<!-- kuaibao:end {region.key} -->\n"
    )


def _lines(text: str) -> list[str]:
    """Split at LF alone: a note may hold other marks that Python takes for line ends."""
    pieces = text.split("\n")
    lines = [piece + "\n" for piece in pieces[:-1]]
    return [*lines, pieces[-1]] if pieces[-1] else lines
