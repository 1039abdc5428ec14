"""What a note is, and what the line that begins one looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

START = re.compile(
    r"(?:(?P<digit>\d{1,5})(?P<gap>[.．]?[ \u3000]+|(?=https?://)|(?=《))"
    r"|[\[［〔](?P<bracket>\d{1,5})[\]］〕]\s*"
    r"|(?P<closed>\d{1,3})[)）]\s*"
    r"|(?P<circled>[①-⑳])\s*"
    r"|(?P<star>[*＊†‡]{1,4})\s*)(?=\S)"
)
LABEL = re.compile(
    r"[\[【（(]?\s*(?:注\s*释?|脚\s*注|尾\s*注|参考文献|参考资料|References?|Notes?)\s*[\]】）)]?\s*[:：]?$"
)
NOTE_WORD = re.compile(
    r"(?:https?://|www\.|[A-Z\"“'‘(]|《|参见|参考|见|详见|来源|资料来源|数据来源|引自|转引|原文|网址|指|即|该|此)"
)
MARK_IN_TEXT = re.compile(
    r"(?:(?<=[\u3400-\u9fff）)》”’」%％A-Za-z])|(?<=[。，；：！？]))(\d{1,5})(?=[，。；：、！？）)”]|$)"
)


@dataclass(slots=True)
class Note:
    """A note: its marker, joined text, addresses, page and lines.

    Notes that stand together have the same `region`, counted from 1.
    """

    marker: str
    page: int
    lines: list[int]
    text: str = ""
    urls: tuple[str, ...] = ()
    region: int = 0


@dataclass(slots=True)
class Notes:
    """The notes of a file in order, and (line index, address) of links repeated beside them."""

    notes: list[Note] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)


def value_of_marker(match: re.Match[str]) -> int | None:
    """The number that a marker counts by, None for `*`."""
    if match["digit"]:
        return int(match["digit"])
    if match["bracket"]:
        return int(match["bracket"])
    if match["closed"]:
        return int(match["closed"])
    if match["circled"]:
        return ord(match["circled"]) - ord("①") + 1
    return None


def in_columns(zone: list[int]) -> list[list[int]]:
    """Part the notes of a page where text stands between them: they are of two columns."""
    columns: list[list[int]] = []
    for index in zone:
        if columns and columns[-1][-1] == index - 1:
            columns[-1].append(index)
        else:
            columns.append([index])
    return columns


def marker_name(match: re.Match[str]) -> str:
    """What a mark is called by: its digits, its circled number or its stars."""
    found = (str(match[kind] or "") for kind in ("digit", "bracket", "closed", "circled", "star"))
    return next(filter(None, found))
