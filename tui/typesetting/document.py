"""An article as parts to be laid out: texts with logical addresses, and what is shown between.

What only the screen shows (note marks, the topic's brackets) is kept as inserts, apart from the
text, so that offsets stay those of the model. "Logical" offsets count code points of the text,
"shown" offsets those of the text with its inserts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, overload

from tui.corrected import NOTHING
from tui.typesetting.widths import cells

if TYPE_CHECKING:
    from bulletins.model import Article, Block, Footnote
    from tui.corrected import Beside
    from tui.typesetting.spans import Marked

PartKind = Literal[
    "title", "meta", "doubt", "heading", "paragraph", "list_item", "caption", "table",
    "label", "note", "source", "original", "printed",
]  # fmt: skip
AddressKind = Literal[
    "title",
    "meta",
    "doubt",
    "block",
    "footnote",
    "link",
    "label",
    "source",
    "original",
    "corrected",
    "printed",
]
Address = tuple[AddressKind, int]
"""Where a text comes from, such as ("block", 3); an index into the model's own tuple."""

TITLE: Address = ("title", 0)

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What a printed list item begins with; the rows after its first one hang behind it.
_BULLET = re.compile(
    r"(?:[•●○■□◆◇▪▫·‣–—*-]|[(（]?[0-9]{1,3}[.．、)）]|[(（]?[一二三四五六七八九十]{1,3}[、)）]"
    r"|[①-⑳⑴-⒇]|[(（]?[a-zA-Z][.)）])[ \u3000]*"
)


@dataclass(frozen=True, slots=True)
class Insert:
    """Text shown before the character at `offset`; `note` is the footnote that it marks, if any.

    A `sign` stands behind a passage that the reader marked.
    """

    offset: int
    text: str
    note: int | None = None
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One text to lay out. `prefix` is shown before it, `hang` indents (cells) its later rows."""

    address: Address
    kind: PartKind
    text: str
    level: int = 0
    prefix: str = ""
    hang: int = 0
    inserts: tuple[Insert, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    shown: str = field(init=False, default="")
    _offsets: tuple[int, ...] = field(init=False, default=(), repr=False)
    _starts: tuple[int, ...] = field(init=False, default=(), repr=False)
    _ends: tuple[int, ...] = field(init=False, default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.inserts:
            object.__setattr__(self, "shown", self.text)
            return
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = length = 0
        for insert in self.inserts:
            pieces += (self.text[last : insert.offset], insert.text)
            starts.append(length + insert.offset - last)
            length = starts[-1] + len(insert.text)
            ends.append(length)
            last = insert.offset
        pieces.append(self.text[last:])
        object.__setattr__(self, "shown", "".join(pieces))
        object.__setattr__(self, "_offsets", tuple(insert.offset for insert in self.inserts))
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "_ends", tuple(ends))

    def shown_start(self, offset: int) -> int:
        """Map a logical offset to the shown place of the character there."""
        index = bisect_right(self._offsets, offset)
        return offset + self._grown(index)

    def shown_end(self, offset: int) -> int:
        """Map a logical end to the shown one: a mark that stands at the end is outside."""
        index = bisect_left(self._offsets, offset)
        return offset + self._grown(index)

    def logical(self, shown: int) -> int:
        """Map a shown offset to the logical one; inside a mark, to where the mark stands."""
        index = bisect_right(self._starts, shown)
        if not index:
            return shown
        if shown < self._ends[index - 1]:
            return self._offsets[index - 1]
        return shown - self._grown(index)

    def insert_at(self, shown: int) -> Insert | None:
        """Find the insert that covers a shown offset."""
        index = bisect_right(self._starts, shown)
        if index and shown < self._ends[index - 1]:
            return self.inserts[index - 1]
        return None

    def inserts_in(self, start: int, end: int) -> tuple[tuple[int, int, Insert], ...]:
        """List the inserts that touch the shown range, each with its shown start and end."""
        if not self.inserts:
            return ()
        low, high = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return tuple((self._starts[i], self._ends[i], self.inserts[i]) for i in range(low, high))

    def _grown(self, index: int) -> int:
        return self._ends[index - 1] - self._offsets[index - 1] if index else 0


@dataclass(frozen=True, slots=True)
class Labels:
    """The reader's-language words that stand in a document, already translated."""

    notes: str = "Notes"
    sources: str = "Sources"
    original_title: str = "Original title"


