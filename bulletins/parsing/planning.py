"""Deciding how a file will be cut: which habits its lines show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.parsing.masthead import fold_title
from bulletins.parsing.plan import Plan
from bulletins.parsing.sheet import ends_hard
from bulletins.parsing.titles import TitleReader

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style


def plan_of(
    sheet: Sheet, style: Style, cues: Cues, layout: Layout, contents: set[str], fallback: str
) -> Plan:
    """Look over all free lines; `contents` are the folded titles that the issue itself lists."""
    plan = Plan(fallback=fallback)
    planner = _Planner(sheet, style, cues, layout, plan)
    planner.topics()
    planner.bylines()
    planner.bracket_sections()
    planner.numbered_sections()
    planner.ornamented()
    planner.listed(contents)
    if not (plan.by_end or plan.by_start or plan.by_topic):
        planner.numbered()
        if not plan.titles:
            planner.shaped()
    return plan


_MAX_MARKED_HEAD = 32  # cells
_MAX_META = 12  # lines of bylines and sources that follow each other
_MIN_TITLE = 12  # cells
_MIN_ALIKE = 3
_MIN_BARE_TITLE = 20  # cells; the middle one of titles that nothing but their shape tells
_MAX_BRIEF = 16  # lines that a brief without anything but a title has on the average


class _Planner:
    """Fills a plan, habit by habit."""

    def __init__(self, sheet: Sheet, style: Style, cues: Cues, layout: Layout, plan: Plan) -> None:
        self.sheet, self.style, self.cues, self.layout, self.plan = sheet, style, cues, layout, plan
        self.order = sheet.free()
        self.titles = TitleReader(sheet, cues, layout, plan, self.order)

    def text(self, position: int) -> str:
        """The text of the line at a position."""
        return self.sheet.text(self.order[position])

    def topics(self) -> None:
        """A topic in brackets begins an article where at least one line opens with one."""
        self.plan.by_topic = bool(self.style.topics) and any(
            self.cues.topic(self.text(position)) is not None and self.titles.ended(position - 1)
            for position in range(len(self.order))
        )

    def bylines(self) -> None:
        """Bylines stand before or behind the text: what surrounds most of them tells."""
        position = self.style.bylines.position
        found = [p for p in range(len(self.order)) if self.cues.byline(self.text(p)) is not None]
        sources = (
            []
            if found
            else [p for p in range(len(self.order)) if self.cues.source(self.text(p)) is not None]
        )
        marks = found or sources
        if not marks:
            self.plan.by_end = self._inline_bylines() if position != "start" else False
            return
        if position == "auto":
            before = sum(1 for p in marks if self._follows_title(p))
            position = "start" if 2 * before > len(marks) else "end"
        if position == "end":
            self.plan.by_end = True
            self.plan.by_source_end = not found
            return
        self.plan.by_start = True
        for mark in marks:
            start = self._title_above(mark)
            if start is not None:
                self.plan.titles[self.order[start]] = "above a byline or source"
                self.plan.lengths[self.order[start]] = mark - start

    def _inline_bylines(self) -> bool:
        return any(
            len(self.text(p)) < 4000 and self.cues.inline_byline(self.text(p)) is not None
            for p in range(len(self.order))
        )

    def _follows_title(self, position: int) -> bool:
        """Say whether the line above is a title and text follows."""
        start = self._title_above(position)
        after = position + 1
        last = min(len(self.order), position + _MAX_META)
        while after < last and self._is_meta(after):
            after += 1
        return start is not None and after < len(self.order) and self._text_soon(after)

    def _text_soon(self, position: int) -> bool:
        last = min(position + 3, len(self.order))
        return any(self.titles.body_like(p) for p in range(position, last))

    def _is_meta(self, position: int) -> bool:
        text = self.text(position)
        return self.cues.byline(text) is not None or self.cues.source(text) is not None

    def _title_above(self, position: int) -> int | None:
        """The first line of the title right above, or None if that is text."""
        top = position
        while top > 0 and position - top < 3:
            above = top - 1
            if self._is_meta(above) or self._is_head(above):
                break
            opens = self._opens_title(above, position)
            if not opens and (
                self.titles.body_like(above) or (top < position and self.titles.ended(above))
            ):
                break
            top = above
        while top < position and self._is_meta(top):
            top += 1
        return top if top < position else None

    def _opens_title(self, position: int, end: int) -> bool:
        """Say whether a full line is the first of a title that ends above `end`: text would have

        ended as sentences do.
        """
        if position + 1 >= end or self.titles.reads_as_text(position):
            return False
        if self.sheet.width[self.order[position]] < 0.75 * (self.layout.width or 0):
            return False
        if any(ends_hard(self.text(one)) for one in range(position, end)):
            return False
        before = position - 1
        return (
            before < 0
            or ends_hard(self.text(before))
            or self._is_meta(before)
            or (
                self._apart(position)
                or self._is_head(before)
                or self.order[before] in self.plan.heads
            )
        )

    def _is_head(self, position: int) -> bool:
        text = self.text(position)
        return self.cues.spaced_head(text) is not None or self.cues.known_head(text) is not None

    def bracket_sections(self) -> None:
        """A whole line in brackets above a title is a section; above text it is a title."""
        for position in range(len(self.order) - 1):
            text = self.text(position)
            head = self.cues.bracket_section(text)
            if head is None or self.cues.byline(text) is not None:
                continue
            index = self.order[position]
            if not self.titles.body_like(position + 1) or self.cues.is_head_word(head):
                self.plan.heads[index] = (head, "a head in brackets")

    def numbered_sections(self) -> None:
        """`一、`, `二、` … through the file are sections where most of them are head words."""
        found = []
        for position in range(len(self.order)):
            text = self.text(position)
            number = self.cues.title_enumerator(text) if len(text) <= 24 else None
            if (
                number is not None
                and number.shape == "一、"
                and not self.titles.body_like(position)
            ):
                found.append((position, number.value, text[number.end :]))
        rising = all(a[1] is not None and a[1] == n for n, a in enumerate(found, 1))
        words = sum(1 for _, _, rest in found if self.cues.is_head_word("".join(rest.split())))
        heads = [position for position, _, _ in found]
        if not (rising and 2 * words >= len(found)):
            heads = [position for position in heads if self._numbered_over(position)]
            values = [value for position, value, _ in found if position in heads]
            rising = values == list(range(1, len(values) + 1))
        if len(heads) >= 2 and rising:
            for position in heads:
                reason = "a numbered head"
                self.plan.heads[self.order[position]] = (self.text(position), reason)

    def _numbered_over(self, position: int) -> bool:
        """Say whether a numbered line between articles stands above one counted anew."""
        number = self.cues.title_enumerator(self.text(position))
        if position + 1 >= len(self.order) or number is None:
            return False
        below = self.cues.title_enumerator(self.text(position + 1))
        between = self._apart(position) or self._is_meta(position - 1)
        return between and below is not None and below.shape != number.shape and below.value == 1

    def ornamented(self) -> None:
        """Marks before lines (`◆ `) tell titles, or heads where a title follows each."""
        marked: dict[str, list[int]] = {}
        for position in range(len(self.order) - 1):
            if self.cues.ornament(self.text(position)):
                marked.setdefault(self.text(position)[0], []).append(position)
        for positions in marked.values():
            texts = sum(1 for p in positions if self.titles.reads_as_text(p))
            if 2 * texts >= len(positions) or self._between_text(positions):
                continue  # items of a list
            over = sum(1 for p in positions if self._head_over_title(p))
            if 2 * over > len(positions):
                for position in positions:
                    self.plan.heads[self.order[position]] = (self.text(position), "a marked head")
            else:
                self._begin([p for p in positions if self._marked_title(p)], "a marked title")

    def _marked_title(self, position: int) -> bool:
        return not self.titles.reads_as_text(position) and self.titles.ended(position - 1)

    def _between_text(self, positions: list[int]) -> bool:
        """Say whether marked lines divide the text of an article: text goes before the first,

        and no more room or other end of an article stands above most.
        """
        ends = sum(1 for p in positions if self._apart(p) or (p and self._is_meta(p - 1)))
        heads = sum(1 for p in positions if p and self.order[p - 1] in self.plan.heads)
        heads += sum(1 for p in positions if p and self._marked(p - 1))
        return self._text_before(positions[0]) and 2 * (ends + heads) < len(positions)

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
        if self._is_meta(position + 1) or self._odd(position + 1):
            return False
        return not self.titles.reads_as_text(position + 1)

    def listed(self, contents: set[str]) -> None:
        """Titles that the list of contents names begin articles."""
        if not contents:
            return
        hits = []
        for position in range(len(self.order)):
            lines = self._listed_lines(position, contents)
            if lines:
                hits.append(position)
                self.plan.lengths[self.order[position]] = lines
        for number, position in enumerate(hits):
            index = self.order[position]
            adjacent = number + 1 < len(hits) and hits[number + 1] == position + 1
            if (adjacent and len(self.text(position)) <= 14) or self._is_head(position):
                title = "".join(self.text(position).split())
                self.plan.heads.setdefault(index, (title, "a head that the contents list"))
            elif index not in self.plan.heads:
                self.plan.titles[index] = "a title that the contents list"

    def _listed_lines(self, position: int, contents: set[str]) -> int:
        """Count the lines from here that together are a title of the contents, 0 if none are."""
        folded = ""
        for lines, index in enumerate(self.order[position : position + 3], 1):
            if self.sheet.width[index] >= 160:
                return 0
            folded += fold_title(self.sheet.text(index))
            if folded in contents:
                return lines
        return 0

    def numbered(self) -> None:
        """Numbered titles: counted from 1 by one shape, no text before the first."""
        by_shape: dict[str, list[int]] = {}
        for position in range(len(self.order)):
            number = self.cues.title_enumerator(self.text(position))
            planned = self.order[position] in self.plan.heads
            if number is not None and not planned and not self.titles.reads_as_text(position):
                by_shape.setdefault(number.shape, []).append(position)
        ranked = sorted(by_shape.items(), key=lambda item: item[1][0])
        for place, (shape, positions) in enumerate(ranked):
            if len(positions) < 2 and not (shape != "【】" and place == 0 and len(ranked) > 1):
                continue
            if self._text_before(positions[0]):
                return
            inner = ranked[place + 1] if place + 1 < len(ranked) else None
            if inner is not None and self._heads_over(positions, inner[1]):
                for position in positions:
                    text = self.text(position)
                    self.plan.heads[self.order[position]] = (text, "a number above numbered titles")
                self._begin(inner[1], f"numbered {inner[0]}")
            else:
                self._begin(positions, f"numbered {shape}")
            return

    def _begin(self, positions: list[int], reason: str) -> None:
        for position in positions:
            index = self.order[position]
            self.plan.titles[index] = reason

    def _text_before(self, position: int) -> bool:
        return any(self.titles.body_like(p) for p in range(min(position, 40)))

    def _heads_over(self, outer: list[int], inner: list[int]) -> bool:
        """Say whether most lines of the outer shape stand right above one of the inner."""
        below = set(inner)
        return 2 * sum(1 for position in outer if position + 1 in below) > len(outer)

    def shaped(self) -> None:
        """Short lines over text begin articles, where room, heads or their number speak for it."""
        found = [p for p in range(len(self.order) - 1) if self._over_text(p)]
        apart = [p for p in found if self._apart(p)]
        gaps = sum(1 for p in range(len(self.order)) if self._apart(p))
        divided = bool(self.plan.heads) or any(map(self._is_head, range(len(self.order))))
        if len(apart) >= 2 and 2 * len(apart) >= gaps:
            found, self.plan.guessed = apart, "apart"
        elif self.layout.blanks or divided:
            found = [p for p in found if not self.layout.blanks or not p or self._blank(p)]
            self.plan.guessed = "apart" if self.layout.blanks else "shape"
        elif self._alike(found):
            self.plan.guessed = "shape"
        else:
            return
        self._begin(found, "a short line over text")

    def _over_text(self, position: int) -> bool:
        """Say whether a title may begin here: no text itself, text below, the line above ended."""
        index = self.order[position]
        if index in self.plan.heads or self._is_head(position) or self._odd(position):
            return False
        if self.sheet.width[index] < _MIN_TITLE or not self.titles.ended(position - 1):
            return False
        if not self.titles.body_like(position):
            end = position + 1
            if self.titles.body_like(end):
                return True
        elif not self._apart(position):
            return False
        if self.titles.reads_as_text(position):
            return False
        end, _ = self.titles.extent(position)
        return end < len(self.order) and (
            self.titles.body_like(end) or self.titles.reads_as_text(end)
        )

    def _apart(self, position: int) -> bool:
        """Say whether more room than usual, or the top of a page, stands above a line."""
        return position == 0 or self.sheet.gap[self.order[position]]

    def _blank(self, position: int) -> bool:
        return self.sheet.lines[self.order[position]].blank > 0

    def _alike(self, found: list[int]) -> bool:
        """Say whether lines are titles without any room about them: several, long, the first too.

        Sub-heads of one long article are short and stand behind a title and its first text.
        """
        if len(found) < _MIN_ALIKE or found[0] > 1:
            return False
        widths = sorted(self.sheet.width[self.order[p]] for p in found)
        paragraphs = len(self.order) / len(found)
        return widths[len(widths) // 2] >= _MIN_BARE_TITLE and paragraphs <= _MAX_BRIEF

    def _odd(self, position: int) -> bool:
        text = self.text(position)
        return (
            self.cues.enumerator(text) is not None
            or self.cues.caption(text)
            or self.cues.bracket_head(text) > 0
            or self.cues.note_head(text)
            or self._is_meta(position)
            or "://" in text
        )
