"""The tag screen and the tag dialog, as a reader uses them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, Static

from annotations.model import article_refs, issue_ref
from annotations.store import Store
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tui.screens.tag_list import TagList
from tui.screens.tag_picker import TagChange, TagPicker
from tui.screens.tags import Tags
from tui.tag_suggestions import Suggestion

if TYPE_CHECKING:
    from pathlib import Path


def seed(root: Path, data: Path, *tags: str) -> Store:
    """Put tags on the articles of the first sample, one each."""
    store = Store(data, "王芳", "desk")
    path = min((root / "seeds").glob("*.txt"))
    issue = read_issue(path, load_styles(())).issue
    refs = article_refs(issue)
    for at, tag in enumerate(tags):
        store.tag(issue_ref(issue), refs[at % len(refs)], tag)
    return store


def names(desk: Any) -> list[str]:
    return [row.name for row in desk.app.screen.list.rows]


def said(desk: Any) -> str:
    return str(desk.app.screen.query_one("#asked", Static).render())


async def enter(desk: Any, text: str) -> None:
    field = desk.app.screen.query_one(Input)
    field.value = text
    await desk.press("enter")


async def shown(desk: Any, *expected: str) -> None:
    await desk.until(lambda: names(desk) == list(expected), f"{expected}, not {names(desk)}")


class TestScreen:
    async def test_tags_are_renamed_nested_coloured_and_all_of_it_undone(
        self, open_app: Any, root: Path, tmp_path: Path
    ) -> None:
        async with open_app() as desk:
            await desk.opened()
            data = desk.app.loaded.config.data
        seed(root, data, "氢能", "补贴", "氢能")
        async with open_app() as desk:
            await desk.opened()
            await desk.press("T")
            await desk.dialog("Tags")
            await shown(desk, "氢能", "补贴")
            await desk.press("r")
            await enter(desk, "能源/氢")
            await shown(desk, "能源", "能源/氢", "补贴")
            assert desk.app.screen.list.row.name == "能源/氢", "the cursor stays upon it"
            rows = {row.name: row for row in desk.app.screen.list.rows}
            assert rows["能源"].tally.articles_within == 2
            tags = [tag for marks in desk.screen.shelf.marks.values() for tag in marks.tags]
            assert sorted(tags) == ["能源/氢", "能源/氢", "补贴"]
            await desk.press("c")
            await desk.dialog("TagColours")
            await desk.press("2")
            await desk.dialog("Tags")
            await desk.until(
                lambda: desk.screen.sidebar.tag_colours == {"能源/氢": "green"}, "the list knows it"
            )
            await desk.press("k", "7")
            await desk.until(
                lambda: [tag.key for tag in desk.screen.notebook.tags() if tag.key] == ["7"], "key"
            )
            await desk.press("down", "p")
            await desk.dialog("TagPicker")
            await desk.type("能源")
            await desk.until(lambda: desk.app.screen.query_one(TagList).row.name == "能源", "found")
            await desk.press("enter")
            await desk.dialog("Tags")
            await shown(desk, "能源", "能源/氢", "能源/补贴")
            await desk.press("u", "u", "u", "u")
            await shown(desk, "氢能", "补贴")
            await desk.press("ctrl+r")
            await shown(desk, "能源", "能源/氢", "补贴")
        again = Store(data, "王芳", "desk")
        assert again.undoable() == "rename_tag"
        again.undo()
        assert {tag.name for tag in again.tags()} == {"氢能", "补贴"}

    async def test_deleting_asks_once_and_tells_how_much_it_takes_away(
        self, open_app: Any, root: Path
    ) -> None:
        async with open_app() as desk:
            await desk.opened()
            seed(root, desk.app.loaded.config.data, "氢能", "氢能", "补贴")
            await desk.press("T")
            await desk.dialog("Tags")
            await shown(desk, "氢能", "补贴")
            await desk.press("d")
            assert "氢能" in said(desk)
            assert "2 articles" in said(desk)
            await desk.press("j")
            assert len(names(desk)) == 2
            assert desk.app.screen.list.cursor == 0, "the key was the answer"
            await desk.press("d", "d")
            await shown(desk, "补贴")
            await desk.until(
                lambda: all("氢能" not in m.tags for m in desk.screen.shelf.marks.values()), "off"
            )
            await desk.press("u")
            await shown(desk, "氢能", "补贴")
            marks = desk.screen.shelf.marks.values()
            assert sum("氢能" in each.tags for each in marks) == 2

    async def test_merging_and_what_can_not_be_done(self, open_app: Any, root: Path) -> None:
        async with open_app() as desk:
            await desk.opened()
            seed(root, desk.app.loaded.config.data, "氢能", "氢", "能源/补贴")
            await desk.press("T")
            await desk.dialog("Tags")
            await shown(desk, "氢", "氢能", "能源", "能源/补贴")
            await desk.press("r")
            await enter(desk, "氢能")
            await desk.until(lambda: any("already" in each for each in desk.notices), "refused")
            await desk.press("m")
            await desk.dialog("TagPicker")
            await desk.type("nengyuan")
            await desk.press("escape")
            await desk.dialog("Tags")
            await desk.press("m")
            await desk.dialog("TagPicker")
            await desk.type("氢")
            assert all(row.kind == "tag" for row in desk.app.screen.query_one(TagList).rows)
            await desk.press("enter")
            await shown(desk, "氢能", "能源", "能源/补贴")
            assert desk.app.screen.list.rows[0].tally.articles == 2

    async def test_found_by_name_and_its_articles_listed(self, open_app: Any, root: Path) -> None:
        async with open_app() as desk:
            await desk.opened()
            seed(root, desk.app.loaded.config.data, "能源 政策/补贴", "能源 政策", "政策")
            await desk.press("T")
            await desk.dialog("Tags")
            await desk.press("n")
            await enter(desk, "新的")
            await desk.until(lambda: "新的" in names(desk), "a new tag")
            await desk.press("slash")
            await desk.type("能源")
            await shown(desk, "能源 政策", "能源 政策/补贴")
            await desk.press("enter")
            await desk.press("enter")
            await desk.until(lambda: desk.app.screen is desk.screen, "back")
            await desk.until(
                lambda: sum(row.kind == "article" for row in desk.screen.sidebar.rows) == 2,
                "the articles of the tag and of those below it",
            )
            assert desk.screen.filter_field.value == "#/能源_政策/"

    async def test_what_another_process_does_shows(self, open_app: Any, root: Path) -> None:
        async with open_app() as desk:
            await desk.opened()
            data = desk.app.loaded.config.data
            seed(root, data, "氢能")
            await desk.press("T")
            await desk.dialog("Tags")
            await shown(desk, "氢能")
            other = Store(data, "王芳", "laptop")
            other.rename_tag("氢能", "氢")
            other.recolour_tag("氢", "pink")
            await shown(desk, "氢")
            await desk.until(
                lambda: desk.app.screen.list.rows[0].tally.tag.colour == "pink", "its colour"
            )

    async def test_the_mouse_goes_to_a_tag_changes_it_and_chooses(
        self, open_app: Any, root: Path
    ) -> None:
        async with open_app() as desk:
            await desk.opened()
            seed(root, desk.app.loaded.config.data, "甲", "乙", "丙")
            await desk.press("T")
            await desk.dialog("Tags")
            await desk.until(lambda: len(names(desk)) == 3, "listed")
            second, third = names(desk)[1:]
            screen = desk.app.screen
            await desk.pilot.click(screen.list, offset=(4, 1))
            assert screen.list.row.name == second
            legend = screen.query_one("#about")
            text = str(legend.render())
            for _ in range(2):  # asked, and answered
                await desk.pilot.click(legend, offset=(text.index("d delete"), 1))
                await desk.pilot.pause()
            await desk.until(lambda: second not in names(desk), "deleted")
            await desk.pilot.click(screen.list, offset=(4, 0))
            await desk.pilot.click(screen.list, offset=(4, 1))
            await desk.pilot.click(screen.list, offset=(4, 1))
            await desk.until(lambda: desk.app.screen is desk.screen, "chosen")
            assert desk.screen.filter_field.value == f"#/{third}/"


class TestDialog:
    async def test_recent_tags_are_first_and_a_slash_makes_a_parent(self, open_app: Any) -> None:
        async with open_app() as desk:
            await desk.opened()
            for name in ("甲", "政策/出口管制", "丙"):
                await desk.press("t")
                await desk.dialog("TagPicker")
                await desk.type(name)
                await desk.press("enter")
                await desk.until(lambda name=name: name in own(desk), "tagged")
            assert [tag.name for tag in desk.screen.notebook.tags()] == [
                "甲", "政策", "政策/出口管制", "丙",
            ]  # fmt: skip
            await desk.press("J", "t")
            await desk.dialog("TagPicker")
            rows = desk.app.screen.query_one(TagList).rows
            assert [row.name for row in rows if row.kind == "tag"][:3] == [
                "丙",
                "政策/出口管制",
                "甲",
            ]
            await desk.type("ckgz")
            await desk.until(lambda: TagPicker.pinyin is not None, "readings are loaded")
            await desk.until(
                lambda: desk.app.screen.query_one(TagList).row.name == "政策/出口管制", "found"
            )
            await desk.press("enter")
            await desk.until(lambda: own(desk) == ("政策/出口管制",), "tagged")

    async def test_suggestions_come_later_and_are_taken_with_one_key(self, open_app: Any) -> None:
        async with open_app() as desk:
            await desk.opened()
            ready = asyncio.Event()

            async def suggest() -> list[Suggestion]:
                await ready.wait()
                return [Suggestion("乙", 0.9, in_title=True), Suggestion("新词", 0.5, new=True)]

            taken: list[Any] = []
            picker = TagPicker("题", {"甲": 3, "乙": 1}, ["丙"], suggest=suggest)
            desk.app.push_screen(picker, taken.append)
            await desk.dialog("TagPicker")
            rows = lambda: [(row.kind, row.name) for row in picker.query_one(TagList).rows]  # noqa: E731
            assert rows() == [("tag", "丙"), ("tag", "甲"), ("tag", "乙")]
            await desk.press("down", "down")
            ready.set()
            await desk.until(lambda: ("suggested", "新词") in rows(), "they are shown")
            assert picker.query_one(TagList).row.name == "甲", "the cursor was not moved"
            await desk.press("up")
            assert picker.query_one(TagList).row.name == "丙", "keys go where they would have gone"
            assert rows()[2:4] == [("suggested", "乙"), ("suggested", "新词")]
            await desk.type("£")
            assert picker.query_one(Input).value == "£", "there is no third one"
            await desk.press("backspace")
            await desk.type("™")  # so Alt+2 comes from a terminal
            assert taken == [TagChange(add=("新词",))]

    async def test_nothing_is_applied_by_enter_alone(self, open_app: Any) -> None:
        async with open_app() as desk:
            await desk.opened()

            async def suggest() -> list[Suggestion]:
                return [Suggestion("乙", 0.9)]

            taken: list[Any] = []
            desk.app.push_screen(TagPicker("题", {"乙": 1}, [], suggest=suggest), taken.append)
            await desk.dialog("TagPicker")
            listed = desk.app.screen.query_one(TagList)
            await desk.until(lambda: any(row.kind == "suggested" for row in listed.rows), "shown")
            await desk.press("enter")
            assert taken == [None]
            desk.app.push_screen(TagPicker("题", {"乙": 1}, [], suggest=suggest), taken.append)
            await desk.dialog("TagPicker")
            listed = desk.app.screen.query_one(TagList)
            await desk.until(lambda: any(row.kind == "suggested" for row in listed.rows), "shown")
            await desk.press("tab", "enter")
            assert taken[1] == TagChange(add=("乙",))

    async def test_colours_show_with_a_sign_in_list_and_inspector(self, open_app: Any) -> None:
        async with open_app(size=(140, 40)) as desk:
            await desk.opened()
            await desk.press("t")
            await desk.dialog("TagPicker")
            await desk.type("氢能")
            await desk.press("enter")
            await desk.until(lambda: own(desk) == ("氢能",), "tagged")
            assert await desk.screen.change_tag_definitions(
                lambda store: store.recolour_tag("氢能", "yellow")
            )
            row = next(row for row in desk.screen.inspector.rows if row.kind == "tag")
            assert (row.lead, row.mention) == ("▲", "tag-yellow")
            drawn = desk.screen.sidebar.render_line(desk.screen.sidebar.cursor)
            assert "▲" in drawn.text


def own(desk: Any) -> tuple[str, ...]:
    screen = desk.screen
    return screen.notebook.state(screen.issue.id, screen.article.id).tags


def test_the_screen_names_its_keys() -> None:
    keys = {key for binding in Tags.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
    assert {"r", "n", "slash", "m", "c", "p", "d", "k", "u", "ctrl+r"} <= keys
