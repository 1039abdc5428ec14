"""What stands at a position among the free lines: the questions that all planning asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.titles import TitleReader

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style


class Lines:
    """The free lines in order; a position counts them from 0."""

    def __init__(self, sheet: Sheet, style: Style, cues: Cues, layout: Layout, plan: Plan) -> None:
        self.sheet, self.style, self.cues, self.layout, self.plan = sheet, style, cues, layout, plan
        self.order = sheet.free()
        self.titles = TitleReader(sheet, cues, layout, plan, self.order)

    def text(self, position: int) -> str:
        """The text of the line at a position."""
        return self.sheet.text(self.order[position])

    def is_meta(self, position: int) -> bool:
        """Say whether a line names authors or a source, or dates one."""
        return self.names_source(position) or self.cues.detail(self.text(position))

    def names_source(self, position: int) -> bool:
        """Say whether a line names authors or a source."""
        text = self.text(position)
        source = self.cues.source(text) is not None and not self.sheet.inner(self.order[position])
        return source or self.cues.byline(text) is not None

    def is_head(self, position: int) -> bool:
        """Say whether a line is a head by its letters or words."""
        text = self.text(position)
        return self.cues.spaced_head(text) is not None or self.cues.known_head(text) is not None

    def apart(self, position: int) -> bool:
        """Say whether more room than usual, or the top of a page, stands above a line."""
        return position == 0 or self.sheet.gap[self.order[position]]

    def blank_above(self, position: int) -> bool:
        """Say whether an empty line stands above."""
        return self.sheet.lines[self.order[position]].blank > 0

    def odd(self, position: int) -> bool:
        """Say whether a line is something else than a title: numbered, a caption, a source."""
        text = self.text(position)
        return (
            self.cues.enumerator(text) is not None
            or self.cues.caption(text)
            or self.cues.bracket_head(text) > 0
            or self.cues.note_head(text)
            or self.is_meta(position)
            or "://" in text
        )

    def text_before(self, position: int) -> bool:
        """Say whether text stands near the front, before a line."""
        return any(self.titles.body_like(p) for p in range(min(position, 40)))

    def begin(self, positions: list[int], reason: str) -> None:
        """Plan the titles that begin at positions."""
        for position in positions:
            index = self.order[position]
            self.plan.titles[index] = reason
