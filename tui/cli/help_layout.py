"""How `--help` is laid out: argparse counts characters, a terminal counts cells."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from tui.locale import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMN = 24
_HEADING = re.compile(r"(?m)^(\S*[\u2e80-\uffff]):$")
# A Chinese character or a word, with the marks that may not begin a line.
_PIECE = re.compile(r"\s*(?:[\u2e80-\uffff]|[^\s\u2e80-\uffff]+)[，。；：、？！）”》]*")


class HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Two columns of cells; the words around them in the language of the screens."""

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, tr("usage: ") if prefix is None else prefix)

    def format_help(self) -> str:
        # argparse puts an ASCII colon behind its headings, whatever the language.
        return _HEADING.sub(r"\1：", super().format_help())

    def _format_action(self, action: argparse.Action) -> str:
        from rich.cells import cell_len  # only where help is printed

        head = " " * self._current_indent + self._format_action_invocation(action)
        lines = [" " * COLUMN + line for line in _wrapped(action.help or "", self._width - COLUMN)]
        if cell_len(head) + 2 <= COLUMN and lines:
            lines[0] = head + lines[0][cell_len(head) :]
        else:
            lines.insert(0, head)
        return "\n".join(lines) + "\n"


def _wrapped(text: str, cells: int) -> Iterator[str]:
    from rich.cells import cell_len

    line = ""
    for piece in _PIECE.findall(text):
        if line and cell_len(line + piece) > cells:
            yield line
            line = ""
        line += piece if line else piece.lstrip()
    if line:
        yield line
