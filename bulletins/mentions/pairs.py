"""Forms that the text itself ties: 中文名（ABBR）, 中文名（English Name，ABBR）, ABBR（中文名）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, latin_start, left_edge, specifier
from bulletins.mentions.documents import phrase_start
from bulletins.mentions.grammar import HAN, grammar
from bulletins.mentions.organizations import behind_maker, built, proper_start
from bulletins.mentions.technologies import ends_as_technology, ends_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ASIDE = re.compile(r"[（(]([^（）()\n]{2,120})[)）]")
_SPLIT = re.compile(r"[，,；;、]|——")
_CALLED = re.compile(
    r"^(?:以下(?:均|统)?简称为?|下文简称为?|下称|简称为?|缩写为?|英文简称|英文缩写|英文名为?|英文名称"
    r"|又称为?|又名|即|也称)[：:]?"
)
_QUOTED = re.compile(r"[“「《‘]([^“”「」《》‘’]{2,16})[”」》’]")
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z0-9&./+-]{1,11}$")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9&.,'’:/+\- ]{2,110}$")
# Endings that make a document of any phrase with a short form.
_SURE = frozenset(
    [
        "备忘录",
        "法案",
        "战略",
        "路线图",
        "白皮书",
        "行政命令",
        "条例",
        "通知",
        "指南",
        "公约",
        "宣言",
        "指令",
    ]
)
_NO_PROGRAM = frozenset(["网络", "任务", "行动", "旗舰", "议程", "项目", "工程"])
_NOT_SHORT = frozenset(["AI", "ID", "TBD", "vs", "Fig", "Table"])


@dataclass(frozen=True, slots=True)
class Tie:
    """Two spans of one clause that name one thing; the first is the fuller."""

    full: Candidate
    other: Candidate


def find_ties(clause: Clause, found: Sequence[Candidate]) -> Iterator[Tie]:
    """Tie each name to what stands in brackets right behind it, and find names by that evidence."""
    text = clause.text
    ends: dict[int, Candidate] = {}
    for one in found:
        held = ends.get(one.end)
        if (
            held is None
            or (one.rank > 5) < (held.rank > 5)
            or ((one.rank > 5) == (held.rank > 5) and one.start < held.start)
        ):
            ends[one.end] = one
    for match in _ASIDE.finditer(text):
        at = match.start()
        parts = list(_latin_parts(clause, match.start(1), match.end(1)))
        end = at - 1 if at and text[at - 1] in "”》」" else at
        full = ends.get(end)
        if not parts or (end and text[end - 1].isascii() and HAN.match(text[parts[0][0]])):
            yield from _reverse(clause, match, ends)
            continue
        evident = _evident(clause, end, match.end(), parts)
        if evident and full and full.start <= evident.start and full.type == "technology":
            evident = None if evident.type == "technology" else evident
        if evident is not None and (
            full is None
            or full.rank > 4
            or (evident.start < full.start and evident.rank <= full.rank and full.type != "person")
        ):
            full = evident
        if planned := _planned(clause, match, full):
            full = planned
        if full is None or full.kind in ("journal", "title"):
            continue
        for start, stop in parts:
            yield Tie(full, Candidate(start, stop, full.type, "short", 2))


def _planned(clause: Clause, match: re.Match[str], full: Candidate | None) -> Candidate | None:
    """基金会|量子虚拟实验室（NQVL）计划: a programme, without the body that stands in front."""
    if full is None or full.type != "organization":
        return None
    text, rules = clause.text, grammar()
    if rules.programs.at(text, match.end()) not in ("计划", "倡议"):
        return None
    if text[match.end() + 2 : match.end() + 3] not in rules.program_follow:
        return None
    start, hit = full.start, clause.starts.get(full.start)
    while hit and hit[0] < full.end - 3 and hit[1].type in ("organization", "place"):
        start = hit[0]
        hit = clause.starts.get(start)
    return Candidate(start, full.end, "program", "pair", 1) if start > full.start else None


def _latin_parts(clause: Clause, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the Latin names inside brackets as spans; none if a part is something else."""
    text, at, spans = clause.text, start, []
    for piece in [*_SPLIT.split(text[start:end])]:
        stop = at + len(piece)
        begin, close = at, stop
        at = stop + 1
        stripped = piece.strip()
        begin += len(piece) - len(piece.lstrip())
        close = begin + len(stripped)
        if called := _CALLED.match(stripped):
            begin += called.end()
            stripped = stripped[called.end() :].strip()
            begin = close - len(stripped)
        if not stripped or stripped in _NOT_SHORT:
            continue
        if called and (quoted := _QUOTED.fullmatch(stripped)):
            begin, close = begin + quoted.start(1), begin + quoted.end(1)
            stripped = quoted[1]
        if called and 1 < len(stripped) <= 12 and HAN.match(stripped) and HAN.match(stripped[-1]):
            spans.append((begin, close))
            continue
        short = _ABBREVIATION.match(stripped) and sum(c.isupper() for c in stripped) > 1
        if short or (_ENGLISH.match(stripped) and any(c.isalpha() for c in stripped)):
            spans.append((begin, close))
    yield from spans


