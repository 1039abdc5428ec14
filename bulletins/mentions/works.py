"""Documents and programmes: 《…》, quotations, X计划, X法案, journals and titles of papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, left_edge, specifier
from bulletins.mentions.gazetteers import is_whole
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.model import EntityType

_BOOK = re.compile(r"《([^《》\n]{1,120})》")
_QUOTE = re.compile(r"[“「]([^“”「」\n]{2,60})[”」]")
_ASIDE = re.compile(r"[（(][^（）()]{1,80}[)）]")
_NUMBERED = re.compile(r"第\d{2,6}号(?:行政命令|总统令|行政令|法令|法律|决议|公告|指令|条例)")
_ORDER = re.compile(r"关于[\u4e00-\u9fff]{2,24}?的(?:行政命令|总统令|行政令)")
_JOURNAL = re.compile(r"[A-Za-z][A-Za-z.&:,\- ]{1,90}")
_RUN = re.compile(r"[^）\n。；《》]{3,300}")
# 方法, 算法 … and 法院, 法律 … are no laws.
_NO_LAW = tuple("方做办疗算语看说想手用违非合立执司书魔新无乘除加减国")
_NOT_LAW = tuple("院律规治官庭人国兰定医学")
_AFTER_JOURNAL = "上（(，。、；中期杂》"
_LATIN_LAW = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z]+(?: (?:[A-Z][A-Za-z]+|and|of|for)){0,8} Act(?![A-Za-z])"
)


def find_works(clause: Clause) -> list[Candidate]:
    """Find the documents and programmes of a clause."""
    found = [*_books(clause), *_quotations(clause), *_journals(clause), *_laws(clause)]
    found += _programs(clause)
    for start, end, entry in clause.hits:
        if entry.type in ("document", "program"):
            found.append(Candidate(start, end, entry.type, entry.kind, 3))
    return found


def _books(clause: Clause) -> Iterator[Candidate]:
    for match in _BOOK.finditer(clause.text):
        yield Candidate(match.start(1), match.end(1), "document", "book", 1)


def _quotations(clause: Clause) -> Iterator[Candidate]:
    text = clause.text
    for match in _QUOTE.finditer(text):
        start, end = match.span(1)
        aside = _ASIDE.search(text, start, end)
        name_end = aside.start() if aside else end
        if name_end - start < 2 or text[start] in "《（(":
            continue
        name = text[start:name_end]
        after = match.end()
        if follow := _ASIDE.match(text, after):
            after = follow.end()
        kind = _quoted_type(name, text, after)
        if kind and not any(mark in name for mark in "，。；！？"):
            yield Candidate(start, name_end, kind, "quoted", 1)


def _quoted_type(name: str, text: str, after: int) -> EntityType | None:
    """Tell what a quotation names by its own ending, else by the word right behind it."""
    quoted: tuple[EntityType, ...] = ("program", "document", "organization")
    forms = dict(grammar().quoted)
    for kind in quoted:
        if ending := forms[kind].before(name, len(name)):
            return kind if len(name) > len(ending) + 1 else None
    if text.startswith("的", after):
        return "document" if forms["document"].at(text, after + 1) == "行政命令" else None
    for at in (after, after + 2):
        if at > after and text[after:at] not in grammar().program_generic:
            break
        for kind in quoted[:2]:
            if forms[kind].at(text, at) and len(name) > 2:
                return kind
    return None


def _journals(clause: Clause) -> Iterator[Candidate]:
    """发表在 Nano Letters（文章标题：…）."""
    text, rules = clause.text, grammar()
    for at in range(len(text)):
        word = rules.publish.at(text, at)
        if word:
            match = _JOURNAL.match(text, at + len(word))
            if match:
                name = match[0].rstrip(" ,:-")
                end = match.start() + len(name)
                following = text[match.end() : match.end() + 1]
                if (name[0].isupper() or " " in name) and following in _AFTER_JOURNAL:
                    yield Candidate(match.start(), end, "document", "journal", 1)
        word = rules.titled.at(text, at)
        if word and text[at + len(word) : at + len(word) + 1] in ("：", ":"):
            run = _RUN.match(text, at + len(word) + 1)
            if run:
                title = run[0].strip()
                start = run.start() + len(run[0]) - len(run[0].lstrip())
                if title and not HAN.search(title):
                    yield Candidate(start, start + len(title), "document", "title", 0)


def _laws(clause: Clause) -> Iterator[Candidate]:
    """CHIPS 法案, 第 14105 号行政命令, 美国国家量子战略."""
    text, rules = clause.text, grammar()
    for pattern in (_NUMBERED, _ORDER, _LATIN_LAW):
        for match in pattern.finditer(text):
            yield Candidate(match.start(), match.end(), "document", "law", 2)
    for at in range(len(text)):
        ending = rules.documents.at(text, at)
        if ending == "法" and (text[at - 1 : at] in _NO_LAW or text[at + 1 : at + 2] in _NOT_LAW):
            continue
        if not ending or ending in ("报告", "草案", "规则", "协议", "框架", "通知", "决议", "承诺"):
            continue
        start = left_edge(clause, at)
        mark = specifier(clause, start)
        rest_start = clause.starts[start][0] if mark and start in clause.starts else start
        rest = text[rest_start:at]
        if mark == "lead":
            rest = rest[len(rules.leads.at(text, start)) :]
        if ending == "法案":
            good = mark == "latin" or (len(text[start:at]) >= 2 and len(rest) >= 2)
        else:
            good = mark in ("country", "lead", "organization") and len(rest) >= 2
            good = good and rest not in rules.program_generic
        if good and at > start and is_whole(text, start, at + len(ending)):
            yield Candidate(start, at + len(ending), "document", "law", 4)


def _programs(clause: Clause) -> Iterator[Candidate]:
    """ChipStart 计划, 美国国家先进封装制造计划, 商务部“…”计划."""
    text, rules = clause.text, grammar()
    for at in range(len(text)):
        ending = rules.programs.at(text, at)
        if not ending or ending in ("网络", "任务", "行动", "旗舰", "议程"):
            continue
        end = at + len(ending)
        start = left_edge(clause, at)
        if start >= at:
            continue
        mark, following = specifier(clause, start), text[end : end + 1]
        follows = not following or following in rules.program_follow
        if not follows and not (mark == "latin" and ending == "项目"):
            continue
        body = text[start:at]
        rest = text[clause.starts[start][0] : at] if start in clause.starts else body
        if mark == "latin":
            hit = clause.starts.get(start)
            known = hit is not None and hit[1].type in ("organization", "technology") and not rest
            if not known and HAN.search(body) is None and body[-1].isalnum() and len(body) > 2:
                if ending != "工程":
                    yield Candidate(start, end, "program", "latin", 4)
            elif HAN.search(body) and ending in ("计划", "倡议", "基金"):
                latin = re.match(r"[A-Za-z0-9 -]+", body)
                if latin and not known and rules.ending_forms.before(body, len(body)) == "":
                    yield Candidate(start, end, "program", "latin", 4)
        elif mark in ("country", "lead") and ending in ("计划", "倡议", "基金"):
            if mark == "lead":
                rest = body[len(rules.leads.at(text, start)) :]
            if len(rest) >= 2 and not _is_plain(rest):
                yield Candidate(start, end, "program", mark, 4)
        elif mark == "organization" and ending == "基金" and 2 <= len(rest) <= 8:
            yield Candidate(start, end, "program", mark, 4)
        elif mark == "organization" and ending in ("计划", "倡议") and len(rest) >= 4:
            yield Candidate(clause.starts[start][0], end, "program", mark, 5)


def _is_plain(text: str) -> bool:
    """Say whether a text is one or two words that any plan may have in front (研发, 投资建设)."""
    plain = grammar().program_generic
    return text in plain or any(
        text[:at] in plain and text[at:] in plain for at in range(1, len(text))
    )
