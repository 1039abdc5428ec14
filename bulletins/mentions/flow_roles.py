"""Payer, recipient and purpose of one sum, read from its clause and the ones beside it.

Spans are of `Sentence.text`. What is not said in one of the known ways stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

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
from bulletins.mentions.flow_words import LIST, flow_words
from bulletins.mentions.sentences import ACTOR, PROGRAM, SUM, Sentence

_NUMBERED = re.compile(
    rf"[\d一二三四五六七八九十两百数几每]+(?:余|多)?[个家所项名支位][^，的{SUM}]{{1,16}}(?=$|[{SUM}])"
)
_BUYS = re.compile(r"(?:的)?(?:价格|总价|对价|估值|现金|全现金|股票)?(?:全资)?(收购|并购|买下)")
_JOIN = re.compile("(?:、|和|与|及|以及)")
_FROM = re.compile(rf"(?:的?资金|经费)?来自(?:于)?({LIST})")
_BY = re.compile(
    rf"[，]?(?:其中|将|均|全部|主要)?由({LIST})(?:等)?(?:共同|联合|各|全额|负责|直接)?"
    "(?:提供|承担|出资|资助|支付|投资|拨付|投入|拨款|领投|承销)"
)
_SHARES = 200
_LED = re.compile(rf"[，]由({LIST})(?:共同|联合)?领投(?:[，、]({LIST})(?:等)?(?:跟投|参投|参与))?")
_JOINED_IN = re.compile(rf"[，、]({LIST})(?:等)?(?:跟投|参投)")
_FOR = re.compile(rf"用于([^，{SUM}]{{2,40}}?)的(?:资金|经费|花费|费用|开支|投资|投入|预算)?$")
_SO_THAT = re.compile(rf"(?:^|[，；])为(?:了)?([^，{SUM}]{{3,60}})$")
_STAGE = re.compile(rf"在[^，{SUM}]{{1,18}}?(?=$)")
_APPOSED = re.compile("(?:资助|拨款|补助|补贴|赠款|贷款|投资|融资|资金|奖励)$")
_ENDS = "的和与、以来用由给中，。；："


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
    aligned: tuple[str, list[Span]] | None = None


def read_roles(sentence: Sentence, order: int, before: Roles | None) -> Roles:
    """Read the roles of the sum `sentence.sums[order]`; `before` are those of the sum before it."""
    text, at = sentence.text, sentence.sums[order][0]
    clause = sentence.clause_of(at)
    low, end = sentence.clauses[clause]
    previous = sentence.sums[order - 1][0] if order else -1
    if before is not None and _is_joined(text, previous, at):
        roles = replace(before, noun=None)
        _behind(sentence, order, roles, clause)
        return roles
    roles = Roles(start=max(low, previous + 1), predicate=low)
    bare = _strip_fillers(text, max(low, previous + 1, at - REACH), at)
    if flow_words().losses.before(text, bare):
        return roles
    _in_front(sentence, roles, max(low, previous + 1, at - REACH), at, clause)
    _behind(sentence, order, roles, clause)
    _aims_before(sentence, roles, low, at, clause)
    return roles


def _is_joined(text: str, previous: int, at: int) -> bool:
    """Say whether only a noun and 和 stand between two sums: `X 的补贴和 Y 的贷款`."""
    if previous < 0 or at - previous > 24:
        return False
    rules, here = flow_words(), previous + 1
    if noun := rules.noun.match(text, here, at):
        here = noun.end()
    join = _JOIN.match(text, here, at)
    return bool(join) and _skip_fillers(text, join.end() if join else at, at) == at


def _skip_fillers(text: str, at: int, end: int) -> int:
    rules = flow_words()
    for _ in range(10):
        match = rules.filler.match(text, at, end)
        if not match or not match[0]:
            break
        at = match.end()
    return at


def _strip_fillers(text: str, low: int, end: int) -> int:
    rules = flow_words()
    for _ in range(10):
        form = rules.filler_forms.before(text, end)
        if not form or end - len(form) < low:
            break
        end -= len(form)
    return end


def _in_front(sentence: Sentence, roles: Roles, low: int, at: int, clause: int) -> None:
    """Read the verb or noun that governs a sum from the left, and their names."""
    rules, text = flow_words(), sentence.text
    start = low
    bare = _strip_fillers(text, low, at)
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
    here = _skip_fillers(text, at, end)
    if here == end:
        return True
    taken: list[Span] = []
    phrase = roles.aligned = None
    if span := list_at(text, here, end):
        taken, here = units(text, *span), span[1]
    elif role == "gives" and (counted := _NUMBERED.match(text, here, end)):
        phrase, here = counted.span(), counted.end()
    here = _skip_fillers(text, here, end)
    if here < end and (noun := rules.money.match(text, here, end)):
        here = _skip_fillers(text, noun.end(), end)
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
    last = end
    for match in flow_words().taker.finditer(text, max(low, end - 60), end):
        last = match.start()
    return last


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
        subject = find_subject(text, low, stop - 1)
        if subject is None and find_bare(text, low, stop - 1):
            subject = inherited(sentence, clause, chained=False)
        if subject is not None:
            _take(sentence, roles, subject, gets=False, at=stop)
        return
    hand = text.rfind("将", low, at)
    if hand >= 0 and _skip_fillers(text, hand + 1, at) == at:
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
    if roles.noun is None and text[stop - 2 : stop] == "完成":
        noun = rules.noun.match(text, behind, end)
        if noun and noun[noun.lastindex or 1] == "融资":
            roles.verb = (stop - 2, stop)
            _verb_roles(sentence, roles, "融资", stop - 2, clause)
            return
    launch = None
    for launch in rules.launch.finditer(text, max(low, stop - 6), stop):
        pass
    tail = text[behind : min(end, behind + 40)]
    plan = PROGRAM in tail or rules.plan.search(tail)
    if launch and launch.end() == stop and tail.startswith("的") and plan:
        subject = find_subject(text, low, launch.start())
        if subject is not None:
            roles.payer, roles.start = subject.units, subject.start


def _behind(sentence: Sentence, order: int, roles: Roles, clause: int) -> None:
    """Read what stands behind a sum: its noun, its source, who receives it and what for."""
    rules, text = flow_words(), sentence.text
    at = sentence.sums[order][0]
    end = sentence.clauses[clause][1]
    here = at + 1
    noun = rules.noun.match(text, here, end)
    if noun and _is_noun(text, noun, end):
        roles.noun = noun.span(noun.lastindex or 1)
        here = noun.end()
    elif text.startswith(("左右", "以上", "的资金", "资金"), here):
        here += 3 if text.startswith("的资金", here) else 2
    last = _last_joined(sentence, order)
    if last != order:
        at = sentence.sums[last][0]
        here = at + 1
        if (noun := rules.noun.match(text, here, end)) and _is_noun(text, noun, end):
            here = noun.end()
    reach = min(len(text), here + REACH)
    if not roles.payer:
        for pattern in (_FROM, _BY):
            if found := pattern.match(text, here, reach):
                roles.payer = units(text, *found.span(1))
                break
    if roles.noun and text[slice(*roles.noun)] in ("融资", "投资") or _is_funding(text, roles):
        _funders(text, roles, here, reach)
    if roles.purpose is None:
        _purpose(sentence, roles, here, end, clause)


def _is_funding(text: str, roles: Roles) -> bool:
    return bool(roles.verb) and roles.verb is not None and text[slice(*roles.verb)] == "融资"


def _funders(text: str, roles: Roles, here: int, reach: int) -> None:
    led = _LED.search(text, here, reach)
    if not led:
        return
    names = units(text, *led.span(1))
    if led[2]:
        names += units(text, *led.span(2))
    elif more := _JOINED_IN.match(text, led.end(), reach):
        names += units(text, *more.span(1))
    roles.payer = [*roles.payer, *(one for one in names if one not in roles.payer)]


def _last_joined(sentence: Sentence, order: int) -> int:
    for _ in range(8):
        if order + 1 >= len(sentence.sums):
            break
        at, after = sentence.sums[order][0], sentence.sums[order + 1][0]
        if not _is_joined(sentence.text, at, after):
            break
        order += 1
    return order


def _is_noun(text: str, noun: re.Match[str], end: int) -> bool:
    """Tell `X 资助，` (a noun) from `X 资助初创公司` (a verb)."""
    rules, at = flow_words(), noun.end()
    if at >= end or text[at] in _ENDS or text[at] == SUM:
        return True
    if noun[0].startswith("的"):
        return True
    return any(
        pattern.match(text, at, end) for pattern in (rules.lead, rules.aim, rules.support, rules.handing)
    )  # fmt: skip


def _purpose(sentence: Sentence, roles: Roles, here: int, end: int, clause: int) -> None:
    """Read what a sum is for: behind 用于, 以, 旨在, or a verb like 建设, here or in the next clause."""
    rules, text = flow_words(), sentence.text
    if here < end:
        if lead := rules.lead.match(text, here, end):
            if lead[0] != "以" or rules.aim.match(text, lead.end(), end):
                _set_purpose(text, roles, lead.end(), end)
            return
        if _aimed(text, roles, here, end):
            return
        if text[here] != "的":
            return
    if clause + 1 >= len(sentence.clauses) or text[end : end + 1] not in "，,":
        return
    low, stop = sentence.clauses[clause + 1]
    lead = rules.lead.match(text, low, stop)
    if lead:
        if lead[0] != "以" or rules.aim.match(text, lead.end(), stop):
            _set_purpose(text, roles, lead.end(), stop)
            roles.led = True
    elif (roles.payer or roles.recipient or roles.phrase) and not roles.measure:
        if text.startswith(("共同", "联合"), low):
            low += 2
        _aimed(text, roles, low, stop)


def _aimed(text: str, roles: Roles, at: int, end: int) -> bool:
    """Read `支持 P`, `资助 B 开展 P`, `建设 P`, `在 L 建设 P`; say whether one was there."""
    rules = flow_words()
    if support := rules.support.match(text, at, end):
        after = support.end()
        if end - after < 2:
            return False
        span = list_at(text, after, end)
        if span and not roles.recipient and support[0] != "支持":
            roles.recipient = units(text, *span)
            if rules.aim.match(text, span[1], end):
                _set_purpose(text, roles, span[1], end)
        elif support[0] != "支持" and not roles.recipient and not is_field(text[after:end]):
            roles.phrase = (after, end) if end - after <= 24 else None
        else:
            _set_purpose(text, roles, after, end)
        return True
    if rules.aim.match(text, at, end):
        _set_purpose(text, roles, at, end)
        return True
    if text.startswith("在", at) and (aim := rules.aim.search(text, at + 2, min(end, at + 24))):
        if SUM not in text[at : aim.start()]:
            _set_purpose(text, roles, at, end)
            return True
    return False


def _set_purpose(text: str, roles: Roles, start: int, end: int) -> None:
    """Keep a purpose unless it holds the next sum; then it ends in front of it."""
    other = text.find(SUM, start, end)
    if other < 0 and end > start + 1:
        roles.purpose = (start, end)


def _aims_before(sentence: Sentence, roles: Roles, low: int, at: int, clause: int) -> None:
    """Read `用于 P 的 X` and `为解决 P，A 将提供 X`."""
    if roles.purpose is not None:
        return
    rules, text = flow_words(), sentence.text
    stop = _strip_fillers(text, low, at)
    for end in {stop, stop + 1}:
        found = _FOR.search(text, max(low, at - 60), min(end, at))
        if found:
            roles.purpose = found.span(1)
            return
    if clause and (roles.payer or roles.recipient):
        front = sentence.clauses[clause - 1]
        goal = _SO_THAT.match(text, front[0], front[1])
        if goal and rules.aim.match(text, goal.start(1), goal.end(1)):
            roles.purpose = goal.span(1)


def is_field(phrase: str) -> bool:
    """Say whether a phrase names a field or an aim, not somebody who can receive money."""
    return phrase.endswith(flow_words().fields)
