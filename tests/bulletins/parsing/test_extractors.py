"""The same bulletins as other extractors write them: fewer spaces, blank lines, page marks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bulletins.parsing import parse
from bulletins.sources import Source, pages_of
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bulletins.model import Issue

STYLES = load_styles()


def stripped(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def dense(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def fed(text: str) -> str:
    return re.sub(r"(?m)^ (?=\S)", "\f", text)


def unpaged(text: str) -> str:
    return re.sub(r"(?m)^ (?=\S)", "", text)


def read(text: str) -> Issue:
    return parse(Source("a.txt", "00", pages_of(text)), STYLES).issue


def titles(issue: Issue) -> Counter[str]:
    return Counter(
        f"{section.title}|{article.title}"
        for section in issue.sections
        for article in section.articles
    )


def blocks(issue: Issue) -> Counter[str]:
    return Counter(
        "".join(block.text.split()) for article in issue.articles() for block in article.blocks
    )


def share(found: Counter[str], wanted: Counter[str]) -> float:
    """F1 of two bags."""
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


@pytest.mark.parametrize(
    ("change", "of_titles", "of_blocks"),
    [
        (stripped, 1.0, 0.98),
        (dense, 1.0, 0.98),
        (fed, 1.0, 1.0),
        (unpaged, 0.98, 0.98),
        (lambda text: dense(stripped(text)), 0.98, 0.95),
        (lambda text: stripped(fed(text)), 1.0, 0.98),
    ],
)
def test_the_same_issue_from_another_extractor(
    root: Path, change: Callable[[str], str], of_titles: float, of_blocks: float
) -> None:
    paths = [*(root / "seeds").glob("*.txt"), *(root / "tests/data/heldout").glob("*.txt")]
    assert len(paths) >= 6
    figures = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        plain, other = read(text), read(change(text))
        figures.append((share(titles(other), titles(plain)), share(blocks(other), blocks(plain))))
    assert sum(one for one, _ in figures) / len(figures) >= of_titles, figures
    assert sum(one for _, one in figures) / len(figures) >= of_blocks, figures


def test_time_stays_linear_over_bylines_in_a_row() -> None:
    parsed = read("某国公布计划\n" + "（执笔：张三）\n" * 20_000)
    assert parsed.articles()[0].authors == ("张三",)
