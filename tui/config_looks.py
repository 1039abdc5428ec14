"""Which colours and themes there are; Textual is asked only when the user chose one by name."""

from __future__ import annotations

import re

from tui.config_nodes import Node, NodeError
from tui.config_values import nearest, text
from tui.locale import mark
from tui.typesetting.spans import HIGHLIGHT_COLOURS

OWN_THEMES = ("kuaibao-dark", "kuaibao-light")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def is_plain_colour(value: str) -> bool:
    """Say whether `value` names one opaque colour by itself: neither "auto" nor see-through."""
    if _HEX.fullmatch(value):
        return True
    from textual.color import Color, ColorParseError  # 90 ms

    try:
        colour = Color.parse(value)
    except ColorParseError:
        return False
    return colour.a == 1 and (colour.ansi is None or colour.ansi >= 0)


def colour(node: Node) -> str:
    """`#rgb`, `#rrggbb`, a colour name, a theme variable (`$accent`) or `auto`."""
    value = text(node)
    if value == "auto" or _HEX.fullmatch(value):
        return value
    known = _variables() if value.startswith("$") else _colour_names()
    if value in known:
        return value
    close = nearest(value, known)
    if close is not None:
        message = mark("“{value}” is not a colour; did you mean “{close}”?")
        raise NodeError(node.line, message, value=value, close=close)
    message = mark("“{value}” is not a colour; write “#ffaa00”, a name, or auto")
    raise NodeError(node.line, message, value=value)


def meaning(node: Node) -> str:
    """A colour of highlights and, after a blank, the name of what it means."""
    value = " ".join(text(node).split())
    word = value.partition(" ")[0]
    if word in HIGHLIGHT_COLOURS:
        return value
    listed = ", ".join(HIGHLIGHT_COLOURS)
    message = mark("“{value}” is no colour of highlights; there are: {names}")
    raise NodeError(node.line, message, value=word, names=listed)


def theme(node: Node) -> str:
    """The name of a theme: one of ours or of Textual's."""
    value = text(node)
    if value in OWN_THEMES:
        return value
    names = theme_names()
    if value in names:
        return value
    close = nearest(value, names)
    listed = ", ".join(names)
    if close is not None:
        message = mark("there is no theme “{value}”; did you mean “{close}”? There are: {names}")
        raise NodeError(node.line, message, value=value, close=close, names=listed)
    message = mark("there is no theme “{value}”; there are: {names}")
    raise NodeError(node.line, message, value=value, names=listed)


def _colour_names() -> tuple[str, ...]:
    from textual._color_constants import COLOR_NAME_TO_RGB  # there is no public list

    return tuple(name for name in COLOR_NAME_TO_RGB if is_plain_colour(name))


def theme_names() -> tuple[str, ...]:
    """The names of all themes, ours first."""
    from textual.theme import BUILTIN_THEMES  # 130 ms

    return (*OWN_THEMES, *BUILTIN_THEMES)


def _variables() -> tuple[str, ...]:
    """The theme variables that are plain colours, each with its “$”."""
    from tui.themes import DARK, mention_variables

    variables = DARK.to_color_system().generate() | mention_variables(dark=True)
    return tuple(f"${name}" for name, value in variables.items() if is_plain_colour(value))
