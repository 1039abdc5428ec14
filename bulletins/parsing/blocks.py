"""The body of an article: its lines become headings, paragraphs, list items and captions."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from bulletins.parsing.boundaries import SAID
from bulletins.parsing.joining import Joined, join
from bulletins.parsing.sheet import ends_hard, ends_sentence, ends_wide, has_cjk, opening_of
from bulletins.parsing.tables import TableReader

if TYPE_CHECKING:
    from bulletins.model import BlockKind
    from bulletins.parsing.cues import Cues, Enumerator
    from bulletins.parsing.layout import Layout
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet
    from bulletins.parsing.tables import Table

_MAX_HEADING = 90  # characters
_POINTS = tuple(f"{number}是" for number in "一二三四五六七八九十")
_PANELS = re.compile(r"[（(](?:[左右上下中]|[a-dA-D])[）)]")  # the parts of a picture
_MAX_BETWEEN = 3  # blocks that may stand between two parts of a paragraph
_MAX_BARE_HEADING = 44  # cells


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before its marks are tied: kind, joined text, and the rank of its number."""

    kind: BlockKind
    joined: Joined
    rank: int | None = None
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] | None = None


class _Run(NamedTuple):
    """The lines of one block, and what their first line was told to be."""

    lines: list[int]
    enumerator: Enumerator | None
    cue: str


