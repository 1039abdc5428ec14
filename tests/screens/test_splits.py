"""A wrong split is corrected: shown before it is taken, kept, undone; the work stays in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """轻材料快报
2024年第8期

产业动态

港口试用氢能拖船
海风港务局开始试用两艘以氢为燃料的拖船，为期一年。试用期间每天记录油耗与噪声，结果按季度公布。

铝业公司扩建再生铝工厂
北岭铝业公司宣布投资 3000 万欧元扩建再生铝工厂，预计两年后投产。公司说，新工厂将招收两百名工人。

研究所发布镁合金路线图
轻材料研究所发布镁合金路线图，列出十二项优先课题。第一批课题将在明年春天公开招标。
"""
TITLES = ["港口试用氢能拖船", "铝业公司扩建再生铝工厂", "研究所发布镁合金路线图"]
JOINED = [TITLES[0], TITLES[2]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bulletins" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def titles(desk: Any) -> list[str]:
    return [one.title for issue in desk.screen.shelf.issues for one in issue.articles()]


def marked(desk: Any) -> list[str]:
    return [one.quote for one in desk.screen.open_passages()]


def told(desk: Any) -> str:
    return str(desk.app.screen.query_one("#about").content)


async def proposed(desk: Any, words: str) -> None:
    await desk.until(lambda: words in told(desk), f"{words} is told, not {told(desk)}")


async def test_a_split_is_corrected_kept_and_undone(open_app: Any, file: Path) -> None:
    async with open_app([file]) as desk:
        await desk.opened()
        assert titles(desk) == TITLES
        await desk.press("J", "v", "s", "2")  # a sentence of the second article in green
        await desk.until(lambda: len(marked(desk)) == 1, "it is highlighted")
        (quote,) = marked(desk)
        await desk.press("asterisk", "B")
        await desk.dialog("SplitDialog")
        await proposed(desk, "It begins an article")
        assert desk.app.screen.list.row.line.text.startswith("北岭铝业公司")
        await desk.press("1")
        await proposed(desk, "3 articles → 4 articles")
        await desk.press("escape")  # not that
        await desk.press("2")
        await proposed(desk, "3 articles → 2 articles")
        assert f"- {TITLES[1]}" in told(desk)
        assert titles(desk) == TITLES
        await desk.press("enter")
        await desk.until(lambda: titles(desk) == JOINED, "the articles are one")
        await desk.until(lambda: desk.open_title() == TITLES[0], "it is open")
        await desk.until(lambda: marked(desk) == [quote], "the highlight is there")
        assert not desk.screen.notebook.without_place()
        article = desk.screen.issue.articles()[0]
        assert desk.screen.notebook.state(desk.screen.issue.id, article.id).starred
    (file.parent.parent / "cache" / "catalogue.sqlite").unlink()  # nothing is kept in it alone
    async with open_app([file]) as desk:
        await desk.opened()
        await desk.until(lambda: titles(desk) == JOINED, "the articles are one again")
        await desk.until(lambda: desk.open_title() == TITLES[0], "it is open")
        await desk.until(lambda: marked(desk) == [quote], "the highlight is there")
        await desk.press("u")
        await desk.until(lambda: titles(desk) == TITLES, "the articles are as printed")
        assert desk.open_title() == TITLES[0]
        await desk.press("J")
        await desk.until(lambda: marked(desk) == [quote], "the highlight is where it was")
        assert not desk.screen.notebook.without_place()
        await desk.press("ctrl+r")
        await desk.until(lambda: titles(desk) == JOINED, "the articles are one")
        await desk.until(lambda: desk.open_title() == TITLES[0], "it is shown in the other")
        # Keys that come before the file is divided wait; what was said is taken back.
        await desk.press("B", "g", "n", "n", "u", "enter")
        await desk.until(lambda: titles(desk) == TITLES, "the articles are as printed")
        await desk.until(lambda: desk.open_title() == TITLES[1], "the one it is about is open")
        await desk.until(lambda: marked(desk) == [quote], "the highlight is where it was")


async def test_a_line_begins_an_article_and_a_header_goes(open_app: Any, file: Path) -> None:
    file.write_text(TEXT.replace("公司说，", "\n\n轻材料 内部资料 3\n\n公司说，"), encoding="utf-8")
    async with open_app([file]) as desk:
        await desk.opened()
        assert titles(desk) == [*TITLES[:2], "轻材料 内部资料 3", TITLES[2]]
        await desk.press("J", "B", "j", "j", "4")
        await desk.dialog("SplitDialog")
        await proposed(desk, "read otherwise")
        assert desk.app.screen.list.row.line.text == "轻材料 内部资料 3"
        await desk.press("enter")
        await desk.until(lambda: titles(desk) == TITLES, "the header is gone")
        await desk.press("B", "j", "j", "j", "1", "enter")
        await desk.until(lambda: len(titles(desk)) == 4, "another article")
        await desk.until(lambda: desk.open_title().startswith("公司说"), "it is open")


async def test_a_line_that_is_gone_is_without_a_place(open_app: Any, file: Path) -> None:
    async with open_app([file]) as desk:
        await desk.opened()
        await desk.press("J", "B", "2", "enter")
        await desk.until(lambda: titles(desk) == JOINED, "the articles are one")
    file.write_text(TEXT.replace(TITLES[1], "铜价上涨"), encoding="utf-8")
    async with open_app([file]) as desk:
        await desk.opened()
        await desk.until(lambda: desk.screen.notebook.without_place() == 1, "it is without a place")
        await desk.press("A")
        await desk.dialog("Orphans")
        await proposed(desk, "No printed line of this issue is like it")
        assert TITLES[1] in told(desk)
