"""Whether a phrase with an organization's ending is a proper name, by what it begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.grammar import grammar
from bulletins.mentions.latin_names import is_latin_name

if TYPE_CHECKING:
    from bulletins.mentions.clause import Clause

# Endings that make a name of a city or state alone: 洛桑|研究所, 上海市|人民政府.
_LOCAL = (
    "政府",
    "人民政府",
    "议会",
    "内阁",
    "研究所",
    "研究院",
    "国家实验室",
    "医院",
    "总医院",
    "银行",
    "证券",
    "管委会",
    "天文台",
    "博物馆",
    "图书馆",
    "科技馆",
)
# Endings that make a name of a state or city and one plain word: 加州|能源|委员会.
_STATE = ("委员会", "协会", "学会", "基金会", "理事会", "联合会", "管理局", "商会")
# Endings that make a name of 国际 and one word: 国际|太阳能|联盟.
_WORLD = ("联盟", "协会", "学会", "联合会", "理事会", "委员会", "基金会")
_COURT = re.compile(r"(?:联邦|地方|地区|高等|上诉|最高|巡回|中级|人民|知识产权|破产)+$")
# Endings that make a name of a country and one plain word: 欧洲|物理|学会.
_LEARNED = (
    "学会",
    "协会",
    "联合会",
    "基金会",
    "理事会",
    "科学院",
    "工程院",
    "商会",
    "总署",
    "总局",
)
# Legal forms: a name stands in front of them.
_LEGAL = ("有限公司", "有限责任公司", "股份有限公司", "股份公司", "株式会社")
# A subsidiary or parent without a name of its own: 谷歌母|公司, but 三星电子|公司.
_DEPENDENT = re.compile(r"(?:[^电量光分原粒离种核质中]子|母|分)$")
# 四大|集团, 三家|公司: a number of companies.
_COUNTED = re.compile(r"[一二两三四五六七八九十几多数各][大家个]?")


def is_proper(clause: Clause, start: int, head: int, kind: str, mark: str) -> bool:
    """Say whether `text[start:head]`, behind which an ending of `kind` stands, makes a name of it.

    `mark` is what the phrase begins with, from `specifier`.
    """
    rules, text = grammar(), clause.text
    body = text[start:head]
    rest = text[clause.starts[start][0] : head] if start in clause.starts else body
    if kind == "company" and (_DEPENDENT.search(body) or _COUNTED.fullmatch(body)):
        return False
    if kind == "facility":
        latin = mark == "organization" and clause.starts[start][1].kind == "latin"
        return latin and len(rest) >= 4
    if kind == "bank" and mark in ("country", "place", "organization"):
        return mark != "country" or len(rest) > 1
    if text.startswith("小组", head) and mark not in ("country", "lead", "place"):
        return False
    if text[head : head + 2] == "政府" and rest and not (mark == "person" and rest[0] == "-"):
        return False
    if mark == "country":
        if kind == "company":
            return len(rest) > 3 or (len(rest) > 1 and not rules.is_generic(rest))
        if not rest:
            return text[head : head + 2] in ("政府", "议会", "国会", "内阁")
        if kind == "short":
            return len(rest) > 1
        if len(rest) >= 2 and text.startswith(_LEARNED, head):
            return True
        return len(rest) >= 4 or not rules.is_generic(rest)
    if mark == "place":
        if not rest:
            return kind == "university" or text.startswith(_LOCAL, head)
        if text.startswith("法院", head) and _COURT.fullmatch(rest):
            return True
        if text.startswith(_STATE, head) and len(rest) > 1:
            return True
        if kind == "university":
            return True
        if kind == "short":
            return (text[head] in "局厅委" and len(rest) > 1) or body.endswith(
                ("市科", "市教", "市建")
            )
        return len(rest) >= 3 or not rules.is_generic(rest)
    if mark == "organization":
        at_end, entry = clause.starts[start]
        if not rest:
            return entry.kind in ("company", "latin", "own") and kind in (
                "company",
                "center",
                "institute",
            )
        if kind in ("company", "short"):
            academy = entry.type == "organization" and text[at_end - 1] in "院会"
            return (kind == "short" and (len(rest) > 2 or (len(rest) == 2 and academy))) or (
                kind == "company" and entry.kind in ("company", "latin")
            )
        return len(rest) > 1 or kind in ("institute", "university")
    if mark == "person":
        return text[head : head + 2] == "政府"
    if mark == "latin":
        return kind != "short" and is_latin_name(clause, start, head)
    if mark == "lead":
        lead = rules.leads.at(text, start)
        wanted = rules.lead_kinds.get(lead, "all")
        rest = body[len(lead) :]
        if wanted != "all" and kind != wanted:
            return False
        if lead in ("全球", "世界", "国际"):
            known = text.startswith(_WORLD, head) and len(rest) > 2 and not rules.is_generic(rest)
            return len(rest) >= 5 or known
        if lead in ("国家", "国立") and kind in ("body", "library") and len(rest) >= 2:
            return True
        return (len(rest) >= 4 and kind != "company") or (
            len(rest) >= 2 and not rules.is_generic(rest)
        )
    if rules.is_generic(body):
        return False
    if text.startswith(_LEGAL, head) and len(body) > 1:
        return True
    if _has_foreign_start(body):
        return True
    if kind in ("university", "institute", "company", "center", "bank"):
        if rules.is_transliterated(body) and (len(body) > 1 or "·" in body):
            return kind != "center" or len(body) > 2
        core = _without_plain(body)
        if rules.is_transliterated(core) and len(core) > 2:
            return True
        if kind == "company" and clause.words is not None and 2 <= len(body) <= 5:
            return clause.words.is_brand(body)
        if kind == "university" and 2 <= len(body) <= 12:
            return clause.words is None or not clause.words.is_common(body)
    return False


def _has_foreign_start(body: str) -> bool:
    """阿贡实验室|微电子, 佐治亚大学|研究: a foreign name with an ending of its own in front."""
    rules = grammar()
    for at in range(2, len(body) - 1):
        if not rules.is_transliterated(body[:at]):
            return False
        if rules.endings.get(rules.ending_forms.at(body, at), "short") in (
            "university",
            "institute",
        ):
            return True
    return False


def _without_plain(body: str) -> str:
    """Take plain words off the right: 弗罗茨瓦夫|理工, 巴特尔|纪念."""
    rules = grammar()
    while len(body) > 2:
        plain = rules.generic.before(body, len(body))
        for word in ("理工", "纪念", "州立", "国立", "医", "师范", "农业"):
            if not plain and body.endswith(word):
                plain = word
        if not plain or len(plain) >= len(body):
            break
        body = body[: -len(plain)]
    return body
