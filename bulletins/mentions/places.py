"""Places: known names, towns in a place's slot, landmarks, 中美, 对华, 美 NSF."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bulletins.mentions.clause import PAIRS, Candidate, Clause, left_edge, specifier
from bulletins.mentions.grammar import HAN, grammar
from bulletins.mentions.tables import DATA, Forms, read_yaml, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = "中美英法德日韩俄印加澳欧"
_PAIR = re.compile(rf"[{_SHORT}]{{2,4}}")
_TRIPLES = frozenset([
    "中美欧", "美日韩", "美英澳", "美欧日", "中日韩", "美日印澳", "美日荷", "中美英", "中美日",
    "美日澳", "英法德", "美英法", "美中欧"
])  # fmt: skip
# A town's Latin name in brackets; the island that a foreign name stands in front of.
_LATIN_TOWN = re.compile(r"[（(]([A-Z][a-zà-ž]{2,20}(?:[ -][A-Z][a-zà-ž]{2,20})?)[)）]")
_ISLAND = re.compile(r"岛(?![屿国民内上链礁硅])")
_PARTS = ("东部", "西部", "南部", "北部", "中部", "东北部", "西北部", "东南部", "西南部", "部的")
_NOT_BEFORE_PAIR = frozenset(
    "近今昨当同次翌每生节假0123456789其集发当心像程会例文市执立司合宪违非依"
)
_NOT_AFTER_PAIR = frozenset("元洲国学文语味容洋制系裔军方式企律院案官定规则治庭期常刷章快入")
_NOT_AFTER_LAST = {
    "印": "发刷度章象制证记", "法": "律院案官定规则治庭学", "日": "期常前后起内",
    "加": "强快大入工速", "德": "性育行", "意": "见义思",
}  # fmt: skip
_CHINA = re.compile(r"[对在涉访驻来赴](华)(?!为|盛|人|裔|北|东|南|中|西|侨|夏|尔|沙|大|虹|润|硕)")
# Behind 市 or 县 these make another word: 市场, 市值, 县委.
_NOT_AFTER_TOWN = frozenset("场值面民长委价区级域立")
_MAX_TOWN = 8


def find_places(clause: Clause) -> list[Candidate]:
    """Find the places of a clause."""
    found = list(_known(clause))
    ends = {one.end: one.kind for one in found}
    found += _listed_towns(clause, ends)
    found += _towns(clause)
    found += _slots(clause, ends)
    found += _tagged_towns(clause, ends)
    return [
        *found, *_bilingual(clause, ends), *_islands(clause, ends),
        *_parks(clause), *_landmarks(clause, ends), *_short(clause), *_adjectives(clause)
    ]  # fmt: skip


def _known(clause: Clause) -> Iterator[Candidate]:
    text = clause.text
    for start, end, entry in clause.hits:
        if entry.type != "place" or len(_currencies().at(text, start)) > end - start:
            continue
        following = text[end : end + 1]
        if text[end - 1] == "市" and end - start > 2 and following and following in "场值面":
            yield Candidate(start, end - 1, "place", entry.kind, 4)
            continue
        if text[end - 1] == "州" and following == "立":
            continue
        if entry.kind in ("city", "china") and following in ("市", "郡", "县"):
            suffixed = text[end + 1 : end + 2] not in _NOT_AFTER_TOWN
            if suffixed and text[end - 1] not in "市县":
                yield Candidate(start, end + 1, "place", entry.kind, 4)
                continue
        yield Candidate(start, end, "place", entry.kind, 4)


@cache
def _weak_towns() -> Forms:
    """Give towns whose names are also other words."""
    return Forms(read_yaml(DATA / "gazetteers" / "places.yaml")["towns"])


@cache
def _currencies() -> Forms:
    """Give the names of currencies, which begin with a country's, too: 瑞典克朗."""
    return Forms(name for names in table("currencies")["after"].values() for name in names)


def _is_money(clause: Clause, start: int, end: int) -> bool:
    text = clause.text
    return any(text[begin:end] in _currencies() for begin, _ in clause.ends.get(start, ()))


