"""The bars for passages of eight characters and more, on the samples; benchmarks measure more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from annotations.spans import span_selector
from benchmarks.anchors import (
    LEAST_RIGHT,
    MOST_WRONG,
    MOST_WRONG_DELETED,
    Trials,
    rates,
    share,
    web_rule,
)
from benchmarks.changes import article_of, draft_of
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path


def test_passages_are_found_or_said_to_be_lost(root: Path) -> None:
    styles = load_styles(())
    articles = [
        one
        for path in sorted((root / "seeds").glob("*.txt"))
        for one in read_issue(path, styles).issue.articles()
        if sum(len(block.text) for block in one.blocks) >= 100
    ]
    trials = Trials(articles, seed=8)
    stay, gone = Counter[str](), Counter[str]()
    for length in (8, 16, 64):
        stayed, deleted, _ = rates(trials, length, 120)
        stay += stayed["ours"]
        gone += deleted["ours"]
    assert share(stay, "right") >= LEAST_RIGHT
    assert share(stay, "wrong") <= MOST_WRONG
    assert share(gone, "wrong") <= MOST_WRONG_DELETED
    # The rule that we are held against does find what did not change.
    one = article_of(draft_of(articles[0]))
    assert web_rule(span_selector(one, 0, 10, 22), one) == (0, 10, 22)
