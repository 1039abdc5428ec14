"""Persons: foreign names with ·, Latin names in a telling place, Chinese names with a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.chinese_names import find_chinese_names, is_name_place
from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOT = re.compile(r"[\u4e00-\u9fff][·•・](?:[\u4e00-\u9fff]|[A-Z][·•・])")
# Every part is bounded and parts are kept apart by a space, so a long run of letters costs nothing.
_LATIN = re.compile(
    r"(?<![A-Za-z0-9.-])[A-Z][a-zà-ž'’]{1,24}(?:-[A-Z][a-zà-ž]{1,24})?(?: [A-Z]\.){0,2}"
    r"(?:(?: (?:de|van|von|den|der|la|al|bin|di|da|le|ter)){0,2}"
    r" [A-Z][A-Za-zÀ-ž'’]{1,24}(?:-[A-Z]?[a-zà-ž]{1,24})?){1,3}"
    r"(?: (?:den|der|de) [a-z]{2,12})?(?![A-Za-z-])(?!\d[A-Za-z])"
)
_PARENTHESIS = re.compile(r"[（(]")
_MAX_NAME = 32
_NO_PERSON = frozenset(
    ["University", "Institute", "Technologies", "Technology", "Quantum", "Research", "Center",
     "Centre", "Program", "Act", "Systems", "Computing", "Group", "Inc", "Corporation", "Energy",
     "Science", "Materials", "Electronics", "Laboratory", "Labs", "Initiative", "Sciences",
     "Foundation", "Lab", "Media", "Network", "Project", "Alliance", "Association", "Council",
     "Group", "Capital", "Ventures", "Partners", "Industries", "Solutions", "Semiconductor",
     "Semiconductors", "Aerospace", "Space", "Motors", "Power", "Health", "Therapeutics", "Bio",
     "Data", "Cloud", "Networks", "Robotics", "Security", "Digital", "Global", "International",
     "National", "American", "European", "Photonics", "Devices", "Micro", "Tech", "Bank"]
)  # fmt: skip


def find_people(clause: Clause) -> list[Candidate]:
    """Find the persons of a clause."""
    found = [*_dotted(clause), *_latin(clause), *_bilingual(clause)]
    found += [
        Candidate(start, end, "person", entry.kind, 3)
        for start, end, entry in clause.hits
        if entry.type == "person"
    ]
    return [*found, *find_chinese_names(clause, found)]


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
        if start > 1 and text[start - 1] == "-" and text[start - 2] in rules.transliteration:
            start -= 2  # 梅-布里特·莫泽
        end = dot
        while end < len(text) and text[end] in "·•・" and end - start < _MAX_NAME:
            stop = _part_end(clause, end + 1)
            if stop == end + 1:
                break
            end = stop
        if end > dot + 1 and start < dot:
            last = end
            if not rules.ending_forms.at(text, end):
                yield Candidate(start, end, "person", "dotted", 2)


def _part_end(clause: Clause, begin: int) -> int:
    """Give where the part of a name that begins behind a dot ends (`begin` if it is none)."""
    text, rules = clause.text, grammar()
    if text[begin : begin + 1].isupper() and text[begin + 1 : begin + 2] in ("·", "•", "・"):
        return begin + 1
    hit = clause.starts.get(begin)
    if hit and hit[1].type == "person":
        return hit[0]
    stop = begin
    while stop < len(text) and stop - begin < 8 and text[stop] in rules.transliteration:
        if stop > begin + 1 and (rules.titles.at(text, stop) or rules.hard.at(text, stop)):
            break
        stop += 1
    # Rarer characters belong to the name if what stands behind them begins another word.
    for odd in range(3):
        if stop + odd > begin and _ends_part(clause, stop + odd):
            known = clause.words is not None and odd and clause.words.is_known
            return stop if known and known(text[stop : stop + odd]) and stop > begin else stop + odd
        if stop + odd >= len(text) or not HAN.match(text[stop + odd]):
            break
    return stop


def _ends_part(clause: Clause, at: int) -> bool:
    text, rules = clause.text, grammar()
    if at >= len(text) or not HAN.match(text[at]) or text[at] in rules.stops:
        return True
    forms = (rules.hard, rules.person_after, rules.titles, rules.ending_forms)
    return any(form.at(text, at) for form in forms)


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
        group = text.startswith(("小组", "团队"), end)
        if (rules.ending_forms.at(text, end) and not group) or rules.programs.at(text, end):
            continue
        before = bool(rules.titles.before(text, start))
        certain = name.replace("-", " ").split()[0] in rules.given_names
        school = _is_school(text, start) and _may_follow(clause, end)
        if rules.person_after.at(text, end):
            yield Candidate(start, end, "person", "latin", 2)
        elif before or school or (certain and _may_follow(clause, end)):
            yield Candidate(start, end, "person", "latin", 3)


def _may_follow(clause: Clause, end: int) -> bool:
    """Say whether what stands behind a Latin name may stand behind a person's."""
    text, rules = clause.text, grammar()
    follows = text[end : end + 1]
    if follows in rules.name_follow or follows in ")）":
        return True
    return bool(rules.hard.at(text, end) or rules.name_follow_words.at(text, end))


def _is_school(text: str, at: int) -> bool:
    """Say whether a place of work stands in front, with or without 的."""
    rules = grammar()
    ending = rules.ending_forms.before(text, at - 1 if text[at - 1 : at] == "的" else at)
    return len(ending) > 1 and rules.endings[ending] in ("university", "institute")


def _bilingual(clause: Clause) -> Iterator[Candidate]:
    """代表袁莎伦（Sharon Yuan）: a Chinese name where one may stand, and its Latin form."""
    text = clause.text
    for match in _PARENTHESIS.finditer(text):
        at = match.start()
        latin = _LATIN.match(text, at + 1)
        if not latin or text[latin.end() : latin.end() + 1] not in ("）", ")", "，", ","):
            continue
        if any(part in _NO_PERSON for part in latin[0].split()):
            continue
        for length in (2, 3, 4, 5, 6):
            start = at - length
            if start < 1 or not all(HAN.match(char) for char in text[start:at]):
                break
            if is_name_place(clause, start):
                yield Candidate(start, at, "person", "chinese", 2)
                yield Candidate(at + 1, latin.end(), "person", "latin", 2)
                break
