"""A save that fails: the band says so, and the work is shown, kept and saved in the end."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from textual.widgets import TextArea

from annotations.model import IssueRef, NoteBody
from annotations.store import Store
from tui import auto_backup, saving
from tui.config import load_config
from tui.widgets.alarm_band import AlarmBand

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tui.notebook import Notebook


def fail_under(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def fail(source: Any, target: Any) -> None:
        if str(target).startswith(str(folder)):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)


async def test_the_band_stays_until_it_is_saved(
    open_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "FIRST_WAIT", 0.05)
    async with open_app() as desk:
        await desk.opened()
        notebook: Notebook = desk.screen.notebook
        assert notebook._rescue is not None
        notebook._rescue._places = (tmp_path / "rescue",)
        band = desk.screen.query_one(AlarmBand)
        assert not band.display
        root = desk.screen.config.data
        with monkeypatch.context() as patch:
            fail_under(root, patch)
            await desk.press("asterisk")
            await desk.until(lambda: band.display, "the band shows")
            await desk.press("m")
            await desk.dialog("NoteEditor")
            desk.app.screen.query_one(TextArea).text = "不能丢"
            await desk.press("f2")
            await desk.until(lambda: desk.app.screen is desk.screen, "the editor closes")
            here = desk.screen.issue.id, desk.screen.article.id
            await desk.until(lambda: notebook.state(*here).notes, "the note is shown")
            assert notebook.state(*here).starred
            shown = "\n".join(strip.text for strip in band.render_lines(band.size.region))
            assert "NOT SAVED" in str(band.border_title)
            assert "No space left on device" in shown
            assert str(notebook.saving.kept_in).replace("\n", "")[:20] in shown
        await desk.until(lambda: not band.display, "saved at last")
        assert notebook.saving.progress()[1] == "good"
        assert any("saved now" in one for one in desk.notices)
        bodies = [one.body for one in Store(root, "王芳", "desk").annotations(here[0])]
        assert NoteBody("不能丢") in bodies
        assert list((tmp_path / "rescue").iterdir()) == []


async def test_a_change_of_several_issues_is_kept_whole(
    open_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "FIRST_WAIT", 0.05)
    async with open_app() as desk:
        await desk.opened()
        await desk.all_read()
        notebook: Notebook = desk.screen.notebook
        await notebook.settle()
        assert notebook._rescue is not None
        notebook._rescue._places = (tmp_path / "rescue",)
        band = desk.screen.query_one(AlarmBand)
        root = desk.screen.config.data
        issues = desk.screen.shelf.issues
        keys = [(issue.id, issue.articles()[0].id) for issue in issues]
        desk.screen.picked = dict.fromkeys(keys)
        with monkeypatch.context() as patch:
            fail_under(root, patch)
            await desk.press("asterisk")
            await desk.until(lambda: band.display, "the band shows")
            await desk.until(
                lambda: all(notebook.state(*key).starred for key in keys), "all are shown"
            )
        await desk.until(lambda: not band.display, "saved at last")
        kept = [one for one in Store(root, "王芳", "desk").everything() if one.kind == "star"]
        assert {one.target.issue.id for one in kept} == {issue.id for issue in issues}


def test_the_backup_of_the_day_is_made_by_another_process(own_home: Path) -> None:
    loaded = load_config(None, ())
    store = Store(loaded.config.data, "王芳", "desk")
    store.note(IssueRef("a" * 64, "x.txt"), None, "甲")
    assert asyncio.run(auto_backup.back_up(loaded)) == ""
    (made,) = loaded.config.backup_folder.iterdir()
    assert made.suffix == ".zip"
    made.unlink()
    loaded.config.backup_folder.rmdir()
    loaded.config.backup_folder.touch()
    assert "backups" in asyncio.run(auto_backup.back_up(loaded))
