"""A vertical scrollbar that is drawn again with every line that the reader goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.geometry import Region


_KEPT = 64
"""Kinds of lines: at rest a dozen, and as many under the pointer and held."""


class LineBar(ScrollBar):
    """Looks and acts like Textual's own, but takes its few kinds of lines from memory."""

    def __init__(self, *, thickness: int) -> None:
        super().__init__(vertical=True, name="vertical", thickness=thickness)
        self._lines: dict[Segment, Strip] = {}
        self._ground = Style.null()

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not isinstance(bar.style, Style):
            return super().render_lines(crop)
        back, colour = bar.style.bgcolor, bar.style.color
        if back is None or colour is None or any(self.styles.gutter) or self.opacity != 1.0:
            return super().render_lines(crop)
        drawn = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=bar.thickness,
            back_color=back,
            bar_color=colour,
        )
        background = self.background_colors[1]
        filters = self.get_line_filters()
        ground = self.visual_style.rich_style
        if ground != self._ground or len(self._lines) > _KEPT:
            self._lines.clear()
            self._ground = ground
        strips = []
        for segment in drawn.segments[crop.y : crop.bottom]:
            strip = self._lines.get(segment)
            if strip is None:
                strip = self._lines[segment] = Strip(
                    [Segment(segment.text, ground + segment.style)]
                )
            for one in filters:
                strip = strip.apply_filter(one, background)
            strips.append(strip)
        return strips
