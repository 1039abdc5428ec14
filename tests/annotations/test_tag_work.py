"""Tags renamed, merged, coloured, nested and deleted: what carries them follows."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import (
    ArticleRef,
    IssueRef,
    Selector,
    StoreError,
    TagBody,
    Target,
    new_annotation,
)
from annotations.store import Store
from annotations.tags import fold_path, tag_list
from annotations.view import article_state

if TYPE_CHECKING:
    from pathlib import Path


def contents(store: Store) -> dict[str, bytes]:
    found = (store.root / "annotations").rglob("*.json")
    return {path.name: path.read_bytes() for path in found}


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


def test_a_deleted_tag_is_taken_off_in_one_operation(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    elsewhere = replace(issue, id="c" * 64)
    store.tag(issue, article, "能源/氢能")
    store.tag(issue, other, "能源/氢能")
    laptop.tag(elsewhere, article, "氢能")
    store.tag(issue, article, "能源/氢能/储氢")
    before, files = store.tags(), contents(store)
    assert store.delete_tag("氢能") == 3
    assert [tag.name for tag in store.tags()] == ["能源", "能源/储氢"]
    assert shown(store, issue) == ["能源/储氢"]
    assert shown(laptop, elsewhere) == []
    assert store.tag_counts() == {"能源": 0, "能源/储氢": 1}
    # Also after a restart it is one step back, and forth.
    again = Store(store.root, store.reviewer, store.device)
    assert again.undoable() == "delete_tag"
    again.undo()
    assert again.tags() == before
    assert contents(store).items() >= files.items()
    assert store.redo()
    assert shown(store, issue) == ["能源/储氢"]


def test_a_tag_whose_definition_is_gone_can_be_deleted(
    store: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.put(new_annotation(TagBody("x" * 8, "无主"), issue, article))
    assert [(one.tag.name, one.defined, one.articles) for one in store.tallies()] == [
        ("无主", False, 1)
    ]
    assert store.delete_tag("无主") == 1
    assert store.tallies() == ()
    with pytest.raises(StoreError, match="no tag"):
        store.delete_tag("无主")


def test_a_slash_makes_parent_and_child(store: Store, issue: IssueRef, article: ArticleRef) -> None:
    store.tag(issue, article, "政策／ 出口管制")
    parent, child = store.tags()
    assert (parent.name, child.name, child.parent) == ("政策", "政策/出口管制", parent.id)
    # Its own part will do while no other tag has it; a slash before it means the whole name.
    store.tag(issue, article, "出口管制")
    assert len(store.tags()) == 2
    store.tag(issue, article, "/出口管制")
    assert [tag.name for tag in store.tags()] == ["政策", "政策/出口管制", "出口管制"]
    store.tag(issue, article, "技术/出口管制")
    assert shown(store, issue) == ["政策/出口管制", "出口管制", "技术/出口管制"]


def test_what_is_under_a_tag_follows_it(
    store: Store, laptop: Store, issue: IssueRef, article: ArticleRef
) -> None:
    store.tag(issue, article, "政策/出口管制")
    laptop.rename_tag("政策", "法规")
    assert shown(store, issue) == ["法规/出口管制"]
    store.tag(issue, None, "策略/出口管制")
    laptop.merge_tags("策略", "法规")
    assert [tag.name for tag in store.tags()] == ["法规", "法规/出口管制"]
    assert store.tag_counts() == {"法规": 0, "法规/出口管制": 2}
    store.rename_tag("法规/出口管制", "贸易/管制")
    assert [tag.name for tag in store.tags()] == ["法规", "贸易/管制", "贸易"]
    with pytest.raises(StoreError, match="under itself"):
        store.rename_tag("贸易", "贸易/管制/新")
    store.merge_tags("贸易", "贸易/管制")
    assert [tag.name for tag in store.tags()] == ["法规", "管制"]
    for _ in range(2):
        laptop.undo()
    store.undo()
    store.undo()
    assert {tag.name for tag in store.tags()} >= {"政策", "政策/出口管制"}


def test_a_place_that_is_taken_is_refused(store: Store, issue: IssueRef) -> None:
    for name in ("甲/丙", "乙/丙", "丙"):
        store.tag(issue, None, name)
    with pytest.raises(StoreError, match="already"):
        store.nest_tag("甲/丙", "乙")
    with pytest.raises(StoreError, match="already"):
        store.rename_tag("甲/丙", "丙")
    with pytest.raises(StoreError, match="already"):
        store.delete_tag("甲")
    assert len(store.tags()) == 5


def test_tallies_count_an_article_once_and_passages_apart(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    store.tag(issue, article, "政策/出口管制")
    store.tag(issue, article, "政策/补贴")
    store.tag(issue, other, "政策")
    tag = next(one for one in store.tags() if one.name == "政策/补贴")
    target = Target(issue, other, Selector(0, 2, "港口", block=0))
    store.put(replace(new_annotation(TagBody(tag.id, tag.name), issue), target=target))
    found = {one.tag.name: one for one in store.tallies()}
    assert list(found) == ["政策", "政策/出口管制", "政策/补贴"]
    top, under = found["政策"], found["政策/补贴"]
    assert (top.articles, top.articles_within, top.passages, top.passages_within) == (1, 2, 0, 1)
    assert (under.articles, under.articles_within, under.passages) == (2, 2, 1)
    assert [number for _, number in under.uses] == [2]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("甲乙丙丁戊"),
            st.sampled_from(["甲", "乙", "丙", "丁", "戊", None]),
            st.sampled_from("abcab"),
        ),
        max_size=8,
    )
)
def test_any_definitions_make_a_tree(rows: list[tuple[str, str | None, str]]) -> None:
    definitions = [
        {"id": own, "name": name, "parent": above, "revision": at, "created": own, "modified": "",
         "deleted": False}
        for at, (own, above, name) in enumerate(rows)
    ]  # fmt: skip
    tags = tag_list(definitions)
    known = {tag.id: tag for tag in tags}
    assert {one for tag in tags for one in (tag.id, *tag.aliases)} == {row[0] for row in rows}
    assert len({fold_path(tag.name) for tag in tags}) == len(tags)
    for tag in tags:
        depth = tag.name.count("/")
        while tag.parent is not None:
            assert tag.name.startswith(known[tag.parent].name + "/")
            tag, depth = known[tag.parent], depth - 1
        assert depth == 0


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
