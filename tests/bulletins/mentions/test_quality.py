"""The labelled bulletins: what was reached must not be lost."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bulletins.contract import to_json
from bulletins.mentions import Words, annotate, load_gazetteers
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path


def scores(shared: Path, folder: Path, words: Words | None) -> dict[str, Any]:
    gazetteers, styles = load_gazetteers(), load_styles([])
    issues = [
        to_json(read_issue(path, styles, lambda issue: annotate(issue, gazetteers, words)).issue)
        for path in sorted((shared / "bulletins").glob("*.txt"))
    ]
    product = folder / "product.json"
    product.write_text(json.dumps({"issues": issues, "errors": []}), encoding="utf-8")
    gold = [str(path) for path in sorted((shared / "gold").glob("*.json"))]
    command = [sys.executable, str(shared / "tools" / "score.py"), str(product), *gold, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    pooled: dict[str, Any] = json.loads(done.stdout)["ALL"]
    return pooled


@pytest.mark.parametrize("with_words", [False, True])
def test_labels_are_reached(shared: Path, tmp_path: Path, with_words: bool) -> None:
    words = Words(tmp_path / "jieba") if with_words else None
    pooled = scores(shared, tmp_path, words)
    assert pooled["money"]["f1"] >= 0.99
    assert pooled["date"]["acc"] >= 0.95
    assert pooled["date"]["spurious"] == 0
    assert pooled["entities_named"]["f1"] >= 0.92
    assert pooled["entities_named"]["p"] >= 0.95
    assert pooled["entity:technology"]["f1"] >= 0.68
