"""Tags, notes, star, states, corrections and exports, as a reader makes them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from textual.widgets import Input, TextArea

from annotations.model import HighlightBody, NoteBody
from annotations.store import Store


def state(desk: Any) -> Any:
    screen = desk.screen
    return screen.notebook.state(screen.issue.id, screen.article.id)


async def test_a_tag_is_typed_saved_and_shown(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("值得跟进")
        await desk.press("enter")
        await desk.until(lambda: state(desk).tags == ("值得跟进",), "the tag is saved")
        assert desk.screen.sidebar.row.marks.tags == ("值得跟进",)
        assert any(row.subject == "值得跟进" for row in desk.screen.inspector.rows)
        root, reviewer = desk.app.loaded.config.data, "王芳"
    assert Store(root, reviewer, "other").tag_counts() == {"值得跟进": 1}


async def test_a_known_tag_is_completed_and_taken_off_again(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("量子计算，政策")
        await desk.press("enter")
        await desk.until(lambda: len(state(desk).tags) == 2, "two tags at once")
        await desk.press("J")
        await desk.until(lambda: not state(desk).tags, "the next article")
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("量")
        await desk.press("tab", "enter")
        await desk.until(lambda: state(desk).tags == ("量子计算",), "the completed tag")
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.press("down", "enter")
        await desk.until(lambda: state(desk).tags == (), "the tag is off")


async def test_a_note_of_several_lines_is_kept_and_can_be_changed(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("第一行")
        await desk.press("enter")
        await desk.type("second [b]line[/]")
        await desk.press("f2")
        await desk.until(lambda: state(desk).notes, "the note is saved")
        assert state(desk).notes[0].text == "第一行\nsecond [b]line[/]"
        desk.screen.bring("inspector")
        desk.screen.inspector.move_end(last=False)
        await desk.press("enter")
        await desk.dialog("AnnotationCard")
        await desk.press("m")
        await desk.dialog("NoteEditor")
        desk.app.screen.query_one(TextArea).text = "改过"
        await desk.press("f2")
        await desk.until(lambda: state(desk).notes[0].text == "改过", "the note is changed")
        assert len(state(desk).notes) == 1


async def test_escape_does_not_throw_a_note_away_at_once(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("草稿")
        await desk.press("escape")
        assert type(desk.app.screen).__name__ == "NoteEditor"
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is desk.screen, "the second escape leaves")
        assert not state(desk).notes


async def test_the_reviewer_is_asked_once_and_kept_in_the_configuration(open_app: Any) -> None:
    async with open_app(reviewer=None) as desk:
        await desk.opened()
        await desk.press("t")
        await desk.dialog("AskReviewer")
        await desk.type("李雷")
        await desk.press("enter")
        await desk.dialog("TagPicker")
        await desk.type("甲")
        await desk.press("enter")
        await desk.until(lambda: state(desk).tags == ("甲",), "the tag is saved")
        await desk.press("asterisk")
        await desk.until(lambda: state(desk).starred, "not asked again")
        text = desk.app.loaded.path.read_text(encoding="utf-8")
        assert yaml.safe_load(text)["reviewer"] == "李雷"


async def test_without_a_name_nothing_is_written(open_app: Any) -> None:
    async with open_app(reviewer=None) as desk:
        await desk.opened()
        await desk.press("t")
        await desk.dialog("AskReviewer")
        await desk.press("escape")
        await desk.until(lambda: desk.notices, "it is said")
        data = desk.app.loaded.config.data
        assert not list(data.rglob("*.json")) if data.exists() else True


async def test_star_and_reviewed_toggle_and_count(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("asterisk")
        await desk.until(lambda: state(desk).starred, "starred")
        await desk.press("r")
        await desk.until(lambda: state(desk).status == "reviewed", "reviewed")
        head = next(row for row in desk.screen.sidebar.rows if row.kind == "issue")
        assert head.done == 1
        await desk.press("asterisk")
        await desk.until(lambda: not state(desk).starred, "no star")
        await desk.press("R")
        await desk.until(lambda: state(desk).status == "unread", "unread again")


async def test_an_article_that_stays_on_the_screen_counts_as_opened(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        assert state(desk).status == "unread"
        await desk.until(lambda: state(desk).status == "reading", "opened")


async def test_quick_tags_of_the_configuration(open_app: Any) -> None:
    async with open_app(settings={"quick_tags": {"1": "重要"}}) as desk:
        await desk.opened()
        await desk.press("1")
        await desk.until(lambda: state(desk).tags == ("重要",), "the quick tag")
        await desk.press("1")
        await desk.until(lambda: state(desk).tags == (), "off again")


async def test_annotations_are_there_after_a_restart(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("留存")
        await desk.press("enter")
        await desk.until(lambda: state(desk).tags, "saved")
        title = desk.open_title()
    async with open_app() as desk:
        await desk.until(lambda: desk.open_title() == title, "the same article")
        await desk.until(lambda: state(desk).tags == ("留存",), "the tag is back")


async def test_the_export_dialog_writes_what_was_annotated(open_app: Any, tmp_path: Path) -> None:
    target = tmp_path / "out.yaml"
    async with open_app() as desk:
        await desk.opened()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("注：一")
        await desk.press("f2")
        await desk.until(lambda: state(desk).notes, "saved")
        title = desk.open_title()
        await desk.press("E")
        await desk.dialog("ExportDialog")
        desk.app.screen.query_one("#path", Input).value = str(target)
        await desk.press("f2")
        await desk.until(target.exists, "the file is there")
    exported = yaml.safe_load(target.read_text(encoding="utf-8"))
    article = exported["issues"][0]["articles"][0]
    assert article["title"] == title
    assert [note["text"] for note in article["notes"]] == ["注：一"]


async def test_a_save_that_fails_is_said_unmistakably(open_app: Any, monkeypatch: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.until(lambda: desk.screen.notebook._placing is not None, "the store is open")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        await desk.press("asterisk")
        await desk.until(lambda: desk.screen.notebook.trouble, "trouble")
        assert not state(desk).starred
        assert desk.screen.notebook.saving.progress()[1] == "alarm"
        monkeypatch.undo()
        await desk.press("asterisk")
        await desk.until(lambda: state(desk).starred, "saved at last")
        assert desk.screen.notebook.saving.progress()[1] == "good"


async def test_a_note_that_cannot_be_saved_stays_in_the_editor(
    open_app: Any, monkeypatch: Any
) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.screen.notebook.settle()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("不能丢")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        await desk.press("f2")
        await desk.until(lambda: desk.screen.notebook.trouble, "trouble")
        assert type(desk.app.screen).__name__ == "NoteEditor"
        assert desk.app.screen.query_one(TextArea).text == "不能丢"
        monkeypatch.undo()
        await desk.press("f2")
        await desk.until(lambda: state(desk).notes, "saved at last")
        assert state(desk).notes[0].text == "不能丢"


async def test_quitting_asks_twice_while_a_note_is_unsaved(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("草稿")
        await desk.app.action_quit()
        assert not desk.screen.finished
        assert type(desk.app.screen).__name__ == "NoteEditor"


async def test_a_signal_saves_the_note_that_is_being_written(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("断线之前")
        data = desk.app.loaded.config.data
        desk.app.end_by_signal()
        await desk.until(lambda: desk.screen.finished, "the end")
    texts = [
        annotation.body.text
        for annotation in Store(data, "王芳", "other").everything()
        if annotation.kind == "note"
    ]
    assert texts == ["断线之前"]


async def test_what_the_filter_finds_is_shown_and_annotated(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        before = desk.open_title()
        word = next(
            entry.title
            for issue in desk.screen.shelf.issues
            for entry in issue.articles()
            if entry.title != before
        )
        await desk.press("f")
        await desk.type(word[:12])
        await desk.until(lambda: desk.open_title() == word, "the first hit is shown")
        await desk.press("enter", "asterisk")
        await desk.until(lambda: state(desk).starred, "starred")
        assert desk.open_title() == word


async def test_a_change_is_undone_and_redone_and_says_which(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        title = desk.screen.article.title
        await desk.press("u")
        await desk.until(lambda: "There is nothing to undo." in desk.notices, "nothing to undo")
        await desk.press("t")
        await desk.dialog("TagPicker")
        await desk.type("量子计算，政策")
        await desk.press("enter")
        await desk.until(lambda: len(state(desk).tags) == 2, "two tags at once")
        await desk.press("asterisk")
        await desk.until(lambda: state(desk).starred, "the star")
        await desk.press("J", "u")
        await desk.until(lambda: f"Undone: starred · {title}" in desk.notices, "what was undone")
        assert desk.open_title() == title  # it goes to what it changed
        await desk.until(lambda: not state(desk).starred, "the star is gone")
        await desk.press("u")
        await desk.until(lambda: state(desk).tags == (), "both tags are gone")
        await desk.press("ctrl+r")
        await desk.until(lambda: len(state(desk).tags) == 2, "both tags are back")
        assert f"Done again: tag put on · {title}" in desk.notices
        await desk.press("ctrl+r", "ctrl+r")
        await desk.until(lambda: "There is nothing to redo." in desk.notices, "nothing to redo")
        assert state(desk).starred
        root, device = desk.app.loaded.config.data, desk.screen.notebook._device
    # Another program could undo it days later.
    assert Store(root, "王芳", device).undoable() == "star"


async def test_an_article_whose_file_has_gone_can_still_be_worked_on(
    open_app: Any, root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(root / "seeds", folder)
    async with open_app([folder]) as desk:
        await desk.opened()
        await desk.all_read()
        path = Path(desk.screen.issue.path)
        path.rename(tmp_path / path.name)
        await desk.press("f5")
        await desk.until(lambda: len(desk.screen.shelf.issues) == 2, "the issue has left the list")
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("文件不在了")
        await desk.press("f2")
        await desk.press("v", "s", "1")
        data = desk.app.loaded.config.data

        def kept(body: type) -> list[Any]:
            found = Store(data, "王芳", "desk").everything()
            return [one for one in found if isinstance(one.body, body)]

        await desk.until(lambda: kept(NoteBody) and kept(HighlightBody), "both are saved")
        (tmp_path / path.name).rename(path)
        await desk.press("f5")
        await desk.all_read()
        await desk.until(lambda: state(desk).notes, "the note is there again")
        assert len(desk.screen.open_passages()) == 1
