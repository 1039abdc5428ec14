"""Where else a name stands: type to filter, Enter opens the article at the name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.locale import ntr, tr
from tui.namings import NamingRow, filtered, totals
from tui.plain import content
from tui.screens.dialog import Dialog
from tui.typesetting.widths import cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class NamingList(RowList[NamingRow]):
    """Issues as headings, articles below them; or places with the words around them."""

    DEFAULT_CSS = """
    NamingList > .row-list--cursor-blurred {
        background: $primary; color: $text; text-style: bold;
    }
    """

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


class WhereElse(Dialog[NamingRow]):
    """Dismissed with the row that was chosen, or None.

    `find` gives the rows; it is called in a thread. `kind` is the name's type, `remark` a line
    above the rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]
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

    def on_mount(self) -> None:
        self.query_one(NamingList).can_focus = False
        self._look()

    @work
    async def _look(self) -> None:
        self._rows = await asyncio.to_thread(self._find)
        self._fill()
        self.query_one(NamingList).styles.height = max(3, len(self._rows))
        if not self._remark:
            self.query_one(Static).update(content(self._counted()))

    def _counted(self) -> str:
        articles, issues = totals(self._rows)
        if not articles:
            return tr("No article of this library names it.")
        within = ntr("in {n} issue", "in {n} issues", issues)
        return ntr("{n} article", "{n} articles", articles) + " · " + within

    def _fill(self) -> None:
        rows = filtered(self._rows, self.query_one(Input).value)
        listed = self.query_one(NamingList)
        # The open article is known already: the cursor begins on the first other one.
        other = next((i for i, row in enumerate(rows) if row.kind != "issue" and not row.here), 0)
        listed.set_rows(rows, other)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    def action_move(self, steps: int) -> None:
        """Move in the list while the keys stay in the field."""
        self.query_one(NamingList).move(steps, tell=False)

    def action_page(self, pages: int) -> None:
        self.query_one(NamingList).move_page(pages, tell=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(NamingList).choose()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        row = self.query_one(NamingList).row
        if row is not None:
            self.dismiss(row)
