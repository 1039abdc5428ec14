"""How keys are written for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import command

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = {
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "question_mark": "?",
    "asterisk": "*",
    "exclamation_mark": "!",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "backspace": "Backspace",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """Write one Textual key name for people: "ctrl+d" is "^d", "slash" is "/"."""
    modifiers, _, name = key.rpartition("+")
    written = _SIGNS.get(name) or _sign(name)
    if modifiers == "ctrl":
        return f"^{written}"
    return f"{modifiers.title()}+{written}" if modifiers else written


def _sign(name: str) -> str:
    """The sign that Unicode calls so, such as ")"; a function key or a letter by itself."""
    if len(name) == 1 or (name[0] == "f" and name[1:].isdecimal()):
        return name.upper() if len(name) > 1 else name
    from unicodedata import lookup  # only where a name is not in the table

    try:
        return lookup(name.replace("_", " "))
    except KeyError:
        return name


def keys_of(changed: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    """The keys of a command; `changed` has those that the reader set."""
    return changed.get(name, command(name).keys)


def shown_keys(changed: Mapping[str, tuple[str, ...]], name: str, most: int = 3) -> str:
    """The keys of a command, at most `most`; `changed` has those that the reader set."""
    return " ".join(key_name(key) for key in keys_of(changed, name)[:most])
