"""The catalogue knows which articles name the same thing."""

from __future__ import annotations

import dataclasses
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bulletins.catalogue import Catalogue, FileStat, Naming
from bulletins.catalogue.database import SCHEMA_VERSION
from bulletins.catalogue.outline import outline_of
from bulletins.model import Amount, Article, Doubt, Entity, Issue, Mentions, Place, Section

if TYPE_CHECKING:
    from pathlib import Path

MINISTRY = "organization:某国能源部"


def entity(identity: str | None, kind: str = "organization") -> Entity:
    return Entity(kind, "能源部", "某国能源部", Place(0, 3, 0), identity)  # type: ignore[arg-type]


def issue(identity: str, *articles: tuple[Entity, ...]) -> Issue:
    made = tuple(
        Article(f"a{n}", f"条目{n}", 1, mentions=Mentions(entities=entities))
        for n, entities in enumerate(articles)
    )
    return Issue(identity, "/f.txt", "style", 1.0, (Section("", made),))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "c.sqlite", "v1")


def test_articles_are_counted_by_identity_and_type(catalogue: Catalogue) -> None:
    named = entity(MINISTRY)
    catalogue.store_mentions(issue("i1", (named, named), (entity(None),)), "mentions")
    catalogue.store_mentions(issue("i2", (), (named, entity(MINISTRY, "program"))), "mentions")
    found = catalogue.articles_naming(MINISTRY, "organization")
    assert sorted(found, key=lambda one: one.issue_id) == [
        Naming("i1", "a0", 2), Naming("i2", "a1", 1),
    ]  # fmt: skip
    assert catalogue.articles_naming(MINISTRY, "program") == [Naming("i2", "a1", 1)]
    assert catalogue.articles_naming("someone else", "person") == []


def test_names_found_later_replace_those_found_before(catalogue: Catalogue) -> None:
    catalogue.store_mentions(issue("i1", (entity(MINISTRY),)), "mentions")
    catalogue.store_mentions(issue("i1", (), (entity(MINISTRY),)), "refined")
    assert catalogue.articles_naming(MINISTRY, "organization") == [Naming("i1", "a1", 1)]


def test_names_go_with_their_issue(catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_text("x", encoding="utf-8")
    kept = dataclasses.replace(issue("i1", (entity(MINISTRY),)), path=str(file))
    catalogue.store_issue(kept, FileStat.of(str(file)), "mentions")
    catalogue.forget(str(file))
    assert catalogue.articles_naming(MINISTRY, "organization") == []
    with sqlite3.connect(catalogue.path) as connection:
        assert connection.execute("SELECT count(*) FROM namings").fetchone() == (0,)


def test_what_another_version_found_does_not_count(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.store_mentions(issue("i1", (entity(MINISTRY),)), "mentions")
    other = Catalogue(catalogue.path, "v2")
    assert other.articles_naming(MINISTRY, "organization") == []


def test_a_cache_of_an_older_shape_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    Catalogue(path).store_error("/f", FileStat(1, 1, 1, 1), "why")
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION - 1}")
        connection.execute("DROP TABLE namings")
    connection.close()
    again = Catalogue(path)
    assert again.articles_naming(MINISTRY, "organization") == []
    again.store_mentions(issue("i1", (entity(MINISTRY),)), "mentions")
    assert again.articles_naming(MINISTRY, "organization") == [Naming("i1", "a0", 1)]


def test_a_hostile_name_costs_no_more_than_a_name(catalogue: Catalogue) -> None:
    catalogue.store_mentions(issue("i1", (entity("名" * 1_000_000), entity(MINISTRY))), "mentions")
    assert catalogue.articles_naming(MINISTRY, "organization") == [Naming("i1", "a0", 1)]
    assert catalogue.articles_naming("名" * 1_000_000, "organization") == []


def test_an_outline_counts_doubts() -> None:
    sums = tuple(Amount("1元", Place(n, n + 2, 0), "CNY") for n in range(2))
    doubtful = Article("a", "t", 1, mentions=Mentions(amounts=sums, doubts=(Doubt(0, 1),)))
    outline = outline_of(Issue("i", "p", "s", 1.0, (Section("", (doubtful,)),)), "mentions")
    assert outline.articles()[0].doubts == 1
