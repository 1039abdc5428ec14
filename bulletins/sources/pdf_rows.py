"""Characters of a page become runs: what stands side by side on one baseline.

A run has one size; smaller characters above or below its baseline (marks, formulas) belong to it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bulletins.sources.lines import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.model import Box
    from bulletins.sources.pdf_document import Glyph, Target

_RAISED = 0.14  # of the type size: a superscript's baseline is higher at least
_SMALL = 0.86  # of the type size: a superscript is smaller
_LATIN_GAP = 0.17  # of the type size, more than between letters: words that no space divides
_MIXED_GAP = 0.3
_WIDE_GAP = 0.22
_CELL_GAP = 1.3  # of the type size: another run begins
_TRACKED = 0.2  # of the type size: letters set apart as in a head
_WATERMARK_RUN = 4
_MAX_NEAR = 64  # runs on one baseline that are compared
_FEW = 5  # glyphs
_MAX_WORD = 200  # characters; addresses are long
_PASSES = 4
_OPENERS = "（《〈「『【〔([{"
_CLOSERS = "，。、；：！？）》〉」』】〕…—％,.;:!?)]}%-"
_MARKS = _OPENERS + _CLOSERS + "“”‘’—"
_QUOTES = "“”‘’\"'"
_VISIBLE = re.compile(r"\S")


@dataclass(slots=True)
class Run:
    """Glyphs on one baseline; positions in points, `y` from the top."""

    glyphs: list[Glyph]
    left: float
    right: float
    y: float
    size: float
    layer: int
    text: str = ""
    raised: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()
    bold: bool = False
    starts: tuple[float, ...] = ()  # where its first words begin
    first: float = 0.0  # how wide its first word is
    firm: bool = False  # its first glyph is bold
    firm_end: bool = False  # its last glyph is bold
    cells: tuple[str, ...] = ()  # it is a table's row

    @property
    def top(self) -> float:
        """About the upper edge of its letters."""
        return self.y - 0.85 * self.size


@lru_cache(maxsize=4096)
def is_wide(char: str) -> bool:
    """Say whether a character is Chinese, or a mark that may be as wide as one."""
    width = unicodedata.east_asian_width(char)
    return width in "WF" or (width == "A" and not char.isalnum())


def runs_of(glyphs: list[Glyph], targets: list[Target], walls: Sequence[Box] = ()) -> list[Run]:
    """Cut the glyphs of a page, in the order in which the file draws them, into runs.

    No run goes on behind one of `walls`, the upright rules of tables.
    """
    runs: list[Run] = []
    for glyph in glyphs:
        run = runs[-1] if runs else None
        if (
            run is not None
            and _goes_on(run, glyph)
            and not (walls and _walled(walls, run, glyph.left, glyph.right))
        ):
            run.glyphs.append(glyph)
            run.right = max(run.right, glyph.right)
            run.left = min(run.left, glyph.left)
            if glyph.size > run.size * 1.05:
                run.size, run.y = glyph.size, glyph.y
        else:
            runs.append(Run([glyph], glyph.left, glyph.right, glyph.y, glyph.size, glyph.layer))
    _take_verticals(runs)
    done = []
    for _ in range(_PASSES):  # what was joined may touch what stood apart
        count, runs = len(runs), _united(runs, walls)
        if len(runs) == count:
            break
    for run in runs:
        _finish(run, targets)
        if _VISIBLE.search(run.text):
            done.append(run)
    return done


def _goes_on(run: Run, glyph: Glyph) -> bool:
    """Say whether a glyph stands behind the last one of a run."""
    if glyph.layer != run.layer:
        return False
    size = max(run.size, glyph.size)
    height = min(run.size, glyph.size)
    overlap = min(run.y, glyph.y) - max(run.y - run.size, glyph.y - glyph.size)
    if overlap < 0.45 * height or abs(glyph.y - run.y) > 0.6 * size:
        return False
    gap = glyph.left - run.right
    if abs(glyph.left - run.glyphs[-1].left) < 0.02 * size:
        return True  # the letters of a ligature
    if gap <= _CELL_GAP * size:
        # Two marks that meet are set closer than they are wide: `”（`.
        met = glyph.char in _MARKS and run.glyphs[-1].char in _MARKS
        return gap >= -0.6 * size or (met and glyph.left > run.glyphs[-1].left + 0.1 * size)
    return gap <= _CELL_GAP * size + 2 * _usual_gap(run)


def _usual_gap(run: Run) -> float:
    """The room between the letters of a run that is set apart to fill its line."""
    last = run.glyphs[-9:]
    gaps = sorted(b.left - a.right for a, b in itertools.pairwise(last))
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) >= 3 else 0.0


def _take_verticals(runs: list[Run]) -> None:
    """Single characters drawn below each other are an overlay, whatever their colour."""
    column: list[Run] = []
    for run in [*runs, None]:
        if (
            run is not None
            and len(run.glyphs) == 1
            and is_wide(run.glyphs[0].char)
            and (not column or (abs(run.left - column[-1].left) < 3 and run.y > column[-1].y + 1))
        ):
            column.append(run)
            continue
        if len(column) >= _WATERMARK_RUN:
            for one in column:
                one.layer = 2
        column = [run] if run is not None and len(run.glyphs) == 1 else []


def _walled(walls: Sequence[Box], run: Run, left: float, right: float) -> bool:
    """Say whether a rule stands between a run and what begins at `left` or ends at `right`."""
    start, end = (run.right, left) if left >= run.left else (right, run.left)
    middle = run.y - 0.3 * run.size
    return end - start > -0.5 and any(
        start - 0.5 <= box.left and box.right <= end + 0.5 and box.top <= middle <= box.bottom
        for box in walls
    )


def _united(runs: list[Run], walls: Sequence[Box]) -> list[Run]:
    """Join runs that touch, but were drawn apart: marks, words in another type."""
    out: list[Run] = []
    near: dict[int, list[Run]] = {}
    for run in runs:
        key = int(run.y // 12)
        mate = None
        for other in (one for k in (key - 1, key, key + 1) for one in near.get(k, [])[-_MAX_NEAR:]):
            if other.layer == run.layer and _touch(other, run):
                if walls and _walled(walls, other, run.left, run.right):
                    continue
                mate = other
                break
        if mate is None:
            out.append(run)
            near.setdefault(key, []).append(run)
            continue
        mate.glyphs = sorted([*mate.glyphs, *run.glyphs], key=lambda glyph: glyph.left)
        if run.size > mate.size * 1.05:
            mate.size, mate.y = run.size, run.y
        mate.left, mate.right = min(mate.left, run.left), max(mate.right, run.right)
    return out


def _touch(one: Run, other: Run) -> bool:
    height = min(one.size, other.size)
    overlap = min(one.y, other.y) - max(one.y - one.size, other.y - other.size)
    if overlap < 0.45 * height or abs(one.y - other.y) > 0.6 * max(one.size, other.size):
        return False
    gap = max(one.left, other.left) - min(one.right, other.right)
    if gap < -0.5 * height:
        return _interleave(one, other)
    return gap <= 0.45 * max(one.size, other.size)


def _interleave(one: Run, other: Run) -> bool:
    """Say whether each of two runs leaves room for the other's glyphs: quotes of another font."""
    if len(one.glyphs) > len(other.glyphs):
        one, other = other, one
    for glyph in one.glyphs:
        room = 0.3 * (glyph.right - glyph.left)
        place = bisect_left(other.glyphs, glyph.left + room, key=_right_of)
        if place < len(other.glyphs) and other.glyphs[place].left < glyph.right - room:
            return False
    return True


