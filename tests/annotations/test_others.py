"""Other reviewers' work: read, placed, followed, and never written."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from annotations.anchors import ArticleKey
from annotations.model import ArticleRef, IssueRef, StoreError
from annotations.others import OtherReviewer, Others, ReadOnlyStore, reviewer_folders
from annotations.placing import IssueKey, Shelves
from annotations.reviews import review_of
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def shelves(*keys: tuple[IssueRef, tuple[ArticleRef, ...]]) -> Shelves:
    found = Shelves()
    for issue, articles in keys:
        names = tuple(ArticleKey(one.id, one.title, one.lead) for one in articles)
        key = IssueKey(issue.id, issue.file_name, issue.publication, issue.number, names)
        found.add(key)
    return found


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def lin(store: Store) -> Store:
    """Another reviewer, on the same device as `store`; the folder's name is a made-up one."""
    return Store(store.root, "Lin Wei", store.device)


def test_their_work_is_placed_and_named_by_their_own_tags(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    store.tag(issue, article, "氢能")
    lin.tag(issue, article, "政策")
    lin.rename_tag("政策", "Policy")
    lin.set_status(issue, other, "reviewed")
    lin.note(issue, other, "看过")
    others = Others(store.root, store.reviewer)
    others.read(shelves((issue, (article, other))))
    (found,) = others.reviewers()
    assert found.name == "Lin Wei"
    views = found.works[issue.id].articles
    assert [tag.name for tag in views[article.id].tags] == ["Policy"]
    assert views[other.id].status == "reviewed"
    review = review_of(views[article.id])
    assert review is not None
    assert dict(review.tags) == {"policy": "Policy"}


def test_all_their_devices_count_as_one(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef
) -> None:
    note = lin.note(issue, article, "旧")
    Store(store.root, lin.reviewer, "laptop").edit_note(note, "新")
    one = OtherReviewer(store.root, next(n for n in reviewer_folders(store.root)))
    one.read(shelves((issue, (article,))))
    assert [n.body.text for n in one.works[issue.id].articles[article.id].notes] == ["新"]  # type: ignore[union-attr]


def test_nothing_is_written_into_their_folder_nor_changed(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef
) -> None:
    note = lin.note(issue, article, "别动")
    folder = next(path for path in (store.root / "annotations").iterdir())
    # What a crash left of a save: their own program completes it.
    (folder / store.device / f".{issue.id}.json.1.tmp").write_bytes(b"half")
    before = snapshot(store.root)
    reader = ReadOnlyStore(store.root, folder.name)
    others = Others(store.root, store.reviewer)
    others.read(shelves((issue, (article,))))
    others.look(shelves((issue, (article,))), issue.id)
    reader.recover()
    for act in (
        lambda: reader.tag(issue, article, "x"),
        lambda: reader.edit_note(note, "改"),
        lambda: reader.delete(note),
        lambda: reader.rename_tag("x", "y"),
        reader.undo,
        reader.redo,
    ):
        with pytest.raises(StoreError, match="Lin Wei"):
            act()
    with pytest.raises(StoreError), reader.batch("tag"):
        pass
    assert snapshot(store.root) == before


def test_what_they_change_is_noticed_and_who_is_new(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef
) -> None:
    later = IssueRef("cd" * 32, "轻材料-09.txt", publication="轻材料快报", number="9")
    shelf = shelves((issue, (article,)), (later, (article,)))
    others = Others(store.root, store.reviewer)
    others.read(shelf)
    assert not others.look(shelf)
    lin.tag(issue, article, "政策")
    assert others.look(shelf)
    (found,) = others.reviewers()
    assert issue.id in found.works
    lin.set_star(later, article, True)
    assert others.look(shelf, issue.id)
    assert found.works[later.id].articles[article.id].starred
    lin.untag(issue, article, "政策")
    lin.set_star(later, article, False)
    assert others.look(shelf)
    assert not found.works
    assert not others.look(shelf)


def test_a_folder_may_come_before_the_files_that_say_whose_it_is(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef, tmp_path: Path
) -> None:
    lin.note(issue, article, "注")
    folder = next((store.root / "annotations").iterdir())
    there = tmp_path / "there"
    (there / "annotations" / folder.name / "desk").mkdir(parents=True)
    shelf = shelves((issue, (article,)))
    others = Others(there, store.reviewer)
    others.read(shelf)
    assert not others.look(shelf)
    path = next(folder.glob("desk/*.json"))
    (there / "annotations" / folder.name / "desk" / path.name).write_bytes(path.read_bytes())
    assert others.look(shelf)
    assert [one.name for one in others.reviewers()] == ["Lin Wei"]
    assert not others.look(shelf)


def test_damaged_and_newer_files_are_told_and_the_rest_is_shown(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef
) -> None:
    later = IssueRef("cd" * 32, "轻材料-09.txt", publication="轻材料快报", number="9")
    newer = IssueRef("ef" * 32, "轻材料-10.txt", publication="轻材料快报", number="10")
    for one in (issue, later, newer):
        lin.note(one, article, "注")
    folder = next((store.root / "annotations").iterdir()) / lin.device
    (folder / f"{later.id}.json").write_text("{", encoding="utf-8")
    text = (folder / f"{newer.id}.json").read_text(encoding="utf-8")
    (folder / f"{newer.id}.json").write_text(
        text.replace('"schema": ', '"schema": 9', 1).replace('"schema":1', '"schema":91', 1),
        encoding="utf-8",
    )
    os.utime(folder, ns=(time.time_ns(), time.time_ns()))
    one = OtherReviewer(store.root, folder.parent.name)
    one.read(shelves(*((issue, (article,)) for issue in (issue, later, newer))))
    assert set(one.works) == {issue.id}
    assert any("damaged" in line for line in one.problems)
    assert any("newer" in line for line in one.problems)


def test_a_file_that_syncthing_is_fetching_is_no_fault(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef
) -> None:
    lin.note(issue, article, "注")
    folder = next((store.root / "annotations").iterdir()) / lin.device
    (folder / f".syncthing.{issue.id}.json.tmp").write_bytes(b'{"half')
    (folder.parent / ".stfolder").mkdir()
    (folder.parent.parent / ".stignore").write_text("*.tmp", encoding="utf-8")
    (folder.parent.parent / ".git").mkdir()
    (name,) = reviewer_folders(store.root)
    assert ReadOnlyStore(store.root, name).problems() == ()


def test_an_issue_whose_file_was_reissued_is_found(
    store: Store, lin: Store, issue: IssueRef, article: ArticleRef
) -> None:
    lin.tag(issue, article, "政策")
    again = IssueRef("cd" * 32, issue.file_name, publication="轻材料快报", number="8")
    one = OtherReviewer(store.root, next(iter(reviewer_folders(store.root))))
    one.read(shelves((again, (article,))))
    assert one.works[again.id].articles[article.id].tags
