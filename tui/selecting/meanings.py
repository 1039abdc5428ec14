"""What the colours of highlights mean, and the digits that stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.locale import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {
    "yellow": mark("key"),
    "green": mark("figure"),
    "pink": mark("question"),
    "blue": mark("quote"),
    "purple": mark("view"),
    "orange": mark("to do"),
}
"""What a colour means where the configuration does not say."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A colour by its digit; `name` is what the reader calls it, "" for the name in `NAMES`."""

    key: str
    colour: str
    name: str = ""

    @property
    def words(self) -> str:
        """What it means, in the language of the screens."""
        return self.name or tr(NAMES[self.colour])


def meanings(configured: Mapping[str, str]) -> tuple[Meaning, ...]:
    """List the meanings of a configuration, whose entries are a digit: a colour and a name.

    Of two digits for one colour the first counts.
    """
    found: dict[str, Meaning] = {}
    for key, written in configured.items():
        colour, _, name = written.partition(" ")
        found.setdefault(colour, Meaning(key, colour, name.strip()))
    return tuple(found.values())
