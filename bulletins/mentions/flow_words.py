"""The words and short patterns by which flows are read; from `flows.yaml`.

Every pattern is applied to a stretch of bounded length, so the cost is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bulletins.mentions.sentences import (
    ACTOR,
    ANAPHOR,
    DATE,
    DOCUMENT,
    ORGANIZATION,
    PERSON,
    PLACE,
    PROGRAM,
    SUM,
)
from bulletins.mentions.tables import Forms, table

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = r"[\d一二三四五六七八九十两百千几数多]+"
_SPAN = (
    rf"(?:在|于)?(?:未来|今后|过去|接下来)?(?:的)?{_NUMBER}(?:多)?个?"
    "(?:年|月|财年)(?:内|间|期间|之内|里)?"
)
_WHO = f"{ORGANIZATION}{PROGRAM}{DOCUMENT}{ACTOR}{ANAPHOR}"
_HEAD = r"(?:董事长|首席[^，\ue000-\ue008]{2,4}|总裁|部长|主席|负责人)"
# One payer or recipient; a country or a parent in front of it is not the one who acts.
UNIT = (
    rf"(?:(?:[{ORGANIZATION}{PLACE}{PROGRAM}](?:的|旗下的?|下属的?|所属的?|下属机构——?)?){{0,2}}"
    rf"(?:[{_WHO}](?:公司|集团)?(?:{_HEAD}{PERSON})?"
    rf"(?:(?<=[{PROGRAM}{ORGANIZATION}])(?:计划|项目|基金|倡议|工程))?)|{PLACE})"
)
LIST = rf"{UNIT}(?:(?:、|和|与|及|以及|同){UNIT}){{0,7}}"


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb of paying says: who its subject is, and the kind of flow, if any."""

    role: str
    kind: str


@dataclass(frozen=True, slots=True)
class FlowWords:
    """The compiled rules of `flows.yaml`."""

    actors: re.Pattern[str]
    anaphors: re.Pattern[str]
    anaphor_types: dict[str, str]
    companies: frozenset[str]
    bodies: tuple[str, ...]
    verbs: dict[str, Verb]
    verb: re.Pattern[str]
    launch: re.Pattern[str]
    plan: re.Pattern[str]
    filler: re.Pattern[str]
    filler_forms: Forms
    adverb: re.Pattern[str]
    adverb_forms: Forms
    preposition: re.Pattern[str]
    taker: re.Pattern[str]
    joined: re.Pattern[str]
    prefix: re.Pattern[str]
    openers: Forms
    chain: re.Pattern[str]
    predicate: re.Pattern[str]
    measure_forms: Forms
    measures: dict[str, tuple[str, str]]
    noun: re.Pattern[str]
    money: re.Pattern[str]
    nouns: dict[str, str]
    equivalents: Forms
    lead: re.Pattern[str]
    aim: re.Pattern[str]
    support: re.Pattern[str]
    detail: re.Pattern[str]
    losses: Forms
    handing: re.Pattern[str]
    pivot: re.Pattern[str]
    signed: re.Pattern[str]
    fields: tuple[str, ...]
    receivers: tuple[str, ...]
    pronouns: frozenset[str]
    receiver: re.Pattern[str]
    described: re.Pattern[str]
    paid: re.Pattern[str]
    done: re.Pattern[str]
    span_tail: re.Pattern[str]
    committed: re.Pattern[str]
    announced: re.Pattern[str]
    told: re.Pattern[str]
    planned: re.Pattern[str]
    loose: re.Pattern[str]
    contains: re.Pattern[str]
    parts: re.Pattern[str]
    sums: re.Pattern[str]
    others: re.Pattern[str]


def last_match(pattern: re.Pattern[str], text: str, low: int, end: int) -> re.Match[str] | None:
    """Give the last match of a pattern between two places."""
    last = None
    for match in pattern.finditer(text, low, end):
        last = match
    return last


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, map(str, words)), key=len, reverse=True))


def _one(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_any(words))


