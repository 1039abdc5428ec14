"""Commands read bulletins by what the configured reviewer said of their lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.boundaries import boundary_body
from annotations.model import issue_ref
from annotations.store import Store
from bulletins.boundary import boundary_at
from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tui.at_hand import AtHand
from tui.commands import command_names
from tui.config import load_config

if TYPE_CHECKING:
    from pathlib import Path


def test_a_corrected_split_holds_for_commands(tmp_path: Path, root: Path) -> None:
    path = root / "tests" / "data" / "publications" / "monitor" / "monitor.txt"
    parsed = read_issue(path, load_styles([]))
    printed, title = parsed.issue, parsed.issue.articles()[1].title
    lines = [one.text for one in parsed.trace]  # the contents list the same titles
    said = boundary_body(boundary_at(lines, parsed.owners.index(1), "join"))
    config = replace(load_config(None, command_names()).config, data=tmp_path, reviewer="王芳")
    Store(tmp_path, "王芳", "desk").set_boundaries(issue_ref(printed), [said])
    read = AtHand(config, [str(path)]).issue(issue_ref(printed))
    assert read is not None
    assert title not in [one.title for one in read.articles()]
    assert len(read.articles()) == len(printed.articles()) - 1
    other = AtHand(replace(config, reviewer="李雷"), [str(path)]).issue(issue_ref(printed))
    assert other == printed
