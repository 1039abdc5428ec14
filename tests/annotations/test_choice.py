"""Filters choose whole articles; names of files are safe; counts come from the files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.filters import Filter, select
from annotations.model import ArticleRef, IssueRef, StoreError
from annotations.names import copied_from, safe_name
from annotations.store import Store


def chosen(store: Store, **conditions: object) -> set[str]:
    picked = select(store.everything(), Filter(**conditions), store.tags())  # type: ignore[arg-type]
    return {one.target.article.id if one.target.article else "issue" for one in picked}


def test_a_filter_chooses_articles_with_all_that_is_on_them(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    second = replace(issue, id="cd" * 32, file_name="另一期.pdf", number="9")
    store.tag(issue, article, "氢能")
    store.note(issue, article, "甲")
    store.set_status(issue, other, "later")
    store.set_star(issue, other, True)
    store.note(issue, None, "整期")
    store.tag(second, replace(article, id="a9"), "AI")
    assert chosen(store) == {"a1", "a2", "a9", "issue"}
    assert chosen(store, tags=("氢能",)) == {"a1", "issue"}
    assert len(select(store.everything(), Filter(tags=("氢能",)), store.tags())) == 3
    assert chosen(store, tags=("ａｉ", "没有")) == {"a9"}
    assert chosen(store, issues=("另一期",)) == {"a9"}
    assert chosen(store, issues=("cdcdcd",)) == chosen(store, issues=("9",)) == {"a9"}
    assert chosen(store, issues=("cd",)) == set()
    assert chosen(store, statuses=("later",)) == chosen(store, starred=True) == {"a2", "issue"}
    assert chosen(store, since="2999-01-01") == set()
    assert chosen(store, since="2020-01-01T00:00:00Z") == {"a1", "a2", "a9", "issue"}
    with pytest.raises(StoreError, match="a date is"):
        Filter(since="yesterday")
    with pytest.raises(StoreError, match="is no time"):
        Filter(since="2020-01-01Tnoon")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text("aA王.~ /\\", max_size=4))
def test_names_are_safe_and_different_for_different_names(one: str, two: str) -> None:
    for name in (one, two):
        if not name.strip():
            with pytest.raises(StoreError):
                safe_name(name)
            return
        safe = safe_name(name)
        assert len(safe.encode()) <= 200
        assert not set(safe) & set('/\\:*?"<>|. \0\n')
        assert safe not in ("con", "nul", "tags")
        assert copied_from(safe) is None
        assert copied_from(f"{safe} (1)") == safe
        assert copied_from(f"{safe}.sync-conflict-20240101-101010-AAAAAAA") == safe
    if one.strip() != two.strip() and safe_name(one).casefold() == safe_name(two).casefold():
        import unicodedata

        assert (
            unicodedata.normalize("NFC", one).strip() == unicodedata.normalize("NFC", two).strip()
        )


def test_the_index_can_be_thrown_away(store: Store, issue: IssueRef, article: ArticleRef) -> None:
    for number in range(20):
        store.tag(replace(issue, id=f"{number:064x}"), article, "氢能")
    store.set_status(issue, article, "reviewed")
    store.set_star(issue, article, True)
    store.note(issue, article, "甲")
    assert store.tag_counts() == {"氢能": 20}
    index = store.root / "index" / "王丽.json"
    assert index.is_file()
    again = Store(store.root, "王丽", "desk")
    assert again.summaries() == store.summaries()
    summary = again.summaries()[issue.id]
    assert (summary.statuses, summary.starred, summary.notes) == ({"reviewed": 1}, 1, 1)
    kept = index.read_text(encoding="utf-8")
    for broken in ("", "{}", '{"version": 1, "issues": {"a": 1}}', "[" * 100_000):
        index.write_text(broken, encoding="utf-8")
        assert Store(store.root, "王丽", "desk").tag_counts() == {"氢能": 20}
    for name, wrong in (("tags", []), ("starred", "1"), ("total", None), ("names", {"a": 1})):
        whole = json.loads(kept)
        for entry in whole["issues"].values():
            entry[2][name] = wrong
        index.write_text(json.dumps(whole), encoding="utf-8")
        assert Store(store.root, "王丽", "desk").tag_counts() == {"氢能": 20}
    store.untag(replace(issue, id=f"{3:064x}"), article, "氢能")
    assert store.tag_counts() == Store(store.root, "王丽", "desk").tag_counts() == {"氢能": 19}
