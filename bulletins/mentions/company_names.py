"""Companies by short names that no list knows: 明川|资本, a stock code, a Latin name that signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.gazetteers import is_whole
from bulletins.mentions.grammar import HAN, grammar
from bulletins.mentions.latin_names import LATIN_NAME, is_field

if TYPE_CHECKING:
    from collections.abc import Iterator

# What companies and few things are called by: two such names in a list are companies.
_TELLING = ("半导体", "微电子", "光电", "精密", "装备", "宇航", "基因")
# Words that end a name on their left, but are no verbs: 新材料|企业.
_NOUNS = (
    "商",
    "家",
    "员",
    "业",
    "头",
    "队",
    "关",
    "界",
    "师",
    "者",
    "组",
    "厂",
    "有",
    "名",
    "个",
    "项",
)
_BUYS = ("收购", "并购", "入股", "收购了")
_MAX_BODY = 6
_LIST = "、和与及"
_STOCK = re.compile(
    r"[（(](?:股票代码[：:]?|代码[：:]?)?(?:\d{4,6}|[A-Z]{1,5})\.(?:HK|SH|SZ|BJ|SS|US|O|N|T|KS)[)）]"
)
_ENGLISH_CODE = re.compile(r"[（(](?:NASDAQ|Nasdaq|纳斯达克|NYSE|纽交所)[：:]")
_OTHERS = re.compile(
    r"等(?:多家|几家|数家|\d{1,3}家|[一二两三四五六七八九十]{1,2}家)?[\u4e00-\u9fff]{0,6}(?:公司|企业|厂商|投资机构|资本)"
)
# One-character words that no company's name begins with.
_NO_START = frozenset("该本此各某其这那一二三四五六七八九十两几多数新老大小首每全是有做用")
_PROPER = ("nr", "x", "eng")
# Tags of words that a name is not made of.
_LOOSE = ("p", "c", "u", "d", "r", "f", "y", "m", "q")


def find_companies(clause: Clause) -> Iterator[Candidate]:
    """Find companies by their last word, by a stock code, and by what only companies do."""
    yield from _by_sector(clause)
    yield from _by_code(clause)
    yield from _latin_subjects(clause)
    yield from _listed(clause)


def _by_sector(clause: Clause) -> Iterator[Candidate]:
    """明川资本领投, 与丰澜能源合作: an uncommon word, its trade, and where a name may end."""
    text, rules = clause.text, grammar()
    for forms, strong in ((rules.sectors, True), (rules.weak_sectors, False)):
        for at, sector in forms.find(text):
            end = at + len(sector)
            does = bool(rules.business.at(text, end)) or bool(_STOCK.match(text, end))
            if not does and not _may_end(clause, end):
                continue
            start = _left(clause, at)
            bought = text.endswith(_BUYS, 0, start)
            if not (does or strong or bought or _is_beside(clause, start, end)):
                continue
            if start < at and _is_name(clause, start, at, does=does and strong):
                yield Candidate(start, end, "organization", "company", 5)


def _is_beside(clause: Clause, start: int, end: int) -> bool:
    """Say whether a company stands beside it in a list: 比亚迪、昂瑞|微电子."""
    text = clause.text
    if start and text[start - 1] in _LIST:
        if any(entry.kind == "company" for _, entry in clause.ends.get(start - 1, ())):
            return True
        if text.endswith(_TELLING, 0, start - 1) and text.endswith(_TELLING, 0, end):
            return True
    hit = clause.starts.get(end + 1)
    return text[end : end + 1] in ("、", "和", "与", "及") and bool(
        hit and hit[1].kind == "company"
    )


def _may_end(clause: Clause, end: int) -> bool:
    text, rules = clause.text, grammar()
    follows = text[end : end + 1]
    if not follows or follows in "，。；：、（）”—":
        return True
    if follows in "和与及等将已也正则拟在曾还" or rules.together.at(text, end):
        return True
    verb = rules.hard.at(text, end)
    if verb and not verb.endswith(_NOUNS):
        return True
    return bool(rules.titles.at(text, end) or rules.person_after.at(text, end))


def _left(clause: Clause, at: int) -> int:
    """Give where the word in front of a company's last word begins, `at` if it has no edge."""
    text, rules = clause.text, grammar()
    start = at
    while start and HAN.match(text[start - 1]) and not clause.cuts[start]:
        if at - start >= 2 and (
            rules.latin_leads.before(text, start)
            or rules.business.before(text, start)
            or _ends_country(clause, start)
        ):
            break
        if at - start >= _MAX_BODY:
            return at
        start -= 1
    return start


def _ends_country(clause: Clause, at: int) -> bool:
    return any(entry.type == "place" for _, entry in clause.ends.get(at, ()))


