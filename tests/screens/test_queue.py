"""The review queue: states, the next one that asks for something, how far an issue is."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest

from tui.screens.main import annotating
from tui.widgets.sidebar import STATUS_SIGNS


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no article become opened by staying on the screen of a slow machine."""
    monkeypatch.setattr(annotating, "DWELL_SECONDS", 1000.0)


def at(desk: Any) -> int:
    return desk.screen.place_in(desk.screen.article_walk())


def status(desk: Any, number: int) -> str:
    issue, _, name = desk.screen.article_walk()[number]
    return desk.screen.shelf.marks_of(issue, name).status


def has_status(desk: Any, wanted: str) -> bool:
    return status(desk, 0) == wanted


async def go(desk: Any, number: int) -> None:
    issue, _, name = desk.screen.article_walk()[number]
    desk.screen.open_article(issue, name)
    await desk.pilot.pause()


async def ready(desk: Any) -> None:
    await desk.opened()
    await desk.all_read()
    await go(desk, 0)


def bottom(desk: Any) -> str:
    return "".join(segment.text for segment in desk.screen.status.render_line(0))


def row(desk: Any) -> str:
    """The row under the cursor of the list, as it is drawn."""
    sidebar = desk.screen.sidebar
    return "".join(s.text for s in sidebar.render_line(sidebar.cursor - sidebar.scroll_offset.y))


async def test_each_state_has_a_key_a_sign_and_a_way_back(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        for key, wanted in (
            ("b", "later"), ("S", "skipped"), ("r", "reviewed"), ("r", "reading"),
            ("S", "skipped"), ("S", "unread"), ("b", "later"), ("b", "unread"), ("R", "unread"),
        ):  # fmt: skip
            await desk.press(key)
            await desk.until(partial(has_status, desk, wanted), wanted)
            assert STATUS_SIGNS[wanted] in row(desk)


async def test_what_was_put_off_stays_so_while_it_is_on_the_screen(
    open_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotating, "DWELL_SECONDS", 0.3)
    async with open_app() as desk:
        await ready(desk)
        await desk.press("J", "b")
        await desk.until(lambda: status(desk, 1) == "later", "put off")
        await desk.pilot.pause(0.5)  # longer than what counts as opened
        assert status(desk, 1) == "later"
        await desk.press("J", "K")
        await desk.pilot.pause(0.5)
        assert status(desk, 1) == "later"


async def test_the_next_unread_goes_round_then_to_what_was_put_off(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        total = len(desk.screen.article_walk())
        desk.screen.picked = {
            (issue, name): None for issue, _, name in desk.screen.article_walk()[2:]
        }
        await desk.press("r")
        await desk.until(lambda: status(desk, total - 1) == "reviewed", "reviewed")
        await desk.press("escape", "b", "U")
        assert at(desk) == 1
        assert "1 unread" in bottom(desk)
        await desk.press("S")
        await desk.until(lambda: status(desk, 1) == "skipped", "skipped")
        await go(desk, 5)
        await desk.press("U")
        assert at(desk) == 0
        assert "1 put off" in bottom(desk)
        await desk.press("r")
        await desk.until(lambda: status(desk, 0) == "reviewed", "all done")
        await desk.press("U")
        assert any("No article is unread or put off." in one for one in desk.notices)


async def test_the_next_star_goes_round_and_says_when_there_is_none(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        await desk.press("F")
        assert any("No article is starred." in notice for notice in desk.notices)
        for number in (1, 4):
            await go(desk, number)
            await desk.press("asterisk")
            await desk.until(
                lambda: desk.screen.shelf.marks_of(
                    desk.screen.issue.id, desk.screen.article.id).starred, "starred",
            )  # fmt: skip
        await desk.press("F")
        assert at(desk) == 1
        assert "2 starred" in bottom(desk)
        await desk.press("F")
        assert at(desk) == 4
        await desk.press("J")
        await desk.until(lambda: "2 starred" not in bottom(desk), "it was said of the last F")


async def test_a_filter_that_hides_what_is_left_is_told(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        await desk.press("r")
        await desk.until(lambda: status(desk, 0) == "reviewed", "reviewed")
        await desk.press("f")
        await desk.type("!reviewed")
        await desk.press("enter", "U")
        assert any("outside it" in notice for notice in desk.notices)


async def test_what_leaves_the_filtered_list_is_followed_by_the_next_in_it(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        names = [name for _, _, name in desk.screen.article_walk()]
        await desk.press("f")
        await desk.type("!unread")
        await desk.press("enter", "J", "J")
        assert desk.screen.article.id == names[2]
        await desk.press("r")
        await desk.until(lambda: len(desk.screen.article_walk()) == len(names) - 1, "it has gone")
        await desk.press("J")
        assert desk.screen.article.id == names[3]
        await desk.press("r")
        await desk.until(lambda: len(desk.screen.article_walk()) == len(names) - 2, "another one")
        await desk.press("K")
        assert desk.screen.article.id == names[1]
        await desk.press("r")
        await desk.until(lambda: len(desk.screen.article_walk()) == len(names) - 3, "and another")
        await desk.press("U")
        assert desk.screen.article.id == names[4]


async def test_how_far_an_issue_is_stands_in_the_list_and_below(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        await ready(desk)
        await desk.press("r", "J", "r", "J", "b")
        await desk.until(lambda: status(desk, 2) == "later", "put off")
        count = len(desk.screen.issue.articles())
        assert f"2 of {count} read · 2 reviewed · 1 put off" in bottom(desk)
        while desk.screen.sidebar.row.kind != "issue":
            await desk.press("h")
        assert row(desk).rstrip().endswith(f"✓2 2/{count}")


async def test_the_keys_of_the_pane_are_shown_below(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        await ready(desk)
        await desk.until(lambda: "V mark" in bottom(desk), "those of the list")
        assert "U unread" in bottom(desk)
        await desk.press("enter")
        await desk.until(lambda: "m note" in bottom(desk), "those of the article")
        assert "V mark" not in bottom(desk)
        await desk.press("f")
        await desk.until(lambda: "!later" in bottom(desk), "what the filter takes")


async def test_the_list_shows_an_act_while_it_is_being_saved(
    open_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as desk:
        await desk.opened()
        screen, safe = desk.screen, asyncio.Event()
        change = screen.notebook.change

        async def slow(*what: Any) -> bool:
            await safe.wait()
            return bool(await change(*what))

        monkeypatch.setattr(screen.notebook, "change", slow)
        await desk.press("asterisk")
        await desk.until(lambda: screen.sidebar.row.marks.starred, "the star is shown")
        key = screen.sidebar.row.issue_id, screen.sidebar.row.article_id
        assert not screen.notebook.state(*key).starred
        safe.set()
        await desk.until(lambda: screen.notebook.state(*key).starred, "it is saved")
        assert screen.sidebar.row.marks.starred
