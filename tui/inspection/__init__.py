"""What is known of one article, as rows of plain data for the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspection.deadlines import deadline_rows
from tui.inspection.grouping import tables_of
from tui.inspection.names import name_rows
from tui.inspection.rows import InspectorRow, NoteLine, wrapped
from tui.inspection.sums import sum_rows
from tui.locale import tr
from tui.tag_looks import tag_layer, tag_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletins.model import Article

__all__ = ["InspectorRow", "NoteLine", "inspect_article"]


def inspect_article(
    article: Article,
    tags: Sequence[str],
    notes: Sequence[NoteLine],
    width: int,
    marked: Iterable[InspectorRow] = (),
    colours: Mapping[str, str] | None = None,
) -> list[InspectorRow]:
    """List the rows for an article in a column of `width` cells.

    `marked` are rows for what the reader marked and linked; they follow the tags. `colours` has
    those of tags.
    """
    rows = [InspectorRow("heading", tr("Notes"), tail=str(len(notes) or ""))]
    for note in notes:
        rows += _note_rows(note, width)
    if not notes:
        rows.append(InspectorRow("hint", tr("none yet")))
    rows += [InspectorRow("blank"), InspectorRow("heading", tr("Tags"), tail=str(len(tags) or ""))]
    for tag in tags:
        colour = (colours or {}).get(tag)
        look = tag_layer(colour)
        rows.append(InspectorRow("tag", tag, lead=tag_sign(colour), mention=look, subject=tag))
    if not tags:
        rows.append(InspectorRow("hint", tr("none yet")))
    rows += marked
    rows += sum_rows(article.mentions, width, tables_of(article))
    rows += deadline_rows(article.mentions, width)
    rows += name_rows(article.mentions)
    return rows


def _note_rows(note: NoteLine, width: int) -> Iterable[InspectorRow]:
    yield InspectorRow("note", note.when, lead="✎", subject=note.id, tail="")
    for paragraph in note.text.split("\n"):
        for line in wrapped(paragraph, width - 2):
            yield InspectorRow("note", line, lead=" ", subject=note.id)
