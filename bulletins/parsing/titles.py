"""Where a title ends, and what is a head rather than a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.sheet import ends_hard, ends_sentence, ends_wide, has_cjk, opens_dated

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet

_MAX_TITLE_LINES = 4
_MAX_HEAD = 22  # cells
_MAX_LARGE_HEAD = 40  # cells
_LARGER = 1.08  # a section head is larger than the titles below it
_MAX_QUESTION = 60  # cells; a longer line that asks is text
_MIN_INDENT, _MAX_INDENT = 2, 8  # cells that first lines are set in
_MAX_TITLE = 160  # cells; a longer unwrapped line is a paragraph


class TitleReader:
    """Judges lines by their neighbours; positions are those in `order`."""

    def __init__(
        self, sheet: Sheet, cues: Cues, layout: Layout, plan: Plan, order: list[int]
    ) -> None:
        self.sheet, self.cues, self.layout, self.plan = sheet, cues, layout, plan
        self.order = order
        if not plan.measured:
            plan.measured, plan.measure = True, self._title_measure()
        self.measure = plan.measure

    def _title_measure(self) -> int | None:
        """The width of a full title line: that of the widest one known to go on."""
        if self.layout.width is None or not self.layout.trail:
            return None
        widest = 0
        for position in range(1, len(self.order) - 1):
            cells = self.sheet.width[self.order[position]]
            if not widest < cells < 0.9 * self.layout.width:
                continue
            line = self.sheet.lines[self.order[position]]
            if not line.trail and ends_wide(line.text) and self._after_end(position):
                widest = cells
        return widest or None

    def _after_end(self, position: int) -> bool:
        """Say whether the line above is a byline or a head: a cheap guess at where titles stand."""
        above = self.sheet.text(self.order[position - 1])
        if len(above) > 60:
            return False
        return self.cues.byline(above) is not None or self.cues.known_head(above) is not None

    def ended(self, position: int) -> bool:
        """Say whether the line there may be the last of its paragraph."""
        if position < 0:
            return True
        index = self.order[position]
        line = self.sheet.lines[index]
        begins = self._begins(position + 1)
        if begins is not None:
            return begins
        if self.layout.trail and ends_wide(line.text):
            return line.trail
        if self._set_in(position, position + 1):
            return True
        if position + 1 < len(self.order):
            following = self.sheet.text(self.order[position + 1])
            if not self.layout.filled(self.sheet.width[index], following):
                return True
        return ends_hard(line.text)

    def _set_in(self, left: int, right: int) -> bool:
        """Say whether a line is set in as first lines are, where indents tell paragraphs."""
        if not self.layout.indents or right >= len(self.order):
            return False
        before, indent = (self.sheet.lines[self.order[one]].indent for one in (left, right))
        return _MIN_INDENT <= indent <= _MAX_INDENT and (before < _MIN_INDENT or before == indent)

    def _begins(self, position: int) -> bool | None:
        """Say whether a paragraph begins at a line, None where the file does not tell."""
        if position >= len(self.order):
            return None
        return self.sheet.lines[self.order[position]].begins

    def body_like(self, position: int) -> bool:
        """Say whether a line is text rather than a head or title."""
        index = self.order[position]
        text = self.sheet.text(index)
        if self.sheet.looks.stands_out(index):
            return False
        if self._begins(position) is False or (
            self._begins(position + 1) is False
            and self.sheet.looks.alike(index, self.order[position + 1])
        ):
            return not self.sheet.lines[index].align
        questions = text[-1] in "？！?!" and self.sheet.width[index] <= _MAX_QUESTION
        if ends_hard(text) and not questions:
            return True
        if self.layout.width is None or questions:
            return self.sheet.width[index] > _MAX_TITLE
        line = self.sheet.lines[index]
        if self.layout.trail and ends_wide(text) and line.trail:
            return False
        if opens_dated(text) and 2 * self.sheet.width[index] >= self.layout.width:
            return True
        return self.sheet.width[index] >= 0.84 * self.layout.width

    def reads_as_text(self, position: int) -> bool:
        """Say whether a paragraph begins here: unlike a title it ends with a full stop."""
        if self.sheet.looks.stands_out(self.order[position]):
            return False
        end = position
        while end < len(self.order) - 1 and end - position < _MAX_TITLE_LINES:
            begins = self._begins(end + 1)
            if begins is not None:
                if begins:
                    break
                end += 1
                continue
            line = self.sheet.lines[self.order[end]]
            known = self.layout.trail and ends_wide(line.text)
            if self.layout.blanks and self.sheet.lines[self.order[end + 1]].blank:
                break
            if not known and self._set_in(end, end + 1):
                break
            if line.trail if known else not self.layout.full(self.sheet.width[self.order[end]]):
                break
            end += 1
        text = self.sheet.text(self.order[end])
        return (
            end - position >= _MAX_TITLE_LINES
            or (ends_hard(text) and text[-1] not in "？！?!")
            or (end == position and self.body_like(position) and self.layout.width is None)
        )

    def is_head(self, position: int) -> bool:
        """Say whether a short line between two articles is a section head, not a title."""
        if position + 2 >= len(self.order):
            return False
        if self.larger_than_next(position):
            return True
        if not self.may_head(position):
            return False
        following = self.sheet.text(self.order[position + 1])
        if self.cues.topic(following) is not None and self.plan.by_topic:
            return True
        if self.body_like(position + 1) or self.cues.byline(following):
            return False
        end, _ = self.extent(position + 1)
        return end < len(self.order) and self.body_like(end)

    def may_head(self, position: int) -> bool:
        """Say whether a line is short and plain enough for a section head."""
        index = self.order[position]
        text = self.sheet.text(index)
        if self.sheet.width[index] > _MAX_HEAD or not has_cjk(text) or any(map(str.isdigit, text)):
            return False
        if any(mark in text for mark in "，、。：；！？《》“”（）()[]【】"):
            return False
        return not (
            self.cues.byline(text) or self.cues.enumerator(text) or not self.ended(position)
        )

    def larger_than_next(self, position: int) -> bool:
        """Say whether a short line stands above a title that is set smaller, but not as text."""
        index = self.order[position]
        following = self.order[position + 1]
        looks = self.sheet.looks
        return (
            self.sheet.width[index] <= _MAX_LARGE_HEAD
            and has_cjk(self.sheet.text(index))
            and looks.large(index)
            and self._begins(position + 1) is True
            and looks.stands_out(following)
            and looks.size(index) > _LARGER * looks.size(following)
            and self.cues.byline(self.sheet.text(following)) is None
        )

    def extent(self, position: int) -> tuple[int, str]:
        """Find the end of the title that starts at `position`: (position behind it, reason)."""
        known = self.plan.lengths.get(self.order[position], 1)
        end = position + known
        while known == 1 and end < len(self.order) and end - position < _MAX_TITLE_LINES:
            if not self._goes_on(end - 1, end, position):
                break
            end += 1
        return end, self.plan.titles.get(self.order[position], "the line where an article begins")

    def _goes_on(self, left: int, right: int, first: int) -> bool:
        line = self.sheet.lines[self.order[left]]
        text = self.sheet.text(self.order[right])
        if self.layout.blanks and self.sheet.lines[self.order[right]].blank:
            return False
        index = self.order[right]
        begins = self._begins(right)
        if begins is not None:
            return not begins and self.sheet.looks.alike(self.order[left], index)
        if (
            index in self.plan.titles
            or index in self.plan.heads
            or (self.cues.topic(text) and self.plan.by_topic)
        ):
            return False
        if self.layout.trail and ends_wide(line.text) and not line.trail:
            return True
        if self.layout.width is None or ends_hard(line.text) or self._set_in(left, right):
            return False
        if self.cues.byline(text) or self.cues.enumerator(text):
            return False
        if self.body_like(right) and not self._wraps_above_text(left, right):
            return False
        if self.cues.source(text) is not None or self.cues.detail(text) or ends_sentence(text):
            return False
        cells = self.sheet.width[self.order[left]]
        if self.layout.trail and ends_wide(line.text):
            # A title may print a space where it wraps; only a full line is in doubt.
            edge = self.measure or self.layout.width
            return (
                cells >= 0.85 * edge and not self.cues.bracket_head(text) and self._body_soon(right)
            )
        if self.measure is not None:
            return self.layout.filled(cells, text, self.measure)
        return cells >= 0.6 * self.layout.width and self._body_soon(right)

    def _wraps_above_text(self, left: int, right: int) -> bool:
        """Say whether a full line runs on into another above a line that is set in as text is."""
        cells, text = self.sheet.width[self.order[left]], self.sheet.text(self.order[right])
        if not self.layout.indents or not self.layout.filled(cells, text):
            return False
        if self._set_in(left, right):
            return False
        for ahead in range(right, min(right + _MAX_TITLE_LINES - 1, len(self.order) - 1)):
            if ends_hard(self.sheet.text(self.order[ahead])):
                return False
            if self._set_in(ahead, ahead + 1):
                return True
        return False

    def _body_soon(self, position: int) -> bool:
        """Say whether text follows within the lines that a title may take."""
        for ahead in range(position + 1, min(position + _MAX_TITLE_LINES, len(self.order))):
            if self.body_like(ahead):
                return True
            if self.cues.byline(self.sheet.text(self.order[ahead])) is not None:
                return False
        return False
