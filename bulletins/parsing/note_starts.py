"""Telling the line that begins a note from a line of text that begins with a number."""

from __future__ import annotations

import re
from collections import Counter
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
_OPENS_NOTE = frozenset("[［〔①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_STOPS = tuple("，。；：、！？）")
_SIGN = re.compile(r"[\[［〔]\d{1,5}[\]］〕]|[①-⑳]|(?P<star>[*＊†‡]{1,4})")
_MAX_MARKED = 2_000  # characters of a line in which marks are looked for
_MAX_MISSED = 4  # notes that may be overlooked before the next is still believed


def kinds_shown(sheet: Sheet, free: list[int]) -> set[str]:
    """The kinds of marks that lines with an address or a reference begin with, twice or more.

    What a file shows so plainly counts, whatever its style says.
    """
    counts: Counter[str] = Counter()
    for index in free:
        text = sheet.text(index)
        match = START.match(text[:40]) if text[0] in _OPENS_NOTE else None
        if match is not None and match.lastgroup is not None:
            rest = text[match.end() : match.end() + 400]
            plain = rest.lower().startswith(("http://", "https://", "www."))
            counts[match.lastgroup] += plain or _REFERENCE.search(rest) is not None
    return {kind for kind, count in counts.items() if count >= 2}


class NoteStarts:
    """Judges lines by their neighbours on the page; `last` is the number of the note before.

    `to_end` says that the page before ended in notes.
    """

    def __init__(self, sheet: Sheet, style: Style, cues: Cues, layout: Layout) -> None:
        self.sheet, self.style, self.cues, self.layout = sheet, style, cues, layout
        self.last = 0
        self.to_end = False
        self.small = False  # those notes are set in small type, as what goes on must be
        self.announced = False  # by the last line of the page before
        self._page: list[int] = []
        self._counted: list[int] = []  # a page that ends in nothing but notes
        self._firsts: dict[str, int] = {}
        self.kinds: set[str] = set(style.notes.markers)

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
        rest = text[match.end() :]
        if value_of_marker(match) in (1, None) and self.labelled(page, position):
            if kind == "closed":
                return text[: match.end()]  # in the text such numbers count items
            self.kinds.add(kind)
        if kind not in self.kinds and not (kind == "closed" and not first):
            return None
        strong = rest.lower().startswith(("http://", "https://", "www."))
        value = value_of_marker(match)
        listed = self.sheet.looks.small(index) or not self.small
        if position == 0 and self.to_end and listed and value == self.last + 1:
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
        if (first and self._counted_tail(page, position)) or (
            self._counted is page and value == self.last + 1
        ):
            self._counted = page
            return text[: match.end()]
        apart = self.sheet.gap[index]
        if not first and (_REFERENCE.search(rest) or self._address_soon(page, position)):
            return text[: match.end()]
        if kind == "digit" and not apart and not NOTE_WORD.match(rest):
            return None
        if not first and not has_cjk(text):
            return text[: match.end()]
        if self._latin_run(page, position) and self._marks_above(
            page, position, value, kind, match[0].strip()
        ):
            return text[: match.end()]
        if not self._ended_before(page, position) and not self._latin(page, position):
            return None
        return text[: match.end()] if self._is_tail(page, position, match) else None

    def labelled(self, page: list[int], position: int) -> bool:
        """Say whether the line above announces notes (`注释：`)."""
        if position == 0:
            return self.announced
        return self.announces(page[position - 1])

    def announces(self, index: int) -> bool:
        """Say whether a line announces notes (`注释：`, `参考文献`)."""
        return LABEL.match(self.sheet.text(index)[:20]) is not None

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

    def _latin(self, page: list[int], position: int) -> bool:
        """Say whether nothing Chinese follows on the page."""
        if len(page) - position > _MAX_TAIL:
            return False
        return not any(has_cjk(self.sheet.text(one)) for one in page[position:])

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
        if len(page) - position > _MAX_COUNTED:
            return False
        rest = page[position:]
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
            if not self._marks_above(page, position, value, kind, match[0].strip()):
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
        if len(page) - position > _MAX_TAIL:
            return False
        rest = page[position:]
        for index in rest[1:]:
            text = self.sheet.text(index)
            if self.cues.byline(text) or self.cues.spaced_head(text) or self.cues.topic(text):
                return False
        chinese = sum(1 for index in rest if has_cjk(self.sheet.text(index)))
        if chinese * 2 <= len(rest) and kind != "digit":
            return True
        marks = self._marks_above(page, position, value, kind, match[0].strip())
        return marks and (chinese * 2 <= len(rest) or self.sheet.gap[rest[0]] or len(rest) <= 8)

    def _marks_above(
        self, page: list[int], position: int, value: int | None, kind: str, marker: str
    ) -> bool:
        """Say whether a mark stands in a line of the page above `position`."""
        if self._page is not page:
            self._page, self._firsts = page, self._first_marks(page)
        wanted = str(value) if kind == "digit" and value is not None else marker
        return self._firsts.get(wanted, position) < position

    def _first_marks(self, page: list[int]) -> dict[str, int]:
        """Where on a page each mark stands first, by its digits or, bracketed, by itself."""
        firsts: dict[str, int] = {}
        for position, index in enumerate(page):
            text = self.sheet.text(index)[:_MAX_MARKED]
            for match in MARK_IN_TEXT.finditer(text):
                firsts.setdefault(match[1], position)
            for match in _SIGN.finditer(text):
                # What begins a line is a mark only where it has wrapped there, before a stop.
                if not match.start() and text[match.end() : match.end() + 1] not in _STOPS:
                    continue
                for end in range(1, len(match[0]) + 1) if match["star"] else (len(match[0]),):
                    firsts.setdefault(match[0][:end], position)
        return firsts
