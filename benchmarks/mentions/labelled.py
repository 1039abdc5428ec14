"""Labelled bulletins: ours, those held out, and the sample issues where they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulletins.model import Article

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article as it is read, its title and blocks as texts, and what people found in it."""

    article: Article
    texts: tuple[str, ...]
    labels: dict[str, Any] = field(hash=False)


def folders() -> list[tuple[str, Path, Path]]:
    """Name the sets: the texts' folder and the labels' folder."""
    shared = ROOT.parent / "shared"
    sets = [
        ("seeds", ROOT / "seeds", ROOT / "tests/data/gold"),
        ("held out", ROOT / "tests/data/heldout", ROOT / "tests/data/heldout"),
        ("samples", shared / "bulletins", shared / "gold"),
    ]
    return [one for one in sets if one[1].is_dir() and one[2].is_dir()]


def load() -> list[Labelled]:
    """Read all labelled bulletins; an article without labels is left out."""
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    styles = load_styles(())
    found = []
    for _, texts, golds in folders():
        for path in sorted(golds.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            issue = parse(read_pages(texts / gold["file"]), styles).issue
            by_title = {_plain(article["title"]): article for article in gold["articles"]}
            for article in issue.articles():
                labels = by_title.get(_plain(article.title))
                if labels is not None:
                    units = (article.title, *(block.text for block in article.blocks))
                    found.append(Labelled(article, units, labels))
    return found


def _plain(title: str) -> str:
    return "".join(title.split())
