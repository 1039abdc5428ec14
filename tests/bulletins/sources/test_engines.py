"""PDFs of several engines: the same publication must be read from each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

STYLES = load_styles()
FILES = ["columns-libreoffice", "bracketed-libreoffice", "gazette-typst", "special-chromium"]


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("file", FILES)
def test_what_an_engine_made_of_an_issue_holds_what_its_label_says(root: Path, file: str) -> None:
    data = root / "tests" / "data"
    folder = data / "publications" / file.split("-")[0]
    label = json.loads((folder / "label.json").read_text(encoding="utf-8"))
    issue = read_issue(data / "engines" / f"{file}.pdf", STYLES).issue
    named = (issue.publication, issue.number, issue.date)
    assert named == (label["publication"], label["number"], label["date"])
    articles = issue.articles()
    assert [squeeze(one.title) for one in articles] == [
        squeeze(one["title"]) for one in label["articles"]
    ]
    assert [one.authors for one in articles] == [tuple(one["authors"]) for one in label["articles"]]
    for article, wanted in zip(articles, label["articles"], strict=True):
        texts = [squeeze(block.text) for block in article.blocks]
        assert [(text[:12], text[-12:]) for text in texts] == [
            (squeeze(one["start"]), squeeze(one["end"])) for one in wanted["blocks"]
        ]
        marks = [note.marker.strip("[]") for note in article.footnotes]
        assert len(marks) == len(wanted["footnotes"])
        assert all(note.block is not None for note in article.footnotes)
