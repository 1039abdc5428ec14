"""Deciding how a file will be cut: which habits its lines show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.plan import Plan

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style


def plan_of(sheet: Sheet, style: Style, cues: Cues, layout: Layout) -> Plan:
    """Look over all free lines once."""
    plan = Plan()
    order = sheet.free()
    bylines = [index for index in order if cues.byline(sheet.text(index)) is not None]
    plan.by_end = bool(bylines)
    plan.by_topic = bool(style.topics)
    return plan
