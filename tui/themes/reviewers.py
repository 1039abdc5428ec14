"""The inks of other reviewers, for dark and light themes."""

from __future__ import annotations

from functools import cache

from rich.style import Style
from textual.color import Color

from tui.reviewer_names import OTHER_LAYERS

# Contrast of at least 4.5 : 1 on the ground of our themes, dark and light.
INKS = (
    ("#8fd0ff", "#00568f"),
    ("#ffb877", "#8f4300"),
    ("#b5e48c", "#2c6400"),
    ("#ff9fc8", "#9c1556"),
    ("#cbb5ff", "#652a9c"),
    ("#7fe0d0", "#006058"),
)


def other_style(layer: str, dark: bool, *, underline: bool = False) -> Style:
    """How another reviewer's words are drawn: no ground, which is for one's own highlights."""
    return _ink(INKS[OTHER_LAYERS[layer]][0 if dark else 1], underline)


@cache
def _ink(colour: str, underline: bool) -> Style:
    return Style(color=Color.parse(colour).rich_color, underline=underline or None)
