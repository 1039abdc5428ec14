"""Two programs with one library: each shows what the other saves, and neither overwrites."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from annotations.model import NoteBody
from annotations.store import Store

if TYPE_CHECKING:
    from annotations.model import ArticleRef, IssueRef

OTHER = """
import sys
from pathlib import Path
from annotations.model import ArticleRef, IssueRef
from annotations.store import Store
store = Store(Path(sys.argv[1]), "王芳", sys.argv[2])
issue, article = IssueRef(sys.argv[3], "x.txt"), ArticleRef(*sys.argv[4:6])
store.tag(issue, article, "别处")
store.note(issue, article, "另一个程序写的")
store.set_star(issue, article, True)
print("done", flush=True)
"""


def state(desk: Any) -> Any:
    screen = desk.screen
    return screen.notebook.state(screen.issue.id, screen.article.id)


def start(desk: Any, target: tuple[IssueRef, ArticleRef], device: str) -> subprocess.Popen[str]:
    issue, article = target
    root = str(desk.app.loaded.config.data)
    command = [sys.executable, "-c", OTHER, root, device, issue.id, article.id, article.title]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def finished(desk: Any, process: subprocess.Popen[str]) -> float:
    """Wait for a program without keeping the app from its work; return when it was done."""
    await desk.until(lambda: process.poll() is not None, "the other program is done")
    assert process.wait() == 0
    if process.stdout:
        process.stdout.close()
    return time.monotonic()


async def test_marks_notes_and_the_list_follow_within_a_second(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        await desk.all_read()
        process = start(desk, desk.screen.target(), "desk")
        at = await finished(desk, process)
        sidebar = desk.screen.sidebar
        await desk.until(lambda: sidebar.row.marks.starred, "the other's star is shown")
        assert time.monotonic() - at < 1.0
        assert state(desk).starred and state(desk).tags == ("别处",)
        assert [note.text for note in state(desk).notes] == ["另一个程序写的"]
        assert any(row.subject == "别处" for row in desk.screen.inspector.rows)
        await desk.press("asterisk")
        await desk.until(lambda: not state(desk).starred, "the star is taken away here")
        root = desk.app.loaded.config.data
        kept = Store(root, "王芳", "desk").annotations(desk.screen.issue.id)
        assert {one.kind for one in kept} >= {"note", "tag"}


async def test_another_issue_than_the_open_one_follows_too(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        screen = desk.screen
        other = next(one for one in screen.shelf.issues if one.id != screen.issue.id)
        entry = next(iter(other.articles()))
        from annotations.model import ArticleRef, IssueRef

        target = (IssueRef(other.id, "x.txt"), ArticleRef(entry.id, entry.title))
        at = await finished(desk, start(desk, target, "laptop"))
        await desk.until(
            lambda: screen.shelf.marks_of(other.id, entry.id).starred, "the other's star"
        )
        assert time.monotonic() - at < 1.0


async def test_a_note_that_changes_under_the_editor_is_kept_beside(open_app: Any) -> None:
    async with open_app(size=(140, 40)) as desk:
        await desk.opened()
        issue, article = desk.screen.target()
        root = desk.app.loaded.config.data
        other = Store(root, "王芳", "desk")
        note = other.note(issue, article, "最初")
        await desk.until(lambda: state(desk).notes, "the note is shown")
        desk.screen.edit_note(state(desk).notes[0].key)
        await desk.dialog("NoteEditor")
        other.edit_note(note, "那边改的")
        await desk.until(lambda: state(desk).notes[0].text == "那边改的", "the change is shown")
        await desk.type("！")
        await desk.press("f2")
        await desk.until(lambda: len(state(desk).notes) == 2, "both are kept")
        texts = {one.body.text for one in other.annotations(issue.id) if _is_note(one.body)}
        assert len(texts) == 2
        assert "那边改的" in texts


def _is_note(body: object) -> bool:
    return isinstance(body, NoteBody)


async def test_nothing_is_looked_for_while_the_terminal_is_given_away(open_app: Any) -> None:
    async with open_app() as desk:
        await desk.opened()
        looks: list[object] = []
        screen = desk.screen
        look = screen.notebook.look

        async def counted(issue_id: str | None) -> bool:
            looks.append(issue_id)
            return bool(await look(issue_id))

        screen.notebook.look = counted
        await desk.until(lambda: looks, "it is looked for")
        desk.app.app_suspend_signal.publish(desk.app)
        await desk.pilot.pause(0.1)
        looks.clear()
        await desk.pilot.pause(1.2)
        assert looks == []
        desk.app.app_resume_signal.publish(desk.app)
        await desk.until(lambda: looks, "it is looked for again")
