"""An article's title, date, authors and sources are corrected beside what was printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotations.article_fields import article_fields, overlaid, printed_beside
from annotations.model import (
    Annotation,
    ArticleRef,
    CorrectionBody,
    IssueRef,
    StoreError,
    Target,
)
from annotations.store import Store
from annotations.text import date_text

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = IssueRef("ab" * 32, "轻-08.txt", publication="轻材料快报", date="2024-08-06")
ARTICLE = ArticleRef(
    "0f" * 16,
    "港口用氢汽拖船",
    authors=("周远",),
    date="2024-03-14",
    sources=("http://example.org/a b", "《港口周报》2024 年第 3 期"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, "王丽", "desk")


def shown(store: Store) -> ArticleRef:
    return overlaid(ARTICLE, article_fields(store.annotations(ISSUE.id)))


def test_each_field_is_corrected_beside_the_printed_one(store: Store) -> None:
    store.correct_article(ISSUE, ARTICLE, "title", " 港口用氢气拖船 ")
    store.correct_article(ISSUE, ARTICLE, "date", "2024年3月4日")
    store.correct_article(ISSUE, ARTICLE, "authors", "周远、 何青;李明")
    store.correct_article(
        ISSUE, ARTICLE, "source", "http://example.org/ab", "http://example.org/a b"
    )
    assert shown(store) == replace(
        ARTICLE,
        title="港口用氢气拖船",
        date="2024-03-04",
        authors=("周远", "何青", "李明"),
        sources=("http://example.org/ab", ARTICLE.sources[1]),
    )
    assert printed_beside(ARTICLE, shown(store)) == {
        "title": ARTICLE.title,
        "date": "2024-03-14",
        "authors": ["周远"],
        "sources": [ARTICLE.sources[0]],
    }
    assert all(one.target.article == ARTICLE for one in store.annotations(ISSUE.id))


@pytest.mark.parametrize("value", ["", "  ", ARTICLE.title])
def test_emptied_or_typed_as_printed_it_goes_back(store: Store, value: str) -> None:
    assert store.correct_article(ISSUE, ARTICLE, "title", "新题") is not None
    assert store.correct_article(ISSUE, ARTICLE, "title", value) is None
    assert shown(store) is ARTICLE
    assert store.annotations(ISSUE.id) == ()


def test_undo_takes_a_correction_back_and_redo_brings_it_again(store: Store) -> None:
    store.correct_article(ISSUE, ARTICLE, "title", "一")
    store.correct_article(ISSUE, ARTICLE, "title", "二")
    assert len(store.annotations(ISSUE.id)) == 1
    assert store.undo() is not None and shown(store).title == "一"
    assert store.undo() is not None and shown(store).title == ARTICLE.title
    assert store.redo() is not None and shown(store).title == "一"


def test_what_can_not_be_is_refused(store: Store) -> None:
    for date in ("八月", "2024-13", "2024-2-30", "20248"):
        with pytest.raises(StoreError, match="a date is"):
            store.correct_article(ISSUE, ARTICLE, "date", date)
    with pytest.raises(StoreError, match="can't be corrected"):
        store.correct_article(ISSUE, ARTICLE, "number", "3")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="a source"):
        store.correct_article(ISSUE, ARTICLE, "source", "http://b")
    with pytest.raises(StoreError, match="a source"):
        store.correct_article(ISSUE, ARTICLE, "title", "题", "http://b")
    assert store.annotations(ISSUE.id) == ()


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", "2024"),
        ("2024-8", "2024-08"),
        ("2024年8月", "2024-08"),
        ("2024-08-05", "2024-08-05"),
        ("２０２４ 年 8 月 5 日", "2024-08-05"),
        ("2024/8/5", "2024-08-05"),
    ],
)
def test_dates_are_taken_as_people_write_them(written: str, date: str) -> None:
    assert date_text(written) == date


def test_the_latest_of_two_devices_counts_and_the_issues_own_does_not() -> None:
    old, new, on_issue = (
        Annotation(
            name, Target(ISSUE, article), CorrectionBody("title", title), modified=f"2026-0{at}"
        )
        for at, (name, title, article) in enumerate(
            [("a", "旧", ARTICLE), ("b", "新", ARTICLE), ("c", "期", None)]
        )
    )
    assert article_fields([new, old, on_issue]) == {("title", ""): "新"}


def test_a_source_that_is_no_longer_printed_changes_nothing(store: Store) -> None:
    store.correct_article(ISSUE, ARTICLE, "source", "http://c", "http://gone")
    assert shown(store).sources == ARTICLE.sources
