"""Our two themes, and the colours of highlights for any theme."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

# Contrast against the backgrounds below is at least 4.5 : 1 (WCAG 2.1, 1.4.3);
# tests/tui/test_themes.py measures it.
DARK_MENTIONS = {
    "amount": "#f2c14e",
    "quantity": "#d3b98c",
    "date": "#a3c4bc",
    "organization": "#6cb6ff",
    "person": "#ff9e80",
    "place": "#7fd08a",
    "document": "#d2a8ff",
    "program": "#5fd7d7",
    "technology": "#f0a0c8",
}
LIGHT_MENTIONS = {
    "amount": "#8a5a00",
    "quantity": "#6b5a2e",
    "date": "#3f6b62",
    "organization": "#0550ae",
    "person": "#a83215",
    "place": "#1a6b2d",
    "document": "#7a3eb1",
    "program": "#0b6363",
    "technology": "#99266a",
}

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
    colours = DARK_MENTIONS if dark else LIGHT_MENTIONS
    return {f"mention-{name}": colour for name, colour in colours.items()}


# How a class is told besides its colour, as Rich writes attributes. The quiet ones share theirs:
# figures and dates tell themselves.
MENTION_ATTRIBUTES = {
    "amount": "bold",
    "quantity": "italic",
    "date": "italic",
    "organization": "underline",
    "person": "bold italic",
    "place": "italic",
    "document": "italic underline",
    "program": "bold underline",
    "technology": "italic",
}


def mention_style(variables: Mapping[str, str], name: str, *, attributes: bool = True) -> Style:
    """How a class is drawn upon whatever lies below, from the variables of the theme in force."""
    written = MENTION_ATTRIBUTES[name] if attributes else ""
    return _style(variables[f"mention-{name}"], written)


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
