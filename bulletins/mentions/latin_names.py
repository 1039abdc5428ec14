"""Organizations with Latin names: behind a word for them, in lists, by an English ending."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, latin_start
from bulletins.mentions.gazetteers import is_whole
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Words of a name are joined by single spaces; of/for/and stand only inside. The bounds keep a line
# of Latin words linear.
LATIN_NAME = re.compile(
    r"(?:[A-Z]|[a-z]{1,3}(?=[A-Z0-9:]))[A-Za-z0-9.&'’:+-]{0,60}"
    r"(?: (?:(?:of|for|and) )?[A-Z&][A-Za-z0-9.&'’+-]{0,60}){0,8}"
)
_LIST_END = re.compile(
    r"等(?:多家|几家|数家|\d{1,3}家|[一二两三四五六七八九十]{1,2}家|大型|知名|科技|初创|半导体|芯片"
    r"|量子|国际|国内外|全球){0,4}(?:公司|企业|厂商|机构|投资者|投资方|投资机构|巨头|伙伴|成员)"
)
_ALSO = re.compile(r"等(?:多家|知名)?(?:投资)?(?:机构)?$")
_JOINTS = "、和与及"
_FIELDS = frozenset(
    ["AI", "IT", "ICT", "VC", "3D", "5G", "6G", "CEO", "CTO", "COO", "EDA", "IP", "STEM"]
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


def is_latin_name(clause: Clause, start: int, head: int) -> bool:
    """Say whether a name of an organization may begin with the Latin words at `start`."""
    match = LATIN_NAME.match(clause.text, start)
    if not match or match.end() > head:
        return False
    name = match[0]
    hit = clause.starts.get(start)
    if name in _FIELDS or (hit and hit[1].type == "technology" and hit[0] >= match.end()):
        return False
    return len(name) > 1 and any(char.isupper() for char in name)


def is_field(name: str) -> bool:
    """Say whether a Latin word names a field (AI, EDA), and nobody who works in it."""
    return name in _FIELDS


def find_latin(clause: Clause, ends_a_name: Callable[[int], bool]) -> Iterator[Candidate]:
    """Find Latin names of organizations.

    公司 Infleqtion, 初创公司 NanoQT: right behind a word for organizations, unless that word ends
    another name (`ends_a_name`); Aurelia Capital: by the last word; and the items of lists.
    """
    text, rules = clause.text, grammar()
    for match in LATIN_NAME.finditer(text):
        start, end = match.span()
        if text[end : end + 1] == "年" and _YEAR.search(match[0]):
            end -= 4
        while end > start and text[end - 1] in " .:&'-":
            end -= 1
        if end - start < 3 or not is_whole(text, start, end):
            continue
        name = text[start:end]
        if " " in name and name.rsplit(" ", 1)[1] in rules.latin_endings:
            yield Candidate(start, end, "organization", "latin", 5)
            continue
        if not start or not rules.latin_leads.before(text, start):
            continue
        hit = clause.starts.get(start)
        if name in _FIELDS or (hit and hit[1].type != "organization"):
            continue
        if start in clause.ends or ends_a_name(start):
            continue
        yield Candidate(start, end, "organization", "latin", 5)
    yield from _listed(clause)


def _listed(clause: Clause) -> Iterator[Candidate]:
    """Cloudflare、谷歌和 Signal 等公司: Latin items of a list that its end calls companies."""
    for match in _LIST_END.finditer(clause.text):
        at = match.start()
        for _ in range(12):
            start = latin_start(clause.text, at)
            if start == at:
                known = clause.ends.get(at)
                if not known or known[0][1].type != "organization":
                    break
                start = known[0][0]
            elif _is_item(clause, start, at):
                yield Candidate(start, at, "organization", "latin", 5)
            if not start or clause.text[start - 1] not in _JOINTS:
                break
            at = start - 1


def _is_item(clause: Clause, start: int, end: int) -> bool:
    name = clause.text[start:end]
    return name[0].isupper() and len(name) > 2 and name not in _FIELDS


def find_invested(clause: Clause) -> Iterator[Candidate]:
    """贝莱德、淡马锡和 Hollis Grove 领投: Latin items before or behind a word for investing."""
    text = clause.text
    for cue in grammar().investing.finditer(text):
        also = _ALSO.search(text, max(0, cue.start() - 8), cue.start())
        for item in _items_before(clause, also.start() if also else cue.start()):
            yield Candidate(*item, "organization", "latin", 5)
        for item in _items_behind(clause, cue.end()):
            yield Candidate(*item, "organization", "latin", 5)


def _items_before(clause: Clause, at: int) -> Iterator[tuple[int, int]]:
    text = clause.text
    for _ in range(12):
        start = latin_start(text, at)
        if start == at:
            known = clause.ends.get(at)
            if not known or known[0][1].type != "organization":
                return
            start = known[0][0]
        elif _is_item(clause, start, at):
            yield start, at
        if not start or text[start - 1] not in _JOINTS:
            return
        at = start - 1


def _items_behind(clause: Clause, at: int) -> Iterator[tuple[int, int]]:
    text = clause.text
    for _ in range(12):
        match = LATIN_NAME.match(text, at)
        known = clause.starts.get(at)
        if match and len(match[0]) > 2 and match[0] not in _FIELDS:
            yield match.span()
            at = match.end()
        elif known and known[1].type == "organization" and HAN.match(text[at]):
            at = known[0]
        else:
            return
        if text[at : at + 1] not in tuple(_JOINTS):
            return
        at += 1
