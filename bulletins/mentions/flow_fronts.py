"""Payer and recipient of a sum, read from the words in front of it.

Spans are of `Sentence.text`. What is not said in one of the known ways stays empty.
"""

from __future__ import annotations

import re

from bulletins.mentions.flow_roles import Roles, skip_fillers, strip_fillers
from bulletins.mentions.flow_subjects import (
    REACH,
    Span,
    Subject,
    find_bare,
    find_counted,
    find_subject,
    inherited,
    list_at,
    list_before,
    skip_prefix,
    units,
)
from bulletins.mentions.flow_words import flow_words, last_match
from bulletins.mentions.sentences import ACTOR, PROGRAM, SUM, Sentence

_NUMBERED = re.compile(
    rf"[\d一二三四五六七八九十两百数几每]+(?:余|多)?[个家所项名支位][^，的{SUM}]{{1,16}}(?=$|[{SUM}])"
)
_BUYS = re.compile(r"(?:的)?(?:价格|总价|对价|估值|现金|全现金|股票)?(?:全资)?(收购|并购|买下)")
_APPOSED = re.compile("(?:资助|拨款|补助|补贴|赠款|贷款|投资|融资|资金|奖励)$")


def read_front(sentence: Sentence, roles: Roles, low: int, at: int, clause: int) -> None:
    """Read the verb or noun that governs a sum from the left, and their names."""
    rules, text = flow_words(), sentence.text
    start = low
    bare = strip_fillers(text, low, at)
    if bare <= low == sentence.clauses[clause][0] < at and clause:
        # `…获得最大一笔资助，约 X`: the clause in front goes on behind its comma.
        front = sentence.clauses[clause - 1]
        if _APPOSED.search(text, max(front[0], front[1] - 4), front[1]):
            start, clause = max(front[0], at - REACH), clause - 1
    governing = None
    for verb in reversed(list(rules.verb.finditer(text, start, at))):
        if not _governs(text, verb.end(), at, roles, rules.verbs[verb[0]].role):
            break
        if rules.measure_forms.before(text, verb.end()) in ("", verb[0]):
            # The one further left takes the other for its object: 获得 … 资助.
            governing = verb
    if governing is not None and text[governing.start() - 1 : governing.start()] == "每":
        return  # 每投入 1 元: a ratio, nobody pays
    if governing is not None:
        _governs(text, governing.end(), at, roles, rules.verbs[governing[0]].role)
        roles.verb = governing.span()
        _verb_roles(sentence, roles, governing[0], governing.start(), clause)
        return
    stop, form = _measure(text, start, at)
    if form:
        roles.measure = (stop - len(form), stop)
        _measure_roles(sentence, roles, form, clause)
        return
    _other_fronts(sentence, roles, stop, at, clause)


def _measure(text: str, low: int, at: int) -> tuple[int, str]:
    """Give where the words between a sum and its noun begin, and that noun (总投资), or ""."""
    rules = flow_words()
    for _ in range(10):
        if form := rules.measure_forms.before(text, at):
            return (at, form) if at - len(form) >= low else (at, "")
        filler = rules.filler_forms.before(text, at)
        if not filler or at - len(filler) < low:
            break
        at -= len(filler)
    return at, ""


def _governs(text: str, at: int, end: int, roles: Roles, role: str) -> bool:
    """Say whether only fillers and an object stand between a verb and its sum; keep the object."""
    rules = flow_words()
    here = skip_fillers(text, at, end)
    if here == end:
        return True
    taken: list[Span] = []
    phrase = roles.aligned = None
    if span := list_at(text, here, end):
        taken, here = units(text, *span), span[1]
    elif role == "gives" and (counted := _NUMBERED.match(text, here, end)):
        phrase, here = counted.span(), counted.end()
    here = skip_fillers(text, here, end)
    if here < end and (noun := rules.money.match(text, here, end)):
        here = skip_fillers(text, noun.end(), end)
    if here < end:
        return False
    if role == "gives":
        roles.recipient, roles.phrase = taken, phrase
        if len(taken) > 1 and "分别" in text[max(0, at - 8) : at]:
            roles.aligned = ("handed", taken)
    else:
        roles.payer = taken
    return True


def _verb_roles(sentence: Sentence, roles: Roles, word: str, at: int, clause: int) -> None:
    rules, text = flow_words(), sentence.text
    low, _ = sentence.clauses[sentence.clause_of(at)]
    clause = sentence.clause_of(at)
    gets = rules.verbs[word].role == "gets"
    subject = find_subject(text, low, at)
    if subject is None and gets and (counted := find_counted(text, low, at)):
        roles.phrase = roles.phrase or counted
        roles.start = low
        roles.told_apart = "分别" in text[max(low, at - 6) : at]
        return
    if subject is None and (bare := find_bare(text, low, at)):
        chained = bool(rules.chain.match(text, low, at))
        front = inherited(sentence, clause, chained=chained)
        subject = bare
        if front is not None:
            bare.units, bare.start, bare.predicate = front.units, front.start, front.predicate
    if subject is None:
        phrase = find_bare(text, _last_taker(text, low, at), at)
        if phrase is not None and not gets:
            roles.phrase = roles.phrase or phrase.phrase
            roles.recipient = roles.recipient or phrase.takers
        return
    _take(sentence, roles, subject, gets=gets, at=at)


def _last_taker(text: str, low: int, end: int) -> int:
    last = last_match(flow_words().taker, text, max(low, end - 60), end)
    return last.start() if last else end


