"""What is chosen in an article by keys: drawn with the end that moves, moved by rows, begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui.selecting.choice import SELECTABLE, Choice, Point, Texts
from tui.selecting.units import next_character, previous_character
from tui.typesetting.spans import Span
from tui.typesetting.widths import boundaries
from tui.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.selecting.choice import Step
    from tui.selecting.units import HanCutter
    from tui.typesetting.document import Address, Document

    Painted = tuple[tuple[int, int, str], ...]


class ChoosingView(ArticleView):
    """An article's text of which some can be chosen; `cut` divides Chinese text into words."""

    cut: HanCutter | None = None

    class ChoiceEnded(Message):
        """What was chosen is not shown any more."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._choice: Choice | None = None
        self._chosen_in: dict[int, tuple[int, int]] = {}
        self._read: tuple[Document, Texts] | None = None
        self._touched: tuple[Address, int, int] | None = None

    @property
    def choice(self) -> Choice | None:
        """What is chosen; None unless something is being selected by keys."""
        return self._choice

    @property
    def texts(self) -> Texts:
        """The texts of the document that is shown."""
        if self._paper is None:
            return Texts(())
        if self._read is None or self._read[0] is not self._paper:
            self._read = self._paper, Texts(self._paper.parts, self.cut)
        return self._read[1]

    def choose(self, choice: Choice | None, *, seek: bool = True) -> None:
        """Show what is chosen, and seek its moving end; with None nothing is."""
        if choice is None and self._choice is None:
            return
        before = self._choice_painter()
        self._choice = choice
        found = self.texts.ranges(choice) if choice is not None else []
        self._chosen_in = {part: (start, end) for part, start, end in found}
        self._redraw(before)
        if choice is not None and self._paper is not None and seek:
            self._seek(self._paper.parts[choice.head.part].address, self._caret()[1])

    def end_choice(self) -> None:
        """Choose nothing any more, and tell that another document is shown."""
        if self._choice is not None:
            self.choose(None)
            self.post_message(self.ChoiceEnded())

    def text_of(self, address: Address, start: int, end: int) -> str:
        """The text of a logical range."""
        part = self._paper.part(address) if self._paper is not None else None
        return part.text[start:end] if part is not None else ""

    def dragged_ranges(self) -> list[tuple[Address, int, int]]:
        """List what the mouse selected of the article's own text, part after part."""
        return [
            one
            for one in super().selected_ranges()
            if one[0][0] in SELECTABLE and self.text_of(*one).strip()
        ]

    def touch(self, address: Address, start: int, end: int) -> None:
        """Remember a place that the reader went to: the next selection begins there."""
        self._touched = address, start, end

    def chosen_ranges(self) -> list[tuple[Address, int, int]]:
        """List what is chosen, as (address, start, end) in code points."""
        if self._paper is None:
            return []
        chosen = sorted(self._chosen_in.items())
        return [(self._paper.parts[part].address, *span) for part, span in chosen]

    def selected_ranges(self) -> list[tuple[Address, int, int]]:
        return self.chosen_ranges() if self._choice is not None else super().selected_ranges()

    def carry_choice(self) -> tuple[tuple[Address, int], tuple[Address, int], bool] | None:
        """Give the choice apart from the document, for the same text laid out anew."""
        choice, paper = self._choice, self._paper
        if choice is None or paper is None:
            return None
        anchor, head = (
            (paper.parts[point.part].address, point.offset)
            for point in (choice.anchor, choice.head)
        )
        return anchor, head, choice.grown

    def take_choice(
        self, carried: tuple[tuple[Address, int], tuple[Address, int], bool] | None
    ) -> None:
        """Choose again what `carry_choice` gave."""
        if carried is None or self._paper is None:
            return
        numbers = [self._paper.number(address) for address, _ in carried[:2]]
        if None not in numbers:
            ends = [
                Point(number or 0, offset)
                for number, (_, offset) in zip(numbers, carried[:2], strict=True)
            ]
            self._choice = Choice(ends[0], ends[1], carried[2])
            ranges = self.texts.ranges(self._choice)
            self._chosen_in = {part: (start, end) for part, start, end in ranges}

    # Where to begin, and from row to row.

    def touched(self) -> tuple[int, int, int] | None:
        """The part and the span that the reader went to last, if it is in sight."""
        if self._touched is None or self._paper is None or self._table is None:
            return None
        address, start, end = self._touched
        number = self._paper.number(address)
        y = self._table.find(address, start)
        if number is None or y is None or end > len(self.texts.text(number)):
            return None
        return (number, start, end) if y in self._rows_seen() else None

    def first_word(self) -> tuple[int, int, int] | None:
        """The first word of the first sentence in sight, of running text if there is any."""
        table = self._table
        if table is None:
            return None
        rows = [table.row(y) for y in self._rows_seen()]
        rows = [row for row in rows if row.chunks and self.texts.text(row.part).strip()]
        running = [row for row in rows if row.kind not in ("title", "heading", "note")]
        for row in running or rows:
            part = table.document.parts[row.part]
            low = part.logical(row.chunks[0].start)
            sentences = self.texts.units(row.part, "sentence", low)
            begun = [span for span in sentences if span[0] >= low]
            sentence = next(iter(begun or sentences[-1:]), None)
            if sentence is None:
                continue
            words = self.texts.units(row.part, "word", sentence[0])
            word = next((span for span in words if span[0] >= sentence[0]), sentence)
            return row.part, max(sentence[0], word[0]), min(sentence[1], word[1])
        return None

    def row_further(self, choice: Choice, step: Step) -> Choice:
        """Move the moving end to the next row of its part, at the same cell as far as can be."""
        table, paper = self._table, self._paper
        number, at, _ = self._caret_of(choice)
        if table is None or paper is None:
            return choice
        part = paper.parts[number]
        y = table.find(part.address, at)
        if y is None or not 0 <= y + step < len(table):
            return choice
        row, there = table.row(y), table.row(y + step)
        if there.part != number or not there.chunks:
            return choice
        shown = part.shown_start(at)
        x = next(
            (
                chunk.x + boundaries(part.shown[chunk.start : chunk.end])[shown - chunk.start]
                for chunk in row.chunks
                if chunk.start <= shown < chunk.end
            ),
            0,
        )
        found = table.shown_at(y + step, x)
        if found is None:
            last = there.chunks[-1]
            found = last.start if x <= last.x else max(last.start, last.end - 1)
        text = part.text
        at = min(part.logical(found), max(0, len(text) - 1))
        at = previous_character(text, next_character(text, at))
        behind = Point(number, at) >= choice.anchor
        head = Point(number, next_character(text, at) if behind else at)
        return Choice(choice.anchor, head, True)

    def _rows_seen(self) -> range:
        top = self.scroll_offset.y
        return range(top, min(len(self._table or ()), top + max(1, self.size.height)))

    # Drawing.

    def _caret(self) -> tuple[int, int, int]:
        assert self._choice is not None
        return self._caret_of(self._choice)

    def _caret_of(self, choice: Choice) -> tuple[int, int, int]:
        """The part and the span of the character at the moving end."""
        part, at = choice.head
        text = self.texts.text(part)
        if choice.head > choice.anchor:
            return part, previous_character(text, at), at
        return part, at, next_character(text, at)

    def _choice_spans(self, address: Address, start: int, end: int) -> Iterator[Span]:
        """Give what is chosen of a logical range, and the character at the moving end."""
        if self._choice is None or self._paper is None:
            return
        number = self._paper.number(address)
        span = self._chosen_in.get(number) if number is not None else None
        if span is not None and span[0] < end and span[1] > start:
            yield Span(*span, "chosen")
        part, low, high = self._caret()
        if part == number and low < end and high > start:
            yield Span(low, high, "caret")

    def _choice_painter(self) -> dict[int, Painted]:
        """What is drawn of the choice in each row in sight that is laid."""
        found: dict[int, Painted] = {}
        if self._choice is None or self._table is None or self._paper is None:
            return found
        for y in self._rows_seen():
            row = self._table.row(y)
            part = self._paper.parts[row.part]
            painted: list[tuple[int, int, str]] = []
            for chunk in row.chunks:
                low, high = part.logical(chunk.start), part.logical(chunk.end)
                painted += [
                    (max(low, span.start), min(high, span.end), span.layer)
                    for span in self._choice_spans(part.address, low, high)
                ]
            if painted:
                found[y] = tuple(painted)
        return found

    def _redraw(self, before: dict[int, Painted]) -> None:
        """Draw the rows in sight again in which other characters are chosen than before."""
        seen = self._rows_seen()
        for y in [y for y in self._strips if y not in seen]:
            del self._strips[y]
        after = self._choice_painter()
        for y in seen:
            if before.get(y) != after.get(y):
                self._forget(range(y, y + 1))
