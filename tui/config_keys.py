"""Keys in the configuration: whether a name is that of a key, and whose keys are in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.config_nodes import Node, NodeError
from tui.config_values import DIGITS, nearest, several, text
from tui.locale import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
_NAMED = (
    "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup",
    "pagedown", "up", "down", "left", "right", *(f"f{n}" for n in range(1, 25)),
)  # fmt: skip
# Where the name of a sign in Unicode is not the one that Textual gives its key.
_SIGNS = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
# What a terminal can't tell from another key.
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape"}
# Textual's own keys, which go before those of any command: its palette, and a way out.
_PALETTE = "ctrl+p"
_ALWAYS = {"ctrl+q": "quit"}


class Clash(NamedTuple):
    """A key that a command can't have, for the command `owner` has it."""

    name: str
    key: str
    owner: str


def key_names(node: Node) -> tuple[str, ...]:
    """One key or a list of keys, as Textual names them; an empty list takes the keys away."""
    return tuple(dict.fromkeys(_key_name(item) for item in several(node)))


def _key_name(node: Node) -> str:
    written = text(node)
    at = written.rfind("+", 0, -1) + 1  # the last sign may be the key "+" itself
    parts, last = written[:at].lower().split("+")[:-1], written[at:]
    modifiers = sorted(set(parts))
    key = bare_key(last)
    if key is None or any(part not in _MODIFIERS for part in modifiers):
        close = nearest(last, _NAMED) if len(last) > 1 else None
        if key is None and close is not None:
            message = mark("“{value}” is not a key; did you mean “{close}”?")
            raise NodeError(node.line, message, value=written, close=written[:at] + close)
        message = mark("“{value}” is not a key; write it like f2 or ctrl+x")
        raise NodeError(node.line, message, value=written)
    if not modifiers and key in DIGITS:
        message = mark("“{value}” sets a quick tag; choose another key")
        raise NodeError(node.line, message, value=written)
    if len(key) == 1 and modifiers == ["shift"]:
        return key.upper()
    name = "+".join([*modifiers, key.lower() if modifiers else key])
    if name == _PALETTE:
        message = mark("“{value}” opens the palette of commands; choose another key")
        raise NodeError(node.line, message, value=written)
    return _SAME.get(name, name)


def bare_key(key: str) -> str | None:
    """Textual's name of a key without modifiers; None if there is no such key."""
    if key.lower() in _NAMED:
        return key.lower()
    from unicodedata import lookup, name  # only where a sign or a word is bound

    if len(key) == 1:
        if key.isalnum():
            return key
        given = name(key, "").lower().replace("-", "_").replace(" ", "_")
        return _SIGNS.get(given, given) or None
    if key in _SIGNS.values():
        return key
    try:
        sign = lookup(key.replace("_", " "))
    except KeyError:
        return None
    return None if sign.isalnum() else key.lower()


def without_clashes(
    own: Mapping[str, tuple[str, ...]], default: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, tuple[str, ...]], list[Clash]]:
    """The reader's `own` keys without those entries whose key another command has.

    Who is not among `own` has the default keys. Of two own entries the later one gives way.
    """
    kept = dict(own)
    clashes: list[Clash] = []
    while (clash := _clash(kept, default)) is not None:
        clashes.append(clash)
        del kept[clash.name]
    return kept, clashes


def _clash(
    own: Mapping[str, tuple[str, ...]], default: Mapping[str, tuple[str, ...]]
) -> Clash | None:
    owners = {key: name for name, keys in default.items() if name not in own for key in keys}
    owners |= _ALWAYS
    for name, keys in own.items():
        for key in keys:
            owner = owners.get(key, name)
            if owner != name:
                return Clash(name, key, owner)
            owners[key] = name
    return None
