"""The store as a reliability harness drives it: numbered notes, saved, deleted and loaded again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from annotations.model import Annotation, ArticleRef, IssueRef, NoteBody, new_annotation
from annotations.store import Store

ISSUE = IssueRef("ab" * 32, "003.txt", publication="先进材料快报", number="8", date="2024-08")


def open_store(folder: str) -> Store:
    """Open the store of one reviewer and device under a folder, everything lazy already done."""
    import filelock  # noqa: F401
    import tinydb  # noqa: F401

    store = Store(Path(folder), "wang", "desk")
    store.annotations(ISSUE.id)
    return store


def save(store: Store, key: int, revision: int, text: str) -> None:
    """Create or replace note `key`; return only when it is safe."""
    # As JSON: a note loses what can't be shown, and the harness wants its text back as it was.
    body = NoteBody(f"{revision}\n{json.dumps(text)}")
    known = _known(store, key)
    if known is None:
        known = new_annotation(body, ISSUE, ArticleRef(f"a{key}", f"条目 {key}", "项目资助", key))
    store.put(replace(known, body=body))


def delete(store: Store, key: int) -> None:
    """Delete note `key` if it is there."""
    known = _known(store, key)
    if known is not None:
        store.delete(known)


def load(folder: str) -> dict[int, list[object]]:
    """Return {key: [revision, text]} as a fresh process reads it."""
    store = open_store(folder)
    faults = [line for line in store.problems() if "sync tool" not in line]
    if faults:
        raise ValueError(faults[0])
    return {_key(one): [int(_parts(one)[0]), json.loads(_parts(one)[1])] for one in _all(store)}


def close(store: Store) -> None:
    """Do nothing: a store keeps no file open."""


def _known(store: Store, key: int) -> Annotation | None:
    return next((one for one in _all(store) if _key(one) == key), None)


def _all(store: Store) -> tuple[Annotation, ...]:
    return store.annotations(ISSUE.id)


def _key(annotation: Annotation) -> int:
    assert annotation.target.article is not None
    return annotation.target.article.position


def _parts(annotation: Annotation) -> list[str]:
    assert isinstance(annotation.body, NoteBody)
    return annotation.body.text.split("\n", 1)
