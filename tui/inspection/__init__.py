"""What is known of one article, as rows of plain data for the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspection.deadlines import deadline_rows
from tui.inspection.grouping import tables_of
from tui.inspection.names import name_rows
from tui.inspection.notes import rows_of_note
from tui.inspection.rows import InspectorRow, NoteLine
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
    on_issue: Sequence[NoteLine] = (),
    colours: Mapping[str, str] | None = None,
) -> list[InspectorRow]:
    """List the rows for an article in a column of `width` cells.

    `marked` are rows for what the reader marked and linked; they follow the tags. `on_issue` are
    the notes on its issue, `colours` those of tags.
    """
    rows = [InspectorRow("heading", tr("Notes"), tail=str(len(notes) or ""))]
    for note in notes:
        rows += rows_of_note(note, width)
    if not notes:
        rows.append(InspectorRow("hint", tr("none yet")))
    if on_issue:
        rows += [
            InspectorRow("blank"),
            InspectorRow("heading", tr("Notes on the issue"), tail=str(len(on_issue))),
        ]
        for note in on_issue:
            rows += rows_of_note(note, width)
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
