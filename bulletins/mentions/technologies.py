"""Technologies: known terms, and modifiers in front of a head (超导 + 量子计算机)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.tables import DATA, Forms, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _parts() -> tuple[Forms, Forms, Forms, Forms]:
    data = read_yaml(DATA / "gazetteers" / "technologies.yaml")
    return (
        Forms(data["modifiers"]), Forms(data["heads"]), Forms(data["suffixes"]),
        Forms(data["not_names"]),
    )  # fmt: skip


def ends_as_technology(text: str) -> bool:
    """Say whether a phrase ends as technologies do: …晶体管, …光刻."""
    return bool(_parts()[2].before(text, len(text)))


def find_technologies(clause: Clause) -> list[Candidate]:
    """Find the technologies of a clause."""
    found = [
        Candidate(start, end, "technology", entry.kind, 7)
        for start, end, entry in clause.hits
        if entry.type == "technology"
    ]
    return [*found, *_composed(clause)]


def _composed(clause: Clause) -> Iterator[Candidate]:
    """Read each run of modifiers once, left to right, and the longest head behind it."""
    text = clause.text
    modifiers, heads, _, never = _parts()
    at = 0
    while at < len(text):
        position, best, count = at, 0, 0
        while position < len(text):
            if count and (head := heads.at(text, position)):
                best = position + len(head)
            modifier = modifiers.at(text, position)
            if not modifier:
                break
            position += len(modifier)
            count += 1
        if best and text[at:best] not in never:
            yield Candidate(at, best, "technology", "composed", 7)
        at = max(best, at + 1) if best else max(position, at + 1)
