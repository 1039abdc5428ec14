"""A PDF becomes pages of lines: what its layout tells travels along as fields of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.said import Said
from bulletins.sources.lines import Line, Link, Page
from bulletins.sources.pdf_addresses import join_marks, mark_addresses
from bulletins.sources.pdf_document import PdfError, sheets
from bulletins.sources.pdf_page import PageRows, align_columns, body_size, mark_overlays, page_of
from bulletins.sources.pdf_paragraphs import mark_paragraphs
from bulletins.sources.pdf_pictures import mark_captions
from bulletins.sources.pdf_zones import gaps_of, mark_margins, mark_notes, text_of
from bulletins.sources.plain import plain

if TYPE_CHECKING:
    from bulletins.sources.lines import Zone
    from bulletins.sources.pdf_document import Sheet
    from bulletins.sources.pdf_order import Row

_MAX_BROKEN = 0.2  # of the characters have no meaning: the text layer is of no use
_MIN_GLYPHS = 8  # on the average page; fewer are stamps on pictures of pages


def pages_of_pdf(data: bytes) -> tuple[Page, ...]:
    """Read the PDF in `data` into pages of lines, in reading order. Raises PdfError."""
    pages: list[PageRows] = []
    glyphs = broken = pictures = 0

    def visit(sheet: Sheet) -> None:
        nonlocal glyphs, broken, pictures
        glyphs += len(sheet.glyphs)
        broken += sheet.broken
        pictures += bool(sheet.pictures)
        pages.append(page_of(sheet))

    count = sheets(data, visit)
    if glyphs < _MIN_GLYPHS * max(1, count) and (pictures or not glyphs):
        what = Said("only pictures of pages (a scan)") if pictures else Said("no text")
        raise PdfError(
            "holds {what}; recognise its text first (OCR), then open it again", what=what
        )
    if broken > _MAX_BROKEN * glyphs:
        raise PdfError(
            "has a broken text layer (most letters have no meaning);"
            " recognise its text first (OCR), then open it again"
        )
    body = body_size(pages)
    align_columns(pages, body)
    mark_overlays(pages)
    join_marks(pages)
    mark_margins(pages, body)
    for page in pages:
        mark_notes(page, body)
        mark_captions(page, body)
    mark_paragraphs(pages, body)
    mark_addresses(pages)
    number = 0
    out = []
    for page in pages:
        lines = _lines(page, number)
        number += len(lines)
        if lines:
            out.append(Page(page.number, tuple(lines)))
    return tuple(out)


def _lines(page: PageRows, number: int) -> list[Line]:
    margin = sorted(page.margin, key=lambda row: row.y)
    middle = page.height / 2
    lines: list[Line] = []
    for row in (row for row in margin if row.y < middle):
        lines += _line(page, row, "margin", number + len(lines) + 1)
    for row in page.rows:
        lines += _line(page, row, "notes" if row.notes else "body", number + len(lines) + 1)
    for row in (row for row in margin if row.y >= middle):
        lines += _line(page, row, "margin", number + len(lines) + 1)
    for run in page.overlays:
        text = plain(run.text).strip()
        if text:
            lines.append(
                Line(text, number + len(lines) + 1, page.number, size=run.size, zone="overlay")
            )
    return lines


def _line(page: PageRows, row: Row, zone: Zone, number: int) -> list[Line]:
    """Make the line of a row, or none if nothing in it can be seen."""
    text = text_of(row)
    clean = plain(text).rstrip()
    lead = len(clean) - len(clean.lstrip())
    clean = clean.strip()
    if not clean:
        return []
    raised: list[tuple[int, int]] = []
    links: list[Link] = []
    offset = -lead
    # Positions hold only where nothing was taken out.
    for between, run in zip(gaps_of(row), row.runs, strict=True) if plain(text) == text else ():
        offset += len(between)
        raised += [(start + offset, end + offset) for start, end in run.raised]
        links += [Link(start + offset, end + offset, url) for start, end, url in run.links]
        offset += len(run.text)
    return [
        Line(
            clean,
            number,
            page.number,
            blank=int(row.blank),
            size=round(row.size, 2),
            x=round(row.left, 1),
            right=round(row.right, 1),
            y=round(row.y, 1),
            bold=row.main.bold,
            align=row.align,
            begins=row.begins,
            zone=zone,
            open=row.open,
            raised=tuple(raised),
            links=tuple(links),
            cells=row.cells,
            picture=row.picture,
        )
    ]
