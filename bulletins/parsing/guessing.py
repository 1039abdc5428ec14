"""Guessing where articles begin from what lines look like: marks before them, room, length."""

from __future__ import annotations

from bulletins.parsing.positions import Lines
from bulletins.parsing.running_in import opens_run_in

_MAX_MARKED_HEAD = 32  # cells
_MIN_TITLE = 12  # cells
_MIN_ALIKE = 3
_MIN_BARE_TITLE = 20  # cells; the middle one of titles that nothing but their shape tells
_MAX_BRIEF = 16  # lines that a brief without anything but a title has on the average


class Guesser(Lines):
    """Fills a plan where nothing that is printed says what begins an article."""

    def ornamented(self) -> None:
        """Marks before lines (`◆ `) tell titles, or heads where a title follows each."""
        marked: dict[str, list[int]] = {}
        for position in range(len(self.order) - 1):
            text = self.text(position)
            if self.cues.ornament(text) and not self.cues.caption(text):
                marked.setdefault(text[0], []).append(position)
        for positions in marked.values():
            texts = sum(1 for p in positions if self.titles.reads_as_text(p))
            if 2 * texts >= len(positions) or self._between_text(positions):
                continue  # items of a list
            over = sum(1 for p in positions if self._head_over_title(p))
            if 2 * over > len(positions):
                for position in positions:
                    self.plan.heads[self.order[position]] = (self.text(position), "a marked head")
            else:
                titles = [p for p in positions if self._marked_title(p)]
                if not self._sub_heads(titles):
                    self.begin(titles, "a marked title")

    def _marked_title(self, position: int) -> bool:
        if self.titles.reads_as_text(position) or not self.titles.ended(position - 1):
            return False
        end, _ = self.titles.extent(position)
        return end < len(self.order) and (
            self.titles.body_like(end)
            or self.titles.reads_as_text(end)
            or self.is_meta(end)
            or self.cues.bracket_head(self.text(end)) > 0
        )

    def _sub_heads(self, found: list[int]) -> bool:
        """Say whether short lines right below the file's own title are its sub-heads."""
        below = [p for p in found if p > 0]
        if not below or below[0] > 1 or self.order[0] in self.plan.heads:
            return False
        widths = sorted(self.sheet.width[self.order[p]] for p in below)
        return widths[len(widths) // 2] < _MIN_BARE_TITLE and not self.is_head(0)

    def _between_text(self, positions: list[int]) -> bool:
        """Say whether marked lines divide the text of one article.

        Text goes before the first, and no room or other end of an article stands above most.
        """
        ends = sum(1 for p in positions if self.apart(p) or (p and self.is_meta(p - 1)))
        heads = sum(1 for p in positions if p and self.order[p - 1] in self.plan.heads)
        heads += sum(1 for p in positions if p and self._marked(p - 1))
        return self.text_before(positions[0]) and 2 * (ends + heads) < len(positions)

    def _marked(self, position: int) -> bool:
        return self.cues.ornament(self.text(position)) > 0

    def _head_over_title(self, position: int) -> bool:
        """Say whether a short marked line stands above a title: of another mark, or of none."""
        text = self.text(position)
        if self.sheet.width[self.order[position]] > _MAX_MARKED_HEAD or position + 2 >= len(
            self.order
        ):
            return False
        below = self.text(position + 1)
        if self.cues.ornament(below):
            return below[0] != text[0]
        if opens_run_in(below):
            return True
        number = self.cues.title_enumerator(below)
        counted = number is not None and number.value == 1  # titles are counted anew below heads
        if self.is_meta(position + 1) or (self.odd(position + 1) and not counted):
            return False
        return not self.titles.reads_as_text(position + 1)

    def shaped(self) -> None:
        """Short lines over text begin articles, where room, heads or their number speak for it."""
        found = [p for p in range(len(self.order) - 1) if self._over_text(p)]
        apart = [p for p in found if self.apart(p)]
        gaps = sum(1 for p in range(len(self.order)) if self.apart(p))
        divided = bool(self.plan.heads) or any(map(self.is_head, range(len(self.order))))
        if len(apart) >= 2 and 2 * len(apart) >= gaps:
            found, self.plan.guessed = apart, "apart"
        elif self.layout.blanks or divided:
            found = [p for p in found if not self.layout.blanks or not p or self.blank_above(p)]
            self.plan.guessed = "apart" if self.layout.blanks else "shape"
        elif self._alike(found):
            self.plan.guessed = "shape"
        else:
            return
        if self._sub_heads(found):
            self.plan.guessed = ""
            return
        self.begin(found, "a short line over text")

    def _over_text(self, position: int) -> bool:
        """Say whether a title may begin here: no text itself, text below, the line above ended."""
        index = self.order[position]
        if index in self.plan.heads or self.is_head(position) or self.odd(position):
            return False
        if self.sheet.width[index] < _MIN_TITLE or not self.titles.ended(position - 1):
            return False
        if not self.titles.body_like(position):
            end = position + 1
            if self.titles.body_like(end):
                return True
        elif not self.apart(position):
            return False
        if self.titles.reads_as_text(position):
            return False
        end, _ = self.titles.extent(position)
        return end < len(self.order) and (
            self.titles.body_like(end) or self.titles.reads_as_text(end)
        )

    def _alike(self, found: list[int]) -> bool:
        """Say whether lines are titles without any room about them: several, long, the first too.

        Sub-heads of one long article are short and stand behind a title and its first text.
        """
        if len(found) < _MIN_ALIKE or found[0] > 1:
            return False
        widths = sorted(self.sheet.width[self.order[p]] for p in found)
        paragraphs = len(self.order) / len(found)
        return widths[len(widths) // 2] >= _MIN_BARE_TITLE and paragraphs <= _MAX_BRIEF
