"""Names in quotation marks: “…”计划, 启动“…”, 题为“…”的行政令."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletins.model import EntityType

_QUOTE = re.compile(r"[“「]([^“”「」\n]{2,60})[”」]")
_ASIDE = re.compile(r"[（(][^（）()]{1,80}[)）]")
# What only a programme's name has right behind it.
_PLANS = ("计划", "专项", "工程", "倡议")
_COUNTED = re.compile(r"[一二三四五六七八九十两\d]{1,2}[大项个][\u4e00-\u9fff]{2}")
_OF = re.compile(r"的(?:第\d{2,6}号)?([\u4e00-\u9fff]{2,6})")


def find_quotations(clause: Clause) -> Iterator[Candidate]:
    """Find the programmes, documents and organizations that stand in quotation marks."""
    text = clause.text
    later: tuple[int, EntityType | None] = (-1, None)
    for match in reversed(list(_QUOTE.finditer(text))):
        start, end = match.span(1)
        aside = _ASIDE.search(text, start, end)
        name_end = aside.start() if aside else end
        name = text[start:name_end]
        if len(name) < 2 or text[start] in "《（(" or _COUNTED.fullmatch(name):
            continue
        after = match.end()
        if follow := _ASIDE.match(text, after):
            after = follow.end()
        kind = _type(clause, name, match.start(), after)
        listed = text[after : after + 1] in ("和", "与", "及", "、") and after + 1 == later[0]
        kind = kind or (later[1] if listed else None)
        later = (match.start(), kind)
        if kind and not any(mark in name for mark in "，。；！？"):
            rank = 0 if _is_started(text, match.start()) else 1
            yield Candidate(start, name_end, kind, "quoted", rank)


def _is_started(text: str, at: int) -> bool:
    """Say whether a word that begins programmes stands in front: 启动了“…”."""
    verbs = grammar().program_starts
    return bool(verbs.before(text, at - 1 if text[at - 1 : at] == "了" else at))


def _type(clause: Clause, name: str, before: int, after: int) -> EntityType | None:
    """Tell what a quotation names by its own ending, else by the words around it."""
    quoted: tuple[EntityType, ...] = ("program", "document", "organization")
    text, rules = clause.text, grammar()
    forms = dict(rules.quoted)
    titled = rules.titled_works.before(text, before)
    if match := _OF.match(text, after):
        if titled and any(forms["document"].at(match[1], at) for at in range(len(match[1]))):
            return "document"
        if match[1].startswith("行政命令"):
            return "document"
    known = clause.gazetteers.entries.get(name)
    if known is not None and known.type in quoted:
        return known.type
    started = _is_started(text, before) and len(name) > 3
    if started and not forms["document"].before(name, len(name)):
        return "program"
    if text.startswith(_PLANS, after) and not forms["document"].before(name, len(name)):
        return "program"
    for kind in quoted:
        if ending := forms[kind].before(name, len(name)):
            return kind if len(name) > len(ending) + 1 else None
    if text.startswith("的", after):
        return None
    for at in (after, after + 2):
        if at > after and text[after:at] not in rules.program_generic:
            break
        for kind in quoted[:2]:
            short = len(name) == 2 and not text.startswith(_PLANS, at)
            if forms[kind].at(text, at) and not short:
                return kind
    return None
