"""All keys, made from the table of commands; Enter does what a row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from bulletins.sources.plain import plain_line
from tui.commands import ANNOTATING, COMMANDS, GROUPS
from tui.key_names import key_name
from tui.locale import tr
from tui.screens.list_dialog import ListDialog
from tui.selecting.keys import selection_rows
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KEY_CELLS = 18


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A group's head (no `keys`), one command, or (no `name`) a quick tag or a selection's key."""

    text: str
    keys: str = ""
    name: str = ""


class HelpList(RowList[HelpRow]):
    """Keys at the left, what they do at the right."""

    def selectable(self, row: HelpRow) -> bool:
        return bool(row.keys)

    def draw(self, row: HelpRow, width: int, tone: Tone) -> list[Segment]:
        if not row.keys:
            return [Segment(row.text, tone("row-list--strong"))]
        keys = Segment("  " + _fitted(row.keys, KEY_CELLS), tone("row-list--accent"))
        room = max(1, width - KEY_CELLS - 2)
        text = row.text if cell_len(row.text) <= room else _fitted(row.text, room)
        return [keys, Segment(text, tone(""))]


def _fitted(text: str, cells: int) -> str:
    """`text` in exactly so many cells, cut with a sign of it."""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(text, cells - 1) + "…"


class Help(ListDialog[str, HelpRow]):
    """Dismissed with the name of the command to run, or None.

    `shown_keys` gives a command's keys as people write them, after the reader's own changes;
    `quick` are the tags by their keys, `selecting` the keys that the reader set for selections.
    """

    DEFAULT_CSS = """
    Help > .dialog { width: 96; }
    """

    def __init__(
        self,
        shown_keys: Callable[[str], str],
        quick: Mapping[str, str],
        selecting: Mapping[str, tuple[str, ...]],
    ) -> None:
        rows: list[HelpRow] = []
        for group in GROUPS:
            rows += [HelpRow(""), HelpRow(tr(group))]
            rows += [
                HelpRow(tr(entry.title), shown_keys(entry.name), entry.name)
                for entry in COMMANDS
                if entry.group == group
            ]
            if group == ANNOTATING and quick:
                rows += [HelpRow(""), HelpRow(tr("Quick tags"))]
                rows += [HelpRow(plain_line(name), key_name(key)) for key, name in quick.items()]
        del rows[0]
        rows += [HelpRow(""), HelpRow(tr("While selecting"))]
        rows += [HelpRow(title, keys) for keys, title in selection_rows(selecting)]
        super().__init__(tr("Help"), tr("Enter: do it · Esc: back"), rows)

    def make_list(self) -> HelpList:
        return HelpList()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.list.row is not None:
            self.dismiss(self.list.row.name)
