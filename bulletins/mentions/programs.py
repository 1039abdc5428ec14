"""Programmes, initiatives and funds: X计划 with a proper name, or by the words of its funders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, left_edge, specifier
from bulletins.mentions.documents import phrase_start
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletins.mentions.clause import Specifier

_PLANS = ("计划", "倡议", "基金", "专项", "伙伴关系", "挑战赛", "国家项目", "联邦项目", "税收抵免")
_LATIN = re.compile(r"[A-Za-z0-9 .+-]+")
_HEADING = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）.、．]|[①-⑳])?([A-Z][A-Za-z0-9:&+ -]{2,40})"
)
_LEADS = re.compile(r"牵头|承担|主持|领衔|获资助")
_SUM = re.compile(r"[元镑郎朗比布]的?$")
_WORD = re.compile(r"[（(][A-Z][A-Za-z0-9. -]{1,12}[)）]")
_NAMED = re.compile(r"[A-Za-z0-9\u4e00-\u9fff+ .·-]{4,24}?(计划|专项|基金|倡议)")
# Words that no name holds: what stands before the ending is then more than a name.
_LOOSE = re.compile(r"[该这其后并已将来以的了]|投资者|批准")
_APPOSITION = re.compile(r"(?:项目|倡议)([A-Z][A-Za-z0-9-]{3,24})(?=[，。；、）)]|的|$)")
_LIST = re.compile(
    r"(?<![A-Za-z0-9 .-])(?:[A-Z][A-Za-z0-9. -]{2,30}[、和与及]){1,6}"
    r"[A-Z][A-Za-z0-9. -]{2,30}(?=项目|倡议)"
)
# What is built: 新能源电池产业基地|项目.
_BUILT = re.compile(
    r"(?:基地|产业园|一体化|示范|生产线|工厂|电站|扩建|工程|试点|中心|园区|二期|一期)$"
)
_BUILDS = re.compile(
    r"[\u4e00-\u9fff]*(?:建设|实施|投建|开工|签约|推进|启动|运营)(?=[\u4e00-\u9fff]{5})"
)
_LIST_NAME = re.compile(r"[A-Z][A-Za-z0-9. -]{2,30}")
_PUBLIC = re.compile(r"(?:部|府|省|署|局|厅|国务院|委)$")


def find_programs(clause: Clause) -> list[Candidate]:
    """Find the programmes of a clause; quotations are read by `find_quotations`."""
    found = [*_plans(clause), *_lines(clause), *_wrapped(clause), *_cued(clause)]
    found += [*_named_projects(clause), *_latin_lists(clause)]
    for start, end, entry in clause.hits:
        if entry.type == "program":
            found.append(Candidate(start, end, "program", entry.kind, 3))
    return found


def find_headings(clauses: Sequence[Clause]) -> list[tuple[int, Candidate]]:
    """Find projects that an article lists under their bare names, as (index of clause, span).

    Three blocks at least hold nothing but a Latin name, and the next says who leads it.
    """
    found = []
    for index in range(len(clauses) - 1):
        match = _HEADING.fullmatch(clauses[index].text.strip())
        if match and _LEADS.search(clauses[index + 1].text[:60]):
            offset = clauses[index].text.index(match[1])
            span = Candidate(offset, offset + len(match[1].rstrip()), "program", "heading", 1)
            found.append((index, span))
    return found if len(found) > 2 else []


def _plans(clause: Clause) -> Iterator[Candidate]:
    text, rules = clause.text, grammar()
    for at, ending in rules.programs.find(text):
        if ending in ("网络", "任务", "行动", "旗舰", "议程"):
            continue
        start = phrase_start(clause, at)
        if start >= at or (ending == "基金" and text.startswith("会", at + 2)):
            continue
        mark = specifier(clause, start)
        reader = _by_latin if mark == "latin" else _by_mark
        if span := reader(clause, start, at, ending, mark):
            yield span


def _by_latin(
    clause: Clause, start: int, at: int, ending: str, mark: Specifier
) -> Candidate | None:
    """ChipStart 计划, JUMP 2.0 计划, AMME 项目."""
    text, rules = clause.text, grammar()
    end, body = at + len(ending), text[start:at]
    hit = clause.starts.get(start)
    rest = text[hit[0] : at] if hit else body
    cue = _cue(clause, start)
    if not cue and not _follows(text, end) and ending != "项目":
        return None
    if hit and hit[1].type == "organization" and len(rest) >= 4 and HAN.match(rest[0]):
        return None if _is_plain(rest) else Candidate(hit[0], end, "program", "owned", 4)
    if start > 1 and text[start - 1] in "、和与及" and text[start - 2].isascii():
        return None  # the list's last name; `_latin_lists` reads all of them
    known = hit is not None and hit[1].type in ("organization", "technology") and not rest
    if HAN.search(body) is None and body[-1].isalnum() and len(body) > 2:
        kind = "cued" if cue else "latin"
        good = (not known or (bool(cue) and ending == "计划")) and ending != "工程"
        return Candidate(start, end, "program", kind, 4) if good else None
    mixed = HAN.search(body) and ending in _PLANS and _LATIN.match(body) and not known
    if mixed and not rules.ending_forms.before(body, len(body)):
        return Candidate(start, end, "program", "latin", 4)
    return None


def _by_mark(clause: Clause, start: int, at: int, ending: str, mark: Specifier) -> Candidate | None:
    """美国国家先进封装制造计划, 能源部的基础能源科学计划, 动用凝聚基金."""
    text, rules = clause.text, grammar()
    end, body = at + len(ending), text[start:at]
    rest = text[clause.starts[start][0] : at] if start in clause.starts else body
    if ending == "基金":
        return _fund(clause, start, at, mark, rest)
    if ending == "项目" and mark in ("country", "place", "organization") and len(rest) > 5:
        if verb := _BUILDS.match(text, start, at):
            start = verb.end()
        built = at - start > 7 and _BUILT.search(text, start, at) and specifier(clause, start)
        return Candidate(start, end, "program", "built", 5) if built else None
    foreign = rules.is_transliterated(body) and len(body) > 2 and start not in clause.starts
    if ending == "计划" and foreign and text[end : end + 1] in tuple("的、，。（”下中首"):
        return Candidate(start, end, "program", "latin", 4)
    if ending not in _PLANS:
        return None
    cue = _cue(clause, start)
    good = _follows(text, end) or bool(cue) or _is_backed(text, end)
    good = good or ending in ("国家项目", "联邦项目")
    if mark == "country" and (owner := _owner_end(clause, start)) and at - owner >= 4:
        if good and not _is_plain(text[owner:at]):
            return Candidate(owner, end, "program", "owned", 5)
        return None
    if mark in ("country", "lead"):
        if mark == "lead":
            rest = body[len(rules.leads.at(text, start)) :]
        good = good and len(rest) >= 2 and not _is_plain(rest)
        return Candidate(start, end, "program", mark, 4) if good else None
    if mark == "organization" and len(rest) >= 4 and good and not _is_plain(rest):
        owner = clause.starts[start][0]
        public = _PUBLIC.search(text[start:owner]) or text[start].isascii()
        return Candidate(owner if public else start, end, "program", mark, 5)
    owned = _is_owned(clause, start) and _follows(text, end)
    if mark or _is_plain(body) or not (good or owned) or ending == "伙伴关系":
        return None
    if (owned or ending in ("国家项目", "联邦项目")) and len(body) >= 2:
        return Candidate(start, end, "program", "owned", 5)
    certain = cue in rules.program_cues or _is_backed(text, end) or _WORD.match(text, end)
    if len(body) >= 4 and certain and not _ends_in_verb(clause, at):
        return Candidate(start, end, "program", "cued", 5)
    return None


def _fund(clause: Clause, start: int, at: int, mark: Specifier, rest: str) -> Candidate | None:
    """绿色创新基金, 17 亿澳元的创新基金; not 风险投资基金, and not a sovereign's fund."""
    text, rules = clause.text, grammar()
    end, body = at + 2, text[start:at]
    if rules.no_funds.before(text, end) or text[end : end + 1] in rules.not_after_fund:
        # A state's investment fund is a body: 国家集成电路产业投资基金, 沙特公共投资基金.
        owns = text.endswith("投资基金", 0, end) and mark in ("country", "lead") and len(rest) > 3
        return Candidate(start, end, "organization", "fund", 1) if owns else None
    if mark in ("country", "lead", "organization", "place"):
        good = len(rest) >= 2 and (rest not in rules.program_generic or mark == "lead")
        first = clause.starts[start][0] if mark == "organization" and len(rest) > 3 else start
        return Candidate(first, end, "program", mark, 4) if good else None
    paid = bool(_SUM.search(text[max(0, start - 3) : start]))
    if len(body) < 2 or (_is_plain(body) and not paid) or body in ("该", "这", "本"):
        return None
    cued = rules.program_cues.before(text, start) or rules.fund_verbs.before(text, start)
    if paid or cued or (clause.is_title and len(body) >= 4):
        return Candidate(start, end, "program", "fund", 5)
    return None


