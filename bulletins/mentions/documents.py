"""Documents: 《…》, X法案, numbered orders and standards, journals, titles of papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, left_edge, specifier
from bulletins.mentions.gazetteers import is_whole
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOOK = re.compile(r"《([^《》\n]{1,120})》")
_NUMBERED = re.compile(r"第\d{2,6}号(?:行政命令|总统令|行政令|法令|法律|决议|公告|指令|条例)")
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:FIPS|ISO/IEC|ISO|IEC|GB/T|NIST SP|SP|RFC)"
    r" ?\d{3,5}(?:-\d{1,4}[A-Z]?)?(?![A-Za-z0-9-])"
)
_ORDER = re.compile(r"关于[\u4e00-\u9fff]{2,24}?的(?:行政命令|总统令|行政令)")
_JOURNAL = re.compile(r"[A-Za-z][A-Za-z.&:,\- ]{1,90}")
_RUN = re.compile(r"[^）\n。；《》]{3,300}")
_NEXT = re.compile(r"；([^）\n。；《》]{12,300})")
_SHORT_FORM = re.compile(r"[（(](?:简称|以下简称)?[A-Z][A-Za-z]{1,9}[)）]")
# What a quotation that names a document has behind it: “…”三年行动计划.
_PLANNED = re.compile(
    r"[“「][^“”「」\n]{2,20}[”」](?:[一二三五十\d]{1,4}年|专项)?(?:行动计划|行动方案|实施方案|实施意见)"
)
# 方法, 算法 … and 法院, 法律 … are no laws.
_NO_LAW = tuple("方做办疗算语看说想手用违非合立执司书魔新无乘除加减国制取热印刻析分积标写打技")
_NOT_LAW = tuple("院律规治官庭人国兰定医学")
# Laws by what they do, which need no country in front: 信息技术促进法.
_PURPOSE = re.compile(
    r"(?:促进|保护|管理|基本|安全|保障|振兴|授权|设施|投资|监管|救助|限制|竞争|削减|复苏|推进|支援"
    r"|特别措置|特别|责任|改革|交易|隐私)法(?=[^案院律规治官庭人国兰定医学系则])"
)
_AFTER_JOURNAL = "上（(，。、；中期杂》"
_LATIN_LAW = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z]+(?: (?:[A-Z][A-Za-z]+|and|of|for)){0,8} Act(?![A-Za-z])"
)
# Endings that make no document of what a country or Latin name stands in front of.
_WEAK = frozenset(["报告", "草案", "规则", "协议", "框架", "通知", "决议", "承诺"])
_STRONG = frozenset(["战略", "路线图", "白皮书", "绿皮书", "蓝皮书", "条例", "备忘录", "宣言"])


def find_documents(clause: Clause) -> list[Candidate]:
    """Find the documents of a clause; quotations are read by `find_quotations`."""
    found = [*_books(clause), *_journals(clause), *_laws(clause), *_purposes(clause)]
    found += _shortened(clause)
    for start, end, entry in clause.hits:
        if entry.type == "document" and not (
            clause.text[end - 1] == "法" and clause.text[end : end + 1] in _NOT_LAW
        ):
            found.append(Candidate(start, end, "document", entry.kind, 3))
    return found


def _books(clause: Clause) -> Iterator[Candidate]:
    for match in _BOOK.finditer(clause.text):
        yield Candidate(match.start(1), match.end(1), "document", "book", 1)


def _journals(clause: Clause) -> Iterator[Candidate]:
    """发表在 Nano Letters（文章标题：…）."""
    text, rules = clause.text, grammar()
    for at, word in rules.publish.find(text):
        match = _JOURNAL.match(text, at + len(word))
        if match:
            name = match[0].rstrip(" ,:-")
            end = match.start() + len(name)
            following = text[match.end() : match.end() + 1]
            if (name[0].isupper() or " " in name) and following in _AFTER_JOURNAL:
                yield Candidate(match.start(), end, "document", "journal", 1)
    for at, word in rules.titled.find(text):
        if text[at + len(word) : at + len(word) + 1] in ("：", ":"):
            run = _RUN.match(text, at + len(word) + 1)
            while run:
                title = run[run.lastindex or 0]
                start = run.start(run.lastindex or 0) + len(title) - len(title.lstrip())
                if not title.strip() or HAN.search(title):
                    break
                yield Candidate(start, start + len(title.strip()), "document", "title", 0)
                run = _NEXT.match(text, run.end())


def _laws(clause: Clause) -> Iterator[Candidate]:
    """CHIPS 法案, 第 14105 号行政命令, 美国国家量子战略."""
    text, rules = clause.text, grammar()
    for pattern in (_NUMBERED, _ORDER, _LATIN_LAW, _STANDARD, _PLANNED):
        for match in pattern.finditer(text):
            yield Candidate(match.start(), match.end(), "document", "law", 2)
    for at, ending in rules.documents.find(text):
        if ending == "法" and (text[at - 1 : at] in _NO_LAW or text[at + 1 : at + 2] in _NOT_LAW):
            continue
        end = at + len(ending)
        start = phrase_start(clause, at)
        if ending == "报告":
            if _is_reporters(text[start:at]) and start not in clause.starts:
                yield Candidate(start, end, "document", "report", 4)
            continue
        if ending in _WEAK or start >= at:
            continue
        mark = specifier(clause, start)
        rest_start = clause.starts[start][0] if mark and start in clause.starts else start
        rest = text[rest_start:at]
        if mark == "lead":
            rest = rest[len(rules.leads.at(text, start)) :]
        if ending == "法案":
            good = mark == "latin" or (len(text[start:at]) >= 2 and len(rest) >= 2)
        elif mark == "latin":
            good = ending in _STRONG and sum(bool(HAN.match(char)) for char in rest) >= 4
        else:
            good = mark in ("country", "lead", "organization") and len(rest) >= 2
            good = good and rest not in rules.program_generic
        if good and is_whole(text, start, end):
            yield Candidate(start, end, "document", "law", 4)


def _purposes(clause: Clause) -> Iterator[Candidate]:
    """今年修订的|信息技术促进法: a law's whole title, of four characters at least."""
    text = clause.text
    for match in _PURPOSE.finditer(text):
        start = phrase_start(clause, match.start())
        if 1 < match.start() - start <= 14 and HAN.match(text[start]):
            yield Candidate(start, match.end(), "document", "law", 5)


