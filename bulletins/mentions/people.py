"""Persons: foreign names with ·, Latin names in a telling place, Chinese names with a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOT = re.compile(r"[\u4e00-\u9fff][·•・][\u4e00-\u9fffA-Z]")
# Every part is bounded and parts are kept apart by a space, so a long run of letters costs nothing.
_LATIN = re.compile(
    r"(?<![A-Za-z0-9.-])[A-Z][a-zà-ÿ'’]{1,24}(?:-[A-Z][a-zà-ÿ]{1,24})?(?: [A-Z]\.){0,2}"
    r"(?:(?: (?:de|van|von|der|la|al|bin)){0,2}"
    r" [A-Z][A-Za-zà-ÿ'’]{1,24}(?:-[A-Z]?[a-zà-ÿ]{1,24})?){1,3}"
    r"(?![A-Za-z0-9-])"
)
_PARENTHESIS = re.compile(r"[（(]")
_MAX_NAME = 32
_JOIN = "和、及与"
_NO_PERSON = frozenset(
    ["University", "Institute", "Technologies", "Technology", "Quantum", "Research", "Center",
     "Centre", "Program", "Act", "Systems", "Computing", "Group", "Inc", "Corporation", "Energy",
     "Science", "Materials", "Electronics", "Laboratory", "Labs", "Initiative", "Sciences",
     "Foundation"]
)  # fmt: skip


def find_people(clause: Clause) -> list[Candidate]:
    """Find the persons of a clause."""
    found = [*_dotted(clause), *_latin(clause), *_titled(clause), *_bilingual(clause)]
    found += _introduced(clause)
    found += [
        Candidate(start, end, "person", entry.kind, 3)
        for start, end, entry in clause.hits
        if entry.type == "person"
    ]
    return found


def _dotted(clause: Clause) -> Iterator[Candidate]:
    """杰克·沙利文: transliterating characters on both sides of the dot, titles cut off."""
    text, rules, last = clause.text, grammar(), 0
    for match in _DOT.finditer(text):
        dot = match.start() + 1
        if dot < last:
            continue
        start = dot
        while start > last and dot - start < 8 and text[start - 1] in rules.transliteration:
            if start != dot and rules.titles.before(text, start):
                break
            if clause.cuts[start] and start != dot:
                break
            start -= 1
        start = _after_place(clause, _after_title(clause, start, dot), dot)
        end = dot
        while end < len(text) and text[end] in "·•・" and end - start < _MAX_NAME:
            stop = end + 1
            while stop < len(text) and stop - end < 8 and text[stop] in rules.transliteration:
                if stop > end + 1 and (rules.titles.at(text, stop) or rules.hard.at(text, stop)):
                    break
                stop += 1
            if stop == end + 1:
                break
            end = stop + _ends_oddly(clause, stop)
        if end > dot + 1 and start < dot:
            last = end
            if not rules.ending_forms.at(text, end):
                yield Candidate(start, end, "person", "dotted", 2)


def _ends_oddly(clause: Clause, at: int) -> bool:
    """Say whether one more character is the name's last: a plain word begins right behind it."""
    text, rules = clause.text, grammar()
    if at + 1 >= len(text) or not HAN.match(text[at]) or text[at] in rules.stops:
        return False
    if any(forms.at(text, at) for forms in (rules.hard, rules.person_after, rules.titles)):
        return False
    if rules.ending_forms.at(text, at):
        return False
    return bool(rules.hard.at(text, at + 1) or rules.person_after.at(text, at + 1))


def _after_title(clause: Clause, start: int, dot: int) -> int:
    """Go back to a title close in front, over a character that seldom transliterates."""
    for at in range(start, max(dot - 6, 0), -1):
        if grammar().titles.before(clause.text, at):
            return at
        if not HAN.match(clause.text[at - 1]) or clause.cuts[at]:
            break
    return start


def _after_place(clause: Clause, start: int, dot: int) -> int:
    for at in range(start, dot):
        hit = clause.starts.get(at)
        if hit and hit[0] < dot and hit[1].type == "place":
            return hit[0]
    return start


