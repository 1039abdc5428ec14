"""Where a name stands: the rows of the dialog, by issue, newest first."""

from __future__ import annotations

from bulletins.catalogue import ArticleOutline, IssueOutline, Naming, SectionOutline
from bulletins.model import Article, Block, Entity, Mentions, Place
from tui.namings import entity_at, filtered, rows_of_articles, rows_of_places, totals
from tui.outline import Shelf


def issue(identity: str, date: str, *titles: str) -> IssueOutline:
    articles = tuple(ArticleOutline(f"{identity}-{n}", title, 1) for n, title in enumerate(titles))
    return IssueOutline(
        identity,
        f"/{identity}.txt",
        "s",
        1.0,
        (SectionOutline("栏目", articles),),
        "快讯",
        date=date,
    )


SHELF = Shelf(
    (issue("old", "2023-01-05", "氢能采购", "芯片出口"), issue("new", "2024-08-10", "芯片补贴"))
)
FOUND = [Naming("old", "old-1", 2), Naming("gone", "x", 9), Naming("new", "new-0", 1),
         Naming("old", "old-0", 1)]  # fmt: skip


def test_the_newest_issue_comes_first_and_articles_stand_as_printed() -> None:
    rows = rows_of_articles(FOUND, SHELF, ("old", "old-1"))
    assert [(row.kind, row.text) for row in rows] == [
        ("issue", "快讯 · 2024-08-10"), ("article", "芯片补贴"),
        ("issue", "快讯 · 2023-01-05"), ("article", "氢能采购"), ("article", "芯片出口"),
    ]  # fmt: skip
    assert [row.article_id for row in rows if row.here] == ["old-1"]
    assert totals(rows) == (3, 2)


def test_an_issue_counts_by_the_date_that_the_reader_gave_it() -> None:
    corrected = Shelf(SHELF.issues, corrections={"old": {"date": "2025-02-01"}})
    rows = rows_of_articles(FOUND, corrected, ("", ""))
    assert rows[0].text == "快讯 · 2025-02-01"


def test_a_filter_keeps_the_issues_of_what_it_finds() -> None:
    rows = rows_of_articles(FOUND, SHELF, ("", ""))
    assert [row.text for row in filtered(rows, "芯片 2023")] == ["快讯 · 2023-01-05", "芯片出口"]
    assert filtered(rows, " ") == rows
    assert filtered(rows, "没有") == []


def entity(start: int, end: int, identity: str | None, canonical: str = "EDA") -> Entity:
    return Entity("organization", "EDA", canonical, Place(start, end, 0), identity)


def test_places_are_shown_with_the_words_around_them() -> None:
    text = "前" * 30 + "EDA" + "后" * 100
    mentions = Mentions(entities=(entity(30, 33, None), entity(0, 3, None, "其他")))
    article = Article("a", "题", 1, blocks=(Block("paragraph", text, 1),), mentions=mentions)
    (row,) = rows_of_places(article, mentions.entities[0])
    assert row.text[row.start : row.end] == "EDA"
    assert row.text.startswith("…前") and row.place == Place(30, 33, 0)


def test_the_name_at_a_place_or_around_it() -> None:
    inner, other = entity(5, 15, "x"), entity(20, 23, "y")
    mentions = Mentions(entities=(inner, other))
    assert entity_at(mentions, Place(20, 23, 0)) == other
    assert entity_at(mentions, Place(7, 9, 0)) == inner
    assert entity_at(mentions, Place(7, 9, 1)) is None
    assert entity_at(mentions, Place(14, 17, 0)) is None