def _take(sentence: Sentence, roles: Roles, subject: Subject, *, gets: bool, at: int) -> None:
    """Give the names of a subject their roles."""
    rules, text = flow_words(), sentence.text
    acting = subject.units
    signed = rules.signed.search(text, subject.predicate, at) if acting else None
    if signed and len(acting) > 1:
        roles.signers, acting = acting[1:], acting[:1]
    roles.start = subject.start if acting else roles.start
    roles.predicate = subject.predicate if acting else roles.predicate
    if gets:
        roles.recipient = acting
        roles.payer = roles.payer or subject.source
        return
    roles.recipient = roles.recipient or subject.takers
    roles.phrase = roles.phrase or (None if subject.takers else subject.phrase)
    taken = set(roles.recipient)
    partners = [one for one in subject.partners if one not in acting and one not in taken]
    joint = text[max(0, at - 6) : at + 2]
    if partners and any(word in joint for word in ("共", "联合", "一起", "各", "合作")):
        acting = [*acting, *partners]
    roles.payer = [one for one in acting if text[one[0] : one[1]] and one not in taken]


def _measure_roles(sentence: Sentence, roles: Roles, form: str, clause: int) -> None:
    """Read whose budget or revenue a sum is: `A 的 2025 财年预算为 X`."""
    rules, text = flow_words(), sentence.text
    kind, owner = rules.measures[form]
    assert roles.measure is not None
    roles.kind = (kind, roles.measure)
    at = roles.measure[0]
    low, _ = sentence.clauses[sentence.clause_of(at)]
    roles.start = max(roles.start, low) if roles.start < low else low
    if not owner:
        return
    start = skip_prefix(text, low, at)
    span = list_at(text, start, at)
    if span is None or at - span[1] > 24:
        return
    between = text[span[1] : at]
    if "的" in between[1:-1] or SUM in between:
        return
    names = [one for one in units(text, *span) if text[one[1] - 1] != ACTOR]
    if len(names) > 1:
        roles.aligned = (owner, names) if "分别" in text[span[1] : at + 12] else None
    elif owner == "payer":
        roles.payer = names
    else:
        roles.recipient = names


def _other_fronts(sentence: Sentence, roles: Roles, stop: int, at: int, clause: int) -> None:
    """Read `A X 资助 B` (a title), `A 启动了一项 X 的计划`, `A 以 X 收购 B`, `A 将 X 授予 B`."""
    rules, text = flow_words(), sentence.text
    low, end = sentence.clauses[clause]
    behind = at + 1
    if text[max(low, stop - 1) : stop] == "以" and (buys := _BUYS.match(text, behind, end)):
        roles.kind = ("price", buys.span(1))
        roles.purpose = (buys.start(1), end)
        _spent(sentence, roles, low, stop - 1, clause)
        return
    hand = text.rfind("将", max(low, at - REACH), at)
    if hand >= 0 and skip_fillers(text, hand + 1, at) == at:
        noun = rules.noun.match(text, behind, end)
        given = rules.handing.match(text, noun.end() if noun else behind, end)
        if given:
            if span := list_at(text, given.end(), end):
                roles.recipient = units(text, *span)
            else:
                roles.phrase = (given.end(), end)
            roles.verb = given.span()
            subject = find_subject(text, low, hand)
            if subject is None and find_bare(text, low, hand):
                subject = inherited(sentence, clause, chained=True)
            if subject is not None:
                roles.payer, roles.start = subject.units, subject.start
            return
    span = list_before(text, low, stop)
    if span and any(p.match(text, behind, end) for p in (rules.support, rules.aim, rules.noun)):
        roles.payer, roles.start = units(text, *span), span[0]
        return
    spends = any(p.match(text, behind, end) for p in (rules.support, rules.aim))
    if text[max(low, stop - 1) : stop] == "以" and spends:
        _spent(sentence, roles, low, stop - 1, clause)
        return
    if roles.noun is None and text[stop - 2 : stop] in ("完成", "宣布", "启动"):
        noun = rules.noun.match(text, behind, end)
        if noun and noun[noun.lastindex or 1] == "融资":
            roles.verb = (stop - 2, stop)
            _verb_roles(sentence, roles, "融资", stop - 2, clause)
            return
    noun = rules.noun.match(text, behind, end)
    paying = noun is not None and noun[noun.lastindex or 1] not in ("融资", "收入", "营收")
    if paying and text[max(low, stop - 2) : stop] == "宣布":
        _spent(sentence, roles, low, stop - 2, clause)
        return
    launch = last_match(rules.launch, text, max(low, stop - 6), stop)
    tail = text[behind : min(end, behind + 24)]
    plan = (PROGRAM in tail or rules.plan.search(tail)) and "合同" not in tail
    if launch and launch.end() == stop and plan:
        subject = find_subject(text, low, launch.start())
        if subject is not None:
            roles.payer, roles.start = subject.units, subject.start


def _spent(sentence: Sentence, roles: Roles, low: int, end: int, clause: int) -> None:
    """Read who pays in `A 以 X 收购 B`, `A 以 X 支持 P`; `end` is where 以 stands."""
    text = sentence.text
    subject = find_subject(text, low, end)
    if subject is None and find_bare(text, low, end):
        subject = inherited(sentence, clause, chained=False)
    if subject is not None:
        _take(sentence, roles, subject, gets=False, at=end)
