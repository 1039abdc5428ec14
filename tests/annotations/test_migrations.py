"""Steps between schemas: on a copy, the old file kept; whatever is cut off, nothing is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from annotations import migrations
from annotations.model import NoteBody, StoreError
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.files import Document, Tables
    from annotations.model import IssueRef


def step(header: Document, tables: Tables) -> tuple[Document, Tables]:
    """An invented change: notes are written in capitals."""
    changed = {
        name: {
            key: {**row, "body": {"text": row["body"]["text"].upper()}} if "body" in row else row
            for key, row in table.items()
        }
        for name, table in tables.items()
    }
    return header, changed


def texts(root: Path, issue: IssueRef) -> list[str]:
    found = Store(root, "王丽", "desk").annotations(issue.id)
    return [one.body.text for one in found if isinstance(one.body, NoteBody)]


def test_an_old_file_is_read_at_once_and_kept_when_it_is_written(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.note(issue, None, "a")
    path = store.root / "annotations" / "王丽" / "desk" / f"{issue.id}.json"
    old = path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (step,))
    again = Store(store.root, "王丽", "desk")
    assert texts(store.root, issue) == ["A"]
    assert path.read_bytes() == old, "reading changes nothing"
    again.note(issue, None, "b")
    again.note(issue, None, "c")
    assert b'"schema": 2' in path.read_bytes()
    kept = path.with_name(f"{path.name}.schema-1")
    assert kept.read_bytes() == old
    assert texts(store.root, issue) == ["A", "b", "c"], "a step is applied once"
    assert Store(store.root, "王丽", "desk").problems() == ()
    monkeypatch.undo()
    elder = Store(store.root, "王丽", "desk")
    with pytest.raises(StoreError, match="newer"):
        elder.note(issue, None, "d")
    assert any("newer" in line for line in elder.problems())


@pytest.mark.parametrize("call", range(8))
def test_a_migration_that_is_cut_off(
    store: Store, issue: IssueRef, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    store.note(issue, None, "a")
    monkeypatch.setattr(migrations, "STEPS", (step,))

    class PowerCut(BaseException):
        pass

    left = [call]
    with monkeypatch.context() as patch:
        for name in ("replace", "link", "fsync", "write"):
            real = getattr(os, name)

            def cut(*args: Any, real: Any = real, **more: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    raise PowerCut
                return real(*args, **more)

            patch.setattr(os, name, cut)
        acknowledged = False
        try:
            Store(store.root, "王丽", "desk").note(issue, None, "b")
            acknowledged = True
        except PowerCut:
            pass
    Store(store.root, "王丽", "desk").recover()  # what is in the history is done
    found = texts(store.root, issue)
    assert found in (["A"], ["A", "b"])
    assert not acknowledged or "b" in found
    Store(store.root, "王丽", "desk").note(issue, None, "c")
    assert texts(store.root, issue) == [*found, "c"]
    (kept,) = (store.root / "annotations" / "王丽" / "desk").glob("*.schema-1")
    assert b'"schema": 1' in kept.read_bytes()
