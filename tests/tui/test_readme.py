"""The tour in the README names keys that there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.commands import COMMANDS
from tui.key_names import key_name
from tui.selecting.keys import SELECTION_KEYS

if TYPE_CHECKING:
    from pathlib import Path

OF_DIALOGS = {"F2", "Enter", "1", "ctrl+r"}


def test_every_key_of_the_tour_is_one(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    tour = text[text.index("## A tour of annotating") : text.index("## Two minutes")]
    rows = re.findall(r"(?m)^\| (`.+?) \|", tour)
    named = [key for row in rows for key in re.findall(r"`(.+?)`", row)]
    known = {key_name(key) for entry in (*COMMANDS, *SELECTION_KEYS) for key in entry.keys}
    assert len(rows) > 10 and set(named) <= known | OF_DIALOGS