def _right_of(glyph: Glyph) -> float:
    return glyph.right


def _finish(run: Run, targets: Iterable[Target]) -> None:
    """Make the text of a run, and say what in it is raised, bold or leads somewhere."""
    glyphs = run.glyphs
    weights: Counter[float] = Counter()
    for glyph in glyphs:
        weights[round(glyph.size, 1)] += max(1, round(glyph.right - glyph.left))
    # A mark and a full stop at the start of a line: the stop tells the size.
    few = len(glyphs) <= _FEW
    run.size = max(weights) if few else weights.most_common(1)[0][0]
    lines = Counter(round(glyph.y, 1) for glyph in glyphs if glyph.size >= _SMALL * run.size)
    run.y = lines.most_common(1)[0][0] if lines else run.y
    bold = sum(1 for glyph in glyphs if glyph.bold)
    run.bold = bold >= 0.9 * len(glyphs)
    run.firm, run.firm_end = glyphs[0].bold, glyphs[-1].bold
    pieces: list[str] = []
    raised: list[tuple[int, int]] = []
    boxes: list[float] = []
    starts: list[float] = []
    length = 0
    tracking = _tracking(glyphs)
    wide = [glyph for glyph in glyphs if is_wide(glyph.char[0])]
    stretched = tracking if len(wide) == len(glyphs) else _tracking(glyphs, wide=True)
    before: Glyph | None = None
    for glyph in glyphs:
        high = glyph.size < _SMALL * run.size and run.y - glyph.y > _RAISED * run.size
        if before is not None and _space(before, glyph, run, tracking, stretched):
            pieces.append(" ")
            boxes.append(before.right)
            length += 1
        if before is None or pieces[-1] == " ":
            starts.append(glyph.left)
        elif raised and raised[-1] == (0, length) and not high and glyph.char not in _CLOSERS:
            # A note's number and its text.
            pieces.append(" ")
            boxes.append(before.right)
            length += 1
            starts.append(glyph.left)
        if high:
            if raised and raised[-1][1] == length:
                raised[-1] = (raised[-1][0], length + len(glyph.char))
            else:
                raised.append((length, length + len(glyph.char)))
        pieces.append(glyph.char)
        boxes += [0.5 * (glyph.left + glyph.right)] * len(glyph.char)
        length += len(glyph.char)
        before = glyph
    run.text = "".join(pieces)
    run.raised = tuple(raised)
    run.starts = tuple(starts[:4])
    run.first = _first_word(glyphs, run, tracking, stretched)
    run.links = _links(run, boxes, targets)
    run.glyphs = []  # the text says it all: a long file would keep millions


