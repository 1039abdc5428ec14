"""What the reader says of a mention holds wherever it is meant to, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from annotations.mention_corrections import CorrectedMentions, apply_corrections
from annotations.mention_rules import MentionRules
from annotations.mention_spots import selector_of
from annotations.mention_values import mention_problem
from annotations.model import (
    Annotation,
    ArticleRef,
    IssueRef,
    MentionBody,
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
    Footnote,
    Mentions,
    Place,
)

ISSUE = IssueRef("ab" * 32, "x.txt")
TEXT = "港务局出资 500 万欧元，另有 5 亿日元，由港务局交给青峰实验室，2024 年完成；港务局说。"
NOTE = "另见 500 万欧元。"


def place(words: str, nth: int = 0, block: int | None = 0) -> Place:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Place(start, start + len(words), block)


def entity(words: str, nth: int = 0, kind: str = "organization") -> Entity:
    return Entity(kind, words, words, place(words, nth))  # type: ignore[arg-type]


EUROS = Amount("500 万欧元", place("500 万欧元"), "EUR", Decimal(5_000_000))
YEN = Amount("5 亿日元", place("5 亿日元"), "JPY", Decimal(500_000_000), equivalent_of=0)
NOTED = Amount("500 万欧元", Place(3, 10, None, 0), "EUR", Decimal(5_000_000))
YEAR = DateMention("2024 年", place("2024 年"), "2024", "year")
PAYER = Evidence("港务局", place("港务局"), "港务局")
ARTICLE = Article(
    "a1",
    "港务局的新船",
    1,
    blocks=(Block("paragraph", TEXT, 1), Block("paragraph", "青峰实验室与 EDAX、EDA 无关。", 2)),
    footnotes=(Footnote("1", NOTE, (), 1, 0, 4),),
    mentions=Mentions(
        amounts=(EUROS, YEN, NOTED),
        dates=(YEAR,),
        entities=(entity("港务局"), entity("港务局", 1), entity("青峰实验室"), entity("港务局", 2)),
        flows=(
            Flow(0, payer=(PAYER,), relation="equivalent", others=(1,)),
            Flow(1, recipient=(Evidence("青峰实验室", place("青峰实验室"), "青峰实验室"),)),
        ),
        doubts=(Doubt(0, 1),),
    ),
)
REF = ArticleRef("a1", ARTICLE.title)


def said(
    act: str,
    mention: str,
    form: str,
    at: Place,
    scope: str = "library",
    when: str = "1",
    **more: object,
) -> Annotation:
    body = MentionBody(act, mention, form, scope, **more)  # type: ignore[arg-type]
    assert mention_problem(body) == ""
    new = new_annotation(body, ISSUE, REF)
    return replace(new, target=Target(ISSUE, REF, selector_of(ARTICLE, at)), modified=when)


def shown(*annotations: Annotation, article: Article = ARTICLE) -> CorrectedMentions:
    """Corrections that were all made in the article, as the app lays them over it."""
    library = [one for one in annotations if one.body.scope == "library"]  # type: ignore[union-attr]
    return apply_corrections(article, MentionRules(library), annotations)


def names(found: CorrectedMentions) -> list[tuple[str, str]]:
    return [(one.type, one.canonical) for one in found.mentions.entities]


def test_a_rejected_name_goes_everywhere_with_what_points_to_it() -> None:
    found = shown(said("reject", "organization", "港务局", place("港务局", 1)))
    assert names(found) == [("organization", "青峰实验室")]
    assert found.mentions.flows[0].payer == ()
    assert found.mentions.flows[0].relation == "equivalent"
    assert [(one.after, one.place.start) for one in found.corrected] == [
        (None, place("港务局", n).start) for n in range(3)
    ]


def test_one_span_counts_more_than_the_article_and_that_more_than_the_library() -> None:
    at = place("港务局", 1)
    whole = said("reject", "organization", "港务局", at, when="9")
    article = said("retype", "organization", "港务局", at, "article", "1", type="person")
    here = said("accept", "organization", "港务局", at, "here", "1")
    kinds = [one.type for one in shown(whole, article, here).mentions.entities]
    assert kinds == ["person", "organization", "organization", "person"]
    assert shown(whole, article, here).mentions.entities[1] == ARTICLE.mentions.entities[1]
    later = said("rename", "organization", "港务局", at, "article", "2", name="海港管理局")
    assert names(shown(article, later))[0] == ("organization", "海港管理局")


def test_a_renamed_name_takes_its_evidence_along() -> None:
    found = shown(said("rename", "organization", "港务局", place("港务局"), name="海港管理局"))
    assert [name for _, name in names(found)].count("海港管理局") == 3
    assert found.mentions.flows[0].payer[0].value == "海港管理局"
    assert found.mentions.flows[0].payer[0].text == "港务局"
    before = found.corrected[0].before
    assert isinstance(before, Entity)
    assert before.canonical == "港务局"


def test_what_names_a_sum_by_its_number_follows_when_one_is_rejected() -> None:
    found = shown(said("reject", "amount", "500万欧元", place("500 万欧元"), "here"))
    assert [one.currency for one in found.mentions.amounts] == ["JPY", "EUR"]
    assert found.mentions.amounts[0].equivalent_of is None
    assert [(one.amount, one.others) for one in found.mentions.flows] == [(0, ())]
    assert found.mentions.doubts == ()


def test_a_corrected_sum_is_kept_exactly_and_settles_a_doubt() -> None:
    wrong = replace(NOTED, value=Decimal(500))
    mentions = replace(ARTICLE.mentions, amounts=(EUROS, YEN, wrong), doubts=(Doubt(0, 2),))
    value = MentionValue("EUR", Decimal(5_000_000))
    fixed = said("revalue", "amount", "500万欧元", NOTED.place, "here", value=value)
    found = shown(fixed, article=replace(ARTICLE, mentions=mentions))
    assert found.mentions.amounts[2] == NOTED
    assert found.mentions.doubts == ()
    assert found.mentions.amounts[0] is EUROS


def test_a_missed_name_is_found_wherever_it_stands_alone() -> None:
    at = Place(12, 15, 1)
    found = shown(said("add", "technology", "EDA", at))
    eda = [one for one in found.mentions.entities if one.type == "technology"]
    assert [one.place for one in eda] == [at]
    assert found.corrected[0].before is None
    title = shown(said("add", "technology", "新船", Place(4, 6)))
    assert title.mentions.entities[0].text == "新船"


def test_what_is_added_inside_a_longer_name_gives_way_unless_it_was_said_there() -> None:
    inside = Place(place("青峰实验室").start + 2, place("青峰实验室").end, 0)
    there = said("add", "organization", "实验室", inside, "here")
    assert [name for _, name in names(shown(there))].count("青峰实验室") == 0
    assert shown(there).corrected[0].before == entity("青峰实验室")
    elsewhere = replace(there, body=replace(there.body, scope="library"))  # type: ignore[type-var]
    other = apply_corrections(ARTICLE, MentionRules([elsewhere]))
    assert other.mentions.entities[:4] == ARTICLE.mentions.entities
    assert [one.place.block for one in other.mentions.entities[4:]] == [1]  # it is not known there


def test_an_added_sum_moves_the_numbers_of_the_others() -> None:
    value = MentionValue("EUR", Decimal(1))
    found = shown(said("add", "amount", "出资", place("出资"), "here", value=value))
    assert [one.text for one in found.mentions.amounts][:2] == ["出资", "500 万欧元"]
    assert found.mentions.amounts[2].equivalent_of == 1
    assert [(one.amount, one.others) for one in found.mentions.flows] == [(1, (2,)), (2, ())]
    assert found.mentions.doubts == (Doubt(1, 2),)


def test_a_figure_that_is_a_name_becomes_one() -> None:
    found = shown(said("retype", "amount", "5亿日元", YEN.place, type="program"))
    assert [one.text for one in found.mentions.amounts] == ["500 万欧元"] * 2
    assert ("program", "5亿日元") in names(found)
    assert found.corrected[0].before == YEN


def test_a_correction_of_one_span_finds_it_in_a_text_that_was_read_anew() -> None:
    fixed = said("reject", "organization", "港务局", place("港务局", 1), "here")
    head = "新的开头。"
    moved = [
        replace(one, place=replace(one.place, start=one.place.start + 5, end=one.place.end + 5))
        for one in ARTICLE.mentions.entities
    ]
    blocks = (replace(ARTICLE.blocks[0], text=head + TEXT), *ARTICLE.blocks[1:])
    again = replace(ARTICLE, blocks=blocks, mentions=Mentions(entities=tuple(moved)))
    found = apply_corrections(again, MentionRules(), [fixed])
    assert found.mentions.entities == (moved[0], *moved[2:])
    better = replace(again, mentions=Mentions())
    assert apply_corrections(better, MentionRules(), [fixed]) == CorrectedMentions(Mentions())
    lost = replace(again, blocks=again.blocks[1:], mentions=Mentions())
    assert apply_corrections(lost, MentionRules(), [fixed]).unplaced == (fixed,)
    added = said("add", "person", "港务局说", place("港务局说"), "here")
    found = apply_corrections(better, MentionRules(), [added])
    assert found.mentions.entities[0].place.start == place("港务局说").start + 5


def test_a_merged_name_has_the_identity_of_the_other() -> None:
    known = [
        replace(one, identity="organization:青峰实验室") if one.text == "青峰实验室" else one
        for one in ARTICLE.mentions.entities
    ]
    article = replace(ARTICLE, mentions=replace(ARTICLE.mentions, entities=tuple(known)))
    merged = said("rename", "organization", "港务局", place("港务局"), name="青峰实验室")
    found = shown(merged, article=article)
    assert {one.identity for one in found.mentions.entities} == {"organization:青峰实验室"}


def test_a_correction_of_one_place_moves_with_its_words() -> None:
    """As a passage does: before it something was put in, in the text and in a note."""
    here = said("reject", "organization", "港务局", place("港务局", 1), "here")
    noted = said("reject", "amount", "500万欧元", Place(3, 10, None, 0), "here")
    assert here.target.selector is not None and noted.target.selector is not None
    assert here.target.selector.position == len(ARTICLE.title) + 1 + place("港务局", 1).start
    assert here.target.selector.state and noted.target.selector.state
    body = replace(ARTICLE.blocks[0], text="四月，" + TEXT)
    note = replace(ARTICLE.footnotes[0], text="注：" + NOTE)
    old = ARTICLE.mentions
    moved = replace(
        ARTICLE,
        blocks=(body, ARTICLE.blocks[1]),
        footnotes=(note,),
        mentions=replace(
            old,
            amounts=(replace(NOTED, place=Place(5, 12, None, 0)),),
            entities=tuple(
                replace(one, place=replace(one.place, start=at + 3, end=one.place.end + 3))
                for one in old.entities
                for at in [one.place.start]
            ),
            dates=(),
            flows=(),
            doubts=(),
        ),
    )
    found = shown(here, noted, article=moved)
    assert found.unplaced == ()
    assert [one.place.start for one in found.mentions.entities if one.text == "港务局"] == [
        3,
        place("港务局", 2).start + 3,
    ]
    assert found.mentions.amounts == ()
    gone = replace(ARTICLE, blocks=(replace(body, text="别的事。"),), footnotes=())
    assert set(shown(here, noted, article=gone).unplaced) == {here, noted}


def test_of_two_added_forms_the_shorter_at_the_very_end() -> None:
    short = said("add", "organization", "无关", Place(14, 16, 1), name="无关")
    long = said("add", "organization", "无关。。", Place(14, 16, 1), name="无关。。")
    assert shown(short, long).mentions.entities[-1].text == "无关"
