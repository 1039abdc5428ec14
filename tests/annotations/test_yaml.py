"""An export reads back as the same data, in any reader, and a person likes to read it."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.exports.gathering import Selection
from annotations.exports.records import Inline, InlineList, documents
from annotations.exports.writing import write
from annotations.exports.yaml import dump, export
from annotations.exports.yaml_load import load
from annotations.model import (
    Annotation,
    ArticleRef,
    HighlightBody,
    IssueRef,
    NoteBody,
    Selector,
    StoreError,
    Target,
    issue_ref,
    new_annotation,
)
from bulletins.model import Article, Block, Issue, Section

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.store import Store

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
AWKWARD = st.text(
    " \n\t\r:#-|>\"'é𠮷🚀\x85\u2028\u2029\ufeff\x1b\x7f\u00a0\u200e\u202e0e1y~[]{},&*!%@`?=.<"
)
NUMBERS = "8 08 1_000 1,5 1.5 .5 1e3 0x1f 0o7 0b1 1:30"
DATES = "2024 2024-08 2024-08-06 2024-08-06T01:02:03Z"
WORDS = (
    "yes No ON off y n true null ~ .inf -.INF .nan = << - ? : {} [] # & * ! | > % @ ` '' --- ..."
)
LIKE_OTHERS = [*NUMBERS.split(), *DATES.split(), *WORDS.split()]


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT | AWKWARD | st.sampled_from(LIKE_OTHERS))
def test_any_text_reads_back_in_both_readers(text: str) -> None:
    data = {"a": text, "b": [text, {"c": text}], "d": [Inline(e=text)], "f": InlineList([text])}
    written = dump(data)
    assert load(written) == data
    assert yaml.load(written, yaml.SafeLoader) == data
    again = dump(load(written))
    assert load(again) == data


PLAIN = st.recursive(
    ANY_TEXT | AWKWARD | st.sampled_from(LIKE_OTHERS) | st.none() | st.booleans() | st.integers()
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(ANY_TEXT | AWKWARD, inner, max_size=3)
    | st.dictionaries(AWKWARD | st.text(min_size=99, max_size=140), inner, max_size=3).map(Inline),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(AWKWARD | st.sampled_from(LIKE_OTHERS), PLAIN, max_size=3))
def test_any_plain_data_reads_back_in_all_readers(data: dict[str, object]) -> None:
    written = dump(data)
    assert load(written) == data
    assert yaml.load(written, yaml.SafeLoader) == data
    assert yaml.load(written, yaml.CSafeLoader) == data


def test_references_and_tags_are_read_as_other_readers_do() -> None:
    for text in ("a: &x [1]\nb: *x\n", "a: !!str 1\n", "a: {<<: {b: 1}, c: 2}\n", "1: ~\n", ""):
        assert load(text) == yaml.load(text, yaml.SafeLoader)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_TEXT | AWKWARD, min_size=1, max_size=4))
def test_notes_of_any_text_are_exported(texts: list[str]) -> None:
    issue = IssueRef("ab" * 32, texts[0], title=texts[-1])
    article = ArticleRef("a1", texts[0], authors=tuple(texts))
    notes = [replace(new_annotation(NoteBody(t), issue, article), revision=1) for t in texts]
    (entry,) = load(export(Selection(tuple(notes))))["issues"]
    assert [note["text"] for note in entry["articles"][0]["notes"]] == texts
    assert entry.get("file", "") == texts[0]


@pytest.mark.parametrize("text", LIKE_OTHERS)
def test_what_looks_like_another_type_is_quoted(text: str) -> None:
    line = dump({"a": text}).strip()
    assert line[3:][0] in "'\""


def full_store(store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef) -> None:
    store.tag(issue, other, "合金")
    store.note(issue, article, "与 2023 年的试验相比，成本是多少？🚢\n\n- 查原文\n- 问周远")
    store.tag(issue, article, "氢能")
    store.tag(issue, article, "航运")
    store.set_star(issue, article, True)
    store.set_status(issue, article, "reviewed")
    store.note(issue, None, "本期可引用。")
    store.correct_issue(issue, "title", "轻材料快报 第八期")


def test_the_order_and_the_fields_that_are_needed_to_cite(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    full_store(store, issue, article, other)
    everything = tuple(store.everything())
    text = export(
        Selection(everything, store.tags(), reviewer="王丽", exported="2026-01-02T03:04:05Z")
    )
    data = load(text)
    assert list(data) == ["schema", "version", "exported", "reviewer", "tags", "issues"]
    assert (data["schema"], data["version"]) == ("kuaibao.export", 2)
    assert text.index("schema: kuaibao.export") < 120
    (entry,) = data["issues"]
    assert entry["title"] == "轻材料快报 第八期"
    assert (entry["publication"], entry["number"], entry["date"]) == ("轻材料快报", "8", "2024-08")
    assert (entry["file"], entry["id"]) == (issue.file_name, issue.id)
    first, second = entry["articles"]
    assert [first["title"], second["title"]] == [article.title, other.title]
    assert first["authors"] == ["周远", "何青"]
    assert first["sources"] == ["https://example.org/tug"]
    assert (first["section"], first["page"], first["date"]) == ("产业动态", 3, "2024-03-14")
    assert first["original_title"] == "Hydrogen tugs on trial"
    assert (first["status"], first["starred"], first["tags"]) == (
        "reviewed",
        True,
        ["氢能", "航运"],
    )
    assert "    - text: |-\n" in text
    assert "🚢" in text
    assert "\\" not in text
    assert sorted(one["id"] for one in documents(data)) == sorted(one.id for one in everything)


def test_the_issue_at_hand_gives_order_and_orphans(
    store: Store, issue: IssueRef, article: ArticleRef, other: ArticleRef
) -> None:
    full_store(store, issue, article, other)
    blocks = (Block("paragraph", article.lead + "试验为期一年。", 5),)
    now = Article("z9", "港口试用氢能拖船", 5, blocks=blocks, sources=("https://example.org/new",))
    at_hand = Issue(issue.id, "/x/轻材料-08.txt", "general", 1.0, (Section("新栏目", (now,)),))
    assert issue_ref(at_hand).file_name == issue.file_name
    data = load(
        export(
            Selection(
                tuple(store.everything()),
                store.tags(),
                lookup=lambda ref: {issue.id: at_hand}[ref.id],
            )
        )
    )
    (entry,) = data["issues"]
    assert [one["id"] for one in entry["articles"]] == ["z9"]
    assert entry["articles"][0]["sources"] == ["https://example.org/new"]
    assert [one["title"] for one in entry["orphans"]] == ["简讯"]


def test_highlights_carry_quote_and_place(issue: IssueRef, article: ArticleRef) -> None:
    selector = Selector(2, 6, "港口公司", block=0, prefix="一家", suffix="开始", page=3)
    mark = Annotation("h1", Target(issue, article, selector), HighlightBody("green"), revision=1)
    entry = load(export(Selection((mark,))))["issues"][0]["articles"][0]["highlights"][0]
    assert (entry["quote"], entry["prefix"], entry["suffix"]) == ("港口公司", "一家", "开始")
    assert entry["place"] == {"block": 0, "start": 2, "end": 6, "page": 3}


def test_nothing_is_an_export_too() -> None:
    assert load(export(Selection(()))) == {"schema": "kuaibao.export", "version": 2, "issues": []}


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out" / "导出.yaml"
    write(path, "a: 甲\n")
    with monkeypatch.context() as patch:

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr("annotations.durable.os.fsync", full)
        with pytest.raises(StoreError, match="not written: No space left"):
            write(path, "b: 乙\n")
    assert path.read_text(encoding="utf-8") == "a: 甲\n"
    assert [one.name for one in path.parent.iterdir()] == ["导出.yaml"]
    with pytest.raises(StoreError, match="not written"):
        write(tmp_path, "x")
