"""Our two themes, and the colours of highlights for any theme."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.config_looks import is_plain_colour
from tui.mention_classes import MENTION_CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="kuaibao-dark",
    primary="#2f5d8a",
    secondary="#4a6fa5",
    accent="#f2c14e",
    warning="#e3a008",
    error="#b3362d",
    success="#5fbf77",
    foreground="#dcdfe4",
    background="#14171c",
    surface="#191d24",
    panel="#232933",
    dark=True,
)
LIGHT = Theme(
    name="kuaibao-light",
    primary="#2f6db5",
    secondary="#5b7fa8",
    accent="#9a5b00",
    warning="#9a6700",
    error="#b3261e",
    success="#1a7f37",
    foreground="#1f2328",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e4e1d8",
    dark=False,
)
THEMES = (DARK, LIGHT)


def mention_variables(dark: bool) -> dict[str, str]:
    """The theme variables `mention-<class>` for a dark or a light theme."""
    return {
        f"mention-{entry.name}": entry.dark if dark else entry.light for entry in MENTION_CLASSES
    }


def coloured(variables: Mapping[str, str], colours: Mapping[str, str]) -> dict[str, str]:
    """`variables` with the reader's own colours of classes; `colours` is the configuration's.

    A theme variable is looked up here: CSS variables can't refer to each other. What is no plain
    colour in the theme in force (`$text` is "auto 87%") leaves the theme's own.
    """
    chosen = dict(variables)
    for name, colour in colours.items():
        value = variables.get(colour[1:], "") if colour.startswith("$") else colour
        if is_plain_colour(value):
            chosen[f"mention-{name}"] = value
    return chosen


MENTION_ATTRIBUTES = {entry.name: entry.attributes for entry in MENTION_CLASSES}
"""How a class is told besides its colour, as Rich writes attributes."""


def mention_style(variables: Mapping[str, str], name: str, *, attributes: bool = True) -> Style:
    """How a class is drawn upon whatever lies below, from the variables of the theme in force."""
    written = MENTION_ATTRIBUTES[name] if attributes else ""
    return _style(variables[f"mention-{name}"], written)


# Grounds upon which text and all classes of mentions have a contrast of at least 4.5 : 1.
HIGHLIGHTS = {
    "yellow": ("#40370f", "#fff1b8"),
    "green": ("#173a22", "#d6f5dc"),
    "blue": ("#17324f", "#dcecff"),
    "pink": ("#471c36", "#ffe3ef"),
    "orange": ("#4a2a0c", "#ffe8d2"),
    "purple": ("#35264f", "#eee4ff"),
}
"""The ground of a highlight by its colour's name, in dark and in light themes."""


# Inks that have a contrast of at least 4.5 : 1 upon the grounds of the lists.
TAG_INKS = {
    "yellow": ("#e8c547", "#6f5400"),
    "green": ("#7ccf8a", "#1b6530"),
    "blue": ("#86bdff", "#1456a8"),
    "pink": ("#ff9ac1", "#a81b5f"),
    "orange": ("#ffa657", "#8f4500"),
    "purple": ("#c9a8ff", "#6a34b8"),
}
"""The ink of a tag by its colour's name, in dark and in light themes."""
TAG_LAYERS = {f"tag-{name}": name for name in TAG_INKS}
"""Their colours by the names of their layers."""


def tag_style(colour: str, dark: bool) -> Style:
    """How a tag's name and sign are drawn."""
    return _style(TAG_INKS[colour][0 if dark else 1], "")


HIGHLIGHT_LAYERS = {f"highlight-{name}": name for name in HIGHLIGHTS}
"""Their colours by the names of their layers."""


def highlight_style(colour: str, dark: bool) -> Style:
    """How a highlight is drawn: a ground, and a line below that needs no colour to be seen."""
    return _ground(HIGHLIGHTS[colour][0 if dark else 1])


@cache
def _ground(colour: str) -> Style:
    return Style(bgcolor=Color.parse(colour).rich_color, underline=True)


def scrollbar_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Quiet scroll bars: as variables they cost nothing, as a rule for all widgets a lot."""
    ground, ink = Color.parse(variables["background"]), Color.parse(variables["foreground"])
    return {
        "scrollbar": ground.blend(ink, 0.25).hex,
        "scrollbar-hover": ground.blend(ink, 0.5).hex,
        "scrollbar-active": variables["accent"],
        "scrollbar-background": ground.hex,
        "scrollbar-background-hover": ground.hex,
        "scrollbar-background-active": ground.hex,
        "scrollbar-corner-color": ground.hex,
    }


@cache
def _style(colour: str, attributes: str) -> Style:
    words = attributes.split()
    return Style(
        color=Color.parse(colour).rich_color,
        bold="bold" in words or None,
        italic="italic" in words or None,
        underline="underline" in words or None,
    )
