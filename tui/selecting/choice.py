"""What is chosen of a document: between an end that stays and an end that moves, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.selecting import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.selecting.units import HanCutter, Span
    from tui.typesetting.document import Part

Step = Literal[1, -1]
Unit = Literal["character", "word", "clause", "sentence", "paragraph"]
SELECTABLE = frozenset({"title", "block", "footnote"})
"""The kinds of addresses whose text is the article's own."""
_WINDOW = 20_000
"""Code points of a longer text within which units are looked for."""


class Point(NamedTuple):
    """A place between two characters: a part (an index), and code points from its beginning."""

    part: int
    offset: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: from `anchor`, which stays, to `head`, which moves; neither need come first.

    `grown` tells that an end was moved by hand: what goes to another place leaves it at once
    before that, and takes everything up to there in with it afterwards.
    """

    anchor: Point
    head: Point
    grown: bool = False

    @property
    def start(self) -> Point:
        """The end that comes first."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> Point:
        """The end that comes last."""
        return max(self.anchor, self.head)

    def swapped(self) -> Choice:
        """The same with the other end to be moved."""
        return Choice(self.head, self.anchor, True)


class Texts:
    """The texts of a document, as far as they can be selected, and their units."""

    def __init__(self, parts: Sequence[Part], cut: HanCutter | None = None) -> None:
        self._parts = parts
        self.cut = cut

    def text(self, part: int) -> str:
        """A part's text; "" if it is not the article's own."""
        if not 0 <= part < len(self._parts):
            return ""
        found = self._parts[part]
        return found.text if found.address[0] in SELECTABLE else ""

    def neighbour(self, part: int, step: Step) -> int | None:
        """The next part that has text to be selected."""
        part += step
        while 0 <= part < len(self._parts):
            if self.text(part).strip():
                return part
            part += step
        return None

    def units(self, part: int, unit: Unit, near: int) -> list[Span]:
        """List the units of a part about an offset, without the blanks at their ends."""
        text = self.text(part)
        if unit == "paragraph":
            return [units.trimmed(text, (0, len(text)))] if text.strip() else []
        low = max(0, near - _WINDOW // 2) if len(text) > _WINDOW else 0
        window = text[low : low + _WINDOW]
        table = self._parts[part].kind == "table"
        if unit == "word":
            found: Iterable[Span] = units.words(window, self.cut)
            found = (span for span in found if units.is_word(window[slice(*span)]))
        elif unit == "clause":
            found = units.clauses(window, table=table)
        else:
            found = units.sentences(window, table=table)
        shorn = (units.trimmed(window, span) for span in found)
        return [(low + start, low + end) for start, end in shorn if start < end]

    def whole(self, part: int, start: int, end: int, unit: Unit) -> Span | None:
        """The span of the units that [start, end) touches; None if it touches none."""
        touched = [
            span
            for span in self.units(part, unit, start)
            if span[0] < max(end, start + 1) and span[1] > start
        ]
        return (touched[0][0], touched[-1][1]) if touched else None

    def ranges(self, choice: Choice) -> list[tuple[int, int, int]]:
        """List what is chosen, part after part, without blanks at the ends of each."""
        found = []
        for part in range(choice.start.part, choice.end.part + 1):
            text = self.text(part)
            start = choice.start.offset if part == choice.start.part else 0
            end = choice.end.offset if part == choice.end.part else len(text)
            start, end = units.trimmed(text, (start, min(end, len(text))))
            if start < end:
                found.append((part, start, end))
        return found


def chosen(part: int, start: int, end: int) -> Choice:
    """Choose a span; its end is the one that moves."""
    return Choice(Point(part, start), Point(part, end))


def grow(texts: Texts, choice: Choice, unit: Unit, step: Step) -> Choice:
    """Move the moving end by a unit; the same choice at the end of its paragraph.

    A choice that was not grown yet first takes in the whole units that it touches. Only by
    paragraphs does it go on into the next one.
    """
    if not choice.grown and unit != "character" and choice.start.part == choice.end.part:
        part = choice.start.part
        span = texts.whole(part, choice.start.offset, choice.end.offset, unit)
        if span is not None and span != (choice.start.offset, choice.end.offset):
            ends = Point(part, span[0]), Point(part, span[1])
            return Choice(*ends) if step > 0 else Choice(ends[1], ends[0])
        choice = Choice(choice.start, choice.end) if step > 0 else Choice(choice.end, choice.start)
    point = _moved(texts, choice, unit, step)
    return choice if point is None else replace(choice, head=point, grown=True)


def go(texts: Texts, choice: Choice, unit: Unit, step: Step) -> Choice:
    """Choose the next unit instead, or take it in if the choice was grown."""
    if choice.grown:
        return grow(texts, choice, unit, step)
    edge = choice.end if step > 0 else choice.start
    part: int | None = edge.part
    offset: int | None = edge.offset
    while part is not None:
        found = texts.units(part, unit, offset or 0)
        if offset is not None and step > 0:
            found = [span for span in found if span[0] >= offset]
        elif offset is not None:
            found = [span for span in found if span[1] <= offset]
        if found:
            return chosen(part, *found[0 if step > 0 else -1])
        if offset is not None and not _at_end(texts.text(part), offset, step):
            return choice  # the window of a very long text ends here
        part, offset = texts.neighbour(part, step), None
    return choice


def take_in(texts: Texts, choice: Choice, part: int, start: int, end: int) -> Choice:
    """Choose a span instead, or take it in if the choice was grown and is in the same part."""
    if not choice.grown:
        return chosen(part, start, end)
    if part != choice.head.part or part != choice.anchor.part:
        return choice
    head = end if end > choice.anchor.offset else start
    return replace(choice, head=Point(part, head)) if head != choice.anchor.offset else choice


def _at_end(text: str, offset: int, step: Step) -> bool:
    return len(text) <= _WINDOW or (len(text) - offset if step > 0 else offset) < _WINDOW // 2


def _moved(texts: Texts, choice: Choice, unit: Unit, step: Step) -> Point | None:
    """Find where the moving end goes; None if it has to stay."""
    anchor, head = choice.anchor, choice.head
    text = texts.text(head.part)
    if unit == "character":
        step_of: Callable[[str, int], int] = (
            units.next_character if step > 0 else units.previous_character
        )
        at = step_of(text, head.offset)
        if Point(head.part, at) == anchor:  # never nothing
            at = step_of(text, at)
        return Point(head.part, at) if at not in (head.offset, anchor.offset) else _over(
            texts, choice, step
        )  # fmt: skip
    found = texts.units(head.part, unit, head.offset)
    starts = [Point(head.part, start) for start, _ in found]
    ends = [Point(head.part, end) for _, end in found]
    # An end before the one that stays begins a unit, an end behind it ends one.
    places = [point for point in starts if point < anchor] + [p for p in ends if p > anchor]
    further = [p for p in places if (p > head if step > 0 else p < head)]
    if further:
        return min(further) if step > 0 else max(further)
    if unit == "paragraph":
        return _next_paragraph(texts, choice, step)
    return _over(texts, choice, step)


def _next_paragraph(texts: Texts, choice: Choice, step: Step) -> Point | None:
    part = texts.neighbour(choice.head.part, step)
    if part is None:
        return None
    start, end = texts.units(part, "paragraph", 0)[0]
    first, last = Point(part, start), Point(part, end)
    point = last if last > choice.anchor else first
    return point if point != choice.anchor else None


def _over(texts: Texts, choice: Choice, step: Step) -> Point | None:
    """Back over the border of a paragraph, towards the end that stays."""
    towards = choice.anchor.part - choice.head.part
    if not towards or (towards > 0) != (step > 0):
        return None
    part = texts.neighbour(choice.head.part, step)
    if part is None:
        return None
    point = Point(part, len(texts.text(part)) if step < 0 else 0)
    return point if point != choice.anchor else None
