"""What every test may use: the real bulletins where they exist, and a home of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real bulletins beside the checkout; never in the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is missing: the real bulletins are needed in CI")
        pytest.skip("the real bulletins are not on this machine")
    return folder


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the real configuration, data, state and cache folders."""
    home = tmp_path / "home"
    for name in ("config", "data", "state", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / name))
    monkeypatch.setenv("HOME", str(home))
    for name in [name for name in os.environ if name.startswith("KUAIBAO_")]:
        monkeypatch.delenv(name)
    return home


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores: tests wait for screens more than they compute."""
    return max(2, (os.cpu_count() or 2) * 3 // 2)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the pictures of the screens be drawn anew."""
    parser.addoption("--draw-screens", action="store_true", help="write tests/data/screens anew")
