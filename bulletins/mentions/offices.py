"""Departments of universities, and the Party's committees of places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.grammar import HAN, grammar
from bulletins.mentions.organizations import built

if TYPE_CHECKING:
    from collections.abc import Iterator

# A department of a university, before who works in it or at the end of the phrase.
_DEPARTMENT = re.compile(
    r"(?<![关体联派星谱直嫡])系(?=系?主任|的|副?教授|讲师|研究|博士|等|团队|[，。；、（）]|$)"
)
_COMMITTEE = re.compile(
    r"(?<=[省市区县州])委(?=书记|副书记|常委|秘书长|办公厅|宣传部|组织部|[、和，。])"
)


def find_offices(clause: Clause) -> list[Candidate]:
    """Find departments and committees; candidates may overlap."""
    return [*_departments(clause), *_committees(clause)]


def _departments(clause: Clause) -> Iterator[Candidate]:
    """滑铁卢大学|物理和天文学系: what a university's name runs on to, up to 系."""
    text = clause.text
    for match in _DEPARTMENT.finditer(text):
        end = match.end()
        for at in range(end - 3, max(end - 14, 1), -1):
            if not HAN.match(text[at]) or (clause.verbs & {at} and text[at - 2 : at] != "大学"):
                break
            known = [
                begin for begin, entry in clause.ends.get(at, ()) if entry.type == "organization"
            ]
            ending = grammar().ending_forms.before(text, at)
            if grammar().endings.get(ending) != "university":
                continue
            whole = built(clause, at - len(ending), at, "university")
            start = min([*known, *([whole.start] if whole else [])], default=at)
            if start < at:
                yield Candidate(start, end, "organization", "university", 4)
                break


def _committees(clause: Clause) -> Iterator[Candidate]:
    """合肥|市委书记: the Party's committee of a place, before what only it has."""
    text = clause.text
    for start, end, entry in clause.hits:
        if entry.type != "place":
            continue
        last = end + (text[end : end + 1] in ("市", "省", "区", "县"))
        if _COMMITTEE.match(text, last):
            yield Candidate(start, last + 1, "organization", "body", 4)
