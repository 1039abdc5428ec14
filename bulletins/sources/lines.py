"""What every file format becomes: pages of printed lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bulletins.model import Box

Zone = Literal["body", "margin", "notes", "overlay"]
Align = Literal["", "centre", "right"]


class Link(NamedTuple):
    """Where `text[start:end]` of a line leads."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line that holds something.

    `text` has no outer white space and no control characters; spaces inside it are as printed.
    `number` is the line of the file and `page` the page, both from 1. `indent` is the leading
    white space in cells, 0 where it only marks a page. `trail` says that white space follows the
    text, `blank` how many lines without text stand before it, `spacer` that one of those holds
    white space (a printed empty line).

    What follows is known for formats that have it. `size` (points), `x`, `right` and `y` (points
    from the left and upper edges of the page), `bold`, `align`. `begins`: a paragraph begins here,
    or (False) goes on from the line above. `zone`: what part of the page it stands in; a header,
    footer or page number in the margin, a note at the foot, an overlay (watermark) across it.
    `open`: a word (an address) goes on in the next line. `raised` are the (start, end) of
    superscripts, `links` where words lead, `cells` a table's row, `picture` the picture that the
    line is the caption of.
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
    right: float | None = None
    y: float | None = None
    bold: bool = False
    align: Align = ""
    begins: bool | None = None
    zone: Zone = "body"
    open: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()
    cells: tuple[str, ...] = ()
    picture: Box | None = None


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
