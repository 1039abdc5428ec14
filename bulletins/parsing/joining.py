"""Joining the lines of one wrapped text: no space between Chinese, one between Latin words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.parsing.sheet import WIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_WIDE_END = re.compile(f"[{WIDE}]$")
_WIDE_START = re.compile(f"[{WIDE}]")
_URL_TAIL = re.compile(r"(?:https?://|www\.)[!-~\u00a1-\u024f]*$", re.IGNORECASE)
_URL_CHARS = re.compile(r"[!-~\u00a1-\u024f]+")
_URL_STOPS = ";；,，。)）、"
_URL_INNER = "/=&?%#_"  # no word begins with them
_URL_OPEN = "-_/=&?%.#+~:@"


@dataclass(frozen=True, slots=True)
class Joined:
    """A text made of lines; `starts` holds the offset at which each line begins."""

    text: str
    lines: tuple[int, ...]
    starts: tuple[int, ...]


def glue(left: str, right: str, trail: bool, trails_known: bool) -> str:
    """Say what stands between two wrapped lines: "" or a space.

    `trail`: white space followed `left`; it tells the end of an address only where `trails_known`.
    """
    if not left or not right or _WIDE_END.search(left[-1]) or _WIDE_START.match(right):
        return ""
    if url_goes_on(left, right, trail, trails_known):
        return ""
    if left[-1] in "-‐\u00ad" and not trail and left[-2:-1].isalnum() and right[0].isalnum():
        return ""
    return " "


def url_goes_on(left: str, right: str, trail: bool, trails_known: bool) -> bool:
    """Say whether an address at the end of `left` continues at the start of `right`."""
    tail = _URL_TAIL.search(left[-4000:])
    if tail is None or left[-1] in _URL_STOPS:
        return False
    first = _URL_CHARS.match(right)
    if left.endswith("://"):
        return first is not None
    if first is None or right[:8].lower().startswith(("http://", "https:/", "www.")):
        return False
    if trails_known:
        return not trail
    if left[-1] in _URL_OPEN:
        return True
    return first.end() == len(right) and (len(tail[0]) >= 40 or right[0] in _URL_INNER)


def join(
    pieces: Iterable[tuple[int, str, bool]], trails_known: bool, opens: Collection[int] = ()
) -> Joined:
    """Join (line index, text, trail) pieces into one text; a word of those in `opens` goes on."""
    parts: list[str] = []
    lines: list[int] = []
    starts: list[int] = []
    length = 0
    left, left_trail, left_open = "", False, False
    for index, text, trail in pieces:
        between = "" if left_open else glue(left, text, left_trail, trails_known)
        parts += (between, text)
        length += len(between)
        lines.append(index)
        starts.append(length)
        length += len(text)
        # An address may run over more than two lines: keep as much as names its start.
        left = left[-4000:] + between + text if "://" in left[-4000:] else text
        left_trail, left_open = trail, index in opens
    return Joined("".join(parts), tuple(lines), tuple(starts))
