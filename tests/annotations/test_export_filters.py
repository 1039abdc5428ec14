"""What is exported can be chosen by every mark there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from annotations.filters import Filter, select
from annotations.model import ArticleRef, IssueRef, StoreError

if TYPE_CHECKING:
    from annotations.store import Store


@pytest.fixture(autouse=True)
def work(store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef) -> None:
    second = replace(issue, id="cd" * 32, file_name="b.txt", number="9", date="2024-11-05")
    store.tag(issue, article, "氢能")
    store.note(issue, article, "拖船 TUG 成本")
    store.set_star(issue, other, True)
    store.note(second, replace(article, id="a9", section="政策计划", title="新规"), "丙")
    store.note(replace(issue, id="ef" * 32, date=None), replace(article, id="a7"), "丁")
    store.note(issue, None, "整期")


def chosen(store: Store, **conditions: Any) -> list[str]:
    picked = select(store.everything(), Filter(**conditions), store.tags())
    return sorted(
        f"{one.target.article.id if one.target.article else '-'}{one.kind}" for one in picked
    )


def test_kinds_choose_single_annotations(store: Store) -> None:
    assert chosen(store, kinds=("tag", "star")) == ["a1tag", "a2star"]
    assert chosen(store, kinds=("tag",), tags=("氢能",)) == ["a1tag"]
    assert chosen(store, kinds=("note",), tags=("氢能",)) == ["-note", "a1note"]


def test_sections_and_text(store: Store) -> None:
    assert chosen(store, sections=("政策",)) == ["a9note"]
    assert chosen(store, text="ｔｕｇ") == ["-note", "a1note", "a1tag"]
    assert "a1tag" in chosen(store, text="氢能")
    assert chosen(store, text="没有") == []


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"issue_since": "2024-11"}, ["a9note"]),
        ({"issue_since": "2024-11-06"}, []),
        ({"issue_until": "2024-11-04"}, ["-note", "a1note", "a1tag", "a2star"]),
        ({"issue_since": "2024-08-15", "issue_until": "2024-08-20"}, 4),
        ({"issue_until": "2024-07"}, []),
        ({"issue_since": "2024", "issue_until": "2024"}, 5),
    ],
)
def test_dates_of_issues(store: Store, bounds: dict[str, str], found: list[str] | int) -> None:
    picked = chosen(store, **bounds)
    assert (len(picked) if isinstance(found, int) else picked) == found


def test_dates_of_annotations(store: Store) -> None:
    assert chosen(store, until="2020-01-01") == []
    assert len(chosen(store, since="2020-01-01", until="2999")) == 6
    last = max(one.modified for one in store.everything())
    assert len(chosen(store, until=last)) == 6
    assert chosen(store, since=last) == chosen(store, since=last, until=last) != []
    with pytest.raises(StoreError):
        Filter(issue_until="Friday")
    with pytest.raises(StoreError):
        Filter(until="Friday")
