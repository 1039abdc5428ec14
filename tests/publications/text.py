"""A printed issue as the plain text that an extractor leaves: wrapped, paged, notes at the foot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.publications.printed import Para, Printed

ROWS = 42  # lines of a page
MAY_NOT_BEGIN = "，。、；：！？）》”’】〕…"


def cells(text: str) -> int:
    """Count the cells of a line: two for what is not ASCII."""
    return sum(1 if char.isascii() else 2 for char in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Cut a paragraph into lines of `width` full-width characters; 0: one line."""
    line = ""
    for char in text:
        over = cells(line + char) - 2 * width
        in_word = char.isascii() and line[-1:].isascii()
        # A long address is broken, a word is not.
        if width and over > (30 if in_word else 0) and char not in MAY_NOT_BEGIN:
            yield line
            line = ""
        line += char
    yield line


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
    made = []
    for number, page in enumerate(pages, 1):
        known = {"page": number, "pages": len(pages)}
        head = [issue.header.format(**known)] if issue.header else []
        foot = [issue.footer.format(**known)] if issue.footer else []
        made.append("\n".join([*head, *page.body, *page.notes, *foot]))
    return "\f".join(made) + "\n"
