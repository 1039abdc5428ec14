"""Killed at any system call of a batch, an undo or a recovery: all of it is there, or nothing."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from annotations import batch, durable, journal
from annotations.model import Annotation, ArticleRef, IssueRef, NoteBody, Target
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

ISSUES = tuple(IssueRef(f"{n}a" * 32, f"{n}.txt") for n in (1, 2, 3))
ARTICLE = ArticleRef("a1", "条目", position=1)
CALLS = ("write", "fsync", "open", "ftruncate", "utime", "fchmod")


def open_store(root: Path) -> Store:
    return Store(root, "王丽", "desk")


def notes(store: Store, issue: IssueRef) -> list[str]:
    found = [one.body for one in store.annotations(issue.id)]
    return [body.text for body in found if isinstance(body, NoteBody)]


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.rglob("desk/*.json")}


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Do `act` in a child that dies before its `number`th file-changing call; False if it ended."""
    child = os.fork()
    if child == 0:
        count = 0

        def deadly(real: Any) -> Any:
            def call(*arguments: Any, **options: Any) -> Any:
                nonlocal count
                count += 1
                if count == number:
                    os._exit(9)
                return real(*arguments, **options)

            return call

        for module in (durable, journal):
            copy = type(os)("os")
            copy.__dict__.update(os.__dict__)
            for name in CALLS:
                setattr(copy, name, deadly(getattr(os, name)))
            copy.supports_fd = {copy.utime}  # type: ignore[attr-defined]
            module.os = copy  # type: ignore[attr-defined]
        for name in ("replace", "unlink"):
            setattr(Path, name, deadly(getattr(Path, name)))
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def make(root: Path) -> None:
    store = open_store(root)
    with store.batch("import"):
        for issue in ISSUES:
            store.note(issue, ARTICLE, "后")
            store.tag(issue, ARTICLE, "氢能")


def begin(root: Path) -> None:
    store = open_store(root)
    for issue in ISSUES[:2]:
        store.note(issue, ARTICLE, "前")


ACTS: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "batch": (begin, make),
    "first": (lambda root: None, make),
    "undo": (lambda root: (begin(root), make(root)), lambda root: open_store(root).undo()),
    "redo": (
        lambda root: (begin(root), make(root), open_store(root).undo()),
        lambda root: open_store(root).redo(),
    ),
    "undo first": (make, lambda root: open_store(root).undo()),
}


@pytest.mark.parametrize("name", ACTS)
def test_killed_at_every_call_of_an_operation_it_is_whole_or_not_there(
    tmp_path: Path, name: str
) -> None:
    prepare, act = ACTS[name]
    for number in range(1, 200):
        root = tmp_path / f"{number}"
        prepare(root)
        before = files(root)
        killed = killed_at(number, lambda root=root: act(root))  # type: ignore[misc]
        # The recovery dies as well, a little later each time.
        killed_at(number % 7 + 1, lambda root=root: open_store(root).recover())  # type: ignore[misc]
        store = open_store(root)
        store.recover()
        now = files(root)
        there = [notes(store, issue) for issue in ISSUES]
        assert len({"后" in texts for texts in there}) == 1
        assert all("前" in texts for texts in there[:2]) or not before or "first" in name
        assert len(store.tags()) == ("后" in there[0])
        assert store.problems() == ()
        if now == before:
            assert killed
        assert not [path for path in root.rglob("*.tmp") if path.parent.name == "desk"] or killed
        again = store.note(ISSUES[0], None, "后来")
        assert again in open_store(root).annotations(ISSUES[0].id)
        assert store.undo()
        assert files(root) == now
        if not killed:
            return
    raise AssertionError("the operation never ended")


SINGLE: dict[str, Callable[[Store, Annotation], object]] = {
    "note": lambda store, _: store.note(ISSUES[0], ARTICLE, "后"),
    "edit": lambda store, note: store.edit_note(note, "改"),
    "delete": lambda store, note: store.delete(note),
    "tag": lambda store, _: store.tag(ISSUES[0], ARTICLE, "氢能"),
    "untag": lambda store, _: store.untag(ISSUES[0], ARTICLE, "AI"),
    "rename": lambda store, _: store.rename_tag("AI", "人工智能"),
    "attach": lambda store, note: store.put(
        replace(note, target=Target(ISSUES[0], replace(ARTICLE, id="a2")))
    ),
}


