"""Keys counted in a real terminal, over a whole issue: what an act costs, and that it is kept."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.screens.terminal import PROMPT, Terminal, program

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _tmux() -> None:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing: the test in a real terminal is needed in CI")
        pytest.skip("tmux is not on this machine")


@pytest.fixture
def issue(root: Path, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """One real issue in a folder of its own; a sample on a machine that has none."""
    folder = root / "seeds"
    if os.environ.get("CI") == "true" or (root.parent / "shared").is_dir():
        folder = Path(request.getfixturevalue("shared")) / "bulletins"
    library = tmp_path / "library"
    library.mkdir()
    shutil.copy(min(folder.glob("*.txt")), library / "issue.txt")
    return library


class Counting:
    """A terminal that counts the keys that go to the program."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.keys = 0

    def type(self, keys: str) -> None:
        """Type each character as one key."""
        self.keys += len(keys)
        self.terminal.type(keys)


@pytest.fixture
def hands() -> Iterator[Counting]:
    terminal = Terminal(120, 40)
    yield Counting(terminal)
    terminal.close()


def exported(terminal: Terminal, settings: Path, path: Path) -> list[dict[str, Any]]:
    command = shlex.join(["export", "--config", str(settings), "-o", str(path)])
    terminal.run(f"clear; {program()} {command}")
    terminal.wait(str(path.name), lambda text: text.rstrip().endswith(PROMPT.strip()))
    terminal.settled()
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [article for one in data["issues"] for article in one["articles"]]


def test_an_issue_is_tagged_starred_and_queued_at_one_key_an_article(
    issue: Path, hands: Counting, tmp_path: Path
) -> None:
    settings = tmp_path / "config.yaml"
    settings.write_text("reviewer: 李文\nquick_tags: {1: 值得跟进}\n", encoding="utf-8")
    terminal = hands.terminal
    terminal.run(f"{program()} --config {shlex.quote(str(settings))} {shlex.quote(str(issue))}")
    text = terminal.wait("help", "▾", " of ")
    total = int(text.rpartition(" of ")[2].split()[0])
    assert total > 5

    # A quick tag and the next article; then the same again and the next: the whole issue.
    hands.type("1J")
    terminal.wait("+值得跟进")
    hands.type("," * (total - 1))
    terminal.wait(f"{total} tagged", "saved")
    assert hands.keys <= 2 * total
    assert hands.keys == total + 1

    # With tag and move on, one key an article for any of the tags.
    hands.keys = 0
    hands.type("g;。；")  # and with an input method on
    terminal.settled()
    terminal.wait(gone="tag and move on")

    # The next star and the next unread: one key each, from wherever the reader is.
    hands.type("*")
    terminal.wait("★")
    hands.type("U")
    hands.keys = 0
    hands.type("F")
    terminal.wait("1 starred")
    assert hands.keys == 1
    hands.keys = 0
    hands.type("U")
    terminal.wait(lambda text: " unread ·" in text)
    assert hands.keys == 1

    # Several at once: marked by one key each, then one for all of them.
    hands.type("VVVb")
    terminal.wait("3 put off", "3 marked", "saved")
    hands.type("u")
    terminal.wait(gone="3 put off")
    hands.type("\x12")  # ctrl+r
    terminal.wait("3 put off")
    terminal.press("Escape")
    terminal.wait(gone="3 marked")
    terminal.press("q")
    terminal.wait(lambda text: text.rstrip().endswith(PROMPT.strip()))

    found = exported(terminal, settings, tmp_path / "out.yaml")
    assert [one["tags"] for one in found] == [["值得跟进"]] * total
    assert sum(one.get("status") == "later" for one in found) == 3
    assert sum(bool(one.get("starred")) for one in found) == 1
