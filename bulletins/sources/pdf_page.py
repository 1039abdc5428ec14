"""A page of a PDF while its rows are told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.sources.pdf_columns import crossing, gutters_like, gutters_of
from bulletins.sources.pdf_order import Row, rows_of
from bulletins.sources.pdf_rows import runs_of
from bulletins.sources.pdf_tables import walls_of, with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletins.model import Box
    from bulletins.sources.pdf_columns import Gutter
    from bulletins.sources.pdf_document import Glyph, Sheet
    from bulletins.sources.pdf_rows import Run

_MAX_RULES = 500  # that are kept of a page
_MIN_RULE = 36.0  # points
_SMALL = 0.94  # of the text's size
_MARK = 5  # characters of a note's mark that stands apart
_LIGHT, _TILTED, _HIDDEN = 1, 2, 3  # layers
_MAX_DARK = 1_000  # runs that a watermark may stand across; a full page has 300
_ALIKE = 0.7  # points
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
    runs = runs_of(_seen(sheet.glyphs), sheet.targets, walls_of(sheet.rules))
    body = _usual_size(runs)
    dark = [run for run in runs if run.layer == 0][:_MAX_DARK]
    overlays = [run for run in runs if _is_overlay(run, body, dark)]
    layers = set(map(id, overlays))
    text = [run for run in runs if id(run) not in layers]
    for run in text:
        run.layer = 0
    text = with_tables(text, sheet.rules)
    return PageRows(
        sheet.number,
        sheet.width,
        sheet.height,
        _in_order(text, sheet.rules, body),
        overlays,
        [box for box in sheet.rules if box.right - box.left >= _MIN_RULE][:_MAX_RULES],
        sheet.pictures[:_MAX_RULES],
    )


def align_columns(pages: list[PageRows], body: float) -> None:
    """Put the pages in order by other pages' columns whose own lines do not tell them, or badly."""
    runs_of_pages = [[run for row in page.rows for run in row.runs] for page in pages]
    found = [gutters_of(runs, body) for runs in runs_of_pages]
    known = [gutters for gutters in dict.fromkeys(found) if gutters]
    for page, runs, own in zip(pages, runs_of_pages, found, strict=True):
        if own and not crossing(runs, own[0]):
            continue
        gutters = gutters_like(runs, known, body)
        if gutters and (not own or crossing(runs, gutters[0]) < crossing(runs, own[0])):
            page.rows = _in_order(runs, page.rules, body, gutters)


def _in_order(
    runs: list[Run], rules: list[Box], body: float, gutters: tuple[Gutter, ...] = ()
) -> list[Row]:
    """Put runs in order, the notes below a rule behind all columns."""
    foot = _foot(runs, rules, body)
    apart = set(map(id, foot))
    rows = rows_of([run for run in runs if id(run) not in apart], body, gutters)
    last = rows[-1].frame + 1 if rows else 0
    for row in rows_of(foot, 0.0):
        row.frame += last
        rows.append(row)
    return rows


def _foot(runs: list[Run], rules: list[Box], body: float) -> list[Run]:
    """The small type below a rule at the left edge that begins with a note's mark."""
    left = min((run.left for run in runs), default=0.0)
    for rule in sorted(rules, key=lambda box: box.top):
        if rule.right - rule.left < _MIN_RULE or rule.left > left + 2 * body:
            continue
        small = [run for run in runs if run.size < _SMALL * body and run.y > rule.top + 0.5]
        small.sort(key=lambda run: (round(run.y), run.left))
        if not small or not _marked(small[0]) or small[0].top - rule.top > 2 * body:
            continue
        usual = small[0].size
        notes = [
            run
            for run in small
            if abs(run.size - usual) <= _ALIKE or (run.size < usual and len(run.text) <= _MARK)
        ]
        right = max(run.right for run in runs)
        if any(_marked(run) and run.left > 0.5 * (left + right) for run in notes):
            return []  # each column has notes of its own
        return notes
    return []


def _marked(run: Run) -> bool:
    return bool(run.raised) and run.raised[0][0] == 0


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


def _seen(glyphs: list[Glyph]) -> list[Glyph]:
    """The type that is drawn; what is not drawn only where it is the text of a picture."""
    hidden = sum(1 for glyph in glyphs if glyph.layer == _HIDDEN)
    if 4 * (len(glyphs) - hidden) >= hidden:
        return [glyph for glyph in glyphs if glyph.layer != _HIDDEN] if hidden else glyphs
    return [glyph._replace(layer=0) if glyph.layer == _HIDDEN else glyph for glyph in glyphs]


def _is_overlay(run: Run, body: float, dark: list[Run]) -> bool:
    """Say whether a run is tilted, or large, light, and set across dark ones: heads are not."""
    if run.layer == _TILTED:
        return True
    if run.layer != _LIGHT or run.size <= _OVERLAY * body:
        return False
    return any(
        other.top < run.y - 0.1 * run.size
        and other.y > run.top + 0.1 * run.size
        and other.left < run.right
        and other.right > run.left
        for other in dark
    )


def mark_overlays(pages: list[PageRows]) -> None:
    """Take what is an overlay of several pages out of the text of those where nothing is below."""
    known = Counter(
        key for page in pages for key in {(run.text, round(run.size)) for run in page.overlays}
    )
    for page in pages:
        kept = []
        for row in page.rows:
            if known[row.main.text, round(row.size)] and not row.cells:
                page.overlays += row.runs
            else:
                kept.append(row)
        page.rows = kept
