"""Who pays whom: one flow for a sum, with what its sentence says and the words that say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletins.mentions.doubts import find_doubts
from bulletins.mentions.flow_behinds import is_field, read_aims_before, read_behind
from bulletins.mentions.flow_fronts import read_front
from bulletins.mentions.flow_kinds import date_of, kind_of, status_of
from bulletins.mentions.flow_roles import Roles, is_joined, strip_fillers
from bulletins.mentions.flow_subjects import REACH
from bulletins.mentions.flow_words import flow_words
from bulletins.mentions.sentences import (
    ACTOR,
    ANAPHOR,
    DOCUMENT,
    ORGANIZATION,
    PLACE,
    PROGRAM,
    SUM,
    Sentence,
    read_sentences,
)
from bulletins.mentions.totals import find_relations, with_relations
from bulletins.model import Entity, Evidence, Flow, Mentions, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletins.mentions.flow_subjects import Span
    from bulletins.mentions.view import View
    from bulletins.model import Amount, Article, DateMention

_NAMES = ORGANIZATION + PLACE + PROGRAM + DOCUMENT + ACTOR + ANAPHOR
_LONGEST = 40
_BACK = 300  # how far 该公司 points back within a sentence, in letters


def with_flows(
    article: Article, title: View, blocks: Sequence[View], mentions: Mentions
) -> Mentions:
    """Give an article's mentions with its flows and doubts."""
    running = [
        None if block.kind == "table" else view
        for block, view in zip(article.blocks, blocks, strict=True)
    ]
    flows = find_flows(title, running, mentions)
    relations = find_relations([(None, title), *enumerate(running)], mentions.amounts, flows)
    views = {Place(0, 0, block): view for block, view in [(None, title), *enumerate(blocks)]}
    flows = with_relations(flows, relations, mentions.amounts, views)
    doubts = find_doubts(title, mentions.amounts, flows)
    return replace(mentions, flows=tuple(flows), doubts=tuple(doubts))


def find_flows(title: View, blocks: Sequence[View | None], mentions: Mentions) -> list[Flow]:
    """Read the flow of every sum of a title and its blocks, in the order of the sums.

    `blocks` has None for a block in which no sentences stand (a table). Sums of which nothing is
    said have no flow; relations between sums are not filled in here.
    """
    amounts: dict[int | None, list[tuple[int, Amount]]] = {}
    others: dict[int | None, list[DateMention | Entity]] = {}
    for index, one in enumerate(mentions.amounts):
        if one.place.footnote is None:
            amounts.setdefault(one.place.block, []).append((index, one))
    named: list[DateMention | Entity] = [*mentions.dates, *mentions.entities]
    for mention in named:
        if mention.place.footnote is None:
            others.setdefault(mention.place.block, []).append(mention)
    flows: list[Flow] = []
    for block, view in [(None, title), *enumerate(blocks)]:
        if view is not None and block in amounts:
            place = Place(0, 0, block)
            flows += _of_view(view, place, amounts[block], others.get(block, []))
    flows.sort(key=lambda flow: flow.amount)
    return flows


def _of_view(
    view: View,
    place: Place,
    amounts: Sequence[tuple[int, Amount]],
    others: Sequence[DateMention | Entity],
) -> Iterator[Flow]:
    rules = flow_words()
    for sentence in read_sentences(view, place, amounts, others, rules.actors, rules.anaphors):
        roles: Roles | None = None
        for order in range(len(sentence.sums)):
            roles = _read_roles(sentence, order, roles)
            flow = _flow(sentence, order, roles)
            if flow.payer or flow.recipient or flow.purpose or flow.kind:
                yield flow


def _read_roles(sentence: Sentence, order: int, before: Roles | None) -> Roles:
    """Read the roles of the sum `sentence.sums[order]`; `before` are those of the sum before it."""
    text, at = sentence.text, sentence.sums[order][0]
    clause = sentence.clause_of(at)
    low = sentence.clauses[clause][0]
    previous = sentence.sums[order - 1][0] if order else -1
    if before is not None and is_joined(text, previous, at):
        roles = replace(before, noun=None)
        read_behind(sentence, order, roles, clause)
        return roles
    roles = Roles(start=max(low, previous + 1), predicate=low)
    bare = strip_fillers(text, max(low, previous + 1, at - REACH), at)
    if flow_words().losses.before(text, bare):
        return roles
    read_front(sentence, roles, max(low, previous + 1, at - REACH), at, clause)
    read_behind(sentence, order, roles, clause)
    read_aims_before(sentence, roles, low, at, clause)
    return roles


