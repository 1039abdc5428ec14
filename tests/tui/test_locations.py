"""Where things are: the platform's folders, and what the program brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import locations

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_environment_says_where(own_home: Path) -> None:
    assert locations.config_file() == own_home / "config" / "kuaibao" / "config.yaml"
    assert locations.data_folder() == own_home / "data" / "kuaibao"
    assert locations.state_folder() == own_home / "state" / "kuaibao"
    assert locations.cache_folder() == own_home / "cache" / "kuaibao"
    assert locations.logs_folder().parent == locations.state_folder()


def test_asking_creates_nothing(own_home: Path) -> None:
    for ask in (
        locations.config_file,
        locations.styles_folder,
        locations.gazetteers_folder,
        locations.data_folder,
        locations.logs_folder,
        locations.cache_folder,
    ):
        ask()
    assert not own_home.exists()


def test_made_is_for_the_users_eyes_only(tmp_path: Path) -> None:
    folder = locations.made(tmp_path / "a" / "b")
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0
    assert locations.made(folder) == folder


def test_a_checkout_has_the_originals_at_its_top(root: Path) -> None:
    assert locations.bundled("config.yaml") == root / "config.yaml"
    assert any(locations.bundled("seeds").glob("*.txt"))


def test_an_installation_has_them_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    monkeypatch.setattr(locations, "_INSTALLED", tmp_path)
    assert locations.bundled("seeds") == tmp_path / "seeds"
