"""Keys beside the yardstick with 10,000 highlights in the library and 500 in the open article.

`python -m benchmarks.highlights [KEYS]`. Scrolling over them, and moving a selection.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.figures import median, p95, table, verdict
from benchmarks.keys import BAR, KEYS, TO_AND_FRO, UP_AND_DOWN, Latencies, Scene, press, settle
from benchmarks.programs import Home, corpus, kuaibao, yardstick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.model import Annotation, ArticleRef, IssueRef
    from bulletins.model import Article

IN_LIBRARY, IN_ARTICLE = 10_000, 500
COLOURS = ("yellow", "green", "blue", "pink", "orange", "purple")
# After each selecting key comes one that takes it back, so that the selection stays on the screen.
SCENES = (
    Scene("one line", ((), ()), UP_AND_DOWN, UP_AND_DOWN),
    Scene("one page", ((), ()), TO_AND_FRO, TO_AND_FRO),
    Scene("selection, a character", (("v",), ()), ("l", "h"), UP_AND_DOWN),
    Scene("selection, a sentence", (("escape", "v"), ()), ("s", "S"), UP_AND_DOWN),
    Scene("selection, a row", (("escape", "v", "l"), ()), ("j", "k"), UP_AND_DOWN),
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
    lines: list[tuple[str, ...]] = []
    over = False
    with Home() as home:
        title = fill(home)
        with kuaibao(home) as ours, yardstick(home) as theirs:
            settle(ours)
            ours.key("f")
            ours.wait_quiet(0.3, 5)
            ours.write(title.encode())
            for key in ("enter", "G", "enter", "g"):
                ours.wait_quiet(0.5, 5)
                ours.key(key)
            theirs.key("tab")
            settle(ours)
            for scene in SCENES:
                for key in scene.before[0]:
                    ours.key(key)
                    ours.wait_quiet(0.5, 5)
                mine, bare = Latencies(), Latencies()
                for index in range(count):
                    press(ours, scene.ours[index % len(scene.ours)], mine)
                    press(theirs, scene.theirs[index % len(scene.theirs)], bare)
                ratio = p95(mine.last) / p95(bare.last)
                over = over or not ratio <= BAR
                values = (f"{f(v):.1f}" for v in (mine.last, bare.last) for f in (median, p95))
                told = f"≤ {BAR} {verdict(ratio, BAR)}"
                silent = f"{mine.silent}/{bare.silent}"
                lines.append((scene.name, *values, f"×{ratio:.2f}", told, silent))
            marks = sum("1" <= row.strip()[:1] <= "6" for row in ours.screen().rows(34, 90))
    print(f"{IN_LIBRARY} highlights in the library, {IN_ARTICLE} in the article, {marks} rows")
    print(table(("", "ours", "p95", "bare", "p95", "of p95", "bar", "silent"), lines))
    return int(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
