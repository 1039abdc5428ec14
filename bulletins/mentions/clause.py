"""A squeezed text with what is known of it: names of the gazetteers, and where a name may begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bulletins.mentions.grammar import HAN, Grammar, grammar

if TYPE_CHECKING:
    from collections.abc import Container

    from bulletins.mentions.gazetteers import Entry, Gazetteers
    from bulletins.mentions.view import View
    from bulletins.mentions.words import Words
    from bulletins.model import EntityType

_LATIN_TAIL = re.compile(r"[A-Za-z0-9.&'’:+\-]")
_MAX_NAME = 26
# Two countries by one character each, which certain texts put together.
PAIRS = frozenset([
    "中美", "美中", "中欧", "欧中", "中英", "英中", "中德", "德中", "中法", "法中", "中日",
    "日中", "中韩", "韩中", "中俄", "俄中", "中印", "中澳", "美欧", "欧美", "美英", "英美",
    "美日", "日美", "美韩", "韩美", "日韩", "韩日", "美印", "印美", "美澳", "澳美", "美加",
    "美德", "德美", "美法", "法美", "英法", "英德", "法德", "德法", "日英", "英日", "日欧",
    "欧日", "日印", "印日", "俄美", "美俄", "俄印", "印俄", "英澳", "欧英", "欧韩", "欧印"
])  # fmt: skip
_CLASSIFIERS = frozenset("月日年个家所名位座项种批条支间颗枚款届轮份套")
# 月日年 behind a digit belong to a date, not to the name behind them.
_COUNTED = re.compile(f"(?<=[一两二三四五六七八九十几数多百千])[{''.join(sorted(_CLASSIFIERS))}]")
_PAIR = re.compile(f"(?=(?:{'|'.join(sorted(PAIRS))}))")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a clause that is taken for a name; `kind` is finer than `type`; lower rank wins."""

    start: int
    end: int
    type: EntityType
    kind: str = ""
    rank: int = 5


@dataclass(slots=True)
class Clause:
    """One block's (or the title's) view, ready for the rules. Offsets are of `view.text`.

    `hits` are known names, also by start and end; `cuts[i]` marks where a stop word ends; `verbs`
    holds the ends of verbs if jieba was asked; `blocked` marks words in which a name is no name.
    """

    view: View
    gazetteers: Gazetteers
    words: Words | None = None
    is_title: bool = False
    hits: list[tuple[int, int, Entry]] = field(default_factory=list)
    starts: dict[int, tuple[int, Entry]] = field(default_factory=dict)
    ends: dict[int, list[tuple[int, Entry]]] = field(default_factory=dict)
    cuts: bytearray = field(default_factory=bytearray)
    verbs: set[int] = field(default_factory=set)
    blocked: bytearray = field(default_factory=bytearray)

    @property
    def text(self) -> str:
        """The squeezed text."""
        return self.view.text


def read_clause(
    view: View, gazetteers: Gazetteers, words: Words | None = None, *, is_title: bool = False
) -> Clause:
    """Find known names and the edges of words in a view."""
    text = view.text
    clause = Clause(view, gazetteers, words, is_title)
    clause.blocked = blocked = bytearray(len(text) + 1)
    for start, end in gazetteers.not_names.find(text):
        blocked[start:end] = b"\1" * (end - start)
    protected = bytearray(len(text) + 1)
    for start, end in gazetteers.lexicon.find(text):
        entry = gazetteers.entries[text[start:end]]
        if is_blocked(clause, start, end):
            continue
        clause.hits.append((start, end, entry))
        clause.starts[start] = (end, entry)
        clause.ends.setdefault(end, []).append((start, entry))
        if HAN.match(text[start]):
            protected[start:end] = b"\1" * (end - start)
    clause.cuts = _cuts(text, protected, grammar(), clause.starts)
    if words is not None:
        _cut_by_words(clause, protected, words)
    return clause


