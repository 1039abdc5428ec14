"""The article pane: an article with its mentions, notes and search hits over its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message
from textual.reactive import reactive

from tui.corrected import NOTHING
from tui.inspection.wording import doubt_words
from tui.locale import ntr, tr
from tui.reviewer_names import own_of, their_spans
from tui.typesetting.document import TITLE, Labels, document_of
from tui.typesetting.marks import MarkedLayer, margin_signs
from tui.typesetting.spans import Span, SpanLayer, address_of, mention_spans
from tui.widgets.article_search import Searching
from tui.widgets.article_styles import CSS, MENTION_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.timer import Timer

    from bulletins.model import Article, Mentions, Place
    from tui.corrected import Beside
    from tui.typesetting.document import Address, Insert, Part
    from tui.typesetting.rows import Row
    from tui.typesetting.spans import Marked

_FEW = 20
"""Passages whose rows are drawn again one by one; of more at once all rows."""
_FLASH = 1.6
"""Seconds for which a mention that was jumped to stays lit."""


class ArticlePane(Searching):
    """Shows one article; keys come from the app's commands, which call the methods here."""

    DEFAULT_CSS = CSS

    classes_shown: reactive[frozenset[str]] = reactive(frozenset(MENTION_LAYERS), repaint=False)
    """Classes of mentions that are lit; see `MENTION_LAYERS`."""

    @dataclass
    class NotePressed(Message):
        """A note's mark was clicked, and the note is now `opened` or not; an index of a note."""

        index: int
        marker: str
        opened: bool

    @dataclass
    class MentionPressed(Message):
        """A lit mention was clicked."""

        place: Place
        kind: str
        text: str

    @dataclass
    class SourcePressed(Message):
        """A source in the list at the end was clicked; an index into the article's sources."""

        index: int
        url: str

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._article: Article | None = None
        self.beside = NOTHING  # what of the article that is shown next was printed otherwise
        self._section = ""
        self._mentions = SpanLayer()
        self._marked: tuple[Marked, ...] = ()
        self._marked_layer = MarkedLayer()
        self._their_layer = SpanLayer()
        self.colour_keys: Mapping[str, str] = {}
        """What stands in the margin for each colour of highlights."""
        self._flash: tuple[Address, Span] | None = None
        self._flashing: Timer | None = None
        self._mention: tuple[int, int] | None = None
        self._gone_to: Place | None = None

    # The article

    @property
    def article(self) -> Article | None:
        """The article that is shown."""
        return self._article

    @property
    def notes_open(self) -> frozenset[int]:
        """The notes (indexes) that are open under their paragraphs."""
        return self._notes_open

    def show(
        self,
        article: Article,
        section: str = "",
        *,
        notes_open: frozenset[int] = frozenset(),
        top: tuple[int, int] | None = None,
        marked: Sequence[Marked] = (),
    ) -> None:
        """Show `article`, scrolled to `top` (as `position` gave it for the same article).

        `marked` are the reader's own highlights.
        """
        self._article, self._section = article, section
        self._mentions = mention_spans(article.mentions)
        self._take_marked(marked)
        self._mention = self._gone_to = self._touched = None
        self.end_choice()
        self._end_flash()
        self._drop_hits()
        labels = Labels(tr("Footnotes"), tr("Sources"), tr("Original title"))
        found = article.mentions
        doubts = [doubt_words(doubt, found.amounts) for doubt in found.doubts]
        meta = _meta(article, section, self.beside)
        document = document_of(article, meta, labels, doubts, self._marked, self.beside)
        self._show_document(document, notes_open, top)

    def show_again(self, article: Article, section: str = "") -> None:
        """Show the same article with what was found since, and the same place of it on top."""
        number, offset = self.position
        address = self._paper.parts[number].address if self._paper is not None else TITLE
        carried, touched = self.carry_choice(), self._touched
        self.show(article, section, notes_open=self._notes_open, marked=self._marked)
        self.take_choice(carried)
        self._touched = touched
        if (address, offset) != (TITLE, 0):
            self._seek(address, offset, "top")

    def clear(self, message: str = "") -> None:
        """Show no article but one line of text."""
        self._article = self._touched = None
        self._mentions = SpanLayer()
        self.end_choice()
        self._end_flash()
        self._drop_hits()
        self._show_notice(message)

    def refresh_spans(self, mentions: Mentions) -> None:
        """Light mentions that were found after the article was shown."""
        self._mentions = mention_spans(mentions)
        self._forget()

    @property
    def marked(self) -> tuple[Marked, ...]:
        """The highlights that are shown; the id of one that is being saved is ""."""
        return self._marked

    def set_marked(self, marked: Sequence[Marked]) -> None:
        """Show the reader's own highlights as they are by now, and the same place on top."""
        before = self._marked
        if tuple(marked) == before:
            return
        self._take_marked(marked)
        if _signs(marked) != _signs(before) and self._article is not None:
            # They stand in the rows.
            self.show_again(self._article, self._section)
            return
        others = set(before) ^ set(self._marked)
        if len(others) > _FEW:
            self._forget()
        else:
            for one in others:
                self._forget_place(one.address, one.start, one.end)

    def _take_marked(self, marked: Sequence[Marked]) -> None:
        self._marked = tuple(marked)
        self._marked_layer = MarkedLayer(own_of(self._marked))
        self._their_layer = their_spans(self._marked)

    def marked_at(self, address: Address, start: int, end: int) -> list[Marked]:
        """List the passages that touch [start, end), outer before inner."""
        return self._marked_layer.within(address, start, end)

    def watch_classes_shown(self) -> None:
        """Draw with other classes lit; the rows stay."""
        self._forget()

    def _spans_over(self, address: Address, start: int, end: int) -> Iterable[Span]:
        yield from self._their_layer.within(address, start, end)
        shown = self.classes_shown
        for span in self._mentions.within(address, start, end):
            if span.layer in shown:
                yield span
        yield from self._marked_layer.stripes(address, start, end)
        yield from self._hit_spans(address, start, end)
        if self._flash is not None and self._flash[0] == address:
            yield self._flash[1]
        yield from self._choice_spans(address, start, end)

    def _margin(self, row: Row, part: Part) -> list[tuple[str, str]]:
        found: dict[str, Marked] = {}
        for chunk in row.chunks:
            low, high = part.logical(chunk.start), part.logical(chunk.end)
            found |= {one.id: one for one in self.marked_at(part.address, low, high)}
        return margin_signs([*found.values()], self.colour_keys, self._left) if found else []

    # Mentions

    def show_mention(self, place: Place) -> None:
        """Scroll to a mention and light it for a moment."""
        address = address_of(place)
        self._gone_to = place
        self.touch(address, place.start, place.end)
        self._end_flash()
        self._flash = address, Span(place.start, place.end, "flash")
        self._flashing = self.set_timer(_FLASH, self._end_flash)
        number = self._paper.number(address) if self._paper is not None else None
        if number is not None:
            self._mention = number, place.start
        self._forget_place(address, place.start, place.end)
        self._seek(address, place.start)

    @property
    def gone_to(self) -> Place | None:
        """The place of this article that was gone to last, or clicked; None if none was."""
        return self._gone_to

    def next_mention(self, step: Literal[1, -1] = 1) -> Place | None:
        """Go to the next lit mention, round the ends; return its place."""
        if self._paper is None:
            return None
        ways = [((number, span.start), span.place) for number, span in self._lit() if span.place]
        if not ways:
            return None
        if step > 0:
            here = self._mention or (self.position[0], self.position[1] - 1)
            place = next((place for at, place in ways if at > here), ways[0][1])
        else:
            here = self._mention or self.position
            place = next((place for at, place in reversed(ways) if at < here), ways[-1][1])
        self.show_mention(place)
        return place

    def mention_places(self) -> list[tuple[int, int, int]]:
        """List the lit mentions: part, start, end; in the order of the text."""
        return [(number, span.start, span.end) for number, span in self._lit()]

    def _lit(self) -> Iterator[tuple[int, Span]]:
        for number, part in enumerate(self._paper.parts if self._paper is not None else ()):
            for span in self._mentions.of(part.address):
                if span.layer in self.classes_shown and span.place is not None:
                    yield number, span

    def _end_flash(self) -> None:
        if self._flashing is not None:
            self._flashing.stop()
            self._flashing = None
        if self._flash is not None:
            address, span = self._flash
            self._flash = None
            self._forget_place(address, span.start, span.end)

    # Notes

    def toggle_note(self, note: str | int) -> bool:
        """Open or close a note under its paragraph, by its marker or index; return if open.

        Where pages number their notes anew, a marker means the first from the top row on.
        """
        index = self._note_index(note)
        if index is None or self._article is None:
            return False
        opened = index not in self._notes_open
        self._set_notes(self._notes_open ^ {index})
        if opened:
            self._seek(("footnote", index), 0)
        return opened

    def toggle_notes(self) -> bool:
        """Open all notes under their paragraphs, or close them if any is open."""
        if self._article is None:
            return False
        placed = {i for i, note in enumerate(self._article.footnotes) if note.block is not None}
        self._set_notes(frozenset() if self._notes_open else frozenset(placed))
        return bool(self._notes_open)

    def _note_index(self, note: str | int) -> int | None:
        footnotes = self._article.footnotes if self._article is not None else ()
        if isinstance(note, int):
            return note if 0 <= note < len(footnotes) else None
        found = [i for i, each in enumerate(footnotes) if each.marker == note]
        if not found:
            return None
        kind, block = self._paper.parts[self.position[0]].address if self._paper else ("title", 0)
        top = block if kind == "block" else 0
        return next((i for i in found if (footnotes[i].block or 0) >= top), found[-1])

    def _set_notes(self, notes: frozenset[int]) -> None:
        top = self.position
        self._notes_open = notes
        self._goal = None
        self._lay(top)

    # The mouse

    def _click_margin(self, address: Address) -> None:
        """Go from a note's number in the list back to its mark."""
        if address[0] == "footnote" and self._article is not None:
            note = self._article.footnotes[address[1]]
            if note.block is not None:
                self._seek(("block", note.block), note.offset or 0)

    def _click_mark(self, insert: Insert) -> None:
        if insert.note is not None and self._article is not None:
            opened = self.toggle_note(insert.note)
            marker = self._article.footnotes[insert.note].marker
            self.post_message(self.NotePressed(insert.note, marker, opened))

    def _click_source(self, index: int, url: str) -> None:
        self.post_message(self.SourcePressed(index, url))

    def _click_doubt(self, index: int) -> None:
        """Go to the latter of two sums that disagree; the former is often the title's."""
        if self._article is not None:
            mentions = self._article.mentions
            self.show_mention(mentions.amounts[mentions.doubts[index].second].place)

    def _click_mention(self, address: Address, offset: int) -> None:
        paper = self._paper
        part = paper.part(address) if paper is not None else None
        number = paper.number(address) if paper is not None else None
        if part is None or number is None:
            return
        for span in reversed(self._mentions.within(address, offset, offset + 1)):
            if span.layer in self.classes_shown and span.place is not None:
                found = part.text[span.start : span.end]
                self._gone_to, self._mention = span.place, (number, span.start)
                self.post_message(self.MentionPressed(span.place, span.layer, found))
                return


def _signs(marked: Sequence[Marked]) -> list[tuple[Address, int, str]]:
    return [(one.address, one.end, one.sign) for one in marked if one.sign]


def _meta(article: Article, section: str, beside: Beside) -> str:
    """Write the byline: section, date, authors, number of sources."""
    sources = len(article.sources)
    counted = ntr("{n} source", "{n} sources", sources) if sources else ""
    date = beside.words(article.date or "", beside.date)
    pieces = (section, date, beside.words(" ".join(article.authors), beside.authors), counted)
    return " · ".join(piece for piece in pieces if piece)
