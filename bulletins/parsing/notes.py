"""Notes at the foot of a page: found, numbered, taken out of the body.

A note may run on at the foot of the next page, without a number. Links that the extractor
repeats on lines of their own follow the notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.parsing.cues import BARE_URL
from bulletins.parsing.joining import join, url_goes_on
from bulletins.parsing.markers import START, Note, Notes, in_columns, marker_name, value_of_marker
from bulletins.parsing.note_links import repeats_link
from bulletins.parsing.note_starts import NoteStarts, kinds_shown
from bulletins.parsing.sheet import ends_sentence, has_cjk
from bulletins.parsing.urls import urls_in, with_links

if TYPE_CHECKING:
    from bulletins.parsing.cues import Cues
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.sheet import Sheet
    from bulletins.styles import Style

_MAX_TAIL = 60  # lines within which the rest of an address may stand
_REST_OF_URL = re.compile(r"(?!https?:)[\w%~#?&=+-]+[./=_-][\w./%~#?&=+-]{4,}$", re.ASCII)
_MIN_TEXT = 3  # lines of text below notes that tell that a page has ended
_MAX_PIECES = 8  # lines set apart behind the notes of a page


def take_notes(sheet: Sheet, style: Style, cues: Cues, layout: Layout) -> Notes:
    """Take the lines of all notes off the sheet."""
    found = Notes()
    free = sheet.free()
    shown = kinds_shown(sheet, free)
    if style.notes.numbering == "none" and not shown:
        return found
    state = _State(sheet, style, cues, layout, found)
    state.starts.kinds |= shown
    page: list[int] = []
    for position, index in enumerate(free):
        page.append(index)
        last = position + 1 == len(free)
        if last or sheet.page[free[position + 1]] != sheet.page[index]:
            state.read_page(page)
            page = []
    for note in found.notes:
        joined = join(
            ((index, sheet.text(index), sheet.lines[index].trail) for index in note.lines),
            layout.trail,
            sheet.opens,
        )
        start = START.match(joined.text)
        note.text = joined.text[start.end() :] if start else joined.text
        links = [link.url for index in note.lines for link in sheet.lines[index].links]
        note.urls = with_links(urls_in(note.text), links)
    return found


class _State:
    """Reads page after page; remembers the last number and whether its note was finished."""

    def __init__(
        self, sheet: Sheet, style: Style, cues: Cues, layout: Layout, found: Notes
    ) -> None:
        self.sheet, self.style, self.cues, self.layout = sheet, style, cues, layout
        self.found = found
        self.region = 0
        self.starts = NoteStarts(sheet, style, cues, layout)
        self.open: Note | None = None
        self._announced = False  # the last line of the page announces notes
        self._label = self._next_label = -1
        self.listed = False  # the last notes stand below a line that announces them

    def read_page(self, page: list[int]) -> None:
        """Take the notes among the lines of one page, which are in order."""
        self.starts.announced = self._announced
        self._announced = self.starts.announces(page[-1])
        self._label, self._next_label = self._next_label, page[-1]
        self._read(page)

    def _read(self, page: list[int]) -> None:
        zone = [index for index in page if self.sheet.lines[index].zone == "notes"]
        if zone:
            rest = page[: page.index(zone[0])]
            # Notes behind an article may stand on the page as well, in small type too.
            if any(self.sheet.looks.small(one) and self._strong_or_weak(one) for one in rest):
                self._read(rest)
            if rest and self.starts.announces(rest[-1]) and not self.sheet.role[rest[-1]]:
                self.sheet.take(rest[-1], "note", "announces notes")
            for column in in_columns(zone):
                self._take_zone(column)
            # A list of notes may go on at the top of the next page, small as it is here.
            last = zone[-1] == page[-1] and self.sheet.looks.small(zone[-1])
            self.starts.to_end = self.starts.small = last
            return
        page = self._take_stray(self._take_top(page))
        if self.open is not None and not any(self._strong_or_weak(index) for index in page):
            self._take_tail(page)
            return
        position = 0
        first = True
        behind = 0  # lines of text since the last note
        ended_in_notes = False
        # Only what each later page begins with can follow a note that was open.
        while position < len(page):
            marker = self.starts.marker_at(page, position, first)
            if marker is None:
                behind += has_cjk(self.sheet.text(page[position]))
                # A page that the file does not mark as one ends where text goes on below notes.
                first = first or behind >= _MIN_TEXT
                position += 1
                continue
            behind = 0
            if first and self.open is not None:
                self._take_run_on(page, position)
            first = False
            position = self._take_region(page, position)
            position = self._take_foot(page, position)
            ended_in_notes = position == len(page)
        self.starts.to_end, self.starts.small = ended_in_notes, False
        if first:
            self.open = None

    def _take_zone(self, zone: list[int]) -> None:
        """Take lines that the file itself places among the notes at the foot of a page."""
        marked = any(self._raised_first(index) for index in zone)
        note = self.open
        self.region += 1
        for index in zone:
            text = self.sheet.text(index)
            # An address that had no room beside its mark leaves it alone on its line.
            match = START.match((f"{text} …" if text.isdigit() else text)[:40])
            value = value_of_marker(match) if match else None
            expected = value is None or value == 1 or value == self.starts.last + 1
            if match and (self._raised_first(index) if marked else expected):
                name = marker_name(match)
                self.starts.last = value if value is not None else self.starts.last
                note = Note(name, self.sheet.page[index], [index], region=self.region)
                self.found.notes.append(note)
                self.sheet.take(index, "note", f"note {name} begins")
                continue
            if note is not None:
                note.lines.append(index)
            self.sheet.take(index, "note", "it stands among the notes")
        self.open = note

    def _raised_first(self, index: int) -> bool:
        raised = self.sheet.lines[index].raised
        return bool(raised) and raised[0][0] == 0

    def _take_top(self, page: list[int]) -> list[int]:
        """Take an address that runs on at the top of a page, behind notes that ended the last.

        Where the notes are a list behind an article, any of its words run on there.
        """
        note = self.open if self.starts.to_end else None
        count = 0
        while note is not None and count < len(page):
            left = self.sheet.lines[note.lines[-1]]
            text = self.sheet.text(page[count])
            runs_on = self.listed and count < _MAX_PIECES and self._wants_more(note)
            runs_on = runs_on and START.match(text[:40]) is None
            wanted = runs_on or url_goes_on(left.text, text, left.trail, self.layout.trail)
            if has_cjk(text) or self._counts_on(page[count]) or not wanted:
                break
            self.sheet.take(page[count], "note", "goes on from the page before")
            note.lines.append(page[count])
            count += 1
        return page[count:]

    def _strong_or_weak(self, index: int) -> bool:
        return START.match(self.sheet.text(index)[:40]) is not None

    def _take_stray(self, page: list[int]) -> list[int]:
        """Take the rest of an address that was cut off, where a line is nothing else."""
        note = self.open
        left = self.sheet.text(note.lines[-1]) if note is not None else ""
        if note is None or "://" not in left or left[-1] not in "-_=&":
            return page
        for place, index in enumerate(page[:_MAX_TAIL]):
            text = self.sheet.text(index)
            if has_cjk(text) or not _REST_OF_URL.match(text):
                continue
            above = self.sheet.text(page[place - 1]) if place else ""
            if place and not (
                self.sheet.gap[index] or ends_sentence(above) or self.cues.byline(above)
            ):
                continue
            self.sheet.take(index, "note", "the rest of an address from the page before")
            note.lines.append(index)
            self.open = None
            return page[:place] + page[place + 1 :]
        return page

    def _take_run_on(self, page: list[int], position: int) -> None:
        """Take the lines right above the first note that finish the note of the page before."""
        note = self.open
        if note is None:
            return
        begin = position
        while begin > 0 and position - begin < 6:
            index = page[begin - 1]
            goes_on = self.sheet.lines[index].begins is False
            if has_cjk(self.sheet.text(index)) or (goes_on and not self.sheet.looks.small(index)):
                break
            begin -= 1
            if self.sheet.gap[index]:
                break
        lines = page[begin:position]
        if lines and (begin == 0 or self._cut_off(page, begin)):
            for index in lines:
                self.sheet.take(index, "note", "goes on from the page before")
            note.lines += lines

    def _take_tail(self, page: list[int]) -> None:
        """Take the foot of a page that holds nothing but the end of an open note."""
        note = self.open
        self.open = None
        if note is None or not page:
            return
        begin = len(page)
        while begin > 0 and len(page) - begin < 4 and not has_cjk(self.sheet.text(page[begin - 1])):
            begin -= 1
            if self.sheet.gap[page[begin]]:
                break
        lines = page[begin:]
        left = self.sheet.text(note.lines[-1])
        apart = bool(lines) and (
            self.sheet.gap[lines[0]]
            or ("://" in left and left[-1] in "-_=&" and " " not in self.sheet.text(lines[0]))
        )
        if apart and begin > 0 and self._cut_off(page, begin):
            if "http" in left and not url_goes_on(left, self.sheet.text(lines[0]), False, True):
                return
            for index in lines:
                self.sheet.take(index, "note", "goes on from the page before")
            note.lines += lines

    def _cut_off(self, page: list[int], begin: int) -> bool:
        return self.sheet.gap[page[begin]] or has_cjk(self.sheet.text(page[begin - 1]))

    def _take_region(self, page: list[int], position: int) -> int:
        """Take the notes from `position` on; give the position behind them."""
        sheet = self.sheet
        note: Note | None = None
        first = True
        # A list of notes that a page break cuts in two is one list.
        goes_on = position == 0 and self.starts.to_end and self._counts_on(page[0])
        self.region += not goes_on
        labelled = self.starts.labelled(page, position)
        self.listed = labelled or (goes_on and self.listed)
        if labelled:
            label = page[position - 1] if position else self._label
            sheet.take(label, "note", "announces notes")
        while position < len(page):
            index = page[position]
            text = sheet.text(index)
            again = first or labelled or (self.listed and self._counts_on(index))
            marker = self._again(text) if again else self._next(page, position)
            if marker is not None:
                match = START.match(text[:40])
                assert match is not None, "a marker was just read here"
                name = marker_name(match)
                value = value_of_marker(match)
                self.starts.last = value if value is not None else self.starts.last
                note = Note(name, sheet.page[index], [index], region=self.region)
                self.found.notes.append(note)
                sheet.take(index, "note", f"note {name} begins")
                first = False
            elif note is not None and repeats_link(sheet, self.found, self.region, note, text):
                position = self._take_link(page, position)
                continue
            elif note is not None and self._continues(page, position, note):
                note.lines.append(index)
                sheet.take(index, "note", f"goes on with note {note.marker}")
            else:
                break
            position += 1
        self.open = self._left_open(note)
        return position

    def _take_foot(self, page: list[int], position: int) -> int:
        """Take the pieces of notes that an extractor puts behind all notes of a page.

        They are in no Chinese, on a page that else is, and nothing stands below them.
        """
        rest = page[position:]
        if not 0 < len(rest) <= _MAX_PIECES or any(has_cjk(self.sheet.text(one)) for one in rest):
            return position
        if not any(has_cjk(self.sheet.text(one)) for one in page[:position]):
            return position
        note = next(
            (one for one in reversed(self.found.notes[-8:]) if self._wants_more(one)),
            self.found.notes[-1],
        )
        if note.region != self.region:
            return position
        for index in rest:
            self.sheet.take(index, "note", f"the rest of note {note.marker}, set apart")
        note.lines += rest
        return len(page)

    def _wants_more(self, note: Note) -> bool:
        """Say whether a note's last line breaks off in an address or a sentence."""
        last = self.sheet.text(note.lines[-1])
        if note.region != self.region:
            return False
        return last[-1] in "-‐_=&,，:：(（" or not ("://" in last or last[-1] in ".。")

    def _next(self, page: list[int], position: int) -> str | None:
        return self.starts.marker_at(page, position, first=False)

    def _left_open(self, note: Note | None) -> Note | None:
        """Give the note that the next page may finish: the last, or one cut off in an address."""
        if note is None or (self.layout.trail and self._is_open(note)):
            return note
        for other in reversed(self.found.notes):
            if other.region != self.region:
                break
            last = self.sheet.text(other.lines[-1])
            if "://" in last and last[-1] in "-‐_=&":
                return other
        if self._is_open(note):
            return note
        same = (one for one in reversed(self.found.notes[-8:]) if self._wants_more(one))
        return next(same, None)

    def _counts_on(self, index: int) -> bool:
        match = START.match(self.sheet.text(index)[:40])
        return match is not None and value_of_marker(match) == self.starts.last + 1

    def _again(self, text: str) -> str | None:
        match = START.match(text[:40])
        return text[: match.end()] if match else None

    def _take_link(self, page: list[int], position: int) -> int:
        pieces: list[tuple[int, str, bool]] = []
        while position < len(page):
            index = page[position]
            text = self.sheet.text(index)
            if pieces:
                _, left, trail = pieces[-1]
                if not url_goes_on(left, text, trail, self.layout.trail) or has_cjk(text):
                    break
            pieces.append((index, text, self.sheet.lines[index].trail))
            self.sheet.take(index, "link", "an address repeated on a line of its own")
            position += 1
            if " " in text:
                break
        self.found.links.append(
            (pieces[0][0], join(pieces, self.layout.trail, self.sheet.opens).text)
        )
        return position

    def _continues(self, page: list[int], position: int, note: Note) -> bool:
        sheet = self.sheet
        index = page[position]
        text = sheet.text(index)
        left = sheet.lines[note.lines[-1]]
        if sheet.gap[index] and not has_cjk(left.text):
            return False
        if url_goes_on(left.text, text, left.trail, self.layout.trail) and not has_cjk(text):
            return self._may_wrap(note, index)
        if (
            self.cues.byline(text)
            or self.cues.topic(text)
            or (self.cues.enumerator(text) and has_cjk(text))
        ):
            return False
        if not has_cjk(text):
            return not ("://" in left.text and BARE_URL.search(left.text)) or "://" in text
        chinese_note = any(has_cjk(sheet.text(line)) for line in note.lines)
        return (
            chinese_note
            and not left.trail
            and not ends_sentence(left.text)
            and "://" not in left.text
        )

    def _may_wrap(self, note: Note, index: int) -> bool:
        """Say whether an address may run on from `note` to the line `index`.

        Where no trailing space tells: not over a gap, nor from a line much shorter than another.
        """
        last = note.lines[-1]
        if self.layout.trail or self.sheet.text(last)[-1] in "-_/=&?":
            return True
        near = [one for one in self.found.notes[-8:] if one.region == self.region]
        longest = max(self.sheet.width[line] for one in near for line in one.lines)
        return not self.sheet.gap[index] and self.sheet.width[last] >= 0.8 * longest

    def _is_open(self, note: Note) -> bool:
        last = self.sheet.lines[note.lines[-1]]
        if self.layout.trail:
            addressed = any("://" in self.sheet.text(index) for index in note.lines)
            return not last.trail or not (addressed or ends_sentence(last.text))
        return last.text[-1] not in ".。" or "://" in last.text
