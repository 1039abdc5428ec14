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
# One Latin surname with what stands behind people, or initials in front of one.
_SURNAME = re.compile(
    r"(?<![A-Za-z0-9 .-])[A-Z][a-zà-ž'’]{2,20}(?:-[A-Z][a-zà-ž]{1,20})?(?=等人|教授|博士|先生|女士)"
)
_INITIALS = re.compile(
    r"(?<![A-Za-z0-9.-])(?:[A-Z]{2}|[A-Z]\.(?:-? ?[A-Z]\.){0,2}) ?[A-Z][a-z]{2,20}"
)
_MAX_SURNAME = 9
_INITIAL_DOT = re.compile(r"(?<![A-Za-z0-9·•・])[A-Z](?=[·•・][\u4e00-\u9fff])")
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
    found = [*_dotted(clause), *_latin(clause), *_bilingual(clause), *_transliterated(clause)]
    found += [*_latin_surnames(clause), *_initialed(clause)]
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
            if len(rules.ending_forms.at(text, end)) < 2:
                yield Candidate(start, end, "person", "dotted", 2)


def _initialed(clause: Clause) -> Iterator[Candidate]:
    """V·纳拉亚南: a Latin initial in front of the dot."""
    text = clause.text
    for match in _INITIAL_DOT.finditer(text):
        begin = match.end() + 1
        if (end := _part_end(clause, begin)) > begin + 1:
            yield Candidate(match.start(), end, "person", "dotted", 2)


def _part_end(clause: Clause, begin: int) -> int:
    """Give where the part of a name that begins behind a dot ends (`begin` if it is none)."""
    text, rules = clause.text, grammar()
    if text[begin : begin + 1].isupper() and text[begin + 1 : begin + 2] in ("·", "•", "・"):
        return begin + 1
    hit = clause.starts.get(begin)
    if hit and hit[1].type == "person":
        return hit[0]
    stop = begin
    while stop < len(text) and stop - begin < 8:
        if text[stop] not in rules.transliteration and not _is_odd(clause, begin, stop):
            break
        forms = (rules.titles, rules.hard, rules.name_follow_words)
        if stop > begin + 1 and any(form.at(text, stop) for form in forms):
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


def _is_odd(clause: Clause, begin: int, at: int) -> bool:
    """Say whether a rare character stands at a part's start or inside it: 高|尔文, 易|卜拉欣."""
    text, rules = clause.text, grammar()
    if at > begin + 1 or not HAN.match(text[at]) or _ends_part(clause, at):
        return False
    following = text[at + 1 : at + 2]
    return bool(following) and following in rules.transliteration and text[at] not in "和与及"


def _ends_part(clause: Clause, at: int) -> bool:
    text, rules = clause.text, grammar()
    if at >= len(text) or not HAN.match(text[at]) or text[at] in rules.stops:
        return True
    forms = (
        rules.hard, rules.person_after, rules.titles, rules.ending_forms, rules.name_follow_words
    )  # fmt: skip
    return any(form.at(text, at) for form in forms)


def _after_title(clause: Clause, start: int, dot: int) -> int:
    """Go back to a title close in front, over a character that seldom transliterates."""
    for at in range(start, max(dot - 6, 0), -1):
        if grammar().titles.before(clause.text, at):
            return at
        # 局长约|瑟夫: one character that is also a stop word may begin a name.
        if not HAN.match(clause.text[at - 1]) or (clause.cuts[at] and at < start):
            break
    return start


def _after_place(clause: Clause, start: int, dot: int) -> int:
    for at in range(start, dot):
        hit = clause.starts.get(at)
        if hit and hit[0] < dot and hit[1].type == "place":
            return hit[0]
    return start


def _transliterated(clause: Clause) -> Iterator[Candidate]:
    """总理梅罗尼: one part of a foreign name right behind a title, up to what people do."""
    text, rules = clause.text, grammar()
    for begin, title in rules.titles.find(text):
        start = begin + len(title)
        if text[start : start + 1] not in rules.transliteration or start in clause.starts:
            continue
        end = start
        while end < len(text) and end - start < _MAX_SURNAME and text[end] in rules.transliteration:
            if end > start and (_ends_part(clause, end) or _may_follow(clause, end)):
                break
            end += 1
        if end - start < 2 or text[end : end + 1] in ("·", "•", "・"):
            continue
        if not (_may_follow(clause, end) or rules.person_after.at(text, end)):
            continue
        if rules.hard.at(text, start) or rules.titles.at(text, start):
            continue
        name = text[start:end]
        if rules.ending_forms.before(text, end) or _is_said(clause, name):
            continue
        yield Candidate(start, end, "person", "surname", 4)


def _is_said(clause: Clause, name: str) -> bool:
    """Say whether jieba reads words of the dictionary and no name (马上, 普及)."""
    if clause.words is None:
        return len(name) < 3
    words = clause.words.tagged(name)
    return any(
        len(word.text) > 1 and clause.words.is_known(word.text) and not word.tag.startswith("nr")
        for word in words
    ) or (all(len(word.text) == 1 for word in words) and len(name) < 3)


def _latin_surnames(clause: Clause) -> Iterator[Candidate]:
    """Veldt 等人, 名叫 TJ Arden."""
    text, rules = clause.text, grammar()
    for match in _SURNAME.finditer(text):
        if match.start() not in clause.starts:
            yield Candidate(*match.span(), "person", "latin", 4)
    for match in _INITIALS.finditer(text):
        start, end = match.span()
        if any(part in _NO_PERSON for part in match[0].split()):
            continue
        if rules.titles.before(text, start) or rules.person_after.at(text, end):
            yield Candidate(start, end, "person", "latin", 4)


def _latin(clause: Clause) -> Iterator[Candidate]:
    """Find Latin names where a person may stand, then those beside them in a list."""
    text = clause.text
    names = [match for match in _LATIN.finditer(text) if _is_latin(clause, match)]
    sure = [_rank(clause, match) for match in names]
    for order in (range(1, len(names)), range(len(names) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for at in order:
            left, right = sorted((at, at + step))
            gap = text[names[left].end() : names[right].start()]
            if not sure[at] and sure[at + step] and gap in ("、", "和", "与", "及"):
                sure[at] = 3
    for match, rank in zip(names, sure, strict=True):
        if rank:
            yield Candidate(*match.span(), "person", "latin", rank)


def _is_latin(clause: Clause, match: re.Match[str]) -> bool:
    """Say whether Latin words may be a person's name at all."""
    text, rules = clause.text, grammar()
    start, end = match.span()
    if any(part in _NO_PERSON for part in match[0].replace("-", " ").split()):
        return False
    hit = clause.starts.get(start)
    if hit and hit[0] >= end - 1:
        return False
    group = text.startswith(("小组", "团队"), end)
    return bool(group) or not (rules.ending_forms.at(text, end) or rules.programs.at(text, end))


def _rank(clause: Clause, match: re.Match[str]) -> int:
    """Give how well a Latin name's surroundings say that it is a person's; 0 if they do not."""
    text, rules = clause.text, grammar()
    start, end = match.span()
    if rules.person_after.at(text, end):
        return 2
    certain = match[0].replace("-", " ").split()[0] in rules.given_names
    before = bool(rules.titles.before(text, start))
    school = _is_school(text, start) and _may_follow(clause, end)
    return 3 if before or school or (certain and _may_follow(clause, end)) else 0


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
