"""Deciding how a file will be cut: which habits its lines show."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bulletins.parsing.guessing import Guesser
from bulletins.parsing.masthead import fold_title
from bulletins.parsing.plan import Plan
from bulletins.parsing.positions import Lines
from bulletins.parsing.running_in import run_in
from bulletins.parsing.sheet import ends_hard

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style

_DEPTH = re.compile(r"\d{1,2}(?P<more>[.．]\d{1,2})*[.．、]?\s+(?=\D)")
_FEW = 3  # so many times as many titles as sources: sources end none of them
_MAX_META = 12  # lines of bylines and sources that follow each other


def plan_of(
    sheet: Sheet, style: Style, cues: Cues, layout: Layout, contents: set[str], fallback: str
) -> Plan:
    """Look over all free lines; `contents` are the folded titles that the issue itself lists."""
    plan = Plan(fallback=fallback)
    guesser = Guesser(sheet, style, cues, layout, plan)
    planner = _Planner(sheet, style, cues, layout, plan)
    planner.topics()
    planner.bylines()
    planner.bracket_sections()
    planner.numbered_sections()
    guesser.ornamented()
    if run_in(planner):
        planner.topics()
    planner.listed(contents)
    if not (plan.by_end or plan.by_start or plan.by_topic):
        planner.numbered()
        if not plan.titles:
            guesser.shaped()
    return plan


def _depth(text: str) -> int:
    """How deep a line is by the number before it (`2.1 `), 0 without one."""
    match = _DEPTH.match(text[:40])
    return 1 + match[0].count(".") + match[0].count("．") if match else 0


class _Planner(Lines):
    """Fills a plan, habit by habit."""

    def topics(self) -> None:
        """A topic in brackets begins an article where at least one line opens with one."""
        self.plan.by_topic = bool(self.style.topics) and any(
            self.order[position] not in self.plan.run_in
            and self.cues.topic(self.text(position)) is not None
            and self.titles.ended(position - 1)
            and not self.titles.reads_as_text(position)
            for position in range(len(self.order))
        )

    def bylines(self) -> None:
        """Bylines stand before or behind the text: what surrounds most of them tells."""
        position = self.style.bylines.position
        found = [p for p in range(len(self.order)) if self.cues.byline(self.text(p)) is not None]
        sources = [] if found else [p for p in range(len(self.order)) if self.names_source(p)]
        if _FEW * len(sources) <= self._counted():
            sources = []
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
                end = next(p for p in range(start + 1, mark + 1) if p == mark or self.is_meta(p))
                self.plan.lengths[self.order[start]] = end - start

    def _counted(self) -> int:
        """How many short lines a number of the commonest shape stands before."""
        shapes: Counter[str] = Counter()
        for position in range(len(self.order)):
            number = self.cues.title_enumerator(self.text(position))
            if number is not None and not self.titles.reads_as_text(position):
                shapes[number.shape] += 1
        return max(shapes.values(), default=0)

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
        while after < last and self.is_meta(after):
            after += 1
        return start is not None and after < len(self.order) and self._text_soon(after)

    def _text_soon(self, position: int) -> bool:
        last = min(position + 3, len(self.order))
        return any(self.titles.body_like(p) for p in range(position, last))

    def _title_above(self, position: int) -> int | None:
        """The first line of the title right above, or None if that is text."""
        top = position
        while top > 0 and position - top < 3:
            above = top - 1
            if self.is_meta(above) or self.is_head(above):
                break
            opens = self._opens_title(above, position)
            if not opens and (
                self.titles.body_like(above) or (top < position and self.titles.ended(above))
            ):
                break
            top = above
        while top < position and self.is_meta(top):
            top += 1
        return top if top < position else None

    def _opens_title(self, position: int, end: int) -> bool:
        """Say whether a full line begins a title that ends above `end`.

        Text would have ended as sentences do.
        """
        if self.titles.reads_as_text(position):
            return False
        if self.sheet.width[self.order[position]] < 0.75 * (self.layout.width or 0):
            return False
        if any(ends_hard(self.text(one)) for one in range(position, end)):
            return False
        before = position - 1
        return (
            before < 0
            or ends_hard(self.text(before))
            or self.is_meta(before)
            or (
                self.apart(position)
                or self.is_head(before)
                or self.order[before] in self.plan.heads
            )
        )

    def bracket_sections(self) -> None:
        """A whole line in brackets above a title is a section; above text it is a title."""
        for position in range(len(self.order) - 1):
            text = self.text(position)
            head = self.cues.bracket_section(text)
            if head is None or self.cues.byline(text) is not None or self.cues.closing(text):
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
            heads = self._numbered_over(heads)
            over = set(heads)
            values = [value for position, value, _ in found if position in over]
            rising = values == list(range(1, len(values) + 1))
        if len(heads) >= 2 and rising:
            for position in heads:
                reason = "a numbered head"
                self.plan.heads[self.order[position]] = (self.text(position), reason)

    def _numbered_over(self, positions: list[int]) -> list[int]:
        """Keep the numbered lines between articles above one counted anew, or counted on."""
        anew: list[int] = []
        counted: list[int] = []
        last = 0
        for position in positions:
            number = self.cues.title_enumerator(self.text(position))
            if position + 1 >= len(self.order) or number is None:
                continue
            below = self.cues.title_enumerator(self.text(position + 1))
            if below is None or below.value is None or below.shape == number.shape:
                continue
            if not (self.apart(position) or self.is_meta(position - 1)):
                continue
            if below.value == 1:
                anew.append(position)
            if below.value > last:
                counted.append(position)
                last = below.value
        return counted if len(counted) > len(anew) else anew

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
        depths = {_depth(self.text(position)) for position in hits}
        nested = {1, 2} <= depths
        for number, position in enumerate(hits):
            index = self.order[position]
            outer = nested and _depth(self.text(position)) == 1
            adjacent = number + 1 < len(hits) and hits[number + 1] == position + 1
            if outer:
                self.plan.heads.setdefault(index, (self.text(position), "counted above titles"))
            elif (adjacent and len(self.text(position)) <= 14) or self.is_head(position):
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
            if number is None or number.shape == "1.1":
                continue  # such numbers count the chapters of one text as well
            if not planned and not self.titles.reads_as_text(position):
                by_shape.setdefault(number.shape, []).append(position)
        ranked = sorted(by_shape.items(), key=lambda item: item[1][0])
        for place, (shape, positions) in enumerate(ranked):
            if len(positions) < 2 and not (shape != "【】" and place == 0 and len(ranked) > 1):
                continue
            if self.text_before(positions[0]):
                return
            inner = ranked[place + 1] if place + 1 < len(ranked) else None
            if inner is not None and self._heads_over(positions, inner[1]):
                for position in positions:
                    text = self.text(position)
                    self.plan.heads[self.order[position]] = (text, "a number above numbered titles")
                self.begin(inner[1], f"numbered {inner[0]}")
            else:
                self.begin(positions, f"numbered {shape}")
            return

    def _heads_over(self, outer: list[int], inner: list[int]) -> bool:
        """Say whether most lines of the outer shape stand right above one of the inner."""
        below = set(inner)
        return 2 * sum(1 for position in outer if position + 1 in below) > len(outer)