def is_blocked(clause: Clause, start: int, end: int) -> bool:
    """Say whether a blocker (发展中国家) goes on beyond either end of a name inside it (中国)."""
    blocked = clause.blocked
    before = start > 0 and blocked[start - 1] and blocked[start]
    return bool(before or (blocked[end - 1] and blocked[end]))


def _cuts(text: str, protected: bytearray, rules: Grammar, known: Container[int]) -> bytearray:
    """Mark each position where a stop word ends: a name can begin there but not cross it."""
    for start, form in rules.kept.find(text):
        protected[start : start + len(form)] = b"\1" * len(form)
    for match in _PAIR.finditer(text):
        # 其中欧洲投资银行: no pair of countries where a known name begins inside.
        if (start := match.start()) + 1 not in known:
            protected[start : start + 2] = b"\1\1"
    cuts = bytearray(len(text) + 1)
    for start, form in rules.hard.find(text):
        end = start + len(form)
        if not any(protected[start:end]):
            cuts[end] = 1
    for match in rules.stop.finditer(text):
        start = match.start()
        # 中 ends a phrase only if there is one: 向|中电信.
        opens = text[start] in "中上" and (
            cuts[start] or not start or not HAN.match(text[start - 1])
        )
        if not protected[start] and not opens:
            cuts[start + 1] = 1
    for match in _COUNTED.finditer(text):
        end = match.end()
        if not any(protected[end - 2 : end]):
            cuts[end] = 1
    return cuts


# Tags of words that no name holds: particles, pronouns, prepositions.
_FUNCTION = ("u", "r", "p", "y")


def _cut_by_words(clause: Clause, protected: bytearray, words: Words) -> None:
    for word in words.tagged(clause.text):
        if word.tag in ("v", "d", "m") and len(word.text) > 1:
            clause.verbs.add(word.end)
        function = word.tag.startswith(_FUNCTION) and len(word.text) > 1
        if function and not any(protected[word.start : word.end]):
            clause.cuts[word.end] = 1


def latin_start(text: str, end: int) -> int:
    """Give where the Latin name that ends at `end` begins; words join if they are capitalised."""
    start = end
    while start and _LATIN_TAIL.match(text[start - 1]):
        start -= 1
    while start > 1 and text[start - 1] == " " and _LATIN_TAIL.match(text[start - 2]):
        at = start - 1
        while at and _LATIN_TAIL.match(text[at - 1]):
            at -= 1
        word = text[at : start - 1]
        if not any(char.isupper() for char in word) and word not in ("for", "of", "and", "the"):
            break
        if end - at > 60:
            break
        start = at
    while start < end and not text[start].isalnum():
        start += 1
    return start


def left_edge(
    clause: Clause, end: int, *, joins: bool = False, comma: bool = True, plain: bool = False
) -> int:
    """Give where the noun phrase that ends at `end` begins (at most 26 characters back).

    `joins` crosses 和, 与, 及 and (with `comma`) 、 where the parts make one proper name; `plain`
    crosses 和, 与 and 及 between plain words too (for a phrase that is known to be one name).
    """
    start = _walk(clause, end, end - _MAX_NAME)
    if joins:
        for _ in range(3):
            wider = _joined(clause, start, end, "和与及暨、" if comma else "和与及")
            if wider == start:
                break
            start = wider
    if (
        plain
        and start > 2
        and clause.text[start - 1] in "和与及"
        and HAN.match(clause.text[start - 2])
    ):
        left = _walk(clause, start - 1, end - _MAX_NAME)
        ending = grammar().ending_forms.before(clause.text, start - 1)
        known = any(
            left <= begin and entry.type != "technology"
            for begin, entry in clause.ends.get(start - 1, ())
        )
        if (
            1 < start - 1 - left <= 12
            and not ending
            and not known
            and not _holds_name(clause, left)
        ):
            start = left
    return start


