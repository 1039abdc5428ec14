"""An issue as a Word file, with Word's own footnotes where notes are at page bottoms."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.unseen.issue import pieces

if TYPE_CHECKING:
    from tests.unseen.layouts import Element, Layout

_SIZES = {"mast": 26, "section": 15, "title": 13, "section-end": 13, "contents": 14, "number": 20}
_CENTRED = {"mast", "sub", "contents", "cap", "section-end", "kicker"}
_BOLD = {"mast", "section", "title", "contents", "head", "section-end"}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(elements: list[Element], layout: Layout, notes: dict[int, str]) -> bytes:
    """Give the file's bytes."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Noto Serif CJK SC"
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    if layout.header:
        document.sections[0].header.paragraphs[0].text = layout.header[0]
    before, _, behind = layout.footer.partition("{}")
    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(before)
    _page_number(line)
    line.add_run(behind)
    for element in elements:
        _add(document, element, layout)
    if layout.notes_below:
        _notes(document, notes)
    document.core_properties.created = datetime(2025, 1, 1, tzinfo=UTC)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document, element: Element, layout: Layout) -> None:  # type: ignore[no-untyped-def]
    part = element.part
    if part == "table":
        table = document.add_table(len(element.rows), len(element.rows[0]), "Table Grid")
        for cells, row in zip(table.rows, element.rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        return
    if part == "chart":
        return
    paragraph = document.add_paragraph()
    if part == "page":
        paragraph.add_run().add_break(WD_BREAK.PAGE)
    if part in _CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if part in ("p", "head", "run"):
        paragraph.paragraph_format.first_line_indent = Pt(22)
    for text, mark in pieces(element.text.replace("\t", "……")):
        run = paragraph.add_run(text)
        run.bold = part in _BOLD
        run.italic = part == "english"
        if part in _SIZES:
            run.font.size = Pt(_SIZES[part])
        if mark and layout.notes_below:
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(mark + 1))
            run._r.append(reference)
        elif mark:
            run = paragraph.add_run(layout.mark(mark))
            run.font.superscript = layout.raised


def _page_number(paragraph) -> None:  # type: ignore[no-untyped-def]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
        else:
            sign = OxmlElement("w:instrText")
            sign.text = text
        run._r.append(sign)


def _notes(document, notes: dict[int, str]) -> None:  # type: ignore[no-untyped-def]
    inner = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{sign}/></w:r></w:p>'
        "</w:footnote>"
        for number, (kind, sign) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
        )
    )
    for number, text in notes.items():
        inner += (
            f'<w:footnote w:id="{number + 1}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/>'
            f'</w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r>'
            "</w:p></w:footnote>"
        )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_W}">{inner}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    properties = document.sections[-1]._sectPr
    form = OxmlElement("w:footnotePr")
    number_form = OxmlElement("w:numFmt")
    number_form.set(qn("w:val"), "decimalEnclosedCircle")
    form.append(number_form)
    properties.insert(0, form)
