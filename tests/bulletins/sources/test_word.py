"""Word files as lines: looks by style and by hand, real notes, counted lists, tables."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

import pytest

from bulletins.sources.word import WordError, pages_of_word
from bulletins.sources.word_numbers import shown
from tests.bulletins.sources.reading import lines_of

if TYPE_CHECKING:
    from pathlib import Path

docx = pytest.importorskip("docx")


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_looks_come_from_the_run_the_style_or_the_defaults() -> None:
    from docx.shared import Pt

    document = docx.Document()
    document.add_heading("栏目", 1)
    document.add_paragraph("正文。")
    run = document.add_paragraph().add_run("用手放大的")
    run.font.size, run.font.bold = Pt(18), True
    head, text, large = lines_of(pages_of_word(saved(document)))
    assert head.size and text.size and head.size > text.size
    assert (large.size, large.bold) == (18.0, True)


def test_real_notes_stand_behind_their_paragraph(root: Path) -> None:
    data = (root / "tests/data/publications/columns/columns.docx").read_bytes()
    lines = lines_of(pages_of_word(data))
    notes = [line for line in lines if line.zone == "notes"]
    assert [line.text.split()[0] for line in notes] == [str(n) for n in range(1, len(notes) + 1)]
    assert len(notes) > 5
    first = lines[lines.index(notes[0]) - 1]
    assert [first.text[s:e] for s, e in first.raised] == ["1"]


def test_counted_lists_get_their_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Number")
    document.add_paragraph("丙", style="List Bullet")
    assert [line.text for line in lines_of(pages_of_word(saved(document)))] == [
        "1. 甲", "2. 乙", "• 丙",
    ]  # fmt: skip


def test_numbers_as_chinese_counts_them() -> None:
    assert [shown(n, "chineseCountingThousand") for n in (1, 10, 11, 20, 23)] == [
        "一", "十", "十一", "二十", "二十三",
    ]  # fmt: skip
    assert (shown(4, "upperRoman"), shown(2, "lowerLetter"), shown(3, "decimal")) == (
        "IV",
        "b",
        "3",
    )


def test_tables_breaks_and_what_was_deleted() -> None:
    from docx.enum.text import WD_BREAK
    from docx.oxml import parse_xml

    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "甲乙丙丁", strict=True):
        cell.text = text
    document.add_paragraph("前").add_run().add_break(WD_BREAK.PAGE)
    after = document.add_paragraph("后")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    after._p.append(
        parse_xml(f'<w:del xmlns:w="{space}"><w:r><w:delText>删</w:delText></w:r></w:del>')
    )
    after._p.append(parse_xml(f'<w:ins xmlns:w="{space}"><w:r><w:t>增</w:t></w:r></w:ins>'))
    lines = lines_of(pages_of_word(saved(document)))
    assert [line.cells for line in lines[:2]] == [("甲", "乙"), ("丙", "丁")]
    assert [(line.text, line.page) for line in lines[2:]] == [("前", 1), ("后增", 2)]


@pytest.mark.parametrize("cut", [30, 200, 5_000, -10])
def test_a_damaged_file_is_told_in_one_line(root: Path, cut: int) -> None:
    data = (root / "tests/data/publications/columns/columns.docx").read_bytes()
    with pytest.raises(WordError):
        pages_of_word(data[:cut])


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    import zipfile

    document = docx.Document()
    document.add_paragraph("正文")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(12))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                text = data.decode().replace("正文", "&e11;", 1)
                data = text.replace("?>", f"?><!DOCTYPE d [{bomb}]>", 1).encode()
            new.writestr(entry, data)
    with contextlib.suppress(WordError):
        assert len(str(pages_of_word(made.getvalue()))) < 1000
