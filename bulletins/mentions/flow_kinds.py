"""What kind of flow a sum is, how far it has come, and when: by the words that govern it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from bulletins.mentions.flow_subjects import Span, find_bare, skip_prefix
from bulletins.mentions.flow_words import flow_words, last_match
from bulletins.mentions.sentences import DATE, SUM
from bulletins.model import DateMention

if TYPE_CHECKING:
    from bulletins.mentions.flow_roles import Roles
    from bulletins.mentions.sentences import Sentence
    from bulletins.model import FlowKind, FlowStatus

_REACH = 160
_NOT_THEN = re.compile("之?前|以前|以来|之后|起|年?度?报告|[^，的]{1,6}的")
_DAY_NAMED = re.compile("[^\ue000-\ue008]{0,8}(?:日|节|会|上)")
_FROM = ("自", "到", "至", "从", "截止")


def kind_of(sentence: Sentence, at: int, roles: Roles) -> tuple[FlowKind, Span] | None:
    """Give the kind of the sum at `at` and the span of the word that says so.

    The noun behind the sum counts first, then what it is measured by, its verb, and a verb behind.
    """
    rules, text = flow_words(), sentence.text
    if roles.noun:
        return cast("FlowKind", rules.nouns[text[slice(*roles.noun)]]), roles.noun
    if roles.kind:
        return cast("FlowKind", roles.kind[0]), roles.kind[1]
    if roles.verb:
        verb = rules.verbs.get(text[slice(*roles.verb)])
        if verb is not None and verb.kind:
            return cast("FlowKind", verb.kind), roles.verb
        noun = rules.money.search(text, roles.verb[1], max(roles.verb[1], at))
        for word, kind in rules.nouns.items():
            if noun and noun[0].endswith(word):
                return cast("FlowKind", kind), (noun.end() - len(word), noun.end())
    support = rules.support.match(text, at + 1)
    if support and support[0] == "资助" and (roles.payer or roles.verb):
        return "grant", support.span()
    return None


def status_of(sentence: Sentence, at: int, roles: Roles) -> tuple[FlowStatus, Span] | None:
    """Give how far the payment has come and the span of the strongest word that says so."""
    rules, text = flow_words(), sentence.text
    low = max(roles.start, at - _REACH)
    end = roles.noun[1] if roles.noun else at + 1
    if roles.verb and roles.verb[0] > at:
        end = roles.verb[1]
    planned = rules.planned.search(text, low, end)
    if planned and roles.measure and planned.end() == roles.measure[0]:
        planned = None  # 将单价…的设施纳入: 将 stands for 把
    raw = sentence.view.text[sentence.starts[low] : sentence.ends[min(end, len(text)) - 1]]
    tail = text[at + 1 : at + 4]
    if rules.loose.search(raw) or "拟议" in tail:
        if planned is None:
            planned = rules.planned.match(text, at + 1 + tail.startswith("的"))
        if planned is not None:
            return "planned", planned.span()
        return _promised(text, low, end)
    for paid in rules.paid.finditer(text, low, end):
        if paid[0].startswith("已") or planned is None or planned.start() > paid.start():
            return "paid", paid.span()
    if roles.verb and (done := _done(text, low, roles.verb[0])):
        return "paid", done
    if committed := rules.committed.search(text, low, end):
        return "committed", committed.span()
    if announced := rules.announced.search(text, low, end):
        return "announced", announced.span()
    return ("planned", planned.span()) if planned else None


def _done(text: str, low: int, verb: int) -> Span | None:
    """Give the place of 已 if it belongs to the verb of paying: only adverbs between."""
    last = last_match(flow_words().done, text, low, verb)
    if last is None or find_bare(text, last.end(), verb) is None:
        return None
    between = text[last.end() : verb]
    rules = flow_words()
    if any(p.search(between) for p in (rules.committed, rules.announced, rules.planned)):
        return None
    return last.span()


def _promised(text: str, low: int, end: int) -> tuple[FlowStatus, Span] | None:
    """Read 承诺 and 宣布 where a paper that binds nobody was signed."""
    for match in flow_words().committed.finditer(text, low, end):
        if match[0] == "承诺":
            return "committed", match.span()
    announced = flow_words().announced.search(text, low, end)
    return ("announced", announced.span()) if announced else None


def date_of(sentence: Sentence, at: int, roles: Roles) -> tuple[str, Span] | None:
    """Give the ISO date of the payment and its words: never a year of the background."""
    text = sentence.text
    own = sentence.clause_of(at)
    first = min(own, sentence.clause_of(roles.start))
    for _ in range(4):
        if not first:
            break
        low, end = sentence.clauses[first - 1]
        short = text[low : low + 1] == DATE and _DAY_NAMED.fullmatch(text, low + 1, end)
        if not short and (end - low > _REACH or skip_prefix(text, low, end) < end):
            break
        first -= 1
    low = max(sentence.clauses[first][0], at - 3 * _REACH)
    near = max(low, sentence.clauses[own][0], _last_sum(sentence, at) + 1)
    found = [here for here in range(low, at) if text[here] == DATE]
    for here in [*(one for one in reversed(found) if one >= near), *found]:
        told = here >= roles.predicate and here < near and first < own
        if told and not _is_told(text, roles.predicate, here):
            continue  # what the subject did then is not this payment
        mention = sentence.tokens[here].mention
        if not isinstance(mention, DateMention) or not mention.iso or mention.deadline:
            continue
        if text[:here].endswith(_FROM) or _NOT_THEN.match(text, here + 1):
            continue
        return mention.iso, (here, here + 1)
    return None


def _is_told(text: str, predicate: int, date: int) -> bool:
    """Say whether a date behind a subject is that of its saying so: `A 于 8 月 6 日宣布，将 …`."""
    if find_bare(text, predicate, date) is None:
        return False
    said = flow_words().told.search(text, date + 1, date + 16)
    return said is not None and find_bare(text, date + 1, said.start()) is not None


def _last_sum(sentence: Sentence, at: int) -> int:
    return sentence.text.rfind(SUM, max(0, at - 3 * _REACH), at)
