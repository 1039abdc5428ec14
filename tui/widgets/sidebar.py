"""The library as a foldable list: publication ▸ issue ▸ section ▸ article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.outline import Row
from tui.tag_looks import signs_of, tag_layer, tag_sign
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

STATUS_SIGNS = {"unread": "●", "later": "◆", "reading": "·", "reviewed": "✓", "skipped": "–"}


class Sidebar(RowList[Row]):
    """The rows of `tui.outline`, each with its state, and counts at the right edge."""

    DEFAULT_CSS = """
    Sidebar { background: $surface; padding: 0 0 0 1; }
    Sidebar > .sidebar--problem { color: $text-error; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sidebar--problem"}
    tag_colours: Mapping[str, str] = {}
    """The colours of tags, by tag."""

    def draw(self, row: Row, width: int, tone: Tone) -> list[Segment]:
        lead = " " * row.depth
        if row.kind == "problem":
            return [Segment(f"✗ {row.label}", tone("sidebar--problem"))]
        if row.kind == "article":
            fresh = row.marks.status in ("unread", "later")
            told = "row-list--accent" if fresh or row.marks.status == "reviewed" else ""
            tail = self._tail(row)
            signs = [*tail, *self._tags(row)]
            room = width - row.depth - 2 - bool(signs) - sum(cell_len(sign) for sign, _ in signs)
            return [
                Segment(lead, tone("")),
                Segment(STATUS_SIGNS.get(row.marks.status, " ") + " ", tone(told)),
                Segment(_fit(row.label, room), tone("" if fresh else "row-list--muted")),
                Segment(" " * bool(signs), tone("")),
                *(Segment(sign, tone(part)) for sign, part in signs),
            ]
        count = f" {row.done}/{row.total}" if row.total else ""
        head = "row-list--strong" if row.kind in ("publication", "issue") else ""
        return [
            Segment(lead + ("▸ " if row.folded else "▾ "), tone("row-list--muted")),
            Segment(_fit(row.label, width - row.depth - 2 - cell_len(count)), tone(head)),
            Segment(count, tone("row-list--muted")),
        ]

    def _tail(self, row: Row) -> list[tuple[str, str]]:
        """Doubts about sums, star and notes as signs behind the title, each with its tone."""
        marks = row.marks
        signs = "⚠" * bool(row.doubts) + "★" * marks.starred + "✎" * bool(marks.notes)
        return [(signs, "row-list--accent")] if signs else []

    def _tags(self, row: Row) -> list[tuple[str, str]]:
        """A sign for each colour that the article's tags have, with its tone."""
        return [
            (tag_sign(colour), tag_layer(colour) or "row-list--accent")
            for colour in signs_of(row.marks.tags, self.tag_colours)
        ]


def _fit(label: str, cells: int) -> str:
    """Bring a label to exactly `cells` cells; a cut label ends with an ellipsis."""
    if cells <= 0:
        return ""
    if cell_len(label) > cells:
        label = set_cell_size(label, cells - 1).rstrip() + "…"
    return set_cell_size(label, cells)
