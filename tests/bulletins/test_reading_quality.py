"""How well bulletins are read, held against hand-made labels."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bulletins.contract import to_json
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

BARS = {
    "articles_strict": 1.0,
    "section": 1.0,
    "topic": 1.0,
    "authors": 1.0,
    "original_title": 1.0,
    "sources": 0.99,
    "blocks": 0.98,
    "blocks_typed": 0.98,
    "headings": 0.95,
    "footnotes": 0.97,
}


def score(shared: Path, texts: list[Path], labels: list[Path], out: Path) -> dict[str, Any]:
    styles = load_styles()
    issues = [to_json(read_issue(path, styles).issue) for path in texts]
    out.write_text(json.dumps({"issues": issues, "errors": []}), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "score.py"), str(out), *map(str, labels)]
    done = subprocess.run([*command, "--json"], capture_output=True, check=True, encoding="utf-8")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def check(scores: dict[str, Any]) -> None:
    for name, figures in scores.items():
        for key, bar in BARS.items():
            got = figures[key].get("f1", figures[key].get("acc"))
            assert got is None or got >= bar, (name, key, figures[key])
        assert figures["dirty_blocks"]["count"] == 0, (name, figures["dirty_blocks"])


def test_the_labelled_bulletins(shared: Path, tmp_path: Path) -> None:
    texts = sorted((shared / "bulletins").glob("*.txt"))
    labels = sorted((shared / "gold").glob("*.json"))
    check(score(shared, texts, labels, tmp_path / "out.json"))


def test_the_seeds(shared: Path, root: Path, tmp_path: Path) -> None:
    texts = sorted((root / "seeds").glob("*.txt"))
    labels = sorted((root / "tests" / "data" / "gold").glob("*.json"))
    assert len(texts) == len(labels) == 3
    check(score(shared, texts, labels, tmp_path / "out.json"))


def test_publications_without_a_profile(shared: Path, root: Path, tmp_path: Path) -> None:
    folder = root / "tests" / "data" / "heldout"
    texts, labels = sorted(folder.glob("*.txt")), sorted(folder.glob("*.json"))
    scores = score(shared, texts, labels, tmp_path / "out.json")["ALL"]
    assert scores["articles_strict"]["f1"] >= 0.95
    assert scores["blocks"]["f1"] >= 0.95
    assert scores["footnotes"]["f1"] >= 0.95
    assert scores["dirty_blocks"]["count"] == 0


def lines_of(text: str) -> str:
    """Lose the white space behind lines: another extractor doesn't keep it."""
    return "\n".join(line.rstrip() for line in text.split("\n"))


def without_blanks(text: str) -> str:
    """Lose the lines without text; a leading space still marks a page."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def form_feeds(text: str) -> str:
    """Mark pages by form feeds instead of a leading space."""
    lines = [line for line in text.split("\n") if line != ""]
    return "\n".join(
        "\f" + line[1:].rstrip() if line.startswith(" ") and line.strip() else line.rstrip()
        for line in lines
    )


@pytest.mark.parametrize("change", [lines_of, without_blanks, form_feeds])
def test_other_ways_to_extract_the_same_pages(shared: Path, tmp_path: Path, change: Any) -> None:
    """Without trailing spaces a paragraph that ends a full line can't be told for sure."""
    texts = []
    for path in sorted((shared / "bulletins").glob("*.txt")):
        texts.append(tmp_path / path.name)
        texts[-1].write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    labels = sorted((shared / "gold").glob("*.json"))
    scores = score(shared, texts, labels, tmp_path / "out.json")["ALL"]
    assert scores["articles_strict"]["f1"] == 1.0
    assert scores["section"]["acc"] == 1.0
    assert scores["authors"]["acc"] == 1.0
    assert scores["sources"]["f1"] >= 0.98
    assert scores["footnotes"]["f1"] >= 0.97
    assert scores["blocks"]["f1"] >= 0.9
    assert scores["dirty_blocks"]["count"] == 0
