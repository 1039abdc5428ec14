"""What is known of the article: notes, tags, sums and names, each leading to its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.message import Message

from tui.inspection import InspectorRow
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.style import Style
    from textual import events


class Inspector(RowList[InspectorRow]):
    """The rows of `tui.inspection`; Enter on a mention goes to its next occurrence."""

    DEFAULT_CSS = """
    Inspector { background: $surface; padding: 0 1; }
    Inspector > .inspector--doubt { color: $text-warning; text-style: bold; }
    Inspector > .inspector--rejected { color: $text-muted; text-style: strike; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"inspector--doubt", "inspector--rejected"}

    @dataclass
    class Resized(Message):
        """Its rows have another width now, in cells."""

        width: int

    @property
    def row_width(self) -> int:
        """Cells for a row; a guess until it is laid out."""
        return max(12, self.scrollable_content_region.width or 30)

    def on_resize(self, event: events.Resize) -> None:
        self.post_message(self.Resized(self.row_width))

    def selectable(self, row: InspectorRow) -> bool:
        return row.kind not in ("heading", "blank", "hint")

    def draw(self, row: InspectorRow, width: int, tone: Tone) -> list[Segment]:
        muted = tone("row-list--muted")
        if row.kind == "heading":
            room = width - cell_len(row.text) - cell_len(row.tail) - 2
            return [
                Segment(row.text, tone("row-list--strong")),
                Segment(f" {'─' * room} ", muted),
                Segment(row.tail, tone("row-list--accent")),
            ]
        if row.kind in ("blank", "hint"):
            return [Segment(f"  {row.text}", muted)]
        lead = f"{row.lead} " if row.lead else " "
        tail = f" {row.tail}" if row.tail else ""
        room = max(0, width - cell_len(lead) - cell_len(tail))
        text = row.text
        if cell_len(text) > room:
            text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
        alarm = tone("inspector--doubt")
        gone = tone("inspector--rejected")
        fact = tone(row.mention) if row.mention else muted
        leads = {"doubt": alarm, "tag": tone(row.mention) if row.mention else muted}
        shown = {"doubt": alarm, "rejected": gone, "fact": fact}
        base = shown.get(row.kind) or tone(row.mention)
        return [
            Segment(lead, leads.get(row.kind, muted)),
            *pieces(text, row.spans, base, tone),
            Segment(" " * (room - cell_len(text)) + tail, muted),
        ]


def pieces(
    text: str, spans: Iterable[tuple[int, int, str]], base: Style, tone: Tone
) -> Iterator[Segment]:
    """Cut a text into segments: its `spans`, in order, and what lies between them."""
    at = 0
    for start, end, style in spans:
        if at < start:
            yield Segment(text[at:start], base)
        yield Segment(text[start:end], tone(style))
        at = end
    if text[at:]:
        yield Segment(text[at:], base)
