"""Publications of other houses, in all formats: what an issue is called and holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bulletins.parsing.doubts import doubts_of
from bulletins.reading import read_issue
from bulletins.styles import load_styles

if TYPE_CHECKING:
    from pathlib import Path

STYLES = load_styles()
NAMES = (
    "monitor", "numbered", "bracketed", "columns", "policy", "daily", "special", "airy", "flowing",
    "journal", "gazette",
)  # fmt: skip


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("form", ["txt", "md", "html", "docx", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_an_issue_holds_what_its_label_says(root: Path, name: str, form: str) -> None:
    folder = root / "tests" / "data" / "publications" / name
    label = json.loads((folder / "label.json").read_text(encoding="utf-8"))
    parsed = read_issue(folder / f"{name}.{form}", STYLES)
    issue = parsed.issue
    assert (issue.publication, issue.number, issue.date) == (
        label["publication"],
        label["number"],
        label["date"],
    )
    found = [
        (squeeze(section.title), squeeze(article.title), article.authors)
        for section in issue.sections
        for article in section.articles
    ]
    assert found == [
        (squeeze(one["section"]), squeeze(one["title"]), tuple(one["authors"]))
        for one in label["articles"]
    ]
    originals = [squeeze(article.original_title) for article in issue.articles()]
    assert originals == [squeeze(one["original_title"]) for one in label["articles"]]
    for article, wanted in zip(issue.articles(), label["articles"], strict=True):
        texts = [squeeze(block.text.replace(" | ", "")) for block in article.blocks]
        assert [(text[:12], text[-12:]) for text in texts] == [
            (squeeze(one["start"]), squeeze(one["end"])) for one in wanted["blocks"]
        ]
    kinds = {doubt.kind for doubt in doubts_of(issue, parsed.listed)}
    assert not kinds - {"loose note"}
    assert issue.confidence >= 0.7
