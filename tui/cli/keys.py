"""`kuaibao keys`: every command, its keys and its name in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import COMMANDS, GROUPS
from tui.key_names import key_name
from tui.locale import tr

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.config import Loaded


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print the commands by group, with the user's own keys where there are some."""
    from rich.cells import cell_len

    from bulletins.sources.plain import plain

    def padded(text: str, width: int) -> str:
        return text + " " * max(0, width - cell_len(text))

    own = loaded.config.keys
    keys = {
        entry.name: " ".join(key_name(plain(key)) for key in own.get(entry.name, entry.keys))
        for entry in COMMANDS
    }
    widest = max(cell_len(text) for text in keys.values())
    names = max(len(entry.name) for entry in COMMANDS)
    for index, group in enumerate(GROUPS):
        print(("\n" if index else "") + tr(group))
        for entry in COMMANDS:
            if entry.group == group:
                shown = padded(keys[entry.name], widest)
                print(f"  {shown}  {padded(entry.name, names)}  {tr(entry.title)}")
    return 0
