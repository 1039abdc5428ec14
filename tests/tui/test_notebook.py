"""The reader's work as the app has it: found again, and no trouble with files is hidden."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.model import ArticleRef, IssueRef, article_refs, issue_ref
from annotations.store import Store
from bulletins.catalogue.outline import IssueOutline, outline_of
from bulletins.model import Article, Block, Issue, Section
from tui.notebook import Notebook

if TYPE_CHECKING:
    from pathlib import Path

TUG = "港口开始试用两艘以氢为燃料的拖船，为期一年。"
ALLOY = "一所大学公布了新的合金配方和全部测量数据。"


def issue(name: str, path: str = "/lib/轻材料-08.txt", *titles: str) -> Issue:
    """An issue of two articles with ids of their own, as a file with these bytes gives it."""
    leads = (TUG, ALLOY)
    articles = tuple(
        Article(f"{name}-{at}", title, 1, blocks=(Block("paragraph", leads[at], 1),))
        for at, title in enumerate(titles or ("氢能拖船", "新合金"))
    )
    ident = name * 64
    return Issue(ident, path, "s", 1.0, (Section("", articles),), "轻材料快报", "8", "2024-08")


def shown(one: Issue) -> IssueOutline:
    return outline_of(one, "parsed")


def target(one: Issue, at: int = 0) -> tuple[IssueRef, ArticleRef]:
    return issue_ref(one), article_refs(one)[at]


Run = Callable[[Callable[[Notebook], Awaitable[None]]], None]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data: Path) -> Store:
    return Store(data, "王芳", "desk")


@pytest.fixture
def run(data: Path) -> Run:
    def running(scene: Callable[[Notebook], Awaitable[None]], reviewer: str = "王芳") -> None:
        async def whole() -> None:
            notebook = Notebook(data, reviewer, "desk")
            try:
                await scene(notebook)
            finally:
                notebook.close()

        asyncio.run(whole())

    return running


def test_a_changed_file_keeps_its_annotations(store: Store, run: Run) -> None:
    old, new = issue("a"), issue("b", "/other/轻材料-08.txt", "氢能拖船", "改了的标题")
    store.set_star(*target(old), on=True)
    store.tag(*target(old), "政策")
    note = store.note(*target(old, 1), "看数据")
    store.correct_issue(issue_ref(old), "number", "9")

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(new)])
        tug, alloy = (notebook.state(new.id, one.id) for one in new.articles())
        assert (tug.starred, tug.tags) == (True, ("政策",))
        assert [one.text for one in alloy.notes] == ["看数据"]
        assert notebook.corrections()[new.id] == {"number": "9"}
        assert (notebook.orphans(), notebook.elsewhere()) == ((), 0)

        def work(store: Store) -> None:
            store.untag(*target(new), "政策")
            store.toggle_star(*target(new))
            store.edit_note(note, "看过了")
            store.correct_issue(issue_ref(new), "number", "")

        assert await notebook.change(new.id, work)
        tug, alloy = (notebook.state(new.id, one.id) for one in new.articles())
        assert (tug.starred, tug.tags, [n.text for n in alloy.notes]) == (False, (), ["看过了"])
        assert not notebook.corrections()

    run(scene)
    assert [one.kind for one in Store(store.root, "王芳", "desk").annotations(old.id)] == ["note"]
    assert Store(store.root, "王芳", "desk").annotations(new.id) == ()


def test_while_the_app_is_open_too(store: Store, run: Run) -> None:
    old, new = issue("a"), issue("b")

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(old)])
        await notebook.change(old.id, lambda store: store.set_star(*target(old), on=True))
        await notebook.load([shown(new)])
        assert list(notebook.marks()) == [(old.id, "a-0")]
        await notebook.load([shown(new)], whole=True)
        assert [key for key, marks in notebook.marks().items() if marks.starred] == [
            (new.id, "b-0")
        ]
        await notebook.load([shown(old)])  # an earlier text is put back
        assert [key[0] for key, marks in notebook.marks().items() if marks.starred] == [old.id]

    run(scene)


def test_what_finds_no_article_is_an_orphan_and_other_issues_are_counted(
    store: Store, run: Run
) -> None:
    old, new = issue("a"), issue("b", "/x/renamed.txt", "别的题目", "新合金")
    lost = replace(target(old)[1], title="没有了的文章", lead="这一段话在新的文本里已经没有了。")
    store.note(issue_ref(old), lost, "丢了")
    foreign = replace(issue_ref(old), id="f" * 64, file_name="y.txt", publication="别刊")
    store.note(foreign, lost, "一")
    store.set_star(foreign, lost, on=True)

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(new)])
        assert [one.target.article for one in notebook.orphans()] == [lost]
        assert notebook.elsewhere() == 2

    run(scene)


def test_of_two_issues_with_one_file_name_the_one_that_has_the_article_gets_it(
    store: Store, run: Run
) -> None:
    old = issue("a")
    first = replace(issue("c", "/one/轻材料-08.txt", "甲", "乙"), sections=())
    second = issue("b", "/two/轻材料-08.txt")
    store.set_star(*target(old), on=True)

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(first), shown(second)])
        assert list(notebook.marks()) == [(second.id, "b-0")]

    run(scene)


def test_damaged_files_are_named_in_one_plain_line(store: Store, run: Run) -> None:
    one = issue("a")
    store.set_star(*target(one), on=True)
    (file,) = store.root.rglob(f"{one.id}.json")
    file.write_text(file.read_text("utf-8")[:-20], "utf-8")

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(one)])
        assert any("damaged" in line and file.name in line for line in notebook.problems())

    run(scene)


def test_failures_of_reading_are_not_called_failures_of_saving(
    store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = issue("a")

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(one)])
        await notebook.change(one.id, lambda store: store.tag(*target(one), "AI"))
        for error in (OSError(5, "gone"), NotImplementedError("no locks")):

            def bad(*_: object, error: Exception = error) -> None:
                raise error

            with monkeypatch.context() as patch:
                for name in ("annotations", "tag_counts"):
                    patch.setattr(Store, name, bad)
                assert await notebook.tag_counts() == {"AI": 1}
                await notebook.load([shown(one)])
                assert notebook.reading_trouble and not notebook.trouble
        await notebook.load([shown(one)])
        assert not notebook.reading_trouble

    run(scene)


def test_a_name_that_can_not_be_a_reviewer_is_trouble_not_the_end(data: Path) -> None:
    async def scene() -> None:
        notebook = Notebook(data, "\ud800", "desk")
        await notebook.load([shown(issue("a"))])
        assert notebook.reading_trouble
        assert await notebook.tag_counts() == {}
        assert not await notebook.change("a" * 64, lambda store: store.tags())
        assert notebook.trouble
        notebook.close()

    asyncio.run(scene())


def test_of_several_acts_those_that_were_saved_are_shown(store: Store, run: Run) -> None:
    one = issue("a")

    def act(store: Store) -> None:
        store.tag(*target(one), "甲")
        raise OSError(28, "No space left on device")

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(one)])
        assert not await notebook.change(one.id, act)
        assert "No space" in notebook.trouble
        assert notebook.state(one.id, "a-0").tags == ("甲",)

    run(scene)


def test_toggles_go_by_what_is_on_the_disk(store: Store, run: Run) -> None:
    one = issue("a")
    other = Store(store.root, "王芳", "laptop")
    other.tag(*target(one), "AI")
    assert store.toggle_tag(*target(one), "ａｉ") is False
    assert store.toggle_tag(*target(one), "ai") is True
    other.set_star(*target(one), on=True)
    assert store.toggle_star(*target(one)) is False
    assert [store.toggle_star(*target(one)) for _ in range(2)] == [True, False]
    states = [store.toggle_status(*target(one), "reviewed", "reading") for _ in range(3)]
    assert states == ["reviewed", "reading", "reviewed"]


def test_a_tag_without_definition_has_a_name_and_comes_off(store: Store) -> None:
    one = issue("a")
    store.tag(*target(one), "政策")
    for file in store.root.rglob("tags.json"):
        file.unlink()
    again = Store(store.root, "王芳", "desk")
    assert again.tag_counts() == {"政策": 1}
    again.tag(*target(one), "政策")
    assert again.tag_counts() == {"政策": 1}
    assert again.untag(*target(one), "政策")
    assert again.annotations(one.id) == ()


def test_both_sides_of_a_tie_can_be_told_apart(store: Store, run: Run, tmp_path: Path) -> None:
    one = issue("a")
    note = store.note(*target(one), "先写的")
    away = tmp_path / "away"
    laptop = Store(store.root, "王芳", "laptop")
    laptop.edit_note(note, "路上改的")
    folder = store.root / "annotations" / "王芳" / "laptop"
    folder.rename(away)
    store.edit_note(note, "桌上改的")
    away.rename(folder)

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(one)])
        notes = notebook.state(one.id, "a-0").notes
        assert {n.text for n in notes} == {"路上改的", "桌上改的"}
        assert len({n.id for n in notes}) == 1
        assert len({n.key for n in notes}) == 2

    run(scene)


def test_a_correction_taken_back_is_not_exported(store: Store, run: Run, tmp_path: Path) -> None:
    one = issue("a")
    store.correct_issue(issue_ref(one), "number", "第九十九期")
    store.correct_issue(issue_ref(one), "title", "夏季号")
    store.set_star(*target(one), on=True)
    file = tmp_path / "out.yaml"

    async def scene(notebook: Notebook) -> None:
        await notebook.load([shown(one)])
        await notebook.export(file, one.id, ())
        assert "第九十九期" in file.read_text("utf-8")
        await notebook.change(one.id, lambda s: s.correct_issue(issue_ref(one), "number", ""))
        assert await notebook.export(file, one.id, ()) == (2, "")
        text = file.read_text("utf-8")
        assert "第九十九期" not in text and "夏季号" in text

    run(scene)
