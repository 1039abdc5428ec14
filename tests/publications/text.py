"""A printed issue as the plain text that an extractor leaves: wrapped, paged, notes at the foot."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.publications.printed import Para, Printed

ROWS = 42  # lines of a page
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MAY_NOT_BEGIN = "，。、；：！？）》”’】〕…"
_TOKENS = re.compile(r"[《（“‘【]*(?:[!-~]+ ?|.)", re.DOTALL)
_LONG = 24  # characters of a word that may be broken


def cells(text: str) -> int:
    """Count the cells of a line: two for what is not ASCII."""
    return sum(1 if char.isascii() else 2 for char in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Cut a paragraph into lines of `width` full-width characters as typesetters do; 0: one line.

    A word that does not fit goes to the next line, a long address is broken behind a mark in it.
    """
    line = ""
    for token in _TOKENS.findall(text):
        rest = token
        while width and cells(line) + cells(rest.rstrip()) > 2 * width:
            room = 2 * width - cells(line)
            cut = _cut(rest, room) if len(rest) > _LONG else 0
            if not cut and (not line or rest[0] in MAY_NOT_BEGIN):
                break
            yield line + rest[:cut]
            line, rest = "", rest[cut:]
        line += rest
    yield line


def _cut(word: str, room: int) -> int:
    """Find where a long word that goes on is broken: behind its last mark that has room."""
    return max(
        (at for at in range(1, room + 1) if word[at - 1 : at] in tuple("/-?&=._")), default=0
    )


def printed_lines(para: Para, width: int) -> Iterator[str]:
    """Give the lines of one paragraph."""
    if para.rows:
        for row in para.rows:
            yield "  ".join(row)
        return
    lines = list(wrap("　" * para.indent + para.text, width))
    for line in lines:
        room = 2 * width - cells(line)
        pad = {"left": 0, "center": room // 2, "right": room}[para.align] if width else 0
        yield " " * max(0, pad) + line


@dataclass
class _Page:
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pages_of(issue: Printed) -> list[_Page]:
    """Lay the lines out on pages, notes with the page that their mark is on."""
    pages = [_Page()]
    for para in issue.paras:
        if para.new_page:
            pages.append(_Page())
        lines = list(printed_lines(para, issue.width))
        notes = [f"{run.text} {run.note}" for run in para.runs if run.note and issue.page_notes]
        shown = [line for note in notes for line in wrap(note, issue.width)]
        for line in lines:
            page = pages[-1]
            if issue.width and len(page.body) + len(page.notes) + len(shown) >= ROWS:
                pages.append(_Page())
            pages[-1].body.append(line)
        pages[-1].notes += shown
    return pages


def to_text(issue: Printed) -> str:
    """Give the whole text, pages parted by a form feed."""
    pages = pages_of(issue)
    if issue.abreast:
        pages = _abreast(pages, issue.width)
    made = []
    for number, page in enumerate(pages, 1):
        known = {"page": number, "pages": len(pages), "roman": ROMAN[number - 1]}
        head = [issue.header.format(**known)] if issue.header else []
        foot = [issue.footer.format(**known)] if issue.footer else []
        between = "\n\n" if issue.airy else "\n"
        made.append(between.join([*head, *page.body, *page.notes, *foot]))
    return "\f".join(made) + "\n"


def _abreast(pages: list[_Page], width: int) -> list[_Page]:
    """Set each two pages as the columns of one."""
    made = []
    for left, right in itertools.zip_longest(pages[::2], pages[1::2], fillvalue=_Page()):
        both = itertools.zip_longest(left.body, right.body, fillvalue="")
        rows = [(a + " " * (2 * width + 4 - cells(a)) + b).rstrip() for a, b in both]
        made.append(_Page(rows))
    return made
