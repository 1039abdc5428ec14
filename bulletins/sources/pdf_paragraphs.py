"""Where paragraphs begin: indents, lines that end short, room between lines, changes of type."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletins.sources.lines import Align
    from bulletins.sources.pdf_order import Row
    from bulletins.sources.pdf_page import PageRows

_INDENT = 0.8  # of the type size
_FAR_RIGHT = 0.7  # of the line: where text ends that goes on
_MIN_CLOSE = 6  # rows that tell the distance of lines
_LEAST_ROOM = 0.08  # of the distance of lines
_MAX_INDENT = 4.0  # of the type size
_LOOSE = 1.3  # of the usual distance of lines
_ROOM = 0.25  # of the type size: what a line may fall short of the edge
_LARGE = 1.06  # of the text's size: a title
_ALIKE = 0.05  # sizes that differ less are one
_CENTRE = 0.7  # of the type size: how far from the middle a centred line may be
_MIN_FRAME = 5  # rows that tell the edges of their frame
_HANGING = re.compile(r"[，。、；：！？”’）》」』】〉〕.,;:!?)]$")
_HARD = re.compile(r"[。！？!?…；：][”’」』）)\]】\"'\d]{0,4}$|[a-z)]\.[\"”]?\d{0,3}$")


class Frame(NamedTuple):
    """The left and right edges of a column, in points."""

    left: float
    right: float


class Setting(NamedTuple):
    """How the text is set: its size, the distance of its lines, whether paragraphs are indented.

    `loose`: rows further apart than this many distances of lines have room between them; `spaced`
    says that all paragraphs have.
    """

    size: float
    pitch: float
    indented: bool
    bold: bool
    loose: float = _LOOSE
    spaced: bool = False


def mark_paragraphs(pages: list[PageRows], body: float) -> None:
    """Say of each row whether a paragraph begins there."""
    frames = _frames(pages, body)
    setting = _setting(pages, frames, body)
    before: tuple[Row, Frame, int] | None = None
    text: tuple[Row, Frame, int] | None = None  # the last row of running text
    for page in pages:
        for row in page.rows:
            frame = frames[page.number, row.frame]
            here = (row, frame, page.number)
            row.align = _align(row, frame, setting)
            if row.notes:
                row.begins = None
                continue
            row.begins = _begins(here, before, setting)
            inset = row.left - frame.left >= _INDENT * row.size
            row.inside = inset if row.begins or before is None else before[0].inside
            row.blank = _loose(here, before, setting)
            if (
                row.begins
                and text is not None
                and text is not before
                and _runs_on(here, text, setting)
            ):
                row.begins = False
            before = here
            if _plain(row, setting):
                text = here


def _plain(row: Row, setting: Setting) -> bool:
    """Say whether a row is set as running text."""
    same = abs(row.size - setting.size) <= _ALIKE * setting.size
    return same and row.main.bold == setting.bold and not row.align and not row.cells


def _runs_on(here: tuple[Row, Frame, int], text: tuple[Row, Frame, int], setting: Setting) -> bool:
    """Say whether text goes on here behind a picture or a caption that stand in its way."""
    row, frame, _ = here
    last, last_frame, _ = text
    if not setting.indented or not _plain(row, setting):
        return False
    if row.left - frame.left >= _INDENT * row.size or _HARD.search(last.main.text[-6:]):
        return False
    return not _ends_short(last, last_frame, row)


def _frames(pages: list[PageRows], body: float) -> dict[tuple[int, int], Frame]:
    """Find the edges of each column of each page; few rows take those of a wider one like it."""
    found: dict[tuple[int, int], Frame] = {}
    sure: list[Frame] = []
    rows_of: dict[tuple[int, int], list[Row]] = {}
    for page in pages:
        for row in page.rows:
            rows_of.setdefault((page.number, row.frame), []).append(row)
    for key, rows in rows_of.items():
        text = [row for row in rows if abs(row.size - body) <= _ALIKE * body and not row.cells]
        frame = _edges(text or rows)
        found[key] = frame
        if len(text) >= _MIN_FRAME:
            sure.append(frame)
    for key, rows in rows_of.items():
        text = [row for row in rows if abs(row.size - body) <= _ALIKE * body]
        if len(text) >= 2 * _MIN_FRAME or not sure:
            continue
        left, right = min(row.left for row in rows), max(row.right for row in rows)
        around = [one for one in sure if one.left <= left + 2 and one.right >= right - 2]
        if around:
            found[key] = min(around, key=lambda one: one.right - one.left)
    return found


def _edges(rows: list[Row]) -> Frame:
    lefts = Counter(round(row.left) for row in rows)
    often = [
        left
        for left in lefts
        if lefts[left] + lefts[left + 1] + lefts[left - 1] >= max(2, 0.08 * len(rows))
    ]
    left = float(min(often or lefts))
    # Marks may hang out over the edge.
    solid = [row.right for row in rows if not _HANGING.search(row.main.text)]
    rights = sorted(solid if len(solid) >= _MIN_FRAME else [row.right for row in rows])
    return Frame(
        min((row.left for row in rows if abs(row.left - left) <= 1.5), default=left),
        rights[min(len(rights) - 1, int(0.95 * len(rights)))],
    )


def _setting(pages: list[PageRows], frames: dict[tuple[int, int], Frame], body: float) -> Setting:
    pitches: Counter[float] = Counter()
    bold = indented = flush = plain = 0
    for page in pages:
        before: Row | None = None
        ended = False  # the row above ends a paragraph, by what it says and where it stops
        for row, following in itertools.pairwise([*page.rows, None]):
            if row is None or abs(row.size - body) > _ALIKE * body or row.notes:
                before, ended = None, False
                continue
            plain += 1
            bold += row.main.bold
            frame = frames[page.number, row.frame]
            if before is not None and before.frame == row.frame:
                pitches[round(2 * (row.y - before.y)) / 2] += 1
                ended = _HARD.search(before.main.text[-6:]) is not None
            else:
                ended = False
            inset = row.left - frame.left
            full = _full(row, frame, following, body)
            if _INDENT * row.size <= inset <= _MAX_INDENT * row.size:
                # A full line with an indent, above one without.
                indented += full or ended
            elif ended and full and before is not None and _ends_short(before, frame, row):
                flush += inset < _INDENT * row.size
            before = row
    pitch = next((one for one, _ in pitches.most_common() if one > 0.8 * body), 1.6 * body)
    pitch, loose, spaced = _room(pages, frames, body, pitch)
    return Setting(body, pitch, indented > flush, 2 * bold > plain, loose, spaced)


def _room(
    pages: list[PageRows], frames: dict[tuple[int, int], Frame], body: float, pitch: float
) -> tuple[float, float, bool]:
    """Learn the distance of lines, and how much room parts two paragraphs if all have some."""
    close: list[float] = []  # rows that surely go on
    other: list[tuple[float, bool]] = []  # rows behind the end of a sentence; the line is short
    for page in pages:
        for before, row in itertools.pairwise(page.rows):
            if before.frame != row.frame or row.notes or row.cells or before.cells:
                continue
            if any(abs(one.size - body) > _ALIKE * body for one in (before, row)):
                continue
            distance = row.y - before.y
            frame = frames[page.number, row.frame]
            short = _ends_short(before, frame, row)
            if not 0.8 * body < distance < 4 * body:
                continue
            if _HARD.search(before.main.text[-6:]):
                other.append((distance, short))
            elif not short and row.left - frame.left < 0.3 * body:
                close.append(distance)
    if len(close) < _MIN_CLOSE:
        return pitch, _LOOSE, False
    close.sort()
    pitch = close[len(close) // 2]
    high = max(close[int(0.95 * (len(close) - 1))], pitch)
    apart = sorted(distance for distance, _ in other if distance > high + _LEAST_ROOM * pitch)
    ends = [distance > high + _LEAST_ROOM * pitch for distance, short in other if short]
    if len(apart) < 2 or 5 * sum(ends) < 4 * len(ends):
        return pitch, _LOOSE, False
    return pitch, min(_LOOSE, 0.5 * (high + apart[len(apart) // 5]) / pitch), True


def _full(row: Row, frame: Frame, following: Row | None, body: float) -> bool:
    """Say whether a row fills its line, and the next one goes on at the left edge."""
    return (
        following is not None
        and following.frame == row.frame
        and following.y > row.y
        and abs(following.size - body) <= _ALIKE * body
        and following.left - frame.left < 0.3 * body
        and not _ends_short(row, frame, following)
    )


def _ends_short(row: Row, frame: Frame, following: Row) -> bool:
    """Say whether the first word of the next row had room left in this one."""
    room = frame.right - row.right
    latin = row.runs[-1].text[-1:].isascii() or following.runs[0].text[:1].isascii()
    space = 0.5 * row.size if latin else 0.0
    return room > following.runs[0].first + space + _ROOM * row.size


def _align(row: Row, frame: Frame, setting: Setting) -> Align:
    size = row.size
    inset, rest = row.left - frame.left, frame.right - row.right
    if inset > 1.2 * size and abs(inset - rest) <= 2 * _CENTRE * size and rest > 0.5 * size:
        indented = abs(inset - 2 * size) < 0.5 * size
        larger = row.size > _LARGE * setting.size
        return "" if indented and setting.indented and not larger else "centre"
    if rest <= 1.2 * size and inset > 0.45 * (frame.right - frame.left):
        return "right"
    if inset > 6 * size and rest < 0.4 * inset:
        return "right"
    return ""


def _flush_right(row: Row, frame: Frame) -> bool:
    """Say whether a row ends at the right edge, but does not begin at the left one."""
    inset = row.left - frame.left
    return frame.right - row.right <= 0.2 * row.size and inset >= _INDENT * row.size


def _in_middle(row: Row, frame: Frame) -> bool:
    inset, rest = row.left - frame.left, frame.right - row.right
    return abs(inset - rest) <= 2 * _CENTRE * row.size


def _large(row: Row, setting: Setting) -> bool:
    return row.size > _LARGE * setting.size or (row.main.bold and not setting.bold)


def _loose(
    here: tuple[Row, Frame, int], before: tuple[Row, Frame, int] | None, setting: Setting
) -> bool:
    """Say whether more room than usual stands above a row."""
    row, _, page = here
    if before is None or before[2] != page or before[0].frame != row.frame:
        return False
    last = before[0]
    usual = setting.pitch * max(1.0, max(row.size, last.size) / setting.size)
    ended = _HARD.search(last.main.text[-6:]) is not None
    return row.y - last.y > (setting.loose if ended else _LOOSE) * usual


def _begins(
    here: tuple[Row, Frame, int], before: tuple[Row, Frame, int] | None, setting: Setting
) -> bool | None:
    if before is None or before[0].cells or here[0].cells:
        return True
    row, frame, page = here
    last, last_frame, last_page = before
    together = page == last_page and row.frame == last.frame
    if abs(row.size - last.size) > _ALIKE * max(row.size, last.size):
        return True
    if row.main.bold != last.main.bold and not (
        row.runs[0].firm if last.main.bold else last.main.firm_end
    ):
        return True
    if together and (_loose(here, before, setting) or row.y <= last.y):
        return True
    if together and _flush_right(row, frame) and abs(row.left - last.left) > 0.3 * row.size:
        # What is set to the right leaves its room on the left.
        inset = last.left - last_frame.left
        room = inset > row.runs[0].first + 0.6 * row.size
        goes_on = not room and not _HARD.search(last.main.text[-6:])
        if _flush_right(last, last_frame):
            return not goes_on
        odd = abs(row.left - frame.left - 2 * row.size) > 0.4 * row.size
        if goes_on and odd and last.right >= last_frame.right - 0.2 * last.size:
            return row.main.text[:1] in "（("
    if "centre" in (row.align, last.align) and (row.align == last.align or _large(row, setting)):
        # A title may fill one of its lines: that stands in the middle too.
        return not (together and _in_middle(row, frame) and _in_middle(last, last_frame))
    if row.align == "right" or last.align == "right":
        return not (together and row.align == last.align and abs(row.left - last.left) < 2)
    if "centre" in (row.align, last.align):
        return True
    return _by_indent(here, before, setting)


def _by_indent(
    here: tuple[Row, Frame, int], before: tuple[Row, Frame, int], setting: Setting
) -> bool | None:
    row, frame, _ = here
    last, last_frame, _ = before
    size = row.size
    inset, above = row.left - frame.left, last.left - last_frame.left
    short = _ends_short(last, last_frame, row)
    hard = _HARD.search(last.main.text[-6:]) is not None
    if inset >= _INDENT * size:
        hanging = any(abs(start - row.left) <= 0.4 * size for start in last.runs[0].starts[1:])
        if not short and hanging and inset > above + 0.5 * size:
            return False
        if above >= _INDENT * size and not short and not hard:
            return False
        if abs(inset - above) <= 0.3 * size:
            return True
        return True if inset > above else short
    if short:
        # A long word may leave much room behind a line that goes on.
        wide = last.right - last_frame.left > _FAR_RIGHT * (last_frame.right - last_frame.left)
        return hard or not ((setting.indented and last.inside) or (setting.spaced and wide))
    together = here[2] == before[2] and row.frame == last.frame
    if setting.indented or (setting.spaced and together) or not hard:
        return False
    return None
