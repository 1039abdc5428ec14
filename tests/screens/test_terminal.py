"""The whole way in a real terminal: open, go to an article, annotate, quit, start again, export."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bulletins.parsing import parse
from bulletins.sources import read_pages
from bulletins.styles import load_styles
from tests.screens.terminal import PROMPT, Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bulletins.model import Article

REVIEWER = "李文"
TAG = "量子计算"
NOTE = ("先核对金额，再问作者。", "第二行：参见上一期。")
LETTERS = 6
"""So much of a title or of a text is looked for: more might be cut or broken."""


@pytest.fixture(scope="module", autouse=True)
def _tmux() -> None:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing: the test in a real terminal is needed in CI")
        pytest.skip("tmux is not on this machine")


@pytest.fixture
def library(root: Path, request: pytest.FixtureRequest) -> Path:
    """The real bulletins; the samples on a machine that has none."""
    if os.environ.get("CI") == "true" or (root.parent / "shared").is_dir():
        return Path(request.getfixturevalue("shared")) / "bulletins"
    return root / "seeds"


@pytest.fixture
def terminals() -> Iterator[Callable[..., Terminal]]:
    """Makes terminals, and ends them."""
    made: list[Terminal] = []

    def make(columns: int = 120, rows: int = 40) -> Terminal:
        made.append(Terminal(columns, rows))
        return made[-1]

    yield make
    for terminal in made:
        terminal.close()


def an_article(library: Path) -> Article:
    """An article in the middle of an issue whose title's beginning is like no other's."""
    styles = load_styles(())
    articles = [
        article
        for path in sorted(library.glob("*.txt"))
        for article in parse(read_pages(path), styles).issue.articles()
    ]
    for article in articles[2:]:
        beginning = article.title[:LETTERS]
        others = (a for a in articles if a is not article)
        text = article.blocks[0].text if article.blocks else ""
        if (
            "".join(beginning.split()) == beginning
            and len(text) > 5 * LETTERS
            and not any(beginning in other.title for other in others)
        ):
            return article
    raise AssertionError("no title is like no other")


def start(terminal: Terminal, library: Path) -> None:
    terminal.run(f"{program()} {shlex.quote(str(library))}")


def go_to(terminal: Terminal, article: Article) -> None:
    """Filter the list by the title's beginning, and open what is left."""
    terminal.press("f")
    terminal.wait("#tag")
    terminal.type(article.title[:LETTERS])
    terminal.wait(article.title[:LETTERS], gone="#tag")
    terminal.press("Enter")
    # In the field, and in the list once its issue has been read.
    terminal.wait(lambda text: text.count(article.title[:LETTERS]) > 1)
    terminal.settled()
    terminal.press("G", "Enter")
    shows(terminal, article)


def shows(terminal: Terminal, article: Article) -> str:
    """Wait until the article's text is on the screen."""
    return terminal.wait(article.title[:LETTERS], article.blocks[0].text[:LETTERS])


def quit_app(terminal: Terminal) -> str:
    terminal.press("q")
    return terminal.wait(lambda text: text.rstrip().endswith(PROMPT.strip()))


def exported(terminal: Terminal, path: Path) -> dict[str, Any]:
    terminal.run(f"clear; {program()} export -o {shlex.quote(str(path))}")
    terminal.wait(str(path.name), lambda text: text.rstrip().endswith(PROMPT.strip()))
    terminal.settled()
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def test_what_was_typed_is_there_again_and_in_the_export(
    library: Path, terminals: Callable[..., Terminal], tmp_path: Path
) -> None:
    article = an_article(library)
    terminal = terminals()
    start(terminal, library)
    terminal.wait("help", "▾")  # an issue is listed
    go_to(terminal, article)

    terminal.press("t")
    terminal.wait("Your name")  # asked once
    terminal.type(REVIEWER)
    terminal.press("Enter")
    terminal.wait("Tab: complete")
    terminal.type(TAG)
    terminal.wait(TAG)
    terminal.press("Enter")
    terminal.wait(f"+{TAG}", "saved")

    terminal.press("m")
    terminal.wait("F2")
    terminal.type(NOTE[0])
    terminal.press("Enter")
    terminal.type(NOTE[1])
    terminal.wait(*NOTE)
    terminal.press("F2")
    terminal.wait(NOTE[0], "saved", gone="F2")
    terminal.type("*")
    terminal.wait("★", "saved")
    quit_app(terminal)

    terminal.run("clear")
    start(terminal, library)
    shows(terminal, article)
    terminal.wait(TAG, NOTE[0], "★", gone="Your name")
    quit_app(terminal)

    data = exported(terminal, tmp_path / "out.yaml")
    assert data["reviewer"] == REVIEWER
    (issue,) = data["issues"]
    assert (library / issue["file"]).is_file()
    (found,) = issue["articles"]
    assert found["title"] == article.title
    assert found["page"] == article.page
    assert tuple(found.get("sources", ())) == article.sources
    assert found["tags"] == [TAG]
    assert found["starred"] is True
    assert [note["text"] for note in found["notes"]] == ["\n".join(NOTE)]


