"""How other reviewers are told apart: initials, and inks by their numbers."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tui.typesetting.spans import Marked, Span, SpanLayer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INKS = 6
OTHER_LAYERS = {f"other-{number}": number for number in range(INKS)}
"""The numbers of inks by the names of their layers in the article and of their tones in lists."""


class TheirMarked(Marked):
    """A passage that another reviewer marked: underlined in their ink, their initials behind it.

    `colour` is the name of a layer here.
    """

    __slots__ = ()

    @property
    def layer(self) -> str:
        return self.colour


def own_of(marked: Iterable[Marked]) -> list[Marked]:
    """Return the passages of an article that the reader marked."""
    return [one for one in marked if not isinstance(one, TheirMarked)]


def their_spans(marked: Iterable[Marked]) -> SpanLayer:
    """Return the spans of those that others marked: they lie below all of the reader's own."""
    return SpanLayer(
        (one.address, Span(one.start, one.end, one.layer))
        for one in marked
        if isinstance(one, TheirMarked)
    )


def initials(names: Sequence[str]) -> dict[str, str]:
    """Give each name initials that no other has: LW for Lin Wei, 王 for 王芳.

    Names with the same initials get as much more of themselves as is needed, then a number. All
    names get the same whatever their order.
    """
    found: dict[str, str] = {}
    waiting = [(name, 0) for name in sorted(set(names))]
    while waiting:
        groups: dict[str, list[tuple[str, int]]] = {}
        for name, step in waiting:
            groups.setdefault(_shortened(name, step), []).append((name, step))
        waiting = []
        for short, group in groups.items():
            taken = short in found.values()
            if len(group) == 1 and not taken:
                found[group[0][0]] = short
                continue
            for number, (name, step) in enumerate(group, 1):
                if _shortened(name, step + 1) != short:
                    waiting.append((name, step + 1))
                else:
                    found[name] = _numbered(short, number, found.values())
    return found


def inks(folders: Iterable[str]) -> dict[str, int]:
    """Give each reviewer's folder the number of an ink; a newcomer seldom changes the others'."""
    from zlib import crc32

    found: dict[str, int] = {}
    for folder in sorted(folders):
        first = crc32(folder.encode("utf-8", "surrogatepass")) % INKS
        order = [(first + step) % INKS for step in range(INKS)]
        free = [ink for ink in order if ink not in found.values()]
        found[folder] = (free or order)[0]
    return found


def _shortened(name: str, step: int) -> str:
    """The initials of a name with `step` more characters of its first word."""
    words = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", name)).split()
    if not words:
        return "?"
    first, *others = words
    if not first.isascii():
        return first[: 1 + step]
    return first[0].upper() + first[1 : 1 + step] + "".join(one[0].upper() for one in others[:2])


def _numbered(short: str, number: int, taken: Iterable[str]) -> str:
    known = set(taken)
    while f"{short}{number}" in known:
        number += 1
    return f"{short}{number}"