def _tracking(glyphs: list[Glyph], *, wide: bool = False) -> float:
    """The room between most letters, or between most Chinese ones, where a line is stretched."""
    gaps = sorted(
        b.left - a.right
        for a, b in itertools.pairwise(glyphs)
        if not b.spaced and (not wide or (is_wide(a.char[-1]) and is_wide(b.char[0])))
    )
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) >= (3 if wide else 1) else 0.0


def _space(before: Glyph, glyph: Glyph, run: Run, tracking: float, stretched: float) -> bool:
    """Say whether a space stands between two glyphs: printed, or as wide as one."""
    if glyph.spaced:
        return True
    gap = (glyph.left - before.right) / run.size
    wide = is_wide(before.char[-1]), is_wide(glyph.char[0])
    if all(wide) and len(run.glyphs) <= 12 and tracking > _TRACKED * run.size:
        return gap > 0.6 * tracking / run.size  # `政 策 计 划`
    gap -= (stretched if any(wide) else tracking) / run.size
    if not any(wide):
        return gap > _LATIN_GAP
    if all(wide) and (before.char in _MARKS or glyph.char in _MARKS):
        return False  # full-width marks have room of their own
    return gap > (_WIDE_GAP if all(wide) else _MIXED_GAP)


def _first_word(glyphs: list[Glyph], run: Run, tracking: float, stretched: float) -> float:
    """How wide that is which no line may break: a word or character with the marks beside it."""
    right = glyphs[0].right
    for before, glyph in itertools.pairwise(glyphs[:_MAX_WORD]):
        if _may_break(before.char[-1], glyph.char[0]) or _space(
            before, glyph, run, tracking, stretched
        ):
            break
        right = glyph.right
    return right - glyphs[0].left


def _may_break(left: str, right: str) -> bool:
    """Say whether a line may end between two characters that no space divides."""
    if right in _CLOSERS or left in _OPENERS or left in _QUOTES or right in _QUOTES:
        return False
    # Some engines part no bracket from a Latin word before it, and no number from a mark.
    if (right in _OPENERS and left.isascii()) or (left in _CLOSERS and right.isascii()):
        return False
    return is_wide(left) or is_wide(right)


def _links(run: Run, boxes: list[float], targets: Iterable[Target]) -> tuple[Link, ...]:
    found = []
    middle = run.y - 0.3 * run.size
    for box, url in targets:
        if not box.top - 1 <= middle <= box.bottom + 1:
            continue
        inside = [place for place, x in enumerate(boxes) if box.left <= x <= box.right]
        if inside:
            found.append(Link(inside[0], inside[-1] + 1, url))
    return tuple(found)
