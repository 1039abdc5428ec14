"""A printed issue as a Word file: heads by style or by look, real footnotes or small paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

    from tests.publications.printed import Para, Printed

STYLES = {"masthead": "Title", "section": "Heading 1", "title": "Heading 2", "heading": "Heading 3"}
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def write_word(issue: Printed, path: Path, *, styled: bool) -> None:
    """Write the file; with `styled` heads have Word's styles, else only size and weight."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    document = Document()
    where = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}
    notes: list[str] = []
    for para in issue.paras:
        if para.new_page:
            document.add_page_break()
        if para.rows:
            _table(document, para)
            continue
        style = STYLES.get(para.role) if styled else None
        made = document.add_paragraph(style=style)
        made.alignment = where[para.align]
        made.paragraph_format.first_line_indent = Pt(para.indent * para.size)
        for run in para.runs:
            if run.note and issue.page_notes:
                notes.append(run.note)
                _reference(made.add_run(), len(notes))
                continue
            added = made.add_run(run.text)
            added.font.superscript = run.up or None
            added.font.size = Pt(para.size)
            added.font.bold = para.bold or None
    section = document.sections[0]
    section.header.paragraphs[0].text = issue.header.format(page=1, pages=1, roman="i")
    section.footer.paragraphs[0].text = issue.footer.format(page=1, pages=1, roman="i")
    if notes:
        _add_notes(document, notes)
    document.core_properties.author = "Kuaibao"
    document.save(str(path))


def _table(document: Any, para: Para) -> None:
    table = document.add_table(rows=len(para.rows), cols=len(para.rows[0]))
    for row, cells in zip(table.rows, para.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _reference(run: Any, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run.font.superscript = True
    run._r.append(reference)


def _add_notes(document: Any, notes: list[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    rows = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{SPACE}">{rows}</w:footnotes>'
    )
    part = Part(PackURI("/word/footnotes.xml"), CONTENT, xml.encode(), document.part.package)
    document.part.relate_to(part, NOTES)
