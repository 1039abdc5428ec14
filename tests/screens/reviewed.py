"""A library that two reviewers worked on: what the pictures of the screens show."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from annotations.marking import highlight, note_upon, tag_on
from annotations.model import (
    ArticleRef,
    HighlightBody,
    LinkBody,
    MentionBody,
    MentionValue,
    Selector,
    Target,
    article_refs,
    issue_ref,
    new_annotation,
)
from annotations.spans import span_selector
from annotations.store import Store
from annotations.writing import Writing
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from annotations.model import Body, IssueRef
    from bulletins.model import Issue


def tick(patch: pytest.MonkeyPatch) -> None:
    """Let every act be a minute after the one before, from a fixed morning on."""
    minutes = itertools.count()

    def now() -> str:
        hour, minute = divmod(next(minutes), 60)
        return f"2025-03-03T{8 + hour:02}:{minute:02}:00.000000Z"

    patch.setattr(Writing, "_now", staticmethod(now))


class Review:
    """One reviewer's acts upon an issue; articles go by their index, passages by their words."""

    def __init__(self, data: Path, reviewer: str, issue: Issue) -> None:
        self.store = Store(data, reviewer, "desk")
        self.issue: IssueRef = issue_ref(issue)
        self.refs = article_refs(issue)
        self._articles = tuple(issue.articles())

    def span(self, at: int, words: str) -> Selector:
        article = self._articles[at]
        block = next(n for n, one in enumerate(article.blocks) if words in one.text)
        start = article.blocks[block].text.index(words)
        return span_selector(article, block, start, start + len(words))

    def mark(
        self, at: int, words: str, colour: str, note: str = "", tags: tuple[str, ...] = ()
    ) -> None:
        where = (self.issue, self.refs[at])
        if tags:
            tag_on(self.store, where, [self.span(at, words)], colour, tags)
            return
        (made,) = highlight(self.store, where, [self.span(at, words)], colour)
        if note:
            note_upon(self.store, made, note)

    def put(self, body: Body, at: int | ArticleRef, selector: Selector | None = None) -> None:
        article = self.refs[at] if isinstance(at, int) else at
        made = new_annotation(body, self.issue, article)
        self.store.put(replace(made, target=Target(self.issue, article, selector)))


def review(data: Path, chips: Path, watch: Path) -> None:
    """Write what 王芳 and Lin Wei made of the two sample issues."""
    styles = load_styles([])
    first, second = (read_issue(path, styles).issue for path in (chips, watch))
    own = Review(data, "王芳", first)
    store = own.store
    for name in ("政策/出口管制", "政策/补贴", "值得跟进", "待核实", "量子计算"):
        store.define_tag(name)
    store.recolour_tag("值得跟进", "green")
    store.set_tag_key("待核实", "2")
    for at, names in enumerate((("值得跟进", "政策/补贴"), ("政策/补贴",), (), ("待核实",))):
        for name in names:
            store.tag(own.issue, own.refs[at], name)
    store.tag(own.issue, own.refs[5], "量子计算")
    own.mark(
        0, "三座设施均已确定地点，另外两座分别位于纽约州奥尔巴尼和加利福尼亚州森尼韦尔", "yellow"
    )
    own.mark(0, "纽约州奥尔巴尼和加利福尼亚州森尼韦尔。", "pink", "还有没有**备选**地点？")
    own.mark(0, "约 8.25 亿美元", "green", tags=("待核实",))
    own.mark(0, "单台设备价格已超过许多企业和高校所能承受的范围", "blue")
    store.note(own.issue, own.refs[0], "与上期的数字核对：\n\n- 奥尔巴尼 8.25 亿美元\n- 坦佩未公布")
    store.note(own.issue, None, "本期以芯片补贴为主。")
    store.set_star(own.issue, own.refs[0], True)
    store.set_star(own.issue, own.refs[3], True)
    link = LinkBody("follows_up", own.issue, own.refs[1], "同一部法案")
    own.put(link, 0)
    for at, status in ((0, "reviewed"), (1, "later"), (2, "skipped"), (3, "reading")):
        store.set_status(own.issue, own.refs[at], status)  # type: ignore[arg-type]
    place = own.span(0, "Natcast")
    named = MentionBody("rename", "organization", "Natcast", "library", None, "纳特卡斯特")
    store.correct_mention(own.issue, own.refs[0], place, named)
    value = MentionValue("USD", Decimal(825_000_000))
    sum_ = MentionBody("revalue", "amount", "8.25亿美元", "article", None, "", value)
    store.correct_mention(own.issue, own.refs[0], own.span(0, "8.25 亿美元"), sum_)
    store.correct_article(own.issue, own.refs[0], "authors", "林晓；陈志远；王芳")
    # What a reissue left without a place.
    gone = own.span(0, "成员可于 2025 年使用标准数值孔径极紫外光刻机")
    changed = replace(
        gone,
        exact="会员单位将在明年开始共用多台高数值孔径光刻设备",
        prefix="",
        suffix="",
        state="1:" + "0" * 32,
    )
    own.put(HighlightBody("purple", "谁来排期？"), 0, changed)
    missing = ArticleRef("gone", "谷歌公司 Willow 芯片把量子纠错做到阈值以下", position=0)
    store.tag(own.issue, missing, "量子计算")
    store.note(own.issue, missing, "等待论文")

    other = Review(data, "Lin Wei", first)
    other.store.tag(other.issue, other.refs[0], "政策/补贴")
    other.store.tag(other.issue, other.refs[0], "半导体")
    other.store.set_star(other.issue, other.refs[0], True)
    other.store.set_status(other.issue, other.refs[0], "reviewed")
    other.store.note(other.issue, other.refs[0], "坦佩的设施另有州政府出资。")
    other.mark(0, "纽约州奥尔巴尼和加利福尼亚州森尼韦尔。", "green")
    other.mark(0, "约 200 个岗位", "orange")
    later = Review(data, "王芳", second)
    later.store.tag(later.issue, later.refs[1], "待核实")
    later.store.set_status(later.issue, later.refs[0], "reviewed")
