"""Moving through issues, sections, articles and panes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletins.catalogue import messages
from tui.screens.main.opening import Opening
from tui.state import load_session

if TYPE_CHECKING:
    import pytest

TWO = """ 政 策

首个条目

第一段正文，讲述 5.04 亿美元的资助。

（甲 乙）

第二个条目

第二段正文，讲述量子计算。

（丙 丁）
"""


async def test_the_first_article_is_shown_and_j_goes_to_the_next(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        first = desk.open_title()
        await desk.press("J")
        await desk.until(lambda: desk.open_title() != first, "the next article")
        assert desk.screen.sidebar.row.article_id == desk.screen.article.id
        await desk.press("K")
        await desk.until(lambda: desk.open_title() == first, "back again")


async def test_next_article_goes_on_into_the_next_section_and_issue(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        walk = desk.screen.article_walk()
        desk.screen.open_article(walk[0][0], walk[0][2])
        await desk.until(lambda: desk.screen.article.id == walk[0][2], "the first article")
        seen = [walk[0][2]]
        for _ in walk[1:]:
            await desk.press("J")
            await desk.until(lambda: desk.screen.article.id != seen[-1], "the next article")
            seen.append(desk.screen.article.id)
        assert seen == [article for _, _, article in walk]


async def test_sections_are_jumped_over(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        section = desk.screen.section
        await desk.press("right_curly_bracket")
        await desk.until(lambda: desk.screen.section != section, "another section")
        await desk.press("left_curly_bracket")
        await desk.until(lambda: desk.screen.section == section, "the first section again")


async def test_moving_in_the_list_shows_articles_and_enter_goes_to_them(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        first = desk.open_title()
        assert desk.screen.sidebar.has_focus
        await desk.press("j", "j")
        await desk.until(lambda: desk.open_title() != first, "another article")
        while desk.screen.sidebar.row.kind != "article":
            await desk.press("j")
        await desk.press("enter")
        await desk.until(lambda: desk.screen.pane.has_focus, "the article has the keys")
        await desk.press("escape")
        assert desk.screen.sidebar.has_focus


async def test_folding_hides_articles_and_opening_one_unfolds(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        sidebar = desk.screen.sidebar
        count = len(sidebar.rows)
        await desk.press("h", "h")
        assert sidebar.row.kind == "section"
        assert len(sidebar.rows) < count
        shown = desk.screen.article.id
        await desk.press("J")
        await desk.until(lambda: desk.screen.article.id != shown, "the next article")
        assert sidebar.row.kind == "article"


async def test_the_filter_narrows_as_it_is_typed_and_escape_takes_it_away(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        sidebar = desk.screen.sidebar
        count = len(sidebar.rows)
        await desk.press("f")
        await desk.type("量子")
        await desk.until(lambda: 0 < len(sidebar.rows) < count, "fewer rows")
        assert any("量子" in row.label for row in sidebar.rows if row.kind == "article")
        await desk.press("escape")
        await desk.until(lambda: len(sidebar.rows) == count, "all rows again")


async def test_search_finds_across_row_ends_and_n_goes_round(open_app: Any, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    words = "前文" * 40 + "横跨两行的词组在此出现" + "后文" * 40
    path.write_text(f"标题在此\n\n{words}。横跨两行的词组再次出现。\n", encoding="utf-8")
    async with open_app([path]) as desk:
        await desk.opened()
        await desk.press("slash")
        await desk.type("横跨两行的词组")
        await desk.press("enter")
        assert desk.screen.pane.hit_position == (1, 2)
        await desk.press("n")
        assert desk.screen.pane.hit_position == (2, 2)
        await desk.press("n")
        assert desk.screen.pane.hit_position == (1, 2)
        await desk.press("escape")
        assert desk.screen.pane.hit_position[1] == 0


async def test_a_narrow_terminal_shows_one_pane_at_a_time(open_app: Any) -> None:
    async with open_app(size=(80, 24)) as desk:
        await desk.opened()
        screen = desk.screen
        assert (screen.library_box.display, screen.reading_box.display) == (True, False)
        await desk.press("enter")
        await desk.until(lambda: screen.reading_box.display, "the article")
        assert not screen.library_box.display
        await desk.press("tab")
        assert screen.inspector.display and screen.inspector.has_focus
        await desk.press("escape", "escape")
        assert screen.library_box.display and screen.sidebar.has_focus


async def test_a_named_file_is_opened_for_reading_at_once(open_app: Any, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(TWO, encoding="utf-8")
    async with open_app([path], size=(80, 24)) as desk:
        await desk.opened()
        await desk.until(lambda: desk.screen.pane.has_focus, "the article has the keys")
        assert desk.screen.reading_box.display


async def test_panes_fold_away_and_come_back(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.press("i")
        assert not desk.screen.inspector.display
        await desk.press("s")
        assert not desk.screen.library_box.display and desk.screen.pane.has_focus
        await desk.press("s", "i")
        assert desk.screen.library_box.display and desk.screen.inspector.display


async def test_the_session_is_restored(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        for _ in range(4):
            shown = desk.screen.article.id
            await desk.press("J")
            await desk.until(lambda shown=shown: desk.screen.article.id != shown, "the next one")
        desk.screen.bring("reading")
        await desk.press("v", "s", "3")
        await desk.until(lambda: desk.screen.marked(), "a highlight")
        await desk.press("G", "i")
        title, position = desk.open_title(), desk.screen.pane.position
        recent = desk.screen.recent
        assert len(recent) > 4
    async with open_app() as desk:
        await desk.until(lambda: desk.open_title() == title, "the same article")
        await desk.until(lambda: desk.screen.pane.position == position, "the same place")
        assert not desk.screen.inspector.display
        assert desk.screen.last_colour == "pink" and desk.screen.recent == recent


async def test_the_session_is_kept_while_the_program_runs(
    open_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that is killed begins again where it was, not where it had begun."""
    monkeypatch.setattr("tui.screens.main.sessions.KEPT_EVERY", 0.05)
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        roots, shown = desk.app.startup.roots, desk.screen.article.id
        await desk.press("J", "J", "1")
        assert desk.screen.article.id != shown
        now = desk.screen.article.id
        await desk.until(lambda: load_session(roots).article == now, "it is kept")


