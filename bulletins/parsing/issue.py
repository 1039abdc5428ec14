"""The order of the stages: from the lines of a source to an issue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletins.model import Issue
from bulletins.parsing.assembling import assemble
from bulletins.parsing.blocks import BodyReader
from bulletins.parsing.boundaries import bounds_of, owners_of
from bulletins.parsing.choosing import choose
from bulletins.parsing.confidence import checked, confidence_of
from bulletins.parsing.debris import clear_debris
from bulletins.parsing.front import clear_front
from bulletins.parsing.layout import layout_of
from bulletins.parsing.masthead import identity, take_contents, take_masthead
from bulletins.parsing.notes import take_notes
from bulletins.parsing.pictures import settle_pictures
from bulletins.parsing.planning import plan_of
from bulletins.parsing.sheet import LineTrace, sheet_of
from bulletins.parsing.structure import cut
from bulletins.sources.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.boundary import Boundary
    from bulletins.sources import Source
    from bulletins.styles import Styles


@dataclass(frozen=True, slots=True)
class Parsed:
    """An issue without mentions, and what each printed line was taken for, in order.

    `listed` are the titles of its own list of contents, folded as doubts_of compares them. `owners`
    says for each line in the title or the text of which article of the issue it stands, -1: none.
    """

    issue: Issue
    trace: tuple[LineTrace, ...]
    listed: frozenset[str] = frozenset()
    owners: tuple[int, ...] = ()

    @property
    def unmet(self) -> tuple[Boundary, ...]:
        """The boundaries that no line was found for."""
        return self.issue.unmet


def parse(source: Source, styles: Styles, boundaries: Sequence[Boundary] = ()) -> Parsed:
    """Read `source` by the style that fits it best. Pure; the time is linear in the text.

    `boundaries` are what the reader says of single lines; it holds against all rules.
    """
    sheet = sheet_of(source)
    bounds = bounds_of([line.text for line in sheet.lines], boundaries)
    style, cues, confidence = choose(sheet, styles)
    bounds.drop_from(sheet)
    clear_debris(sheet, cues)
    settle_pictures(sheet, cues)
    layout = layout_of(sheet)
    take_masthead(sheet, cues)
    contents = take_contents(sheet, cues)
    notes = take_notes(sheet, style, cues, layout)
    bounds.keep_in(sheet)
    fallback = plain(Path(source.path).stem) or "?"
    plan = plan_of(sheet, style, cues, layout, contents, fallback)
    bounds.put_into(plan)
    sections = clear_front(sheet, plan, cut(sheet, cues, layout, plan))
    told = confidence_of(sections, plan)
    if any(weight > 0 for _, weight in style.evidence):
        told = (confidence + told) / 2
    body = BodyReader(sheet, cues, layout, plan)
    heads = {section.title for section in sections}
    publication, number, date = identity(sheet, style, heads)
    issue = Issue(
        id=source.sha256,
        path=source.path,
        style=style.name,
        confidence=told,
        sections=assemble(sheet, sections, notes, body, source.sha256),
        publication=publication,
        number=number,
        date=date,
        boundaries=tuple(boundaries),
        unmet=bounds.unmet,
    )
    issue = replace(issue, confidence=checked(told, issue, contents))
    return Parsed(issue, sheet.trace(), frozenset(contents), owners_of(sections, len(sheet.lines)))
