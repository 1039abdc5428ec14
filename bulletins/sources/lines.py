"""What every file format becomes: pages of printed lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line that holds something.

    `text` has no outer white space and no control characters; spaces inside it are as printed.
    `number` is the line of the file and `page` the page, both from 1. `indent` is the leading
    white space in cells, 0 where it only marks a page. `trail` says that white space follows the
    text, `blank` how many lines without text stand before it, `spacer` that one of those holds
    white space (a printed empty line). `size` (points) and `x` (points from the left edge) are
    known for formats that have them.
    """

    text: str
    number: int
    page: int
    indent: int = 0
    trail: bool = False
    blank: int = 0
    spacer: bool = False
    size: float | None = None
    x: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page; `number` counts from 1."""

    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was opened: its path, the SHA-256 of its bytes (hex) and its pages."""

    path: str
    sha256: str
    pages: tuple[Page, ...]

    def lines(self) -> list[Line]:
        """All printed lines, in order."""
        return [line for page in self.pages for line in page.lines]