class BodyReader:
    """Makes blocks of body lines."""

    def __init__(self, sheet: Sheet, cues: Cues, layout: Layout, plan: Plan) -> None:
        self.sheet, self.cues, self.layout, self.plan = sheet, cues, layout, plan
        self.tables = TableReader(sheet, cues, layout)
        self.body: list[int] = []
        self.openings = self._openings(
            [index for index, role in enumerate(sheet.role) if role == "body"]
        )
        self.place: dict[int, int] = {}
        self.among_items = False  # the open block counts on from an item that is a sentence

    def read(self, body: list[int]) -> list[Piece]:
        """Cut `body` into blocks, in order."""
        self.body = body
        self.place = {index: place for place, index in enumerate(body)}
        runs: list[_Run] = []
        tables: dict[int, Table] = {}
        position = 0
        while position < len(body):
            table = self.tables.table_at(body, position)
            if table is not None:
                tables[len(runs)] = table
                runs.append(_Run(body[position : position + table.taken], None, "table"))
                position += table.taken
                continue
            index = body[position]
            position += 1
            text = self.sheet.text(index)
            enumerator = self.cues.enumerator(text)
            cue = self._cue(text)
            self.among_items = _follows_item(runs, self.sheet)
            if not runs or self._breaks(runs[-1], index, enumerator, cue):
                runs.append(_Run([index], enumerator, cue))
            else:
                self._run_of(runs, index).lines.append(index)
        pieces = [
            self._table(run, tables[number]) if number in tables else self._piece(run, number, runs)
            for number, run in enumerate(runs)
        ]
        told = [
            replace(piece, kind="heading") if run.lines[0] in self.plan.headings else piece
            for run, piece in zip(runs, _listed(_captioned(pieces)), strict=True)
        ]
        finished = _levelled(told)
        for run, piece in zip(runs, finished, strict=True):
            self._explain(run, piece.kind)
        return finished

    def _run_of(self, runs: list[_Run], index: int) -> _Run:
        """The run that a line goes on with: a picture's caption may stand in between."""
        if self.sheet.lines[index].begins is None:
            return runs[-1]
        near = runs[: -_MAX_BETWEEN - 1 : -1]
        return next((run for run in near if self.sheet.looks.alike(run.lines[-1], index)), runs[-1])

    def _cue(self, text: str) -> str:
        length = self.cues.bracket_head(text)
        if length:
            return "bracket" if length >= len(text.rstrip()) else "lead"
        if self.cues.note_head(text):
            return "lead"
        return "caption" if self.cues.caption(text) else ""

    def _breaks(self, run: _Run, index: int, enumerator: Enumerator | None, cue: str) -> bool:
        """Say whether the line `index` begins a new block behind `run`."""
        left_index = run.lines[-1]
        if self.plan.headings and not self.plan.headings.isdisjoint((index, left_index)):
            return not {index, left_index} <= self.plan.headings
        left, line = self.sheet.lines[left_index], self.sheet.lines[index]
        turned = self.sheet.page[left_index] != self.sheet.page[index]
        if line.begins is not None:
            return line.begins or run.cue == "table"
        if run.cue == "table" or (self.layout.blanks and line.blank and not turned):
            return True
        if self.layout.trail and ends_wide(left.text):
            return left.trail and not self._space_at_wrap(run, left_index, line.text)
        if self.layout.indents and 2 <= line.indent <= 8:
            return True
        if run.cue == "bracket" or cue in ("bracket", "lead"):
            return True
        if self.layout.width is None:
            loose = self.layout.blanks and enumerator is None and not ends_hard(left.text)
            return not (loose and self.sheet.width[left_index] >= _MAX_BARE_HEADING)
        if not self._filled(run, left_index, index):
            return True
        if cue == "caption":
            return ends_hard(left.text)
        if self._next_point(run, line.text) and ends_sentence(left.text):
            return True
        if enumerator is not None and ends_sentence(left.text):
            return not self._counts_inline(run, enumerator)
        return False

    def _next_point(self, run: _Run, text: str) -> bool:
        """Say whether `二是…` follows a paragraph that `一是…` begins."""
        first = self.sheet.text(run.lines[0])
        return any(
            first.startswith(one) and text.startswith(two)
            for one, two in itertools.pairwise(_POINTS)
        )

    def _space_at_wrap(self, run: _Run, left: int, following: str) -> bool:
        """Say whether the white space behind a line is one that is printed before Latin text."""
        latin = following[0].isdigit() or (following[0].isascii() and run.enumerator is None)
        open_ = not ends_hard(self.sheet.text(left)) and run.cue != "caption"
        return (
            latin
            and open_
            and self.layout.filled(self.sheet.width[left] + self.layout.inset, following)
        )

    def _filled(self, run: _Run, left: int, index: int) -> bool:
        """Say whether the line `left` reaches so far that the line `index` goes on with it."""
        edge = self.layout.width
        if edge is None:
            return False
        following = self.sheet.text(index)
        cells = self.sheet.width[left]
        if len(run.lines) == 1 and (run.enumerator is None or self.among_items):
            cells += self.layout.inset
        if not ends_hard(self.sheet.text(left)):
            near = self._near(run, left, index)
            return cells >= near * edge or self.layout.filled(cells, following)
        text = self.sheet.text(left)
        if not self.layout.filled(cells, following) or self.layout.room_left(
            cells, text, following
        ):
            return False
        # A full line that ends a sentence may end a paragraph: the next line's own width tells.
        after = self._line_after(index)
        if opening_of(following) in self.openings:
            return False
        return not (after and self.layout.set_in(self.sheet.width[index], following, after))

    def _near(self, run: _Run, left: int, index: int) -> float:
        """The share of a full line that a line without an end must have to be gone on with.

        A numbered line may be a head: that goes on only if it says so itself, or if what follows
        can be nothing but its tail.
        """
        text = self.sheet.text(left)
        if run.cue == "caption" or _PANELS.search(text[-8:]):
            return 0.94
        if run.enumerator is None or len(run.lines) > 1:
            return 0.8
        tail = (
            not ends_hard(self.sheet.text(index))
            and not self.layout.full(self.sheet.width[index])
            and self.cues.enumerator(self.sheet.text(index)) is None
        )
        return 0.87 if tail or any(mark in text for mark in "，；。") else 1.0

    def _openings(self, body: list[int]) -> frozenset[str]:
        """How paragraphs open that surely begin one: behind a short line that ends a sentence."""
        width = self.layout.width
        if width is None or self.layout.trail:
            return frozenset()
        return frozenset(
            opening_of(self.sheet.text(index))
            for before, index in itertools.pairwise(body)
            if self.sheet.width[before] < 0.8 * width and ends_hard(self.sheet.text(before))
        ) - {""}

    def _line_after(self, index: int) -> str:
        """The text of the body line behind one, "" behind the last."""
        place = self.place.get(index, len(self.body))
        return self.sheet.text(self.body[place + 1]) if place + 1 < len(self.body) else ""

    def _counts_inline(self, run: _Run, enumerator: Enumerator) -> bool:
        """Say whether the paragraph already counts (…（1）…；（2）…) within its lines."""
        if enumerator.value is None or enumerator.value < 2:
            return False
        if run.enumerator is not None and run.enumerator.shape == enumerator.shape:
            return False
        before = enumerator.value - 1
        wanted = {
            "（1）": (f"（{before}）", f"({before})"),
            "1）": (f"{before}）", f"{before})"),
            "①": (chr(ord("①") + before - 1),),
            "（一）": ("（" + "一二三四五六七八九十"[min(before, 10) - 1] + "）",),
        }.get(enumerator.shape, ())
        return any(mark in self.sheet.text(line) for line in run.lines for mark in wanted)

    def _piece(self, run: _Run, number: int, runs: list[_Run]) -> Piece:
        pieces = []
        for index in run.lines:
            line = self.sheet.lines[index]
            text = line.text
            if index in self.plan.cut_at:
                text = text[: self.plan.cut_at[index]].rstrip()
            text = text[self.plan.cut_from.get(index, 0) :]
            pieces.append((index, text, line.trail))
        joined = join(pieces, self.layout.trail, self.sheet.opens)
        kind = self._kind(run, joined.text, number, runs)
        rank = run.enumerator.rank if run.enumerator is not None else None
        if kind == "heading" and run.cue == "bracket":
            rank = -1
        return Piece(kind, joined, rank)

    def _table(self, run: _Run, table: Table) -> Piece:
        texts = [" | ".join(row) for row in table.rows]
        starts = []
        length = 0
        for text in texts:
            starts.append(length)
            length += len(text) + 1
        return Piece("table", Joined("\n".join(texts), table.lines, tuple(starts)), rows=table.rows)

    def _explain(self, run: _Run, kind: str) -> None:
        for index in run.lines:
            first = index == run.lines[0]
            self.sheet.take(index, kind, self._reason(run) if first else "goes on from above")

    def _reason(self, run: _Run) -> str:
        if run.lines[0] in self.plan.headings:
            return SAID
        if run.enumerator is not None:
            return f"numbered {run.enumerator.shape}"
        return {
            "bracket": "a head in brackets",
            "caption": "a caption's label",
            "table": "cells told apart by gaps",
        }.get(run.cue, "begins behind the end of another block")

    def _kind(self, run: _Run, text: str, number: int, runs: list[_Run]) -> BlockKind:
        if run.cue == "bracket":
            return "heading"
        finished = ends_hard(text) or text[-1:] in "；;：:，,、"
        if run.cue == "caption":
            return "paragraph" if finished and len(text) > 40 else "caption"
        head = all(map(self.sheet.looks.stands_out, run.lines)) and len(text) <= _MAX_HEADING
        if head and number and (run.enumerator is not None or not ends_hard(text)):
            return "heading"
        if self.sheet.lines[run.lines[0]].picture is not None and len(text) <= _MAX_HEADING:
            return "caption"
        if run.enumerator is not None:
            short = len(text) <= _MAX_HEADING and "。" not in text
            return "heading" if short and (not finished or text[-1] in "？?！!") else "list_item"
        if finished or not has_cjk(text) or len(run.lines) > 1:
            return "paragraph"
        if _PANELS.search(text) and number and len(text) <= _MAX_HEADING:
            return "caption"
        if self.sheet.gap[run.lines[0]] and number and not self.layout.blanks:
            return "caption"
        follows = number + 1 < len(runs)
        short = self.sheet.width[run.lines[0]] <= _MAX_BARE_HEADING
        return (
            "heading"
            if short and follows and number and not self.cues.note_head(text)
            else "paragraph"
        )


