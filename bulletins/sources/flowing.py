"""Formats without printed lines: their paragraphs become lines, with the looks that they tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bulletins.sources.lines import Align, Line, Link, Page, Zone
from bulletins.sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Run(NamedTuple):
    """A piece of a paragraph that looks alike. `size` is in points, None where nobody says it."""

    text: str
    size: float | None = None
    bold: bool = False
    raised: bool = False
    url: str = ""


@dataclass(slots=True)
class Flow:
    """Collects the paragraphs of a document in order; `pages()` gives them as pages of lines.

    White space in a run is one space, as all these formats mean it, and LF ends a line of the same
    paragraph. Notes are to be added right behind the paragraph that their mark stands in.
    """

    _lines: list[Line] = field(default_factory=list)
    _page: int = 1
    _gap: bool = False

    def paragraph(self, runs: Iterable[Run], align: Align = "", zone: Zone = "body") -> None:
        """Add a paragraph; one without text leaves room above the next."""
        begins = True
        for line in _split(runs):
            begins = not self._add(line, align, zone, begins=begins) and begins
        if begins:
            self._gap = True

    def row(self, cells: Sequence[str]) -> None:
        """Add a row of a table; one without any text is left out."""
        shown = tuple(" ".join(plain(cell).split()) for cell in cells)
        if any(shown):
            number = len(self._lines) + 1
            text = " | ".join(shown).strip()
            self._lines.append(Line(text, number, self._page, begins=True, cells=shown))

    def new_page(self) -> None:
        """Begin a page, unless nothing stands on this one yet."""
        if self._lines and self._lines[-1].page == self._page:
            self._page += 1

    def pages(self) -> tuple[Page, ...]:
        """Give what was added; nothing if there was no text."""
        found: dict[int, list[Line]] = {}
        for line in self._lines:
            found.setdefault(line.page, []).append(line)
        return tuple(Page(number, tuple(lines)) for number, lines in found.items())

    def _add(self, runs: Sequence[Run], align: Align, zone: Zone, *, begins: bool) -> bool:
        text = ""
        raised: list[tuple[int, int]] = []
        links: list[Link] = []
        sizes: dict[float | None, int] = {}
        bold = 0
        for run in runs:
            piece = " ".join(plain(run.text).split(" ")) if run.text else ""
            piece = _spaces(piece, text)
            start, text = len(text), text + piece
            solid = len(piece.strip())
            if run.raised and solid:
                raised.append(
                    (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
                )
            if run.url and solid:
                links.append(Link(start, start + len(piece.rstrip()), run.url))
            if not run.raised:
                sizes[run.size] = sizes.get(run.size, 0) + solid
                bold += solid if run.bold else 0
        text = text.rstrip()
        if not text:
            return False
        size = max(sizes, key=lambda one: sizes[one]) if sizes else None
        self._lines.append(
            Line(
                text,
                len(self._lines) + 1,
                self._page,
                blank=1 if self._gap else 0,
                size=size,
                bold=2 * bold > sum(sizes.values()),
                align=align,
                begins=begins,
                zone=zone,
                raised=tuple(raised),
                links=tuple(links),
            )
        )
        self._gap = False
        return True


def _spaces(piece: str, before: str) -> str:
    """Make any white space one space, and none at the start of a line or behind another."""
    shown = " ".join(piece.split())
    if not shown:
        return " " if piece and before and not before.endswith(" ") else ""
    if piece[0].isspace() and before and not before.endswith(" "):
        shown = f" {shown}"
    return f"{shown} " if piece[-1].isspace() else shown


def _split(runs: Iterable[Run]) -> list[list[Run]]:
    """Part runs into lines where they hold LF."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=text)] for text in rest]
    return lines