def _owner_end(clause: Clause, start: int) -> int:
    """Give where a known organization that begins here ends: 美国|国务院; else 0."""
    hit = clause.starts.get(start)
    if hit and hit[1].kind == "country":
        hit = clause.starts.get(hit[0])
    return hit[0] if hit and hit[1].type == "organization" else 0


def _cued(clause: Clause) -> Iterator[Candidate]:
    """得到 X 计划支持: whatever stands between such a verb and the ending is the name."""
    text, rules = clause.text, grammar()
    for begin, cue in rules.program_cues.find(text):
        at = begin + len(cue)
        match = _NAMED.match(text, at)
        if not match or _LOOSE.search(match[0]):
            continue
        if not _follows(text, match.end()) and not _is_backed(text, match.end()):
            continue
        body = match[0][: -len(match[1])]
        if len(body) >= 4 and not _is_plain(body):
            start = max(at, _owner_end(clause, at))
            start += start > at and text[start] in "和与及、的"
            yield Candidate(start, match.end(), "program", "cued", 5)


def _named_projects(clause: Clause) -> Iterator[Candidate]:
    """超导量子计算机项目 OpenSuperQ: a Latin name in apposition."""
    for match in _APPOSITION.finditer(clause.text):
        hit = clause.starts.get(match.start(1))
        if not hit or hit[1].type == "program":
            yield Candidate(*match.span(1), "program", "latin", 4)


