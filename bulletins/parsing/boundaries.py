"""Find the lines that a reader says something of: here an article begins, this is a header.

A line is known again by its text and by what stands around it, not by its number, so that what was
said of it holds in other editions of the issue and after the program reads it otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletins.boundary import BOUNDARY_ACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.boundary import Boundary, BoundaryAct
    from bulletins.parsing.draft import Draft, DraftSection
    from bulletins.parsing.plan import Plan
    from bulletins.parsing.sheet import Sheet

SAID = "the reader says so"
_NEAR = 3  # lines above and below in which a neighbour is looked for: a header may come between
_PIECE = 8  # folded characters of a neighbour that are compared
_LEAST = 4  # folded characters of a line that is wrapped elsewhere in another edition
_NOT_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_KEPT = ("note", "note mark")  # what is tied to an article by its number stays with it


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lines by index, and the boundaries that no line was found for."""

    begin: frozenset[int] = frozenset()
    join: frozenset[int] = frozenset()
    heading: frozenset[int] = frozenset()
    drop: frozenset[int] = frozenset()
    unmet: tuple[Boundary, ...] = ()

    def drop_from(self, sheet: Sheet) -> None:
        """Take the headers out before anything is learned from the lines."""
        for index in self.drop:
            sheet.take(index, "running header", SAID)

    def keep_in(self, sheet: Sheet) -> None:
        """Give lines back to the text that were taken for something else."""
        for index in self.begin | self.join | self.heading:
            if not sheet.role[index].startswith(_KEPT):
                sheet.take(index, "", "")

    def put_into(self, plan: Plan) -> None:
        """Let articles begin, and not begin, where the reader says so."""
        for index in self.begin | self.join | self.heading:
            plan.titles.pop(index, None)
            plan.heads.pop(index, None)
            plan.lengths.pop(index, None)
        plan.titles.update(dict.fromkeys(self.begin, SAID))
        plan.begun, plan.joined = self.begin, self.join | self.heading
        plan.headings = self.heading


def bounds_of(lines: Sequence[str], boundaries: Iterable[Boundary]) -> Bounds:
    """Find the lines that boundaries are about; of two about one line the later holds.

    A line that is there several times is told by its neighbours; where they do not tell, none is
    taken. Linear in the lines for each boundary.
    """
    said = tuple(boundaries)
    if not said:
        return Bounds()
    folded = [_fold(line) for line in lines]
    acts: dict[int, BoundaryAct] = {}
    unmet = []
    for one in said:
        found = _every(folded, one) if one.everywhere else _one(folded, one)
        if not found:
            unmet.append(one)
        acts.update(dict.fromkeys(found, one.act))
    by_act = {
        act: frozenset(index for index, own in acts.items() if own == act) for act in BOUNDARY_ACTS
    }
    return Bounds(**by_act, unmet=tuple(unmet))


def _every(folded: Sequence[str], one: Boundary) -> list[int]:
    wanted = _fold(one.line)
    if one.act == "drop":
        wanted = _DIGITS.sub("0", wanted)
        return [at for at, text in enumerate(folded) if wanted and _DIGITS.sub("0", text) == wanted]
    return [at for at, text in enumerate(folded) if wanted and text == wanted]


def _one(folded: Sequence[str], one: Boundary) -> list[int]:
    wanted = _fold(one.line)
    if not wanted:
        return []
    alike = [at for at, text in enumerate(folded) if text == wanted]
    whole = bool(alike)
    if not whole:  # wrapped elsewhere
        alike = [at for at, text in enumerate(folded) if _begins(text, wanted)]
    before, after = _fold(one.before)[-_PIECE:], _fold(one.after)[:_PIECE]
    scores = [(_neighbours(folded, at, before, after), at) for at in alike]
    best = max((score for score, _ in scores), default=0)
    found = [at for score, at in scores if score == best]
    known = best > 0 or (whole and len(alike) == 1)
    return found if len(found) == 1 and known else []


def _begins(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LEAST and (one.startswith(other) or other.startswith(one))


def _neighbours(folded: Sequence[str], at: int, before: str, after: str) -> int:
    """Count how many of the neighbours are there."""
    above = folded[max(0, at - _NEAR) : at]
    below = folded[at + 1 : at + 1 + _NEAR]
    return bool(before and any(text.endswith(before) for text in above)) + bool(
        after and any(text.startswith(after) for text in below)
    )


def _fold(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def last_article(sections: Sequence[DraftSection]) -> Draft | None:
    """Return the article that a line goes on with, whatever ended it."""
    drafts = (section.articles[-1] for section in reversed(sections) if section.articles)
    return next(drafts, None)


def owners_of(sections: Iterable[DraftSection], count: int) -> tuple[int, ...]:
    """Say for each of `count` lines in which article its text stands, -1 for those in none."""
    owners = [-1] * count
    drafts = (draft for section in sections for draft in section.articles)
    for number, draft in enumerate(drafts):
        for index in (*draft.title_lines, *draft.body):
            owners[index] = number
    return tuple(owners)
