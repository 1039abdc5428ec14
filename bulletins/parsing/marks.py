"""Tying notes to their marks: digits glued to the text, taken out of it.

Each candidate is rated by its neighbours; among all orderly ties of notes to candidates the one
with the highest sum of ratings wins (a heaviest increasing subsequence).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.parsing.markers import Note

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CANDIDATE = re.compile(
    rf"(?P<digit>\d+)|(?P<sup>[{_SUPERSCRIPTS}]+)|[\[［〔](?P<bracket>\d{{1,5}})[\]］〕]"
    rf"|(?P<circled>[{_CIRCLED}])|(?P<star>[*＊†‡]{{1,4}})"
)
_CLOSERS = "。，、；：！？）)》〉”’】」』]…,;:!?"
_UNIT = re.compile(r"(?:\d|^|[\s·/*×])(?:[kcmdnμµ]?m|Hz|[kM]?W|in|ft|s|V|K|cm)$")
_FORMULA = re.compile(
    r"(?:(?:A[cglmrstu]|B[aehikr]?|C[adelorsu]?|Dy|E[ru]|F[er]?|G[ade]|H[efgo]?|I[nr]?|Kr?|L[aiu]"
    r"|M[gnox]|N[abdei]?|Os?|P[bdrt]?|R[behu]|S[bceimnr]?|T[abeimh]|[UVWXY]|Z[nr])\d{0,2}|[()])+$"
)
_WORD = re.compile(r"[A-Za-z0-9()]+$")
_COUNTED = re.compile(
    r"\s?(?:[个項项年月日号家种次级倍天名万亿千百十台位条款届期岁小时分秒米克吨维步层寸度元％%座艘架颗枚所间类大代"
    r"件套份批篇章节页卷版场轮阶周季人国州省市县城点路线只支部本册组队对比成至到—~～-]|[A-Za-z])"
)
_NUMBER_WORDS = "第约近为共有达至每超逾过前后各占了在从到仅等排"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that may be a note's mark: its text's number, its span, its rating."""

    where: int
    start: int
    end: int
    marker: str
    rating: float


def candidates(
    where: int,
    text: str,
    wanted: set[str],
    start: int = 0,
    end: int | None = None,
    raised: Sequence[Span] | None = None,
) -> list[Mark]:
    """List what in `text`, from `start` to `end`, may be one of the `wanted` markers, in order.

    Where the file tells what is `raised`, plain digits elsewhere are none.
    """
    marks = []
    found: Iterable[re.Match[str]] = _CANDIDATE.finditer(text, start, end or len(text))
    if raised is not None:
        high = (one for first, last in raised for one in _CANDIDATE.finditer(text, first, last))
        plain = (one for one in found if one.lastgroup not in ("digit", None))
        found = sorted({one.start(): one for one in (*plain, *high)}.values(), key=re.Match.start)
    for match in found:
        group = match.lastgroup
        if group is None or len(match[0]) > 8:
            continue
        marker = match[group]
        if group == "sup":
            marker = "".join(str(_SUPERSCRIPTS.index(char)) for char in marker)
        if marker not in wanted:
            continue
        if raised is not None and group == "digit":
            rating = _raised_rating(text, match.start())
        else:
            rating = _rating(text, match.start(), match.end(), group)
        if rating > 0:
            marks.append(Mark(where, match.start(), match.end(), marker, rating))
    return marks


def _raised_rating(text: str, start: int) -> float:
    """Rate a raised number: a power stands behind a unit, a digit or a formula's sign."""
    head = text[max(0, start - 4) : start]
    if _UNIT.search(head):
        return 1.0
    return 2.0 if head[-1:].isdigit() or head[-1:] in "+-−–" else 6.0


