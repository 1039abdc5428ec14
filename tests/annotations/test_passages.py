"""Passages of a whole issue: found in the right article, told apart by state, re-attached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.anchors import ArticleKey, article_keys, place, place_in_issue
from annotations.filters import Filter, select
from annotations.model import (
    Annotation,
    HighlightBody,
    IssueRef,
    NoteBody,
    StoreError,
    article_refs,
    new_annotation,
)
from annotations.passages import passages_of
from annotations.placing import IssueKey, Placing
from annotations.spans import span_selector
from bulletins.model import Article, Block, Issue, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.healing import Anchor
    from annotations.model import Target
    from annotations.store import Store

TUG = "三月中旬，一家港口公司开始试用两艘以氢为燃料的拖船，每艘造价约 1200 万欧元，由两家船厂合建。"
ALLOY = "一所大学公布了新的合金配方，它在零下五十度时仍不变脆，研究人员说成本还能再降三成左右。"


def article(name: str, title: str, *texts: str) -> Article:
    return Article(name, title, 1, blocks=tuple(Block("paragraph", text, 1) for text in texts))


def anchors_of(annotations: Iterable[Annotation], issue: Issue) -> Mapping[Target, Anchor]:
    """Find the passages of annotations in an issue at hand."""
    passages = passages_of(issue)
    return passages.anchors(place(annotations, article_keys(issue), passages.home))


def issue_of(*articles: Article) -> Issue:
    return Issue("ab" * 32, "x.txt", "general", 1.0, (Section("动态", articles),))


BEFORE = issue_of(article("a1", "拖船", TUG), article("a2", "合金", ALLOY))


def highlight(issue: Issue, number: int, text: str) -> Annotation:
    one = issue.articles()[number]
    start = one.blocks[0].text.index(text)
    made = new_annotation(
        HighlightBody("yellow"), IssueRef(issue.id, "x.txt"), article_refs(issue)[number]
    )
    selector = span_selector(one, 0, start, start + len(text))
    return replace(made, target=replace(made.target, selector=selector))


class TestIssue:
    def test_each_passage_has_its_anchor(self) -> None:
        kept, changed, gone = (
            highlight(BEFORE, 0, text) for text in ("两艘", "1200 万欧元", "船厂合建")
        )
        on_article = new_annotation(NoteBody("甲"), kept.target.issue, kept.target.article)
        text = TUG.replace("1200 万", "1300 万").replace("由两家船厂合建", "")
        after = issue_of(article("a1", "拖船", text), article("a2", "合金", ALLOY))
        anchors = anchors_of((kept, changed, gone, on_article), after)
        states = {target.selector: anchor.status for target, anchor in anchors.items()}
        assert list(states.values()) == ["exact", "fuzzy", "orphan"]
        assert on_article.target not in anchors

    def test_an_article_is_known_by_a_quote_when_all_else_changed(self) -> None:
        one = highlight(BEFORE, 1, "在零下五十度时仍不变脆")
        after = issue_of(
            article("b1", "港口新闻", TUG), article("b2", "低温材料", "编者按：另有新说。", ALLOY)
        )
        placed = place_in_issue((one,), after)
        assert placed.by_article == {"b2": (one,)}
        assert anchors_of((one,), after)[one.target].status == "moved"
        twice = issue_of(article("b1", "甲", ALLOY + "一"), article("b2", "乙", ALLOY + "二"))
        other = replace(one, target=replace(one.target, article=None))
        assert other.target.article is None
        lost = replace(
            one.target,
            article=replace(article_refs(BEFORE)[1], lead="早先的导语与此无关，另有所指。"),
        )
        assert place_in_issue((replace(one, target=lost),), twice).orphans

    def test_without_the_article_it_is_an_orphan(self) -> None:
        one = highlight(BEFORE, 1, "在零下五十度时仍不变脆")
        after = issue_of(article("b1", "港口新闻", TUG))
        assert place_in_issue((one,), after).orphans == (one,)
        assert anchors_of((one,), after)[one.target].status == "orphan"


class TestStore:
    def test_placing_says_where_passages_are(self, store: Store) -> None:
        kept = store.put(highlight(BEFORE, 0, "1200 万欧元"))
        gone = store.put(highlight(BEFORE, 1, "零下五十度"))
        after = issue_of(
            article("a1", "拖船", TUG), article("a2", "合金", ALLOY.replace("零下五十度", ""))
        )
        texts = {one.id: one for one in after.articles()}
        asked: list[str] = []

        def lookup(issue_id: str, article_id: str) -> Article | None:
            asked.append(article_id)
            return texts.get(article_id) if issue_id == after.id else None

        key = IssueKey(
            after.id, "x.txt", articles=(ArticleKey("a1", "拖船"), ArticleKey("a2", "合金"))
        )
        placing = Placing(store, lookup)
        work = placing.update([key], whole=True)[after.id]
        assert work.anchors[kept.target].status == "exact"
        assert work.lost == (gone,)
        assert not work.orphans
        placing.renew(after.id)
        assert asked == ["a1", "a2"]
        texts["a2"] = BEFORE.articles()[1]
        assert placing.update([key])[after.id].lost == ()
        assert Placing(store).update([key])[after.id].anchors == {}

    def test_only_the_article_with_another_annotation_is_summed_up_anew(self, store: Store) -> None:
        texts = {one.id: one for one in BEFORE.articles()}
        keys = [IssueKey(BEFORE.id, "x.txt", articles=article_keys(BEFORE))]

        def lookup(issue_id: str, article_id: str) -> Article | None:
            return texts.get(article_id)

        store.put(highlight(BEFORE, 0, "两艘"))
        away = store.put(highlight(BEFORE, 1, "零下五十度"))
        placing = Placing(store, lookup)
        first = placing.update(keys, whole=True)[BEFORE.id]
        store.put(highlight(BEFORE, 0, "1200 万欧元"))
        then = placing.renew(BEFORE.id)
        assert then.articles["a2"] is first.articles["a2"]
        assert then == Placing(store, lookup).update(keys, whole=True)[BEFORE.id]
        store.define_tag("材料")
        assert placing.renew(BEFORE.id) == then
        store.delete(away)
        assert "a2" not in placing.renew(BEFORE.id).articles

    def test_reattaching_is_a_revision_and_takes_the_notes_along(self, store: Store) -> None:
        marked = store.put(highlight(BEFORE, 0, "1200 万欧元"))
        note = new_annotation(NoteBody("贵"), marked.target.issue, marked.target.article)
        about = replace(marked.target, annotation=marked.id)
        note = store.put(replace(note, target=about))
        text = "造价约一千三百万欧元。"
        ref = article_refs(BEFORE)[1]
        selector = span_selector(article("a2", "合金", text), 0, 3, 10)
        moved = store.reattach(marked, selector, ref)
        assert (moved.id, moved.revision) == (marked.id, marked.revision + 1)
        assert moved.body == marked.body
        stored = {one.id: one for one in store.annotations(BEFORE.id)}
        assert stored[marked.id] == moved
        for one in stored.values():
            assert (one.target.selector, one.target.article) == (selector, ref)
        assert stored[note.id].target.annotation == marked.id

    def test_filtering_by_state(self) -> None:
        kept, gone = highlight(BEFORE, 0, "两艘"), highlight(BEFORE, 1, "零下五十度")
        after = issue_of(article("a1", "拖船", TUG), article("a2", "合金", "全文已撤回。"))
        anchors = anchors_of((kept, gone), after)
        both = (kept, gone)
        assert select(both, Filter(anchors=("orphan",)), anchors=anchors) == (gone,)
        assert select(both, Filter(anchors=("exact", "moved")), anchors=anchors) == (kept,)
        assert select(both, Filter(anchors=("fuzzy",)), anchors=anchors) == ()
        assert select(both, Filter(anchors=("exact",))) == ()
        assert select(both, Filter()) == both
        with pytest.raises(StoreError, match="fuzzy"):
            Filter(anchors=("lost",))


def test_a_passage_follows_the_part_of_a_divided_article_that_has_it() -> None:
    """The article is still there by its title, but its second half is one of its own now."""
    before = issue_of(article("a1", "拖船", TUG, ALLOY), article("a3", "第三", "别的事情。" * 9))
    start = ALLOY.index("零下五十度")
    selector = span_selector(before.articles()[0], 1, start, start + 10)
    made = new_annotation(
        HighlightBody("yellow"), IssueRef(before.id, "x.txt"), article_refs(before)[0]
    )
    mark = replace(made, target=replace(made.target, selector=selector))
    after = issue_of(article("a1", "拖船", TUG), article("a2", "合金", ALLOY), before.articles()[1])
    placed = place_in_issue([mark], after)
    assert list(placed.by_article) == ["a2"]
    anchor = anchors_of([mark], after)[mark.target]
    assert (anchor.status, anchor.block, anchor.start) == ("moved", 0, start)
    # Gone altogether it stays with its article, as an orphan passage.
    gone = issue_of(article("a1", "拖船", TUG), before.articles()[1])
    assert list(place_in_issue([mark], gone).by_article) == ["a1"]
    assert anchors_of([mark], gone)[mark.target].status == "orphan"
