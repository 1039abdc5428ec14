"""Marked passages, links and what lost its place, as a reader meets them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from annotations.model import (
    Annotation,
    ArticleRef,
    Body,
    HighlightBody,
    IssueRef,
    LinkBody,
    NoteBody,
    Selector,
    Target,
    article_refs,
    issue_ref,
    new_annotation,
)
from annotations.spans import span_selector
from annotations.store import Store
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

    from bulletins.model import Issue

TEXT = """轻材料快报
2024年第8期

产业动态

港口试用氢能拖船
海风港务局开始试用两艘以氢为燃料的拖船，为期一年。试用期间每天记录油耗与噪声，结果按季度公布。

电池回收工厂开工
北山市的一家企业动工建设电池回收工厂，计划三年后每年处理两万吨旧电池。

新合金公布配方
一所大学公布了新的铝合金配方和全部测量数据，其他实验室可以重复试验。
"""
MARKED = "每天记录油耗与噪声"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "issues" / "轻材料快报-2024-08.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


class Work:
    """What a reader added to the issue before the app is opened."""

    def __init__(self, store: Store, issue: Issue) -> None:
        self.store = store
        self.issue = issue
        self.articles = tuple(issue.articles())
        self.refs = article_refs(issue)

    def put(
        self, body: Body, at: int, selector: Selector | None = None, over: str | None = None
    ) -> Annotation:
        where = Target(issue_ref(self.issue), self.refs[at], selector, over)
        new = new_annotation(body, where.issue, where.article)
        return self.store.put(replace(new, target=where))

    def span(self, at: int, words: str) -> Selector:
        article = self.articles[at]
        block = next(n for n, one in enumerate(article.blocks) if words in one.text)
        start = article.blocks[block].text.index(words)
        return span_selector(article, block, start, start + len(words))


@pytest.fixture
def work(tmp_path: Path, file: Path) -> Work:
    from tui.commands import command_names
    from tui.config import load_config

    root = load_config(None, command_names()).config.data
    return Work(Store(root, "王芳", "desk"), read_issue(file, load_styles([])).issue)


async def ready(desk: Any, title: str = "港口试用氢能拖船") -> None:
    await desk.opened()
    await desk.until(lambda: desk.open_title() == title, f"{title} is open")
    await desk.until(lambda: desk.screen.inspector.rows, "the inspector is filled")


def row_texts(desk: Any, kind: str) -> list[str]:
    rows = desk.screen.inspector.rows
    return [f"{row.lead} {row.text}".strip() for row in rows if row.kind == kind]


def drawn(desk: Any) -> str:
    pane = desk.screen.pane
    lines = [strip.text[pane._left :] for strip in pane.render_lines(pane.size.region)]
    return "".join(line.strip() for line in lines)


def style_of(desk: Any, words: str) -> Any:
    pane = desk.screen.pane
    for strip in pane.render_lines(pane.size.region):
        for segment in strip:
            if words in segment.text:
                return segment.style
    raise AssertionError(f"{words} is not drawn in one style")


async def list_orphans(desk: Any) -> Any:
    await desk.press("A")
    await desk.dialog("Orphans")
    return desk.app.screen


def listed(dialog: Any) -> list[str]:
    return [f"{row.text} {row.tail}" for row in dialog.list.rows]


async def test_a_highlight_is_drawn_and_listed_with_its_notes(
    open_app: Any, file: Path, work: Work
) -> None:
    mark = work.put(HighlightBody("green", "哪一天开始？"), 0, work.span(0, MARKED))
    work.put(NoteBody("已写信去问"), 0, mark.target.selector, mark.id)
    async with open_app([file], size=(140, 40)) as desk:
        await ready(desk)
        style, plain = style_of(desk, "记录油耗"), style_of(desk, "试用期间")
        assert style.underline and style.bgcolor != plain.bgcolor
        assert f"{MARKED}✎" in drawn(desk)
        assert row_texts(desk, "passage") == [f"▌ {MARKED}", "2 figure", "✎ 哪一天开始？"]
        assert row_texts(desk, "note") == ["✎ 已写信去问"]


async def test_enter_goes_to_the_passage(open_app: Any, file: Path, work: Work) -> None:
    work.put(HighlightBody("yellow"), 0, work.span(0, MARKED))
    async with open_app([file], size=(140, 40)) as desk:
        await ready(desk)
        rows = desk.screen.inspector.rows
        at = next(i for i, row in enumerate(rows) if row.kind == "passage")
        desk.screen.bring("inspector")
        desk.screen.inspector.go(at)
        await desk.press("enter")
        place = desk.screen.pane.gone_to
        text = desk.screen.article.blocks[place.block].text
        assert text[place.start : place.end] == MARKED


async def test_a_changed_passage_says_so(open_app: Any, file: Path, work: Work) -> None:
    selector = work.span(0, "试用期间每天记录油耗与噪声，结果按季度公布")
    old = replace(
        selector, exact="试用期间每天记录油耗和噪音，结果按季度公布", state="1:" + "0" * 32
    )
    work.put(HighlightBody("blue"), 0, old)
    async with open_app([file], size=(140, 40)) as desk:
        await ready(desk)
        told = row_texts(desk, "passage")[-1]
        assert told.startswith("4 quote · ~ fuzzy 0."), told
        assert "结果按季度公布≃" in drawn(desk)


async def test_a_highlight_made_elsewhere_comes_with_a_reload(
    open_app: Any, file: Path, work: Work
) -> None:
    async with open_app([file], size=(140, 40)) as desk:
        await ready(desk)
        before = style_of(desk, "记录油耗").bgcolor
        work.put(HighlightBody("pink", "新"), 0, work.span(0, MARKED))
        await desk.press("f5")
        await desk.until(lambda: f"{MARKED}✎" in drawn(desk), "the highlight is drawn")
        assert style_of(desk, "记录油耗").bgcolor != before


async def test_links_stand_on_both_articles(open_app: Any, file: Path, work: Work) -> None:
    work.put(LinkBody("follows_up", issue_ref(work.issue), work.refs[2], "同一计划"), 0)
    async with open_app([file], size=(140, 40)) as desk:
        await ready(desk)
        there = "⇄ 新合金公布配方"
        await desk.until(lambda: there in row_texts(desk, "link"), "the link is listed")
        assert any(text.startswith("follows up") for text in row_texts(desk, "link"))
        desk.screen.bring("inspector")
        at = next(i for i, row in enumerate(desk.screen.inspector.rows) if row.kind == "link")
        desk.screen.inspector.go(at)
        await desk.press("enter")
        await ready(desk, "新合金公布配方")
        back = "⇄ 港口试用氢能拖船"
        await desk.until(lambda: back in row_texts(desk, "link"), "it is listed there too")
        assert any(text.startswith("followed up by") for text in row_texts(desk, "link"))


async def test_a_lost_article_is_found_again_with_one_key(
    open_app: Any, file: Path, work: Work
) -> None:
    gone = ArticleRef("gone", "电池回收的工厂将开工", position=0)
    issue = issue_ref(work.issue)
    work.store.tag(issue, gone, "待核实")
    work.store.note(issue, gone, "问产能")
    work.store.set_star(issue, gone, on=True)
    async with open_app([file], size=(120, 40)) as desk:
        await ready(desk)
        assert "3 without a place" in str(desk.screen.status._parts)
        dialog = await list_orphans(desk)
        assert [text.split("  ")[0] for text in listed(dialog)][2:] == ["tag", "note", "star"]
        await desk.until(lambda: dialog.query_one("ChoiceList").rows, "candidates are shown")
        first = dialog.query_one("ChoiceList").rows[0]
        assert first.article.title == "电池回收工厂开工" and first.score > 0.4
        await desk.press("enter")
        await desk.until(lambda: desk.screen.notebook.without_place() == 0, "all is re-attached")
        marks = desk.screen.shelf.marks_of(work.issue.id, work.articles[1].id)
        assert marks.tags == ("待核实",) and marks.starred and marks.notes == 1
        await desk.press("u")
        await desk.until(lambda: desk.screen.notebook.without_place() == 3, "it is taken back")
        assert not desk.screen.shelf.marks_of(work.issue.id, work.articles[1].id).tags
        await desk.press("enter")
        await desk.until(lambda: desk.screen.notebook.without_place() == 0, "and done once more")
    kept = [one for one in work.store.annotations(work.issue.id) if one.kind != "status"]
    assert sorted(one.kind for one in kept) == ["note", "star", "tag"]
    assert {one.target.article.id for one in kept if one.target.article} == {work.articles[1].id}


async def test_one_of_several_goes_where_its_own_digit_says(
    open_app: Any, file: Path, work: Work
) -> None:
    gone = ArticleRef("gone", "没有标题的一条", position=0)
    work.store.tag(issue_ref(work.issue), gone, "甲")
    work.store.tag(issue_ref(work.issue), gone, "乙")
    async with open_app([file], size=(80, 24)) as desk:
        await ready(desk) if desk.screen.inspector.display else await desk.opened()
        dialog = await list_orphans(desk)
        await desk.press("j")
        await desk.until(lambda: len(dialog.query_one("ChoiceList").rows) == 3, "candidates")
        wanted = dialog.query_one("ChoiceList").rows[2].article.id
        await desk.press("3")
        await desk.until(lambda: desk.screen.notebook.without_place() == 1, "one is re-attached")
        assert desk.screen.shelf.marks_of(work.issue.id, wanted).tags == ("甲",)


async def test_a_lost_passage_is_put_where_the_reader_says(
    open_app: Any, file: Path, work: Work
) -> None:
    selector = work.span(0, MARKED)
    torn = replace(
        selector,
        exact="每个月登记用油和声响",
        prefix="另一句话",
        suffix="又一句话",
        position=None,
        start=0,
        end=10,
        state="1:" + "0" * 32,
    )
    near = replace(torn, exact="每天都记录油耗以及噪声的分贝", end=14)
    mark = work.put(HighlightBody("orange", "查口径"), 0, near)
    work.put(NoteBody("也查单位"), 0, near, mark.id)
    work.put(HighlightBody("blue"), 0, replace(torn, exact="一句从来没有印过的英文缩写说明"))
    async with open_app([file], size=(200, 60)) as desk:
        await ready(desk)
        assert "6 to do · orphan" in row_texts(desk, "passage")
        dialog = await list_orphans(desk)
        lost = [row.lost for row in dialog.list.rows if row.lost]
        assert [one.why for one in lost] == ["passage", "passage"]  # a note goes with its highlight
        await desk.until(lambda: dialog.query_one("ChoiceList").rows, "candidates are shown")
        best = dialog.query_one("ChoiceList").rows[0]
        assert best.selector.exact in TEXT and "油耗" in best.text
        await desk.press("1")
        await desk.until(lambda: "6 to do" in row_texts(desk, "passage"), "it has its place")
        await desk.until(lambda: "no place" in str(dialog.query_one("#about").render()).lower(), "")
        await desk.press("u")
        await desk.until(lambda: "6 to do · orphan" in row_texts(desk, "passage"), "taken back")
    [kept] = [one for one in work.store.annotations(work.issue.id) if one.id == mark.id]
    assert kept.target.selector == near


async def test_what_waits_for_its_issue_is_seen(open_app: Any, file: Path, work: Work) -> None:
    away = IssueRef("e" * 64, "远方简报-11.txt", "远方简报", "11")
    work.store.note(away, ArticleRef("x", "一条远方的消息"), "等它回来\x1b[31m")
    async with open_app([file]) as desk:
        await ready(desk)
        dialog = await list_orphans(desk)
        await desk.until(lambda: dialog.list.rows, "what waits is listed")
        assert listed(dialog)[0].startswith("远方简报 · 11 1 ·")
        assert "等它回来" in listed(dialog)[1] and "\x1b" not in listed(dialog)[1]
        await desk.press("enter")
        assert len(work.store.annotations("e" * 64)) == 1
        assert "waits until that comes" in str(dialog.query_one("#about").render())


async def test_nothing_is_lost(open_app: Any, file: Path) -> None:
    async with open_app([file]) as desk:
        await ready(desk)
        await desk.press("A")
        await desk.until(lambda: desk.notices, "it says so")
        assert desk.notices[-1] == "Every annotation has found its place."


async def test_a_failed_save_leaves_it_lost(open_app: Any, file: Path, work: Work) -> None:
    work.store.tag(issue_ref(work.issue), ArticleRef("gone", "电池回收"), "甲")
    async with open_app([file]) as desk:
        await ready(desk)
        dialog = await list_orphans(desk)
        await desk.until(lambda: dialog.query_one("ChoiceList").rows, "candidates are shown")
        store = desk.screen.notebook._open().store

        def fail(*_: Any) -> None:
            raise OSError("no space left on device")

        store.put = fail
        await desk.press("1")
        await desk.until(lambda: any("no space" in text for text in desk.notices), "it says why")
        assert dialog.list.place(dialog.lost) is None
        assert desk.screen.notebook.without_place() == 1


async def test_one_key_goes_from_lost_to_lost_with_candidates(
    open_app: Any, file: Path, work: Work
) -> None:
    issue = issue_ref(work.issue)
    for title in ("电池回收的工厂将开工", "新合金公布了配方"):
        gone = ArticleRef(title, title, position=0)
        work.store.tag(issue, gone, "待核实")
        work.store.set_star(issue, gone, on=True)
    async with open_app([file], size=(120, 40)) as desk:
        await ready(desk)
        await desk.press("O")
        await desk.dialog("Orphans")
        dialog = desk.app.screen
        await desk.until(lambda: dialog.query_one("ChoiceList").rows, "candidates are shown")
        assert "电池回收" in dialog.list.row.text
        await desk.press("escape", "O")
        await desk.dialog("Orphans")
        dialog = desk.app.screen
        assert "新合金" in dialog.list.row.text  # the next one, not its first tag or star
        await desk.until(lambda: dialog.query_one("ChoiceList").rows, "candidates are shown")
        await desk.press("enter")
        await desk.until(lambda: desk.screen.notebook.without_place() == 2, "two are re-attached")
        await desk.press("O")
        assert "2 without a place" in str(dialog.query_one(".dialog").border_subtitle)
        await desk.press("escape", "O")
        await desk.dialog("Orphans")
        assert "电池回收" in desk.app.screen.list.row.text  # round the library
        await desk.until(lambda: desk.app.screen.query_one("ChoiceList").rows, "candidates")
        await desk.press("enter")
        await desk.until(lambda: desk.screen.notebook.without_place() == 0, "all are re-attached")
        await desk.press("escape", "O")
        assert any("Every annotation has found its place." in one for one in desk.notices)


async def test_what_is_lost_is_attached_to_selected_words(
    open_app: Any, file: Path, work: Work
) -> None:
    gone = replace(
        work.span(0, MARKED), exact="一句从来没有印过的话", prefix="前", suffix="后",
        position=None, state="1:" + "0" * 32,
    )  # fmt: skip
    mark = work.put(HighlightBody("blue"), 0, gone)
    async with open_app([file], size=(140, 40)) as desk:
        await ready(desk)
        assert "4 quote · orphan" in row_texts(desk, "passage")
        await desk.press("slash", *MARKED, "enter", "v", "A")
        await desk.dialog("Orphans")
        await desk.press("v")
        await desk.until(lambda: "4 quote" in row_texts(desk, "passage"), "it has its place")
    (kept,) = [one for one in work.store.annotations(work.issue.id) if one.id == mark.id]
    assert kept.target.selector.exact == MARKED
