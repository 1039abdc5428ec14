"""What stands behind a sum: its noun, its source, who receives it, and what it is for.

Spans are of `Sentence.text`.
"""

from __future__ import annotations

import re

from bulletins.mentions.flow_roles import Roles, is_joined, strip_fillers
from bulletins.mentions.flow_subjects import REACH, list_at, units
from bulletins.mentions.flow_words import LIST, flow_words
from bulletins.mentions.sentences import ACTOR, ORGANIZATION, PLACE, PROGRAM, SUM, Sentence

_FROM = re.compile(rf"(?:的?资金|经费)?来自(?:于)?({LIST})")
_BY = re.compile(
    rf"[，]?(?:其中|将|均|全部|主要)?由({LIST})(?:等|方面)?(?:共同|联合|各|全额|负责|直接)?"
    "(?:提供|承担|分担|出资|资助|支付|投资|拨付|投入|拨款|领投|承销)"
)
_LED = re.compile(rf"[，]由({LIST})(?:共同|联合)?领投(?:[，、]({LIST})(?:等)?(?:跟投|参投|参与))?")
_JOINED_IN = re.compile(rf"[，、]({LIST})(?:等)?(?:跟投|参投)")
_FOR = re.compile(rf"用于([^，{SUM}]{{2,40}}?)的(?:资金|经费|花费|费用|开支|投资|投入|预算)?$")
_SO_THAT = re.compile(rf"(?:^|[，；])为(?:了)?([^，{SUM}]{{3,60}})$")
_COUNTED = re.compile(r"[\d一二三四五六七八九十两百数几每各]+(?:余|多)?[个家所项名支位座]")
_NAMED = ORGANIZATION + PROGRAM + ACTOR + PLACE
_LONGEST = 160
_ENDS = "的和与、以来用由给中，。；："


def read_behind(sentence: Sentence, order: int, roles: Roles, clause: int) -> None:
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
    if (roles.noun and text[slice(*roles.noun)] in ("融资", "投资")) or _is_funding(text, roles):
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
        if not is_joined(sentence.text, at, after):
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
    goes_on = (rules.lead, rules.aim, rules.support, rules.handing)
    return any(pattern.match(text, at, end) for pattern in goes_on)


def _purpose(sentence: Sentence, roles: Roles, here: int, end: int, clause: int) -> None:
    """Read what a sum is for: behind 用于, 旨在 or a verb (建设), here or in the next clause."""
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
    if lead and lead[0].endswith("是") and text.startswith("其中", sentence.clauses[clause][0]):
        return  # the aim of the whole, not of its part
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
    if aim := rules.aim.match(text, at, end):
        if aim[0] == "建" and text.endswith(("计划", "方案"), at, end):
            return True  # `X 建厂计划`: a name for the whole
        _set_purpose(text, roles, at, end)
        return True
    there = text.startswith("在", at) and rules.aim.search(text, at + 2, min(end, at + 24))
    if there and SUM not in text[at : there.start()]:
        _set_purpose(text, roles, at, end)
        return True
    return False


def _set_purpose(text: str, roles: Roles, start: int, end: int) -> None:
    """Keep a purpose unless it holds the next sum."""
    if 1 < end - start <= _LONGEST and SUM not in text[start:end]:
        roles.purpose = (start, end)


def read_aims_before(sentence: Sentence, roles: Roles, low: int, at: int, clause: int) -> None:
    """Read `用于 P 的 X` and `为解决 P，A 将提供 X`."""
    if roles.purpose is not None:
        return
    rules, text = flow_words(), sentence.text
    stop = strip_fillers(text, low, at)
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
    rules = flow_words()
    phrase = phrase.removesuffix("等")
    if phrase.endswith(rules.fields):
        return True
    named = phrase[-1:] in _NAMED or phrase[-1:].isascii()
    return not (phrase.endswith(rules.receivers) or named or _COUNTED.match(phrase))
