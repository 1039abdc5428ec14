"""The library as a foldable list: publication ▸ issue ▸ section ▸ article."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.outline import Row
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
    others: Mapping[tuple[str, str], str] = MappingProxyType({})
    """Signs of other reviewers by the ids of issue and article."""

    def show_others(self, signs: Mapping[tuple[str, str], str]) -> None:
        """Show on which articles other reviewers worked."""
        if signs != self.others:
            self.others = signs
            self.redraw()

    def draw(self, row: Row, width: int, tone: Tone) -> list[Segment]:
        lead = " " * row.depth
        if row.kind == "problem":
            return [Segment(f"✗ {row.label}", tone("sidebar--problem"))]
        if row.kind == "article":
            fresh = row.marks.status in ("unread", "later")
            told = "row-list--accent" if fresh or row.marks.status == "reviewed" else ""
            tail = self._tail(row)
            return [
                Segment(lead, tone("")),
                Segment(STATUS_SIGNS.get(row.marks.status, " ") + " ", tone(told)),
                Segment(
                    _fit(row.label, width - row.depth - 2 - cell_len(tail)),
                    tone("" if fresh else "row-list--muted"),
                ),
                Segment(tail, tone("row-list--accent")),
            ]
        count = f" {row.done}/{row.total}" if row.total else ""
        head = "row-list--strong" if row.kind in ("publication", "issue") else ""
        return [
            Segment(lead + ("▸ " if row.folded else "▾ "), tone("row-list--muted")),
            Segment(_fit(row.label, width - row.depth - 2 - cell_len(count)), tone(head)),
            Segment(count, tone("row-list--muted")),
        ]

    def _tail(self, row: Row) -> str:
        """Doubts about sums, star, tags and notes as signs behind the title; who else was there."""
        marks = row.marks
        signs = "⚠" * bool(row.doubts) + "★" * marks.starred
        signs += "#" * bool(marks.tags) + "✎" * bool(marks.notes)
        words = filter(None, (signs, self.others.get((row.issue_id, row.article_id))))
        return "".join(f" {word}" for word in words)


def _fit(label: str, cells: int) -> str:
    """Bring a label to exactly `cells` cells; a cut label ends with an ellipsis."""
    if cells <= 0:
        return ""
    if cell_len(label) > cells:
        label = set_cell_size(label, cells - 1).rstrip() + "…"
    return set_cell_size(label, cells)