def test_a_small_terminal_searches_backs_out_and_is_left_as_it_was(
    library: Path, terminals: Callable[..., Terminal]
) -> None:
    article = an_article(library)
    terminal = terminals(80, 24)
    before = terminal.flags()
    terminal.run("stty -a")
    terminal.wait("speed")
    settings = terminal.settled().partition("speed")[2].split()
    terminal.run("clear")

    start(terminal, library)
    terminal.wait("help", "▾")
    go_to(terminal, article)  # one pane at a time: the list is gone
    assert terminal.flags() != before

    word = article.blocks[0].text[2:5]
    terminal.press("/")
    terminal.wait("Search in the article")
    terminal.type(word)
    terminal.wait("hit 1 of", word)
    terminal.press("Enter")
    terminal.wait("hit 1 of")
    terminal.press("Escape")
    terminal.wait(gone="hit 1 of")
    shows(terminal, article)
    terminal.press("Escape")
    terminal.wait("▾", article.title[:LETTERS], gone=article.blocks[0].text[:LETTERS])

    # Wider, all panes are there; small again, the list stands as before.
    small = terminal.settled()
    terminal.resize(200, 60)
    shows(terminal, article)
    wide = terminal.settled()
    assert len(wide.splitlines()) == 60
    assert "help" in wide.splitlines()[-1]
    terminal.resize(80, 24)
    terminal.wait("▾", gone=article.blocks[0].text[:LETTERS])
    assert terminal.settled() == small

    quit_app(terminal)
    assert terminal.flags() == before
    terminal.run("clear; stty -a")
    terminal.wait("speed", lambda text: text.rstrip().endswith(PROMPT.strip()))
    assert terminal.settled().partition("speed")[2].split() == settings


class Counted:
    """A terminal's keys, counted."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0

    def __call__(self, *keys: str) -> None:
        self.keys += len(keys)
        for key in keys:
            self.terminal.press(key)


def test_sentences_are_highlighted_with_three_keys_each(
    library: Path, terminals: Callable[..., Terminal], tmp_path: Path
) -> None:
    article = an_article(library)
    terminal = terminals(140, 40)
    start(terminal, library)
    terminal.wait("help", "▾")
    go_to(terminal, article)
    press = Counted(terminal)

    press("v", "s", "1")
    terminal.wait("Your name")  # asked once
    terminal.type(REVIEWER)
    terminal.press("Enter")
    terminal.wait("1 key", "saved")

    press("v", ")", "2")
    terminal.wait("2 figure", "saved")
    press("v", ")", "Enter")
    terminal.wait(lambda text: text.count("2 figure") > 1)
    assert press.keys == 3 * 3

    press("v", "s")
    press.keys = 0
    press("m")
    terminal.wait("F2")
    terminal.type(NOTE[0])
    terminal.wait(NOTE[0])
    press("F2")
    terminal.wait(NOTE[0], "saved", gone="F2")
    assert press.keys == 2
    terminal.settled()
    quit_app(terminal)

    terminal.run("clear")
    start(terminal, library)
    shows(terminal, article)
    terminal.wait("1 key", "2 figure", NOTE[0])
    quit_app(terminal)

    (issue,) = exported(terminal, tmp_path / "out.yaml")["issues"]
    (found,) = issue["articles"]
    colours = [one["colour"] for one in found["highlights"]]
    assert sorted(colours)[-1] == "yellow" and colours.count("green") >= 2
    texts = [article.title, *(block.text for block in article.blocks)]
    for one in found["highlights"]:
        assert any(one["quote"] in text for text in texts)
