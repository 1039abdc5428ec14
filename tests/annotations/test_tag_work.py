"""Tags renamed, merged, coloured, nested and deleted: what carries them follows."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from annotations.model import ArticleRef, IssueRef, StoreError
from annotations.store import Store
from annotations.view import article_state

if TYPE_CHECKING:
    from pathlib import Path


def shown(store: Store, issue: IssueRef) -> list[str]:
    state = article_state(store.annotations(issue.id), store.tags())
    return [tag.name for tag in state.tags]


def test_a_renamed_tag_is_shown_under_its_new_name(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.tag(issue, article, "氢能")
    laptop.tag(issue, article, "AI")
    assert store.rename_tag("氢能", " 氢 ").name == "氢"
    store.rename_tag("ai", "人工智能")
    assert shown(laptop, issue) == ["氢", "人工智能"]
    assert laptop.tag_counts() == {"氢": 1, "人工智能": 1}
    assert laptop.untag(issue, article, "人工智能")
    with pytest.raises(StoreError, match="already"):
        store.rename_tag("氢", "人工智能")
    with pytest.raises(StoreError, match="no tag"):
        store.rename_tag("x", "y")
    with pytest.raises(StoreError):
        store.rename_tag("氢", " ")
    assert store.rename_tag("氢", "Ｈ").name == "Ｈ"
    assert store.rename_tag("H", "h").name == "h"


def test_two_devices_tags_of_one_name_are_renamed_together(tmp_path: Path, issue: IssueRef) -> None:
    desk, road = (Store(tmp_path / name, "王丽", name) for name in ("desk", "laptop"))
    desk.tag(issue, None, "AI")
    road.tag(issue, None, "ＡＩ")
    folder = "annotations/王丽/laptop"
    shutil.copytree(road.root / folder, desk.root / folder)
    assert len(desk.tags()) == 1
    desk.rename_tag("AI", "智能")
    assert [tag.name for tag in desk.tags()] == ["智能"]
    assert desk.undo()
    assert [tag.name for tag in desk.tags()] == ["AI"]


def test_a_merged_tag_counts_as_the_other(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    store.tag(issue, article, "氢能")
    store.tag(issue, other, "氢")
    store.recolour_tag("氢", "green")
    merged = store.merge_tags("氢", "氢能")
    assert (merged.name, len(merged.aliases), merged.colour) == ("氢能", 1, "green")
    assert store.tag_counts() == {"氢能": 2}
    assert store.toggle_tag(issue, other, "氢能") is False
    store.undo()
    store.tag(issue, article, "H2")
    store.merge_tags("氢能", "H2")
    assert [tag.name for tag in store.tags()] == ["H2"]
    assert len(store.tags()[0].aliases) == 2
    with pytest.raises(StoreError, match="itself"):
        store.merge_tags("h2", "H2")
    store.undo()
    assert {tag.name for tag in store.tags()} == {"氢能", "H2"}
    # A name that was merged away may be used again, for a tag of its own.
    store.tag(issue, None, "氢")
    assert {tag.name for tag in store.tags()} == {"氢能", "H2", "氢"}


def test_a_deleted_tag_leaves_its_name_on_what_carries_it(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.tag(issue, article, "氢能")
    before = store.tags()
    store.delete_tag("氢能")
    assert store.tags() == ()
    assert shown(store, issue) == ["氢能"]
    assert store.tag_counts() == {"氢能": 1}
    store.undo()
    assert store.tags() == before


def test_tags_are_nested_without_circles(store: Store, issue: IssueRef) -> None:
    for name in ("能源", "氢能", "储氢"):
        store.tag(issue, None, name)
    top = store.tags()[0].id
    assert store.nest_tag("氢能", "能源").parent == top
    store.nest_tag("储氢", "氢能")
    with pytest.raises(StoreError, match="under itself"):
        store.nest_tag("能源", "储氢")
    with pytest.raises(StoreError, match="under itself"):
        store.nest_tag("能源", "能源")
    assert store.nest_tag("氢能", None).parent is None
    assert store.set_tag_key("氢能", "7").key == "7"
    assert store.recolour_tag("氢能", None).colour is None


def test_circles_of_merged_tags_in_a_forged_file_hide_no_tag(store: Store, issue: IssueRef) -> None:
    for name in ("甲", "乙"):
        store.tag(issue, None, name)
    store.merge_tags("甲", "乙")
    path = next(store.root.rglob("tags.json"))
    whole = json.loads(path.read_text(encoding="utf-8"))
    first, second = whole["tags"]["1"], whole["tags"]["2"]
    second["alias_of"] = first["id"]
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert {tag.name for tag in Store(store.root, "王丽", "desk").tags()} == {"甲", "乙"}


def test_an_article_with_two_tags_that_were_merged_counts_once(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    for name in ("AI", "人工智能", "船"):
        store.tag(issue, article, name)
    store.tag(issue, other, "人工智能")
    assert store.tag_counts() == {"AI": 1, "人工智能": 2, "船": 1}
    store.merge_tags("人工智能", "AI")
    assert store.tag_counts() == {"AI": 2, "船": 1}
    store._index.rebuild()
    assert Store(store.root, "王丽", "desk").tag_counts() == {"AI": 2, "船": 1}
    store.undo()
    assert store.tag_counts() == {"AI": 1, "人工智能": 2, "船": 1}