def _flow(sentence: Sentence, order: int, roles: Roles) -> Flow:
    at, index = sentence.sums[order]
    own = sentence.tokens[at].mention
    if getattr(own, "equivalent_of", None) is not None:
        return Flow(index)
    roles = _aligned(sentence, order, roles)
    payer = _names(sentence, roles.payer, roles, at)
    recipient = _names(sentence, roles.recipient, roles, at, payer=payer)
    if roles.verb and sentence.text[slice(*roles.verb)].endswith("投资"):
        # A place in which somebody invests is not who gets the money.
        places = [span for span in roles.recipient if sentence.text[span[1] - 1] == PLACE]
        starts = {sentence.evidence(end - 1, end).place.start for _, end in places}
        recipient = tuple(one for one in recipient if one.place.start not in starts)
    purpose = roles.purpose
    beyond = purpose and purpose[0] > sentence.clauses[sentence.clause_of(at)][1]
    if beyond and not roles.led and roles.phrase:
        purpose = roles.phrase if is_field(sentence.text[slice(*roles.phrase)]) else purpose
    if not recipient and roles.phrase:
        phrase = sentence.text[slice(*roles.phrase)]
        vague = phrase in flow_words().pronouns or roles.told_apart
        if SUM in phrase or vague or not 1 < len(phrase) <= _LONGEST:
            pass
        elif is_field(phrase):
            purpose = purpose or roles.phrase
        else:
            recipient = (sentence.evidence(*roles.phrase),)
    flow = Flow(index, payer, recipient)
    if purpose:
        flow = replace(flow, purpose=sentence.evidence(*purpose))
    kind, status = kind_of(sentence, at, roles), status_of(sentence, at, roles)
    if kind:
        flow = replace(flow, kind=sentence.evidence(*kind[1], kind[0]))
    if status:
        flow = replace(flow, status=sentence.evidence(*status[1], status[0]))
    if flow != Flow(index) and (date := date_of(sentence, at, roles)):
        flow = replace(flow, date=sentence.evidence(*date[1], date[0]))
    return flow


def _aligned(sentence: Sentence, order: int, roles: Roles) -> Roles:
    """Give each of the sums of `A、B 的收入分别为 X 和 Y` its own name."""
    if roles.aligned is None:
        return roles
    first = order
    while first and sentence.sums[first - 1][0] > roles.start:
        first -= 1
    owner, names = roles.aligned
    count = sentence.text.count(SUM, roles.start + 1, roles.start + 201)
    if count != len(names) or order - first >= len(names):
        return replace(roles, recipient=[]) if owner == "handed" else roles
    mine = [names[order - first]]
    return replace(roles, payer=mine) if owner == "payer" else replace(roles, recipient=mine)


def _names(
    sentence: Sentence,
    spans: Sequence[Span],
    roles: Roles,
    at: int,
    *,
    payer: tuple[Evidence, ...] | None = None,
) -> tuple[Evidence, ...]:
    """Give the evidence of each name; what can't be tied to a name is left out."""
    found: list[Evidence] = []
    for start, end in spans:
        here = end - 1
        while here > start and sentence.text[here] not in _NAMES:
            here -= 1
        letter = sentence.text[here]
        if letter == ANAPHOR:
            value = _meant(sentence, here, roles, payer or ())
            if value is None:
                continue
            one = sentence.evidence(here, here + 1, value)
        elif letter == ACTOR and start < here and sentence.text[here - 1] == PLACE:
            one = sentence.evidence(here - 1, here + 1)
        elif letter in _NAMES and not (letter == DOCUMENT and payer is not None):
            one = sentence.evidence(here, here + 1)
        else:
            continue
        if payer is None or all(one.value != other.value for other in payer):
            found.append(one)
    return tuple(found)


def _meant(sentence: Sentence, here: int, roles: Roles, payer: tuple[Evidence, ...]) -> str | None:
    """Give the canonical name that 该公司 or 其 stands for, if only one can be meant."""
    token = sentence.tokens[here]
    words = sentence.view.text[token.start : token.end]
    if words == "其":
        if len(roles.signers) == 1:
            signer = sentence.tokens.get(roles.signers[0][1] - 1)
            mention = signer.mention if signer else None
            return mention.canonical if isinstance(mention, Entity) else None
        pool = _entities(sentence, ("organization", "program"), here)
        pool -= {one.value for one in payer}
    else:
        wanted = flow_words().anaphor_types[words]
        pool = _pointed(words, _entities(sentence, (wanted,), here))
        if not pool and sentence.before is not None:
            before = sentence.before
            pool = _pointed(words, _entities(before, (wanted,), len(before.text)))
    return pool.pop() if len(pool) == 1 else None


def _pointed(words: str, pool: set[str]) -> set[str]:
    """Give those of some names that 该公司, 该大学 … can mean."""
    rules = flow_words()
    if words in rules.companies:
        return {name for name in pool if not name.endswith(rules.bodies)}
    if len(pool) > 1:
        return {name for name in pool if name.endswith(words[1:])}
    return pool


def _entities(sentence: Sentence, types: Sequence[str], end: int) -> set[str]:
    found: set[str] = set()
    for at in range(max(0, end - _BACK), end):
        token = sentence.tokens.get(at)
        if token and isinstance(token.mention, Entity) and token.mention.type in types:
            found.add(token.mention.canonical)
    return found
