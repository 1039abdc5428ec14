"""What is drawn of a screen is the same as Textual draws, whatever changes and wherever it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from textual._compositor import Compositor
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.widgets import Static

from tui.compositing import FrontCompositor, seen

if TYPE_CHECKING:
    from textual.app import ComposeResult

WIDTH, HEIGHT = 40, 12


class Panes(App[None]):
    """Panes side by side, one with a border, and something that lies over two of them."""

    CSS = """
    Screen { layers: below above; }
    Horizontal { layer: below; }
    #left { width: 13; padding: 0 1; }
    #middle { border: round red; height: 7; }
    #over { layer: above; offset: 9 3; width: 20; height: 3; background: blue; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("一二三四五六七八九十" * 6, id="left")
            with Vertical():
                yield Static("abcdefghij " * 12, id="middle")
                yield Static("below", id="below")
        yield Static("over all that is there", id="over")


def drawn(compositor: Compositor, app: Panes, regions: list[Region]) -> list[str]:
    """What a terminal shows after all was drawn, and these regions once more."""
    compositor.reflow(app.screen, app.screen.size)
    terminal = pyte.Screen(WIDTH, HEIGHT)
    terminal.set_mode(pyte.modes.LNM)
    for dirty in ([Region(0, 0, WIDTH, HEIGHT)], regions):
        compositor._dirty_regions = set(dirty)
        update = compositor.render_update()
        if update is not None:
            assert hasattr(update, "render_segments")
            pyte.Stream(terminal).feed(update.render_segments(app.console))
    return [
        "".join(line[x].data for x in range(WIDTH))
        for line in map(terminal.buffer.__getitem__, range(HEIGHT))
    ]


async def test_updates_are_those_of_textual() -> None:
    app = Panes()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()

        @settings(max_examples=60, deadline=None)
        @given(
            st.lists(
                st.builds(
                    Region,
                    st.integers(0, WIDTH - 1),
                    st.integers(0, HEIGHT - 1),
                    st.integers(1, WIDTH),
                    st.integers(1, HEIGHT),
                ).map(lambda one: one.intersection(Region(0, 0, WIDTH, HEIGHT))),
                min_size=1,
                max_size=4,
            )
        )
        def check(regions: list[Region]) -> None:
            assert drawn(FrontCompositor(), app, regions) == drawn(Compositor(), app, regions)

        check()
        whole = [Region(0, 0, WIDTH, HEIGHT)]
        assert drawn(FrontCompositor(), app, whole) == drawn(Compositor(), app, whole)
        front = FrontCompositor()
        front.reflow(app.screen, app.screen.size)
        found = seen(front.visible_widgets, app.screen.size.region)
        shown = {widget.id for widget, _, _ in found.widgets}
        assert {"left", "middle", "below", "over"} <= shown
        assert len(shown) < len(front.visible_widgets)  # what holds the panes is not to be seen


async def test_what_lies_below_cuts_no_character() -> None:
    app = Panes()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        app.query_one("#over", Static).update("1覆盖在一切之上的话")
        await pilot.pause()
        lines = drawn(FrontCompositor(), app, [])
        assert any("1覆盖在一切之上的话" in line for line in lines)