def _holds_name(clause: Clause, at: int) -> bool:
    hit = clause.starts.get(at)
    return hit is not None and hit[1].type != "technology"


def _walk(clause: Clause, end: int, low: int) -> int:
    text, at = clause.text, end
    low = max(0, low)
    while at > low:
        if clause.cuts[at]:
            break
        char = text[at - 1]
        if HAN.match(char) or char == "·" or (char == "-" and at > 1 and HAN.match(text[at - 2])):
            at -= 1
        elif char.isascii() and char.isalnum():
            start = latin_start(text, at)
            if not any(c.isalpha() for c in text[start:at]):
                break
            at = start
            if not (start > low and _ends_opening(clause, start)):
                break
        elif char == "）" and (opening := _place_in_brackets(clause, at)):
            at = opening
        else:
            break
    if at and at < end and text[at - 1].isdigit() and text[at] in _CLASSIFIERS:
        at += 1
    return at


def _ends_opening(clause: Clause, at: int) -> bool:
    """Say whether a country or 国家 ends here, so that a Latin word stands inside a name."""
    if grammar().leads.before(clause.text, at) in ("国家", "国立"):
        return True
    return any(entry.kind == "country" for _, entry in clause.ends.get(at, ()))


def _place_in_brackets(clause: Clause, end: int) -> int:
    """Give where `（武汉）` that ends at `end` begins, 0 if no place stands in the brackets."""
    for begin, entry in clause.ends.get(end - 1, ()):
        if entry.type == "place" and begin > 1 and clause.text[begin - 1] == "（":
            return begin - 1
    return 0


def _joined(clause: Clause, start: int, end: int, marks: str) -> int:
    """Cross 和/与/及/、 if the parts make one name (英国工业、科学与资源部), or give `start`."""
    text, rules, at = clause.text, grammar(), start
    for _ in range(3):
        if at < 3 or text[at - 1] not in marks:
            return start
        conj = at - 1
        left = _walk(clause, conj, end - _MAX_NAME)
        ending = rules.ending_forms.before(text, conj)
        hit = clause.starts.get(left)
        whole = hit is not None and (
            hit[0] >= conj or (text[conj] == "、" and hit[1].kind in _WHOLE_KINDS)
        )
        known = any(entry.type != "technology" for _, entry in clause.ends.get(conj, ()))
        if conj - left < 2 or not HAN.match(text[conj - 1]) or known or whole:
            return start
        office = text[conj] == "、" and text[conj - 1] in "厅局署"
        if office or len(ending) > 1 or _begins_a_name(clause, at):
            return start
        for begin in range(left, conj):
            if specifier(clause, begin) in ("country", "place", "organization", "lead"):
                return begin
        if specifier(clause, left):
            return left
        at = left
    return start


def _begins_a_name(clause: Clause, at: int) -> bool:
    hit = clause.starts.get(at)
    if hit is not None and hit[1].type != "technology":
        return True
    return grammar().leads.at(clause.text, at) in ("国家", "国立", "皇家", "全国")


# Kinds of names that no list of a ministry's subjects begins with.
_WHOLE_KINDS = ("university", "laboratory", "company", "latin")
Specifier = Literal["", "country", "place", "organization", "lead", "latin", "person"]


def specifier(clause: Clause, at: int) -> Specifier:
    """Say what makes a phrase that begins at `at` a proper name, if anything."""
    hit = clause.starts.get(at)
    if hit is not None:
        entry = hit[1]
        if entry.kind == "country" or (entry.type == "place" and entry.kind == "region"):
            return "country"
        if entry.type == "place":
            return "place"
        if entry.type == "organization":
            return "organization"
        if entry.type == "person":
            return "person"
    text = clause.text
    if text[at].isascii() and text[at].isalpha():
        return "latin"
    if text[at : at + 2] in PAIRS and at + 1 not in clause.starts:
        return "country"
    if grammar().leads.at(text, at):
        return "lead"
    return ""
