"""How tests look at what a store has kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.model import IssueRef, NoteBody
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def reopened(store: Store) -> Store:
    """The same device's store as after a restart."""
    return Store(store.root, store.reviewer, store.device)


def texts(store: Store, issue: IssueRef) -> list[str]:
    """All notes of an issue, sorted."""
    notes = [one.body.text for one in store.annotations(issue.id) if isinstance(one.body, NoteBody)]
    return sorted(notes)


def folder(store: Store) -> Path:
    """Where the device of `store` writes."""
    return store.root / "annotations" / store.reviewer / store.device


def data_file(store: Store, issue: IssueRef) -> Path:
    """The file of an issue's annotations."""
    return folder(store) / f"{issue.id}.json"


def piece(store: Store, number: int = 1) -> Path:
    """One file of the history."""
    return folder(store) / "history" / f"{number:06}.history.jsonl"


def bytes_of(store: Store) -> dict[str, bytes]:
    """All files of annotations, by their names."""
    return {path.name: path.read_bytes() for path in folder(store).glob("*.json")}
