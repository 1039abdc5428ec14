"""Dialogs by themselves: what they hand over, and what they say instead of losing something."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.content import Content
from textual.widgets import Input, Static

from tui.screens.correct_fields import CorrectFields, Entered, Field
from tui.screens.export_dialog import ExportDialog, ExportWish, Toggle
from tui.screens.help import Help
from tui.screens.sources import Sources
from tui.screens.tag_list import TagList
from tui.screens.tag_picker import TagChange, TagPicker
from tui.themes import mention_variables

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot
    from textual.screen import ModalScreen


class Stage(App[None]):
    """Shows one dialog."""

    def __init__(self, dialog: ModalScreen[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.results: list[Any] = []
        self.theme_variables = super().get_css_variables() | mention_variables(dark=True)

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.results.append)


@asynccontextmanager
async def shown(
    dialog: ModalScreen[Any], width: int = 120
) -> AsyncIterator[tuple[Stage, Pilot[None]]]:
    stage = Stage(dialog)
    async with stage.run_test(size=(width, 40)) as pilot:
        await pilot.pause()
        yield stage, pilot


def problem(stage: Stage) -> str:
    drawn = stage.dialog.query_one(".problem", Static).render()
    assert isinstance(drawn, Content)
    return drawn.plain


def lines(stage: Stage) -> list[str]:
    return ["".join(part.text for part in row) for row in stage.dialog._compositor.render_strips()]


class TestExport:
    async def test_hands_over_what_was_chosen(self, tmp_path: Path) -> None:
        async with shown(ExportDialog("第7期", tmp_path / "a.yaml")) as (stage, pilot):
            assert any("[x] Only this issue: 第7期" in line for line in lines(stage))
            await pilot.press("tab", "space")
            assert any("[ ] Only this issue: 第7期" in line for line in lines(stage))
            await pilot.press("enter", "space", "f2")
            assert stage.results == [ExportWish(tmp_path / "a.yaml", False, ())]

    async def test_the_format_and_the_ending_of_the_file_go_together(self, tmp_path: Path) -> None:
        async with shown(ExportDialog("第7期", tmp_path / "a.yaml")) as (stage, pilot):
            await pilot.press("tab", "tab", "space")
            assert any("[markdown]" in line for line in lines(stage))
            assert stage.dialog.query_one("#path", Input).value == str(tmp_path / "a.md")
            await pilot.press("left", "left")
            assert stage.dialog.query_one("#path", Input).value == str(tmp_path / "a.csl.json")
            stage.dialog.query_one("#path", Input).value = str(tmp_path / "b.csv")
            await pilot.pause()
            assert any("[csv]" in line for line in lines(stage))
            await pilot.press("f2")
            assert stage.results == [ExportWish(tmp_path / "b.csv", True, (), "csv")]

    async def test_without_an_issue_all_are_meant(self, tmp_path: Path) -> None:
        async with shown(ExportDialog("", tmp_path / "a.yaml")) as (stage, pilot):
            assert not stage.dialog.query(Toggle)
            await pilot.press("enter")
            assert stage.results == [ExportWish(tmp_path / "a.yaml", False, ())]

    async def test_a_file_that_exists_is_replaced_only_when_asked_twice(
        self, tmp_path: Path
    ) -> None:
        for name in ("a.yaml", "b.yaml"):
            (tmp_path / name).write_text("old")
        async with shown(ExportDialog("", tmp_path / "a.yaml")) as (stage, pilot):
            await pilot.press("enter")
            assert problem(stage) == "a.yaml exists; Enter again replaces it"
            stage.dialog.query_one("#path", Input).value = str(tmp_path / "b.yaml")
            await pilot.pause()
            assert problem(stage) == ""
            await pilot.press("enter")
            assert "b.yaml exists" in problem(stage)
            assert stage.results == []
            await pilot.press("enter")
            assert stage.results == [ExportWish(tmp_path / "b.yaml", False, ())]

    @pytest.mark.parametrize(
        "path",
        ["", "~nobody-of-this-name/x", "/nope/x.yaml", "{here}", "{here}/" + "n" * 400, "a\0b"],
    )
    async def test_a_place_that_can_not_be_is_one_line(self, tmp_path: Path, path: str) -> None:
        async with shown(ExportDialog("", Path("x"))) as (stage, pilot):
            stage.dialog.query_one("#path", Input).value = path.format(here=tmp_path)
            await pilot.press("enter")
            assert problem(stage)
            assert "\n" not in problem(stage)
            assert stage.results == []

    async def test_a_locked_folder_is_said_to_be_locked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stat(path: Path, **_: Any) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        async with shown(ExportDialog("", tmp_path / "x")) as (stage, pilot):
            with monkeypatch.context() as patch:
                patch.setattr(Path, "stat", stat)
                stage.dialog.action_export()  # type: ignore[attr-defined]
            await pilot.pause()
            assert "Permission denied" in problem(stage)


class TestLists:
    @pytest.mark.parametrize("width", [60, 120])
    async def test_help_shows_titles_whole_or_with_a_sign(self, width: int) -> None:
        async with shown(Help(lambda _: "^x", {"1": "重要"}, {}), width) as (stage, _):
            seen = lines(stage)
            assert all(cell_len(line) <= width for line in seen)
            if width == 120:
                assert not any("…" in line for line in seen)

    async def test_help_lists_the_quick_tags(self) -> None:
        async with shown(Help(lambda _: "^x", {"1": "[b]重要"}, {})) as (stage, _):
            rows = [(row.keys, row.text) for row in stage.dialog.list.rows]  # type: ignore[attr-defined]
            assert ("1", "[b]重要") in rows

    async def test_long_links_are_told_apart(self) -> None:
        site = "https://example.org/" + "chapter/" * 30
        async with shown(Sources([site + "one.html", site + "two.html"]), 80) as (stage, _):
            seen = "\n".join(lines(stage))
            assert "one.html" in seen
            assert "two.html" in seen
            assert stage.dialog.query_one(".dialog").outer_size.width > 72


class TestTags:
    async def test_a_click_keeps_what_was_typed_before_the_comma(self) -> None:
        async with shown(TagPicker("t", {"red": 2, "blue": 1}, [])) as (stage, pilot):
            stage.dialog.query_one(Input).value = "新的, b"
            await pilot.pause()
            await pilot.click(TagList, offset=(2, 0))
            assert stage.results == [TagChange(add=("新的", "blue"))]


def correction(onward: str = "", **values: str) -> CorrectFields:
    fields = [Field((name, ""), name, value, "p") for name, value in values.items()]
    return CorrectFields("Correct", "a.txt", fields, onward=onward)


class TestCorrection:
    async def test_the_printed_stands_beside_each_field_and_comes_back_when_emptied(self) -> None:
        async with shown(correction(title="t")) as (stage, pilot):
            assert "title · printed: p" in str(stage.dialog.query(".label").first(Static).content)
            stage.dialog.query_one("#field-title", Input).value = ""
            await pilot.press("enter")
            assert stage.results == [Entered({("title", ""): ""})]

    async def test_f3_goes_on_only_where_there_is_more(self) -> None:
        async with shown(correction(title="t")) as (stage, pilot):
            await pilot.press("f3")
            assert stage.results == []
        async with shown(correction("F3: the issue", title="t")) as (stage, pilot):
            await pilot.press("f3")
            assert stage.results == [Entered({}, onward=True)]

    async def test_values_are_thrown_away_only_when_asked_twice(self) -> None:
        async with shown(correction(title="t")) as (stage, pilot):
            await pilot.press("x", "escape")
            assert stage.results == []
            assert "Not saved" in str(stage.dialog.query_one(".dialog").border_subtitle)
            await pilot.press("y", "escape")
            assert stage.results == [], "typing takes the warning back"
            await pilot.press("escape")
            assert stage.results == [None]

    async def test_nothing_typed_leaves_at_once(self) -> None:
        async with shown(correction(title="t")) as (stage, pilot):
            await pilot.press("escape")
            assert stage.results == [None]

    async def test_hands_over_what_was_changed_if_the_date_is_one(self) -> None:
        async with shown(correction(title="t", number="7", date="")) as (stage, pilot):
            stage.dialog.query_one("#field-title", Input).value = "u"
            stage.dialog.query_one("#field-date", Input).value = "2024-13"
            await pilot.press("f2")
            assert problem(stage)
            assert stage.results == []
            stage.dialog.query_one("#field-date", Input).value = "2024年8月"
            await pilot.press("f2")
            assert stage.results == [Entered({("title", ""): "u", ("date", ""): "2024年8月"})]


async def test_an_open_dialog_lets_the_screen_rest(
    open_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        await desk.press("question_mark")
        await desk.dialog("Help")
        await asyncio.sleep(3)  # names are found, the article counts as opened
        drawn: list[object] = []
        whole = desk.app._display
        monkeypatch.setattr(desk.app, "_display", lambda *what: drawn.append(what) or whole(*what))
        await asyncio.sleep(1.2)
        assert drawn == []
