"""Places: known names outside longer ones, towns behind a state's name, 中美, 对华, 美 NSF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import PAIRS, Candidate, Clause, left_edge, specifier
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = "中美英法德日韩俄印加澳欧"
_PAIR = re.compile(rf"[{_SHORT}]{{2,4}}")
_TRIPLES = frozenset(
    [
        "中美欧",
        "美日韩",
        "美英澳",
        "美欧日",
        "中日韩",
        "美日印澳",
        "美日荷",
        "中美英",
        "中美日",
        "美日澳",
    ]
)
_NOT_BEFORE_PAIR = frozenset("其集发当心")
_NOT_AFTER_PAIR = frozenset("元洲国学文语味容洋制系裔军方式企")
_CHINA = re.compile(r"[对在涉访驻来赴](华)(?!为|盛|人|裔|北|东|南|中|西|侨|夏|尔|沙|大|虹|润|硕)")


def find_places(clause: Clause) -> list[Candidate]:
    """Find the places of a clause."""
    found = [
        Candidate(start, end, "place", entry.kind, 4)
        for start, end, entry in clause.hits
        if entry.type == "place"
    ]
    return [*found, *_towns(clause), *_parks(clause), *_short(clause), *_adjectives(clause)]


def _towns(clause: Clause) -> Iterator[Candidate]:
    """俄勒冈州|梅德福, 佛罗里达州|棕榈湾: what stands between a state and the next stop word."""
    text, rules = clause.text, grammar()
    for start, end, entry in clause.hits:
        if entry.kind != "state" or end >= len(text):
            continue
        del start
        stop = end
        while stop < len(text) and stop - end < 7 and text[stop] in rules.transliteration:
            if stop > end and rules.hard.at(text, stop):
                break
            stop += 1
        if stop - end >= 2 and text[stop : stop + 1] not in ("大", "学"):
            if text[stop : stop + 1] in rules.town_endings:
                stop += 1
            yield Candidate(end, stop, "place", "town", 4)
            continue
        for length in range(2, 6):
            char = text[end + length - 1 : end + length]
            if not char or not HAN.match(char) or clause.cuts[end + length - 1]:
                break
            if char in rules.town_endings:
                yield Candidate(end, end + length, "place", "town", 4)
                break


def _parks(clause: Clause) -> Iterator[Candidate]:
    text, rules = clause.text, grammar()
    for at in range(2, len(text)):
        ending = rules.place_endings.at(text, at)
        if not ending:
            continue
        start = left_edge(clause, at)
        if start < at and specifier(clause, start) in ("place", "organization", "latin", "country"):
            yield Candidate(start, at + len(ending), "place", "park", 4)


def _short(clause: Clause) -> Iterator[Candidate]:
    """中美, 美印, 对华: one-character names in the company in which they are certain."""
    text = clause.text
    for match in _PAIR.finditer(text):
        start, end = match.span()
        run = match[0]
        for length in (4, 3, 2):
            if len(run) >= length and (run[:length] in PAIRS or run[:length] in _TRIPLES):
                end = start + length
                break
        else:
            continue
        before = text[start - 1] if start else ""
        if text[end : end + 1] in _NOT_AFTER_PAIR or before in _NOT_BEFORE_PAIR:
            continue
        if any(begin < end and stop > start for begin, (stop, _) in _near(clause, start, end)):
            continue
        for at in range(start, end):
            yield Candidate(at, at + 1, "place", "short", 6)
    for match in _CHINA.finditer(text):
        yield Candidate(match.start(1), match.end(1), "place", "short", 6)


def _near(clause: Clause, start: int, end: int) -> list[tuple[int, tuple[int, object]]]:
    return [(at, clause.starts[at]) for at in range(max(0, start - 8), end) if at in clause.starts]


def _adjectives(clause: Clause) -> Iterator[Candidate]:
    """美 NSF, 美学者, 由美牵头: one character before a Latin name or a telling word."""
    text, rules = clause.text, grammar()
    for at, char in enumerate(text[:-1]):
        if char not in "美英俄韩印澳" and not (char in "日德法加欧" and at == 0):
            continue
        before = text[at - 1] if at else ""
        if at and HAN.match(before) and before not in "由与和据过在对":
            continue
        following = text[at + 1]
        opens = clause.is_title or not at or not HAN.match(before) or before == "由"
        if following.isascii() and following.isupper():
            if char in "美英韩印澳日欧德法俄":
                yield Candidate(at, at + 1, "place", "short", 6)
        elif rules.country_follow.at(text, at + 1) and at not in clause.starts and opens:
            yield Candidate(at, at + 1, "place", "short", 6)
