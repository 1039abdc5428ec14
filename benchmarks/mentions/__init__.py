"""Our mentions beside those of other tools, on the same labelled texts, in one table.

`python -m benchmarks mentions` installs the others from the package index into `.venv-peers`, an
environment of their own, the first time. F1 by class ("–": a class that a tool does not offer),
milliseconds for 10,000 characters, warm. The exit status is 1 if another tool leads in a class.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.figures import table
from benchmarks.mentions import environment, labelled, scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.mentions.labelled import Labelled
    from bulletins.model import Mentions

CLASSES = ("money", "money words", *scoring.SPANS, *scoring.NAMES)
PEERS = ("jionlp", "recognizers", "jieba", "lac")
OURS = ("kuaibao", "kuaibao, no words")
Found = list[dict[str, Any]]


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; 1 if a peer leads in a class that it offers."""
    articles = labelled.load()
    texts = [text for one in articles for text in one.texts]
    characters = sum(map(len, texts))
    print(f"{len(articles)} labelled articles, {characters:,} characters")
    results = {name: _ours(articles, with_words=name == OURS[0]) for name in OURS}
    why = environment.prepare()
    if why:
        print(f"The other tools can't be installed: {why}")
    for peer in () if why else PEERS:
        answer = environment.run(peer, texts)
        if isinstance(answer, str):
            print(f"{peer} does not run here: {answer}")
            continue
        results[peer] = (_by_article(articles, answer["found"]), answer["seconds"])
    tallies = {name: _tally(articles, found) for name, (found, _) in results.items()}
    rows = [
        [
            name,
            *(_figure(tallies[name].f1(kind)) for kind in CLASSES),
            f"{seconds * 1e7 / characters:.0f}",
        ]
        for name, (_, seconds) in results.items()
    ]
    print(table(["F1", *CLASSES, "ms"], rows))
    return _leaders(tallies)


def _leaders(tallies: dict[str, scoring.Tally]) -> int:
    ours, status = tallies[OURS[0]], 0
    for peer in tallies.keys() - set(OURS):
        for kind in CLASSES:
            theirs = tallies[peer].f1(kind)
            if theirs is not None and theirs > (ours.f1(kind) or 0):
                print(f"{peer} leads in {kind}")
                status = 1
    return status


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _tally(articles: Sequence[Labelled], found: Sequence[Found]) -> scoring.Tally:
    result = scoring.Tally()
    for one, mentions in zip(articles, found, strict=True):
        scoring.tally(result, mentions, one.labels)
    return result


def _by_article(articles: Sequence[Labelled], found: Sequence[Found]) -> list[Found]:
    rest = iter(found)
    return [[mention for _ in one.texts for mention in next(rest)] for one in articles]


def _ours(articles: Sequence[Labelled], *, with_words: bool) -> tuple[list[Found], float]:
    from bulletins.mentions import Words, find_mentions, load_gazetteers

    gazetteers = load_gazetteers(())
    with tempfile.TemporaryDirectory() as cache:
        words = Words(Path(cache)) if with_words else None
        find: Callable[[Labelled], Mentions] = lambda one: find_mentions(  # noqa: E731
            one.article, gazetteers, words
        )
        find(articles[0])
        begun = perf_counter()
        found = [find(one) for one in articles]
        seconds = perf_counter() - begun
    return [_plain(mentions) for mentions in found], seconds


def _plain(mentions: Mentions) -> Found:
    """Give mentions of title and blocks as the other tools give theirs."""
    found: Found = [
        {
            "class": "money", "text": one.text, "currency": one.currency,
            "value": one.value, "low": one.low, "high": one.high,
        }
        for one in mentions.amounts
        if one.place.footnote is None
    ]  # fmt: skip
    found += [{"class": "date", "text": one.text} for one in mentions.dates]
    found += [
        {"class": "percent", "text": one.text}
        for one in mentions.quantities
        if one.kind == "percent"
    ]
    found += [{"class": one.type, "text": one.text} for one in mentions.entities]
    return found
