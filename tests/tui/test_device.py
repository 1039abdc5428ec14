"""The device's name stays the same, whatever happened while it was first written."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tui.device import device_name

if TYPE_CHECKING:
    from pathlib import Path


def test_is_made_once(tmp_path: Path) -> None:
    name = device_name(tmp_path / "state")
    assert name
    assert device_name(tmp_path / "state") == name
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["device"]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_without_a_name_is_mended(tmp_path: Path, content: bytes) -> None:
    """A crash between opening and writing would give another device at each start."""
    (tmp_path / "device").write_bytes(content)
    name = device_name(tmp_path)
    assert device_name(tmp_path) == name
    assert (tmp_path / "device").read_text(encoding="utf-8").strip() == name


def test_starts_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: device_name(tmp_path / "state"), range(16)))
    assert names == {device_name(tmp_path / "state")}


def test_a_file_system_without_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "refused")

    monkeypatch.setattr(os, "link", refuse)
    assert device_name(tmp_path) == device_name(tmp_path)


def test_where_nothing_can_be_kept_the_host_has_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert device_name(tmp_path / "file") == device_name(tmp_path / "file")