async def test_inspector_rows_lead_to_their_places(open_app: Any) -> None:
    async with open_app(size=(140, 12)) as desk:
        await desk.opened()
        await desk.until(lambda: desk.screen.article.mentions.amounts, "sums are found")
        desk.screen.bring("inspector")
        inspector = desk.screen.inspector
        last = max(i for i, row in enumerate(inspector.rows) if row.kind == "amount")
        inspector.go(last)
        before = desk.screen.pane.position
        await desk.press("enter")
        await desk.until(lambda: desk.screen.pane.position != before, "the pane has moved")


async def test_keys_of_the_configuration_replace_ours(open_app: Any) -> None:
    async with open_app(settings={"keys": {"next_article": ("ctrl+n",)}}) as desk:
        await desk.opened()
        first = desk.open_title()
        await desk.press("J")
        await desk.pilot.pause(0.1)
        assert desk.open_title() == first
        await desk.press("ctrl+n")
        await desk.until(lambda: desk.open_title() != first, "the next article")


async def test_help_lists_and_runs_commands(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        first = desk.open_title()
        await desk.press("question_mark")
        await desk.dialog("Help")
        rows = desk.app.screen.list
        rows.go(next(i for i, row in enumerate(rows.rows) if row.name == "next_article"))
        await desk.press("enter")
        await desk.until(lambda: desk.open_title() != first, "the command was carried out")


async def test_an_unreadable_file_is_one_row_and_one_clear_line(
    open_app: Any, tmp_path: Path
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (tmp_path / "lib/good.txt").write_text(TWO, encoding="utf-8")
    async with open_app([tmp_path / "lib"]) as desk:
        await desk.opened()
        await desk.until(lambda: desk.screen.shelf.problems, "the problem is listed")
        rows = desk.screen.sidebar.rows
        assert [row.label for row in rows if row.kind == "problem"] == ["bad.txt"]
        desk.screen.sidebar.go(len(rows) - 1)
        await desk.press("enter")
        await desk.until(lambda: desk.notices, "a notice")
        assert "bad.txt" in desk.notices[-1] and "\n" not in desk.notices[-1]


async def test_nothing_in_a_bulletin_is_markup(open_app: Any, tmp_path: Path) -> None:
    path = tmp_path / "[bold]x[b].txt"
    body = "正文 [@click=app.quit]退出[/] [J] [/x] 5 亿美元。"
    path.write_text(f"[半导体] 标题 [/b] [red]红\n\n{body}\n\n（执笔：甲乙）\n", encoding="utf-8")
    async with open_app([path]) as desk:
        await desk.opened()
        text = "".join(
            "".join(segment.text for segment in desk.screen.pane.render_line(y)) for y in range(20)
        )
        assert "[@click=app.quit]退出[/] [J] [/x]" in text
        label = next(row.label for row in desk.screen.sidebar.rows if row.kind == "article")
        assert "[red]" in label


async def test_the_highlights_dialog_switches_classes_at_once(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        assert "organization" in desk.screen.pane.classes_shown
        await desk.press("H")
        await desk.dialog("Highlights")
        await desk.press("4")
        assert "organization" not in desk.screen.pane.classes_shown
        await desk.press("n")
        assert desk.screen.pane.classes_shown == frozenset()
        await desk.press("a", "escape")
        assert len(desk.screen.pane.classes_shown) == 9


async def test_keys_that_come_together_act_on_what_the_earlier_ones_opened(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        walk = [article for _, _, article in desk.screen.article_walk()]
        here = walk.index(desk.screen.article.id)
        for _ in range(3):
            desk.screen.action_next_article()
        assert desk.screen.target()[1].id == walk[here + 3]


async def test_space_reads_on_into_the_next_article(open_app: Any) -> None:
    async with open_app(size=(120, 14)) as desk:
        await desk.opened()
        first, pane = desk.screen.article.id, desk.screen.pane
        await desk.press("space")
        assert pane.scroll_offset.y > 0 and desk.screen.article.id == first
        for _ in range(60):
            await desk.press("space")
            if desk.screen.article.id != first:
                break
        assert desk.screen.article.id != first and pane.scroll_offset.y == 0


async def test_looking_again_finds_new_files_and_forgets_removed_ones(
    open_app: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / "a.txt").write_text(TWO, encoding="utf-8")
    async with open_app([folder]) as desk:
        await desk.opened()
        (folder / "a.txt").unlink()
        (folder / "b.txt").write_text(TWO.replace("首个", "另一个"), encoding="utf-8")
        await desk.press("f5")
        await desk.until(
            lambda: [Path(issue.path).name for issue in desk.screen.shelf.issues] == ["b.txt"],
            "the new file in place of the old one",
        )


async def test_what_is_said_of_a_removed_file_afterwards_does_not_bring_it_back(
    open_app: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    for name, first in (("a.txt", "首个"), ("b.txt", "另一个")):
        (folder / name).write_text(TWO.replace("首个", first), encoding="utf-8")
    async with open_app([folder]) as desk:
        await desk.all_read(2)
        gone = next(i for i in desk.screen.shelf.issues if Path(i.path).name == "a.txt")
        (folder / "a.txt").unlink()
        await desk.press("f5")
        await desk.until(lambda: len(desk.screen.shelf.issues) == 1, "it is gone")
        for late in (
            messages.IssueRead(gone.path, gone.id, "parsed"),
            messages.MentionsFound(gone.id, refined=False),
            messages.FileFailed(gone.path, "it vanished"),
        ):
            desk.screen.post_message(Opening.Told(late))
        await desk.pilot.pause(0.2)
        assert [Path(issue.path).name for issue in desk.screen.shelf.issues] == ["b.txt"]
        assert not desk.screen.shelf.problems


async def test_a_narrow_terminal_says_that_there_is_no_bulletin(
    open_app: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    async with open_app([folder], size=(80, 24)) as desk:
        await desk.until(lambda: desk.screen.reading_box.display, "the pane that says it")
        await desk.press("escape")
        assert desk.screen.reading_box.display
        await desk.press("f5")
        await desk.until(lambda: desk.notices, "there is an answer")
        said = "There is no bulletin here: name a file or folder of bulletins."
        assert desk.notices == [said]
        await desk.press("exclamation_mark")
        await desk.dialog("Messages")
        rows = [row.text for row in desk.app.screen.list.rows]
        assert " ".join(rows).endswith(said)
        await desk.press("escape")
        (folder / "brief.txt").write_text(TWO, encoding="utf-8")
        await desk.press("f5")
        await desk.until(lambda: desk.screen.library_box.display, "the list, now that it is one")
        await desk.until(lambda: desk.screen.sidebar.has_focus, "the list taking keys")
