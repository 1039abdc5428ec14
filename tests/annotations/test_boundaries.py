"""What a reader says of printed lines is kept, found again in other editions, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.boundaries import boundaries_of, boundary_body, boundary_of, splits
from annotations.documents import from_document, to_document
from annotations.model import (
    Annotation,
    BoundaryBody,
    IssueRef,
    OtherBody,
    StoreError,
    Target,
    issue_ref,
)
from annotations.placing import Placing, issue_key
from annotations.store import Store
from bulletins.boundary import BOUNDARY_ACTS, Boundary, boundary_at
from bulletins.catalogue.outline import outline_of
from bulletins.parsing.boundaries import bounds_of
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

STYLES = load_styles([])
ISSUE = IssueRef("ab" * 32, "a.txt")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ACTS = st.sampled_from(BOUNDARY_ACTS)


@given(st.builds(Boundary, ACTS, TEXT, TEXT, TEXT, st.booleans()), st.integers(0, 900))
def test_what_is_kept_reads_back_as_what_it_was(said: Boundary, page: int) -> None:
    body = boundary_body(said, page)
    one = Annotation(
        "n1", Target(ISSUE), body, "王丽", "desk", 1, "t", "t", versions=(("desk", 1),)
    )
    again = from_document(to_document(one))
    assert again == one
    assert again.kind == "boundary"
    # What was said when the issue was read compares equal to what is said when it is opened again.
    assert boundary_of(body) == boundary_of(boundary_body(boundary_of(body), page))


def test_what_a_later_version_says_of_a_line_is_kept() -> None:
    body = {
        "act": "column",
        "line": "甲",
        "before": "",
        "after": "",
        "everywhere": False,
        "page": 1,
    }
    one = Annotation("n1", Target(ISSUE), OtherBody("boundary", body), "王丽", "desk", 1, "t", "t")
    document = to_document(one)
    again = from_document(document)
    assert to_document(again) == document
    assert boundaries_of([again]) == ()


@given(
    st.lists(st.sampled_from("甲乙丙丁戊"), min_size=5, max_size=30).map("".join),
    st.lists(st.sampled_from(["简讯", "第 3 页", "本刊讯"]), max_size=8),
    st.data(),
)
def test_a_line_is_found_where_others_come_and_go(
    body: str, others: list[str], data: st.DataObject
) -> None:
    lines = [f"{at}号条目{char}" for at, char in enumerate(body)]
    index = data.draw(st.integers(0, len(lines) - 1))
    said = boundary_of(boundary_body(boundary_at(lines, index, "join")))
    changed = list(lines)
    for other in others:
        changed.insert(data.draw(st.integers(0, len(changed))), other)
    found = bounds_of(changed, [said])
    assert [changed[at] for at in found.join] == [lines[index]]
    assert not found.unmet


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, "王丽", "desk")


def test_it_is_one_operation_that_is_undone_and_revised(store: Store) -> None:
    title = [BoundaryBody("join", "甲", "上", "乙", page=2), BoundaryBody("join", "乙", "甲", "丙")]
    store.set_boundaries(ISSUE, title)
    assert [one.line for one in boundaries_of(store.annotations(ISSUE.id))] == ["甲", "乙"]
    store.set_boundaries(ISSUE, [BoundaryBody("begin", "甲", "上", "乙", page=2)])
    said = boundaries_of(store.annotations(ISSUE.id))
    assert [(one.act, one.line) for one in said] == [("join", "乙"), ("begin", "甲")]
    assert len(store.annotations(ISSUE.id)) == 2
    undone = store.undo()
    assert undone is not None
    assert undone.label == "boundary"
    assert {one.act for one in boundaries_of(store.annotations(ISSUE.id))} == {"join"}
    store.undo()
    assert boundaries_of(store.annotations(ISSUE.id)) == ()
    store.redo()
    store.take_back_boundaries(splits(store.annotations(ISSUE.id)))
    assert store.annotations(ISSUE.id) == ()
    store.undo()
    assert len(boundaries_of(Store(store.root, "王丽", "desk").annotations(ISSUE.id))) == 2
    with pytest.raises(StoreError):
        store.set_boundaries(ISSUE, [BoundaryBody("drop", "  ")])


def test_a_reissue_is_divided_by_what_was_said_and_says_what_is_lost(
    store: Store, tmp_path: Path
) -> None:
    text = "快报\n\n产业动态\n\n{}\n海风港务局开始试用两艘以氢为燃料的拖船，为期一年。\n"
    path = tmp_path / "a.txt"
    path.write_text(text.format("港口试用拖船"), encoding="utf-8")
    first = read_issue(path, STYLES).issue
    store.set_boundaries(issue_ref(first), [BoundaryBody("begin", "港口试用拖船", "产业动态")])
    path.write_text(text.format("港口试用拖船") + "\n勘误一则。\n", encoding="utf-8")

    def divided() -> tuple[int, int]:
        placing = Placing(store)
        before = outline_of(read_issue(path, STYLES).issue, "parsed")
        (work,) = placing.update([issue_key(before)], whole=True).values()
        said = boundaries_of(work.splits)
        after = outline_of(read_issue(path, STYLES, boundaries=said).issue, "parsed")
        assert after.boundaries == said
        (work,) = placing.update([issue_key(after)], whole=True).values()
        assert len(placing.update([issue_key(after)])[after.id].splits) == 1
        return len(said), len(work.orphans)

    assert divided() == (1, 0)
    path.write_text(text.format("码头上的新船") + "\n勘误两则。\n", encoding="utf-8")
    assert divided() == (1, 1)
