"""Changing one setting from the app: the user's file keeps its comments and its other lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.config import load_config
from tui.config_update import UpdateError, update_config

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "config.yaml"


def changed(path: Path, before: str, key: str, value: str | None) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(before, encoding="utf-8", newline="")
    update_config(path, key, value)
    return path.read_bytes().decode()


def test_makes_the_file_and_its_folder(path: Path) -> None:
    update_config(path, "reviewer", "沈三")
    assert path.read_text(encoding="utf-8") == "reviewer: 沈三\n"


def test_keeps_comments_and_all_other_lines(path: Path) -> None:
    before = "# 我的设置\ntheme:   dark   # at night\n\nlibrary:\n  - ~/a  # old\nkeys: {quit: Q}\n"
    after = changed(path, before, "theme", "light")
    assert after == before.replace("dark", "light")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("theme:\nreviewer: a\n", "theme: x\nreviewer: a\n"),
        ("theme: null\n", "theme: x\n"),
        ("theme: 'a b'\n", "theme: x\n"),
        ("theme: dark", "theme: x"),
        ("{theme: dark, reviewer: a}\n", "{theme: x, reviewer: a}\n"),
        ("theme: [1, 2]\n", "theme: x\n"),
        ("reviewer: a", "reviewer: a\ntheme: x\n"),
        ("reviewer: a\r\n", "reviewer: a\r\ntheme: x\r\n"),
        ("# nothing\n", "# nothing\ntheme: x\n"),
        ("theme: a\ntheme: b\n", "theme: a\ntheme: x\n"),
    ],
)
def test_changes_only_the_value(path: Path, before: str, after: str) -> None:
    assert changed(path, before, "theme", "x") == after


def test_nothing_is_written_as_null(path: Path) -> None:
    assert changed(path, "reviewer: a\n", "reviewer", None) == "reviewer: null\n"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1, max_size=30),
    st.sampled_from(
        ["", "theme: nord\n", "reviewer: old # why\n", "# 注\nreviewer:\nlibrary: [a]\n"]
    ),
)
def test_what_was_written_is_read_again(path: Path, name: str, before: str) -> None:
    changed(path, before, "reviewer", name)
    loaded = load_config(path, ())
    assert loaded.problems == ()
    assert loaded.config.reviewer == name


@pytest.mark.parametrize(
    "before",
    [
        "theme:\n  - a\n",
        "a: [1\n",
        "a: 1\n...\n",
        "{a: 1}\n",
        "- a\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_a_file_that_only_its_owner_can_change_stays_as_it_is(path: Path, before: str) -> None:
    with pytest.raises(UpdateError, match=r"^config\.yaml"):
        changed(path, before, "theme", "x")
    assert path.read_text(encoding="utf-8") == before
    assert [entry.name for entry in path.parent.iterdir()] == ["config.yaml"]


def test_a_link_into_another_folder_stays_a_link(path: Path, tmp_path: Path) -> None:
    """Many keep their settings in a folder under version control and link to them."""
    real = tmp_path / "dotfiles.yaml"
    real.write_text("theme: a\n", encoding="utf-8")
    real.chmod(0o644)
    path.parent.mkdir()
    path.symlink_to(real)
    update_config(path, "theme", "b")
    assert path.is_symlink()
    assert real.read_text(encoding="utf-8") == "theme: b\n"
    assert real.stat().st_mode & 0o777 == 0o644


def test_a_folder_in_its_place_is_one_clear_line(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(UpdateError, match=r"^config\.yaml: this is not a file$"):
        update_config(path, "theme", "x")