def _is_reporters(body: str) -> bool:
    """Say whether a report is called by a person's name: 德拉吉|报告."""
    rules = grammar()
    return 2 < len(body) < 7 and rules.is_transliterated(body) and not rules.hard.at(body, 0)


def phrase_start(clause: Clause, at: int) -> int:
    """Give where the name that ends at `at` begins: behind its sentence's subject and verb.

    `美国|持续推进|国家量子计划法案`: a verb behind a country or a body is no part of a name.
    """
    text, rules = clause.text, grammar()
    start = left_edge(clause, at)
    for end in range(at - 1, start + 1, -1):
        if rules.work_verbs.before(text, end):
            start = end
            break
    if form := rules.work_leads.at(text, start):
        start += len(form) if start + len(form) < at - 1 else 0
    hit = clause.starts.get(start)
    if hit and hit[0] < at:
        moved = hit[0]
        while form := rules.subject_verbs.at(text, moved):
            moved += len(form)
        if moved > hit[0] and at - moved >= 2:
            return moved
    if (
        text[start : start + 1] in "期届轮版阶"
        and text[start - 1 : start] in "一二三四五六七八九十"
    ):
        start += 2 if text.startswith("阶段", start) else 1
    return start


def _shortened(clause: Clause) -> Iterator[Candidate]:
    """拟议规则制定通知（NPRM）, 临时最终规则（IFR）: an ending with its abbreviation behind it."""
    text, rules = clause.text, grammar()
    for match in _SHORT_FORM.finditer(text):
        end = match.start()
        ending = rules.documents.before(text, end)
        if len(ending) < 2 or ending in ("框架", "协议"):
            continue
        start = phrase_start(clause, end - len(ending))
        if end - len(ending) - start > 3:
            yield Candidate(start, end, "document", "pair", 2)
