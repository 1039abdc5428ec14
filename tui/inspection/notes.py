"""Rows for what the reader wrote: Markdown brought into a narrow column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspection.markdown import MUTED, note_rows
from tui.inspection.rows import InspectorRow, NoteLine, RowKind

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS = 12
"""Rows of a text that are shown; Enter shows all."""


def rows_of_note(note: NoteLine, width: int) -> Iterator[InspectorRow]:
    """A note with the time of its last change above it."""
    yield InspectorRow("note", note.when, lead="✎", subject=note.id, key=note.id, mention=MUTED)
    yield from text_rows(note.text, "note", width, note.id)


def text_rows(
    text: str,
    kind: RowKind,
    width: int,
    subject: str,
    *,
    lead: str = " ",
    key: str = "",
    most: int | None = MOST_ROWS,
) -> Iterator[InspectorRow]:
    """Lay out what a reader wrote, with `lead` before its first row; `most` None: all of it."""
    for at, row in enumerate(note_rows(text, width - 2, most)):
        shift = len(row.lead)
        spans = tuple((start + shift, end + shift, style) for start, end, style in row.spans)
        yield InspectorRow(
            kind, row.lead + row.text, " " if at else lead,
            subject=subject, key=key or subject, spans=spans,
        )  # fmt: skip
