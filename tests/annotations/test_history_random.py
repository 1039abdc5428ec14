"""Any operations in any order, undone and redone one by one: every file byte by byte as before."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from annotations.model import (
    Annotation,
    ArticleRef,
    ChangedError,
    HighlightBody,
    IssueRef,
    LinkBody,
    MentionBody,
    NoteBody,
    Selector,
    Target,
    new_annotation,
)
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

ISSUES = tuple(IssueRef(f"{n}f" * 32, f"{n}.txt", publication="快报") for n in (1, 2, 3))
ARTICLES = tuple(ArticleRef(f"a{n}", f"标题 {n}", position=n, lead="甲乙丙") for n in range(3))
NAMES = ("氢能", "AI", "ai", "芯片", "Ａi", "材料")
SPAN = Selector(1, 3, "乙丙", block=0, prefix="甲", suffix="丁")

any_issue = st.sampled_from(ISSUES)
any_article = st.sampled_from(ARTICLES)
any_name = st.sampled_from(NAMES)


def files(root: Path, device: str) -> dict[str, bytes]:
    """The bytes of every data file of a device."""
    folder = root / "annotations" / "王丽" / device
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


class Histories(RuleBasedStateMachine):
    """One device, in which each operation remembers the bytes before and after it."""

    pieces = 1 << 20

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.store = Store(self.root, "王丽", "desk")
        self.states = [files(self.root, "desk")]
        self.at = 0
        self.revisions: dict[tuple[str, int], object] = {}
        self.patch = patch("annotations.journal.PIECE", self.pieces)
        self.patch.start()

    def did(self, act: Callable[[], object]) -> None:
        before = self.states[self.at]
        act()
        after = files(self.root, "desk")
        if after != before:
            del self.states[self.at + 1 :]
            self.states.append(after)
            self.at += 1

    def live(self) -> list[Annotation]:
        return list(self.store.everything())

    @rule(issue=any_issue, article=any_article, name=any_name)
    def tag(self, issue: IssueRef, article: ArticleRef, name: str) -> None:
        self.did(lambda: self.store.toggle_tag(issue, article, name))

    @rule(issue=any_issue, article=st.none() | any_article, text=st.sampled_from("甲\n乙丙\u2028"))
    def note(self, issue: IssueRef, article: ArticleRef | None, text: str) -> None:
        self.did(lambda: self.store.note(issue, article, f"x{text}"))

    @rule(issue=any_issue, article=any_article)
    def star(self, issue: IssueRef, article: ArticleRef) -> None:
        self.did(lambda: self.store.toggle_star(issue, article))

    @rule(issue=any_issue, article=any_article)
    def status(self, issue: IssueRef, article: ArticleRef) -> None:
        self.did(lambda: self.store.toggle_status(issue, article, "reviewed", "later"))

    @rule(issue=any_issue, value=st.sampled_from(["", "八月号", "9 月"]))
    def correct(self, issue: IssueRef, value: str) -> None:
        self.did(lambda: self.store.correct_issue(issue, "title", value))

    @rule(issue=any_issue, article=any_article, value=st.sampled_from(["", "2024年8月", "2025"]))
    def correct_article(self, issue: IssueRef, article: ArticleRef, value: str) -> None:
        self.did(lambda: self.store.correct_article(issue, article, "date", value))

    @rule(issue=any_issue, article=any_article, scope=st.sampled_from(["library", "here"]))
    def judge(self, issue: IssueRef, article: ArticleRef, scope: str) -> None:
        body = MentionBody("reject", "place", "乙丙", scope)  # type: ignore[arg-type]
        self.did(lambda: self.store.correct_mention(issue, article, SPAN, body))

    @rule(issue=any_issue, article=any_article, link=st.booleans())
    def highlight(self, issue: IssueRef, article: ArticleRef, link: bool) -> None:
        body = LinkBody("follows_up", issue, article) if link else HighlightBody("yellow")
        new = new_annotation(body, issue, article)
        span = None if link else SPAN
        self.did(lambda: self.store.put(self.placed(new, Target(issue, article, span))))

    @staticmethod
    def placed(one: Annotation, target: Target) -> Annotation:
        from dataclasses import replace

        return replace(one, target=target)

    @rule(pick=st.integers(0, 99))
    def delete(self, pick: int) -> None:
        if live := self.live():
            self.did(lambda: self.store.delete(live[pick % len(live)]))

    @rule(pick=st.integers(0, 99), text=st.sampled_from(["新", "更新"]))
    def edit(self, pick: int, text: str) -> None:
        if notes := [one for one in self.live() if isinstance(one.body, NoteBody)]:
            self.did(lambda: self.store.edit_note(notes[pick % len(notes)], text))

    @rule(name=any_name, act=st.sampled_from("rcpkd"), other=any_name)
    def tags(self, name: str, act: str, other: str) -> None:
        names = [tag.name for tag in self.store.tags()]
        if not names:
            return
        mine, goal = names[len(name) % len(names)], names[-1]
        acts: dict[str, Callable[[], object]] = {
            "r": lambda: self.store.rename_tag(mine, f"{other} {len(names)}"),
            "c": lambda: self.store.recolour_tag(mine, other),
            "p": lambda: self.store.nest_tag(mine, None),
            "k": lambda: self.store.set_tag_key(mine, "9"),
            "d": lambda: self.store.delete_tag(mine),
        }
        if act == "r" and f"{other} {len(names)}" in names:
            return
        if act == "p" and mine != goal:
            self.did(lambda: self.store.merge_tags(mine, goal))
        else:
            self.did(acts[act])

    @rule(fails=st.booleans())
    def batch(self, fails: bool) -> None:
        def act() -> None:
            with self.store.batch("import"):
                for issue in ISSUES:
                    note = self.store.note(issue, ARTICLES[0], "一批")
                    self.store.tag(issue, ARTICLES[1], "批")
                    self.store.edit_note(note, "一批，改过")
                if fails:
                    raise KeyError

        try:
            self.did(act)
        except KeyError:
            assert files(self.root, "desk") == self.states[self.at]

    @rule()
    def opened(self) -> None:
        if self.store.undoable() is None:
            return
        before = self.store.undoable()
        with self.store.batch("opened"):
            pass
        assert self.store.undoable() == before

    @precondition(lambda self: self.at)
    @rule(times=st.integers(1, 6))
    def undo(self, times: int) -> None:
        for _ in range(min(times, self.at)):
            assert self.store.undoable()
            assert self.store.undo()
            self.at -= 1
            assert files(self.root, "desk") == self.states[self.at]

    @precondition(lambda self: self.at + 1 < len(self.states))
    @rule(times=st.integers(1, 6))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.states) - 1 - self.at)):
            assert self.store.redo()
            self.at += 1
            assert files(self.root, "desk") == self.states[self.at]

    @rule()
    def restart(self) -> None:
        self.store = Store(self.root, "王丽", "desk")

    @invariant()
    def what_is_read_is_what_is_there(self) -> None:
        fresh = Store(self.root, "王丽", "desk")
        assert list(fresh.everything()) == self.live()
        assert fresh.tags() == self.store.tags()
        assert fresh.problems() == ()
        for one in self.live():
            # A revision stands for one content only, also after an undo.
            said = self.revisions.setdefault((one.id, one.revision), (one.body, one.modified))
            assert said == (one.body, one.modified)

    def teardown(self) -> None:
        while self.at:
            self.undo(1)
        assert self.store.undo() is None
        assert list(self.root.rglob("*.json")) == []
        assert self.store.annotations(ISSUES[0].id) == ()
        while self.at + 1 < len(self.states):
            self.redo(1)
        assert self.store.redo() is None
        self.patch.stop()
        shutil.rmtree(self.root)


class SmallPieces(Histories):
    """The same where the history has hundreds of pieces."""

    pieces = 1500


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestSmallPieces = SmallPieces.TestCase
TestSmallPieces.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)


class TwoDevices(RuleBasedStateMachine):
    """Two devices in one folder, each undoing its own: what the other wrote is never lost."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.stores = [Store(self.root, "王丽", name) for name in ("desk", "laptop")]
        self.count = 0

    def other(self, device: int) -> dict[str, bytes]:
        return files(self.root, ("laptop", "desk")[device])

    @rule(device=st.integers(0, 1), article=any_article)
    def write(self, device: int, article: ArticleRef) -> None:
        self.count += 1
        self.stores[device].note(ISSUES[0], article, f"文 {self.count}")

    @rule(device=st.integers(0, 1), pick=st.integers(0, 50))
    def edit(self, device: int, pick: int) -> None:
        store = self.stores[device]
        notes = [one for one in store.annotations(ISSUES[0].id) if isinstance(one.body, NoteBody)]
        if notes:
            self.count += 1
            store.edit_note(notes[pick % len(notes)], f"文 {self.count}")

    @rule(device=st.integers(0, 1), article=any_article, name=any_name)
    def mark(self, device: int, article: ArticleRef, name: str) -> None:
        self.stores[device].toggle_tag(ISSUES[0], article, name)
        self.stores[device].toggle_star(ISSUES[0], article)

    @rule(device=st.integers(0, 1), name=any_name)
    def rename(self, device: int, name: str) -> None:
        store = self.stores[device]
        if any(tag.name == "氢能" for tag in store.tags()):
            self.count += 1
            store.rename_tag("氢能", f"氢 {self.count}")

    @rule(device=st.integers(0, 1), back=st.booleans())
    def go(self, device: int, back: bool) -> None:
        store, theirs = self.stores[device], self.other(device)
        newest = {
            one.body
            for one in store.annotations(ISSUES[0].id)
            if one.device != store.device and isinstance(one.body, NoteBody)
        }
        with suppress(ChangedError):
            _ = store.undo() if back else store.redo()
        assert self.other(device) == theirs
        now = {one.body for one in store.annotations(ISSUES[0].id)}
        # Redoing an edit of what the other wrote replaces it, as the edit did.
        assert newest <= now or not back

    @rule(device=st.integers(0, 1))
    def restart(self, device: int) -> None:
        old = self.stores[device]
        self.stores[device] = Store(old.root, old.reviewer, old.device)

    @invariant()
    def both_see_the_same(self) -> None:
        one, two = (store.annotations(ISSUES[0].id) for store in self.stores)
        assert one == two
        assert all(store.problems() == () for store in self.stores)

    def teardown(self) -> None:
        shutil.rmtree(self.root)


TestTwoDevices = TwoDevices.TestCase
TestTwoDevices.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
