"""The library as a foldable list: publication ▸ issue ▸ section ▸ article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.outline import Row
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from rich.style import Style

STATUS_SIGNS = {"unread": "●", "later": "◆", "reading": "·", "reviewed": "✓", "skipped": "–"}


class Sidebar(RowList[Row]):
    """The rows of `tui.outline`, each with its state, and counts at the right edge."""

    DEFAULT_CSS = """
    Sidebar { background: $surface; padding: 0 0 0 1; }
    Sidebar > .sidebar--problem { color: $text-error; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sidebar--problem"}

    def draw(self, row: Row, width: int, style: Style) -> list[Segment]:
        part = self.get_component_rich_style
        # On the cursor's own background the row keeps the cursor's colours.
        here = row is self.row
        muted = style if here else style + part("row-list--muted", partial=True)
        strong = style + part("row-list--strong", partial=True)
        lead = " " * row.depth
        if row.kind == "problem":
            return [Segment(f"✗ {row.label}", style + part("sidebar--problem", partial=True))]
        if row.kind == "article":
            sign = STATUS_SIGNS.get(row.marks.status, " ")
            tail = self._tail(row)
            label = _fit(row.label, width - row.depth - 2 - cell_len(tail))
            fresh = row.marks.status in ("unread", "later")
            sign_style = style if here else style + part("row-list--accent", partial=True)
            return [
                Segment(lead, style),
                Segment(
                    f"{sign} ", sign_style if fresh or row.marks.status == "reviewed" else muted
                ),
                Segment(label, style if fresh else muted),
                Segment(tail, sign_style),
            ]
        sign = "▸ " if row.folded else "▾ "
        count = f" {row.done}/{row.total}" if row.total else ""
        label = _fit(row.label, width - row.depth - 2 - cell_len(count))
        head = strong if row.kind in ("publication", "issue") else style
        return [
            Segment(lead + sign, muted),
            Segment(label, head),
            Segment(count, muted),
        ]

    def _tail(self, row: Row) -> str:
        """Star, tags and notes as signs behind the title."""
        marks = row.marks
        signs = "★" * marks.starred + "#" * bool(marks.tags) + "✎" * bool(marks.notes)
        return f" {signs}" if signs else ""


def _fit(label: str, cells: int) -> str:
    """Bring a label to exactly `cells` cells; a cut label ends with an ellipsis."""
    if cells <= 0:
        return ""
    if cell_len(label) > cells:
        label = set_cell_size(label, cells - 1).rstrip() + "…"
    return set_cell_size(label, cells)
