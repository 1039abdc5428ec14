"""What parsing an issue and finding the mentions of an article cost, beside a plain scan.

`python -m benchmarks.reading [ROUNDS]`. The plain scan is one pass of one compiled pattern over the
same text: the least that any extraction must pay. Everything is warm; lists, styles and jieba's
dictionary are loaded before.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks import reading_stages
from benchmarks.figures import median, p95, table
from benchmarks.programs import corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletins.model import Article
    from bulletins.styles import Styles

ROUNDS = 5
ISSUE_BYTES, ARTICLE_CHARACTERS = 60_000, 3_000
"""The sizes that the figures are brought to."""
PLAIN = re.compile(r"\d[\d,.]*\s?[万亿]?(?:美元|欧元|英镑|日元|元|%)|[A-Z][A-Za-z0-9-]+|20\d\d ?年")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def text_of(article: Article) -> str:
    """All text in which mentions are looked for."""
    notes = (note.text for note in article.footnotes)
    return "\n".join((article.title, *(block.text for block in article.blocks), *notes))


def scan(text: str) -> int:
    """Count what the plain pattern finds."""
    return sum(1 for _ in PLAIN.finditer(text))


def main(argv: Sequence[str] = ()) -> int:
    """Print the tables; the exit status is 1 if a stage misses its bar."""
    from bulletins.mentions import Words, find_mentions, load_gazetteers
    from bulletins.parsing import parse
    from bulletins.sources import read_pages
    from bulletins.styles import load_styles

    rounds = int(argv[0]) if argv else ROUNDS
    paths = sorted(corpus().glob("*.txt"))
    styles, gazetteers = load_styles(()), load_gazetteers(())
    articles = [a for path in paths for a in parse(read_pages(path), styles).issue.articles()]
    with tempfile.TemporaryDirectory() as cache:
        words = Words(Path(cache))
        find_mentions(articles[0], gazetteers, words)

    parsing: dict[str, list[float]] = {"read and parse": [], "plain scan": []}
    for _ in range(rounds):
        for path in paths:
            scale = ISSUE_BYTES / path.stat().st_size
            parsing["read and parse"].append(
                scale * timed(lambda p=path: parse(read_pages(p), styles))
            )
            printed = path.read_bytes().decode("utf-8", "replace")
            parsing["plain scan"].append(scale * timed(lambda t=printed: scan(t)))
    print(f"an issue of {ISSUE_BYTES:,} bytes ({len(paths)} files of {corpus().name}), ms")
    _show(parsing)

    _pages(rounds, styles)

    finding: dict[str, list[float]] = {
        "rules and lists": [],
        "and words (jieba)": [],
        "plain scan": [],
    }
    for _ in range(rounds):
        for article in articles:
            text = text_of(article)
            if len(text) < 300:
                continue  # a few lines say nothing of an article's cost
            scale = ARTICLE_CHARACTERS / len(text)
            for name, work in (
                ("rules and lists", lambda a=article: find_mentions(a, gazetteers)),
                ("and words (jieba)", lambda a=article: find_mentions(a, gazetteers, words)),
                ("plain scan", lambda t=text: scan(t)),
            ):
                finding[name].append(scale * timed(work))
    print(f"\nmentions of an article of {ARTICLE_CHARACTERS:,} characters, ms")
    _show(finding)
    print("\nstages and formats, best of some rounds, processor time")
    return reading_stages.main()


def _pages(rounds: int, styles: Styles) -> None:
    """Print how many pages of PDFs are read and parsed in a second of one core."""
    from bulletins.parsing import parse
    from bulletins.sources import read_pages

    root = Path(__file__).parents[1]
    paths = [*sorted((corpus() / "pdf").glob("*.pdf")), *sorted(root.glob("tests/data/pdf/*.pdf"))]
    rows = []
    for path in paths:
        reading, parsing = [], []
        for _ in range(rounds + 1):  # the first one loads the library
            begun = process_time()
            source = read_pages(path)
            read = process_time()
            parse(source, styles)
            reading.append(read - begun)
            parsing.append(process_time() - read)
        both = [a + b for a, b in zip(reading[1:], parsing[1:], strict=True)]
        pages = len(source.pages)
        rates = (pages / median(times) for times in (reading[1:], parsing[1:], both))
        rows.append((path.name, str(pages), *(f"{rate:.0f}" for rate in rates)))
    print("\nPDFs, pages in a second of one core (the bar: 30)")
    print(table(("", "pages", "read", "parse", "both"), rows))


def _show(times: dict[str, list[float]]) -> None:
    base = times["plain scan"]
    rows = [
        (
            name,
            f"{median(values):.2f}",
            f"{p95(values):.2f}",
            f"×{median([a / b for a, b in zip(values, base, strict=True)]):.0f}",
        )
        for name, values in times.items()
    ]
    print(table(("", "median", "p95", "plain scans"), rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
