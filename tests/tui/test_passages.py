"""Passages as they are drawn, and links as both their articles show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.anchors import ArticleKey
from annotations.healing import Anchor
from annotations.model import (
    Annotation,
    ArticleRef,
    Body,
    HighlightBody,
    IssueRef,
    LinkBody,
    NoteBody,
    Selector,
    Target,
)
from annotations.placing import IssueKey, Placing
from annotations.store import Store
from annotations.view import ArticleView
from bulletins.model import Article, Block, Footnote
from tui.passages import Passage, link_map, passages, status_words
from tui.typesetting.document import document_of
from tui.typesetting.spans import Marked

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = IssueRef("i" * 64, "轻材料-08.txt", "轻材料快报", "8")
HERE = ArticleRef("a", "氢能拖船")
SPAN = Selector(2, 6, "试用拖船", block=0)


def annotation(
    body: Body, ident: str, selector: Selector | None = SPAN, over: str = ""
) -> Annotation:
    return Annotation(ident, Target(ISSUE, HERE, selector, over or None), body, "王芳", "desk", 1)


def test_notes_stand_with_their_highlight_and_alone_without_it() -> None:
    mark = annotation(HighlightBody("green"), "h")
    on, alone = annotation(NoteBody("问"), "n", over="h"), annotation(NoteBody("看"), "m", over="z")
    plain = annotation(NoteBody("全文"), "p", None)
    anchors = {one.target: Anchor("exact", 1.0, 0, 2, 6) for one in (mark, on, alone)}
    found = passages(ArticleView(notes=(on, alone, plain), highlights=(mark,)), anchors)
    assert [(one.annotation.id, [n.id for n in one.notes]) for one in found] == [
        ("h", ["n"]),
        ("m", []),
    ]


def test_passages_stand_in_the_order_of_the_text_and_orphans_last() -> None:
    places = [("orphan", None, 0), ("exact", 3, 1), ("exact", None, 5), ("moved", 3, 0)]
    marks = [annotation(HighlightBody("blue"), str(n), replace(SPAN, start=n)) for n in range(4)]
    anchors = {
        mark.target: Anchor(status, 1.0, block, start, start + 2)  # type: ignore[arg-type]
        for mark, (status, block, start) in zip(marks, places, strict=True)
    }
    found = passages(ArticleView(highlights=tuple(marks)), anchors)
    assert [one.annotation.id for one in found] == ["2", "3", "1", "0"]


@pytest.mark.parametrize(
    ("status", "body", "sign"),
    [
        ("exact", HighlightBody("green"), ""),
        ("exact", HighlightBody("green", "问"), "✎"),
        ("moved", HighlightBody("green"), "»"),
        ("fuzzy", HighlightBody("green", "问"), "≃✎"),
        ("exact", NoteBody("问"), "✎"),
    ],
)
def test_what_a_colour_can_t_say_is_a_sign(status: str, body: Body, sign: str) -> None:
    anchor = Anchor(status, 0.87, None, 2, 6)  # type: ignore[arg-type]
    marked = Passage(annotation(body, "h"), anchor).marked
    assert marked is not None and (marked.sign, marked.address) == (sign, ("title", 0))


def test_a_lost_passage_is_not_drawn() -> None:
    assert Passage(annotation(HighlightBody("green"), "h"), Anchor("orphan", 0.0)).marked is None
    assert Passage(annotation(HighlightBody("green"), "h")).marked is None


def test_an_unknown_colour_is_drawn_like_none() -> None:
    marked = Passage(annotation(HighlightBody("赭石"), "h"), Anchor("exact", 1.0, 0, 2, 6)).marked
    assert marked is not None and marked.layer == "highlight"


def test_only_what_is_not_exact_says_how_it_stands() -> None:
    assert status_words(Anchor("exact", 1.0)) == ""
    assert status_words(Anchor("moved", 1.0)) == "moved"
    assert status_words(Anchor("fuzzy", 0.871)) == "~ fuzzy 0.87"
    assert status_words(Anchor("orphan", 0.0)) == "orphan"


def test_signs_shift_nothing_in_the_text() -> None:
    article = Article(
        "a", "标题", 1, blocks=(Block("paragraph", "甲乙丙丁", 1),),
        footnotes=(Footnote("1", "注", (), 1, 0, 2),),
    )  # fmt: skip
    marked = (Marked(("block", 0), 0, 2, "", "✎"), Marked(("block", 0), 1, 4, "", "»"))
    part = document_of(article, marked=marked).part(("block", 0))
    assert part is not None and part.shown == "甲乙¹✎丙丁»" and part.text == "甲乙丙丁"
    assert [part.logical(part.shown_start(at)) for at in range(4)] == [0, 1, 2, 3]
    in_note = (Marked(("footnote", 0), 0, 1, "", "♯✎"),)
    note = document_of(article, marked=in_note).part(("footnote", 0))
    assert note is not None and note.shown == "注♯✎"


@pytest.mark.parametrize(
    "address", [("block", 9), ("block", -1), ("footnote", 0), ("title", 0), ("block", 0)]
)
def test_marks_of_another_text_are_left_out(address: tuple[str, int]) -> None:
    article = Article("a", "题", 1, blocks=(Block("paragraph", "甲", 1),))
    marked = (Marked(address, 5, 9, "green", "✎"),)  # type: ignore[arg-type]
    document = document_of(article, marked=marked)
    assert "✎" not in "".join(part.shown for part in document.parts)


def test_links_are_known_to_both_articles(tmp_path: Path) -> None:
    placing = Placing(Store(tmp_path, "王芳", "desk"))
    keys = (ArticleKey("a", "氢能拖船"), ArticleKey("b", "新合金"))
    placing.update([IssueKey(ISSUE.id, ISSUE.file_name, articles=keys)], whole=True)
    renamed = ArticleRef("old", "新合金")
    there = annotation(LinkBody("follows_up", ISSUE, renamed), "1", None)
    gone = annotation(
        LinkBody("same_event", replace(ISSUE, id="e" * 64, file_name="别.txt"), HERE), "2"
    )
    found = link_map(placing, [(ISSUE.id, "a", there), (ISSUE.id, "a", gone)])
    assert [(one.away, one.place) for one in found[ISSUE.id, "a"]] == [
        (True, (ISSUE.id, "b")),
        (True, None),
    ]
    assert [(one.away, one.place) for one in found[ISSUE.id, "b"]] == [(False, (ISSUE.id, "a"))]
