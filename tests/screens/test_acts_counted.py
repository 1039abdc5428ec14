"""Acts counted in a real terminal, by keys and by mouse; all of them are there after kill -9.

`pytest -s tests/screens/test_acts_counted.py` prints the table.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from annotations.model import (
    HighlightBody,
    NoteBody,
    TagBody,
    Target,
    article_refs,
    issue_ref,
    new_annotation,
)
from annotations.spans import span_selector
from annotations.store import Store
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tests.screens.terminal import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.model import Annotation
    from bulletins.model import Article, Issue

NOTE = "核对数字"
F2 = "\x1bOQ"
SEEN = 6
"""Characters of a text by which it is found on the screen."""


@dataclass
class Desk:
    """A reader's hands at a terminal with one issue, and what they did."""

    root: Path
    path: Path
    home: Path
    issue: Issue
    terminal: Terminal = field(default_factory=lambda: Terminal(120, 40))
    table: list[str] = field(default_factory=list)
    keys: int = 0
    gestures: int = 0

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(self.issue.articles())

    def start(self) -> None:
        self.terminal.run(f"clear; {program()} {shlex.quote(str(self.path))}")
        self.terminal.wait("help", "▾", " of ")
        self.terminal.settled(0.6)

    def kill(self) -> None:
        import psutil

        (pid,) = (
            one.pid
            for one in psutil.process_iter(["cmdline"])
            if str(self.path) in (one.info["cmdline"] or ())[1:]
            and "bulletins.catalogue.reader" not in one.info["cmdline"]
        )
        os.kill(pid, signal.SIGKILL)
        self.terminal.wait("Killed")
        self.terminal.close()
        self.terminal = Terminal(120, 40)  # a killed program leaves its terminal as it was

    def kept(self, body: type) -> list[Annotation]:
        store = Store(self.home / "data" / "kuaibao", "李文", "test")
        return [one for one in store.everything() if isinstance(one.body, body)]

    def saved(self, body: type, count: int) -> None:
        self.terminal.wait(lambda _: len(self.kept(body)) == count)

    def type(self, text: str) -> None:
        """Type each character, and F2, as one key."""
        self.keys += len(text.replace(F2, "F"))
        self.terminal.type(text)

    def count(self, act: str, most: int, *, times: int = 1, text: int = 0) -> None:
        """Note what was done since the last act, for each of `times`, without `text` keys."""
        keys, gestures = (self.keys - text) / times, self.gestures / times
        self.keys = self.gestures = 0
        self.table.append(f"| {act} | {keys:.3g} | {gestures:.3g} | ≤ {most} |")
        assert 0 < keys + gestures <= most, self.table[-1]

    # The mouse, as terminals send it (SGR).

    def place(self, words: str) -> tuple[int, int] | None:
        """The cell, from 1, where words begin a row of the article, right of the list."""
        for y, row in enumerate(self.terminal.rows()):
            at = row.find(words)
            if at >= 0 and cell_len(row[:at]) in range(32, 42):
                return cell_len(row[:at]) + 1, y + 1
        return None

    def click(self, x: int, y: int, times: int = 1) -> None:
        self.gestures += 1
        self.terminal.type(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" * times)

    def click_below(self, words: str) -> None:
        """Click on words of the bottom line."""
        row = self.terminal.wait(lambda text: words in text.rstrip().rpartition("\n")[2])
        line = row.rstrip().rpartition("\n")[2]
        self.click(cell_len(line[: line.index(words)]) + 1, 40)

    def drag(self, x: int, y: int, cells: int) -> None:
        self.gestures += 1
        moves = "".join(f"\x1b[<32;{x + each};{y}M" for each in range(1, cells))
        self.terminal.type(f"\x1b[<0;{x};{y}M{moves}\x1b[<0;{x + cells - 1};{y}m")


@pytest.fixture
def desk(
    root: Path, request: pytest.FixtureRequest, tmp_path: Path, own_home: Path
) -> Iterator[Desk]:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing: the test in a real terminal is needed in CI")
        pytest.skip("tmux is not on this machine")
    folder = root / "seeds"
    if os.environ.get("CI") == "true" or (root.parent / "shared").is_dir():
        folder = Path(request.getfixturevalue("shared")) / "bulletins"
    path = tmp_path / "library" / "issue.txt"
    path.parent.mkdir()
    shutil.copy(min(folder.glob("*.txt")), path)
    config = own_home / "config" / "kuaibao" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text("reviewer: 李文\nquick_tags: {1: 值得跟进}\n", encoding="utf-8")
    made = Desk(root, path, own_home, read_issue(path, load_styles(())).issue)
    lose_a_highlight(made)
    yield made
    made.terminal.close()


def lose_a_highlight(desk: Desk) -> None:
    """Mark words in the last article that are not in it."""
    issue, article = issue_ref(desk.issue), desk.articles[-1]
    ref = article_refs(desk.issue)[-1]
    selector = replace(
        span_selector(article, 0, 0, 12), exact="甲乙丙丁戊己庚辛", prefix="子丑寅卯", suffix=""
    )
    new = new_annotation(HighlightBody("yellow"), issue, ref)
    store = Store(desk.home / "data" / "kuaibao", "李文", "test")
    store.put(replace(new, target=Target(issue, ref, selector)))


def test_every_act_is_counted_and_kept(desk: Desk) -> None:
    desk.start()
    total = len(desk.articles)
    terminal = desk.terminal

    # Tags: the first by its digit, every further one by one key, moving on included.
    for key in "1J" + "," * (total - 1):
        desk.type(key)
    desk.saved(TagBody, total)
    desk.count("an article tagged, and the next", 2, times=total)

    # Sentences: one in each of three articles.
    terminal.type("g")
    for number in range(3):
        before = len(desk.kept(HighlightBody))
        terminal.type("K" if number else "")
        terminal.settled()
        desk.type("vs2")
        desk.saved(HighlightBody, before + 1)
    desk.count("a sentence highlighted", 3, times=3)

    for key, act in (("m", "a note: key, text, key"), ("M", "a note on the issue")):
        before = len(desk.kept(NoteBody))
        desk.type(f"{key}{NOTE}{F2}")
        desk.saved(NoteBody, before + 1)
        desk.count(f"{act} (besides the text)", 2, text=len(NOTE))

    terminal.type("*")
    terminal.wait("★")
    for key, act, seen in (
        ("U", "the next unread", " of "),
        ("F", "the next flagged", "★"),
        ("O", "the next orphan", "甲乙丙丁"),
    ):
        desk.type(key)
        terminal.wait(seen)
        desk.count(act, 1)
    terminal.press("Escape")
    terminal.settled()

    with_mouse(desk)
    counts = [len(desk.kept(body)) for body in (TagBody, HighlightBody, NoteBody)]
    desk.kill()
    desk.start()
    assert [len(desk.kept(body)) for body in (TagBody, HighlightBody, NoteBody)] == counts
    text = desk.terminal.wait("★", "✎", f"{total} tagged")
    assert "值得跟进" in text
    print("", "| act | keys | gestures | most |", *desk.table, sep="\n")


def with_mouse(desk: Desk) -> None:
    """Do the same in the article that is open: a gesture, then what it takes."""
    terminal = desk.terminal
    terminal.type("F")
    terminal.settled()
    places = (
        desk.place(block.text[:SEEN])
        for article in desk.articles
        for block in article.blocks[1:]  # the first one has a highlight
    )
    x, y = next(place for place in places if place)
    for act, key, gesture in (
        ("words highlighted, dragged over", "3", lambda: desk.drag(x, y, 8)),
        ("a word highlighted, double click", "4", lambda: desk.click(x, y, 2)),
        ("a sentence highlighted, triple click", "6", lambda: desk.click(x, y, 3)),
    ):
        colours = len(desk.kept(HighlightBody))
        gesture()
        terminal.settled()
        desk.type(key)
        desk.saved(HighlightBody, colours + 1)
        terminal.settled(0.7)  # a later click is no part of these
        desk.count(act, 2)
    rows = terminal.rows()
    line = next(at for at, row in enumerate(rows) if row[:30].lstrip()[:1] in ("●", "·"))
    desk.click(8, line + 1)
    terminal.settled()
    desk.type("b")
    terminal.wait("1 put off")
    desk.count("an article opened and put off", 2)


@pytest.mark.soak
def test_a_whole_issue_is_highlighted_and_noted_and_shown_again(desk: Desk) -> None:
    desk.start()
    terminal, total = desk.terminal, len(desk.articles)
    terminal.type("1")
    desk.saved(TagBody, 1)
    for number in range(total):
        desk.type("vs2")
        desk.saved(HighlightBody, number + 2)  # there is one that is lost
        terminal.settled()
        desk.count(f"article {number + 1}: a sentence", 3)
        desk.type(f"m{NOTE}{number}号{F2}")
        desk.saved(NoteBody, number + 1)
        desk.count(f"article {number + 1}: a note", 2, text=len(f"{NOTE}{number}号"))
        terminal.type("J")
        terminal.settled()
    terminal.type("*")
    terminal.wait("★ 1")
    by_mouse_alone(desk)

    desk.kill()
    desk.start()
    terminal = desk.terminal
    terminal.wait("★ 1", "1 put off", "1 without a place", "1 tagged")
    terminal.press("Home")
    for number in range(total):
        terminal.wait(f"{NOTE}{number}号", "2 figure")
        terminal.type("J")
    assert len(desk.kept(NoteBody)) == total + 1
    print("", "| act | keys | gestures | most |", *desk.table, sep="\n")


def by_mouse_alone(desk: Desk) -> None:
    """Work on articles that are clicked on, and go on by clicks on the bottom line."""
    terminal = desk.terminal
    rows = terminal.rows()
    line = next(at for at, row in enumerate(rows) if row[:30].lstrip()[:1] in ("●", "·"))
    for key, act, seen in (
        ("b", "an article opened and put off", "1 put off"),
        ("1", "an article opened and its tag taken off", ""),
        ("1", "an article opened and tagged", "1 tagged"),
    ):
        desk.click(8, line + 1)
        terminal.settled()
        desk.type(key)
        terminal.wait(seen, gone="" if seen else "1 tagged")
        desk.count(act, 2)
    before = len(desk.kept(NoteBody))
    desk.click(8, line + 1)
    desk.type(f"m{NOTE}{F2}")
    desk.saved(NoteBody, before + 1)
    desk.count("a note on an article clicked on (besides the text)", 3, text=len(NOTE))
    for words, act, seen in (
        (" read", "the next unread, clicked on", " unread ·"),
        ("★ 1", "the next flagged, clicked on", "1 starred"),
        ("1 without a place", "the next orphan, clicked on", "甲乙丙丁"),
    ):
        desk.click_below(words)
        terminal.wait(seen)
        desk.count(act, 1)
    terminal.press("Escape")
    terminal.settled()
