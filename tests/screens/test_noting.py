"""Notes on issues, drafts in the editor, histories, and deleting from the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import TextArea

from tui.drafts import Draft
from tui.locations import drafts_folder

if TYPE_CHECKING:
    import pytest


def rows(desk: Any) -> list[str]:
    return [f"{row.lead} {row.text}".strip() for row in desk.screen.inspector.rows]


def go_to_row(desk: Any, text: str) -> None:
    desk.screen.refresh_inspector()
    desk.screen.bring("inspector")
    listed = desk.screen.inspector.rows
    desk.screen.inspector.go(next(i for i, row in enumerate(listed) if text in row.text))


async def test_a_note_on_the_issue_stands_beside_each_of_its_articles(open_app: Any) -> None:
    async with open_app(size=(160, 40)) as desk:
        await desk.opened()
        await desk.press("M")
        await desk.dialog("NoteEditor")
        await desk.type("本期要点：**金额**")
        await desk.press("f2")
        issue = desk.screen.issue.id
        await desk.until(lambda: desk.screen.notebook.issue_notes(issue), "the note is kept")
        await desk.press("J")
        await desk.until(lambda: "本期要点：金额" in rows(desk), "it is beside the next article")
        go_to_row(desk, "本期要点")
        await desk.press("enter")
        await desk.dialog("AnnotationCard")
        await desk.press("m")
        await desk.dialog("NoteEditor")
        desk.app.screen.query_one(TextArea).text = "改过的要点"
        await desk.press("f2")
        await desk.until(lambda: "改过的要点" in rows(desk), "it is changed")
        go_to_row(desk, "改过的要点")
        await desk.press("d")
        await desk.until(lambda: not desk.screen.notebook.issue_notes(issue), "it is deleted")
        await desk.press("u")
        await desk.until(lambda: desk.screen.notebook.issue_notes(issue), "and is back")


async def test_a_draft_is_restored_dropped_and_brought_back(
    open_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.note_editor.DRAFT_AFTER", 0.01)
    async with open_app() as desk:
        await desk.opened()
        target = desk.screen.target()
        key = f"new note {target[0].id} {target[1].id}"
        left = Draft(drafts_folder(), key, "题", "")
        left.keep("写到一半")
        left.leave()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        area = desk.app.screen.query_one(TextArea)
        assert area.text == "写到一半"
        await desk.press("f8")
        assert area.text == ""
        await desk.press("ctrl+z")
        assert area.text == "写到一半"
        await desk.type("，写完")
        await desk.press("f2")
        state = desk.screen.notebook.state
        await desk.until(lambda: state(target[0].id, target[1].id).notes, "the note is kept")
        await desk.until(lambda: not list(drafts_folder().glob("*.json")), "the draft is gone")
        assert state(target[0].id, target[1].id).notes[0].text == "写到一半，写完"


async def test_what_was_thrown_away_is_no_draft(
    open_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.note_editor.DRAFT_AFTER", 0.01)
    async with open_app() as desk:
        await desk.opened()
        await desk.press("m")
        await desk.dialog("NoteEditor")
        await desk.type("不要了")
        await desk.until(lambda: list(drafts_folder().glob("*.json")), "a draft is kept")
        await desk.press("escape", "escape")
        await desk.until(lambda: desk.app.screen is desk.screen, "the editor closes")
        assert not list(drafts_folder().glob("*.json"))


async def test_the_history_of_an_article_tells_of_tags_and_states(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        target = desk.screen.target()
        await desk.screen.change(target[0].id, lambda store: store.tag(*target, "政策"))
        await desk.screen.change(target[0].id, lambda store: store.untag(*target, "政策"))
        await desk.press("I")
        await desk.dialog("AnnotationCard")
        card = desk.app.screen
        await desk.until(lambda: card._history is not None, "the history is read")
        told = "\n".join(row.lead + row.text for row in card.list.rows)
        assert "tag taken off" in told
        assert told.index("− #政策") < told.index("+ #政策")
