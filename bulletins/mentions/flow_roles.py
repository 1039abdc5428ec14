"""What is said of one sum, as spans of its sentence, and the words that may stand beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.mentions.flow_words import flow_words

if TYPE_CHECKING:
    from bulletins.mentions.flow_subjects import Span

_JOIN = re.compile("(?:、|和|与|及|以及)")


@dataclass(slots=True)
class Roles:
    """What is said of one sum; `verb` and `measure` govern it, `start` is where that begins."""

    payer: list[Span] = field(default_factory=list)
    recipient: list[Span] = field(default_factory=list)
    phrase: Span | None = None
    purpose: Span | None = None
    led: bool = False
    verb: Span | None = None
    measure: Span | None = None
    noun: Span | None = None
    kind: tuple[str, Span] | None = None
    start: int = 0
    predicate: int = 0
    signers: list[Span] = field(default_factory=list)
    told_apart: bool = False
    aligned: tuple[str, list[Span]] | None = None


def is_joined(text: str, previous: int, at: int) -> bool:
    """Say whether only a noun and 和 stand between two sums: `X 的补贴和 Y 的贷款`."""
    if previous < 0 or at - previous > 24:
        return False
    rules, here = flow_words(), previous + 1
    if noun := rules.noun.match(text, here, at):
        here = noun.end()
    join = _JOIN.match(text, here, at)
    return bool(join) and skip_fillers(text, join.end() if join else at, at) == at


def skip_fillers(text: str, at: int, end: int) -> int:
    rules = flow_words()
    for _ in range(10):
        match = rules.filler.match(text, at, end)
        if not match or not match[0]:
            break
        at = match.end()
    return at


def strip_fillers(text: str, low: int, end: int) -> int:
    rules = flow_words()
    for _ in range(10):
        form = rules.filler_forms.before(text, end)
        if not form or end - len(form) < low:
            break
        end -= len(form)
    return end
