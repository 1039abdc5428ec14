"""What is known of the article: notes, tags, sums and names, each leading to its place."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.inspection import InspectorRow
from tui.widgets.row_list import RowList, Tone


class Inspector(RowList[InspectorRow]):
    """The rows of `tui.inspection`; Enter on a mention goes to its next occurrence."""

    DEFAULT_CSS = "Inspector { background: $surface; padding: 0 1; }"

    def selectable(self, row: InspectorRow) -> bool:
        return row.kind in ("tag", "note", "amount", "entity")

    def draw(self, row: InspectorRow, width: int, tone: Tone) -> list[Segment]:
        muted = tone("row-list--muted")
        if row.kind == "heading":
            return [Segment(row.text, tone("row-list--strong")), Segment(f" {row.tail}", muted)]
        if row.kind in ("blank", "hint"):
            return [Segment(f"  {row.text}", muted)]
        lead = f"{row.lead} " if row.lead else " "
        tail = f" {row.tail}" if row.tail else ""
        room = max(0, width - cell_len(lead) - cell_len(tail))
        text = row.text
        if cell_len(text) > room:
            text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
        return [
            Segment(lead, muted),
            Segment(
                set_cell_size(text, room),
                tone(row.mention),
            ),
            Segment(tail, muted),
        ]
