"""What a reader says of single lines holds: in this file, its editions, other issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.boundary import BOUNDARY_ACTS, Boundary, boundary_at
from bulletins.parsing import parse
from bulletins.parsing.boundaries import bounds_of
from bulletins.reading import read_issue
from bulletins.sources import read_pages
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

    from bulletins.boundary import BoundaryAct
    from bulletins.model import Issue

STYLES = load_styles([])
NAMES = ("bracketed", "columns", "monitor", "numbered")
FORMATS = ("txt", "pdf", "docx", "html", "md")


def path_of(root: Path, name: str, ending: str) -> Path:
    return root / "tests" / "data" / "publications" / name / f"{name}.{ending}"


def said_of(path: Path, role: str, number: int, act: BoundaryAct) -> Boundary:
    """Describe what is said of the line that was taken for `role` for the nth time."""
    trace = read_issue(path, STYLES).trace
    lines = [line.text for line in trace]
    index = [
        at
        for at, line in enumerate(trace)
        if line.role == role and (role != "title" or trace[at - 1].role != "title")
    ][number]
    return boundary_at(lines, index, act)


def words(issue: Issue) -> list[str]:
    return ["".join(block.text for block in one.blocks) for one in issue.articles()]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_a_title_that_is_none_goes_on_with_the_article_above(
    root: Path, name: str, ending: str
) -> None:
    said = said_of(path_of(root, name, "txt"), "title", 2, "join")
    path = path_of(root, name, ending)
    before = read_issue(path, STYLES).issue
    after = read_issue(path, STYLES, boundaries=[said])
    assert not after.unmet
    titles = [one.title for one in before.articles()]
    assert [one.title for one in after.issue.articles()] == titles[:2] + titles[3:]
    joined = words(after.issue)[1]
    assert words(before)[1] in joined and words(before)[2][:40] in joined
    assert words(after.issue)[2:] == words(before)[3:]


@pytest.mark.parametrize("name", NAMES)
def test_a_line_of_the_text_may_begin_an_article(root: Path, name: str) -> None:
    path = path_of(root, name, "txt")
    trace = read_issue(path, STYLES).trace
    lines = [line.text for line in trace]
    index = next(
        at for at in range(1, len(trace) - 1) if trace[at].role == trace[at - 1].role == "paragraph"
    )
    before = read_issue(path, STYLES).issue
    after = read_issue(path, STYLES, boundaries=[boundary_at(lines, index, "begin")])
    assert not after.unmet
    assert len(after.issue.articles()) == len(before.articles()) + 1
    assert after.trace[index].role == "title"
    assert after.trace[index].reason == "the reader says so"


@pytest.mark.parametrize("name", NAMES)
def test_a_header_is_left_out(root: Path, name: str) -> None:
    path = path_of(root, name, "txt")
    said = said_of(path, "paragraph", 3, "drop")
    after = read_issue(path, STYLES, boundaries=[said])
    assert not after.unmet
    assert said.line not in "".join(words(after.issue))
    dropped = [line for line in after.trace if line.reason == "the reader says so"]
    assert [line.text for line in dropped] == [said.line]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_title_may_head_a_part_of_the_article_above(root: Path, ending: str) -> None:
    said = said_of(path_of(root, "monitor", "txt"), "title", 2, "heading")
    after = read_issue(path_of(root, "monitor", ending), STYLES, boundaries=[said])
    assert not after.unmet
    headings = [one for one in after.issue.articles()[1].blocks if one.kind == "heading"]
    assert any(one.level and one.text in said.line for one in headings)
    at = next(at for at, one in enumerate(after.trace) if one.reason == "the reader says so")
    assert (after.trace[at].role, after.owners[at]) == ("heading", 1)


LINES = [
    "快讯",
    "简讯",
    "甲市开通轮渡。",
    "简讯",
    "乙县修好水库。",
    "第 3 页",
    "丙镇。",
    "第 14 页",
]


def test_equal_lines_are_told_by_their_neighbours() -> None:
    for index in (1, 3):
        said = boundary_at(LINES, index, "join")
        assert bounds_of(LINES, [said]).join == {index}
        moved = ["页眉", *LINES[:index], "页码 7", *LINES[index:]]
        assert bounds_of(moved, [said]).join == {index + 2}
    alone = Boundary("join", "简讯")
    assert bounds_of(LINES, [alone]).unmet == (alone,)


def test_what_is_said_everywhere_holds_for_every_such_line() -> None:
    assert bounds_of(LINES, [Boundary("drop", "第 9 页", everywhere=True)]).drop == {5, 7}
    assert bounds_of(LINES, [Boundary("begin", "简 讯", everywhere=True)]).begin == {1, 3}
    assert not bounds_of(LINES, [Boundary("begin", "简", everywhere=True)]).begin


def test_a_line_that_is_wrapped_elsewhere_needs_a_neighbour() -> None:
    said = Boundary("begin", "丁港扩建煤炭码头的三期工程", before="上文完。", after="四月一日，")
    wrapped = ["上文完。", "丁港扩建煤炭码头", "的三期工程", "四月一日，丁港说。"]
    assert bounds_of(wrapped, [said]).begin == {1}
    assert bounds_of(wrapped[1:2], [said]).unmet == (said,)


def test_the_later_of_two_holds() -> None:
    said = [boundary_at(LINES, 2, "begin"), boundary_at(LINES, 2, "drop")]
    assert bounds_of(LINES, said).drop == {2}
    assert not bounds_of(LINES, said).begin


line = st.sampled_from(
    ["甲", "一二三四五", "编译：张三", "第 2 页", "1．某某发布计划", "http://a.b/c", "【政策】"]
)


@given(
    st.lists(line, min_size=1, max_size=12),
    st.lists(st.tuples(line, st.sampled_from(BOUNDARY_ACTS), st.booleans()), max_size=4),
)
def test_nothing_breaks_whatever_is_said(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    said: list[tuple[str, BoundaryAct, bool]],
) -> None:
    path = tmp_path_factory.getbasetemp() / "said.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    boundaries = [Boundary(act, text, everywhere=every) for text, act, every in said]
    parsed = parse(read_pages(path), STYLES, boundaries)
    assert [one.text for one in parsed.trace] == lines
    assert all(one.role for one in parsed.trace)
    assert parsed == parse(read_pages(path), STYLES, boundaries)