def _latin_lists(clause: Clause) -> Iterator[Candidate]:
    """PhotonDelta 和 Quantum Delta NL 项目: the word at the end of a list is no part of a name."""
    for match in _LIST.finditer(clause.text):
        for name in _LIST_NAME.finditer(clause.text, match.start(), match.end()):
            hit = clause.starts.get(name.start())
            if not hit or hit[1].type == "program":
                yield Candidate(*name.span(), "program", "latin", 4)


def _lines(clause: Clause) -> Iterator[Candidate]:
    """NanoIC 中试线: pilot lines go by the name of their project."""
    text, rules = clause.text, grammar()
    for at, ending in rules.lines.find(text):
        start = phrase_start(clause, at)
        if start < at and text[start:at].isascii() and specifier(clause, start) == "latin":
            yield Candidate(start, at + len(ending), "program", "line", 4)


def _wrapped(clause: Clause) -> Iterator[Candidate]:
    """国际技术安全和创新（ITSI）基金: the ending stands behind the abbreviation."""
    text, rules = clause.text, grammar()
    for match in _WORD.finditer(text):
        ending = rules.programs.at(text, match.end())
        if ending == "基金" and match.start():
            start = left_edge(clause, match.start(), joins=True)
            start = max(start, _owner_end(clause, start))
            if match.start() - start >= 4 and text[start : match.start()][-1] not in "”》":
                yield Candidate(start, match.end() + len(ending), "program", "wrapped", 2)


def _cue(clause: Clause, start: int) -> str:
    """Give the word in front that only a noun follows (得到, 通过, 的), or ""."""
    text, rules = clause.text, grammar()
    end = start - 1 if text[start - 1 : start] == "了" else start
    if form := rules.program_cues.before(text, end) or rules.fund_verbs.before(text, end):
        return form
    return "的" if text[start - 1 : start] == "的" else ""


def _follows(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return not following or following in grammar().program_follow


def _is_backed(text: str, end: int) -> bool:
    """Say whether 资助, 支持, 框架下 … follow, with or without 的."""
    at = end + (text[end : end + 1] == "的")
    return bool(grammar().program_backs.at(text, at))


def _is_owned(clause: Clause, start: int) -> bool:
    """Say whether an organization's name and 的 stand in front: 国家物理实验室的|量子测量计划."""
    text, rules = clause.text, grammar()
    if text[start - 1 : start] != "的" or start < 3:
        return False
    ending = rules.ending_forms.before(text, start - 1)
    known = any(
        entry.type == "organization" and entry.kind != "company"
        for _, entry in clause.ends.get(start - 1, ())
    )
    body = len(ending) > 1 and rules.endings[ending] in ("body", "institute", "center")
    return known or body or text[start - 2 : start - 1].isupper()


def _ends_in_verb(clause: Clause, at: int) -> bool:
    """Say whether jieba ends a verb right before the ending: 扩大生产|计划."""
    return at in clause.verbs and clause.text[at - 2 : at] in grammar().program_generic


def _is_plain(text: str) -> bool:
    """Say whether a text is made of words that any plan may have in front (研发, 投资建设)."""
    plain, reached = grammar().program_generic, {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {start + size for size in range(1, 5) if text[start : start + size] in plain}
            if text[start] in "和与及、的":
                reached.add(start + 1)
    return len(text) in reached
