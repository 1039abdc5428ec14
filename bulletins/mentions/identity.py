"""What a name is in all articles: a key that only full forms have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from bulletins.mentions.gazetteers import Gazetteers
    from bulletins.model import EntityType

_MARKS = str.maketrans({
    "•": "·", "・": "·", "‧": "·", "∙": "·", "—": "-", "–": "-", "‐": "-", "’": "'",
    "《": "", "》": "", "〈": "", "〉": "", "“": "", "”": "", "「": "", "」": "",
    "(": "（", ")": "）",
})  # fmt: skip
_COMPANY = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|股份公司|公司)$")
# Names that many countries have: 东北大学 stands in Japan, in China and in the USA.
_DIRECTION = re.compile(r"(?:东北|西北|东南|西南|中央|中部|南方|北方|东方|西部)(?:大学|学院)$")
_UNIQUE_KINDS = ("university", "laboratory", "company", "latin")
_MIN_TITLE = 9


def identity(
    kind: EntityType, canonical: str, gazetteers: Gazetteers, *, country: str = ""
) -> str | None:
    """Give a key that is equal for one thing in all articles, None for a form that is not full.

    `canonical` is the fullest form that an article gives (squeezed spelling); `country` is the one
    country that the article puts in front of it. Keys are equal only where the type is, and the
    full form or what the gazetteers call `same`. An abbreviation, a surname, a ministry without its
    country and a law's short title say nothing outside their article.
    """
    form = canonical.translate(_MARKS).strip()
    full: str | None = None
    if form:
        if kind == "organization":
            full = _organization(form, gazetteers, country)
        elif kind == "person":
            full = _person(form)
        elif kind == "place":
            full = _place(form, gazetteers)
        elif kind == "technology":
            full = None if is_abbreviation(form) else form
        else:
            full = _work(form, gazetteers, country)
    return f"{kind}:{full.casefold()}" if full else None


def is_abbreviation(form: str) -> bool:
    """Say whether a form is letters that stand for a name (NSF, A*STAR, ARPA-E), or too short."""
    if HAN.search(form) or " " in form:
        return False
    letters = [char for char in form if char.isalpha()]
    return len(letters) < 4 or (len(form) <= 8 and all(char.isupper() for char in letters))


def country_before(text: str, start: int, gazetteers: Gazetteers) -> tuple[str, int]:
    """Give the country or region right before `start` and where it begins, ("", start) if none.

    Of two countries (美国和印度) none is it.
    """
    country, begin = _country_at(text, start, gazetteers)
    if country and begin and text[begin - 1] in "和与及、":
        other, _ = _country_at(text, begin - 1, gazetteers)
        if other:
            return "", start
    return country, begin


def _country_at(text: str, start: int, gazetteers: Gazetteers) -> tuple[str, int]:
    end = start - 1 if start and text[start - 1] in "《“「" else start
    for length in range(6, 1, -1):
        if end < length:
            continue
        form = text[end - length : end]
        entry = gazetteers.entries.get(form)
        if entry is not None and entry.kind == "country":
            return form, end - length
        if form in ("欧盟", "欧洲"):
            return "欧盟", end - length
    short = text[end - 1] if end else ""
    alone = end == 1 or (end > 1 and not HAN.match(text[end - 2]))
    if alone and short in gazetteers.short_countries:
        return gazetteers.short_countries[short], end - 1
    return "", start


def _split(form: str, gazetteers: Gazetteers) -> tuple[str, str]:
    """Split off the country at the beginning: 美国|商务部, 美|商务部."""
    entries = gazetteers.entries
    for length in range(6, 1, -1):
        entry = entries.get(form[:length])
        if entry is not None and entry.kind == "country" and len(form) > length:
            return form[:length], form[length:]
    tail = form[1:]
    if form[0] in gazetteers.short_countries and (tail in entries or tail == "政府"):
        return gazetteers.short_countries[form[0]], tail
    return "", form


def _organization(form: str, gazetteers: Gazetteers, context: str) -> str | None:
    entries, same = gazetteers.entries, gazetteers.same
    if form in same and not entries[form].country:
        return same[form]
    bare = _COMPANY.sub("", form)
    known = entries.get(bare)
    if known is not None and known.kind in ("company", "latin") and bare != form:
        return None if is_abbreviation(bare) and bare not in same else same.get(bare, bare)
    country, tail = _split(form, gazetteers)
    entry = entries.get(tail)
    if entry is not None and entry.type != "organization":
        entry = None
    if entry is not None and not HAN.search(tail):
        return None if is_abbreviation(tail) and tail not in same else same.get(tail, tail)
    if entry is not None and entry.kind in _UNIQUE_KINDS and not _DIRECTION.match(tail):
        return same.get(tail, tail)
    country = country or (entry.country if entry is not None else "")
    if entry is not None:
        tail = same.get(tail, tail)
    if country:
        whole = tail.startswith((country, "欧") if country == "欧盟" else country)
        full = tail if whole else country + tail
        return same.get(full, full)
    if not HAN.search(bare):  # Cohere公司 is Cohere
        return None if is_abbreviation(bare) else bare
    if entry is not None:
        return _with_context(tail, context) if _needs_country(tail, entry.kind) else tail
    return form if _is_full(form, bare) else None


def _with_context(form: str, country: str) -> str | None:
    return country + form if country else None


def _needs_country(form: str, kind: str) -> bool:
    if kind == "ministry" or _DIRECTION.match(form):
        return True
    return kind == "agency" and grammar().leads.at(form, 0) in ("国家", "国立", "联邦", "全国")


def _is_full(form: str, bare: str) -> bool:
    """Say whether a name that rules found has an ending, and something proper in front of it."""
    rules = grammar()
    ending = rules.ending_forms.before(form, len(form))
    body = form[: len(form) - len(ending)]
    if not HAN.search(bare):
        return not is_abbreviation(bare)
    if not ending or rules.endings[ending] == "short" or _DIRECTION.match(form):
        return False
    lead = rules.leads.at(form, 0)
    if lead in ("国家", "国立", "联邦", "全国", "皇家", "中央", "总统"):
        return False
    return len(body) > 1 and not rules.is_generic(body)


def _person(form: str) -> str | None:
    if "·" in form or " " in form:
        return form
    rules = grammar()
    chinese = 1 < len(form) < 5 and form[0] in rules.surnames and HAN.match(form) is not None
    return form if chinese and len(form) > 2 and not rules.is_transliterated(form) else None


def _place(form: str, gazetteers: Gazetteers) -> str | None:
    form = gazetteers.short_countries.get(form, form)
    if form in gazetteers.same:
        return gazetteers.same[form]
    return None if len(form) < 2 or is_abbreviation(form) else form


def _work(form: str, gazetteers: Gazetteers, context: str) -> str | None:
    """Documents and programmes: by the country in the title or before it, else by a long title."""
    entry = gazetteers.entries.get(form)
    if form in gazetteers.same:
        return gazetteers.same[form]
    if entry is not None and entry.kind == "journal":
        return form
    country, tail = _split(form, gazetteers)
    if country:
        return country + tail
    if form.startswith(("欧洲", "欧盟")):
        return "欧盟" + form[2:]
    if context:
        return context + form
    if not HAN.search(form):
        return form if form.count(" ") > 1 else None
    lead = grammar().leads.at(form, 0)
    if lead in ("国家", "国立", "联邦", "全国", "中央") or grammar().is_generic(form):
        return None
    return form if len(form) >= _MIN_TITLE else None
