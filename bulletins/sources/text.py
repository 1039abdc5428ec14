"""Text as it is extracted from a PDF: every printed line is a line.

A page starts at a form feed, or, in files without any, at a line with exactly one leading space:
that is how the extractor behind the usual text files writes the first line of a page.
"""

from __future__ import annotations

from bulletins.sources.abreast import unfolded
from bulletins.sources.lines import Line, Page
from bulletins.sources.plain import plain

_MAX_PAGE_STARTS = 0.2  # more lines than this share with one leading space: it marks no page


def pages_of(text: str) -> tuple[Page, ...]:
    """Cut `text` into pages of lines; lines without text are counted, not kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "  ")
    text = "\f".join("\n".join(unfolded(page.split("\n"))) for page in text.split("\f"))
    fed: set[int] = set()
    if "\f" in text:
        text, fed = _without_form_feeds(text)
    rows = _rows(plain(text))
    one_space = [row for row in rows if row[1] == 1]
    # Where form feeds part pages, a single space is nothing but an indent.
    marked = not fed and len(one_space) <= max(3, _MAX_PAGE_STARTS * len(rows))
    pages: list[Page] = []
    lines: list[Line] = []
    number = 1
    feeds = sorted(fed)
    next_feed = 0
    for line_number, indent, content, trail, blank, spacer in rows:
        starts = marked and indent == 1
        while next_feed < len(feeds) and feeds[next_feed] <= line_number:
            next_feed += 1
            starts = True
        if starts and lines:
            pages.append(Page(number, tuple(lines)))
            lines = []
            number += 1
        kept_indent = 0 if marked and indent == 1 else indent
        lines.append(Line(content, line_number, number, kept_indent, trail, blank, spacer))
    if lines:
        pages.append(Page(number, tuple(lines)))
    return tuple(pages)


def _rows(text: str) -> list[tuple[int, int, str, bool, int, bool]]:
    """List (line number, indent, text, trail, blank lines before, spacer) of each printed line."""
    rows = []
    blank, spacer = 0, False
    for number, raw in enumerate(text.split("\n"), 1):
        content = raw.strip()
        if not content:
            blank += 1
            spacer = spacer or raw != ""
            continue
        lead = len(raw) - len(raw.lstrip())
        indent = lead + raw.count("\u3000", 0, lead)
        rows.append((number, indent, content, raw[-1].isspace(), blank, spacer))
        blank, spacer = 0, False
    return rows


def _without_form_feeds(text: str) -> tuple[str, set[int]]:
    """Turn form feeds into line ends; also give the numbers of the lines that they start."""
    fed: set[int] = set()
    out: list[str] = []
    number = 0
    for raw in text.split("\n"):
        pieces = raw.split("\f")
        starts = len(pieces) > 1 and not pieces[0].strip()
        # A form feed that a line begins with is no line of its own.
        for index, piece in enumerate(pieces[1:] if starts else pieces):
            number += 1
            out.append(piece)
            if index or starts:
                fed.add(number)
    return "\n".join(out), fed
