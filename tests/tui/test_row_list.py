"""A list whose rows change shows them, and draws no row again that is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.app import App
from textual.scrollbar import ScrollBar

from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from textual.app import ComposeResult

HEIGHT = 8


class Words(RowList[str]):
    """Rows of words, and which of them were drawn."""

    DEFAULT_CSS = "Words { padding: 0 1; height: 8; }"

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[str] = []

    def draw(self, row: str, width: int, tone: Tone) -> list[Segment]:
        self.drawn.append(row)
        return [Segment(row[:width], tone(""))]


class Listed(App[None]):
    def compose(self) -> ComposeResult:
        yield Words()


def lines(shown: Words) -> list[str]:
    """What stands on the screen, the widget's lines as they were drawn last where it can be."""
    return [strip.text for strip in shown.render_lines(shown.region.reset_offset)]


async def test_changed_rows_are_shown_and_no_others_drawn() -> None:
    app = Listed()
    async with app.run_test(size=(30, 10)) as pilot:
        shown = app.query_one(Words)
        await pilot.pause()

        @settings(max_examples=80, deadline=None)
        @given(
            st.lists(st.sampled_from("一二三四五六"), max_size=14),
            st.lists(st.sampled_from("一二三四五六"), max_size=14),
            st.integers(0, 13),
        )
        def check(before: list[str], after: list[str], cursor: int) -> None:
            shown.set_rows(before, 0)
            lines(shown)
            shown.change_rows(after, cursor)
            found = lines(shown)
            shown.set_rows(after, cursor)
            assert found == lines(shown)

        check()
        many = [f"row {number}" for number in range(5000)]
        shown.set_rows(many, 3)
        shown.scroll_to(y=0, animate=False)
        await pilot.pause()
        lines(shown)
        shown.drawn.clear()
        changed = [*many[:5], "another", *many[6:]]
        shown.change_rows(changed, 3)
        assert [line.strip() for line in lines(shown)][5] == "another"
        assert shown.drawn == ["another"]
        shown.change_rows([*changed, "below what is seen"], 3)
        lines(shown)
        assert shown.drawn == ["another"]


async def test_the_scrollbar_looks_as_textual_draws_it_and_scrolls() -> None:
    app = Listed()
    async with app.run_test(size=(30, 10)) as pilot:
        shown = app.query_one(Words)
        shown.set_rows([f"row {number}" for number in range(60)], 0)
        bar = shown.vertical_scrollbar
        for top in (0, 1, 20, 52):
            shown.scroll_to(y=top, animate=False)
            await pilot.pause()
            mine = bar.render_lines(bar.region.reset_offset)
            stock = ScrollBar.render_lines(bar, bar.region.reset_offset)
            assert [(one.text, one._segments[0].style) for one in mine] == [
                (one.text, one._segments[0].style) for one in stock
            ]
        await pilot.click(Words, offset=(bar.region.x, 1))
        await pilot.pause(0.4)
        assert shown.scroll_offset.y < 52
