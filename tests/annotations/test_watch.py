"""What other processes change is noticed, and only that."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from annotations.model import ArticleRef, IssueRef
from annotations.placing import ArticleKey, IssueKey, Placing
from annotations.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.store import Store


@pytest.fixture
def watch(store: Store) -> Watch:
    return Watch(store.root, store.reviewer)


def test_nothing_is_noticed_where_nothing_is(watch: Watch) -> None:
    assert watch.changed() == frozenset()
    assert watch.changed("ab") == frozenset()


def test_a_save_is_noticed_once(watch: Watch, store: Store, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    assert watch.changed() == {issue.id}
    assert watch.changed() == frozenset()
    store.tag(issue, None, "氢能")
    assert watch.changed() == {issue.id, "tags"}
    assert watch.changed(issue.id) == frozenset()


def test_saves_within_one_tick_of_the_clock_are_noticed(
    watch: Watch, store: Store, issue: IssueRef
) -> None:
    for number in range(20):
        store.note(issue, None, f"{number}")
        assert watch.changed() == {issue.id}


def test_what_was_read_is_not_noticed(watch: Watch, store: Store, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    watch.seen(issue.id)
    assert watch.changed() == frozenset()
    store.note(issue, None, "乙")
    assert watch.changed() == {issue.id}


def test_a_device_that_comes_and_goes_is_noticed(
    watch: Watch, store: Store, laptop: Store, issue: IssueRef
) -> None:
    store.note(issue, None, "甲")
    watch.changed()
    laptop.note(issue, None, "乙")
    assert watch.changed() == {issue.id}
    shutil.rmtree(store.root / "annotations" / "王丽" / "laptop")
    assert watch.changed() == {issue.id}
    assert watch.changed() == frozenset()


def test_a_file_that_goes_or_is_copied_or_written_in_place_is_noticed(
    watch: Watch, store: Store, issue: IssueRef
) -> None:
    store.note(issue, None, "甲")
    path = next((store.root / "annotations").rglob("ab*.json"))
    watch.changed()
    shutil.copy(path, path.with_name(f"{path.stem}.sync-conflict-20240801-101010-ABCDEFG.json"))
    assert watch.changed() == {issue.id}
    settled = path.parent.stat().st_mtime_ns - 10_000_000_000
    os.utime(path.parent, ns=(settled, settled))
    watch.changed()
    path.write_text(path.read_text(encoding="utf-8").replace("甲", "乙乙"), encoding="utf-8")
    assert watch.changed() == frozenset()  # its folder is as it was
    assert watch.changed(issue.id) == {issue.id}
    path.unlink()
    assert watch.changed() == {issue.id}


def test_a_folder_at_rest_is_not_listed(
    watch: Watch, store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.note(issue, None, "甲")
    for folder in (store.root / "annotations" / "王丽").iterdir():
        os.utime(folder, ns=(10**18, 10**18))
    watch.changed()
    listed: list[object] = []
    monkeypatch.setattr("annotations.watch._files_in", lambda device: listed.append(device) or {})
    assert watch.changed(issue.id) == frozenset()
    assert listed == []


def key_of(issue: IssueRef, article: ArticleRef) -> IssueKey:
    places = (ArticleKey(article.id, article.title, article.lead),)
    return IssueKey(issue.id, issue.file_name, issue.publication, issue.number, places)


def test_what_changed_is_placed_on_the_issues_it_concerns(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef, tmp_path: Path
) -> None:
    placing = Placing(store)
    other = IssueRef("cd" * 32, "另一期.txt", publication="轻材料快报", number="9")
    keys = [key_of(issue, article), key_of(other, article)]
    store.tag(issue, article, "氢能")
    placing.update(keys, whole=True)
    watch = Watch(store.root, store.reviewer)
    watch.changed()
    laptop.set_star(other, article, True)
    works = placing.renew_stems(watch.changed())
    assert set(works) == {other.id}
    assert works[other.id].articles[article.id].starred
    earlier = IssueRef("ef" * 32, issue.file_name, publication="轻材料快报", number="8")
    laptop.note(earlier, article, "旧文件上的")
    works = placing.renew_stems(watch.changed())
    assert len(works[issue.id].articles[article.id].notes) == 1
    laptop.note(earlier, article, "再来一条")
    works = placing.renew_stems(watch.changed())
    assert len(works[issue.id].articles[article.id].notes) == 2
    next((store.root / "annotations").rglob("laptop/cd*.json")).write_text("{", encoding="utf-8")
    placing.renew_stems(watch.changed(other.id))
    assert len(placing.problems) == 1


def test_a_new_tag_concerns_no_other_issue(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    placing = Placing(store)
    store.tag(issue, article, "氢能")
    placing.update([key_of(issue, article)], whole=True)
    laptop.tag(IssueRef("cd" * 32, "x.txt"), article, "政策")
    assert placing.renew_stems(["tags"]) == {}
