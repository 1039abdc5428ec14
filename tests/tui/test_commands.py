"""The table of commands is the only one: each works, each has keys of its own."""

from __future__ import annotations

from collections import Counter

from tui.commands import COMMANDS, GROUPS, command_names
from tui.key_names import key_name, shown_keys
from tui.screens.main import MainScreen

# Keys that tmux, screen or the terminal itself keep for themselves.
TAKEN = {"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+o", "ctrl+z", "ctrl+c"}


def test_every_command_has_its_action_on_the_screen() -> None:
    missing = [name for name in command_names() if not hasattr(MainScreen, f"action_{name}")]
    assert missing == []


def test_names_and_keys_are_unique_and_reach_us_in_a_multiplexer() -> None:
    names = Counter(entry.name for entry in COMMANDS)
    keys = Counter(key for entry in COMMANDS for key in entry.keys)
    assert [name for name, count in names.items() if count > 1] == []
    assert [key for key, count in keys.items() if count > 1] == []
    assert not TAKEN & set(keys)


def test_every_command_is_in_a_group_of_the_help() -> None:
    assert {entry.group for entry in COMMANDS} == set(GROUPS)


def test_the_screen_binds_each_command_under_its_name() -> None:
    assert [binding.id for binding in MainScreen.BINDINGS] == list(command_names())


def test_keys_are_written_for_people() -> None:
    assert [key_name(key) for key in ("slash", "ctrl+d", "shift+tab", "f1", "J")] == [
        "/", "^d", "Shift+Tab", "F1", "J",
    ]  # fmt: skip
    assert shown_keys({}, "next_article") == "J ]"
    assert shown_keys({"next_article": ("n",)}, "next_article") == "n"
