"""The annotations screen: all of the library, filtered, gone to, edited, tagged, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from textual.widgets import Input, Static, TextArea

from annotations.model import HighlightBody, Target, new_annotation
from annotations.spans import span_selector
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nothing_counts_as_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep states out of the lists, however slow the machine is."""
    monkeypatch.setattr("tui.screens.main.annotating.DWELL_SECONDS", 1000)


def store_of(desk: Any) -> Store:
    return Store(desk.app.loaded.config.data, "王芳", "desk")


async def annotate(desk: Any, articles: int = 4) -> list[tuple[str, str]]:
    """Tag and note the first articles of the library, and highlight a passage of the first."""
    await desk.opened()
    await desk.all_read()
    walk = desk.screen.article_walk()[:articles]
    for number, (issue_id, _, article_id) in enumerate(walk):
        target: Any = desk.screen.target_of(issue_id, article_id)

        def act(store: Store, number: int = number, target: Any = target) -> None:
            store.tag(*target, "政策" if number % 2 else "芯片")
            store.note(*target, f"第{number}条笔记 [b]x[/b]")

        assert await desk.screen.change(issue_id, act)
    issue_id, _, article_id = walk[0]
    article = desk.screen.books.article(issue_id, article_id)
    target = desk.screen.target_of(issue_id, article_id)
    last = len(article.blocks) - 1
    selector = span_selector(article, last, 0, min(8, len(article.blocks[last].text)))
    one = new_annotation(HighlightBody("green", "注意"), target[0], target[1])
    one = type(one)(one.id, Target(*target, selector), one.body)
    assert await desk.screen.change(issue_id, lambda store: store.put(one))
    return [(issue, article) for issue, _, article in walk]


async def listed(desk: Any, rows: int) -> Any:
    await desk.press("a")
    await desk.dialog("Annotations")
    screen = desk.app.screen
    await desk.until(lambda: len(screen.list.rows) == rows, "all rows are read")
    return screen


def counts(screen: Any) -> str:
    return str(screen.query_one("#counts", Static).render())


async def test_all_annotations_are_listed_the_newest_first(open_app: Any) -> None:
    async with open_app() as desk:
        await annotate(desk)
        screen = await listed(desk, 9)
        assert screen.row.annotation.kind == "highlight"
        times = [row.annotation.modified for row in screen.list.rows]
        assert times == sorted(times, reverse=True)
        assert "9" in counts(screen)
        await desk.press("o")
        places = [row.place for row in screen.list.rows]
        assert places == sorted(places, key=places.index)


async def test_enter_goes_to_the_passage_and_coming_back_finds_the_row(open_app: Any) -> None:
    async with open_app(size=(120, 20)) as desk:
        walk = await annotate(desk)
        desk.screen.open_article(*walk[3])
        screen = await listed(desk, 9)
        await desk.press("slash")
        await desk.type("kind：highlight")
        await desk.press("enter", "enter")
        await desk.until(lambda: desk.app.screen is desk.screen, "the screen closes")
        assert desk.screen.article.id == walk[0][1]
        place = desk.screen.pane.gone_to
        assert place.block == len(desk.screen.article.blocks) - 1
        await desk.press("a")
        await desk.dialog("Annotations")
        screen = desk.app.screen
        assert screen.query_one(Input).value == "kind：highlight"


async def test_hits_that_the_filter_hides_are_said(open_app: Any) -> None:
    async with open_app() as desk:
        await annotate(desk)
        screen = await listed(desk, 9)
        await desk.press("slash")
        await desk.type("笔记")
        await desk.until(lambda: len(screen.list.rows) == 4, "the notes")
        assert "hidden" not in counts(screen)
        await desk.type(" #政策")
        await desk.until(lambda: len(screen.list.rows) == 2, "notes on tagged articles")
        assert "2 more hidden by #政策" in counts(screen)


async def test_a_note_is_edited_and_a_deletion_undone(open_app: Any) -> None:
    async with open_app() as desk:
        await annotate(desk)
        screen = await listed(desk, 9)
        await desk.press("slash")
        await desk.type("kind:note")
        await desk.press("enter", "m")
        await desk.dialog("NoteEditor")
        desk.app.screen.query_one(TextArea).text = "改过的笔记"
        await desk.press("f2")
        await desk.until(lambda: desk.app.screen is screen, "back in the list")
        await desk.until(lambda: "改过的笔记" in [r.said for r in screen.list.rows], "is shown")
        await desk.press("asterisk", "d")
        assert len(screen.list.rows) == 4
        await desk.press("d")
        await desk.until(lambda: not screen.list.rows, "four notes are deleted")
        await desk.press("u")
        await desk.until(lambda: len(screen.list.rows) == 4, "one undo brings all back")


