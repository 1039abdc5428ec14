"""`kuaibao keys`: every command, its keys and its name in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import COMMANDS, GROUPS
from tui.key_names import key_name
from tui.locale import tr
from tui.selecting.keys import SELECTION_KEYS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from tui.commands import Command
    from tui.config import Loaded
    from tui.selecting.keys import SelectionKey


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print the commands by group, with the user's own keys where there are some."""
    from rich.cells import cell_len

    from bulletins.sources.plain import plain

    def padded(text: str, width: int) -> str:
        return text + " " * max(0, width - cell_len(text))

    def written(entry: Command | SelectionKey, own: Mapping[str, tuple[str, ...]]) -> str:
        return " ".join(key_name(plain(key)) for key in own.get(entry.name, entry.keys))

    config = loaded.config
    groups: list[tuple[str, list[tuple[str, Command | SelectionKey]]]] = [
        (tr(group), [(written(one, config.keys), one) for one in COMMANDS if one.group == group])
        for group in GROUPS
    ]
    selecting: list[tuple[str, Command | SelectionKey]] = [
        (written(one, config.selection_keys), one) for one in SELECTION_KEYS
    ]
    groups.append((tr("While selecting (selection_keys)"), selecting))
    widest = max(cell_len(keys) for _, rows in groups for keys, _ in rows)
    names = max(len(entry.name) for _, rows in groups for _, entry in rows)
    for index, (group, rows) in enumerate(groups):
        print(("\n" if index else "") + group)
        for keys, entry in rows:
            print(f"  {padded(keys, widest)}  {padded(entry.name, names)}  {tr(entry.title)}")
    return 0
