"""Drafts become articles: blocks are made, notes tied, marks taken out, ids given."""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulletins.model import Article, Block, Footnote, Section
from bulletins.parsing.marks import Mark, candidates, tie
from bulletins.parsing.urls import merged, urls_in, with_links

if TYPE_CHECKING:
    from bulletins.parsing.blocks import BodyReader, Piece
    from bulletins.parsing.draft import Draft, DraftSection
    from bulletins.parsing.markers import Note, Notes
    from bulletins.parsing.sheet import Sheet

_MAX_PAGES = 4  # between a mark and a note that had no room on its page
_MAX_DISPLACED = 500  # notes that are looked for on other pages
_OTHER_PAGE = 0.6  # how much a mark on another page than its note's counts


@dataclass(slots=True)
class _Text:
    """A title or a block's text, where it stands, and the marks to be taken out of it."""

    article: int
    block: int | None
    text: str
    lines: tuple[int, ...]
    starts: tuple[int, ...]
    marks: list[tuple[Mark, int]]


def assemble(
    sheet: Sheet, sections: list[DraftSection], notes: Notes, body: BodyReader, issue_id: str
) -> tuple[Section, ...]:
    """Make the sections of the issue `issue_id`."""
    drafts = [draft for section in sections for draft in section.articles]
    pieces = [body.read(draft.body) for draft in drafts]
    texts = _texts(drafts, pieces)
    owner = _tie_notes(sheet, notes, texts)
    links = _owners_of_links(notes, owner)
    seen: dict[str, int] = {}
    articles = []
    by_article: dict[int, list[_Text]] = {}
    for text in texts:
        by_article.setdefault(text.article, []).append(text)
    notes_of: dict[int, list[int]] = {}
    for note, article in enumerate(owner):
        notes_of.setdefault(article, []).append(note)
    for number, draft in enumerate(drafts):
        cleaned, places = _without_marks(by_article[number])
        blocks = tuple(
            Block(
                piece.kind,
                cleaned.get(block, piece.joined.text),
                sheet.page[piece.joined.lines[0]],
                piece.level,
                piece.rows,
                sheet.lines[piece.joined.lines[0]].picture if piece.kind == "caption" else None,
            )
            for block, piece in enumerate(pieces[number])
        )
        footnotes = tuple(
            _footnote(notes.notes[note], places.get(note)) for note in notes_of.get(number, ())
        )
        title = cleaned[None]
        articles.append(
            Article(
                id=_article_id(issue_id, title, seen),
                title=title,
                page=sheet.page[draft.first],
                topic=draft.topic,
                authors=tuple(dict.fromkeys(draft.authors)),
                original_title=draft.original,
                sources=_sources(sheet, draft, blocks, footnotes, links.get(number, [])),
                blocks=blocks,
                footnotes=footnotes,
            )
        )
    out = []
    position = 0
    for section in sections:
        count = len(section.articles)
        out.append(Section(section.title, tuple(articles[position : position + count])))
        position += count
    return tuple(out)


def _texts(drafts: list[Draft], pieces: list[list[Piece]]) -> list[_Text]:
    texts = []
    for number, draft in enumerate(drafts):
        texts.append(
            _Text(number, None, draft.title, tuple(draft.title_lines), draft.title_starts, [])
        )
        texts += [
            _Text(number, block, piece.joined.text, piece.joined.lines, piece.joined.starts, [])
            for block, piece in enumerate(pieces[number])
            if piece.kind != "table"  # marks are not looked for in rows of numbers
        ]
    return texts


def _tie_notes(sheet: Sheet, notes: Notes, texts: list[_Text]) -> list[int]:
    """Tie every note to its mark, where one is found; give the article of each note."""
    if not notes.notes:
        return []
    owner = [-1] * len(notes.notes)
    numbers: dict[int, list[int]] = {}
    for number, note in enumerate(notes.notes):
        numbers.setdefault(note.region, []).append(number)
    spans = _spans_by_region(notes, texts)
    marked = sheet.looks.marked
    for region, own in numbers.items():
        wanted = {notes.notes[number].marker for number in own}
        page = notes.notes[own[0]].page
        marks = []
        for where, start, end, line in spans.get(region, ()):
            near = 1.0 if sheet.page[line] == page else _OTHER_PAGE
            raised = _raised(sheet, line, texts[where].text, start, end) if marked else None
            found = candidates(where, texts[where].text, wanted, start, end, raised)
            marks += [replace(mark, rating=mark.rating * near) for mark in found]
        for place, mark in tie([notes.notes[number] for number in own], marks).items():
            owner[own[place]] = texts[mark.where].article
            texts[mark.where].marks.append((mark, own[place]))
    if marked:
        _tie_displaced(sheet, notes, texts, owner, spans)
    _adopt(sheet, notes, texts, owner)
    return owner


def _tie_displaced(
    sheet: Sheet,
    notes: Notes,
    texts: list[_Text],
    owner: list[int],
    spans: dict[int, list[tuple[int, int, int, int]]],
) -> None:
    """Tie notes that had no room on the page of their mark to raised marks on pages near."""
    free = [number for number, article in enumerate(owner) if article < 0][:_MAX_DISPLACED]
    counts = Counter(note.marker for note in notes.notes)
    found = _raised_marks(sheet, {notes.notes[number].marker for number in free}, texts, spans)
    used = {
        (mark.marker, texts[at].lines) for at in range(len(texts)) for mark, _ in texts[at].marks
    }
    for number in free:
        note = notes.notes[number]
        once = counts[note.marker] == 1
        best: tuple[float, Mark] | None = None
        for region, line, mark in found.get(note.marker, ()):
            away = abs(sheet.page[line] - note.page)
            if not once and (away > _MAX_PAGES or abs(region - note.region) > 1):
                continue
            if (mark.marker, texts[mark.where].lines) in used:
                continue
            if best is None or mark.rating - away > best[0]:
                best = (mark.rating - away, mark)
        if best is not None:
            mark = best[1]
            used.add((mark.marker, texts[mark.where].lines))
            owner[number] = texts[mark.where].article
            texts[mark.where].marks.append((mark, number))