async def test_tags_go_to_all_articles_that_are_shown_and_to_marked_ones(open_app: Any) -> None:
    async with open_app() as desk:
        walk = await annotate(desk)
        screen = await listed(desk, 9)
        await desk.press("slash")
        await desk.type("kind:note #政策")
        await desk.press("enter", "t")
        await desk.dialog("TagPicker")
        await desk.type("成批")
        await desk.press("enter")

        def tagged() -> list[int]:
            states = [desk.screen.notebook.state(*one) for one in walk]
            return [at for at, one in enumerate(states) if "成批" in one.tags]

        await desk.until(lambda: tagged() == [1, 3], "both articles have the tag")
        await desk.until(lambda: desk.app.screen is screen, "back in the list")
        await desk.press("V", "t")
        await desk.dialog("TagPicker")
        await desk.type("一篇")
        await desk.press("enter")
        await desk.until(
            lambda: store_of(desk).tag_counts().get("一篇") == 1, "only the marked one"
        )


async def test_exactly_what_is_shown_is_exported(open_app: Any, tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    async with open_app() as desk:
        await annotate(desk)
        screen = await listed(desk, 9)
        await desk.press("slash")
        await desk.type("第1条")
        await desk.press("enter", "E")
        await desk.dialog("ExportDialog")
        desk.app.screen.query_one("#path", Input).value = str(path)
        await desk.press("f2")
        await desk.until(path.exists, "the file is written")
        await desk.until(lambda: desk.app.screen is screen, "back in the list")
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    assert "第1条笔记" in text
    assert "第0条笔记" not in text
    assert "注意" not in text


async def test_history_of_a_row_says_who_when_from_what_to_what(open_app: Any) -> None:
    async with open_app() as desk:
        walk = await annotate(desk, 1)
        note = desk.screen.notebook.state(*walk[0]).notes[0].annotation
        await desk.screen.change(walk[0][0], lambda store: store.edit_note(note, "第二稿"))
        screen = await listed(desk, 3)
        await desk.press("slash")
        await desk.type("第二稿")
        await desk.press("enter", "h")
        await desk.dialog("AnnotationCard")
        card = desk.app.screen
        await desk.until(lambda: card._history is not None, "the history is read")
        text = "\n".join(row.lead + row.text for row in card.list.rows)
        assert "王芳 · desk" in text
        assert "− 第0条笔记 [b]x[/b]" in text
        assert "+ 第二稿" in text
        await desk.press("escape")
        assert desk.app.screen is screen


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 12)])
async def test_rows_fit_every_terminal(open_app: Any, size: tuple[int, int]) -> None:
    async with open_app(size=size) as desk:
        await annotate(desk, 2)
        screen = await listed(desk, 5)
        width = screen.list.scrollable_content_region.width
        for row in screen.list.rows:
            segments = screen.list.draw(row, width, screen.list._tone)
            assert sum(segment.cell_length for segment in segments) == width


async def test_the_mouse_goes_to_a_row_and_marks_rows_at_their_sign(open_app: Any) -> None:
    async with open_app() as desk:
        walk = await annotate(desk, 2)
        screen = await listed(desk, 5)
        await desk.pilot.click(screen.list, offset=(1, 2))
        assert screen.list.marked == {screen.list.rows[2].id}
        await desk.pilot.click(screen.list, offset=(12, 1))
        await desk.until(lambda: desk.app.screen is desk.screen, "a click goes there")
        assert desk.screen.article.id in [article for _, article in walk]


async def test_marks_that_the_filter_hides_are_counted(open_app: Any) -> None:
    async with open_app() as desk:
        await annotate(desk, 2)
        screen = await listed(desk, 5)
        await desk.press("asterisk", "slash")
        await desk.type("kind:tag")
        await desk.until(lambda: len(screen.list.rows) == 2, "the tags")
        assert "5 marked (3 filtered out)" in counts(screen)