def whole_state(root: Path) -> object:
    store = open_store(root)
    store.recover()
    assert store.problems() == ()
    tags = {tag.name for tag in store.tags()}
    kept = sorted(
        (one.kind, getattr(one.body, "text", getattr(one.body, "name", "")), one.target.article)
        for one in store.everything()
    )
    return kept, tags


@pytest.mark.parametrize(("name", "ahead"), [*((name, 64) for name in SINGLE), ("tag", 0)])
def test_killed_at_every_call_of_one_save_it_is_whole_or_not_there(
    tmp_path: Path, name: str, ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_AHEAD", ahead)

    def prepare(root: Path) -> Annotation:
        store = open_store(root)
        store.tag(ISSUES[0], ARTICLE, "AI")
        return store.note(ISSUES[0], ARTICLE, "前")

    note = prepare(tmp_path / "before")
    states = [whole_state(tmp_path / "before")]
    SINGLE[name](open_store(tmp_path / "before"), note)
    states.append(whole_state(tmp_path / "before"))
    assert [kind for kind, *_ in states[0][0]] == ["note", "tag"]  # type: ignore[index]
    for number in range(1, 100):
        root = tmp_path / f"{number}"
        note = prepare(root)
        killed = killed_at(
            number, lambda root=root, note=note: SINGLE[name](open_store(root), note)
        )  # type: ignore[misc]
        assert whole_state(root) in (states if killed else states[1:])
        open_store(root).note(ISSUES[1], None, "后来")
        assert open_store(root).undo()
        assert not list(root.rglob("*.tmp"))
        if not killed:
            assert number > 8
            return
    raise AssertionError("the save never ended")


def save_for_ever(root: Path, acknowledge: int, seed: int) -> None:
    choose = random.Random(seed)
    store = open_store(root)
    for number in range(10_000):
        if choose.random() < 0.3 and store.undo():
            text = "undo"
        else:
            text = f"{seed}.{number}"
            with store.batch("import"):
                for issue in ISSUES:
                    store.note(issue, ARTICLE, text)
        os.write(acknowledge, f"{text}\n".encode())


def killed_rounds(root: Path, rounds: int) -> None:
    choose = random.Random(rounds)
    stack: list[str] = []
    for number in range(rounds):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                save_for_ever(root, writing, number)
            finally:
                os._exit(1)
        os.close(writing)
        assert select.select([reading], [], [], 30)[0]
        time.sleep(choose.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            for line in pipe.read().split("\n")[:-1]:
                if line == "undo":
                    stack.pop()
                else:
                    stack.append(line)
        store = open_store(root)
        store.recover()
        assert store.problems() == ()
        one, two, three = (notes(store, issue) for issue in ISSUES)
        assert one == two == three
        # The act that was under way may be there as well.
        assert stack in (one, one[:-1]) or stack[:-1] == one
        stack = one


def test_kill_9_leaves_no_half_batch(tmp_path: Path) -> None:
    killed_rounds(tmp_path, 25)


@pytest.mark.soak
def test_hundreds_of_kills_leave_no_half_batch(tmp_path: Path) -> None:
    for number in range(20):
        killed_rounds(tmp_path / f"{number}", 25)


def test_an_edit_after_a_kill_takes_a_revision_of_its_own(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note = store.note(ISSUES[0], None, "一")
    store.put(replace(note, body=NoteBody("二")))
    for number in range(1, 30):
        if not killed_at(number, lambda: open_store(tmp_path).undo()):
            break
    # A killed undo may be whole: then the next one undid the note itself, or found nothing.
    left = open_store(tmp_path)
    left.recover()
    for one in left.annotations(ISSUES[0].id):
        assert left.put(replace(one, body=NoteBody("三"))).revision == 3
