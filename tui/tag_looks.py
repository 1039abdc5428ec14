"""How tags look: a colour's name, and a sign that tells it where no colour is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.passages import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAG_COLOURS = tuple(COLOURS)
"""The colours that a tag may have, by name: those of highlights."""
PLAIN = "#"
"""The sign of a tag without a colour, or with one of a later version."""
_SIGNS = {"yellow": "▲", "green": "■", "blue": "▼", "pink": "♥", "orange": "♦", "purple": "♣"}


def tag_sign(colour: str | None) -> str:
    """The sign of a colour."""
    return _SIGNS.get(colour or "", PLAIN)


def tag_layer(colour: str | None) -> str:
    """How a row list draws a tag of this colour; "" for none."""
    return f"tag-{colour}" if colour in TAG_COLOURS else ""


def signs_of(tags: Sequence[str], colours: Mapping[str, str], most: int = 3) -> list[str]:
    """The colours that an article's tags have, each once, "" for those that have none."""
    return list(dict.fromkeys(colours.get(tag, "") for tag in tags))[:most]
