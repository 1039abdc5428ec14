"""Checking and mending: whatever was done to the files, what can be read of them is there after."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import mending
from annotations.doctor import Checkup, Scope, examine
from annotations.documents import to_document
from annotations.mending import mend
from annotations.model import (
    ArticleRef,
    HighlightBody,
    IssueRef,
    NoteBody,
    Selector,
    Target,
    article_refs,
    issue_ref,
    new_annotation,
)
from annotations.salvage import salvage
from annotations.store import Store
from bulletins.model import Article, Block, Issue, Section

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def scope(store: Store) -> Scope:
    return Scope(store.root, store.reviewer, store.device)


def folder(store: Store) -> Path:
    return store.root / "annotations" / "王丽" / store.device


def file(store: Store, issue: IssueRef) -> Path:
    return folder(store) / f"{issue.id}.json"


def notes(store: Store, issue: IssueRef) -> set[str]:
    again = Store(store.root, store.reviewer, store.device)
    return {o.body.text for o in again.annotations(issue.id) if isinstance(o.body, NoteBody)}


def kinds(checkup: Checkup) -> list[str]:
    return sorted(one.kind for one in checkup.findings)


def mended(scope: Scope) -> list[str]:
    """Mend; a second run must find nothing more to mend."""
    done = list(mend(scope))
    assert not [one for one in examine(scope).findings if one.mendable], examine(scope).findings
    assert not list(mend(scope))
    return [one.what for one in done if not one.failed]


def test_nothing_and_sound_files(store: Store, scope: Scope, issue: IssueRef) -> None:
    assert examine(scope) == Checkup(())
    store.note(issue, None, "甲")
    store.tag(issue, None, "AI")
    checkup = examine(scope)
    assert (checkup.findings, checkup.files, checkup.annotations) == ((), 2, 2)
    before = file(store, issue).read_bytes()
    assert mended(scope) == []
    assert file(store, issue).read_bytes() == before


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda raw: raw[: len(raw) - 30],
    "old tail": lambda raw: raw + raw[-400:],
    "merge marks": lambda raw: raw.replace(b'"2": ', b'<<<<<<< HEAD\n=======\n"2": '),
    "a line overwritten": lambda raw: raw.replace(b"\n", b"\n\0\0\0\n", 2),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_gives_back_each_document_that_can_be_read(
    store: Store, scope: Scope, issue: IssueRef, harm: str
) -> None:
    for text in "甲乙丙":
        store.note(issue, None, text)
    path = file(store, issue)
    whole = path.read_bytes()
    path.write_bytes(HARMS[harm](whole))
    assert kinds(examine(scope)) == ["damaged"]
    bad = path.read_bytes()
    (said,) = mended(scope)
    assert "kept as" in said
    assert notes(store, issue) >= {"甲", "乙"}
    (kept,) = folder(store).glob("*.damaged-*")
    assert kept.read_bytes() == bad, "the old file stays"
    assert Store(store.root, "王丽", "desk").problems() == ()
    store.note(issue, None, "丁")
    assert "丁" in notes(store, issue)


@pytest.mark.parametrize("harm", [*HARMS.values(), lambda raw: b"\0" * len(raw)])
def test_what_can_not_be_read_of_a_damaged_file_is_taken_from_the_history(
    store: Store, scope: Scope, issue: IssueRef, harm: Callable[[bytes], bytes]
) -> None:
    kept = [store.note(issue, None, text) for text in "甲乙丙丁"]
    store.edit_note(kept[1], "乙二")
    store.delete(kept[2])
    store.tag(issue, None, "AI")
    store.undo()
    path = file(store, issue)
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    (said,) = mended(scope)
    assert "from the history" in said
    assert path.read_bytes() == whole
    assert all(Store(store.root, "王丽", "desk").undo() for _ in range(6))
    assert not file(store, issue).exists()


def test_nothing_to_read_is_moved_aside(store: Store, scope: Scope, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    shutil.rmtree(folder(store) / "history")
    size = file(store, issue).stat().st_size
    file(store, issue).write_bytes(b"\0" * size)
    (said,) = mended(scope)
    assert "nothing could be read" in said
    (kept,) = folder(store).glob("*.damaged-*")
    assert kept.stat().st_size == size
    assert not file(store, issue).exists()


def test_one_number_or_id_used_twice(store: Store, scope: Scope, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    store.note(issue, None, "乙")
    path = file(store, issue)
    text = path.read_text(encoding="utf-8").replace('"2": ', '"1": ')
    path.write_text(text, encoding="utf-8")
    assert kinds(examine(scope)) == ["twice"]
    mended(scope)
    assert notes(store, issue) == {"甲", "乙"}


@pytest.mark.parametrize(
    "name", ["{}.sync-conflict-20260102-030405-ABCDEFG.json", "{} (1).json", "{} (冲突).json"]
)
def test_a_copy_is_folded_in_and_kept(
    store: Store, scope: Scope, issue: IssueRef, article: ArticleRef, name: str
) -> None:
    note = store.note(issue, article, "甲")
    gone = store.note(issue, article, "删")
    path = file(store, issue)
    copy = folder(store) / name.format(issue.id)
    shutil.copy(path, copy)
    other = Store(store.root / "x", "王丽", "desk")
    folder(other).mkdir(parents=True)
    copy.replace(file(other, issue))
    other.edit_note(note, "甲，那边")
    other.note(issue, article, "只在那边")
    other.set_star(issue, article, on=True)
    file(other, issue).replace(copy)
    shutil.rmtree(store.root / "x")
    store.edit_note(note, "甲，这边")
    store.delete(gone)
    raw = copy.read_bytes()
    assert kinds(examine(scope)) == ["copy"]
    mended(scope)
    assert notes(store, issue) == {"甲，这边", "甲，那边", "只在那边"}
    assert any(o.kind == "star" for o in Store(store.root, "王丽", "desk").annotations(issue.id))
    (kept,) = folder(store).glob("*.merged-*")
    assert kept.read_bytes() == raw
    before = path.read_bytes()
    kept.rename(copy)  # the sync tool brings it again
    mended(scope)
    assert path.read_bytes() == before, "folding in twice adds nothing"


def test_a_name_as_long_as_names_may_be(store: Store, scope: Scope, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    copy = folder(store) / f"{issue.id} ({'冲' * 57}).json"
    shutil.copy(file(store, issue), copy)
    mended(scope)
    assert len(list(folder(store).glob("*.merged-*"))) == 1


def test_copies_of_tags_and_misnamed_files(store: Store, scope: Scope, issue: IssueRef) -> None:
    store.tag(issue, None, "甲")
    tags = folder(store) / "tags.json"
    shutil.copy(tags, folder(store) / "tags (1).json")
    tags.unlink()
    store.tag(issue, None, "乙")
    file(store, issue).rename(folder(store) / "mine.json")
    assert kinds(examine(scope)) == ["copy", "misnamed"]
    mended(scope)
    again = Store(store.root, "王丽", "desk")
    assert {tag.name for tag in again.tags()} == {"甲", "乙"}
    assert again.tag_counts() == {"甲": 1, "乙": 1}


def test_other_devices_and_reviewers_are_looked_at_but_left(
    store: Store, laptop: Store, scope: Scope, issue: IssueRef
) -> None:
    laptop.note(issue, None, "甲")
    Store(store.root, "何青", "desk").note(issue, None, "乙")
    paths = [file(laptop, issue), store.root / "annotations" / "何青" / "desk" / f"{issue.id}.json"]
    for path in paths:
        path.write_bytes(path.read_bytes()[:-3])
    old = [path.read_bytes() for path in paths]
    assert kinds(examine(scope)) == ["damaged", "damaged"]
    assert not any(one.mendable for one in examine(scope).findings)
    assert mended(scope) == []
    assert [path.read_bytes() for path in paths] == old
    assert len(mended(replace(scope, everyone=True))) == 2
    assert notes(laptop, issue) == {"甲"}


def test_what_is_not_ours_or_newer_is_never_touched(
    store: Store, scope: Scope, issue: IssueRef
) -> None:
    store.note(issue, None, "甲")
    (folder(store) / "README.txt").write_text("?")
    (folder(store) / "other.json").write_text('{"format": "x"}')
    path = file(store, issue)
    path.write_text(path.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 99'))
    assert kinds(examine(scope)) == ["foreign", "foreign", "newer"]
    old = {one: one.read_bytes() for one in folder(store).rglob("*") if one.is_file()}
    assert mended(scope) == []
    assert {one: one.read_bytes() for one in folder(store).rglob("*") if one.is_file()} == old


def test_left_overs_history_index_and_lock(store: Store, scope: Scope, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    dead = folder(store) / f".x.json.{2**22 + 5}-{'a' * 16}.tmp"
    alive = folder(store) / f".x.json.{os.getpid()}-{'a' * 16}.tmp"
    dead.touch()
    alive.touch()
    (history,) = (folder(store) / "history").iterdir()
    whole = history.read_bytes()
    history.write_bytes(whole + b'{"a": 1}\n{"b": 2}\n{"c": ')
    store.summaries()
    index = store.root / "index" / "王丽.json"
    index.parent.mkdir(exist_ok=True)
    index.write_text("{")
    lock = store.root / "locks" / "王丽" / "desk.lock"
    lock.unlink()
    lock.mkdir()
    assert kinds(examine(scope)) == ["history", "index", "lock", "temporary"]
    mended(scope)
    assert not dead.exists() and alive.exists()
    assert history.read_bytes().startswith(whole)  # damaged lines of a history stay as they are
    assert list(json.loads(index.read_text(encoding="utf-8"))["issues"]) == [issue.id]
    assert notes(store, issue) == {"甲"}


def test_an_index_that_counts_wrongly(store: Store, scope: Scope, issue: IssueRef) -> None:
    store.note(issue, None, "甲")
    store._index.rebuild()
    index = store.root / "index" / "王丽.json"
    assert examine(scope).findings == ()
    index.write_text(index.read_text(encoding="utf-8").replace('"notes": 1', '"notes": 7'))
    assert kinds(examine(scope)) == ["index"]
    mended(scope)


def test_an_entry_that_is_not_understood_stays(store: Store, scope: Scope, issue: IssueRef) -> None:
    note = store.note(issue, None, "甲")
    path = file(store, issue)
    whole = json.loads(path.read_text(encoding="utf-8"))
    odd = {**to_document(note), "id": "odd", "target": 5}
    whole["annotations"]["2"] = odd
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert kinds(examine(scope)) == ["entry"]
    path.write_bytes(path.read_bytes()[:-1])
    mended(scope)
    rows = json.loads(path.read_text(encoding="utf-8"))["annotations"]
    assert odd in rows.values()


def test_quotes_and_places(store: Store, scope: Scope) -> None:
    text = "港口开始试用两艘以氢为燃料的拖船，为期一年。"
    article = Article("a", "氢能拖船", 1, blocks=(Block("paragraph", text, 1),))
    issue = Issue("c" * 64, "/l/x.txt", "s", 1.0, (Section("", (article,)),))
    ref = article_refs(issue)[0]
    for start, exact in ((0, "港口"), (2, "不在文中的一段话")):
        mark = new_annotation(HighlightBody("yellow"), issue_ref(issue), ref)
        selector = Selector(start, start + len(exact), exact, block=0)
        store.put(replace(mark, target=Target(mark.target.issue, ref, selector)))
    store.note(issue_ref(issue), replace(ref, id="b", title="别的", lead=""), "丙")
    store.note(IssueRef("d" * 64, "y.txt"), None, "丁")
    checkup = examine(scope, lambda ref: issue if ref.id == issue.id else None)
    assert kinds(checkup) == ["orphan", "quote"]
    assert checkup.elsewhere == 1
    assert mended(scope) == []


@pytest.mark.parametrize("call", range(14))
def test_mending_that_is_cut_off_loses_nothing(
    store: Store, scope: Scope, issue: IssueRef, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """The power goes at each of the calls that change the disk; the next run finishes."""
    for text in "甲乙丙":
        store.note(issue, None, text)
    path = file(store, issue)
    copy = path.with_name(f"{issue.id} (1).json")
    other = to_document(replace(store.annotations(issue.id)[0], id="other", body=NoteBody("丁")))
    copy.write_text(
        json.dumps(
            {"format": "kuaibao.annotations", "schema": 1, "annotations": {"1": other}},
        )
    )
    path.write_bytes(path.read_bytes()[:-3])

    class PowerCut(BaseException):
        pass

    left = [call]
    for name in ("replace", "link", "fsync", "unlink", "open"):
        real = getattr(os, name)

        def cut(*args: object, real: object = real, **more: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise PowerCut
            return real(*args, **more)  # type: ignore[operator]

        monkeypatch.setattr(os, name, cut)
    with contextlib.suppress(PowerCut):
        list(mend(scope))
    monkeypatch.undo()
    mended(scope)
    assert notes(store, issue) == {"甲", "乙", "丙", "丁"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.data())
def test_salvage_bears_anything(noise: bytes, data: st.DataObject) -> None:
    rows = b"".join(b',\n"%d": {"id": "%d"}' % (n, n) for n in range(1, 6)).removeprefix(b",")
    whole = b'{"format": "f", "schema": 1,\n"annotations": {' + rows + b"\n}}\n"
    at = data.draw(st.integers(0, len(whole)))
    salvage(noise)
    found = salvage(whole[:at] + noise + whole[at:])
    ids = {one.get("id") for one in found.documents}
    before = whole[:at].count(b"\n") - 2
    assert all(str(n) in ids for n in range(1, before)), "lines before the harm are whole"


def test_salvage_is_linear() -> None:
    assert salvage(b'"1": {' * 200_000).documents == ()
    assert salvage(b'"1": {\n' * 200_000).lost == 200_000
    assert mending.salvage(b"[" * 1_000_000).documents == ()


def test_what_a_file_lost_unseen_is_found_and_taken_from_the_history(
    store: Store, scope: Scope, issue: IssueRef
) -> None:
    first = store.note(issue, None, "甲")
    old = file(store, issue).read_bytes()
    store.edit_note(first, "甲二")
    store.note(issue, None, "乙")
    store.tag(issue, None, "AI")
    store.note(issue, None, "丙")
    whole = file(store, issue).read_bytes()
    assert examine(scope).findings == ()
    for older in (old, b""):
        file(store, issue).unlink()
        if older:
            file(store, issue).write_bytes(older)
        assert kinds(examine(scope)) == ["gone"]
        (said,) = mended(scope)
        assert said.endswith("taken from the history")
        assert file(store, issue).read_bytes() == whole
    assert all(Store(store.root, "王丽", "desk").undo() for _ in range(5))


def test_what_was_undone_deleted_or_is_newer_elsewhere_is_not_gone(
    store: Store, laptop: Store, scope: Scope, issue: IssueRef
) -> None:
    one, two = store.note(issue, None, "甲"), store.note(issue, None, "乙")
    store.note(issue, None, "丙")
    store.undo()
    store.delete(one)
    laptop.edit_note(two, "乙二")
    store.annotations(issue.id)
    assert examine(scope).findings == ()
    file(store, issue).unlink()
    assert len(mended(scope)) == 1
    assert notes(store, issue) == {"乙二"}
