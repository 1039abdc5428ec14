"""What stands behind the last article: who made the issue, and what is said of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.makers import wraps_from
from bulletins.parsing.sheet import ends_hard

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet

_MAX_IMPRINT = 24  # lines
_MAX_IMPRINT_LINE = 100  # cells


def imprint_behind(sheet: Sheet, cues: Cues, plan: Plan, order: list[int]) -> int:
    """Find the position in `order` from which on lines are about the issue itself."""
    order = order[: _closing(sheet, cues, plan, order)]
    begins = len(order)
    for position in range(begins - 1, max(0, begins - _MAX_IMPRINT), -1):
        index = order[position]
        text = sheet.text(index)
        if sheet.width[index] > _MAX_IMPRINT_LINE:
            break
        if cues.byline(text) is not None or cues.source(text) is not None:
            continue
        if cues.imprint(text):
            begins = position
        elif ends_hard(text):
            first = wraps_from(sheet, order, position)
            if first == position or not cues.imprint(sheet.text(order[first])):
                break
            begins = first
    return begins


def _closing(sheet: Sheet, cues: Cues, plan: Plan, order: list[int]) -> int:
    """Find a disclaimer's head in the last third, behind all that is known to begin articles."""
    last = max((*plan.titles, *plan.heads), default=-1)
    for position in range(2 * len(order) // 3, len(order)):
        if order[position] > last and cues.closing(sheet.text(order[position])):
            return position
    return len(order)
