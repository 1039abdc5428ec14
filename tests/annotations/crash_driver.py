"""The store as a reliability harness drives it: numbered notes, saved, deleted and loaded again.

Notes of odd numbers have a twin in another issue, saved and deleted with them in one batch.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from annotations.model import Annotation, ArticleRef, IssueRef, NoteBody, new_annotation
from annotations.store import Store

ISSUE = IssueRef("ab" * 32, "003.txt", publication="先进材料快报", number="8", date="2024-08")

TWIN = IssueRef("cd" * 32, "004.txt")


def open_store(folder: str) -> Store:
    """Open the store of one reviewer and device under a folder, everything lazy already done."""
    import filelock  # noqa: F401
    import tinydb  # noqa: F401

    store = Store(Path(folder), "wang", "desk")
    store.annotations(ISSUE.id)
    return store


def save(store: Store, key: int, revision: int, text: str) -> None:
    """Create or replace note `key`; return only when it is safe."""
    body = NoteBody(f"{revision}\n{json.dumps(text)}")  # as it is, invisible characters too
    with _together(store, key):
        for issue in _issues(key):
            known = _known(store, key, issue)
            if known is None:
                article = ArticleRef(f"a{key}", f"条目 {key}", "项目资助", key)
                known = new_annotation(body, issue, article)
            store.put(replace(known, body=body))


def delete(store: Store, key: int) -> None:
    """Delete note `key` if it is there."""
    with _together(store, key):
        for issue in _issues(key):
            known = _known(store, key, issue)
            if known is not None:
                store.delete(known)


def load(folder: str) -> dict[int, list[object]]:
    """Return {key: [revision, text]} as a fresh process reads it."""
    store = open_store(folder)
    store.recover()
    faults = [line for line in store.problems() if "sync tool" not in line]
    if faults:
        raise ValueError(faults[0])
    if [_parts(one) for one in store.annotations(TWIN.id)] != [
        _parts(one) for one in store.annotations(ISSUE.id) if _key(one) % 2
    ]:
        raise ValueError("half a batch")
    told = {one.id for one in store.history() if one.after is not None}
    if not {one.id for one in store.everything()} <= told:
        raise ValueError("something that is not in the history")
    return {
        _key(one): [int(_parts(one)[0]), json.loads(_parts(one)[1])]
        for one in store.annotations(ISSUE.id)
    }


def close(store: Store) -> None:
    """Do nothing: a store keeps no file open."""


def _issues(key: int) -> tuple[IssueRef, ...]:
    return (ISSUE, TWIN) if key % 2 else (ISSUE,)


def _together(store: Store, key: int) -> AbstractContextManager[None]:
    return store.batch("both") if key % 2 else nullcontext()


def _known(store: Store, key: int, issue: IssueRef) -> Annotation | None:
    return next((one for one in store.annotations(issue.id) if _key(one) == key), None)


def _key(annotation: Annotation) -> int:
    assert annotation.target.article is not None
    return annotation.target.article.position


def _parts(annotation: Annotation) -> list[str]:
    assert isinstance(annotation.body, NoteBody)
    return annotation.body.text.split("\n", 1)
