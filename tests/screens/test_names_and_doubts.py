"""What the app shows of mentions: who pays whom, sums that disagree, a name elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bulletins.catalogue import messages
from bulletins.model import Amount, Article, Doubt, Entity, Evidence, Flow, Mentions, Place
from tui.screens.main.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TITLE = "某国资助11英镑"
BODY = (
    "某国能源部（MOE）宣布向某某大学拨款11亿英镑，用于新材料研究。MOE表示，申请须在9月30日前提交。"
)
FIRST = (
    f"政策计划\n\n{TITLE}\n\n{BODY}\n\n（执笔：甲乙）\n\n"
    "另一件事\n\nMOE没有说什么。\n\n（执笔：丙丁）\n"
)
SECOND = "政策计划\n\n能源部公布预算\n\n今年的预算由某国能源部公布。\n\n（执笔：甲乙）\n"
PAYER, RECIPIENT, SUM = (
    Place(at, at + len(words), 0)
    for words in ("某国能源部", "某某大学", "11亿英镑")
    for at in [BODY.index(words)]
)


def named(article: Article, words: str, identity: str | None) -> Entity:
    at = article.blocks[0].text.index(words)
    place = Place(at, at + len(words), 0)
    return Entity(
        "organization", words, words if identity is None else "某国能源部", place, identity
    )


def mentions_of(article: Article) -> Mentions:
    text = article.blocks[0].text
    identity = "organization:某国能源部"
    if article.title == TITLE:
        start = TITLE.index("11英镑")
        return Mentions(
            amounts=(
                Amount("11英镑", Place(start, start + 4), "GBP", Decimal(11)),
                Amount("11亿英镑", SUM, "GBP", Decimal(11 * 10**8)),
            ),
            entities=(named(article, "某国能源部", identity),),
            flows=(
                Flow(1, (Evidence("某国能源部", PAYER, "某国能源部"),),
                     (Evidence("某某大学", RECIPIENT, "某某大学"),)),
            ),
            doubts=(Doubt(0, 1),),
        )  # fmt: skip
    if "某国能源部" in text:
        return Mentions(entities=(named(article, "某国能源部", identity),))
    return Mentions(entities=(named(article, "MOE", None),))


async def library(open_app: Any, folder: Path) -> Any:
    folder.mkdir()
    (folder / "a-2024-08.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b-2023-01.txt").write_text(SECOND, encoding="utf-8")
    return open_app([folder])


async def give(desk: Any, find: Callable[[Article], Mentions]) -> None:
    """Put mentions into the catalogue as the reader process does, and say so."""
    await desk.all_read(2)
    await desk.until(lambda: desk.screen._idle, "the reader has done its work")
    for outline in desk.screen.shelf.issues:
        issue = desk.screen.books.catalogue.issue(outline.id)
        sections = tuple(
            replace(
                section,
                articles=tuple(replace(one, mentions=find(one)) for one in section.articles),
            )
            for section in issue.sections
        )
        desk.screen.books.catalogue.store_mentions(replace(issue, sections=sections), "refined")
        desk.screen.post_message(Opening.Told(messages.MentionsFound(issue.id, refined=True)))
    await desk.until(
        lambda: any(row.doubts for row in desk.screen.sidebar.rows), "the list shows the doubt"
    )
    titled = next(row for row in desk.screen.sidebar.rows if row.label == TITLE)
    desk.screen.open_row(titled)
    await desk.pilot.pause(0.2)


def lines(widget: Any) -> list[str]:
    return ["".join(s.text for s in widget.render_line(y)) for y in range(widget.size.height)]


def inspector_row(desk: Any, text: str) -> int:
    return next(i for i, row in enumerate(desk.screen.inspector.rows) if text in row.text)


async def test_sums_that_disagree_are_told_of_in_three_places(
    open_app: Any, tmp_path: Path
) -> None:
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, mentions_of)
        assert any(TITLE in line and "⚠" in line for line in lines(desk.screen.sidebar))
        told = next(line for line in lines(desk.screen.pane) if "⚠" in line)
        assert "“11英镑” in the title" in told
        doubts = [row for row in desk.screen.inspector.rows if row.kind == "doubt"]
        assert [row.text for row in doubts] == ["title GBP 11", "text GBP 1.1 bn"]


async def test_the_payer_leads_to_the_payers_words(open_app: Any, tmp_path: Path) -> None:
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, mentions_of)
        desk.screen.bring("inspector")
        desk.screen.inspector.go(inspector_row(desk, "某国能源部 → 某某大学"))
        await desk.press("enter")
        assert desk.screen.pane.gone_to == PAYER
        await desk.press("enter")
        assert desk.screen.pane.gone_to == RECIPIENT


async def test_mentions_that_come_later_leave_the_text_where_it_was(
    open_app: Any, tmp_path: Path
) -> None:
    """The line of doubt pushes in above the text; the row on top stays on top."""
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, lambda one: replace(mentions_of(one), flows=()))
        pane = desk.screen.pane
        for doubts in ((), (Doubt(0, 1),)):
            article = replace(
                desk.screen.article, mentions=replace(desk.screen.article.mentions, doubts=doubts)
            )
            pane.show(article)
            pane._seek(("block", 0), 0, "top")
            before = pane.document.parts[pane.position[0]].address
            pane.show_again(desk.screen.article)
            assert pane.document.parts[pane.position[0]].address == before


async def test_a_name_is_found_in_other_issues_and_opened_at_its_place(
    open_app: Any, tmp_path: Path
) -> None:
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, mentions_of)
        desk.screen.bring("inspector")
        row = next(i for i, r in enumerate(desk.screen.inspector.rows) if r.kind == "entity")
        desk.screen.inspector.go(row)
        await desk.press("w")
        await desk.dialog("WhereElse")
        listed = desk.app.screen.query_one("NamingList")
        await desk.until(lambda: listed.rows, "the articles are listed")
        assert [r.text for r in listed.rows if r.kind == "article"] == [TITLE, "能源部公布预算"]
        await desk.type("预算")
        await desk.until(lambda: len(listed.rows) == 2, "the filter is applied")
        await desk.press("enter")
        await desk.until(lambda: desk.open_title() == "能源部公布预算", "the article is open")
        at = desk.screen.article.blocks[0].text.index("某国能源部")
        assert desk.screen.pane.gone_to == Place(at, at + 5, 0)


async def test_the_mention_gone_to_last_is_meant_while_reading(
    open_app: Any, tmp_path: Path
) -> None:
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, mentions_of)
        desk.screen.bring("reading")
        desk.screen.pane.show_mention(PAYER)
        await desk.press("w")
        await desk.dialog("WhereElse")
        assert desk.app.screen.query_one(".dialog").border_title == "某国能源部"


async def test_a_name_without_a_full_form_has_its_own_places_only(
    open_app: Any, tmp_path: Path
) -> None:
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, mentions_of)
        other = next(row for row in desk.screen.sidebar.rows if row.label == "另一件事")
        desk.screen.open_row(other, read=True)
        await desk.press("greater_than_sign", "w")
        await desk.dialog("WhereElse")
        listed = desk.app.screen.query_one("NamingList")
        await desk.until(lambda: listed.rows, "the places are listed")
        assert [row.kind for row in listed.rows] == ["place"]
        assert "no full form" in str(desk.app.screen.query_one(".remark").render())
        await desk.press("enter")
        assert desk.screen.pane.gone_to == Place(0, 3, 0)


async def test_without_a_name_it_says_how_to_choose_one(open_app: Any, tmp_path: Path) -> None:
    async with await library(open_app, tmp_path / "lib") as desk:
        await give(desk, mentions_of)
        desk.screen.bring("reading")
        desk.screen.pane.show_mention(SUM)
        await desk.press("w")
        assert any("> <" in notice for notice in desk.notices)
