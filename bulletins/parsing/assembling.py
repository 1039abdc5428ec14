"""Drafts become articles: blocks are made, notes tied, marks taken out, ids given."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.model import Article, Block, Footnote, Section
from bulletins.parsing.marks import Mark, candidates, tie
from bulletins.parsing.urls import merged, urls_in

if TYPE_CHECKING:
    from bulletins.parsing.blocks import BodyReader, Piece
    from bulletins.parsing.draft import Draft, DraftSection
    from bulletins.parsing.notes import Note, Notes
    from bulletins.parsing.sheet import Sheet


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
    links = _owners_of_links(notes, owner, texts)
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
            Block(piece.kind, text, sheet.page[piece.joined.lines[0]], piece.level, piece.rows)
            for piece, text in zip(pieces[number], cleaned[1:], strict=True)
        )
        footnotes = tuple(
            _footnote(notes.notes[note], places.get(note)) for note in notes_of.get(number, ())
        )
        title = cleaned[0]
        articles.append(
            Article(
                id=_article_id(issue_id, title, seen),
                title=title,
                page=sheet.page[draft.first],
                topic=draft.topic,
                authors=tuple(dict.fromkeys(draft.authors)),
                original_title=draft.original,
                sources=_sources(draft, blocks, footnotes, links.get(number, [])),
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
        texts.append(_Text(number, None, draft.title, tuple(draft.title_lines), (0,), []))
        texts += [
            _Text(number, block, piece.joined.text, piece.joined.lines, piece.joined.starts, [])
            for block, piece in enumerate(pieces[number])
        ]
    return texts


def _tie_notes(sheet: Sheet, notes: Notes, texts: list[_Text]) -> list[int]:
    """Tie every note to its mark, where one is found; give the article of each note."""
    if not notes.notes:
        return []
    spans = _spans_by_page(sheet, texts)
    owner = [-1] * len(notes.notes)
    numbers: dict[int, list[int]] = {}
    for number, note in enumerate(notes.notes):
        numbers.setdefault(note.page, []).append(number)
    used: set[tuple[int, int]] = set()
    # A page that was begun by mistake, or a mark on the last line above, leaves a note untied:
    # the page before is looked at too, behind the marks that its own notes took.
    for back in (0, 1):
        for page, own in numbers.items():
            loose = [number for number in own if owner[number] < 0]
            wanted = {notes.notes[number].marker for number in loose}
            marks = [
                mark
                for where, start, end in spans.get(page - back, ())
                if wanted
                for mark in candidates(where, texts[where].text, wanted, start, end)
                if (where, mark.start) not in used
            ]
            for place, mark in tie([notes.notes[number] for number in loose], marks).items():
                owner[loose[place]] = texts[mark.where].article
                texts[mark.where].marks.append((mark, loose[place]))
                used.add((mark.where, mark.start))
    _adopt(sheet, notes, texts, owner)
    return owner


def _spans_by_page(sheet: Sheet, texts: list[_Text]) -> dict[int, list[tuple[int, int, int]]]:
    """For each page, the (text, start, end) of what stands on it."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for where, text in enumerate(texts):
        ends = (*text.starts[1:], len(text.text))
        begun: dict[int, list[int]] = {}
        starts = text.starts if len(text.starts) == len(text.lines) else (0,) * len(text.lines)
        for line, start, end in zip(
            text.lines,
            starts,
            ends if len(ends) == len(text.lines) else (len(text.text),) * len(text.lines),
            strict=True,
        ):
            begun.setdefault(sheet.page[line], [start, end])[1] = end
        for page, (start, end) in begun.items():
            spans.setdefault(page, []).append((where, start, end))
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


def _owners_of_links(notes: Notes, owner: list[int], texts: list[_Text]) -> dict[int, list[str]]:
    """Give repeated links to the article of the note above them."""
    links: dict[int, list[str]] = {}
    for line, url in notes.links:
        above = -1
        for number, note in enumerate(notes.notes):
            if note.lines[0] < line:
                above = owner[number]
        if above < 0:
            before = [text.article for text in texts if text.lines and text.lines[0] < line]
            above = before[-1] if before else 0
        links.setdefault(above, []).append(url)
    return links


def _without_marks(texts: list[_Text]) -> tuple[list[str], dict[int, tuple[int | None, int]]]:
    """Take marks out: the texts, and (block, offset) of each note."""
    cleaned = []
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
        cleaned.append("".join(parts))
    return cleaned, places


def _footnote(note: Note, place: tuple[int | None, int] | None) -> Footnote:
    block, offset = place if place is not None else (None, None)
    return Footnote(note.marker, note.text, note.urls, note.page, block, offset)


def _sources(
    draft: Draft, blocks: tuple[Block, ...], footnotes: tuple[Footnote, ...], links: list[str]
) -> tuple[str, ...]:
    urls: list[str] = []
    for block in blocks:
        urls += urls_in(block.text)
    for footnote in footnotes:
        urls += footnote.urls
    return merged([*urls, *draft.urls, *links])


def _article_id(issue_id: str, title: str, seen: dict[str, int]) -> str:
    """Hash the issue, the title without spaces, marks and width, and its ordinal among equals."""
    normal = unicodedata.normalize("NFKC", title).casefold()
    folded = "".join(char for char in normal if char.isalnum())
    ordinal = seen.get(folded, 0)
    seen[folded] = ordinal + 1
    raw = f"{issue_id}\n{folded}\n{ordinal}".encode()
    return hashlib.sha256(raw).hexdigest()[:32]
