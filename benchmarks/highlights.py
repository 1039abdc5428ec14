"""Keys beside the yardstick with 10,000 highlights in the library and 500 in the open article.

`python -m benchmarks.highlights [KEYS]`. Scrolling over them, moving a selection, and painting.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.figures import table
from benchmarks.keys import (
    HEAD,
    KEYS,
    THEIR_PAGES,
    TO_AND_FRO,
    UP_AND_DOWN,
    Scene,
    bare,
    line_of,
    play,
    settle,
)
from benchmarks.programs import Home, corpus, kuaibao

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.model import Annotation, ArticleRef, IssueRef
    from bulletins.model import Article

IN_LIBRARY, IN_ARTICLE = 10_000, 500
COLOURS = ("yellow", "green", "blue", "pink", "orange", "purple")
# After each selecting key comes one that takes it back, so that the selection stays on the screen.
SCENES = (
    Scene("one line", ((), (), ()), UP_AND_DOWN, UP_AND_DOWN, UP_AND_DOWN),
    Scene("one page", ((), (), ()), TO_AND_FRO, TO_AND_FRO, THEIR_PAGES),
    Scene("selection, a character", (("v",), (), ()), ("l", "h"), UP_AND_DOWN, UP_AND_DOWN),
    Scene("selection, a sentence", (("escape", "v"), (), ()), ("s", "S"), UP_AND_DOWN, UP_AND_DOWN),
    Scene("selection, a row", (("escape", "v", "l"), (), ()), ("j", "k"), UP_AND_DOWN, UP_AND_DOWN),
    Scene("next name or sum", (("escape",), (), ()), (">", "<"), UP_AND_DOWN, UP_AND_DOWN),
    Scene("painted, or taken off", ((), (), ()), ("p",), UP_AND_DOWN, UP_AND_DOWN, first=True),
    # Shown when it is safe: the yardsticks keep nothing.
    Scene("starred and saved", ((), (), ()), ("*",), UP_AND_DOWN, UP_AND_DOWN, barred=False),
    Scene("undone, redone", ((), (), ()), ("u", "\x12"), UP_AND_DOWN, UP_AND_DOWN, barred=False),
)


def fill(home: Home) -> str:
    """Highlight in all articles, most in the longest; return the beginning of its title."""
    from annotations.model import article_refs, issue_ref
    from annotations.store import Store
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    styles = load_styles(())
    issues = [parse(read_pages(path), styles).issue for path in sorted(corpus().glob("*.txt"))]
    places = [
        (issue_ref(issue), ref, article)
        for issue in issues
        for ref, article in zip(article_refs(issue), issue.articles(), strict=True)
    ]
    longest = max(places, key=lambda place: len(place[2].blocks))
    store = Store(home.folder / "data" / "kuaibao", "bench", "bench")
    each = (IN_LIBRARY - IN_ARTICLE) // (len(places) - 1) + 1
    for place in places:
        with store.batch("highlight"):
            for one in _highlights(*place, IN_ARTICLE if place is longest else each):
                store.put(one)
    config = home.folder / "config" / "kuaibao" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text("reviewer: bench\n", encoding="utf-8")
    return longest[2].title[:10]


def _highlights(issue: IssueRef, ref: ArticleRef, article: Article, count: int) -> list[Annotation]:
    """Make passages of 10 to 50 characters, all over an article; many of them overlap."""
    from annotations.model import HighlightBody, Target, new_annotation
    from annotations.spans import span_selector

    texts = [(at, block.text) for at, block in enumerate(article.blocks) if len(block.text) > 60]
    texts = texts or [(None, article.title)]  # type: ignore[list-item]
    found = []
    for number in range(count):
        block, text = texts[number % len(texts)]
        start = number * 37 % max(1, len(text) - 50)
        selector = span_selector(article, block, start, min(len(text), start + 10 + number % 41))
        new = new_annotation(HighlightBody(COLOURS[number % len(COLOURS)]), issue, ref)
        found.append(replace(new, target=Target(issue, ref, selector)))
    return found


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; exit status 1 if something is over the bar."""
    count = int(argv[0]) if argv else KEYS
    with Home() as home:
        title = fill(home)
        with kuaibao(home) as ours, bare(home) as (own, design):
            settle(ours)
            ours.key("f")
            ours.wait_quiet(0.3, 5)
            ours.write(title.encode())
            for key in ("enter", "G", "enter", "g"):
                ours.wait_quiet(0.5, 5)
                ours.key(key)
            settle(ours)
            lines = [line_of(one, *play(one, count, ours, own, design)) for one in SCENES]
            marks = sum("1" <= row.strip()[:1] <= "6" for row in ours.screen().rows(34, 90))
    print(f"{IN_LIBRARY} highlights in the library, {IN_ARTICLE} in the article, {marks} rows")
    print(table(HEAD, [line for line, _ in lines]))
    return int(not all(kept for _, kept in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