def _is_name(clause: Clause, start: int, at: int, *, does: bool) -> bool:
    """Say whether `text[start:at]` is what companies are called by, and no plain word.

    `does` says that what follows tells a company, so that one dictionary word will do.
    """
    text, rules = clause.text, grammar()
    body = text[start:at]
    if len(body) < 2 or body[0] in _NO_START or rules.is_generic(body):
        return False
    inner = [clause.starts[place] for place in range(start, at) if place in clause.starts]
    if inner:
        end, entry = inner[0]
        own = entry.type == "organization" and entry.kind == "company" and len(inner) == 1
        return own and end == at and clause.starts.get(start) == inner[0]
    if any(clause.cuts[start + 1 : at + 1]) or rules.leads.at(body, 0):
        return False
    if rules.ending_forms.before(body, len(body)) or rules.hard.at(body, 0):
        return False
    if clause.words is None:
        return rules.is_transliterated(body)
    words = clause.words.tagged(body)
    if len(words) == 1:
        told = does and len(body) < 4 and words[0].tag in ("n", "a", "v", "an", "vn", "nr", "nz")
        foreign = words[0].tag.startswith("nr") and rules.is_transliterated(body)
        return told or foreign or not clause.words.is_known(body)
    if any(word.tag.startswith(_LOOSE) for word in words):
        return False
    plain = [word for word in words if len(word.text) > 1 and clause.words.is_known(word.text)]
    plain = [word for word in plain if not word.tag.startswith(_PROPER)]
    if any(word.text in rules.generic for word in plain):
        return False
    return len(body) <= 4 and (len(plain) < len(words) - 1 or (len(plain) < len(words) and does))


def _by_code(clause: Clause) -> Iterator[Candidate]:
    """宜明药业（01234.HK）: whatever stands in front of a stock code."""
    text, rules = clause.text, grammar()
    for pattern in (_STOCK, _ENGLISH_CODE):
        for match in pattern.finditer(text):
            end = match.start()
            start = end
            while start and end - start < 8 and HAN.match(text[start - 1]):
                if clause.cuts[start] or rules.latin_leads.before(text, start):
                    break
                if end - start > 1 and _ends_country(clause, start):
                    break
                start -= 1
            if 2 <= end - start < 8 and not rules.is_generic(text[start:end]):
                yield Candidate(start, end, "organization", "company", 4)


def _latin_subjects(clause: Clause) -> Iterator[Candidate]:
    """Meridia 宣布, 与 Halden Power 签署: Latin names that do what companies do."""
    text, rules = clause.text, grammar()
    for match in LATIN_NAME.finditer(text):
        start, end = match.span()
        while end > start and not text[end - 1].isalnum():
            end -= 1
        name = text[start:end]
        if len(name) < 3 or is_field(name) or not is_whole(text, start, end):
            continue
        if not name[0].isupper() or name.split()[0] in rules.given_names:
            continue
        if any(hit and hit[1].type != "organization" for hit in (clause.starts.get(start),)):
            continue
        after_country = any(entry.kind == "country" for _, entry in clause.ends.get(start, ()))
        opens = not start or not HAN.match(text[start - 1]) or clause.cuts[start]
        if opens and rules.latin_business.at(text, end) and _is_word(name):
            yield Candidate(start, end, "organization", "latin", 5)
        elif start and (text[start - 1] in "与和同向" or after_country):
            capitals = len(name) > 3 and name.isalpha() and name.isupper()
            if rules.together.at(text, end) and (_is_word(name) or capitals):
                yield Candidate(start, end, "organization", "latin", 5)


def _is_word(name: str) -> bool:
    """Say whether a Latin name is written as a company's is: no type number (B200, GPT-4)."""
    return not any(char.isdigit() for char in name) and any(char.islower() for char in name)


def _listed(clause: Clause) -> Iterator[Candidate]:
    """丰澜能源、Meridia、辰屿等企业: the items of a list of companies of which one is certain."""
    text, rules = clause.text, grammar()
    for match in _OTHERS.finditer(text):
        items: list[tuple[int, int]] = []
        certain = False
        at = match.start()
        for _ in range(12):
            start = at
            while (
                start and at - start <= 8 and HAN.match(text[start - 1]) and not clause.cuts[start]
            ):
                if text[start - 1] in _LIST:
                    break
                start -= 1
            if not 2 <= at - start <= 8:
                break
            known = clause.starts.get(start)
            certain |= bool(known and known[0] == at and known[1].kind == "company")
            certain |= bool(rules.sectors.before(text, at)) and at - start > 3
            items.append((start, at))
            if not start or text[start - 1] not in _LIST:
                break
            at = start - 1
        if not certain or len(items) < 2:
            continue
        for start, end in items:
            sector = rules.sectors.before(text, end)
            stop = end - len(sector) if end - len(sector) - start > 1 else end
            if start not in clause.starts and _is_name(clause, start, stop, does=bool(sector)):
                yield Candidate(start, end, "organization", "company", 5)
