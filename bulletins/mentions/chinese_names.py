"""Persons by names in Chinese characters: where one may stand, and what may stand behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause
from bulletins.mentions.grammar import HAN, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LIST = "、和与及"
# What a name of two or three characters never ends in: 方璐副|教授, 王雷等.
_NO_END = frozenset(
    "个名种项台副前该老总等和与及的在为是于从对向将被把曾均也都并则已又以用后中内外们未正不"
)
_FUNCTION = ("p", "c", "u", "d", "f", "r", "y")
_PROPER = ("nr", "nz", "ns", "x")


def find_chinese_names(clause: Clause, known: Sequence[Candidate]) -> list[Candidate]:
    """Find persons by surname and surroundings; `known` are persons that other rules found."""
    text = clause.text
    found: list[Candidate] = []
    rules = grammar()
    long = {start for start, _ in rules.long_surnames.find(text)}
    for start, char in enumerate(text):
        rare = char not in rules.surnames and start not in long
        if rare and char not in rules.rare_surnames:
            continue
        place = _place(clause, start)
        if not place or (rare and place != "title"):
            continue
        if end := _end(clause, start, place):
            found.append(Candidate(start, end, "person", "chinese", 4))
    return [*found, *_neighbours(clause, [*known, *found])]


def is_name_place(clause: Clause, start: int) -> bool:
    """Say whether a title or a place of work stands right in front."""
    return _place(clause, start) in ("title", "school")


def _surname(text: str, start: int) -> str:
    """Give the surname at a place: one Chinese character, or a longer one (欧阳, 中村)."""
    rules = grammar()
    return rules.long_surnames.at(text, start) or (
        text[start] if text[start] in rules.surnames else ""
    )


def _place(clause: Clause, start: int) -> str:
    """Say what makes a name likely here: title, school (a place of work), open, or ""."""
    rules, text = grammar(), clause.text
    if start in clause.starts and clause.starts[start][1].type != "person":
        return ""
    if start and rules.titles.before(text, start):
        return "title"
    if start > 1 and text[start - 1] in "为是由" and rules.titles.before(text, start - 1):
        return "title"
    if text[start - 2 : start] == "联合":
        return "open"
    for _, entry in clause.ends.get(start, ()):
        if entry.type == "organization" and entry.kind != "company":
            return "school"
    ending = rules.ending_forms.before(text, start)
    if len(ending) > 1 and rules.endings[ending] in ("university", "institute", "center"):
        return "school"
    if not start or clause.cuts[start] or not HAN.match(text[start - 1]):
        return "open"
    return "open" if rules.ending_forms.before(text, start) or text[start - 1] in _LIST else ""


def _end(clause: Clause, start: int, place: str) -> int:
    """Give where the name ends, or 0: three characters first, then two."""
    rules, text = grammar(), clause.text
    japanese = rules.long_surnames.at(text, start)
    lengths: tuple[int, ...] = (4, 3) if japanese else (3, 2)
    if len(japanese) == 3:
        lengths = (5, 4)
    elif japanese and japanese[0] in rules.surnames:
        lengths = (4, 3, 2)
    for length in lengths:
        end = start + length
        titled = rules.short_titles.at(text, end)
        sure = place == "title" and length == 3 and _is_proper(clause, start, end)
        if not titled and not sure and not _may_follow(clause, end):
            continue
        speaks = place == "open" and _speaks(clause, start, end)
        if not titled and place == "open" and not speaks and not _is_bridged(clause, start, end):
            continue
        if not _looks_like_name(clause, start, end, certain=place == "title" or bool(titled)):
            continue
        if titled:
            certain = place != "open" or clause.words is None or length > 2
            if certain or _is_proper(clause, start, end):
                return end
        elif place == "title" or clause.words is not None:
            return end
    return 0


def _is_bridged(clause: Clause, start: int, end: int) -> bool:
    """与蔡文山|共同: three characters between 与 or 由 and what people do."""
    text, rules = clause.text, grammar()
    follows = rules.name_follow_words.at(text, end) or rules.person_after.at(text, end)
    bridged = bool(follows) and text[start - 1 : start] in ("与", "和", "由")
    if text.startswith(("任", "担任", "出任"), end):
        return True
    return bridged and end - start > 2


def _speaks(clause: Clause, start: int, end: int) -> bool:
    """李程远|表示: what jieba takes for a person's name opens a clause and says something."""
    text = clause.text
    opens = not start or not HAN.match(text[start - 1])
    return opens and bool(grammar().speech.at(text, end)) and _is_proper(clause, start, end)


def _may_follow(clause: Clause, end: int) -> bool:
    rules, text = grammar(), clause.text
    follows = text[end : end + 1]
    return (
        not follows
        or follows in rules.name_follow
        or bool(rules.hard.at(text, end) or rules.person_after.at(text, end))
        or bool(rules.name_follow_words.at(text, end))
    )


