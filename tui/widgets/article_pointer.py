"""The mouse in the article pane: note marks, mentions, sources, places, words, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tui.selecting.choice import Choice, chosen
from tui.widgets.article_choice import ChoosingView

if TYPE_CHECKING:
    from textual import events

    from tui.selecting.choice import Unit
    from tui.typesetting.document import Address, Insert

_UNITS: dict[int, Unit] = {2: "word", 3: "sentence", 4: "paragraph"}
"""What so many clicks in a row choose."""


class Pointing(ChoosingView):
    """What a click does, by what lies under it."""

    @dataclass
    class PlacePressed(Message):
        """A character of the text was clicked; `choice` is what several clicks chose."""

        choice: Choice | None

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._pressed: tuple[int, int] | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where, to tell a click from the end of a selection."""
        self._pressed = event.screen_offset

    def on_click(self, event: events.Click) -> None:
        """Open a note by its mark, tell of a mention, a source or a place."""
        if event.chain > 1:
            event.prevent_default()  # which would select the whole article
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
            self._click_source(part.address[1], part.text)
        else:
            self._click_text(row.part, part.logical(shown), event.chain)

    def _click_text(self, number: int, offset: int, chain: int) -> None:
        """Take note of a word, and choose what several clicks in a row mean."""
        assert self._paper is not None
        text, address = self.texts.text(number), self._paper.parts[number].address
        if not text[offset : offset + 1].strip():
            return
        word = self.texts.whole(number, offset, offset + 1, "word") or (offset, offset + 1)
        self.touch(address, *word)
        choice = None
        if chain > 1:
            unit = _UNITS.get(chain, "paragraph")
            choice = chosen(number, *(self.texts.whole(number, offset, offset + 1, unit) or word))
        self.post_message(self.PlacePressed(choice))
        if chain == 1:
            self._click_mention(address, offset)

    # What the article knows.

    def _click_margin(self, address: Address) -> None: ...
    def _click_mark(self, insert: Insert) -> None: ...
    def _click_doubt(self, index: int) -> None: ...
    def _click_source(self, index: int, url: str) -> None: ...
    def _click_mention(self, address: Address, offset: int) -> None: ...
