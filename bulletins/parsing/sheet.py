"""The working sheet of one parse: printed lines, their measures, and the role of each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.parsing.looks import Looks

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletins.sources import Line, Source

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
FULL_MARKS = "\u3001-\u3003\u3008-\u301f\uff00-\uffef\u2018-\u201f\u2014\u2026\u00b7"
WIDE = f"{CJK}{FULL_MARKS}\u3000"

_CJK = re.compile(f"[{CJK}]")
_ENDS_WIDE = re.compile(f"[{WIDE}]$")
_ENDS_SENTENCE = re.compile("[。！？!?…；;：:.][”’」』）)\\]】\"']*$")
_HARD_END = re.compile(
    r"[a-z]{2}[)\]\"”]?\.$|"
    "[。！？!?…][”’」』）)\\]】\"'\\d]{0,4}$|[。！？；：][”’」』）)]*\\d{0,3}$"
)

_OPENING = 6  # characters that two paragraphs open with alike
_MAX_BEHIND = 60  # characters in brackets behind a sentence
_SOURCED_END = re.compile(r"[。！？][（(][^（()）。]{2,}[）)]$")
_DATED = re.compile(
    r"(?:(?:19|20)\d\d\s?年)?\s?\d{1,2}\s?月\s?\d{1,2}\s?日(?:至\s?\d{1,2}\s?日)?\s?[，,]"
    r"|(?:19|20)\d\d\s?年\s?\d{1,2}\s?月[，,]|(?:近日|日前|近期|当地时间)[，,]"
)


def opens_dated(text: str) -> bool:
    """Say whether `text` opens with a date as reports do: `5 月 8 日，…`."""
    return _DATED.match(text[:40]) is not None


def opening_of(text: str) -> str:
    """Fold how `text` opens, its numbers and spaces aside, to find the same opening again.

    A name in Latin letters opens many lines: it is no such opening, ""."""
    opening = re.sub(r"\d+", "0", "".join(text[:24].split()))[:_OPENING]
    return "" if opening.isascii() else opening


def width_of(text: str) -> int:
    """Measure `text` in cells: Latin letters take one, Chinese characters and marks two."""
    return (len(text) + len(text.encode("utf-8"))) // 2


def cjk_count(text: str) -> int:
    """Count the Chinese characters of `text`."""
    return len(_CJK.findall(text))


def has_cjk(text: str) -> bool:
    """Say whether `text` has a Chinese character."""
    return _CJK.search(text) is not None


def ends_wide(text: str) -> bool:
    """Say whether the last character is Chinese or a full-width mark."""
    return _ENDS_WIDE.search(text[-1:]) is not None


def ends_sentence(text: str) -> bool:
    """Say whether `text` ends as a sentence or a clause that announces more does."""
    return _ENDS_SENTENCE.search(text[-8:]) is not None


def ends_hard(text: str) -> bool:
    """Say whether `text` ends as a whole sentence does, a note's mark behind it allowed."""
    if _HARD_END.search(text[-8:]) is not None:
        return True
    # A source in brackets may stand behind the last sentence: `……。（5月8日，某通讯社）`.
    return text[-1:] in ("）", ")") and _SOURCED_END.search(text[-_MAX_BEHIND:]) is not None


@dataclass(frozen=True, slots=True)
class LineTrace:
    """What one printed line was taken for, and why; `page` and `number` count from 1."""

    page: int
    number: int
    text: str
    role: str
    reason: str


@dataclass(slots=True)
class Sheet:
    """Lines by index, with their width in cells, page, role and the reason for it.

    `gap` says that more room than between most lines stands above a line. `opens` are the lines
    whose last word goes on in the next one, where the file tells. `text` gives the text of a line.

    A role is "" until a stage takes the line.
    """

    lines: list[Line]
    width: list[int]
    page: list[int]
    gap: list[bool]
    looks: Looks
    text: Callable[[int], str]
    opens: frozenset[int] = frozenset()
    role: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)

    def take(self, index: int, role: str, reason: str) -> None:
        """Say what the line is."""
        self.role[index] = role
        self.reason[index] = reason

    def free(self) -> list[int]:
        """The lines that no stage has taken yet, in order."""
        return [index for index, role in enumerate(self.role) if not role]

    def inner(self, index: int) -> bool:
        """Say whether a line in brackets is the end of the paragraph above, as the file tells."""
        return self.lines[index].begins is False and self.text(index)[0] in "（("

    def trace(self) -> tuple[LineTrace, ...]:
        """What every line was taken for."""
        return tuple(
            LineTrace(page, line.number, line.text, role, reason)
            for line, page, role, reason in zip(
                self.lines, self.page, self.role, self.reason, strict=True
            )
        )


def sheet_of(source: Source) -> Sheet:
    """Lay out the lines of `source`."""
    lines = source.lines()
    count = len(lines)
    blanks = Counter(line.blank for line in lines)
    usual = blanks.most_common(1)[0][0] if blanks else 0
    return Sheet(
        lines,
        [width_of(line.text) for line in lines],
        [line.page for line in lines],
        [line.spacer or line.blank > usual for line in lines],
        Looks(lines),
        # Asked for more often than anything else: no method of ours stands between.
        [line.text for line in lines].__getitem__,
        frozenset(index for index, line in enumerate(lines) if line.open),
        [""] * count,
        [""] * count,
    )
