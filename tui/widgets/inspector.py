"""What is known of the article: notes, tags, sums and names, each leading to its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.inspection import InspectorRow
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from rich.style import Style


class Inspector(RowList[InspectorRow]):
    """The rows of `tui.inspection`; Enter on a mention goes to its next occurrence."""

    MENTIONS = ("amount", "organization", "person", "place", "document", "program", "technology")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"inspector--{name}" for name in MENTIONS}
    DEFAULT_CSS = "Inspector { background: $surface; padding: 0 1; }\n" + "\n".join(
        f"Inspector > .inspector--{name} {{ color: $mention-{name}; }}" for name in MENTIONS
    )

    def selectable(self, row: InspectorRow) -> bool:
        return row.kind in ("tag", "note", "amount", "entity")

    def draw(self, row: InspectorRow, width: int, style: Style) -> list[Segment]:
        part = self.get_component_rich_style
        here = row is self.row
        muted = style if here else style + part("row-list--muted", partial=True)
        if row.kind == "heading":
            strong = style + part("row-list--strong", partial=True)
            return [Segment(row.text, strong), Segment(f" {row.tail}", muted)]
        if row.kind in ("blank", "hint"):
            return [Segment(f"  {row.text}", muted)]
        lead = f"{row.lead} " if row.lead else "  "
        tail = f" {row.tail}" if row.tail else ""
        room = width - cell_len(lead) - cell_len(tail)
        text = row.text
        if cell_len(text) > room:
            text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
        text_style = style
        if row.mention and not here:
            text_style = style + part(f"inspector--{row.mention}", partial=True)
        return [
            Segment(lead, muted),
            Segment(set_cell_size(text, max(0, room)), text_style),
            Segment(tail, muted),
        ]
