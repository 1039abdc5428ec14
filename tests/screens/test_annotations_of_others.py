"""The annotations screen with the work of several reviewers, and while others change it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static

from annotations.names import safe_name
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nothing_counts_as_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep states out of the lists, however slow the machine is."""
    monkeypatch.setattr("tui.screens.main.annotating.DWELL_SECONDS", 1000)


def store_of(desk: Any, name: str) -> Store:
    return Store(desk.app.loaded.config.data, name, "desk")


def counts(screen: Any) -> str:
    return str(screen.query_one("#counts", Static).render())


def shown(screen: Any) -> list[tuple[str, str]]:
    return [(row.whose.initials, row.said) for row in screen.list.rows]


async def listed(desk: Any, rows: int) -> Any:
    await desk.press("a")
    await desk.dialog("Annotations")
    screen = desk.app.screen
    await desk.until(lambda: len(screen.list.rows) == rows, "all rows are read")
    return screen


async def ask(desk: Any, query: str, rows: int) -> None:
    screen = desk.app.screen
    screen.query_one(Input).value = query
    await desk.until(lambda: len(screen.list.rows) == rows, f"{query} finds {rows}")
    screen.list.focus()


async def prepared(desk: Any) -> Any:
    """Two others and oneself on two articles: six annotations."""
    await desk.opened()
    await desk.all_read()
    first = desk.screen.target()
    await desk.press("J")
    second = desk.screen.target()
    own, lin, liu = (store_of(desk, name) for name in ("王芳", "Lin Wei", "刘梅"))
    own.tag(*first, "政策")
    own.note(*second, "自己的笔记")
    lin.tag(*first, "产业")
    lin.note(*second, "她的笔记")
    lin.note(first[0], None, "整期的笔记")
    liu.note(*second, "别人的笔记")
    people = desk.screen.reviewers
    await desk.until(lambda: len(people.people) == 2, "others are read")
    await desk.until(lambda: desk.screen.notebook.state(second[0].id, second[1].id).notes, "own")
    return first, second


async def test_all_reviewers_are_listed_and_only_ones_own_is_changed(
    open_app: Any, tmp_path: Path
) -> None:
    path = tmp_path / "out.yaml"
    async with open_app(size=(120, 30)) as desk:
        first, second = await prepared(desk)
        screen = await listed(desk, 6)
        assert sorted(shown(screen)) == [
            ("", "#政策"), ("", "自己的笔记"), ("LW", "#产业"), ("LW", "她的笔记"),
            ("LW", "整期的笔记"), ("刘", "别人的笔记"),
        ]  # fmt: skip
        await ask(desk, "reviewer:lin", 3)
        await ask(desk, "reviewer：LW,刘", 4)
        await ask(desk, "笔记 -reviewer:王芳", 3)
        assert "1 more hidden by -reviewer:王芳" in counts(screen)

        # What is theirs says whose it is, and stays.
        for key in ("m", "d"):
            await desk.press(key)
            assert "can be changed" in str(screen.query_one(".dialog").border_subtitle)
        await desk.press("h")
        await desk.dialog("AnnotationCard")
        card = desk.app.screen
        await desk.until(lambda: card._history is not None, "the history is read")
        assert len(card._history) == 1
        await desk.press("m", "d")
        assert desk.app.screen is card
        await desk.press("escape")

        # Of several only one's own are tagged and deleted, and it is said how many are not.
        await ask(desk, "笔记", 4)
        await desk.press("t")
        await desk.dialog("TagPicker")
        assert desk.notices[-1] == "2 annotations of other reviewers are left out"
        await desk.type("成批")
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is screen, "back in the list")
        state = desk.screen.notebook.state
        await desk.until(lambda: state(second[0].id, second[1].id).tags == ("成批",), "tagged")
        assert "成批" not in state(first[0].id, first[1].id).tags
        await ask(desk, "kind:note", 4)
        await desk.press("asterisk", "d")
        await desk.until(lambda: len(screen.list.rows) == 3, "one's own note is gone")
        assert desk.notices[-1] == "3 annotations of other reviewers are left out"
        await desk.press("u")
        await desk.until(lambda: len(screen.list.rows) == 4, "and back")

        # Hidden reviewers do not hide their hits silently.
        await desk.press("P")
        await desk.dialog("ChooseReviewers")
        await desk.press("1", "escape")
        await desk.until(lambda: len(screen.list.rows) == 2, "Lin Wei's are hidden")
        assert "P: 2 of other reviewers hidden" in counts(screen)
        await desk.press("P")
        await desk.dialog("ChooseReviewers")
        await desk.press("1", "escape")
        await desk.until(lambda: len(screen.list.rows) == 4, "and shown")

        await desk.press("E")
        await desk.dialog("ExportDialog")
        desk.app.screen.query_one("#path", Input).value = str(path)
        await desk.press("f2")
        await desk.until(path.exists, "the file is written")
    text = path.read_text(encoding="utf-8")
    assert all(said in text for said in ("自己的笔记", "她的笔记", "整期的笔记", "别人的笔记"))
    assert "#政策" not in text
    assert all(f"reviewer: {name}" in text for name in ("王芳", "Lin Wei", "刘梅"))


