"""An issue as plain text, such as an extractor leaves it of a PDF."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tests.unseen.issue import pieces

if TYPE_CHECKING:
    from tests.unseen.layouts import Element, Layout

_NOT_FIRST = "，。；：、？！）》”’】%"
_CENTRED = {"mast", "sub", "contents", "section-end"}


def cells(text: str) -> int:
    """Count the cells of a text."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of `width` cells; words and numbers stay whole."""
    if not width:
        return [text]
    lines, line = [], ""
    for word in _words(text):
        if line and cells(line + word) > width and word[0] not in _NOT_FIRST:
            lines.append(line)
            line = word.lstrip(" ")
        else:
            line += word
    return [*lines, line]


def _words(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if found and char.isascii() and char not in " -/" and found[-1][-1:].isascii() \
                and found[-1][-1:] not in " -/":  # fmt: skip
            found[-1] += char
        else:
            found.append(char)
    return found


def marked(text: str, layout: Layout) -> str:
    """Give a text with its marks as they are printed in plain text."""
    return "".join(part + (layout.mark(mark) if mark else "") for part, mark in pieces(text))


def lines_of(element: Element, layout: Layout) -> list[str]:
    """Give the printed lines of an element."""
    width, text = layout.width or 76, marked(element.text, layout)
    if element.part == "table":
        return _table(element.rows)
    if element.part == "rule":
        return ["─" * 20]
    if element.part in ("page", "columns"):
        return []
    if element.part == "chart":
        return text.splitlines()
    if element.part == "entry" and "\t" in text:
        name, _, page = text.partition("\t")
        return [name + "." * max(6, width - cells(name) - 3) + page]
    if (
        element.part in _CENTRED
        or (layout.centred and element.part == "title")
        or (element.part in ("section", "cap", "english") and layout.width > 50)
    ):
        broad = max(layout.width, 64) if layout.width else 0
        return [
            " " * max(0, (width - cells(part)) // 2) + line
            for part in text.split("\n")
            for line in wrapped(part, broad)
        ]
    indented = element.part in ("p", "run", "head", "title" if layout.width == 56 else "p")
    return wrapped((layout.indent if indented else "") + text, layout.width)


def _table(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    wide = [max(cells(row[n]) for row in rows) + 3 for n in range(len(rows[0]))]
    return [
        "".join(c + " " * (w - cells(c)) for c, w in zip(row, wide, strict=True)).rstrip()
        for row in rows
    ]


def text(elements: list[Element], layout: Layout, notes: dict[int, str]) -> str:
    """Give the whole text with page breaks, headers, footers and notes at page bottoms."""
    pages: list[tuple[list[str], list[str]]] = [([], [])]
    for element in elements:
        if element.part == "page":
            pages.append(([], []))
        below = [n for _, n in pieces(element.text) if n] if layout.notes_below else []
        for line in lines_of(element, layout):
            body, bottom = pages[-1]
            if layout.lines and len(body) + len(bottom) >= layout.lines:
                pages.append(([], []))
                body, bottom = pages[-1]
            body.append(line)
            while below and layout.mark(below[0]) in line:
                number = below.pop(0)
                bottom += wrapped(f"{layout.mark(number)} {notes[number]}", layout.width)
    out = []
    for number, (body, bottom) in enumerate(pages, 1):
        lines = []
        if layout.header and layout.lines:
            lines.append(layout.header[(number - 1) % len(layout.header)])
        lines += body
        if bottom:
            lines += ["——————", *bottom]
        if layout.lines:
            lines.append(" " * (layout.width // 2) + layout.footer.format(number))
        out.append(("\n\n" if layout.airy else "\n").join(lines) + "\n")
    return "\f".join(out)
