"""What part of a page a row stands in: the margin, the notes at its foot, or the text.

Known by place and size over all pages: what stands at one height of many pages in the margin, and
small type below the text that a mark or a rule opens.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletins.sources.pdf_order import Row
    from bulletins.sources.pdf_page import PageRows

_EDGE_ROWS = 3  # rows at the top and the foot of a page that may be in its margin
_SAME = 3.0  # points: rows of two pages stand at the same height
_OFTEN = 0.4  # of the pages have something at that height
_WIDE = 2.0  # of the type size
_HEADER = 1.35  # of the text's size: a running header may be larger than the text
_SMALL = 0.94  # of the text's size
_NOTE_SIZE = 0.7  # points by which the rows of notes differ at most
_MIN_RULE = 36.0  # points
_THIN = 3.0  # points
_NUMBER = re.compile(
    r"[\s\-–—－·•~～|｜/／]*(?:第|Page|P\.?)?\s*\d{1,4}\s*(?:页|/\s*\d{1,4}|of\s*\d{1,4})?[\s\-–—－·•~～|｜]*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\d{1,4}(?:[.．)）]?\s|\s*https?://|《)|[\[［〔]\d{1,4}[\]］〕]|[①-⑳]|[*＊†‡]")
_NUMBERED = re.compile(r"[\[［〔]?(\d{1,3})[\]］〕]?(?:\s|$|https?://)")
_ROOM = 1.4  # of the distance of lines, above notes


def text_of(row: Row) -> str:
    """The words of a row."""
    return "".join(between + run.text for between, run in zip(gaps_of(row), row.runs, strict=True))


def gaps_of(row: Row) -> list[str]:
    """What stands before each run of a row: a space, or two where the room is wide."""
    gaps = [""]
    for before, run in itertools.pairwise(row.runs):
        wide = run.left - before.right >= _WIDE * row.size and not before.raised
        gaps.append("  " if wide else " ")
    return gaps


def mark_margins(pages: list[PageRows], body: float) -> None:
    """Take rows that repeat in the margins out of the text, into `margin`."""
    for top in (True, False):
        _mark_edge(pages, body, top)


def _mark_edge(pages: list[PageRows], body: float, top: bool) -> None:
    edges = [_edge_rows(page, top) for page in pages]
    edge = {id(row) for rows in edges for row in rows}
    inside = Counter(_fold(row) for page in pages for row in page.rows if id(row) not in edge)
    words = Counter(_fold(row) for rows in edges for row in rows)
    several = sum(1 for rows in edges if rows)
    heights: dict[int, set[int]] = defaultdict(set)
    likely: dict[int, set[int]] = defaultdict(set)  # heights of rows that may be of the margin
    for number, rows in enumerate(edges):
        for row in rows:
            key = round(_height(pages[number], row, top) / _SAME)
            heights[key].add(number)
            fold = _fold(row)
            # A byline or a label may stand at the edge of several pages, but also inside one.
            again = words[fold] >= max(2, 0.15 * several, inside[fold])
            small = top and row.size < _SMALL * body
            if small or _numbered(row) or (again and row.size <= _HEADER * body):
                likely[key].add(number)
    for number, rows in enumerate(edges):
        page = pages[number]
        for row in rows:
            key = round(_height(page, row, top) / _SAME)
            same = heights[key] | heights[key - 1] | heights[key + 1]
            # Where most pages have text at that height, it is no margin.
            free = 2 * len(likely[key - 1] | likely[key] | likely[key + 1]) > len(same)
            often = free and len(same) >= max(2, _OFTEN * several)
            fold = _fold(row)
            again = words[fold] >= max(2, 0.15 * several, inside[fold])
            again = again and row.size <= _HEADER * body
            small = top and row.size < _SMALL * body and _apart(page, row)
            if not (often and (_numbered(row) or again or small)):
                break
            page.margin.append(row)
    for page in pages:
        taken = set(map(id, page.margin))
        page.rows = [row for row in page.rows if id(row) not in taken]


def _numbered(row: Row) -> bool:
    """Say whether a row is nothing but a page number."""
    return _NUMBER.match(text_of(row)) is not None


def _edge_rows(page: PageRows, top: bool) -> list[Row]:
    ordered = sorted(page.rows, key=lambda row: row.y, reverse=not top)
    return ordered[:_EDGE_ROWS]


def _height(page: PageRows, row: Row, top: bool) -> float:
    return row.y if top else page.height - row.y


def _apart(page: PageRows, row: Row) -> bool:
    """Say whether the row below is not the next line of the same text."""
    below = [one for one in page.rows if one.y > row.y + 1]
    if not below:
        return True
    following = min(below, key=lambda one: one.y)
    return following.size > row.size * 1.04 or following.y - row.y > 2.2 * row.size


def _fold(row: Row) -> str:
    return re.sub(r"[\s\d]+", "", text_of(row))


def mark_notes(page: PageRows, body: float) -> None:
    """Take the notes at the foot of a page, or of each of its columns, into `notes`."""
    frames: dict[int, list[Row]] = defaultdict(list)
    for row in page.rows:
        frames[row.frame].append(row)
    for rows in frames.values():
        for row in rows[_notes_begin(page, rows, body) :]:
            row.notes = True
    notes = [row for row in page.rows if row.notes]
    text = [row for row in page.rows if not row.notes]
    top = min((row.y for row in notes), default=0.0)
    if notes and all(row.y < top for row in text):
        # They stand below all columns, and are read behind them.
        page.rows = [*text, *sorted(notes, key=lambda row: (row.y, row.left))]


def _notes_begin(page: PageRows, rows: list[Row], body: float) -> int:
    """The row of a column from which on there are notes only."""
    end = len(rows)
    foot = rows[-1].size
    begin = end
    while begin > 0:
        row = rows[begin - 1]
        if abs(row.size - foot) > _NOTE_SIZE or row.size > _SMALL * body or row.cells:
            break
        begin -= 1
    if begin == end:
        return _below_rule(page, rows, body)
    for place in range(begin, end):
        if place and _rule_above(page, rows, place) and _like_notes(rows[place:]):
            return place
        if opens_note(rows[place]):
            return place
    return end


def _like_notes(rows: list[Row]) -> bool:
    """Say whether rows below a rule are notes: one has a mark, or none is Chinese (an address)."""
    return any(map(opens_note, rows)) or all(text_of(row).isascii() for row in rows)


def _below_rule(page: PageRows, rows: list[Row], body: float) -> int:
    """Notes in type as large as the text: below a rule that begins at the left edge."""
    for place in range(len(rows) - 1, max(0, len(rows) - 16), -1):
        row = rows[place]
        opens = opens_note(row) or text_of(row).isdigit()
        if opens and not row.cells and _rule_above(page, rows, place):
            return place
    return _below_marks(page, rows, body)


def _below_marks(page: PageRows, rows: list[Row], body: float) -> int:
    """Notes of any size without a rule: numbered as the marks of the page, and set apart."""
    marks = {
        run.text[start:end].strip("[]［］〔〕")
        for row in page.rows
        for run in row.runs
        for start, end in run.raised
        if start > 0
    }
    foot = rows[-1].size
    begin = top = end = len(rows)
    wanted = 0
    for place in range(end - 1, 0, -1):
        row = rows[place]
        if row.cells or row.main.bold or abs(row.size - foot) > 0.02 * foot:
            break
        top = place
        found = _NUMBERED.match(row.runs[0].text)
        if found is not None and (int(found[1]) == wanted if wanted else found[1] in marks):
            begin, wanted = place, int(found[1]) - 1
    if begin == end:
        return end
    if abs(foot - body) > 0.03 * body:
        return top  # a note may go on from the page before
    room = rows[begin].y - rows[begin - 1].y
    usual = min((b.y - a.y for a, b in itertools.pairwise(rows[begin:])), default=room)
    return begin if room > _ROOM * max(usual, body) else end


def opens_note(row: Row) -> bool:
    """Say whether a row begins as a note does: with its mark."""
    run = row.runs[0]
    return bool(run.raised and run.raised[0][0] == 0) or _NOTE.match(run.text) is not None


def _rule_above(page: PageRows, rows: list[Row], place: int) -> bool:
    """Say whether a rule, or the upper edge of a frame, stands between two rows."""
    above = rows[place - 1].y if place else 0.0
    row = rows[place]
    return any(
        box.right - box.left >= _MIN_RULE
        and above - 1 <= box.top <= row.y - 0.4 * row.size
        and box.left <= row.left + 2 * row.size
        and (box.bottom - box.top <= _THIN or box.bottom >= row.y - 0.2 * row.size)
        for box in page.rules
    )
