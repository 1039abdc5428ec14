"""A PDF and the text of one issue in the app: one entry, either shown, one state."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def library(root: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    data = root / "tests" / "data" / "publications"
    shutil.copy(data / "numbered" / "numbered.pdf", folder / "b.pdf")
    shutil.copy(data / "numbered" / "numbered.txt", folder / "a.txt")
    shutil.copy(data / "columns" / "columns.md", folder / "c.md")
    return folder


async def test_one_entry_and_a_key_to_switch(open_app: Any, root: Path, tmp_path: Path) -> None:
    folder = library(root, tmp_path)
    async with open_app([folder]) as desk:
        screen = desk.screen
        await desk.until(lambda: not screen._unread_files, "all is read")
        await desk.all_read(2)
        await desk.opened()
        (shown,) = (issue for issue in screen.shelf.issues if issue.editions)
        row = next(one for one in screen.sidebar.rows if one.issue_id == shown.id)
        assert row.editions in ("+PDF", "+TXT")
        screen.open_article(shown.id, shown.articles()[3].id)
        await desk.press("asterisk")
        await desk.until(lambda: len(screen.notebook.marks()) > 0, "the star is kept")
        title, before = desk.open_title(), screen.issue.id
        await desk.press("C")
        await desk.until(lambda: screen.issue.id != before, "the other edition is shown")
        assert desk.open_title() == title
        assert screen.issue.id == shown.editions[0].id
        assert len(screen.shelf.issues) == 2
        assert screen.notebook.state(screen.issue.id, screen.article.id).marks.starred
        starred = [marks for marks in screen.notebook.marks().values() if marks.starred]
        assert len(starred) == 1
        await desk.press("asterisk")
        await desk.until(
            lambda: not any(one.starred for one in screen.notebook.marks().values()),
            "the star is taken away",
        )
        await desk.press("u")
        await desk.until(
            lambda: any(one.starred for one in screen.notebook.marks().values()), "it is back"
        )
        chosen = screen.issue.id
    async with open_app([folder]) as desk:
        await desk.all_read(2)
        await desk.opened()
        assert desk.screen.issue.id == chosen
        assert desk.screen.article.title == title


async def test_what_both_editions_have_counts_once(
    open_app: Any, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.main.annotating.DWELL_SECONDS", 1000)
    folder = library(root, tmp_path)
    async with open_app([folder]) as desk:
        await desk.all_read(2)
        await desk.opened()
        screen = desk.screen
        (shown,) = (issue for issue in screen.shelf.issues if issue.editions)
        target: Any = screen.target_of(shown.id, shown.articles()[0].id)
        store = Store(desk.app.loaded.config.data, "王芳", "laptop")
        other = replace(target[0], id=shown.editions[0].id)
        for issue in (target[0], other):  # as if they were made before the two were one
            store.tag(issue, target[1], "政策/补贴")
            store.set_star(issue, target[1], True)
        await desk.until(lambda: screen.shelf.marks_of(shown.id, target[1].id).starred, "starred")
        assert len(store.annotations(shown.id)) == len(store.annotations(other.id)) == 2
        marks = screen.shelf.marks_of(shown.id, target[1].id)
        assert marks.tags == ("政策/补贴",)
        screen.open_article(shown.id, target[1].id)
        assert [said[0] for said in screen._progress() if "tagged" in said[0]] == ["1 tagged"]
        await screen.notebook.tally()
        counted = {one.tag.name: one for one in screen.notebook.tallies()}
        assert counted["政策/补贴"].articles == counted["政策"].articles_within == 1

        await desk.press("a")
        await desk.dialog("Annotations")
        rows = desk.app.screen.list
        await desk.until(lambda: len(rows.rows) >= 2, "all rows are read")
        kinds = [row.annotation.kind for row in rows.rows]
        assert (kinds.count("tag"), kinds.count("star")) == (1, 1)
        rows.go(kinds.index("tag"))
        await desk.press("d")
        await desk.until(lambda: "tag" not in [r.annotation.kind for r in rows.rows], "deleted")
        await desk.press("escape")
        assert not screen.notebook.state(shown.id, target[1].id).tags
        assert not [one for one in store.everything() if one.kind == "tag"]


async def test_an_issue_without_another_edition_says_so(
    open_app: Any, root: Path, tmp_path: Path
) -> None:
    folder = library(root, tmp_path)
    (folder / "b.pdf").unlink()
    async with open_app([folder]) as desk:
        await desk.all_read(2)
        await desk.opened()
        await desk.press("C")
        await desk.until(lambda: desk.notices, "it is said")
        assert "no other edition" in desk.notices[-1]
