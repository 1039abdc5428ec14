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
from tui.typesetting.search import find_all
from tui.typesetting.spans import Span, SpanLayer, address_of, mention_spans
from tui.widgets.article_styles import CSS, MENTION_LAYERS
from tui.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.timer import Timer

    from bulletins.model import Article, Mentions, Place
    from tui.corrected import Beside
    from tui.typesetting.document import Address, Insert
    from tui.typesetting.search import Hit
    from tui.typesetting.spans import Marked

_FLASH = 1.6
"""Seconds for which a mention that was jumped to stays lit."""


class ArticlePane(ArticleView):
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
        self._marked_layer = SpanLayer()
        self._their_layer = SpanLayer()
        self._hits: list[Hit] = []
        self._hit = -1
        self._hit_layer = SpanLayer()
        self._query = ""
        self._flash: tuple[Address, Span] | None = None
        self._flashing: Timer | None = None
        self._mention: tuple[int, int] | None = None
        self._gone_to: Place | None = None
        self._pressed: tuple[int, int] | None = None

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
        self._mention = self._gone_to = None
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
        self.show(article, section, notes_open=self._notes_open, marked=self._marked)
        if (address, offset) != (TITLE, 0):
            self._seek(address, offset, "top")

    def clear(self, message: str = "") -> None:
        """Show no article but one line of text."""
        self._article = None
        self._mentions = SpanLayer()
        self._end_flash()
        self._drop_hits()
        self._show_notice(message)

    def refresh_spans(self, mentions: Mentions) -> None:
        """Light mentions that were found after the article was shown."""
        self._mentions = mention_spans(mentions)
        self._forget()

    def set_marked(self, marked: Sequence[Marked]) -> None:
        """Show the reader's own highlights as they are by now, and the same place on top."""
        before = self._marked
        if tuple(marked) == before:
            return
        self._take_marked(marked)
        if _signs(marked) != _signs(before) and self._article is not None:
            # They stand in the rows.
            self.show_again(self._article, self._section)
        else:
            self._forget()

    def _take_marked(self, marked: Sequence[Marked]) -> None:
        self._marked = tuple(marked)
        self._marked_layer = SpanLayer(
            (one.address, Span(one.start, one.end, one.layer)) for one in own_of(self._marked)
        )
        self._their_layer = their_spans(self._marked)

    def watch_classes_shown(self) -> None:
        """Draw with other classes lit; the rows stay."""
        self._forget()

    def _spans_over(self, address: Address, start: int, end: int) -> Iterable[Span]:
        yield from self._their_layer.within(address, start, end)
        shown = self.classes_shown
        for span in self._mentions.within(address, start, end):
            if span.layer in shown:
                yield span
        yield from self._marked_layer.within(address, start, end)
        yield from self._hit_layer.within(address, start, end)
        if self._hits and self._hits[self._hit].address == address:
            hit = self._hits[self._hit]
            yield Span(hit.start, hit.end, "hit-current")
        if self._flash is not None and self._flash[0] == address:
            yield self._flash[1]

    # Search

    def search(self, query: str) -> int:
        """Light all places of `query`, go to the first from the top row on; return how many."""
        self._drop_hits()
        if self._paper is None or not query.strip():
            self._forget()
            return 0
        self._query = query
        self._hits = find_all(self._paper, query)
        self._hit_layer = SpanLayer(
            (hit.address, Span(hit.start, hit.end, "hit")) for hit in self._hits
        )
        if self._hits:
            top = self.position
            places = ((self._paper.number(hit.address) or 0, hit.start) for hit in self._hits)
            later = (i for i, place in enumerate(places) if place >= top)
            self._hit = next(later, 0)
            self._seek(self._hits[self._hit].address, self._hits[self._hit].start)
        self._forget()
        return len(self._hits)

    def next_hit(self, step: Literal[1, -1] = 1) -> tuple[int, int]:
        """Go to the next or the previous hit, round the ends; return `hit_position`."""
        if self._hits:
            old = self._hits[self._hit]
            self._hit = (self._hit + step) % len(self._hits)
            new = self._hits[self._hit]
            self._forget_place(*old)
            self._forget_place(*new)
            self._seek(new.address, new.start)
        return self.hit_position

    def clear_search(self) -> None:
        """Put the hits out."""
        if self._hits or self._query:
            self._drop_hits()
            self._forget()

    def _drop_hits(self) -> None:
        self._hits, self._hit, self._query = [], -1, ""
        self._hit_layer = SpanLayer()

    @property
    def hit_position(self) -> tuple[int, int]:
        """Which hit is the current one, from 1, and how many there are; (0, 0) for none."""
        return self._hit + 1, len(self._hits)

    # Mentions

    def show_mention(self, place: Place) -> None:
        """Scroll to a mention and light it for a moment."""
        address = address_of(place)
        self._gone_to = place
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
        ways = [
            ((number, span.start), span.place)
            for number, part in enumerate(self._paper.parts)
            for span in self._mentions.of(part.address)
            if span.layer in self.classes_shown and span.place is not None
        ]
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

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where, to tell a click from the end of a selection."""
        self._pressed = event.screen_offset

    def on_click(self, event: events.Click) -> None:
        """Open a note by its mark, tell of a mention or a source."""
        table, document = self._table, self._paper
        if table is None or document is None or event.screen_offset != self._pressed:
            return
        offset = event.get_content_offset(self)
        y = self.scroll_offset.y + offset.y if offset is not None else -1
        if offset is None or not 0 <= y < len(table):
            return
        row = table.row(y)
        part = document.parts[row.part]
        shown = table.shown_at(y, offset.x - self._left)
        if shown is None:
            self._click_margin(part.address)
            return
        insert = part.insert_at(shown)
        if insert is not None:
            self._click_mark(insert)
        elif part.address[0] == "doubt":
            self._click_doubt(part.address[1])
        elif part.address[0] == "source":
            self.post_message(self.SourcePressed(part.address[1], part.text))
        else:
            self._click_mention(part.address, part.logical(shown))

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
