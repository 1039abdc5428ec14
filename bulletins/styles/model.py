"""What a house style says about a publication: words and shapes, no code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bulletins.said import SaidError

Numbering = Literal["page", "file", "auto", "none"]
Position = Literal["start", "end", "auto"]
Marker = Literal["digit", "bracket", "circled", "star"]


@dataclass(frozen=True, slots=True)
class Sections:
    """Section heads: known ones, letter-spaced ones, ones built from words, ones in brackets."""

    heads: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    spaced: bool = False
    brackets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bylines:
    """Who wrote an article: `（执笔：A B）`, `（A）`, `A 供稿自`, `编译：A`."""

    position: Position = "auto"
    roles: tuple[str, ...] = ()
    other_roles: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    bare_names: bool = False
    unbracketed: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """How notes are numbered and what their markers look like."""

    numbering: Numbering = "auto"
    markers: tuple[Marker, ...] = ("digit",)


@dataclass(frozen=True, slots=True)
class Style:
    """A layout. `evidence` weighs the cues (see choosing) that speak for it; `base` is a floor."""

    name: str
    title: str = ""
    publication: str | None = None
    sections: Sections = field(default_factory=Sections)
    bylines: Bylines = field(default_factory=Bylines)
    notes: Notes = field(default_factory=Notes)
    topics: tuple[str, ...] = ()
    title_shapes: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    bracket_heads: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    imprint: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    figure_sources: tuple[str, ...] = ()
    ornaments: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    web_page: tuple[str, ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()
    base: float = 0.0


@dataclass(frozen=True, slots=True)
class Styles:
    """All profiles, the user's after ours; a later one replaces an earlier one of its name."""

    profiles: tuple[Style, ...]

    def named(self, name: str) -> Style | None:
        """The profile called `name`, or None."""
        return next((style for style in self.profiles if style.name == name), None)


class StyleError(SaidError):
    """A profile that can't be used; `str()` is one line with the file's name and what is wrong."""
