"""A row of the inspector, and how texts are brought into its narrow column."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from tui.typesetting.widths import cells, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.model import Place

RowKind = Literal[
    "heading", "tag", "note", "doubt", "amount", "party", "fact", "deadline", "entity",
    "rejected", "passage", "link", "other", "hint", "blank",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class InspectorRow:
    """One row: `text` at the left, `lead` before it in a column of its own, `tail` at the right.

    `places` are what it leads to in the article, in order: the occurrences of a mention, or the
    words that say a fact of the sum above it. `subject` is an annotation's id or tag, `key` the
    annotation that the row shows (see tui.work.Note.key). `spans` are pieces of the text in another
    style: start, end, name of the style.
    """

    kind: RowKind
    text: str = ""
    lead: str = ""
    tail: str = ""
    mention: str = ""
    places: tuple[Place, ...] = ()
    subject: str = ""
    key: str = ""
    spans: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note as the inspector shows it: its id, when it was made, and its text."""

    id: str
    when: str
    text: str


def wrapped(text: str, width: int, most: int | None = None) -> list[str]:
    """Break a text into rows of at most `width` cells; what `most` rows can't hold ends in …."""
    from tui.typesetting.linebreak import break_rows  # the inspector may never open

    width = max(4, width)
    ranges = list(islice(break_rows(text, width), None if most is None else most + 1))
    rows = [text[start:end] for start, end in ranges]
    if most is not None and len(rows) > most:
        last = rows[most - 1]
        rows[most - 1 :] = [f"{last}…" if cells(last) < width else cut(f"{last}…", width)]
    return rows


def paired(
    kind: RowKind,
    text: str,
    tail: str,
    width: int,
    *,
    lead: str = "",
    mention: str = "",
    places: tuple[Place, ...] = (),
) -> Iterator[InspectorRow]:
    """Put a text and what it means into one row, or into two where they need more than `width`."""
    if not tail or cells(lead or " ") + cells(text) + cells(tail) + 2 <= width:
        yield InspectorRow(kind, text, lead, tail, mention, places)
    else:
        yield InspectorRow(kind, text, lead, mention=mention, places=places)
        yield InspectorRow(kind, "", lead, tail, mention, places)
