"""Titles, dates and sources corrected beside the printed, as a reader does it."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input


def field(desk: Any, name: str) -> Input:
    found: Input = desk.app.screen.query_one(f"#field-{name}", Input)
    return found


def labels(desk: Any, kind: str) -> list[str]:
    return [row.label for row in desk.screen.sidebar.rows if row.kind == kind]


def parts(desk: Any) -> dict[tuple[str, int], str]:
    return {part.address: part.text for part in desk.screen.pane.document.parts}


async def corrected(desk: Any, **values: str) -> None:
    await desk.press("e")
    await desk.dialog("CorrectFields")
    for name, value in values.items():
        field(desk, name).value = value
    await desk.press("f2")


async def test_an_issue_is_corrected_and_stays_so(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("e")
        await desk.dialog("CorrectFields")
        await desk.press("f3")
        await desk.until(lambda: desk.app.screen.query("#field-number"), "the issue's fields")
        field(desk, "title").value = "更正后的题名"
        field(desk, "date").value = "2024-13"
        await desk.press("f2")
        assert type(desk.app.screen).__name__ == "CorrectFields", "no such month"
        field(desk, "date").value = "2024年8月"
        await desk.press("f2")
        shown = "更正后的题名 · 2024-08"
        await desk.until(lambda: shown in labels(desk, "issue"), "the list shows it")
    async with open_app() as desk:
        await desk.opened()
        await desk.until(lambda: shown in labels(desk, "issue"), "still")
        rows = desk.screen.sidebar.rows
        desk.screen.sidebar.focus()
        desk.screen.sidebar.go(next(i for i, row in enumerate(rows) if shown in row.label))
        await corrected(desk, title="")
        await desk.until(lambda: "2024-08" in labels(desk, "issue"), "what was printed, again")


async def test_an_article_shows_its_corrected_title_above_the_printed_one(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        printed = desk.open_title()
        await corrected(desk, title="改正的标题", date="2023-9-1")
        await desk.until(lambda: "改正的标题" in str(labels(desk, "article")), "in the list")
        assert parts(desk)["corrected", 0] == "改正的标题"
        assert parts(desk)["title", 0] == printed, "offsets count in it"
        assert "~ 2023-09-01" in parts(desk)["meta", 0]
        assert desk.screen.citation().count("改正的标题") == 1
        desk.screen.query_text = printed
        desk.screen.refresh_sidebar()
        assert "改正的标题" in str(labels(desk, "article")), "found by the printed one too"


async def test_undo_and_emptied_fields_go_back_to_the_printed(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        printed = desk.open_title()
        await corrected(desk, title="改正的标题", authors="甲；乙")
        await desk.until(lambda: ("corrected", 0) in parts(desk), "shown")
        desk.screen.action_undo()
        await desk.until(lambda: ("corrected", 0) not in parts(desk), "one undo takes all back")
        assert parts(desk)["title", 0] == printed
        desk.screen.action_redo()
        await desk.until(lambda: ("corrected", 0) in parts(desk), "again")
        await corrected(desk, title="", authors="")
        await desk.until(lambda: ("corrected", 0) not in parts(desk), "emptied: as printed")
    async with open_app() as desk:
        await desk.opened()
        assert parts(desk)["title", 0] == printed


async def test_a_corrected_source_is_the_one_that_opens(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        for issue_id, _, article_id in desk.screen.article_walk():
            desk.screen.open_article(issue_id, article_id)
            if desk.screen.article.sources:
                break
        printed = desk.screen.article.sources[0]
        await desk.press("e")
        await desk.dialog("CorrectFields")
        numbers = [one.id for one in desk.app.screen.query(Input)]
        assert numbers[:3] == ["field-title", "field-date", "field-authors"]
        box = desk.app.screen.query_one(f"#{numbers[3]}", Input)
        box.value = "https://right.example/a"
        await desk.press("f2")
        await desk.until(lambda: ("printed", 0) in parts(desk), "beside the printed")
        assert parts(desk)["source", 0] == "https://right.example/a"
        assert parts(desk)["printed", 0] == printed
        await desk.press("o")
        await desk.dialog("Sources")
        assert desk.app.screen.list.rows[0] == (1, "https://right.example/a", printed)
