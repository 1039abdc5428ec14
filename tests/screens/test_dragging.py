"""Words dragged over with the mouse, wherever the pointer goes and however long the text is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from textual.events import MouseMove

from tui.widgets.article_pane import ArticlePane
from tui.widgets.legend import Legend
from tui.widgets.sidebar import Sidebar
from tui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from pathlib import Path

LINE = "海风港务局开始试用两艘以氢为燃料的拖船，为期一年，其间每天记录油耗与噪声。"
HEAD = "轻材料快报\n2024年第8期\n\n产业动态\n\n港口试用氢能拖船\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An issue with an article that is longer than the screen."""
    path = tmp_path / "issues" / "轻材料快报-2024-08.txt"
    path.parent.mkdir()
    lines = (f"第{number}日。{LINE}" for number in range(10, 70))
    path.write_text(HEAD + "\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def cell_of(desk: Any, words: str) -> tuple[int, int]:
    """Where words stand in the article pane."""
    pane = desk.screen.pane
    for y, strip in enumerate(pane.render_lines(pane.size.region)):
        if words in strip.text:
            return cell_len(strip.text[: strip.text.index(words)]), y
    raise AssertionError(f"{words} is not on the screen")


def chosen(desk: Any) -> str:
    pane = desk.screen.pane
    return "".join(pane.text_of(*one) for one in pane.chosen_ranges())


async def test_beside_the_article_the_nearest_place_is_meant(open_app: Any, file: Path) -> None:
    async with open_app([file]) as desk:
        await desk.opened()
        x, y = cell_of(desk, "海风")
        pane, pilot = desk.screen.pane.region, desk.pilot
        for end, first, last in (
            ((pane.right + 8, pane.y + y), "海", ""),  # into the inspector: to the row's end
            ((3, pane.y + y), "第", "海"),  # into the list: to the row's beginning
            ((x + pane.x, 0), "", "海"),
        ):
            await pilot.mouse_down(ArticlePane, offset=(x, y))
            await pilot.hover(None, offset=end)
            await pilot.mouse_up(None, offset=end)
            await pilot.pause()
            words = chosen(desk)
            assert words.startswith(first) and words.endswith(last)
            assert 0 < len(words) < 60, "what is chosen stays near the pointer"
            await desk.press("escape")


async def test_text_scrolls_under_a_pointer_that_rests_below_it(open_app: Any, file: Path) -> None:
    async with open_app([file]) as desk:
        await desk.opened()
        x, y = cell_of(desk, "海风")
        below = (desk.screen.pane.region.x + x, desk.screen.pane.region.bottom)
        await desk.pilot.mouse_down(ArticlePane, offset=(x, y))
        x, y = below  # a pointer that comes from above, which the pilot's does not tell
        desk.screen._forward_event(MouseMove(None, x, y, 0, 9, 1, False, False, False, x, y))
        await desk.until(lambda: desk.screen.pane.scroll_offset.y > 12, "the text scrolls")
        await desk.pilot.mouse_up(None, offset=below)
        await desk.pilot.pause()
        bottom = desk.screen.pane.scroll_offset.y + desk.screen.pane.size.height
        table = desk.screen.pane._table
        (address, _, end) = desk.screen.pane.chosen_ranges()[-1]
        assert bottom - 4 <= table.find(address, end - 1) < bottom, "up to what is in sight"


async def test_only_what_begins_in_the_article_selects(open_app: Any, file: Path) -> None:
    async with open_app([file]) as desk:
        await desk.opened()
        for widget in (Legend, StatusBar, Sidebar):
            await desk.pilot.mouse_down(widget, offset=(5, 0))
            await desk.pilot.hover(ArticlePane, offset=(20, 12))
            await desk.pilot.mouse_up(ArticlePane, offset=(20, 12))
            await desk.pilot.pause()
            assert desk.screen.pane.choice is None


async def press_words(desk: Any, widget: type, words: str) -> None:
    """Click on words of a widget of one line."""
    line = "".join(segment.text for segment in desk.screen.query_one(widget).render_line(0))
    assert words in line
    x = 1 + cell_len(line[: line.index(words)])  # behind the padding
    await desk.pilot.click(widget, offset=(x, 0))
    await desk.pilot.pause()


async def test_colours_and_the_line_of_state_answer_to_the_mouse(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        await desk.opened()
        await desk.all_read()
        first = desk.open_title()
        await press_words(desk, StatusBar, "U unread")
        await desk.until(lambda: desk.open_title() != first, "the next unread one")
        starred = desk.open_title()
        await desk.press("asterisk")
        await desk.until(lambda: "★ 1" in status(desk), "the star is counted")
        await desk.press("J")
        assert desk.open_title() != starred
        await press_words(desk, StatusBar, "★ 1")
        await desk.until(lambda: desk.open_title() == starred, "the next starred one")
        await press_words(desk, StatusBar, "1 starred")  # the same again
        assert desk.open_title() == starred
        await press_words(desk, StatusBar, " read ·")
        await desk.until(lambda: desk.open_title() != starred, "the next unread one again")
        await press_words(desk, StatusBar, "r reviewed")
        await desk.until(lambda: "1 reviewed" in status(desk), "it is reviewed")

        await desk.pilot.click(ArticlePane, offset=(30, 6), times=2)
        await desk.pilot.pause()
        assert chosen(desk)
        colour = desk.screen.meanings[2]
        await press_words(desk, Legend, f"{colour.key} {colour.words}")
        await desk.until(lambda: desk.screen.open_passages(), "it is highlighted")
        assert desk.screen.open_passages()[0].colour == colour.colour
        assert desk.screen.pane.choice is None


def status(desk: Any) -> str:
    return "".join(segment.text for segment in desk.screen.status.render_line(0))