def _listed_towns(clause: Clause, ends: dict[int, str]) -> Iterator[Candidate]:
    """泰勒, 林肯: towns of a list where a place must stand; their ends are added to `ends`."""
    text, rules, towns = clause.text, grammar(), _weak_towns()
    for start, form in towns.find(text):
        end = start + len(form)
        if start in clause.starts or rules.ending_forms.at(text, end):
            continue
        if text[end : end + 1] in ("·", "大"):
            continue
        suffix = text[end : end + 1] in rules.town_endings
        suffix = suffix and text[end + 1 : end + 2] not in _NOT_AFTER_TOWN
        listed = start > 0 and text[start - 1] in "、和与及" and start - 1 in ends
        if not (start in ends or listed or suffix or _slot(clause, start)):
            continue
        goes_on = _runs_on(text, end) if len(form) == 2 else _runs_far(text, end)
        if not suffix and goes_on:
            continue
        ends[end + suffix] = "town"
        yield Candidate(start, end + suffix, "place", "town", 4)


def _bilingual(clause: Clause, ends: dict[int, str]) -> Iterator[Candidate]:
    """德国的|海德（Heide）: a foreign name with its Latin form, behind a place or where one is."""
    text, rules = clause.text, grammar()
    for match in _LATIN_TOWN.finditer(text):
        end = start = match.start()
        while start and end - start < _MAX_TOWN and HAN.match(text[start - 1]):
            if end - start > 1 and (start in ends or _slot(clause, start)):
                break
            if end - start > 1 and text.endswith(_PARTS, 0, start):
                break
            start -= 1
        name = text[start:end]
        name = name[:-1] if name[-1:] in rules.town_endings or name[-1:] == "角" else name
        before = start in ends or _slot(clause, start) or text.endswith(_PARTS, 0, start)
        if (
            before
            and len(name) > 1
            and rules.is_transliterated(name)
            and start not in clause.starts
        ):
            yield Candidate(start, end, "place", "town", 4)
            yield Candidate(*match.span(1), "place", "town", 4)


def _islands(clause: Clause, ends: dict[int, str]) -> Iterator[Candidate]:
    """威尔士|安格尔西岛, 在|库页岛: behind a place, or where a place must stand."""
    text, rules = clause.text, grammar()
    for match in _ISLAND.finditer(text):
        at = match.start()
        for start in range(at - 2, max(at - 7, -1), -1):
            name = text[start:at]
            if (
                start in clause.starts
                or not HAN.match(text[start])
                or any(clause.cuts[start + 1 : at])
            ):
                break
            if start in ends or (_slot(clause, start) and at - start < 4):
                if start in ends and not rules.is_transliterated(name):
                    break
                yield Candidate(start, at + 1, "place", "landmark", 4)
                break


def _runs_on(text: str, end: int) -> bool:
    """Say whether a transliterated name goes on: 巴斯 is no town in 巴斯夫."""
    rules = grammar()
    follows = text[end : end + 1]
    return bool(follows) and follows in rules.transliteration and not rules.hard.at(text, end)


def _runs_far(text: str, end: int) -> bool:
    """Say whether two more characters of a transliterated name follow: 弗拉芒|维尔."""
    return _runs_on(text, end) and _runs_on(text, end + 1)


def _slot(clause: Clause, start: int) -> str:
    """Give the word in front that only a place follows (位于, 在), or ""."""
    text, rules = clause.text, grammar()
    if form := rules.place_in.before(text, start):
        return form
    form = rules.place_at.before(text, start)
    if form and text[start - len(form) - 1 : start - len(form)] in rules.not_before_at:
        return ""
    return form


def _slots(clause: Clause, ends: dict[int, str]) -> Iterator[Candidate]:
    """位于爱尔兰|莱克斯利普, 在法国|沙朗佩建设: a transliterated name where a place must stand."""
    text, rules = clause.text, grammar()
    for start in range(1, len(text) - 1):
        if text[start] not in rules.transliteration or start in clause.starts:
            continue
        behind = ends.get(start) in ("country", "state")
        form = "" if behind else _slot(clause, start)
        if not behind and not form:
            continue
        end = start
        while end < len(text) and end - start < _MAX_TOWN and text[end] in rules.transliteration:
            if end > start and (rules.hard.at(text, end) or end in clause.starts):
                break
            end += 1
        if _is_town(clause, start, end, form):
            suffix = text[end : end + 1] in rules.town_endings
            yield Candidate(start, end + suffix, "place", "town", 4)


def _is_town(clause: Clause, start: int, end: int, form: str) -> bool:
    text, rules = clause.text, grammar()
    name, follows = text[start:end], text[end : end + 1]
    if end - start < 2 or rules.hard.at(text, start) or rules.titles.at(text, start):
        return False
    if _is_money(clause, start, end):
        return False
    if follows and follows not in rules.place_follow and follows not in rules.town_endings:
        return False
    if rules.ending_forms.at(text, end) or rules.person_after.at(text, end):
        return False
    if clause.words is not None and clause.words.is_common(name):
        return False
    strong = form in rules.place_in or not form
    if end - start == 2:
        builds = follows and follows in "建设" + "".join(rules.town_endings)
        return (strong and (bool(form) or follows in "、，。；）")) or bool(builds)
    return strong or follows != "的" or bool(rules.place_owns.at(text, end + 1))


