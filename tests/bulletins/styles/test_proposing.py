"""A profile that is learned from an issue reads that issue as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bulletins.parsing import parse
from bulletins.sources import read_pages
from bulletins.styles import StyleError, Styles, load_profile, load_styles
from bulletins.styles.proposing import propose

if TYPE_CHECKING:
    from pathlib import Path

STYLES = load_styles()


@pytest.mark.parametrize("name", ["monitor", "numbered", "bracketed", "policy", "airy", "journal"])
def test_a_proposal_finds_the_same_articles(root: Path, name: str) -> None:
    source = read_pages(root / "tests" / "data" / "publications" / name / f"{name}.txt")
    first = parse(source, STYLES)
    style = STYLES.named(first.issue.style)
    assert style is not None
    text = propose("mine", first.issue, first.trace, style)
    again = parse(source, Styles((load_profile(root / "mine.yaml", text),)))
    assert again.issue.style == "mine"
    assert again.issue.publication == first.issue.publication

    def held(parsed):  # type: ignore[no-untyped-def]
        return [
            (section.title, one.title, one.authors, one.sources, len(one.footnotes))
            for section in parsed.issue.sections
            for one in section.articles
        ]

    assert held(again) == held(first)


def test_odd_names_are_quoted(root: Path) -> None:
    source = read_pages(root / "tests" / "data" / "publications" / "airy" / "airy.txt")
    first = parse(source, STYLES)
    style = STYLES.named("general")
    assert style is not None
    text = propose('a: "b" # c', first.issue, first.trace, style)
    assert load_profile(root / "mine.yaml", text).name == 'a: "b" # c'


def test_a_profile_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="can't be read"):
        load_profile(tmp_path / "missing.yaml")
    with pytest.raises(StyleError, match="unknown key"):
        load_profile(tmp_path / "a.yaml", "name: a\ntitel: b\n")
