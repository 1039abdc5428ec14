"""Articles marked in the list, and what is done to all of them at once."""

from __future__ import annotations

import threading
from types import MappingProxyType
from typing import Any

from annotations.store import Store

QUICK = {"quick_tags": MappingProxyType({"1": "重要", "2": "待核实"})}


def states(desk: Any) -> list[Any]:
    """The marks of all articles in the order of the list."""
    shelf = desk.screen.shelf
    return [shelf.marks_of(issue, name) for issue, _, name in desk.screen.article_walk()]


async def ready(desk: Any) -> None:
    await desk.opened()
    await desk.all_read()
    walk = desk.screen.article_walk()
    desk.screen.open_article(walk[0][0], walk[0][2])
    await desk.pilot.pause()


def bottom(desk: Any) -> str:
    return "".join(segment.text for segment in desk.screen.status.render_line(0))


async def test_a_tag_a_star_and_a_status_go_to_all_marked_in_one_undo(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("V", "V", "V")
        assert "3 marked" in bottom(desk)
        await desk.press("K")
        await desk.until(lambda: "▪" in desk.screen.legend._marks, "the open one shows it, too")
        await desk.press("1")
        await desk.until(lambda: sum("重要" in one.tags for one in states(desk)) == 3, "three tags")
        assert any("3 articles" in notice for notice in desk.notices)
        await desk.press("asterisk")
        await desk.until(lambda: sum(one.starred for one in states(desk)) == 3, "three stars")
        await desk.press("b")
        await desk.until(lambda: sum(one.status == "later" for one in states(desk)) == 3, "put off")
        await desk.press("u", "u")
        await desk.until(lambda: not any(one.starred for one in states(desk)), "no star")
        assert sum("重要" in one.tags for one in states(desk)) == 3
        assert any("and 2 more articles" in notice for notice in desk.notices)
        await desk.press("escape")
        assert "marked" not in bottom(desk)
        root, device = desk.app.loaded.config.data, desk.screen.notebook._device
    assert Store(root, "王芳", device).undoable() == "tag"


async def test_what_is_done_to_many_is_counted_and_can_be_stopped(
    open_app: Any, monkeypatch: Any
) -> None:
    from tui import acts

    begun, go = threading.Event(), threading.Event()

    def slowly(store: Any, targets: Any, name: str) -> bool:
        for done, on in enumerate(targets):
            if done == 2:
                begun.set()
                go.wait(10)
            store.tag(*on, name)
        return True

    monkeypatch.setattr("tui.screens.main.picking.MANY", 2)
    monkeypatch.setattr(acts, "toggle_tag", slowly)
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("V", "V", "V", "V", "1")
        await desk.until(begun.is_set, "two are tagged")
        await desk.until(lambda: "changing 2 of 4 · Esc: stop" in bottom(desk), "it is counted")
        await desk.press("escape")
        go.set()
        said = "Stopped: nothing was changed."
        await desk.until(lambda: said in desk.notices, "it is stopped")
        assert not any(one.tags for one in states(desk)) and "4 marked" in bottom(desk)
        monkeypatch.undo()
        await desk.press("1")
        await desk.until(lambda: sum("重要" in one.tags for one in states(desk)) == 4, "four tags")


async def test_the_tag_dialog_takes_off_what_all_marked_have(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("1")
        await desk.until(lambda: "重要" in states(desk)[0].tags, "one tag")
        await desk.press("V", "V", "t")
        await desk.dialog("TagPicker")
        assert "2 marked articles" in str(desk.app.screen.query_one(".dialog").border_title)
        await desk.type("重要")
        await desk.press("enter")  # the first one had it already: both have it now
        await desk.until(lambda: "重要" in states(desk)[1].tags, "both have it")
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("重要")
        await desk.press("enter")
        await desk.until(lambda: not any(one.tags for one in states(desk)), "none has it")


async def test_a_head_marks_all_below_it_and_again_unmarks_them(open_app: Any) -> None:
    async with open_app() as desk:
        await ready(desk)
        row = desk.screen.sidebar.row
        issue = next(i for i in desk.screen.shelf.issues if i.id == row.issue_id)
        count = len(issue.articles())
        while desk.screen.sidebar.row.kind != "issue":
            await desk.press("h")
        await desk.press("h")  # closed: its articles are not on the screen
        assert desk.screen.sidebar.row.folded
        await desk.press("V")
        assert f"{count} marked" in bottom(desk)
        assert {issue.id} == {issue_id for issue_id, _ in desk.screen.picked}
        await desk.press("k", "V")
        await desk.until(lambda: f"{count} marked" not in bottom(desk), "changed")


async def test_what_a_filter_hides_stays_marked_and_is_told(open_app: Any) -> None:
    async with open_app(settings=QUICK) as desk:
        await ready(desk)
        await desk.press("V", "V")
        await desk.press("K", "K", "asterisk")
        await desk.until(lambda: sum(one.starred for one in states(desk)) == 2, "stars")
        await desk.press("escape", "K", "r")
        await desk.until(lambda: states(desk)[0].status == "reviewed", "one is reviewed")
        await desk.press("V", "V", "f")
        await desk.type("!reviewed")
        await desk.until(lambda: len(desk.screen.article_walk()) == 1, "one is listed")
        assert "2 marked (1 filtered out)" in bottom(desk)
        await desk.press("enter", "1")
        await desk.until(lambda: any("2 articles" in one for one in desk.notices), "both are told")
        await desk.press("escape")
        assert "2 marked" in bottom(desk)
        assert "filtered" not in bottom(desk)
        await desk.until(lambda: sum("重要" in one.tags for one in states(desk)) == 2, "two tags")


async def test_the_mouse_marks_on_the_sign_with_ctrl_and_with_its_middle_button(
    open_app: Any,
) -> None:
    async with open_app() as desk:
        await ready(desk)
        sidebar = desk.screen.sidebar
        listed = [i for i, row in enumerate(sidebar.rows) if row.kind == "article"]
        first, second, third = listed[:3]
        shown = desk.open_title()
        sign = sidebar.rows[second].depth + 1  # behind the padding
        await desk.pilot.click(sidebar, offset=(sign, second))
        await desk.pilot.click(sidebar, offset=(12, third), control=True)
        await desk.pilot.click(sidebar, offset=(12, first), button=2)
        await desk.pilot.pause()
        wanted = {(sidebar.rows[i].issue_id, sidebar.rows[i].article_id) for i in listed[:3]}
        assert set(desk.screen.picked) == wanted
        assert desk.open_title() == shown
        await desk.pilot.click(sidebar, offset=(12, second))
        await desk.pilot.pause()
        assert desk.open_title() != shown  # on the title it opens, as ever
