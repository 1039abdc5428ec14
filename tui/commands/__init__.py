"""The one table of what the program can do: keys, footer, palette, help and configuration."""

from tui.commands.registry import (
    ANNOTATING,
    COMMANDS,
    FOOTERS,
    GROUPS,
    STEPS,
    Command,
    command,
    command_names,
)

__all__ = [
    "ANNOTATING",
    "COMMANDS",
    "FOOTERS",
    "GROUPS",
    "STEPS",
    "Command",
    "command",
    "command_names",
]
