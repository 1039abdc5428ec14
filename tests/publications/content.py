"""What the publications print: the articles of our own bulletins, with their labels."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletins.reading import read_issue
from bulletins.styles import load_styles
from tests.publications.printed import Para, Run

if TYPE_CHECKING:
    from bulletins.model import Article, Block

ROOT = Path(__file__).parents[2]
PLACES = (
    (ROOT / "seeds", ROOT / "tests" / "data" / "gold"),
    (ROOT / "tests" / "data" / "heldout", ROOT / "tests" / "data" / "heldout"),
)


@dataclass(frozen=True)
class Piece:
    """An article, its section, and its label as it stands in the file of labels."""

    section: str
    article: Article
    label: dict[str, Any]


def pieces(name: str) -> list[Piece]:
    """Read the articles of one of our own bulletins by the name of its file."""
    texts, labels = next(pair for pair in PLACES if (pair[0] / f"{name}.txt").exists())
    issue = read_issue(texts / f"{name}.txt", load_styles()).issue
    found = json.loads((labels / f"{name}.json").read_text(encoding="utf-8"))["articles"]
    articles = [(s.title, article) for s in issue.sections for article in s.articles]
    assert len(articles) == len(found), name
    return [
        Piece(section, article, label)
        for (section, article), label in zip(articles, found, strict=True)
    ]


def numbered_through(found: list[Piece]) -> list[Piece]:
    """Number the notes from 1 through the whole issue, in articles and labels."""
    made = []
    count = 0
    for piece in found:
        notes = []
        for note in piece.article.footnotes:
            count += 1
            notes.append(replace(note, marker=str(count)))
        before = len(piece.label["footnotes"])
        assert before == len(notes), piece.article.title
        labels = [
            {**one, "marker": note.marker}
            for one, note in zip(piece.label["footnotes"], notes, strict=True)
        ]
        article = replace(piece.article, footnotes=tuple(notes))
        made.append(replace(piece, article=article, label={**piece.label, "footnotes": labels}))
    return made


def runs(article: Article, index: int, mark: str) -> tuple[Run, ...]:
    """Give a block's runs, its note marks put back in as `mark` writes them ("": none)."""
    text = article.blocks[index].text
    made: list[Run] = []
    done = 0
    notes = [note for note in article.footnotes if note.block == index and note.offset is not None]
    for note in sorted(notes, key=lambda note: note.offset or 0) if mark else []:
        assert note.offset is not None
        made += [Run(text[done : note.offset]), Run(marked(note.marker, mark), True, note.text)]
        done = note.offset
    return tuple(run for run in (*made, Run(text[done:])) if run.text)


def marked(marker: str, mark: str) -> str:
    """Write a note's number as `mark` says: 1, [1] or ①; whatever it was written as."""
    number = int(unicodedata.numeric(marker)) if len(marker) == 1 else int(marker)
    if mark == "①":
        return chr(ord("①") + number - 1)
    return mark.replace("1", str(number))


def body(article: Article, mark: str, *, indent: int = 2, size: float = 10.5) -> list[Para]:
    """Give an article's blocks as paragraphs."""

    def looks(index: int, block: Block) -> Para:
        made = runs(article, index, mark)
        if block.kind == "heading":
            return Para("heading", made, bold=True, size=size + 0.5, level=block.level or 1)
        if block.kind == "caption":
            return Para("caption", made, align="center", size=size - 1.5)
        if block.kind == "table":
            return Para("table", (), size=size - 1.5, rows=block.rows or ())
        return Para(block.kind, made, indent=indent, size=size)

    return [looks(index, block) for index, block in enumerate(article.blocks)]
