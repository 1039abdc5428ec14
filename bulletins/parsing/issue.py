"""The order of the stages: from the lines of a source to an issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.model import Issue
from bulletins.parsing.assembling import assemble
from bulletins.parsing.blocks import BodyReader
from bulletins.parsing.choosing import choose
from bulletins.parsing.debris import clear_debris
from bulletins.parsing.layout import layout_of
from bulletins.parsing.notes import take_notes
from bulletins.parsing.planning import plan_of
from bulletins.parsing.sheet import LineTrace, sheet_of
from bulletins.parsing.structure import cut

if TYPE_CHECKING:
    from bulletins.sources import Source
    from bulletins.styles import Styles


@dataclass(frozen=True, slots=True)
class Parsed:
    """An issue without mentions, and what each printed line was taken for, in order."""

    issue: Issue
    trace: tuple[LineTrace, ...]


def parse(source: Source, styles: Styles) -> Parsed:
    """Read `source` by the style that fits it best. Pure; the time is linear in the text."""
    sheet = sheet_of(source)
    style, cues, confidence = choose(sheet, styles)
    clear_debris(sheet, cues)
    layout = layout_of(sheet)
    notes = take_notes(sheet, style, cues, layout)
    plan = plan_of(sheet, style, cues, layout)
    sections = cut(sheet, cues, layout, plan)
    body = BodyReader(sheet, cues, layout, plan)
    issue = Issue(
        id=source.sha256,
        path=source.path,
        style=style.name,
        confidence=confidence,
        sections=assemble(sheet, sections, notes, body, source.sha256),
        publication=style.publication,
    )
    return Parsed(issue, sheet.trace())
