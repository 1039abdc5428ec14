"""Who a verb's subject is, and to whom the words between the two point.

Spans are of `Sentence.text`. A subject counts only if all that stands between it and its verb is
known to leave it the subject: adverbs, dates, and phrases with a preposition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletins.mentions.flow_words import LIST, UNIT, flow_words, last_match
from bulletins.mentions.sentences import DATE, SUM

if TYPE_CHECKING:
    from bulletins.mentions.sentences import Sentence

Span = tuple[int, int]

REACH = 120  # how far back from its verb a subject may stand within a clause
_CLAUSES = 4
_LIST = re.compile(LIST)
_UNIT = re.compile(UNIT)
_COUNTED = re.compile(
    r"(?:这|每|各|该|首批|前|其中|单)?[\d一二三四五六七八九十两百千数几]*(?:余|多)?"
    rf"(?:个|家|所|项|名|支|位|座|批)[^，{SUM}]{{1,24}}"
)
_MEMBERS = re.compile(
    rf"(?:{LIST})的[\d一二三四五六七八九十两百千]+[个家所项名支位][^，{SUM}]{{1,20}}"
)
_CUT = re.compile(
    rf"(?<=..)(?:通过|以(?!及|色|下|上|外|内)|根据|依据|在(?![^，]*的)|每|分别|共|各|从|{DATE})"
)
_LOCATIVE = re.compile("[后时中上下内间前外处]$|形式$|方式$|框架$|年$")
_HANDED = re.compile("[由从与和被]|通过")
_FROM = re.compile(rf"从(?:了)?({LIST})(?:处|那里|手中|方面)?$")
_BY = re.compile(rf"(?:由|受|经)(?:了)?({LIST})$")


@dataclass(slots=True)
class Subject:
    """The acting names (`units`), where the predicate begins, who receives, who else takes part."""

    units: list[Span] = field(default_factory=list)
    start: int = 0
    predicate: int = 0
    takers: list[Span] = field(default_factory=list)
    phrase: Span | None = None
    partners: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)


def units(text: str, start: int, end: int) -> list[Span]:
    """Give the single names of a list (`A、B和C`)."""
    return [match.span() for match in _UNIT.finditer(text, start, end)]


def list_before(text: str, low: int, end: int) -> Span | None:
    """Give the list of names that ends at `end`, if it opens its clause or follows an opener."""
    base = max(low, end - REACH)
    for match in _LIST.finditer(text, base, end):
        if match.end() == end:
            at = match.start()
            if flow_words().openers.before(text, at):
                return match.span()
            opened = base == low and skip_prefix(text, low, at) == at
            return match.span() if opened else None
    return None


def list_at(text: str, at: int, end: int) -> Span | None:
    """Give the span of the list of names that begins at a place, if one does."""
    match = _LIST.match(text, at, end)
    return match.span() if match else None


def skip_prefix(text: str, at: int, end: int) -> int:
    """Pass over what opens a clause: 此外, dates, 据…报道, 在…上."""
    rules = flow_words()
    for _ in range(8):
        match = rules.prefix.match(text, at, end)
        if not match or not match[0]:
            break
        at = match.end()
    return at


def strip_adverbs(text: str, low: int, end: int) -> int:
    """Give where the adverbs and dates that end at `end` begin."""
    rules = flow_words()
    for _ in range(8):
        form = ""
        if text[end - 1 : end] in ("内", "间", "年", "月", "里"):
            found = rules.span_tail.search(text, max(low, end - 16), end)
            form = found[0] if found else ""
        form = form or rules.adverb_forms.before(text, end)
        if not form or end - len(form) < low:
            break
        end -= len(form)
    return end


def find_subject(text: str, low: int, end: int) -> Subject | None:
    """Read the subject of the verb that begins at `end` in the clause that begins at `low`."""
    rules = flow_words()
    base = max(low, end - REACH)
    tail = strip_adverbs(text, base, end)
    by = _BY.search(text, base, tail)
    if by:
        return Subject(units(text, *by.span(1)), by.start(), end)
    found = [match.span() for match in _LIST.finditer(text, base, end)]
    for start, stop in reversed(found):
        subject = _gap(text, stop, end)
        if subject is None:
            continue
        opened = base == low and skip_prefix(text, low, start) == start
        if text.startswith("的", _verb_end(text, end)) and text.startswith("以", stop):
            continue
        if opened or rules.openers.before(text, start) or _is_described(text, base, start, end):
            subject.units, subject.start, subject.predicate = units(text, start, stop), start, stop
            return subject
    return None


def _is_described(text: str, low: int, start: int, end: int) -> bool:
    """Say whether a relative clause opens the subject: `团队成立的 A`, `在 A 投资的 X`."""
    rules = flow_words()
    first = skip_prefix(text, low, start)
    if start - first < 20 and rules.described.fullmatch(text, first, start):
        return True
    if text[start - 1 : start] == "的" and start - low > 2:
        handed = rules.taker.search(text, low, start) or _HANDED.search(text, low, start)
        return handed is None
    return text.startswith("的", _verb_end(text, end)) and text[max(0, start - 1) : start] == "在"


def _verb_end(text: str, at: int) -> int:
    match = flow_words().verb.match(text, at)
    return match.end() if match else at


def find_bare(text: str, low: int, end: int) -> Subject | None:
    """Read a predicate without a subject (`将向 B 提供`) that fills a clause up to `end`."""
    if end - low > REACH:
        return None
    start = skip_prefix(text, low, end)
    subject = _gap(text, start, end)
    if subject is not None:
        subject.start = subject.predicate = low
    return subject


def find_counted(text: str, low: int, end: int) -> Span | None:
    """Read who is counted and not named in front of a verb of getting: `每个团队可获得`."""
    rules = flow_words()
    low = max(low, end - REACH)
    stop = strip_adverbs(text, low, end)
    if (plan := rules.plan.match(text, stop, end)) is not None:
        stop = plan.end()
    start = skip_prefix(text, low, stop)
    pivot = last_match(rules.taker, text, low, stop)
    if pivot is not None and pivot[0] in ("帮助", "支持"):
        start = pivot.end()
    for pattern in (_COUNTED, _MEMBERS):
        match = pattern.match(text, start, stop)
        if match and match.end() == stop:
            return start, stop
    if 2 < stop - start <= 26 and rules.receiver.fullmatch(text, start, stop):
        inside = text[start:stop]
        if not (rules.taker.search(inside) or _HANDED.search(inside) or rules.verb.search(inside)):
            return start, stop
    return None


def _gap(text: str, at: int, end: int) -> Subject | None:
    """Read what stands between a subject and its verb; None if that breaks the tie."""
    rules = flow_words()
    subject = Subject()
    while at < end:
        if joined := rules.joined.match(text, at, end):
            subject.partners, at = units(text, *joined.span(1)), joined.end()
            continue
        taker = rules.taker.match(text, at, end)
        if not taker and (adverb := rules.adverb.match(text, at, end)):
            at = adverb.end()
            continue
        if not taker and not rules.preposition.match(text, at, end):
            return None
        return _phrases(text, at, end, subject)
    return subject


def _phrases(text: str, at: int, end: int, subject: Subject) -> Subject | None:
    """Read phrases with a preposition that go on to the verb."""
    rules = flow_words()
    if end - at > 90:
        return None
    last = last_match(rules.taker, text, at, end)
    stop = strip_adverbs(text, at, end)
    if last is not None and last.end() < stop:
        cut = _CUT.search(text, last.end(), stop)
        low, high = last.end(), cut.start() if cut else stop
        high = strip_adverbs(text, low, high)
        if high > low:
            subject.phrase = (low, high)
            span = list_at(text, low, high)
            if span is None:
                span = _named_at_end(text, low, high)
            if span and text[span[1] : high] in ("", "等", "公司", "等公司", "等机构", "等企业"):
                subject.takers = units(text, *span)
    elif "的" in text[max(at, stop - 12) : stop] and not _LOCATIVE.search(text, at, stop):
        return None
    if joined := rules.joined.search(text, at, stop):
        subject.partners = units(text, *joined.span(1))
    if source := _FROM.search(text, at, stop):
        subject.source = units(text, *source.span(1))
    return subject


def _named_at_end(text: str, low: int, high: int) -> Span | None:
    """Give the name behind its description: `人工智能公司 A`."""
    for match in _LIST.finditer(text, low, high):
        if match.end() == high:
            described = flow_words().described.fullmatch(text, low, match.start())
            return match.span() if described else None
    return None


def inherited(sentence: Sentence, clause: int, *, chained: bool) -> Subject | None:
    """Read the subject that a clause takes from the clauses in front of it, if one is clear.

    `chained` says that the clause goes on with 将, 并, 拟 …: then another verb that hands the
    subject on (批准 B 建设) in between does no harm.
    """
    rules, text = flow_words(), sentence.text
    for index in range(clause - 1, max(-1, clause - 1 - _CLAUSES), -1):
        low, end = sentence.clauses[index]
        if end - low > 3 * REACH:
            return None
        span = None
        at = low
        if not any(p.match(text, low, end) for p in (rules.aim, rules.lead, rules.verb)):
            at = skip_prefix(text, low, end)
            span = list_at(text, at, end)
        if span:
            if text.startswith("是", span[1]):
                return None
            if span[1] < end and not rules.predicate.match(text, span[1], end):
                return None
            if not chained and rules.pivot.search(text, span[1], end):
                return None
            return Subject(units(text, *span), span[0], span[1])
        goes_on = at >= end or any(
            pattern.match(text, at, end)
            for pattern in (
                rules.adverb,
                rules.preposition,
                rules.aim,
                rules.lead,
                rules.verb,
                rules.detail,
            )
        )
        if not goes_on:
            return None
    return None
