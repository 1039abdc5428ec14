"""Annotations find their article again, or are orphans; never on a wrong article, never dropped."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotations.anchors import ArticleKey, place, place_in_issue
from annotations.model import (
    Annotation,
    ArticleRef,
    IssueRef,
    NoteBody,
    article_refs,
    new_annotation,
)
from bulletins.catalogue.outline import outline_of
from bulletins.model import Article, Block, Issue, Section

ISSUE = IssueRef("ab" * 32, "x.txt")
REF = ArticleRef("old", "港口试用氢能拖船", lead="三月中旬，一家港口公司开始试用两艘拖船。")


def note(ref: ArticleRef | None) -> Annotation:
    return new_annotation(NoteBody("甲"), ISSUE, ref)


def placed_on(ref: ArticleRef, *articles: ArticleKey) -> str | None:
    placed = place([note(ref)], articles)
    assert len(placed.orphans) + sum(map(len, placed.by_article.values())) == 1
    return next(iter(placed.by_article), None)


def test_by_id_then_title_then_lead_else_orphan() -> None:
    same_id = ArticleKey("old", "全新的标题")
    same_title = ArticleKey("b", "港口 试用氢能拖船。")
    same_lead = ArticleKey("c", "改了的标题", "三月中旬,一家港口公司开始试用两艘拖船。后文更长。")
    neither = ArticleKey("d", "别的标题", "三月中旬，一家港口公司开始试用三艘货船。")
    assert placed_on(REF, neither, same_lead, same_title, same_id) == "old"
    assert placed_on(REF, neither, same_lead, same_title) == "b"
    assert placed_on(REF, neither, same_lead) == "c"
    assert placed_on(REF, neither) is None


def test_of_several_articles_with_one_title_only_the_lead_decides() -> None:
    ref = replace(REF, title="简讯")
    one = ArticleKey("b", "简讯", "一所大学公布了新的合金配方和全部数据。")
    two = ArticleKey("c", "简讯", REF.lead)
    assert placed_on(ref, one, two) == "c"
    assert placed_on(replace(ref, lead=""), one, two) is None
    assert placed_on(replace(ref, title="", lead="短"), ArticleKey("d", "", "短")) is None


def test_notes_on_the_issue_have_no_article() -> None:
    on_issue = note(None)
    assert place([on_issue], []).issue_level == (on_issue,)


def test_an_issue_that_was_read_is_placed_on() -> None:
    blocks = (Block("heading", "一、概况", 1, 1), Block("paragraph", "  正文从这里开始。", 1))
    article = Article("a9", REF.title, 1, authors=("周远",), blocks=blocks)
    issue = Issue(
        ISSUE.id, "/x/x.txt", "general", 1.0, (Section("甲", ()), Section("乙", (article,)))
    )
    assert list(place_in_issue([note(REF)], issue).by_article) == ["a9"]
    (ref,) = article_refs(issue)
    assert (ref.section, ref.position, ref.lead) == ("乙", 0, "正文从这里开始。")
    assert ref.authors == ("周远",)


WORDS = st.text("港口氢能拖船试用 ，。a1", max_size=16)


@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8),
    st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8),
)
def test_nothing_is_dropped_or_doubled(
    refs: list[tuple[str, str, str]], keys: list[tuple[str, str, str]]
) -> None:
    notes = [note(ArticleRef(one, title, lead=lead)) for one, title, lead in refs]
    placed = place(notes, [ArticleKey(*key) for key in keys])
    found = [one for group in placed.by_article.values() for one in group]
    assert sorted(one.id for one in (*found, *placed.orphans)) == sorted(one.id for one in notes)
    assert set(placed.by_article) <= {key[0] for key in keys}


def test_twenty_thousand_articles_of_one_title_take_no_time() -> None:
    keys = [
        ArticleKey(str(n), "简讯", f"{n} 号消息说的是同一件事情，没有区别。") for n in range(20_000)
    ]
    notes = [
        note(ArticleRef("gone", "简讯", lead="没有的开头，谁也找不到它在哪里。"))
        for _ in range(500)
    ]
    assert len(place(notes, keys).orphans) == 500


def test_lists_and_annotations_know_an_article_by_the_same_lead() -> None:
    blocks = (
        Block("list_item", " （1）支持新型储能示范项目，安排专项资金。", 1),
        Block("paragraph", "本办法自公布之日起施行，有效期五年。", 1),
    )
    old = Issue("o", "x", "s", 1.0, (Section("", (Article("a1", "旧题", 1, blocks=blocks),)),))
    new = Issue("n", "x", "s", 1.0, (Section("", (Article("a2", "新题", 1, blocks=blocks),)),))
    keys = [ArticleKey(e.id, e.title, e.lead) for e in outline_of(new, "parsed").articles()]
    assert placed_on(article_refs(old)[0], *keys) == "a2"


def issue_of(*articles: tuple[str, str, tuple[str, ...]]) -> Issue:
    """An issue of articles: id, title, paragraphs."""
    made = (
        Article(name, title, 1, blocks=tuple(Block("paragraph", text, 1) for text in texts))
        for name, title, texts in articles
    )
    return Issue(ISSUE.id, "/x/x.txt", "general", 1.0, (Section("甲", tuple(made)),))


FERRY = "海风港务局开始试用两艘以氢为燃料的拖船，为期一年。"
SMELTER = "北岭铝业公司宣布扩建再生铝工厂，预计两年后投产。"
ROADMAP = "轻材料研究所发布镁合金路线图，列出十二项优先课题。"


def test_what_is_on_a_joined_article_is_on_the_one_it_was_joined_to() -> None:
    before = issue_of(("a", "港口", (FERRY,)), ("b", "铝", (SMELTER,)), ("c", "镁", (ROADMAP,)))
    notes = [note(ref) for ref in article_refs(before)]
    after = issue_of(("a", "港口", (FERRY, "铝", SMELTER)), ("c", "镁", (ROADMAP,)))
    placed = place_in_issue(notes, after)
    assert placed.by_article == {"a": (notes[0], notes[1]), "c": (notes[2],)}
    assert place_in_issue(notes, before).by_article == {
        name: (one,) for name, one in zip("abc", notes, strict=True)
    }
    gone = issue_of(("a", "港口", (FERRY,)), ("c", "镁", (ROADMAP,)))
    assert place_in_issue(notes, gone).orphans == (notes[1],)


def test_the_first_of_several_of_one_title_does_not_give_its_work_to_the_next() -> None:
    before = issue_of(
        ("a", "港口", (FERRY,)), ("short-0", "简讯", (SMELTER,)), ("short-1", "简讯", (ROADMAP,))
    )
    notes = [note(ref) for ref in article_refs(before)]
    joined = issue_of(("a", "港口", (FERRY, "简讯", SMELTER)), ("short-0", "简讯", (ROADMAP,)))
    assert place_in_issue(notes, joined).by_article == {
        "a": (notes[0], notes[1]), "short-0": (notes[2],)
    }  # fmt: skip
    more = issue_of(
        ("short-0", "简讯", (FERRY,)),
        ("short-1", "简讯", (SMELTER,)),
        ("short-2", "简讯", (ROADMAP,)),
    )
    assert place_in_issue(notes[1:], more).by_article == {
        "short-1": (notes[1],), "short-2": (notes[2],)
    }  # fmt: skip