def _looks_like_name(clause: Clause, start: int, end: int, *, certain: bool) -> bool:
    """Say whether a span is written as a name is, and is not made of plain words."""
    rules, text = grammar(), clause.text
    name = text[start:end]
    if end > len(text) or not all(HAN.match(char) for char in name) or not name:
        return False
    # 张建中: a name may end so where it is certain and jieba sees one.
    odd_end = name[-1] in _NO_END
    if odd_end and not (certain and name[-1] in "中正" and _is_proper(clause, start, end)):
        return False
    inner = start + 1 + len(rules.long_surnames.at(text, start))
    cut = any(clause.cuts[inner:end]) and not (certain and end - start > 2)
    # 向六个团队, 于该团队: a surname that is also a preposition needs jieba's word for it.
    odd = text[start] in rules.stops
    if (cut or odd) and not _is_proper(clause, start, end):
        return False
    if rules.hard.at(name, 0):
        return False
    if any(rules.not_persons.at(name, at) for at in range(len(name))):
        return False
    if any(rules.titles.at(text, at) for at in range(start, end)):
        return False
    if rules.ending_forms.before(name, len(name)) or any(
        at in clause.starts and clause.starts[at][1].type != "person" for at in range(start, end)
    ):
        return False
    if rules.is_generic(name) or rules.is_generic(name[1:]) or rules.person_after.at(text, end - 1):
        return False
    return not _is_plain(clause, name, certain=certain)


def _is_plain(clause: Clause, name: str, *, certain: bool) -> bool:
    """Say whether jieba reads plain words (高效率, 向客户); a title makes 陈|海峰 `certain`."""
    if clause.words is None:
        return False
    words = clause.words.tagged(name)
    if len(words) == 1:
        return not words[0].tag.startswith(_PROPER) and clause.words.is_known(name)
    surname = len(words[0].text) == 1 and len(name) == 3
    for word in words[1:] if certain and words[0].tag.startswith("nr") else words:
        if certain and word is words[-1] and (words[0].tag.startswith("nr") or surname):
            continue
        known = clause.words.is_known(word.text) and not word.tag.startswith(_PROPER)
        if len(word.text) > 1 and known:
            return True
    return words[0].tag.startswith(_FUNCTION) and len(words) > 1 and len(words[1].text) > 1


def _is_proper(clause: Clause, start: int, end: int) -> bool:
    """Say whether jieba takes a span for a person's name."""
    if clause.words is None:
        return False
    words = clause.words.tagged(clause.text[start:end])
    return len(words) == 1 and words[0].tag.startswith("nr")


def _neighbours(clause: Clause, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """潘建伟、陈宇翱和姚星灿: names beside a name that is certain, on both sides."""
    text = clause.text
    spans = {one.start: one.end for one in known}
    ends = {one.end: one.start for one in known}
    queue = list(spans.items())
    while queue:
        start, end = queue.pop()
        if text[end : end + 1] and text[end] in _LIST and end + 1 not in spans:
            stop = _listed(clause, end + 1)
            if stop:
                spans[end + 1] = stop
                queue.append((end + 1, stop))
                yield Candidate(end + 1, stop, "person", "chinese", 4)
        if start > 2 and text[start - 1] in _LIST and start - 1 not in ends:
            for length in (3, 2, 4):
                begin = start - 1 - length
                opens = begin >= 0 and _listed_start(clause, begin)
                if (
                    opens
                    and _surname(text, begin)
                    and _looks_like_name(clause, begin, start - 1, certain=False)
                ):
                    spans[begin], ends[start - 1] = start - 1, begin
                    queue.append((begin, start - 1))
                    yield Candidate(begin, start - 1, "person", "chinese", 4)
                    break


def _listed(clause: Clause, start: int) -> int:
    text = clause.text
    if start >= len(text) or not _surname(text, start) or start in clause.starts:
        return 0
    for length in (3, 2, 4):
        end = start + length
        if length == 4 and not grammar().long_surnames.at(text, start):
            continue
        if not _may_follow(clause, end):
            continue
        # 姜|海峰 among names: a dictionary word behind a surname, with the list's marks around.
        closed = length == 3 and text[end : end + 1] in ("、", "等", "和", "与")
        closed = closed and not any(clause.cuts[start + 1 : end])
        if _looks_like_name(clause, start, end, certain=closed and _is_surnamed(clause, start)):
            return end
    return 0


def _is_surnamed(clause: Clause, start: int) -> bool:
    """Say whether jieba takes the first of three characters for a surname."""
    if clause.words is None:
        return False
    words = clause.words.tagged(clause.text[start : start + 3])
    return len(words) == 2 and len(words[0].text) == 1 and words[0].tag.startswith("nr")


def _listed_start(clause: Clause, start: int) -> bool:
    """Say whether a name may begin here, in a list whose other names are certain."""
    text = clause.text
    if not start or clause.cuts[start] or not HAN.match(text[start - 1]):
        return True
    if text[start - 1] in _LIST:
        return True
    return _place(clause, start) in ("title", "school")
