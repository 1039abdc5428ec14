"""The printed line under the cursor, and what becomes of the titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.boundaries import boundary_body
from annotations.text import fold_text
from bulletins.boundary import Boundary
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tui.splitting import line_at, said_of, title_changes, with_said
from tui.trial import PrintedLine

if TYPE_CHECKING:
    from pathlib import Path

STYLES = load_styles([])


@pytest.mark.parametrize("ending", ["txt", "pdf", "docx", "html", "md"])
def test_the_line_under_the_cursor_is_found(root: Path, ending: str) -> None:
    path = root / "tests" / "data" / "publications" / "monitor" / f"monitor.{ending}"
    parsed = read_issue(path, STYLES)
    lines = [
        PrintedLine(one.page, one.text, one.role, owner)
        for one, owner in zip(parsed.trace, parsed.owners, strict=True)
    ]
    for number, article in enumerate(parsed.issue.articles()):
        title = lines[line_at(lines, number, article, None, 0)]
        assert (title.role, title.article) == ("title", number)
        for block, one in enumerate(article.blocks):
            if one.kind == "table":
                continue
            for offset in range(0, len(one.text) - 8, 40):
                line = lines[line_at(lines, number, article, block, offset)]
                words = fold_text(one.text[offset : offset + 8])[:2]
                assert words[:1] in fold_text(line.text)
                assert line.article == number


LINES = [
    PrintedLine(1, "政策", "section", -1),
    PrintedLine(1, "甲市开通", "title", 0),
    PrintedLine(1, "三条轮渡", "title", 0),
    PrintedLine(1, "甲市说。", "paragraph", 0),
    PrintedLine(1, "第 1 页", "page number", -1),
]


def test_to_go_on_is_said_of_the_whole_title() -> None:
    for index in (1, 2, 3):
        assert [one.line for one in said_of(LINES, index, "join")] == ["甲市开通", "三条轮渡"]
    assert [one.line for one in said_of(LINES, 2, "begin")] == ["三条轮渡"]
    assert [one.line for one in said_of(LINES, 3, "heading")] == ["甲市说。"]
    assert [one.line for one in said_of(LINES, 4, "join")] == ["第 1 页"]
    (header,) = said_of(LINES, 4, "drop")
    assert (header.everywhere, header.before, header.page) == (True, "", 1)


def test_of_two_about_one_line_the_later_holds() -> None:
    first, second = said_of(LINES, 2, "begin"), said_of(LINES, 2, "heading")[1:]
    known = [boundary_body(Boundary("drop", "页", everywhere=True)), *first]
    assert [one.act for one in with_said(known, second)] == ["drop", "heading"]


def test_titles_that_go_and_come_stand_below_the_one_that_stays() -> None:
    assert title_changes(["甲", "乙", "丙"], ["甲", "丙"]) == [(" ", "甲"), ("-", "乙")]
    assert title_changes(["甲", "丙"], ["甲", "丙", "丁"]) == [(" ", "丙"), ("+", "丁")]
    assert title_changes(["甲"], ["甲"]) == []
