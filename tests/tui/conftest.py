"""A bulletin for the commands, which anyone may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """ 海洋快报

2024 年第 3 期

港口试用拖船

三月中旬，一家港口公司开始试用两艘以氢为燃料的拖船，为期一年。

船坞扩建完工

五月，位于北方的船坞完成扩建，可以停靠更大的船只，并新建两条装配线。
"""


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "ocean.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path