def _evident(
    clause: Clause, end: int, after: int, parts: Sequence[tuple[int, int]]
) -> Candidate | None:
    """Read the name in front of brackets that hold its foreign form, by its ending."""
    text, rules = clause.text, grammar()
    if not end or not HAN.match(text[end - 1]):
        return None
    start = left_edge(clause, end, joins=True)
    if rules.programs.before(text, end) or rules.documents.before(text, end):
        start = max(start, phrase_start(clause, end))
    moved = proper_start(clause, start, end)
    start = moved if end - moved > 6 else start
    if start >= end - 1:
        return None
    following = rules.programs.at(text, after)
    if following in ("计划", "项目", "倡议", "基金", "行动") and end - start > 3:
        return Candidate(start, end, "program", "pair", 2)
    ending = rules.programs.before(text, end)
    if rules.no_funds.before(text, end):
        return None
    if ending and ending not in _NO_PROGRAM and end - start > len(ending) + 1:
        return Candidate(start, end, "program", "pair", 2)
    ending = rules.ending_forms.before(text, end)
    if ending:
        made = built(clause, end - len(ending), end, rules.endings[ending], evident=True)
        if made is not None:
            return made
    ending = rules.documents.before(text, end)
    if ending and end - start > len(ending) + 1 and (specifier(clause, start) or ending in _SURE):
        return Candidate(start, end, "document", "pair", 2)
    phrase = text[start:end]
    mark = specifier(clause, start)
    if "·" in phrase or rules.ending_forms.before(text, end) or _is_latin_person(text, parts):
        return None
    if text.startswith("公司", after) and not mark and 2 <= len(phrase.lstrip("了")) <= 8:
        # 奇华系统（Kiva Systems）公司
        return Candidate(end - len(phrase.lstrip("了")), end, "organization", "pair", 4)
    if rules.ending_forms.at(text, after) or rules.things.before(phrase, len(phrase)):
        return None
    if mark == "country" and ("最" in phrase or _is_foreign_town(clause, start, end)):
        return None
    if mark in ("country", "organization") or (phrase.endswith("网络") and mark == "lead"):
        return Candidate(_behind_ending(clause, start, end), end, "organization", "pair", 4)
    phrase = _technical_phrase(clause, phrase, end)
    start = end - len(phrase)
    technical = ends_as_technology(phrase) or (
        _is_short_form(text, parts) and not ends_plainly(phrase)
    )
    if 1 < len(phrase) <= 16 and technical:
        return Candidate(start, end, "technology", "pair", 8)
    return None


def _is_foreign_town(clause: Clause, start: int, end: int) -> bool:
    """Say whether a country has only a foreign name behind it: 德国|埃尔福特（Erfurt）."""
    rest = clause.text[clause.starts[start][0] : end] if start in clause.starts else ""
    name = rest[:-1] if rest[-1:] in grammar().town_endings else rest
    town = _ends_as_town(clause, start, end)
    return town or grammar().is_transliterated(name)


def _ends_as_town(clause: Clause, start: int, end: int) -> bool:
    """Say whether 市 or 县 stands behind known places: 韩国京畿道富川市."""
    text = clause.text
    inner = [one for at in range(start, end) if (one := clause.starts.get(at))]
    return text[end - 1] in "市县郡镇" and all(entry.type == "place" for _, entry in inner)


def _behind_ending(clause: Clause, start: int, end: int) -> int:
    """Begin behind a plain word for organizations: 中国公司|深度求索（DeepSeek）."""
    endings = grammar().ending_forms
    if (behind := behind_maker(clause.text, start, end)) > start:
        return behind
    for at in range(end - 2, start + 2, -1):
        if len(endings.before(clause.text, at)) > 1:
            return at
    return start


def _technical_phrase(clause: Clause, phrase: str, end: int) -> str:
    """Take units and verbs off the left; go over 与 if only a plain word stands behind it."""
    text, start = clause.text, end - len(phrase)
    if start > 2 and text[start - 1] in "与和" and grammar().is_generic(phrase):
        start = left_edge(clause, start - 1)
    while start < end and text[start].islower() and text[start].isascii():
        start += 1
    verbs = [at for at in range(start + 1, end - 1) if at in clause.verbs]
    return text[verbs[-1] if verbs else start : end]


def _is_short_form(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Say whether brackets hold an abbreviation, or a term in small letters (grain boundaries)."""
    first = text[parts[0][0] : parts[0][1]]
    if first.islower() and len(first) > 5:
        return True
    return any(end - start <= 8 and text[start:end].isupper() for start, end in parts)


def _is_latin_person(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    words = text[parts[0][0] : parts[0][1]].split()
    return len(words) in (2, 3) and all(word[0].isupper() and word[1:].islower() for word in words)


def _reverse(clause: Clause, match: re.Match[str], ends: dict[int, Candidate]) -> Iterator[Tie]:
    """UKRI（英国研究与创新署）: a Latin form in front, the Chinese name in brackets."""
    text, at = clause.text, match.start()
    start = latin_start(text, at)
    if start == at or not any(char.isupper() for char in text[start:at]):
        return
    begin, end = match.span(1)
    if called := _CALLED.match(match[1]):
        begin += called.end()
    inner = ends.get(end)
    if inner is not None and inner.start == begin and inner.type != "place":
        yield Tie(inner, Candidate(start, at, inner.type, "short", 2))
        return
    ending = grammar().ending_forms.before(text, end)
    if ending and end - begin > len(ending) + 1 and HAN.match(text[begin]):
        if any(clause.cuts[begin + 1 : end - len(ending)]) and "与" not in text[begin:end]:
            return
        made = Candidate(begin, end, "organization", grammar().endings[ending], 2)
        yield Tie(made, Candidate(start, at, "organization", "short", 2))
