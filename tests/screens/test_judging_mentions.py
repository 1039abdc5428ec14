"""Mentions accepted, rejected, corrected, merged, added and taken back, as a reader does it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from rich.cells import cell_len
from textual.widgets import Input

from annotations.mention_corrections import mention_type
from annotations.mention_rules import body_of
from annotations.store import Store
from tui.mention_entries import name_of
from tui.widgets.article_pane import ArticlePane

if TYPE_CHECKING:
    from pathlib import Path

    from bulletins.model import Entity

ISSUE = """轻材料快报
2024年第8期

产业动态

港口试用氢能拖船
2024年8月6日，法国能源部宣布向空中客车公司提供 5.04 亿美元，用于试验氢能拖船。法国能源部
表示，空中客车公司将在 2025 年完成试验，总投资约 12 亿欧元。青峰小组负责测试，青峰小组设在港口。

电池回收工厂开工
2024年8月9日，法国能源部与空中客车公司签署协议，出资 3000 万欧元建设电池回收工厂，青峰小组参与。
"""


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    path = tmp_path / "issues" / "轻材料快报-2024-08.txt"
    path.parent.mkdir()
    path.write_text(ISSUE, encoding="utf-8")
    return path


def entities(desk: Any) -> list[Entity]:
    return list(desk.screen.article.mentions.entities)


def names(desk: Any) -> set[str]:
    return {one.canonical for one in entities(desk)}


async def ready(desk: Any) -> None:
    await desk.opened()
    await desk.until(lambda: desk.screen.article.mentions.entities, "names are found")
    await desk.until(lambda: desk.screen.inspector.rows, "the inspector is filled")


async def judge(desk: Any, name: str) -> None:
    """Open the dialog on the first mention of a name or sum."""
    entry = next(e for e in desk.screen.entries() if name in (name_of(e.mention), e.mention.text))
    desk.screen.pane.show_mention(entry.place)
    await desk.press("x")
    await desk.dialog("MentionDialog")


def set_of_forms(desk: Any) -> list[Entity]:
    """One mention of each form of each name."""
    return list({(one.canonical, one.text): one for one in entities(desk)}.values())


def name_row(desk: Any, canonical: str) -> tuple[int, Any]:
    rows = enumerate(desk.screen.inspector.rows)
    return next((i, r) for i, r in rows if r.kind == "entity" and r.text.startswith(canonical))


async def drag(desk: Any, words: str) -> None:
    """Select words of the article with the mouse."""
    pane = desk.screen.pane
    for y, strip in enumerate(pane.render_lines(pane.size.region)):
        if words in strip.text:
            x = cell_len(strip.text[: strip.text.index(words)])
            await desk.pilot.mouse_down(ArticlePane, offset=(x, y))
            await desk.pilot.hover(ArticlePane, offset=(x + cell_len(words) - 1, y))
            await desk.pilot.mouse_up(ArticlePane, offset=(x + cell_len(words) - 1, y))
            await desk.pilot.pause()
            return
    raise AssertionError(f"{words} is not on the screen")


def said(desk: Any) -> list[str]:
    return [body_of(one).act for one in desk.screen.notebook.mention_corrections()]


def card(desk: Any) -> str:
    from tui.widgets.mention_view import Card

    return str(desk.app.screen.query_one(Card).render())


async def test_a_rejected_name_goes_from_the_library_and_comes_back(
    open_app: Any, issue: Path
) -> None:
    async with open_app([issue], size=(140, 40)) as desk:
        await ready(desk)
        wrong = next(one for one in entities(desk) if one.type == "organization")
        await judge(desk, wrong.canonical)
        await desk.press("d")
        await desk.until(lambda: said(desk) == ["reject"], "it is kept")
        form = wrong.text
        assert form not in {one.text for one in entities(desk)}
        rejected = [row for row in desk.screen.inspector.rows if row.kind == "rejected"]
        assert [(row.lead, row.text) for row in rejected] == [("✗", form)]
        assert "✗" in card(desk)
        await desk.press("escape", "J")
        await desk.until(lambda: "电池" in desk.open_title(), "the next article")
        assert form not in {one.text for one in entities(desk)}
        assert form in {one.text for one in desk.screen.printed.mentions.entities}
        await desk.press("X")
        await desk.dialog("MentionList")
        await desk.press("u")
        await desk.until(lambda: said(desk) == [], "it is taken back")
        assert form in {one.text for one in entities(desk)}
        root = desk.app.loaded.config.data
    assert Store(root, "王芳", "other").mention_corrections() == ()


async def test_an_accepted_mention_says_so_and_a_retyped_one_what_it_was(
    open_app: Any, issue: Path
) -> None:
    async with open_app([issue], size=(140, 40)) as desk:
        await ready(desk)
        forms = Counter(one.canonical for one in set_of_forms(desk))
        first = next(one for one in entities(desk) if forms[one.canonical] == 1)
        await judge(desk, first.canonical)
        await desk.press("a")
        await desk.until(lambda: said(desk) == ["accept"], "it is accepted")
        assert name_row(desk, first.canonical)[1].lead == "✓"
        await desk.press("7")
        await desk.until(lambda: said(desk) == ["retype"], "it is retyped")
        again = [one for one in entities(desk) if one.canonical == first.canonical]
        assert {one.type for one in again} == {"document"}
        assert first.type in card(desk)
        at, row = name_row(desk, first.canonical)
        assert (row.lead, row.mention) == ("~", "document")
        assert first.type in desk.screen.inspector.rows[at + 1].text
        await desk.press("u")
        await desk.until(lambda: said(desk) == [], "it is taken back")
        assert first in entities(desk)


async def test_a_name_is_merged_with_another_by_completion(open_app: Any, issue: Path) -> None:
    async with open_app([issue]) as desk:
        await ready(desk)
        canonicals = list(dict.fromkeys(one.canonical for one in entities(desk)))
        one, other = canonicals[0], canonicals[1]
        await judge(desk, one)
        await desk.press("n")
        desk.app.screen.query_one(Input).value = ""
        await desk.type(other[:2])
        await desk.press("down", "enter")
        await desk.until(lambda: said(desk) == ["rename"], "it is merged")
        assert one not in names(desk)
        assert one in card(desk)
        await desk.press("n")
        desk.app.screen.query_one(Input).value = "[b]新名"
        await desk.press("enter")
        await desk.until(lambda: "[b]新名" in names(desk), "it is renamed")
        assert "[b]新名" in card(desk)


async def test_a_sum_is_corrected_here_only_and_checked(open_app: Any, issue: Path) -> None:
    async with open_app([issue], size=(140, 40)) as desk:
        await ready(desk)
        await judge(desk, "5.04 亿美元")
        await desk.press("v")
        field = desk.app.screen.query_one(Input)
        assert field.value == "USD 504 M"
        field.value = "XYZ 5"
        await desk.press("enter")
        assert said(desk) == []
        field.value = "EUR 5.5 M"
        await desk.press("enter")
        await desk.until(lambda: said(desk) == ["revalue"], "it is corrected")
        amount = desk.screen.article.mentions.amounts[0]
        assert (amount.currency, amount.value) == ("EUR", 5_500_000)
        (correction,) = desk.screen.notebook.mention_corrections()
        assert body_of(correction).scope == "here"
        assert any("USD 504 M" in row.text for row in desk.screen.inspector.rows)
        await desk.press("escape", "E")
        await desk.dialog("ExportDialog")
        path = issue.parent / "out.yaml"
        desk.app.screen.query_one(Input).value = str(path)
        await desk.press("enter")
        await desk.until(path.exists, "the export is written")
        text = path.read_text(encoding="utf-8")
    (article,) = yaml.safe_load(text)["issues"][0]["articles"]
    assert article["mentions"][0]["correction"]["value"] == {"unit": "EUR", "value": "5500000"}


async def test_a_missed_name_is_added_by_selecting_it(open_app: Any, issue: Path) -> None:
    async with open_app([issue]) as desk:
        await ready(desk)
        await drag(desk, "青峰小组")
        await desk.press("x")
        await desk.dialog("MentionDialog")
        await desk.press("a")
        assert said(desk) == []
        await desk.press("4")
        await desk.until(lambda: said(desk) == ["add"], "it is added")
        found = [one for one in entities(desk) if one.text == "青峰小组"]
        assert [one.type for one in found] == ["organization"] * 2
        await desk.press("5")
        await desk.until(
            lambda: {one.type for one in entities(desk) if one.text == "青峰小组"} == {"person"},
            "it is of another class",
        )
        await desk.press("escape", "J")
        await desk.until(lambda: "电池" in desk.open_title(), "the next article")
        assert "青峰小组" in names(desk)
        await judge(desk, "青峰小组")
        await desk.press("s", "d")
        await desk.until(lambda: said(desk) == ["add", "reject"], "not in this article")
        assert "青峰小组" not in names(desk)
        await desk.press("escape", "K")
        await desk.until(lambda: "拖船" in desk.open_title(), "the first article")
        assert "青峰小组" in names(desk)


async def test_one_after_the_other_is_judged_from_the_inspector(open_app: Any, issue: Path) -> None:
    async with open_app([issue], size=(140, 40)) as desk:
        await ready(desk)
        screen = desk.screen
        screen.bring("inspector")
        index = next(i for i, r in enumerate(screen.inspector.rows) if r.kind == "entity")
        screen.inspector.go(index)
        await desk.press("x")
        await desk.dialog("MentionDialog")
        await desk.press("a", "greater_than_sign", "a", "greater_than_sign", "a")
        await desk.until(lambda: len(said(desk)) == 3, "three are accepted")
        assert said(desk) == ["accept"] * 3
        kinds = {mention_type(one.after) for one in screen.corrected.corrected}
        assert kinds
        assert screen.article.mentions == screen.printed.mentions


async def test_nothing_to_judge_is_said(open_app: Any, tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.write_text("标题一则\n没有什么。\n", encoding="utf-8")
    async with open_app([path]) as desk:
        await desk.opened()
        await desk.press("x")
        await desk.until(lambda: desk.notices, "it is said")
        await desk.press("X")
        await desk.until(lambda: len(desk.notices) > 1, "it is said")
        assert type(desk.app.screen).__name__ == "MainScreen"


async def test_what_was_said_is_kept_when_the_dialog_is_left_at_once(
    open_app: Any, issue: Path
) -> None:
    def hurry(dialog: Any) -> None:
        dialog.action_reject()
        dialog.action_scope()
        dialog.action_reject()
        dialog.action_cancel()

    async with open_app([issue], size=(140, 40)) as desk:
        await ready(desk)
        judged = desk.screen.article.id
        wrong = next(one for one in entities(desk) if one.type == "organization")
        await judge(desk, wrong.canonical)
        desk.app.screen.call_later(hurry, desk.app.screen)
        await desk.until(lambda: said(desk) == ["reject", "reject"], "both are kept")
        assert wrong.text not in {one.text for one in entities(desk)}
        kept = desk.screen.notebook.mention_corrections()
        assert {body_of(one).scope for one in kept} == {"library", "article"}
        assert {one.target.article.id for one in kept} == {judged}
        await desk.press("X")
        await desk.dialog("MentionList")

        def take_back_and_leave(dialog: Any) -> None:
            dialog.action_take_back()
            dialog.action_cancel()

        desk.app.screen.call_later(take_back_and_leave, desk.app.screen)
        await desk.until(lambda: said(desk) == ["reject"], "one is taken back")


async def test_a_long_correction_is_listed_with_what_became_of_it(
    open_app: Any, issue: Path
) -> None:
    async with open_app([issue], size=(100, 40)) as desk:
        await ready(desk)
        first = next(one for one in entities(desk) if one.type == "organization")
        await judge(desk, first.canonical)
        await desk.press("n", *("长" * 70), "enter")
        await desk.until(lambda: said(desk) == ["rename"], "it is renamed")
        await desk.press("escape", "X")
        await desk.dialog("MentionList")
        await desk.press("u")
        await desk.until(lambda: said(desk) == [], "it is taken back")
        dialog = desk.app.screen
        row = dialog.list.row
        width = dialog.list.size.width
        line = "".join(part.text for part in dialog.list.draw(row, width, lambda _: None))
        assert cell_len(line) <= width
        assert line.startswith("~ organization")
        assert "(taken back)" in line