class Parts(Sequence[Part]):
    """Parts in reading order; those of blocks are made when they are first looked at.

    So an article of very many blocks is opened at the cost of those on the screen.
    """

    def __init__(
        self, head: list[Part], blocks: int, block: Callable[[int], Part], tail: list[Part]
    ) -> None:
        self.before = len(head)
        self.after = len(head) + blocks
        self._head, self._block, self.tail = head, block, tail
        self._made: dict[int, Part] = {}

    def __len__(self) -> int:
        return self.after + len(self.tail)

    @overload
    def __getitem__(self, index: int) -> Part: ...
    @overload
    def __getitem__(self, index: slice) -> list[Part]: ...
    def __getitem__(self, index: int | slice) -> Part | list[Part]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if index < self.before:
            return self._head[index]
        if index >= self.after:
            return self.tail[index - self.after]
        part = self._made.get(index)
        if part is None:
            part = self._made[index] = self._block(index - self.before)
        return part


@dataclass(frozen=True, slots=True)
class Document:
    """An article's parts in reading order, and which notes are marked in which block."""

    parts: Parts
    notes_in: dict[int, tuple[int, ...]]
    _others: dict[Address, int] = field(repr=False)

    def number(self, address: Address) -> int | None:
        """Find which of the parts is at `address`, if the document has it."""
        kind, index = address
        if kind == "block":
            number = self.parts.before + index
            return number if index >= 0 and number < self.parts.after else None
        return self._others.get(address)

    def part(self, address: Address) -> Part | None:
        """Find the part at `address`, if the document has it."""
        number = self.number(address)
        return None if number is None else self.parts[number]


def mark_of(marker: str) -> str:
    """Show a note's marker as a raised number; what is not a number stays as printed."""
    return marker.translate(_SUPERSCRIPTS) if marker.isascii() and marker.isdigit() else marker


def document_of(
    article: Article,
    meta: str = "",
    labels: Labels | None = None,
    doubts: Sequence[str] = (),
    marked: Sequence[Marked] = (),
    beside: Beside = NOTHING,
) -> Document:
    """Make the document of `article`; the byline `meta` and `doubts` stand under the title.

    Of what is `marked` only the signs belong to the document. A corrected title stands above the
    printed one, a corrected source above what was printed of it.
    """
    labels = labels or Labels()
    marks: dict[int, list[tuple[int, int, Footnote]]] = {}
    for index, note in enumerate(article.footnotes):
        if note.offset is None or note.block is None or not 0 <= note.block < len(article.blocks):
            continue
        length = len(article.blocks[note.block].text)
        offset = min(max(note.offset, 0), length)
        marks.setdefault(note.block, []).append((offset, index, note))
    for found_marks in marks.values():
        found_marks.sort(key=itemgetter(0, 1))
    topic = (Insert(0, f"[{article.topic}] "),) if article.topic else ()
    signs = _signs(article, marked)
    own = tuple(signs.get(TITLE, ()))
    if beside.title:
        head = [
            Part(("corrected", 0), "title", beside.title, prefix="~ ", hang=2, inserts=topic),
            Part(TITLE, "printed", article.title, prefix="  ", hang=2, inserts=own),
        ]
    else:
        head = [Part(TITLE, "title", article.title, inserts=(*topic, *own))]
    if meta:
        head.append(Part(("meta", 0), "meta", meta))
    head += [Part(("doubt", i), "doubt", doubt, hang=2) for i, doubt in enumerate(doubts)]
    parts = Parts(
        head,
        len(article.blocks),
        lambda index: _block(
            index, article.blocks[index], marks.get(index, []), signs.get(("block", index), [])
        ),
        _tail(article, labels, beside, signs),
    )
    others = {part.address: index for index, part in enumerate(head)}
    others |= {part.address: parts.after + index for index, part in enumerate(parts.tail)}
    notes_in = {block: tuple(number for _, number, _ in found) for block, found in marks.items()}
    return Document(parts, notes_in, others)


