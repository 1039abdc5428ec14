"""Names in an article: candidates of every rule, spread over the article, the longest kept."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, is_blocked, read_clause
from bulletins.mentions.documents import find_documents
from bulletins.mentions.gazetteers import Lexicon
from bulletins.mentions.grammar import HAN
from bulletins.mentions.identity import country_before, identity
from bulletins.mentions.offices import find_offices
from bulletins.mentions.organizations import find_organizations, is_headed
from bulletins.mentions.pairs import Tie, find_ties
from bulletins.mentions.people import find_people
from bulletins.mentions.places import find_places
from bulletins.mentions.programs import find_headings, find_programs
from bulletins.mentions.quotations import find_quotations
from bulletins.mentions.short_forms import short_forms
from bulletins.mentions.technologies import find_technologies
from bulletins.model import Entity, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bulletins.mentions.gazetteers import Gazetteers
    from bulletins.mentions.view import View
    from bulletins.mentions.words import Words
    from bulletins.model import EntityType


# A longer form (the title of a paper) counts only where a rule found it: so that looking for names
# stays linear in the text.
_MAX_SPREAD = 80
# What a rule saw by more than one sign; weaker names stay in their article.
_MAX_SHARED_RANK = 4
# A known programme takes in the word behind it: NAPMP计划, 微系统增材制造项目.
_CALLED = ("计划", "项目")
_KINDS = ("公司", "集团", *_CALLED)
# Behind a person these are his people, and no body.
_GROUPS = ("小组", "课题组", "研究组", "团队")


@dataclass(slots=True)
class _Names:
    """What an article's names are: form → type and rank, and which forms name one thing."""

    types: dict[str, tuple[int, EntityType]] = field(default_factory=dict)
    claims: dict[str, dict[str, None]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def add(self, form: str, kind: EntityType, rank: int) -> None:
        held = self.types.get(form)
        if held is None or rank < held[0]:
            self.types[form] = (rank, kind)

    def root(self, form: str) -> str:
        parents = self.parents
        while (parent := parents.get(form, form)) != form:
            # Halving the way up keeps long chains of ties linear.
            parents[form] = form = parents.get(parent, parent)
        return form

    def claim(self, full: str, other: str) -> None:
        """Note that `other` stands for `full` somewhere in the article."""
        if full != other:
            self.claims.setdefault(other, {})[full] = None

    def tie(self) -> None:
        """Join the forms of one thing; the fullest stands for all.

        A form that names of two things claim (商务部 beside 美国商务部 and 中国商务部) joins
        none of them: bare, it says nothing. Names that begin alike, with one country or house, are
        one thing: 美国国家标准与技术研究院 and 美国商务部国家标准与技术研究院.
        """
        for other, claimants in self.claims.items():
            # 公司 or 计划 behind a form is no claim of another thing.
            others = [full for full in claimants if _bare(full) != other] or list(claimants)
            kinds = {self.types[form][1] for form in (*claimants, other) if form in self.types}
            longest = max(others, key=len)
            if len(kinds) < 2 and all(
                full in longest or full[:2] == longest[:2] or self._is_claimed(full, longest)
                for full in others
            ):
                for full in claimants:
                    self._join(full, other)

    def _is_claimed(self, one: str, two: str) -> bool:
        return two in self.claims.get(one, ()) or one in self.claims.get(two, ())

    def _join(self, full: str, other: str) -> None:
        first, second = self.root(full), self.root(other)
        if first == second:
            return
        if _fullness(second) > _fullness(first):
            first, second = second, first
        self.parents[second] = first


def _fullness(form: str) -> tuple[bool, int]:
    return bool(HAN.search(_bare(form))), len(form)


def _bare(form: str) -> str:
    """Take the word for its kind off a Latin form: RVM公司, NAPMP计划."""
    bare = form[:-2] if form.endswith(_KINDS) else form
    return form if HAN.search(bare) else bare


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's names before they are spread: its clauses, what rules found, what is tied.

    `glosses` gives, by clause and start, the full form that stands right beside a short one.
    """

    clauses: list[Clause]
    candidates: list[list[Candidate]]
    names: _Names
    glosses: dict[tuple[int, int], str]


def read_names(
    title: View, blocks: Sequence[View], gazetteers: Gazetteers, words: Words | None = None
) -> Reading:
    """Find the names of a title and its blocks where rules see them, and tie their forms."""
    clauses = [read_clause(title, gazetteers, words, is_title=True)]
    clauses += [read_clause(view, gazetteers, words) for view in blocks]
    names = _Names()
    glosses: dict[tuple[int, int], str] = {}
    candidates = []
    for index, clause in enumerate(clauses):
        found, ties = _candidates(clause, names)
        candidates.append(found)
        for tie in ties:
            full = clause.text[tie.full.start : tie.full.end]
            names.claim(full, clause.text[tie.other.start : tie.other.end])
            glosses[index, tie.other.start] = full
    for index, heading in find_headings(clauses):
        candidates[index].append(heading)
        names.add(clauses[index].text[heading.start : heading.end], "program", heading.rank)
    for full, short, kind in short_forms(clauses, candidates):
        names.add(short, kind, 5)
        names.claim(full, short)
    _claim_same(names, gazetteers)
    _claim_bare(names)
    names.tie()
    candidates = [
        _without_plans(clause, own, names) for clause, own in zip(clauses, candidates, strict=True)
    ]
    return Reading(clauses, candidates, names, glosses)


def _claim_same(names: _Names, gazetteers: Gazetteers) -> None:
    """Tie the forms of an article that the gazetteers call one thing (谷歌, Google)."""
    first: dict[str, str] = {}
    for form in names.types:
        if (key := gazetteers.same.get(form)) is not None:
            names.claim(first.setdefault(key, form), form)


def _claim_bare(names: _Names) -> None:
    """Tie `NAPMP计划` to `NAPMP` where the article names both, of one type."""
    for form, (_, kind) in [*names.types.items()]:
        bare = _bare(form)
        held = names.types.get(bare)
        if bare in names.claims and held is not None and held[1] == kind:
            names.claim(form, bare)


@dataclass(frozen=True, slots=True)
class Shared:
    """Full names that other articles of an issue give: they count where they stand in any."""

    types: dict[str, EntityType]
    lexicon: Lexicon


def shared_names(readings: Iterable[Reading]) -> Shared:
    """Collect the full names of an issue's articles on which no two articles disagree.

    Short forms, abbreviations and names that only their sentence shows stay in their article.
    """
    types: dict[str, EntityType] = {}
    doubtful: set[str] = set()
    for reading in readings:
        for form, (rank, kind) in reading.names.types.items():
            if types.setdefault(form, kind) != kind:
                doubtful.add(form)
            if rank > _MAX_SHARED_RANK or not _is_shared(form, kind):
                doubtful.add(form)
    kept = {form: kind for form, kind in types.items() if form not in doubtful}
    return Shared(kept, Lexicon(kept))


def _is_shared(form: str, kind: EntityType) -> bool:
    if len(form) > _MAX_SPREAD:
        return False
    if kind == "person":
        return "·" in form or " " in form
    return kind == "organization" and bool(HAN.match(form)) and len(form) > 4


def placed(reading: Reading, gazetteers: Gazetteers, shared: Shared | None = None) -> list[Entity]:
    """Give a reading's entities, in order: each name at each of its places.

    No two overlap: the longest form wins. `canonical` is the fullest form that the article ties to
    a name, in squeezed spelling; names of `shared` count where the article has none of its own.
    """
    names = reading.names
    spread = Lexicon(form for form in names.types if len(form) <= _MAX_SPREAD)
    found: list[tuple[int, Candidate, str]] = []
    for index, (clause, rules) in enumerate(zip(reading.clauses, reading.candidates, strict=True)):
        own = list(rules)
        for start, end in spread.find(clause.text):
            rank, kind = names.types[clause.text[start:end]]
            if kind == "organization" and is_headed(clause.text, end):
                continue
            if is_blocked(clause, start, end):
                continue
            listed = start > 0 and clause.text[start - 1] in "、和与及"
            if kind == "program" and clause.text.startswith(_CALLED, end) and not listed:
                end += 2
            own.append(Candidate(start, end, kind, "spread", rank))
        if shared is not None:
            own += _shared(clause, names, shared)
        found += [(index, one, _root(index, one, reading)) for one in _longest(clause, own)]
    identities = _identities(found, reading, gazetteers)
    return [_entity(index, one, root, reading, identities) for index, one, root in found]


def _shared(clause: Clause, names: _Names, shared: Shared) -> Iterator[Candidate]:
    for start, end in shared.lexicon.find(clause.text):
        form = clause.text[start:end]
        if form not in names.types and not is_headed(clause.text, end):
            yield Candidate(start, end, shared.types[form], "shared", 6)


def _identities(
    found: Iterable[tuple[int, Candidate, str]], reading: Reading, gazetteers: Gazetteers
) -> dict[tuple[EntityType, str], str | None]:
    """Give the identity of each canonical form, by the country that stands in front of it."""
    countries: dict[tuple[EntityType, str], set[str]] = {}
    for index, one, root in found:
        seen = countries.setdefault((one.type, root), set())
        if one.type in ("document", "program"):
            country, _ = country_before(reading.clauses[index].text, one.start, gazetteers)
            seen |= {country} - {""}
    return {
        (kind, root): identity(
            kind, root, gazetteers, country=next(iter(seen)) if len(seen) == 1 else ""
        )
        for (kind, root), seen in countries.items()
    }


def _without_plans(
    clause: Clause, candidates: Sequence[Candidate], names: _Names
) -> list[Candidate]:
    """Leave out `Global Wafers 计划`: where an organization stands in front, 计划 is a verb."""
    kept = []
    for one in candidates:
        form = clause.text[one.start : one.end]
        if one.type == "program" and one.kind == "latin":
            held = names.types.get(form[:-2])
            if held is not None and held[1] in ("organization", "technology", "person"):
                names.types.pop(form, None)
                continue
        kept.append(one)
    return kept


def _candidates(clause: Clause, names: _Names) -> tuple[list[Candidate], list[Tie]]:
    found = [
        *find_documents(clause), *find_programs(clause), *find_quotations(clause),
        *find_organizations(clause), *find_offices(clause), *find_people(clause),
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
    return found, ties


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


def _root(index: int, one: Candidate, reading: Reading) -> str:
    names, form = reading.names, reading.clauses[index].text[one.start : one.end]
    if form not in names.types and one.type == "program":
        form = _bare(form)
    root = names.root(reading.glosses.get((index, one.start), form))
    return form if names.types.get(root, (0, one.type))[1] != one.type else root


def _entity(
    index: int,
    one: Candidate,
    root: str,
    reading: Reading,
    identities: dict[tuple[EntityType, str], str | None],
) -> Entity:
    view = reading.clauses[index].view
    start, end = view.span(one.start, one.end)
    place = Place(start, end, index - 1 if index else None)
    return Entity(one.type, view.source[start:end], root, place, identities[one.type, root])
