"""Words selected by keys and mouse, and highlights made, changed and taken away with them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from annotations.model import HighlightBody, NoteBody, TagBody
from annotations.store import Store
from tui.widgets.article_pane import ArticlePane

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.model import Annotation

TEXT = """轻材料快报
2024年第8期

产业动态

港口试用氢能拖船
海风港务局开始试用两艘以氢为燃料的拖船，为期一年。试用期间每天记录油耗与噪声，结果按季度公布。港务局说：“噪声低了一半。”

拖船由北山大学设计，造价 3.5 亿元。其他港口也想试用。

电池回收工厂开工
北山市的一家企业动工建设电池回收工厂，计划三年后每年处理两万吨旧电池。
"""
NOTED = """轻材料快报
2024年第8期

产业动态

港口试用氢能拖船
海风港务局开始试用两艘以氢为燃料的拖船1，为期一年。试用期间每天记录油耗与噪声。

1 海风港务局年度报告. https://example.org/report

电池回收工厂开工
北山市的一家企业动工建设电池回收工厂。
"""
FIRST = "海风港务局开始试用两艘以氢为燃料的拖船，为期一年。"
SECOND = "试用期间每天记录油耗与噪声，结果按季度公布。"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "issues" / "轻材料快报-2024-08.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    """What is on the disk, read anew."""
    from tui.commands import command_names
    from tui.config import load_config

    root = load_config(None, command_names()).config.data

    def read(body: type) -> list[Annotation]:
        store = Store(root, "王芳", "desk")
        return [one for one in store.everything() if isinstance(one.body, body)]

    return read


async def ready(desk: Any) -> None:
    await desk.opened()
    await desk.until(lambda: desk.open_title() == "港口试用氢能拖船", "the article is open")
    await desk.until(lambda: desk.screen.inspector.rows, "the inspector is filled")
    await desk.until(lambda: desk.screen.article.mentions.amounts, "the mentions are there")


def chosen(desk: Any) -> list[str]:
    pane = desk.screen.pane
    return [pane.text_of(*one) for one in pane.chosen_ranges()]


def marked(desk: Any) -> list[tuple[str, str]]:
    """The highlights that the screen knows: words and colour."""
    return [(one.quote, one.colour) for one in desk.screen.open_passages()]


async def shows(desk: Any, *found: tuple[str, str]) -> None:
    await desk.until(lambda: marked(desk) == list(found), f"{found}, not {marked(desk)}")
    await desk.until(lambda: not desk.screen.notebook.saving.running, "it is saved")


def cell_of(desk: Any, words: str) -> tuple[int, int]:
    from rich.cells import cell_len

    pane = desk.screen.pane
    for y, strip in enumerate(pane.render_lines(pane.size.region)):
        if words in strip.text:
            return cell_len(strip.text[: strip.text.index(words)]), y
    raise AssertionError(f"{words} is not on the screen")


class TestHighlighting:
    async def test_a_sentence_takes_three_keys(self, open_app: Any, file: Path, kept: Any) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "s", "2")
            await shows(desk, (FIRST, "green"))
            assert desk.screen.pane.choice is None
            await desk.press("v", "right_parenthesis", "enter")
            await shows(desk, (FIRST, "green"), (SECOND, "green"))  # the last colour
        (first, second) = kept(HighlightBody)
        assert (first.target.selector.exact, second.target.selector.exact) == (FIRST, SECOND)
        assert first.target.selector.block == second.target.selector.block

    async def test_full_width_keys_are_theirs(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v")
            await desk.type("ｓ３")
            await shows(desk, (FIRST, "pink"))

    async def test_it_begins_at_the_mention_and_at_the_hit(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("greater_than_sign")
            mention = desk.screen.pane.gone_to
            await desk.press("v")
            ((_, start, end),) = desk.screen.pane.chosen_ranges()
            assert (start, end) == (mention.start, mention.end)
            await desk.press("escape", "slash", *"噪声", "enter", "v", "c")
            assert chosen(desk) == ["试用期间每天记录油耗与噪声，"]
            await desk.press("n")
            assert chosen(desk) == ["噪声"]

    async def test_both_ends_move(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "c", "h", "h")
            assert chosen(desk) == ["海风港务局开始试用两艘以氢为燃料的拖"]
            await desk.press("o", "l", "l")
            assert chosen(desk) == ["港务局开始试用两艘以氢为燃料的拖"]
            await desk.press("o", "S")  # over the end that stays, to where the sentence begins
            assert chosen(desk) == ["海风"]
            await desk.press("s", "j", "k")
            assert chosen(desk) == [FIRST[2:]]

    async def test_words_come_from_another_process(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "escape")
            cutter = desk.screen.cutter
            await desk.until(lambda: cutter("海风港务局开始试用两艘以氢为燃料的拖船"), "words")
            await desk.press("slash", *"港务局", "enter", "v")
            assert chosen(desk) == ["港务局"]
            await desk.press("w")
            assert chosen(desk) == ["港务局开始"]

    async def test_paragraphs_are_highlighted_each(
        self, open_app: Any, file: Path, kept: Any
    ) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            blocks = [block.text for block in desk.screen.article.blocks]
            await desk.press("v", "right_curly_bracket", "right_curly_bracket", "4")
            await shows(desk, *((text, "blue") for text in blocks))
            await desk.press("u")  # one act
            await shows(desk)
        assert kept(HighlightBody) == []

    async def test_other_keys_end_it_and_do_what_they_do(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "J")
            await desk.until(lambda: desk.open_title() == "电池回收工厂开工", "the next article")
            assert desk.screen.pane.choice is None
            await desk.press("v", "escape")
            assert desk.screen.pane.choice is None and desk.screen.pane.has_focus

    async def test_p_highlights_the_mention_and_takes_that_away(
        self, open_app: Any, file: Path
    ) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("slash", *"3.5 亿元", "enter", "p")
            await shows(desk, ("3.5 亿元", "yellow"))
            await desk.press("p")
            await shows(desk)

    async def test_it_is_drawn_while_it_is_being_saved(
        self, open_app: Any, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            pane, notebook, on = desk.screen.pane, desk.screen.notebook, asyncio.Event()
            change = notebook.change

            async def slow(*what: Any) -> bool:
                await on.wait()
                return bool(await change(*what))

            monkeypatch.setattr(notebook, "change", slow)
            await desk.press("v", "s", "2")
            await desk.until(lambda: pane.marked, "it is drawn")
            assert pane.marked[0].colour == "green" and not marked(desk)
            on.set()
            await shows(desk, (FIRST, "green"))

    async def test_nobody_is_asked_twice_who_reads(
        self, open_app: Any, file: Path, kept: Any
    ) -> None:
        async with open_app([file], reviewer=None) as desk:
            await ready(desk)
            await desk.press("v", "s", "1")
            await desk.dialog("AskReviewer")
            await desk.type("王芳")
            await desk.press("enter")
            await shows(desk, (FIRST, "yellow"))


class TestChanging:
    async def test_colour_ends_and_deletion(self, open_app: Any, file: Path, kept: Any) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "s", "1")
            await shows(desk, (FIRST, "yellow"))
            (before,) = kept(HighlightBody)
            await desk.press("v")  # the highlight is open for change
            assert chosen(desk) == [FIRST] and desk.screen.held == before.id
            await desk.press("s", "enter")
            await shows(desk, (FIRST + SECOND, "yellow"))
            await desk.press("v", "5")
            await shows(desk, (FIRST + SECOND, "purple"))
            (after,) = kept(HighlightBody)
            assert after.id == before.id and after.revision == 3
            await desk.press("v", "d")
            await shows(desk)
            await desk.press("u")
            await shows(desk, (FIRST + SECOND, "purple"))

    async def test_a_note_takes_one_key_before_and_after(
        self, open_app: Any, file: Path, kept: Any
    ) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "s", "m")
            await desk.dialog("NoteEditor")
            await desk.type("去问港务局")
            await desk.press("f2")
            await shows(desk, (FIRST, "yellow"))
            (mark,) = kept(HighlightBody)
            (note,) = kept(NoteBody)
            assert note.target.annotation == mark.id
            assert note.target.selector == mark.target.selector
            assert note.body.text == "去问港务局"
            await desk.press("v", "m")  # the same note again
            await desk.dialog("NoteEditor")
            await desk.type("。")
            await desk.press("f2")
            await desk.until(
                lambda: [one.body.text for one in kept(NoteBody)] == ["去问港务局。"], "changed"
            )
            await desk.press("v", "d")
            await shows(desk)
        assert kept(NoteBody) == []

    async def test_a_passage_has_tags_of_its_own(
        self, open_app: Any, file: Path, kept: Any
    ) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "s", "t")
            await desk.dialog("TagPicker")
            await desk.type("待核实")
            await desk.press("enter")
            await shows(desk, (FIRST, "yellow"))
            (mark,) = kept(HighlightBody)
            (tag,) = kept(TagBody)
            assert tag.target.annotation == mark.id
            state = desk.screen.notebook.state(desk.screen.issue.id, desk.screen.article.id)
            assert state.tags == () and state.marks.tags == ("待核实",)
            assert any("#待核实" in row.text for row in desk.screen.inspector.rows)
            await desk.press("v", "t")
            await desk.dialog("TagPicker")
            await desk.type("待核实")
            await desk.press("enter")
            await desk.until(lambda: kept(TagBody) == [], "the tag is off")

    async def test_each_of_those_that_overlap_is_reached(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            await desk.press("v", "s", "1")
            await shows(desk, (FIRST, "yellow"))
            await desk.press("v", "tab", "s", "2")  # there is no other; it grows to two sentences
            await shows(desk, (FIRST + SECOND, "green"))
            await desk.press("slash", *"为期一年", "enter", "v", "tab")
            assert chosen(desk) == [FIRST + SECOND]  # the hit lies in it: it is open for change
            await desk.press("v", "c", "3")  # a new one within it
            await desk.until(lambda: len(marked(desk)) == 2, "both are there")
            inner = marked(desk)[1][0]
            assert inner in FIRST + SECOND
            await desk.press("v")
            assert chosen(desk) == [inner]  # the shorter one first
            await desk.press("tab")
            assert chosen(desk) == [FIRST + SECOND]
            await desk.press("tab")
            assert chosen(desk) == [inner]
            await desk.press("d")
            await shows(desk, (FIRST + SECOND, "green"))

    async def test_words_of_a_footnote(self, open_app: Any, tmp_path: Path, kept: Any) -> None:
        file = tmp_path / "带脚注.txt"
        file.write_text(NOTED, encoding="utf-8")
        async with open_app([file]) as desk:
            await desk.opened()
            assert desk.screen.article.footnotes
            await desk.press("slash", *"年度报告", "enter", "p")
            await shows(desk, ("年度报告", "yellow"))
            (marks,) = desk.screen.marked()
            assert marks.address == ("footnote", 0)
        (mark,) = kept(HighlightBody)
        assert mark.target.selector.footnote == 0


class TestMouse:
    async def test_a_drag_is_a_selection(self, open_app: Any, file: Path) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            x, y = cell_of(desk, "试用两艘")
            await desk.pilot.mouse_down(ArticlePane, offset=(x, y))
            await desk.pilot.hover(ArticlePane, offset=(x + 7, y))
            await desk.pilot.mouse_up(ArticlePane, offset=(x + 7, y))
            await desk.pilot.pause()
            assert chosen(desk) == ["试用两艘"]
            await desk.press("6")
            await shows(desk, ("试用两艘", "orange"))

    @pytest.mark.parametrize(
        ("times", "words"), [(2, "3.5"), (3, "拖船由北山大学设计，造价 3.5 亿元。")]
    )
    async def test_several_clicks(self, open_app: Any, file: Path, times: int, words: str) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            x, y = cell_of(desk, "3.5 亿")
            await desk.pilot.click(ArticlePane, offset=(x + 1, y), times=times)
            await desk.pilot.pause()
            assert chosen(desk) == [words]
            await desk.press("1")
            await shows(desk, (words, "yellow"))

    async def test_a_click_is_where_the_next_selection_begins(
        self, open_app: Any, file: Path
    ) -> None:
        async with open_app([file]) as desk:
            await ready(desk)
            x, y = cell_of(desk, "其他港口")
            await desk.pilot.click(ArticlePane, offset=(x, y))
            await desk.press("v", "s", "1")
            await shows(desk, ("其他港口也想试用。", "yellow"))


async def test_the_first_selection_on_a_narrow_terminal_takes_the_same_keys(
    open_app: Any, file: Path
) -> None:
    async with open_app([file.parent], size=(60, 20)) as desk:
        await desk.opened()
        assert not desk.screen.reading_box.display
        await desk.press("v")
        await desk.until(lambda: desk.screen.pane.choice, "the selection begins")
        await desk.press("s", "2")
        await shows(desk, (FIRST, "green"))