def _tail(
    article: Article, labels: Labels, beside: Beside, signs: Mapping[Address, Sequence[Insert]]
) -> list[Part]:
    """Make what stands after the blocks: notes, the original title, sources."""
    parts: list[Part] = []
    if article.footnotes:
        parts.append(Part(("label", 0), "label", labels.notes))
        links = 0
        for index, note in enumerate(article.footnotes):
            found = _note(index, note, links, tuple(signs.get(("footnote", index), ())))
            links += len(found) - 1
            parts += found
    if article.original_title:
        parts.append(Part(("label", 1), "label", labels.original_title))
        parts.append(Part(("original", 0), "original", article.original_title))
    if article.sources:
        parts.append(Part(("label", 2), "label", labels.sources))
        for index, source in enumerate(article.sources):
            number = f"{index + 1} " + ("~ " if index in beside.sources else "")
            hang = len(number)
            parts.append(Part(("source", index), "source", source, prefix=number, hang=hang))
            if index in beside.sources:
                was = beside.sources[index]
                parts.append(Part(("printed", index), "printed", was, prefix=" " * hang, hang=hang))
    return parts


def _signs(article: Article, marked: Sequence[Marked]) -> dict[Address, list[Insert]]:
    """Make the signs behind marked passages, in the order in which they stand."""
    found: dict[Address, list[Insert]] = {}
    for one in sorted(marked, key=lambda one: one.end):
        text = _text_at(article, one.address)
        if one.sign and text is not None and one.end <= len(text):
            found.setdefault(one.address, []).append(Insert(one.end, one.sign, sign=True))
    return found


def _text_at(article: Article, address: Address) -> str | None:
    """The text of what may be marked; None where there is no such part."""
    kind, index = address
    if kind == "title":
        return article.title
    if kind == "footnote":
        return article.footnotes[index].text if 0 <= index < len(article.footnotes) else None
    if kind != "block" or not 0 <= index < len(article.blocks):
        return None
    return article.blocks[index].text


def _block(
    index: int, block: Block, marks: list[tuple[int, int, Footnote]], signs: list[Insert]
) -> Part:
    inserts = tuple(Insert(offset, mark_of(note.marker), number) for offset, number, note in marks)
    if signs:
        inserts = tuple(sorted((*inserts, *signs), key=lambda insert: insert.offset))
    prefix, hang = "", 0
    if block.kind == "list_item":
        bullet = _BULLET.match(block.text)
        prefix = "" if bullet else "• "
        hang = cells(bullet.group()) if bullet else cells(prefix)
    return Part(
        ("block", index),
        block.kind,
        block.text,
        level=block.level or 0,
        prefix=prefix,
        hang=min(hang, 8),
        inserts=inserts,
        cells=block.rows or (),
    )


def _note(index: int, note: Footnote, links: int, signs: tuple[Insert, ...]) -> list[Part]:
    """Make a note's part and those of its links that its text does not print; `links` so far."""
    prefix = f"{mark_of(note.marker)} "
    hang = min(cells(prefix), 8)
    own = Part(("footnote", index), "note", note.text, prefix=prefix, hang=hang, inserts=signs)
    parts = [own]
    for url in note.urls:
        if url not in note.text:
            address: Address = ("link", links + len(parts) - 1)
            parts.append(Part(address, "note", url, prefix=" " * hang, hang=hang))
    return parts