async def test_the_list_follows_everybody_and_keeps_cursor_and_filter(open_app: Any) -> None:
    async with open_app(size=(120, 30)) as desk:
        first, second = await prepared(desk)
        screen = await listed(desk, 6)
        await ask(desk, "笔记", 4)
        await desk.press("j", "j")
        here = screen.row.id
        elsewhere = Store(desk.app.loaded.config.data, "王芳", "laptop")
        for store in (store_of(desk, "王芳"), elsewhere, store_of(desk, "刘梅")):
            begun, rows = time.monotonic(), len(screen.list.rows)
            store.note(*first, f"新的笔记 {store.reviewer} {store.device}")
            store.tag(*first, "不在筛选里")
            await desk.until(lambda rows=rows: len(screen.list.rows) == rows + 1, "it is listed")
            assert time.monotonic() - begun < 2.0
            assert screen.row.id == here
        assert screen.query_one(Input).value == "笔记"
        article = desk.screen.notebook.state(first[0].id, first[1].id)
        assert len(article.notes) == 2
        assert "不在筛选里" in article.tags

        # What goes, goes; a row under the cursor leaves it to the next one.
        note = next(one for one in elsewhere.annotations(first[0].id) if one.device == "laptop")
        elsewhere.delete(note)
        await desk.until(lambda: len(screen.list.rows) == 6, "a deleted note goes")
        assert screen.row.id == here
        # A renamed tag has its new name in all rows.
        await ask(desk, "#政策", 3)
        elsewhere.rename_tag("政策", "规划")
        await desk.until(lambda: not screen.list.rows, "nothing has the old name")
        await ask(desk, "kind:tag #规划", 2)
        # A reviewer who comes, and one who goes.
        await ask(desk, "", len(screen._all))
        rows = len(screen.list.rows)
        store_of(desk, "新来的人").note(*second, "我也看")
        await desk.until(lambda: len(screen.list.rows) == rows + 1, "a new reviewer is listed")
        folder = desk.app.loaded.config.data / "annotations"
        (folder / safe_name("新来的人")).rename(folder / ".away")
        await desk.until(lambda: len(screen.list.rows) == rows, "and gone again")


async def test_esc_leaves_after_reading_was_stopped(open_app: Any) -> None:
    async with open_app() as desk:
        await prepared(desk)
        screen = await listed(desk, 6)

        async def forever(*_: Any) -> Any:
            yield [], 0, 9
            await desk.pilot.pause(60)

        screen._desk.annotation_rows = forever
        screen.action_reload()
        await desk.until(lambda: "reading 0 of 9" in counts(screen), "it is being read")
        await desk.press("escape")
        await desk.until(lambda: "not all was read" in counts(screen), "it is said")
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is desk.screen, "the screen closes")
