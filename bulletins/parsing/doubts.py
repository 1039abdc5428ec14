"""What is doubtful about an issue that was read: for who checks a style, and for confidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bulletins.parsing.masthead import fold_title
from bulletins.parsing.sheet import width_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from bulletins.model import Article, Issue

Kind = Literal[
    "no articles", "no text", "long title", "title like text", "same title", "header left",
    "loose note", "not found", "not listed",
]  # fmt: skip
_MAX_TITLE = 110  # cells; two printed lines and a half
_MAX_HEADER = 40  # cells
_MIN_REPEATED = 3
_STARTS = 10  # characters of a listed title, or of its end, that tell it


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful: `kind`, the title of the article, and what it is about."""

    kind: Kind
    article: str
    about: str = ""


def doubts_of(issue: Issue, listed: AbstractSet[str]) -> tuple[Doubt, ...]:
    """List doubts; `listed` are the folded titles (letters and digits) that the contents list."""
    articles = issue.articles()
    if not articles:
        return (Doubt("no articles", ""),)
    made: list[Doubt] = []
    titles = Counter(article.title for article in articles)
    repeated = _repeated(articles)
    for article in articles:
        made += _of(article, titles, repeated)
    return (*made, *_compared(issue, listed))


def _of(article: Article, titles: Counter[str], repeated: set[str]) -> list[Doubt]:
    title = article.title
    made = []
    if not any(block.kind in ("paragraph", "list_item", "table") for block in article.blocks):
        made.append(Doubt("no text", title))
    if width_of(title) > _MAX_TITLE:
        made.append(Doubt("long title", title))
    elif title.endswith(("。", "，", "；", "、")):
        made.append(Doubt("title like text", title))
    if titles[title] > 1:
        made.append(Doubt("same title", title))
    left = dict.fromkeys(block.text for block in article.blocks if block.text in repeated)
    made += [Doubt("header left", title, text) for text in left]
    loose = [note.marker for note in article.footnotes if note.offset is None]
    return made + [Doubt("loose note", title, marker) for marker in loose]


def _repeated(articles: tuple[Article, ...]) -> set[str]:
    """Short blocks that stand in several articles, as page headers do that were left."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(
            {
                block.text
                for block in article.blocks
                if block.kind in ("paragraph", "heading") and width_of(block.text) <= _MAX_HEADER
            }
        )
    return {
        text
        for text, count in counts.items()
        if count >= max(_MIN_REPEATED, len(articles) // 2) and text[-1] not in "】］]：:"
    }


def _compared(issue: Issue, listed: AbstractSet[str]) -> list[Doubt]:
    """Compare the articles with the contents; nothing is said where those list sections alone."""
    titles = {fold_title(article.title): article.title for article in issue.articles()}
    heads = {fold_title(section.title) for section in issue.sections}
    # A head may be counted in the contents and not above its articles, or the other way about.
    entries = {entry for entry in listed if not heads & {entry, entry[1:], entry[2:]}}
    entries = {entry for entry in entries if not any(head[1:] == entry for head in heads)}
    found = {entry for entry in entries if any(_same(entry, title) for title in titles)}
    if not found:
        return []
    missed = [Doubt("not found", "", entry) for entry in sorted(entries - found)]
    extra = [
        Doubt("not listed", title)
        for folded, title in titles.items()
        if folded and not any(_same(entry, folded) for entry in found)
    ]
    return missed + extra


def _same(entry: str, title: str) -> bool:
    """Say whether an entry is a title: whole, cut short, wrapped, or with a number before it."""
    if entry == title or (len(title) >= 4 and title in entry):
        return True
    return len(entry) >= _STARTS and (entry in title or title.startswith(entry[:_STARTS]))
