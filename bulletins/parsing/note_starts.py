"""Telling the line that begins a note from a line of text that begins with a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.parsing.markers import LABEL, MARK_IN_TEXT, NOTE_WORD, START, value_of_marker
from bulletins.parsing.sheet import ends_hard, ends_sentence, has_cjk

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style

_MAX_COUNTED = 24  # lines of notes that are known by their count alone
_MAX_NOTE_LINES = 3  # lines that such a note goes on for
_MAX_TAIL = 60  # lines of notes on one page
_REFERENCE = re.compile(r"[\[［](?:[A-Z]|EB|DB|CP)(?:/OL)?[\]］]|\bdoi\b", re.IGNORECASE)
_MAX_MISSED = 4  # notes that may be overlooked before the next is still believed


class NoteStarts:
    """Judges lines by their neighbours on the page; `last` is the number of the note before.

    `to_end` says that the page before ended in notes.
    """

    def __init__(self, sheet: Sheet, style: Style, cues: Cues, layout: Layout) -> None:
        self.sheet, self.style, self.cues, self.layout = sheet, style, cues, layout
        self.last = 0
        self.to_end = False

    def marker_at(self, page: list[int], position: int, first: bool) -> str | None:
        """Give the marker of the note that starts here, or None."""
        index = page[position]
        text = self.sheet.text(index)
        match = START.match(text[:40])
        if match is None or match.lastgroup is None:
            return None
        if self.sheet.lines[index].begins is False and not self.sheet.looks.small(index):
            return None  # a mark that its line begins with
        kind = "digit" if match["digit"] else match.lastgroup
        if kind not in self.style.notes.markers:
            return None
        rest = text[match.end() :]
        strong = rest.lower().startswith(("http://", "https://", "www."))
        value = value_of_marker(match)
        if position == 0 and self.to_end and value == self.last + 1:
            return text[: match.end()]
        if value in (1, None) and self.labelled(page, position):
            return text[: match.end()]
        if not strong and not self._expected(value, first):
            return None
        if strong and position and not (value == 1 or self._expected(value, first)):
            strong = False
            return None
        if strong:
            return text[: match.end()]
        if first and self._counted_tail(page, position):
            return text[: match.end()]
        apart = self.sheet.gap[index]
        if not first and (_REFERENCE.search(rest) or self._address_soon(page, position)):
            return text[: match.end()]
        if kind == "digit" and not apart and not NOTE_WORD.match(rest):
            return None
        if not first and not has_cjk(text):
            return text[: match.end()]
        if self._latin_run(page, position) and self._marks_above(
            page[:position], value, kind, match[0].strip()
        ):
            return text[: match.end()]
        if not self._ended_before(page, position) and not self._latin(page[position:]):
            return None
        return text[: match.end()] if self._is_tail(page, position, match) else None

    def labelled(self, page: list[int], position: int) -> bool:
        """Say whether the line above announces notes (`注释：`)."""
        return position > 0 and LABEL.match(self.sheet.text(page[position - 1])[:20]) is not None

    def _expected(self, value: int | None, first: bool) -> bool:
        if value is None:
            return True
        numbering = self.style.notes.numbering
        if not first:
            return value == self.last + 1
        if numbering == "page":
            return value == 1
        # A note that was overlooked must not hide all that follow.
        return self.last < value <= self.last + _MAX_MISSED or (numbering == "auto" and value == 1)

    def _latin(self, rest: list[int]) -> bool:
        """Say whether nothing Chinese follows on the page."""
        return len(rest) <= _MAX_TAIL and not any(has_cjk(self.sheet.text(one)) for one in rest)

    def _latin_run(self, page: list[int], position: int) -> bool:
        """Say whether an address or a reference comes before the next Chinese line."""
        for index in page[position : position + 8]:
            text = self.sheet.text(index)
            if has_cjk(text):
                return False
            if "://" in text or _REFERENCE.search(text):
                return True
        return False

    def _counted_tail(self, page: list[int], position: int) -> bool:
        """Say whether nothing but notes, counted without a gap, stands from here to the foot.

        At least two, each short, each with its mark above.
        """
        rest = page[position:]
        if len(rest) > _MAX_COUNTED:
            return False
        counted: list[int] = []
        since = 0
        for index in rest:
            match = START.match(self.sheet.text(index)[:40])
            value = value_of_marker(match) if match else None
            if match is None or value is None or (counted and value != counted[-1] + 1):
                since += 1
                if since > _MAX_NOTE_LINES:
                    return False
                continue
            kind = "digit" if match["digit"] else "other"
            if not self._marks_above(page[:position], value, kind, match[0].strip()):
                return False
            counted.append(value)
            since = 0
        return len(counted) >= 2

    def _address_soon(self, page: list[int], position: int) -> bool:
        """Say whether an address on a line of its own follows, before another note begins."""
        above = self.sheet.text(page[position])
        for index in page[position + 1 : position + 4]:
            text = self.sheet.text(index)
            if text.lower().startswith(("http://", "https://", "www.")):
                return True
            if ends_hard(above) or START.match(text[:40]):
                return False
            above = text
        return False

    def _ended_before(self, page: list[int], position: int) -> bool:
        """Say whether the body above is cut off here: a gap, or a finished line."""
        if position == 0:
            return True
        line = self.sheet.lines[page[position]]
        before = self.sheet.lines[page[position - 1]]
        if (
            self.sheet.gap[page[position]]
            or before.trail
            or line.blank > 1
            or ends_sentence(before.text)
        ):
            return True
        cells = self.sheet.width[page[position - 1]]
        return not self.layout.filled(cells, line.text)

    def _is_tail(self, page: list[int], position: int, match: re.Match[str]) -> bool:
        """Say whether all that follows on the page can be notes, and a mark stands above."""
        kind = "digit" if match["digit"] else "other"
        value = value_of_marker(match)
        rest = page[position:]
        if len(rest) > _MAX_TAIL:
            return False
        for index in rest[1:]:
            text = self.sheet.text(index)
            if self.cues.byline(text) or self.cues.spaced_head(text) or self.cues.topic(text):
                return False
        chinese = sum(1 for index in rest if has_cjk(self.sheet.text(index)))
        if chinese * 2 <= len(rest) and kind != "digit":
            return True
        marks = self._marks_above(page[:position], value, kind, match[0].strip())
        return marks and (chinese * 2 <= len(rest) or self.sheet.gap[rest[0]] or len(rest) <= 8)

    def _marks_above(self, above: list[int], value: int | None, kind: str, marker: str) -> bool:
        if kind != "digit" or value is None:
            return any(marker in self.sheet.text(index)[1:2000] for index in above)
        wanted = str(value)
        for index in above:
            text = self.sheet.text(index)
            if wanted in text and len(text) <= 2000:
                for match in MARK_IN_TEXT.finditer(text):
                    if match[1] == wanted:
                        return True
        return False