def _latin(clause: Clause) -> Iterator[Candidate]:
    text, rules = clause.text, grammar()
    for match in _LATIN.finditer(text):
        start, end = match.span()
        name = match[0]
        if any(part in _NO_PERSON for part in name.replace("-", " ").split()):
            continue
        hit = clause.starts.get(start)
        if hit and hit[0] >= end - 1:
            continue
        after, before = text[end : end + 1], bool(rules.titles.before(text, start))
        school = _is_school(text, start) and bool(after) and after in _JOIN + "等"
        if rules.ending_forms.at(text, end):
            continue
        if rules.person_after.at(text, end):
            yield Candidate(start, end, "person", "latin", 2)
        elif before or school:
            yield Candidate(start, end, "person", "latin", 3)


def _is_school(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at] in ("大学", "学院", "分校") or (
        text[max(0, at - 3) : at] in ("研究所", "研究院", "实验室", "科学院")
    )


def _titled(clause: Clause) -> Iterator[Candidate]:
    """潘建伟院士, 王教授团队: a Chinese surname, one or two characters, and a title."""
    text, rules = clause.text, grammar()
    for at in range(2, len(text)):
        if not rules.short_titles.at(text, at):
            continue
        for length in (3, 2):
            start = at - length
            if start < 0 or text[start] not in rules.surnames:
                continue
            name = text[start:at]
            if not all(HAN.match(char) for char in name) or any(clause.cuts[start + 1 : at]):
                continue
            if any(rules.not_persons.at(name, i) for i in range(length)):
                continue
            if start and HAN.match(text[start - 1]) and not _opens(clause, start):
                continue
            if rules.is_generic(name) or rules.titles.at(name, 1) or rules.titles.at(name, 0):
                continue
            if rules.ending_forms.before(name, length) or rules.is_generic(name[1:]):
                continue
            if clause.words is not None and clause.words.is_known(name) and length == 2:
                continue
            yield Candidate(start, at, "person", "chinese", 4)
            break


def _introduced(clause: Clause) -> Iterator[Candidate]:
    """部长李宗昊发布: a title, a Chinese surname with one or two characters, and a plain word."""
    text, rules = clause.text, grammar()
    for at in range(2, len(text) - 1):
        if text[at] not in rules.surnames or not rules.titles.before(text, at):
            continue
        for length in (3, 2):
            end = at + length
            name = text[at:end]
            if len(name) < length or not all(HAN.match(char) for char in name):
                continue
            if any(rules.not_persons.at(name, i) for i in range(length)):
                continue
            if rules.is_generic(name) or rules.is_generic(name[1:]) or rules.hard.at(name, 0):
                continue
            if rules.ending_forms.before(name, length) or any(clause.cuts[at + 1 : end]):
                continue
            if rules.hard.at(text, end) or rules.person_after.at(text, end):
                yield Candidate(at, end, "person", "chinese", 4)
                break


def _opens(clause: Clause, start: int) -> bool:
    """Say whether a name can begin here: behind an organization, a title or a stop word."""
    rules, text = grammar(), clause.text
    return bool(
        clause.cuts[start]
        or rules.titles.before(text, start)
        or rules.ending_forms.before(text, start)
        or text[start - 1] in "和与、及由"
    )


def _bilingual(clause: Clause) -> Iterator[Candidate]:
    """代表袁莎伦（Sharon Yuan）: a title, a Chinese name, and a Latin name in brackets."""
    text, rules = clause.text, grammar()
    for match in _PARENTHESIS.finditer(text):
        at = match.start()
        latin = _LATIN.match(text, at + 1)
        if not latin or text[latin.end() : latin.end() + 1] not in ("）", ")", "，", ","):
            continue
        for length in (2, 3, 4, 5, 6):
            start = at - length
            if start < 1 or not all(HAN.match(char) for char in text[start:at]):
                break
            if rules.titles.before(text, start):
                yield Candidate(start, at, "person", "chinese", 2)
                break
