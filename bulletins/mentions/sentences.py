"""A sentence as a string in which each mention is one letter, so that short patterns can read it.

Brackets and quotation marks are left out; every letter knows its place, so that what a pattern
finds is given back as the exact words of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.model import Amount, DateMention, Entity, Evidence, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletins.mentions.view import View

# The letters, from Unicode's private use area. A text that holds them itself loses them first.
ORGANIZATION, PLACE, PROGRAM, DOCUMENT, PERSON = "\ue000\ue001\ue002\ue003\ue004"
SUM, DATE, ACTOR, ANAPHOR = "\ue005\ue006\ue007\ue008"
_LETTERS = {
    "organization": ORGANIZATION, "place": PLACE, "program": PROGRAM, "document": DOCUMENT,
    "person": PERSON,
}  # fmt: skip
_OWN = re.compile("[\ue000-\ue008]")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_LEFT_OUT = re.compile(r"[（(][^（()）。]{0,400}[）)]|[“”‘’《》「」『』\"]")
_CLAUSE = re.compile(r"[，；：;]|——|[,:](?!\d)")
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "‘": "’"}

Mention = Amount | DateMention | Entity


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a view that is one letter of a sentence (none, if it is left out)."""

    start: int
    end: int
    letter: str
    mention: Mention | None = None
    index: int = -1


@dataclass(slots=True)
class Sentence:
    """The letters of one sentence, where each begins and ends in the view, and its clauses.

    `sums` gives for each sum its position in `text` and its index in `Mentions.amounts`; `clauses`
    are spans of `text`. `before` is the sentence in front of it in its block.
    """

    view: View
    place: Place
    text: str
    starts: list[int]
    ends: list[int]
    tokens: dict[int, Token]
    clauses: list[tuple[int, int]] = field(default_factory=list)
    sums: list[tuple[int, int]] = field(default_factory=list)
    before: Sentence | None = None

    def clause_of(self, at: int) -> int:
        """Give the index of the clause in which a letter stands."""
        return max(0, bisect_right(self.clauses, (at, len(self.text) + 1)) - 1)

    def evidence(self, start: int, end: int, value: str = "") -> Evidence:
        """Give the words of `text[start:end]` as printed, and what they say.

        Without a value that is a name's canonical form, else the words themselves.
        """
        while start < end and self.text[start] == " ":
            start += 1
        while end > start + 1 and self.text[end - 1] == " ":
            end -= 1
        source = self.view.source
        first, last = (
            self.view.offsets[self.starts[start]],
            self.view.span(0, self.ends[end - 1])[1],
        )
        if end - start > 1:
            first, last = _balanced(source, first, last)
        words = source[first:last]
        token = self.tokens.get(start)
        if not value and end - start == 1 and token and isinstance(token.mention, Entity):
            value = token.mention.canonical
        place = Place(first, last, self.place.block, self.place.footnote)
        return Evidence(words, place, value or words)


def _balanced(source: str, first: int, last: int) -> tuple[int, int]:
    """Take in the quotation mark or bracket right outside whose partner is inside."""
    words = source[first:last]
    if first and (partner := _PAIRS.get(source[first - 1])):
        own = source[first - 1]
        if words.count(partner) > words.count(own):
            first -= 1
    for own, partner in _PAIRS.items():
        if source[last : last + 1] == partner and words.count(own) > words.count(partner):
            last += 1
            break
    return first, last


