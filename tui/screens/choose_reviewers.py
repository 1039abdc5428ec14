"""Choose whose work is shown beside one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from bulletins.sources.plain import plain_line
from tui.locale import tr
from tui.reviewers import Reviewer
from tui.screens.list_dialog import ListDialog
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class ReviewerList(RowList[Reviewer]):
    """The reviewers, each in their ink, with a mark when their work is shown."""

    def __init__(self, shown: set[str]) -> None:
        super().__init__()
        self.shown = shown

    def draw(self, row: Reviewer, width: int, tone: Tone) -> list[Segment]:
        box = f"[{'x' if row.folder in self.shown else ' '}] {self.rows.index(row) + 1}  "
        return [
            Segment(box, tone("")),
            Segment(f"{row.sign} {plain_line(row.name)}", tone(row.tone)),
        ]


class ChooseReviewers(ListDialog[frozenset[str], Reviewer]):
    """Every change is told at once to `change`, which takes the folders of those to show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", show=False, priority=True),
        Binding("P", "turn", show=False, priority=True),
        Binding("a", "all(True)", show=False),
        Binding("n", "all(False)", show=False),
        *(
            Binding(str(number), f"switch({number - 1})", show=False, priority=True)
            for number in range(1, 10)
        ),
    ]

    def __init__(
        self,
        reviewers: Sequence[Reviewer],
        shown: frozenset[str],
        change: Callable[[frozenset[str]], None],
    ) -> None:
        super().__init__(
            tr("Other reviewers"),
            tr("P: all on or off · Space: one · a: all · n: none · Esc: back"),
            list(reviewers),
        )
        self._shown = set(shown)
        self._change = change

    def make_list(self) -> ReviewerList:
        return ReviewerList(self._shown)

    def action_turn(self) -> None:
        """Show nobody's work, or everybody's if nobody's is shown; then back."""
        self.action_all(not self._shown)
        self.action_cancel()

    def action_switch(self, number: int) -> None:
        """Show one reviewer's work, or not."""
        if number < len(self._rows):
            self._shown ^= {self._rows[number].folder}
            self._tell()

    def action_all(self, on: bool) -> None:
        """Show everybody's work, or nobody's."""
        self._shown.clear()
        if on:
            self._shown |= {one.folder for one in self._rows}
        self._tell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_switch(self.list.cursor)

    def action_cancel(self) -> None:
        self.dismiss(frozenset(self._shown))

    def _tell(self) -> None:
        self.list.redraw()
        self._change(frozenset(self._shown))
