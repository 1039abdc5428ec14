"""Names in an article: candidates of every rule, spread over the article, the longest kept."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, read_clause
from bulletins.mentions.documents import find_documents
from bulletins.mentions.gazetteers import Lexicon
from bulletins.mentions.grammar import HAN
from bulletins.mentions.organizations import find_organizations, is_headed
from bulletins.mentions.pairs import find_ties
from bulletins.mentions.people import find_people
from bulletins.mentions.places import find_places
from bulletins.mentions.programs import find_headings, find_programs
from bulletins.mentions.quotations import find_quotations
from bulletins.mentions.short_forms import short_forms
from bulletins.mentions.technologies import find_technologies
from bulletins.model import Entity, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.mentions.gazetteers import Gazetteers
    from bulletins.mentions.view import View
    from bulletins.mentions.words import Words
    from bulletins.model import EntityType


# A longer form (the title of a paper) counts only where a rule found it: so that looking for names
# stays linear in the text.
_MAX_SPREAD = 80
# A known programme takes in the word behind it: NAPMP计划, 微系统增材制造项目.
_CALLED = ("计划", "项目")
# Behind a person these are his people, and no body.
_GROUPS = ("小组", "课题组", "研究组", "团队")


@dataclass(slots=True)
class _Names:
    """What an article's names are: form → type and rank, and which forms name one thing."""

    types: dict[str, tuple[int, EntityType]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def add(self, form: str, kind: EntityType, rank: int) -> None:
        held = self.types.get(form)
        if held is None or rank < held[0]:
            self.types[form] = (rank, kind)

    def root(self, form: str) -> str:
        while (parent := self.parents.get(form, form)) != form:
            form = parent
        return form

    def tie(self, full: str, other: str) -> None:
        """Join two forms; the longer Chinese one stands for both."""
        first, second = self.root(full), self.root(other)
        if first == second:
            return
        if _fullness(second) > _fullness(first):
            first, second = second, first
        self.parents[second] = first


def _fullness(form: str) -> tuple[bool, int]:
    return bool(HAN.search(form)), len(form)


def find_entities(
    title: View, blocks: Sequence[View], gazetteers: Gazetteers, words: Words | None = None
) -> list[Entity]:
    """Find the names of a title and its blocks, in order of appearance.

    No two overlap: at each place the longest form wins. `canonical` is the fullest form that the
    article ties to a name, in squeezed spelling.
    """
    clauses = [read_clause(title, gazetteers, words, is_title=True)]
    clauses += [read_clause(view, gazetteers, words) for view in blocks]
    names = _Names()
    candidates = [_candidates(clause, names) for clause in clauses]
    for index, heading in find_headings(clauses):
        candidates[index].append(heading)
        names.add(clauses[index].text[heading.start : heading.end], "program", heading.rank)
    for full, short, kind in short_forms(clauses, candidates):
        names.add(short, kind, 5)
        names.tie(full, short)
    candidates = [
        _without_plans(clause, own, names) for clause, own in zip(clauses, candidates, strict=True)
    ]
    spread = Lexicon(form for form in names.types if len(form) <= _MAX_SPREAD)
    found: list[Entity] = []
    for index, (clause, own) in enumerate(zip(clauses, candidates, strict=True)):
        for start, end in spread.find(clause.text):
            rank, kind = names.types[clause.text[start:end]]
            if kind == "organization" and is_headed(clause.text, end):
                continue
            listed = start > 0 and clause.text[start - 1] in "、和与及"
            if kind == "program" and clause.text.startswith(_CALLED, end) and not listed:
                end += 2
            own.append(Candidate(start, end, kind, "spread", rank))
        block = index - 1 if index else None
        found += [_entity(clause, one, block, names) for one in _longest(clause, own)]
    return found


def _without_plans(
    clause: Clause, candidates: Sequence[Candidate], names: _Names
) -> list[Candidate]:
    """Leave out `Global Wafers 计划`: where an organization stands in front, 计划 is a verb."""
    kept = []
    for one in candidates:
        form = clause.text[one.start : one.end]
        if one.type == "program" and one.kind == "latin":
            held = names.types.get(form[:-2])
            if held is not None and held[1] in ("organization", "technology"):
                names.types.pop(form, None)
                continue
        kept.append(one)
    return kept


def _candidates(clause: Clause, names: _Names) -> list[Candidate]:
    found = [
        *find_documents(clause), *find_programs(clause), *find_quotations(clause),
        *find_organizations(clause), *find_people(clause),
        *find_places(clause), *find_technologies(clause),
    ]  # fmt: skip
    found = _without_crossing(clause, found)
    ties = list(find_ties(clause, found))
    for tie in ties:
        found += [tie.full, tie.other]
    text = clause.text
    for one in found:
        # One-character names and known places count where they stand, not wherever they occur.
        if one.end - one.start > 1 and not (one.type == "place" and one.kind != "town"):
            names.add(text[one.start : one.end], one.type, one.rank)
    for tie in ties:
        names.tie(text[tie.full.start : tie.full.end], text[tie.other.start : tie.other.end])
    return found


def _without_crossing(clause: Clause, found: list[Candidate]) -> list[Candidate]:
    """Leave out `北京大学刘开辉、燕山大学` and `Jane Roe 小组`: what holds a person's name."""
    people = sorted(one.start for one in found if one.kind == "chinese")
    groups = {one.start: one.end for one in found if one.type == "person"}
    if not groups:
        return found
    kept = []
    for one in found:
        inside = bisect_right(people, one.start)
        crosses = inside < len(people) and people[inside] < one.end
        end = groups.get(one.start, len(clause.text))
        grouped = clause.text.startswith(_GROUPS, end) and one.end <= end + 3
        if grouped and one.type == "organization":
            continue
        if one.type in ("person", "place") or one.kind in ("book", "quoted") or not crosses:
            kept.append(one)
    return kept


def _longest(clause: Clause, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the longest of overlapping candidates; of equal ones the better evidence."""
    taken = bytearray(len(clause.text) + 1)
    kept = []
    for one in sorted(candidates, key=lambda c: (c.start - c.end, c.rank, c.start)):
        if taken[one.start] or taken[one.end - 1]:
            continue
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
        kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _entity(clause: Clause, one: Candidate, block: int | None, names: _Names) -> Entity:
    start, end = clause.view.span(one.start, one.end)
    form = clause.text[one.start : one.end]
    root = names.root(form)
    if root != form and names.types.get(root, (0, one.type))[1] != one.type:
        root = form
    return Entity(one.type, clause.view.source[start:end], root, Place(start, end, block))