def read_sentences(
    view: View,
    place: Place,
    amounts: Sequence[tuple[int, Amount]],
    others: Sequence[DateMention | Entity],
    words: re.Pattern[str],
    anaphors: re.Pattern[str],
) -> Iterator[Sentence]:
    """Give the sentences of a view that hold a sum, in order.

    `amounts` are the view's sums with their indices; `words` finds generic actors, `anaphors` what
    points back (该公司, 向其).
    """
    if not amounts:
        return
    letters = _OWN.sub("\ufffd", view.text)
    tokens = _tokens(view, letters, amounts, others, words, anaphors)
    first = [token.start for token in tokens]
    previous: tuple[int, int] | None = None
    held: Sentence | None = None
    wanted = [token.start for token in tokens if token.letter == SUM]
    at = 0
    for match in _SENTENCE.finditer(letters):
        start, end = match.span()
        while at < len(wanted) and wanted[at] < start:
            at += 1
        if at < len(wanted) and wanted[at] < end:
            if held is None and previous is not None:
                held = _sentence(view, place, letters, tokens, first, previous)
            sentence = _sentence(view, place, letters, tokens, first, (start, end))
            sentence.before = held
            held = sentence
            yield sentence
        else:
            held = None
        previous = (start, end)


def _tokens(
    view: View,
    letters: str,
    amounts: Sequence[tuple[int, Amount]],
    others: Sequence[DateMention | Entity],
    words: re.Pattern[str],
    anaphors: re.Pattern[str],
) -> list[Token]:
    """Give all tokens of a view in order; where two overlap, sums, then mentions come first."""
    offsets = view.offsets
    found: list[tuple[int, int, int, Token]] = []
    for rank, index, one in [*((0, i, a) for i, a in amounts), *((1, -1, o) for o in others)]:
        letter = _letter(one)
        if letter:
            start = bisect_left(offsets, one.place.start)
            end = bisect_left(offsets, one.place.end)
            if start < end:
                found.append((rank, start, end, Token(start, end, letter, one, index)))
    spare = letters
    if found:
        # Generic words are looked for beside the names, not across their ends.
        covered = bytearray(len(letters))
        for _, start, end, _ in found:
            covered[start:end] = b"\1" * (end - start)
        spare = "".join(map(_uncovered, letters, covered))
    for rank, letter, pattern in ((2, ANAPHOR, anaphors), (3, ACTOR, words), (4, "", _LEFT_OUT)):
        for match in pattern.finditer(spare if letter else letters):
            start, end = match.span()
            found.append((rank, start, end, Token(start, end, letter)))
    # What is left out in brackets takes its mentions with it; quotation marks inside names do not.
    whole = [(s, e) for rank, s, e, token in found if rank == 4 and e - s > 1]
    found.sort(key=lambda one: one[:3])
    taken = bytearray(len(letters))
    for start, end in whole:
        taken[start:end] = b"\1" * (end - start)
    kept = [Token(start, end, "") for start, end in whole]
    for rank, start, end, token in found:
        if rank == 4 and end - start > 1:
            continue
        if not (taken[start] or taken[end - 1]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(token)
    kept.sort(key=lambda token: (token.start, token.end))
    return kept


def _uncovered(char: str, covered: int) -> str:
    return "\ufffd" if covered else char


def _letter(mention: Mention) -> str:
    if isinstance(mention, Entity):
        return _LETTERS.get(mention.type, "")
    return SUM if isinstance(mention, Amount) else DATE


def _sentence(
    view: View,
    place: Place,
    letters: str,
    tokens: Sequence[Token],
    first: Sequence[int],
    span: tuple[int, int],
) -> Sentence:
    at, end = span
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    held: dict[int, Token] = {}
    for index in range(bisect_left(first, at), len(tokens)):
        token = tokens[index]
        if token.start >= end:
            break
        if token.start < at or token.end > end:
            continue
        pieces.append(letters[at : token.start])
        starts.extend(range(at, token.start))
        ends.extend(range(at + 1, token.start + 1))
        if token.letter:
            held[len(starts)] = token
            pieces.append(token.letter)
            starts.append(token.start)
            ends.append(token.end)
        at = token.end
    pieces.append(letters[at:end])
    starts.extend(range(at, end))
    ends.extend(range(at + 1, end + 1))
    text = "".join(pieces)
    sentence = Sentence(view, place, text, starts, ends, held)
    sentence.clauses = _clauses(text)
    sentence.sums = [(at, one.index) for at, one in held.items() if one.letter == SUM]
    return sentence


def _clauses(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in _CLAUSE.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    return spans
