"""The filter of the annotations screen: its words in two languages, widths and halves."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.model import ArticleRef, HighlightBody, IssueRef, NoteBody, Target, new_annotation
from tui.annotation_query import parse
from tui.annotation_rows import AnnotationRow, folded


def row(body: Any, *, said: str = "", **more: Any) -> AnnotationRow:
    one = new_annotation(body, IssueRef("i", "a.txt"), ArticleRef("x", "题"))
    fields: dict[str, Any] = {
        "said": said, "quote": "", "title": "芯片法案", "section": "政策计划", "issue": "快报 · 8",
        "when": "2024-08-06 10:00", "place": ("i", "x"), "anchor": None, "state": "",
        "tags": frozenset({"政策/出口管制"}), "status": "reading", "starred": False,
        "issue_date": "2024-08", "words": folded(f"{said} 芯片法案"), "issue_words": "快报 · 8",
        "order": (),
    } | more  # fmt: skip
    assert isinstance(one.target, Target)
    return AnnotationRow(one, **fields)


NOTE = row(NoteBody("核对 ＡＩ 金额"), said="核对 ＡＩ 金额")
MARK = row(HighlightBody("green"), state="moved", starred=True, when="2024-09-01 09:00")
ROWS = [NOTE, MARK]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ROWS),
        ("核对 ai", [NOTE]),
        ("kind:note", [NOTE]),
        ("KIND：High", [MARK]),
        ("kind:note,highlight", ROWS),
        ("-kind:note", [MARK]),
        ("#政策", ROWS),
        ('tag:"政策/出口管制"', ROWS),
        ("anchor:moved", [MARK]),
        ("colour:gre", [MARK]),
        ("*", [MARK]),
        ("since:2024-09", [MARK]),
        ("until:2024-08", [NOTE]),
        ("date:2024-08-01..2024-08-31", [NOTE]),
        ("issued:2024-08 section:政策 issue:快报", ROWS),
        ("status:reading reviewer:", ROWS),
        ("status:reviewed", []),
        ("foo:bar", []),
        ("“核对 AI”", [NOTE]),
        ("kind:", ROWS),
    ],
)
def test_what_is_typed_finds(query: str, found: list[AnnotationRow]) -> None:
    assert parse(query).split(ROWS)[0] == found


def test_hits_that_a_condition_hides_are_counted() -> None:
    passed, hidden = parse("芯片 kind:note").split(ROWS)
    assert (len(passed), hidden) == (1, 1)
    assert parse("kind:note").split(ROWS)[1] == 1
