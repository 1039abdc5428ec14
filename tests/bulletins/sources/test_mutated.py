"""Broken, hostile and bomb-like files: refused or read, in a child that may touch nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.mutation.mutants import FORMATS, bombs
from tests.mutation.trying import tried, written

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and limits")

_QUICK = ("bomb", "outside", "zeros", "nested", "climbing", "loop", "parts")


def test_a_few_broken_files_of_each_format(tmp_path: Path) -> None:
    paths = [path for form in FORMATS for path in written(tmp_path, form, 12, seed=7)]
    assert tried(paths, seconds=60) == []


def test_files_that_grow_or_point_elsewhere(tmp_path: Path) -> None:
    paths = []
    for name, data in bombs():
        if name.startswith(_QUICK):
            paths.append(tmp_path / name)
            paths[-1].write_bytes(data)
    assert len(paths) >= 10
    assert tried(paths, seconds=60) == []


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMATS)
def test_two_thousand_broken_files(tmp_path: Path, form: str) -> None:
    assert tried(written(tmp_path, form, 2_000), seconds=60) == []


@pytest.mark.soak
def test_all_bombs(tmp_path: Path) -> None:
    paths = []
    for name, data in bombs():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    assert tried(paths, seconds=60) == []
