"""An issue and its articles, and stores of two devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.model import ArticleRef, IssueRef
from annotations.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def issue() -> IssueRef:
    return IssueRef(
        "ab" * 32, "轻材料-08.txt", publication="轻材料快报", number="8", date="2024-08"
    )


@pytest.fixture
def article() -> ArticleRef:
    return ArticleRef(
        "a1",
        "港口试用氢能拖船",
        section="产业动态",
        position=1,
        lead="三月中旬，一家港口公司开始试用两艘以氢为燃料的拖船。",
        page=3,
        authors=("周远", "何青"),
        date="2024-03-14",
        sources=("https://example.org/tug",),
        original_title="Hydrogen tugs on trial",
    )


@pytest.fixture
def other() -> ArticleRef:
    return ArticleRef(
        "a2", "简讯", section="产业动态", position=2, lead="一所大学公布新的合金配方。", page=4
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data", "王丽", "desk")


@pytest.fixture
def laptop(tmp_path: Path) -> Store:
    """The same reviewer's other device, whose folder is already replicated here."""
    return Store(tmp_path / "data", "王丽", "laptop")