def _follows_item(runs: list[_Run], sheet: Sheet) -> bool:
    """Say whether the last block is numbered like the one before, which is a sentence."""
    if len(runs) < 2:
        return False
    before, last = runs[-2].enumerator, runs[-1].enumerator
    if before is None or last is None or before.shape != last.shape:
        return False
    return ends_sentence(sheet.text(runs[-2].lines[-1]))


def _captioned(pieces: list[Piece]) -> list[Piece]:
    """A picture leaves its caption in the text: one bare line alone. Sub-heads come in twos."""
    bare = [n for n, piece in enumerate(pieces) if piece.kind == "heading" and piece.rank is None]
    if len(bare) != 1 or not 0 < bare[0] < len(pieces) - 1:
        return pieces
    out = list(pieces)
    between = pieces[bare[0] - 1].kind == "paragraph" == pieces[bare[0] + 1].kind
    if between:
        out[bare[0]] = replace(out[bare[0]], kind="caption")
    return out


def _listed(pieces: list[Piece]) -> list[Piece]:
    """Numbered lines of one shape that follow each other with nothing between are a list."""
    out = list(pieces)
    for number, piece in enumerate(pieces):
        if piece.kind != "heading" or piece.rank is None or piece.rank < 0:
            continue
        near = pieces[number - 1 : number] + pieces[number + 1 : number + 2]
        if any(other.kind == "heading" and other.rank == piece.rank for other in near):
            out[number] = replace(piece, kind="list_item")
    return out


def _levelled(pieces: list[Piece]) -> list[Piece]:
    """Give headings levels: the outermost shape that the article uses is level 1."""
    ranks = sorted(
        {
            piece.rank
            for piece in pieces
            if piece.kind == "heading" and piece.rank is not None and piece.rank >= 0
        }
    )
    level = {rank: number for number, rank in enumerate(ranks, 1)}
    out = []
    current = 0
    for piece in pieces:
        if piece.kind != "heading":
            out.append(piece)
            continue
        if piece.rank is None:
            found = current + 1
        elif piece.rank < 0:
            found = current = 1
        else:
            found = current = level[piece.rank]
        out.append(replace(piece, level=found))
    return out