def _raised_marks(
    sheet: Sheet,
    wanted: set[str],
    texts: list[_Text],
    spans: dict[int, list[tuple[int, int, int, int]]],
) -> dict[str, list[tuple[int, int, Mark]]]:
    """Find the raised marks in all texts once: (region, line, mark) by marker."""
    found: dict[str, list[tuple[int, int, Mark]]] = {}
    for region, lines in spans.items() if wanted else ():
        for where, start, end, line in lines:
            raised = _raised(sheet, line, texts[where].text, start, end)
            if not raised:
                continue
            for mark in candidates(where, texts[where].text, wanted, start, end, raised):
                found.setdefault(mark.marker, []).append((region, line, mark))
    return found


def _raised(sheet: Sheet, line: int, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What is raised of a line that stands in `text` from `start` on, in places of `text`."""
    spans = sheet.lines[line].raised
    piece = text[start:end].rstrip()
    cut = sheet.text(line).find(piece)  # a title's topic or number is gone
    if not spans or cut < 0:
        return []
    moved = [(start + first - cut, start + last - cut) for first, last in spans]
    return [(first, last) for first, last in moved if start <= first < last <= end]


def _spans_by_region(
    notes: Notes, texts: list[_Text]
) -> dict[int, list[tuple[int, int, int, int]]]:
    """For each region of notes, the (text, start, end, line) of the lines above it.

    Those are the lines behind the region before. A region stands at a page's foot, behind an
    article or at the end of the file: in each case the marks are above it.
    """
    firsts: list[int] = []
    for note in notes.notes:
        if note.region > len(firsts):
            firsts.append(note.lines[0])
    spans: dict[int, list[tuple[int, int, int, int]]] = {}
    for where, text in enumerate(texts):
        ends = (*text.starts[1:], len(text.text))
        for line, start, end in zip(text.lines, text.starts, ends, strict=False):
            region = bisect_right(firsts, line) + 1
            spans.setdefault(region, []).append((where, start, end, line))
    return spans


def _adopt(sheet: Sheet, notes: Notes, texts: list[_Text], owner: list[int]) -> None:
    """Give a note without a mark to the last article that stands on its page."""
    last_on: dict[int, int] = {}
    for text in texts:
        for line in text.lines:
            last_on[sheet.page[line]] = text.article
    previous = 0
    for number, note in enumerate(notes.notes):
        if owner[number] < 0:
            owner[number] = last_on.get(note.page, previous)
        previous = owner[number]


def _owners_of_links(notes: Notes, owner: list[int]) -> dict[int, list[str]]:
    """Give repeated links to the article of the note above them."""
    links: dict[int, list[str]] = {}
    begins = [note.lines[0] for note in notes.notes]
    same = {url: owner[number] for number, note in enumerate(notes.notes) for url in note.urls}
    for line, url in notes.links:
        if url in same:
            continue  # its note says it already
        above = bisect_right(begins, line) - 1
        links.setdefault(owner[max(above, 0)] if owner else 0, []).append(url)
    return links


def _without_marks(
    texts: list[_Text],
) -> tuple[dict[int | None, str], dict[int, tuple[int | None, int]]]:
    """Take marks out: the texts by block (None: title), and (block, offset) of each note."""
    cleaned: dict[int | None, str] = {}
    places: dict[int, tuple[int | None, int]] = {}
    for text in texts:
        parts = []
        position = removed = 0
        for mark, note in sorted(text.marks, key=lambda pair: pair[0].start):
            parts.append(text.text[position : mark.start])
            places[note] = (text.block, mark.start - removed)
            removed += mark.end - mark.start
            position = mark.end
        parts.append(text.text[position:])
        cleaned[text.block] = "".join(parts)
    return cleaned, places


def _footnote(note: Note, place: tuple[int | None, int] | None) -> Footnote:
    block, offset = place if place is not None else (None, None)
    return Footnote(note.marker, note.text, note.urls, note.page, block, offset)


def _sources(
    sheet: Sheet,
    draft: Draft,
    blocks: tuple[Block, ...],
    footnotes: tuple[Footnote, ...],
    links: list[str],
) -> tuple[str, ...]:
    urls: list[str] = []
    lines = (sheet.lines[index] for index in (*draft.title_lines, *draft.body))
    leads = [link.url for line in lines for link in line.links]
    for block in blocks:
        urls += urls_in(block.text)
    for footnote in footnotes:
        urls += footnote.urls
    return merged(
        with_links([*urls, *draft.urls, *links], leads) if leads else [*urls, *draft.urls, *links]
    )


def _article_id(issue_id: str, title: str, seen: dict[str, int]) -> str:
    """Hash the issue, the title without spaces, marks and width, and its ordinal among equals."""
    normal = unicodedata.normalize("NFKC", title).casefold()
    folded = "".join(char for char in normal if char.isalnum())
    ordinal = seen.get(folded, 0)
    seen[folded] = ordinal + 1
    raw = f"{issue_id}\n{folded}\n{ordinal}".encode()
    return hashlib.sha256(raw).hexdigest()[:32]
