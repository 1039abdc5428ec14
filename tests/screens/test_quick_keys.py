"""One key for a tag, the same again, moving on; keys typed with an input method on."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from textual import events
from textual.widgets import Input, TextArea

from annotations.store import Store

QUICK = {"quick_tags": MappingProxyType({"1": "重要", "2": "待核实"})}


def tags(desk: Any, at: int) -> tuple[str, ...]:
    issue, _, name = desk.screen.article_walk()[at]
    return desk.screen.shelf.marks_of(issue, name).tags


def at(desk: Any) -> int:
    return desk.screen.place_in(desk.screen.article_walk())


async def ready(desk: Any) -> None:
    await desk.opened()
    await desk.all_read()
    walk = desk.screen.article_walk()
    desk.screen.open_article(walk[0][0], walk[0][2])
    await desk.pilot.pause()


def bottom(desk: Any) -> str:
    return "".join(segment.text for segment in desk.screen.status.render_line(0))


async def test_the_last_tag_again_and_on_to_the_next_article(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("full_stop")
        assert any("No tag was put yet" in notice for notice in desk.notices)
        await desk.press("1", "J", "full_stop", "comma", "comma")
        assert at(desk) == 3
        await desk.until(lambda: tags(desk, 2) == ("重要",), "the third has it")
        assert [tags(desk, n) for n in range(4)] == [("重要",)] * 3 + [()]
        await desk.press("full_stop", "full_stop")  # twice: it is put, not taken off
        await desk.until(lambda: tags(desk, 3) == ("重要",), "the fourth has it")
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("芯片，量子")
        await desk.press("enter", "comma")
        await desk.until(lambda: len(tags(desk, 3)) == 3, "two more")
        await desk.press("full_stop")
        await desk.until(lambda: tags(desk, 4) == ("芯片", "量子"), "both again")


async def test_the_same_again_right_behind_a_digit_is_that_tag(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("1", "J")
        for character in "2,,":
            key = events.Key({",": "comma"}.get(character, character), character)
            key.set_sender(desk.app)
            desk.app._driver.send_message(key)
        await desk.until(lambda: at(desk) == 3, "two further")
        await desk.until(lambda: tags(desk, 2) == ("待核实",), "the tag of the digit")
        assert tags(desk, 1) == ("待核实",)


async def test_tag_and_move_on_is_a_mode_that_is_shown_and_kept(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("1", "K")
        await desk.until(lambda: tags(desk, 0), "tagged")
        await desk.press("semicolon", "1", "2", "full_stop")
        assert "tag and move on" in bottom(desk)
        assert at(desk) == 3
        await desk.until(lambda: tags(desk, 2) == ("待核实",), "the third")
        assert tags(desk, 0) == ("重要",)  # moving on it is never taken off
        assert tags(desk, 1) == ("待核实",)
    async with open_app(settings=QUICK) as desk:
        await desk.opened()
        assert "tag and move on" in bottom(desk)
        desk.screen.open_article(*desk.screen.article_walk()[5][::2])
        await desk.press("full_stop")
        await desk.until(lambda: tags(desk, 5) == ("待核实",), "the last tag of the last session")
        assert at(desk) == 6
        await desk.press("semicolon", "1", "1")
        assert at(desk) == 6
        assert "tag and move on" not in bottom(desk)


async def test_the_key_of_a_tag_puts_it_and_a_clash_is_told(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        root, device = desk.app.loaded.config.data, "desk"
        store = Store(root, "王芳", device)
        await ready(desk)
        await desk.press("2")
        await desk.until(lambda: tags(desk, 0) == ("待核实",), "the store is open")
        issue, article = desk.screen.target()
        store.tag(issue, article, "芯片")
        store.set_tag_key("芯片", "5")
        await desk.until(lambda: "5" in desk.screen.quick_tags(), "its key is known")
        await desk.press("J", "5")
        await desk.until(lambda: tags(desk, 1) == ("芯片",), "put by its own key")
        store.set_tag_key("芯片", "1")
        await desk.until(
            lambda: any("1 puts “重要”" in notice for notice in desk.notices), "the clash is told"
        )
        await desk.press("J", "1")
        await desk.until(lambda: tags(desk, 2) == ("重要",), "the configuration wins")


async def test_keys_typed_with_an_input_method_on_do_what_they_say(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.type("Ｊ")
        assert at(desk) == 1
        await desk.type("１")
        await desk.until(lambda: tags(desk, 1) == ("重要",), "a digit")
        await desk.type("，。")
        await desk.until(lambda: tags(desk, 2) == ("重要",), "the same again")
        await desk.type("；；＊")
        await desk.until(lambda: desk.screen.shelf.marks_of(
            desk.screen.issue.id, desk.screen.article.id).starred, "a star")  # fmt: skip
        before = desk.screen.section
        await desk.type("》《")
        await desk.type("｝")
        assert desk.screen.section != before
        await desk.type("？")
        await desk.dialog("Help")
        place = desk.app.screen.list.cursor
        await desk.type("ｊｊ")
        assert desk.app.screen.list.cursor > place
        await desk.type("ｑ")
        assert desk.app.screen is desk.screen


async def test_a_text_field_gets_full_width_marks_as_they_are(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        await desk.type("／")
        assert desk.screen.search_field.has_focus
        await desk.type("？ｊ１。")
        assert desk.screen.search_field.value == "？ｊ１。"
        await desk.press("escape", "m")
        await desk.dialog("NoteEditor")
        await desk.type("？，；ｑ")
        assert desk.app.screen.query_one(TextArea).text == "？，；ｑ"
        await desk.press("escape", "escape")
        # Typed at once behind the key that opens the dialog: meant for its field.
        await desk.pilot.pause()
        for character in "ｔ１？":
            key = events.Key(character, character)
            key.set_sender(desk.app)
            desk.app._driver.send_message(key)
        await desk.dialog("TagPicker")
        await desk.until(lambda: desk.app.screen.query_one(Input).value, "typed")
        assert desk.app.screen.query_one(Input).value == "１？"


async def test_pasted_letters_run_no_commands(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        paste = events.Paste("JJq1*rＪ")
        paste.set_sender(desk.app)
        desk.app._driver.send_message(paste)
        await desk.pilot.pause(0.1)
        assert at(desk) == 0
        assert not desk.screen.finished
        assert tags(desk, 0) == ()


async def test_keys_that_arrive_at_once_need_no_configuration(open_app: Any) -> None:
    """Where the configuration names no keys, the usual ones count, however fast they come."""
    async with open_app() as desk:
        await ready(desk)
        assert not desk.app.loaded.config.keys
        for _ in range(4):
            key = events.Key("J", "J")
            key.set_sender(desk.app)
            desk.app._driver.send_message(key)
        await desk.until(lambda: at(desk) == 4, "all four have gone on")
