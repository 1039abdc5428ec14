"""An article while it is put together: which lines are its title, byline, body, sources."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Draft:
    """Lines of one article by index; `links` are (line index, address)."""

    title: str = ""
    topic: str | None = None
    title_lines: list[int] = field(default_factory=list)
    title_starts: tuple[int, ...] = ()
    authors: list[str] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    original: str | None = None
    urls: list[str] = field(default_factory=list)
    first: int = 0
    closed: bool = False


@dataclass(slots=True)
class DraftSection:
    """A head and its articles."""

    title: str
    articles: list[Draft] = field(default_factory=list)