def _rating(text: str, start: int, end: int, group: str) -> float:
    """Rate a candidate by its neighbours; 0 is none."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if group in ("bracket", "circled", "star"):
        ends = not after or after in _CLOSERS or before in _CLOSERS
        return (4.0 if ends else 2.0) if before and not before.isspace() else 0.5
    if group == "sup":
        return 1.0 if _UNIT.search(text[max(0, start - 4) : start]) else 5.0
    if not before or (after in (".", "．") and text[end + 1 : end + 2].isdigit()):
        return 0.0
    if before.isspace():
        return 0.4 if not after or after in _CLOSERS else 0.0
    if before in ".,，-–—−+±×/=<>≈~～^_$£€¥#@&*(（[" or before.isdigit():
        return 0.0 if before != "，" else 1.0 if not _COUNTED.match(text[end : end + 3]) else 0.0
    if after in ("）", ")") and not _in_brackets(text, start):
        return 0.0  # 1）and 2）count a list
    closes = not after or after in _CLOSERS
    if (before.isascii() and before.isalpha()) or before in "μµΩ°℃":
        return _behind_letter(text, start, closes, after)
    if before in _CLOSERS + "％%":
        return 5.0 if closes else 3.5 if not _COUNTED.match(text[end : end + 3]) else 1.2
    if closes:
        return 2.0 if before in _NUMBER_WORDS else 4.0
    if _COUNTED.match(text[end : end + 3]) or before in _NUMBER_WORDS:
        return 0.0 if before in _NUMBER_WORDS else 0.3
    return 2.0


def _in_brackets(text: str, start: int) -> bool:
    head = text[max(0, start - 120) : start]
    opened = max(head.rfind("（"), head.rfind("("))
    return opened >= 0 and opened > max(head.rfind("）"), head.rfind(")"))


def _behind_letter(text: str, start: int, closes: bool, after: str) -> float:
    """Rate a digit behind a Latin letter, where units and formulas end in digits too."""
    head = text[max(0, start - 24) : start]
    if _UNIT.search(head[-5:]):
        return 0.0
    word = _WORD.search(head)
    if word is not None and _FORMULA.match(word[0]) and len(word[0]) <= 12:
        return 0.2 if closes and len(word[0]) == 1 else 0.0
    if word is not None and len(word[0]) >= 2 and closes:
        return 1.5 if len(word[0]) >= 4 else 0.8
    return 0.5 if word is not None and len(word[0]) >= 4 and not after.isalnum() else 0.0


def tie(notes: Sequence[Note], marks: Sequence[Mark]) -> dict[int, Mark]:
    """Tie notes (by their number in `notes`) to marks, both in order, so that ratings add up.

    Notes with equal markers may both be tied, each to its own mark.
    """
    places: dict[str, list[int]] = {}
    for number, note in enumerate(notes):
        places.setdefault(note.marker, []).append(number)
    best = _Fenwick(len(notes))
    steps: list[tuple[int, Mark, int]] = []  # note, mark, step before
    for mark in marks:
        tries = []
        for number in reversed(places.get(mark.marker, ())[:64]):
            total, before = best.up_to(number)
            tries.append((number, total + mark.rating, before))
        for number, total, before in tries:
            steps.append((number, mark, before))
            best.raise_to(number, total, len(steps) - 1)
    _, step = best.up_to(len(notes))
    tied: dict[int, Mark] = {}
    while step >= 0:
        number, mark, step = steps[step]
        tied[number] = mark
    return tied


class _Fenwick:
    """The best sum among all notes before one, with the step that reached it."""

    def __init__(self, size: int) -> None:
        self.tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def up_to(self, number: int) -> tuple[float, int]:
        """The best of notes 0..number-1."""
        found = (0.0, -1)
        while number > 0:
            found = max(found, self.tree[number])
            number -= number & -number
        return found

    def raise_to(self, number: int, total: float, step: int) -> None:
        """Record `total` for the note `number`."""
        place = number + 1
        while place < len(self.tree):
            if total > self.tree[place][0]:
                self.tree[place] = (total, step)
            place += place & -place