def _tagged_towns(clause: Clause, ends: dict[int, str]) -> Iterator[Candidate]:
    """浙江|东阳, 位于|义乌: what jieba knows as a place, behind a province or 位于."""
    text, rules = clause.text, grammar()
    if clause.words is None:
        return
    for start in range(1, len(text) - 1):
        behind = ends.get(start) in ("china", "country", "state")
        if start in clause.starts or rules.hard.at(text, start):
            continue
        if not behind and not rules.place_in.before(text, start):
            continue
        for end in (start + 3, start + 2):
            name, follows = text[start:end], text[end : end + 1]
            if follows and follows not in rules.place_follow and follows not in rules.town_endings:
                continue
            if len(name) < end - start or rules.ending_forms.at(text, end):
                continue
            if _is_money(clause, start, end):
                continue
            words = clause.words.tagged(name)
            if len(words) == 1 and words[0].tag == "ns":
                yield Candidate(start, end, "place", "town", 4)
                break


def _towns(clause: Clause) -> Iterator[Candidate]:
    """俄勒冈州|梅德福, 佛罗里达州|棕榈湾: what stands between a state and the next stop word."""
    text, rules = clause.text, grammar()
    for start, end, entry in clause.hits:
        if entry.kind != "state" or end >= len(text) or text[end - 1] not in "州省邦县郡道府":
            continue
        del start
        stop = end
        while stop < len(text) and stop - end < 7 and text[stop] in rules.transliteration:
            if rules.hard.at(text, stop):
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
            if char in rules.town_endings and HAN.match(text[end]):
                yield Candidate(end, end + length, "place", "town", 4)
                break


def _landmarks(clause: Clause, ends: dict[int, str]) -> Iterator[Candidate]:
    """南极-艾特肯盆地, 布里斯班机场: a foreign name or a known place with a landmark behind it."""
    text, rules = clause.text, grammar()
    for at, ending in rules.landmarks.find(text):
        start = at
        while start and at - start < 12:
            char = text[start - 1]
            joins = char in "-—－·" and start < at
            if not joins and char not in rules.transliteration and char != "岛":
                break
            if clause.cuts[start] and start < at:
                break
            start -= 1
        while start < at and text[start] in "-—－·岛":
            start += 1
        long_enough = at - start > 2 or (at - start == 2 and text[at - 1] != "岛")
        for end, kind in ((start, ""), (start - 1, "-")):
            for begin, entry in clause.ends.get(end, ()):
                if entry.type == "place" and (not kind or text[end] in "-—－"):
                    joined = kind or entry.kind not in ("country", "state", "region")
                    start = begin if joined else start
        for begin in range(start, at - 1):
            hit = clause.starts.get(begin)
            if hit and hit[1].kind == "country" and hit[0] < at:
                start = hit[0]
        town = _weak_towns().before(text, at)
        known = bool(town) or at in ends
        if known and at - start < 2:
            start = min([at - len(town), *(begin for begin, _ in clause.ends.get(at, ()))])
        if start < at and (long_enough or known):
            yield Candidate(start, at + len(ending), "place", "landmark", 4)


def _parks(clause: Clause) -> Iterator[Candidate]:
    text, rules = clause.text, grammar()
    for at, ending in rules.place_endings.find(text):
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
        follows = text[end : end + 1]
        if follows and follows in _NOT_AFTER_LAST.get(text[end - 1], ""):
            continue
        if follows in _NOT_AFTER_PAIR or before in _NOT_BEFORE_PAIR:
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
        if char not in "美英俄韩印澳日德法加欧":
            continue
        before = text[at - 1] if at else ""
        # 日, 德, 法, 加, 欧 are parts of many words: they need the start of a headline's clause.
        if char in "日德法加欧" and before not in ("", "：", "；", "——"[0]):
            continue
        if at and HAN.match(before) and before not in "由与和据过在对":
            continue
        following = text[at + 1]
        opens = clause.is_title or not at or not HAN.match(before) or before == "由"
        if following.isascii() and following.isupper():
            if char in "美英韩印澳日欧德法俄":
                yield Candidate(at, at + 1, "place", "short", 6)
        elif rules.country_follow.at(text, at + 1) and at not in clause.starts and opens:
            yield Candidate(at, at + 1, "place", "short", 6)
