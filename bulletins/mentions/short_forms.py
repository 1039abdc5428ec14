"""Shorter forms that an article uses for a name it has given in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulletins.mentions.clause import Candidate, Clause
    from bulletins.mentions.gazetteers import Entry
    from bulletins.model import EntityType

_COMPANY = re.compile(r"(?:有限公司|股份公司|公司|集团)$")


def short_forms(
    clauses: Sequence[Clause], candidates: Sequence[Sequence[Candidate]]
) -> Iterator[tuple[str, str, EntityType]]:
    """Give (full form, shorter form, type) for the names found: what else may stand for them.

    `X公司` → X when X is Latin or known; 美国商务部 → 商务部; 美国阿贡国家实验室 → 阿贡实验室,
    阿贡; 普渡大学 → 普渡; 吉娜·雷蒙多 → 雷蒙多.
    """
    done: set[str] = set()
    for clause, found in zip(clauses, candidates, strict=True):
        for one in found:
            form = clause.text[one.start : one.end]
            if form in done or one.rank > 5:
                continue
            done.add(form)
            if one.type == "organization":
                for short in _organization(clause, one, form):
                    yield form, short, "organization"
            elif one.type == "person":
                for short in _person(form):
                    yield form, short, "person"


def _organization(clause: Clause, one: Candidate, form: str) -> Iterator[str]:
    entries = clause.gazetteers.entries
    bare = form
    hit = clause.starts.get(one.start)
    if behind := _behind_country(form, entries):
        bare = form[behind:]
        if bare in entries or (len(bare) > 5 and not grammar().leads.at(bare, 0)):
            yield bare
    if (
        hit
        and hit[0] < one.end
        and hit[1].type == "organization"
        and hit[1].kind != "latin"
        and hit[0] < one.end - 3
    ):
        yield clause.text[hit[0] : one.end]
    if company := _COMPANY.search(bare):
        short = bare[: company.start()]
        latin = HAN.search(short) is None
        known = entries.get(bare)
        if known is not None and known.kind == "company" and not grammar().is_generic(short):
            yield short
        if (
            (latin and len(short) > 2)
            or (short in entries and entries[short].type == "organization")
            or (grammar().is_transliterated(short) and len(short) > 2)
        ):
            yield short
    for ending, more in (("国家实验室", "实验室"), ("大学", ""), ("实验室", "")):
        if bare.endswith(ending):
            base = bare[: -len(ending)]
            if base in entries or any(char in base for char in "东西南北中"):
                break
            school = bare in entries and ending == "大学" and 2 <= len(base) <= 4
            if not school and not grammar().is_transliterated(base):
                break
            if more:
                yield base + more
            if not any(base in name for name in ("华盛顿", "犹他", "佛罗里达", "加利福尼亚")):
                yield base
            break


def _behind_country(form: str, entries: Mapping[str, Entry]) -> int:
    """Give where a name goes on behind the country it begins with, 0 if it begins with none."""
    for length in range(6, 1, -1):
        entry = entries.get(form[:length])
        if entry is not None and entry.kind == "country" and length < len(form) - 1:
            return length
    return 0


def _person(form: str) -> Iterator[str]:
    parts = re.split("[·•・]", form)
    if len(parts) > 1 and len(parts[-1]) > 1:
        yield parts[-1]
        if len(parts) == 2 and len(parts[0]) > 2 and HAN.match(parts[0][-1]):
            yield parts[0]  # 安瓦尔·易卜拉欣 goes by his own name, not his father's
    words = form.split(" ")
    if len(words) > 1 and len(words[-1]) > 3 and words[-1].isalpha():
        yield words[-1]
