"""Any corrections of any article: what is found stays in order, apart and tied."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.mention_corrections import (
    CorrectedMentions,
    appearance,
    apply_corrections,
    mention_type,
)
from annotations.mention_rules import MentionRules, squeezed
from annotations.mention_spots import selector_of
from annotations.mention_values import mention_problem
from annotations.model import (
    ENTITY_TYPES,
    MENTION_SCOPES,
    Annotation,
    ArticleRef,
    IssueRef,
    MentionBody,
    MentionScope,
    MentionType,
    MentionValue,
    Target,
    new_annotation,
)
from bulletins.model import (
    Amount,
    Article,
    Block,
    DateMention,
    Doubt,
    Entity,
    Evidence,
    Flow,
    Mentions,
    Place,
)

ISSUE = IssueRef("ab" * 32, "x.txt")
REF = ArticleRef("a1", "任何条目")


def shown(*annotations: Annotation, article: Article) -> CorrectedMentions:
    """Corrections that were all made in the article, as the app lays them over it."""
    library = [one for one in annotations if one.body.scope == "library"]  # type: ignore[union-attr]
    return apply_corrections(article, MentionRules(library), annotations)


LETTERS = "甲乙丙丁A1 "


@st.composite
def articles(draw: st.DrawFn) -> Article:
    texts = [draw(st.text(LETTERS, min_size=1, max_size=14)) for _ in range(2)]
    amounts: list[Amount] = []
    dates: list[DateMention] = []
    entities: list[Entity] = []
    for block, text in enumerate(texts):
        for group in (amounts, dates, entities):
            at = draw(st.integers(0, 3))
            while at < len(text):
                end = min(len(text), at + draw(st.integers(1, 3)))
                where, words = Place(at, end, block), text[at:end]
                if group is amounts:
                    amounts.append(Amount(words, where, "EUR", Decimal(1)))
                elif group is dates:
                    dates.append(DateMention(words, where, "2024"))
                else:
                    kind = draw(st.sampled_from(ENTITY_TYPES))
                    entities.append(Entity(kind, words, words, where))
                at = end + draw(st.integers(0, 4))
    number = st.integers(0, max(0, len(amounts) - 1))
    flows = tuple(
        Flow(
            at,
            payer=(Evidence("甲", Place(0, 1, 0), "甲"),),
            relation="part",
            others=(draw(number),),
        )
        for at in range(len(amounts))
        if draw(st.booleans())
    )
    doubts = tuple(Doubt(draw(number), draw(number)) for _ in amounts[:1])
    mentions = Mentions(tuple(amounts), (), tuple(dates), tuple(entities), flows, doubts)
    blocks = tuple(Block("paragraph", text, 1) for text in texts)
    return Article("a1", draw(st.text(LETTERS, max_size=6)), 1, blocks=blocks, mentions=mentions)


@st.composite
def corrections(draw: st.DrawFn, article: Article, acts: list[str]) -> list[Annotation]:
    found = article.mentions
    every = [*found.amounts, *found.dates, *found.entities]
    made = []
    for number in range(draw(st.integers(0, 5))):
        scope: MentionScope = draw(st.sampled_from(MENTION_SCOPES))
        act = draw(st.sampled_from(acts))
        value = MentionValue("CNY", Decimal(draw(st.integers(0, 9))))
        kind: MentionType
        if act == "add" or not every:
            block = draw(st.integers(0, 1))
            text = article.blocks[block].text
            start = draw(st.integers(0, len(text) - 1))
            at = Place(start, draw(st.integers(start + 1, len(text))), block)
            kind = draw(st.sampled_from(["amount", *ENTITY_TYPES]))
            exact = text[at.start : at.end]
            body = MentionBody("add", kind, squeezed(exact), scope)
            body = replace(body, value=value) if kind == "amount" else body
        else:
            one = draw(st.sampled_from(every))
            at = one.place
            kind = mention_type(one)
            body = MentionBody("accept", kind, squeezed(one.text), scope)
            if act == "reject":
                body = replace(body, act="reject")
            elif act == "change" and isinstance(one, Entity):
                name = draw(st.sampled_from(["新名", "甲"]))
                body = replace(body, act="rename", name=name)
            elif act == "change" and isinstance(one, Amount):
                body = replace(body, act="revalue", value=value)
            elif act == "retype":
                chosen = draw(st.sampled_from(ENTITY_TYPES))
                body = replace(body, act="retype", type=chosen)
        if not mention_problem(body):
            new = replace(new_annotation(body, ISSUE, REF), modified=str(number))
            made.append(replace(new, target=Target(ISSUE, REF, selector_of(article, at))))
    return made


@settings(max_examples=150, deadline=None)
@given(articles(), st.data())
def test_any_corrections_leave_mentions_in_order_apart_and_tied(
    article: Article, data: st.DataObject
) -> None:
    acts = ["accept", "reject", "change", "retype", "add"]
    made = data.draw(corrections(article, acts))
    found = shown(*made, article=article)
    after = found.mentions
    for group in (after.amounts, after.dates, after.entities):
        spans = [(appearance(one.place)[:2], one.place.start, one.place.end) for one in group]
        assert spans == sorted(spans)
        assert all(a[2] <= b[1] for a, b in pairwise(spans) if a[0] == b[0])
    size = len(after.amounts)
    numbers = [one.amount for one in after.flows]
    assert numbers == sorted(set(numbers))
    assert all(0 <= n < size for n in numbers)
    assert all(0 <= n < size for flow in after.flows for n in flow.others)
    assert all(0 <= n < size for doubt in after.doubts for n in (doubt.first, doubt.second))
    texts = [block.text for block in article.blocks]
    for one in (*after.amounts, *after.dates, *after.entities):
        text = article.title if one.place.block is None else texts[one.place.block]
        assert text[one.place.start : one.place.end] == one.text


@settings(max_examples=100, deadline=None)
@given(articles(), st.data())
def test_nothing_said_or_only_that_all_is_right_changes_nothing(
    article: Article, data: st.DataObject
) -> None:
    assert shown(article=article).mentions is article.mentions
    accepted = data.draw(corrections(article, ["accept"]))
    accepted = [one for one in accepted if one.body.act == "accept"]  # type: ignore[union-attr]
    assert shown(*accepted, article=article).mentions == article.mentions


@settings(max_examples=100, deadline=None)
@given(articles(), st.data())
def test_laying_corrections_over_their_own_result_changes_nothing(
    article: Article, data: st.DataObject
) -> None:
    made = data.draw(corrections(article, ["accept", "reject", "change"]))
    made = [one for one in made if one.body.act != "add"]  # type: ignore[union-attr]
    once = shown(*made, article=article).mentions
    assert shown(*made, article=replace(article, mentions=once)).mentions == once
