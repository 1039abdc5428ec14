"""Where else a name stands: type to filter, Enter opens the article at the name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.locale import ntr, tr
from tui.namings import NamingRow, filtered, totals
from tui.plain import content
from tui.screens.finder import Finder
from tui.typesetting.widths import cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class NamingList(RowList[NamingRow]):
    """Issues as headings, articles below them; or places with the words around them."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def selectable(self, row: NamingRow) -> bool:
        return row.kind != "issue"

    def draw(self, row: NamingRow, width: int, tone: Tone) -> list[Segment]:
        if row.kind == "issue":
            return [Segment(cut(row.text, width), tone("row-list--strong"))]
        if row.kind == "place":
            return [
                Segment(f" {row.text[: row.start]}", tone("")),
                Segment(row.text[row.start : row.end], tone(self._kind)),
                Segment(row.text[row.end :], tone("")),
            ]
        times = f"×{row.count}" if row.count > 1 else ""
        tail = f" {row.date:>10} {times:>4}"
        room = max(0, width - 2 - cell_len(tail))
        title = cut(row.text, room)
        return [
            Segment("▸ " if row.here else "  ", tone("row-list--accent")),
            Segment(title + " " * (room - cell_len(title)), tone("")),
            Segment(tail, tone("row-list--muted")),
        ]


class WhereElse(Finder[NamingRow]):
    """Dismissed with the row that was chosen, or None.

    `find` gives the rows; it is called in a thread. `kind` is the name's type, `remark` a line
    above the rows.
    """

    DEFAULT_CSS = """
    WhereElse > .dialog { width: 100; }
    WhereElse NamingList { height: 3; max-height: 70vh; background: $surface; }
    WhereElse .remark { color: $text-muted; height: auto; }
    WhereElse Input { margin-bottom: 1; }
    """

    def __init__(
        self, name: str, kind: str, find: Callable[[], list[NamingRow]], remark: str = ""
    ) -> None:
        super().__init__()
        self._named = name
        self._kind = kind
        self._find = find
        self._remark = remark
        self._rows: list[NamingRow] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._named)
            box.border_subtitle = content(tr("Enter: go there · ↑ ↓: move · type to filter"))
            yield Input(placeholder=tr("words of the title, the issue or the date"))
            yield Static(content(self._remark or tr("looking…")), classes="remark")
            yield NamingList(self._kind)

    async def begin(self) -> None:
        self._rows = await asyncio.to_thread(self._find)
        self.refill()
        self.list.styles.height = max(3, len(self._rows))
        if not self._remark:
            self.query_one(Static).update(content(self._counted()))

    def _counted(self) -> str:
        articles, issues = totals(self._rows)
        if not articles:
            return tr("No article of this library names it.")
        within = ntr("in {n} issue", "in {n} issues", issues)
        return ntr("{n} article", "{n} articles", articles) + " · " + within

    def fill(self, typed: str) -> None:
        rows = filtered(self._rows, typed)
        # The open article is known already: the cursor begins on the first other one.
        other = next((i for i, row in enumerate(rows) if row.kind != "issue" and not row.here), 0)
        self.list.set_rows(rows, other)
