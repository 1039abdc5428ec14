"""What the list and the dialogs learn of an article's corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.anchors import article_keys
from annotations.mention_spots import selector_of
from annotations.model import (
    CorrectionBody,
    IssueRef,
    MentionBody,
    Target,
    article_refs,
    new_annotation,
)
from annotations.passages import passages_of
from annotations.placing import issue_work
from bulletins.model import Article, Block, Footnote, Issue, Place, Section
from tui.work import issue_state

if TYPE_CHECKING:
    from annotations.model import MentionScope

TEXT = "三月中旬，一家港口公司开始试用两艘以氢为燃料的拖船，每艘造价约 1200 万欧元。"
NOTE = "见港口公司三月的年报第二十页，那里另有各艘的造价。"


def issue_of(text: str, note: str = NOTE) -> Issue:
    one = Article("a1", "拖船", 1, blocks=(Block("paragraph", text, 1),))
    one = replace(one, footnotes=(Footnote("1", note, (), 1, 0, 4),))
    return Issue("ab" * 32, "x.txt", "general", 1.0, (Section("动态", (one,)),))


BEFORE = issue_of(TEXT)


@pytest.mark.parametrize(
    ("text", "scope", "status"),
    [
        (TEXT, "here", {"exact"}),
        ("新的一句。" + TEXT, "here", {"moved"}),
        ("别的事情。", "here", {"orphan"}),
        ("别的事情。", "article", set()),
    ],
)
@pytest.mark.parametrize("in_note", [False, True])
def test_a_correction_of_one_place_has_a_state_like_any_passage(
    text: str, scope: MentionScope, status: set[str], in_note: bool
) -> None:
    (article,) = BEFORE.articles()
    printed = NOTE if in_note else TEXT
    start = printed.index("港口公司")
    place = Place(start, start + 4, None if in_note else 0, 0 if in_note else None)
    new = new_annotation(
        MentionBody("reject", "organization", "港口公司", scope), IssueRef(BEFORE.id, "x.txt")
    )
    (ref,) = article_refs(BEFORE)
    said = replace(new, target=Target(new.target.issue, ref, selector_of(article, place)))
    now = issue_of(TEXT, text.replace(TEXT, NOTE)) if in_note else issue_of(text)
    state = issue_state(issue_work([said], article_keys(now), (), passages_of(now)))
    assert state.states["a1"].marks.anchors == status
    assert state.lost == ((said,) if status == {"orphan"} else ())


def test_the_list_shows_the_corrected_title() -> None:
    (ref,) = article_refs(BEFORE)
    said = new_annotation(CorrectionBody("title", "氢能拖船"), IssueRef(BEFORE.id, "x.txt"), ref)
    state = issue_state(issue_work([said], article_keys(BEFORE)))
    assert state.states["a1"].marks.title == "氢能拖船"