@cache
def flow_words() -> FlowWords:
    """Give the rules, read once."""
    data = table("flows")
    verbs = {
        word: Verb(role, kind)
        for role in ("gives", "gets")
        for kind, words in data[role].items()
        for word in words
    }
    measures = {
        word: (group.get("kind", kind), group["owner"])
        for kind, group in data["measures"].items()
        for word in group["words"]
    }
    nouns = {word: kind for kind, words in data["nouns"].items() for word in words}
    types = {word: kind for kind, words in data["anaphors"].items() for word in words}
    adverb = rf"{_any(data['adverbs'])}|{DATE}(?:之?前|以前|前后|起)?|{_SPAN}"
    bound = [word for word in data["planned"] if word not in ("将", "计划")]
    return FlowWords(
        actors=re.compile(rf"(?:{_any(data['actors'])})(?![家间界学案化])"),
        anaphors=re.compile(rf"{_any(types)}|(?<=[向为给对])其(?![中他余实次])"),
        anaphor_types=types,
        companies=frozenset(data["companies"]),
        bodies=tuple(data["bodies"]),
        verbs=verbs,
        verb=_one(verbs),
        launch=_one(data["launches"]),
        plan=_one(data["plans"]),
        filler=re.compile(rf"{_any(data['fillers'])}|{DATE}|{_SPAN}"),
        filler_forms=Forms([*data["fillers"], DATE]),
        adverb=re.compile(adverb),
        adverb_forms=Forms([*data["adverbs"], DATE]),
        preposition=_one([*data["prepositions"], *data["takers"]]),
        taker=re.compile(
            r"(?<![方面走投导迈转])向(?![来前上后])|(?<![作成称名分因认视命])为(?![期此止了])"
            r"|(?<![供交还])给(?!予)|(?<![应])对(?![应比于外内])|帮助|支持"
        ),
        joined=re.compile(
            rf"(?:{_any(data['with'])})({LIST})(?:等(?:企业|机构|公司|单位)?)?(?=共|联合|一起|各|合作|将|分别|$)"
        ),
        prefix=re.compile(
            rf"(?:{_any(data['openers'])}|[\[【][^\]】]{{1,8}}[\]】] ?"
            r"|据[^，]{0,30}?(?:报道|消息|披露|显示|透露)"
            rf"|在[^，\ue000-\ue005\ue007-\ue008]{{1,12}}(?:上|中|下|内|方面|期间|之前|前|后)"
            rf"|到{DATE}|截至{DATE}|其余|首先|\d+[.、]|[一二三四五六七八九十]+(?:、|是)"
            rf"|第[一二三四五六]\w?|{adverb})[，、]?"
        ),
        openers=Forms(data["openers"]),
        chain=_one(data["chains"]),
        predicate=re.compile(
            rf"{_any([*data['predicates'], *data['prepositions'], *data['takers']])}"
            rf"|{adverb}|{_any(verbs)}"
        ),
        measure_forms=Forms(measures),
        measures=measures,
        noun=re.compile(
            rf"(?:{_any(data['modifiers'])}){{0,5}}({_any(nouns)})"
            rf"|的[^，；的\ue000-\ue008]{{1,5}}?(投资|融资|补贴|补助|贷款|经费|预算)(?=$|[，；])"
        ),
        money=re.compile(rf"[^，的\ue000-\ue008]{{0,8}}?(?:{_any([*nouns, '资金'])})"),
        nouns=nouns,
        equivalents=Forms([*data["equivalents"], "约"]),
        lead=_one(data["leads"]),
        aim=re.compile(rf"(?:{_any(data['aims'])})(?![期额金方者总])"),
        support=re.compile(rf"(?:{_any(data['supports'])})(?![期额金方者总])"),
        detail=_one(data["details"]),
        losses=Forms(data["losses"]),
        handing=_one(data["handings"]),
        pivot=_one(data["pivots"]),
        signed=_one(data["signs"]),
        fields=(*data["fields"], *data["aims"]),
        receivers=tuple(data["receivers"]),
        pronouns=frozenset(data["pronouns"]),
        receiver=re.compile(rf"[^，\ue005\ue006]{{0,24}}(?:{_any(data['receivers'])})"),
        described=re.compile(
            r"[^，的向为与和在从由、\ue000-\ue008]{0,12}(?:公司|企业|厂商|造商|巨头|机构)$"
        ),
        paid=re.compile(rf"(?<![将拟])(?:{_any(data['paid'])})"),
        done=_one(data["done"]),
        span_tail=re.compile(rf"(?:{_SPAN})$"),
        committed=re.compile(rf"(?:{_any(data['committed'])})(?!的)"),
        announced=re.compile(rf"(?<![将拟])(?:{_any(data['announced'])})"),
        told=_one(data["told"]),
        planned=re.compile(
            rf"{_any(bound)}|将(?!{SUM})|(?<![该的项一此])计划(?=在|于|向|为|对|将|投|筹|出资|再|拨"
            rf"|提供|资助|斥资|收购|{DATE}|{_SPAN}|用|从|通过|与)"
        ),
        loose=_one(data["loose"]),
        contains=_one(data["contains"]),
        parts=_one(data["parts"]),
        sums=_one(data["sums"]),
        others=_one(data["others"]),
    )
