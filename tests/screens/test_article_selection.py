"""The article pane on a screen: what is selected."""

from __future__ import annotations

import pytest

from tests.screens.reader import FIRST, Reader
from tui.widgets.article_pane import ArticlePane


class TestSelection:
    async def drag(
        self, app: Reader, pilot: object, first: tuple[int, int], last: tuple[int, int]
    ) -> str:
        from textual.pilot import Pilot

        assert isinstance(pilot, Pilot)
        await pilot.mouse_down(ArticlePane, offset=first)
        await pilot.hover(ArticlePane, offset=last)
        await pilot.mouse_up(ArticlePane, offset=last)
        await pilot.pause()
        return app.screen.get_selected_text() or ""

    @pytest.mark.parametrize("half", [0, 1])
    @pytest.mark.parametrize("end_half", [0, 1])
    async def test_the_characters_under_the_pointer(self, half: int, end_half: int) -> None:
        """Whichever half of a wide character is pointed at."""
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            x, y = app.cell_of("政府宣布")
            text = await self.drag(app, pilot, (x + half, y), (x + 6 + end_half, y))
            assert text == "政府宣布"
            assert app.pane.selected_ranges() == [(("block", 0), 2, 6)]

    async def test_backwards_is_the_same(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            x, y = app.cell_of("政府宣布")
            assert await self.drag(app, pilot, (x + 7, y), (x, y)) == "政府宣布"

    async def test_marks_and_row_ends_are_left_out(self) -> None:
        app = Reader()
        async with app.run_test(size=(38, 24)) as pilot:
            first, last = app.cell_of("某国政府"), app.cell_of("技术。")
            assert first[1] < last[1]
            text = await self.drag(app, pilot, first, (last[0] + 5, last[1]))
            assert text == FIRST

    async def test_paragraphs_are_copied_as_lines(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            first, last = app.cell_of("技术。"), app.cell_of("背景")
            text = await self.drag(app, pilot, first, (last[0] + 3, last[1]))
            assert text == "技术。\n一、背景"

    async def test_margins_belong_to_their_row(self) -> None:
        """From the left margin to the right margin is the whole row and nothing more."""
        app = Reader()
        async with app.run_test(size=(120, 24)) as pilot:
            _, y = app.cell_of("背景")
            assert await self.drag(app, pilot, (1, y), (110, y)) == "一、背景"

    async def test_the_whole_text(self) -> None:
        from textual.selection import SELECT_ALL

        app = Reader()
        async with app.run_test(size=(90, 24)):
            found = app.pane.get_selection(SELECT_ALL)
            assert found is not None
            assert FIRST in found[0].split("\n")
            assert "¹" not in found[0]

    async def test_a_selection_is_lit(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            x, y = app.cell_of("政府宣布")
            await self.drag(app, pilot, (x, y), (x + 7, y))
            assert app.style_of("政府宣布").bgcolor != app.style_of("支持").bgcolor

    async def test_a_new_layout_drops_the_selection(self) -> None:
        app = Reader()
        async with app.run_test(size=(90, 24)) as pilot:
            x, y = app.cell_of("政府宣布")
            await self.drag(app, pilot, (x, y), (x + 7, y))
            app.pane.toggle_notes()
            await pilot.pause()
            assert app.screen.get_selected_text() is None
