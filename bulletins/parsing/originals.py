"""Titles of originals that stand bare, without a label, between a Chinese title and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.joining import join
from bulletins.parsing.sheet import has_cjk

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.draft import Draft
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet

_MAX_FOREIGN = 4  # lines
_MIN_WORDS = 3  # of the title of an original


class BareOriginals:
    """Judges lines without Chinese below titles; positions are those in `order`."""

    def __init__(
        self, sheet: Sheet, cues: Cues, layout: Layout, order: list[int], plan: Plan
    ) -> None:
        self.sheet, self.cues, self.layout, self.order, self.plan = sheet, cues, layout, order, plan

    def chinese_end(self, position: int, end: int) -> int:
        """Leave lines without Chinese out that stand below the last line of a Chinese title."""
        last = end
        while last - 1 > position and self._foreign(last - 1):
            last -= 1
        words = sum(len(self.sheet.text(index).split()) for index in self.order[last:end])
        above, below = self.order[last - 1], self.sheet.text(self.order[min(last, end - 1)])
        wrapped = self.layout.filled(self.sheet.width[above], below)
        chinese = has_cjk(self.sheet.text(above))
        return last if words >= _MIN_WORDS and chinese and not wrapped else end

    def take(self, position: int, article: Draft) -> int:
        """Take the original's title where it stands bare between a Chinese title and the text."""
        end = position
        while end < len(self.order) and end - position < _MAX_FOREIGN:
            if not self._foreign(end):
                break
            end += 1
        words = sum(len(self.sheet.text(index).split()) for index in self.order[position:end])
        if end in (position, len(self.order)) or words < _MIN_WORDS:
            return position
        if not has_cjk(article.title) or not has_cjk(self.sheet.text(self.order[end])):
            return position
        pieces = []
        for index in self.order[position:end]:
            pieces.append((index, self.sheet.text(index), self.sheet.lines[index].trail))
            self.sheet.take(index, "original title", "no Chinese, between the title and the text")
        article.original = join(pieces, self.layout.trail, self.sheet.opens).text.strip() or None
        return end

    def _foreign(self, position: int) -> bool:
        text = self.sheet.text(self.order[position])
        return (
            not has_cjk(text)
            and len(text) <= 300
            and "://" not in text
            and any(char.isalpha() for char in text)
            and self.order[position] not in self.plan.titles
            and self.cues.byline(text) is None
            and self.cues.source(text) is None
        )
