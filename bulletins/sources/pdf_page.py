"""A page of a PDF while its rows are told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.sources.pdf_order import Row, rows_of
from bulletins.sources.pdf_rows import runs_of
from bulletins.sources.pdf_tables import with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletins.sources.lines import Box
    from bulletins.sources.pdf_document import Sheet
    from bulletins.sources.pdf_rows import Run

_OVERLAY = 1.3  # of the page's type size: grey type as large as this is a watermark


@dataclass(slots=True)
class PageRows:
    """The rows of a page in reading order; those of the margin and of overlays are set apart."""

    number: int
    width: float
    height: float
    rows: list[Row]
    overlays: list[Run]
    rules: list[Box]
    pictures: list[Box]
    margin: list[Row] = field(default_factory=list)


def page_of(sheet: Sheet) -> PageRows:
    """Put what stands on a page in order."""
    runs = runs_of(sheet.glyphs, sheet.targets)
    body = _usual_size(runs)
    overlays = [run for run in runs if _is_overlay(run, body)]
    layers = set(map(id, overlays))
    text = [run for run in runs if id(run) not in layers]
    for run in text:
        run.layer = 0
    text = with_tables(text, sheet.rules)
    return PageRows(
        sheet.number,
        sheet.width,
        sheet.height,
        rows_of(text, body),
        overlays,
        sheet.rules,
        sheet.pictures,
    )


def body_size(pages: list[PageRows]) -> float:
    """The type size of most of the text, in points."""
    return _usual_size(run for page in pages for row in page.rows for run in row.runs)


def _usual_size(runs: Iterable[Run]) -> float:
    """The size of most Chinese characters: notes and addresses are in Latin ones."""
    sizes: Counter[float] = Counter()
    for run in runs:
        wide = len(run.text.encode("utf-8")) - len(run.text)
        sizes[round(run.size, 1)] += 20 * wide + len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _is_overlay(run: Run, body: float) -> bool:
    return run.layer == 2 or (run.layer == 1 and run.size > _OVERLAY * body)
