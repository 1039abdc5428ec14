"""`kuaibao verify FILE [PATH…]`: does each quote of an export still stand where it says?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import output
from tui.locale import mark, ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from annotations.exports.reading import Verified
    from annotations.healing import Anchor
    from annotations.model import Selector
    from tui.cli.options import Arguments
    from tui.config import Loaded

_WORDS = {
    "exact": mark("exact"),
    "moved": mark("moved"),
    "fuzzy": mark("changed"),
    "orphan": mark("lost"),
}
_SHOWN = 40  # characters of a quote


def add_arguments(arguments: Arguments) -> None:
    """The export, and bulletins to compare it with."""
    arguments.add_argument(
        "paths",
        nargs="*",
        metavar=tr("PATH"),
        help=tr("an export (yaml, jsonld, jsonl), then bulletins; none: those of the library"),
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print a line for each quote; 1 if one is not exact, or its bulletin is not at hand."""
    from pathlib import Path

    from annotations.exports.reading import read_export, verify
    from annotations.model import StoreError
    from bulletins.styles import StyleError
    from tui.at_hand import AtHand
    from tui.cli.options import UsageError

    if not arguments.paths:
        raise UsageError(tr("name an export to verify"))
    file, *bulletins = arguments.paths
    try:
        text = Path(file).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        output.complain(tr("{path}: not text in UTF-8").format(path=file))
        return 1
    try:
        read = read_export(text)
        at_hand = AtHand(loaded.config, bulletins)
        for problem in at_hand.problems:
            output.complain(told(problem))
        counts = _print(verify(read.documents, at_hand.issue))
    except StoreError as error:
        output.complain(f"{file}: {told(error)}")
        return 1
    except StyleError as error:
        output.complain(told(error))
        return 1
    return _sum_up(file, counts)


def _print(verified: Iterable[Verified]) -> dict[str, int]:
    """Print what was found of each quote; return how many there are of each sort."""
    counts: dict[str, int] = {}
    for one in verified:
        status = one.found.status if one.found else ""
        counts[status] = counts.get(status, 0) + 1
        print(_line(one))
    return counts


def _line(one: Verified) -> str:
    """One plain line: status, file, article, place, the new place, the quote."""
    from bulletins.sources.plain import exact_line

    selector, target = one.annotation.target.selector, one.annotation.target
    assert selector is not None
    found = one.found
    word = tr(_WORDS[found.status]) if found else tr("no text")
    place = _place(selector)
    if found and found.status in ("moved", "fuzzy"):
        place += " → " + _place(found)
    article = target.article.title if target.article else ""
    exact = selector.exact
    quote = exact if len(exact) <= _SHOWN else exact[:_SHOWN] + "…"
    line = f"{word}  {target.issue.file_name} · {article} · {place} · “{quote}”"
    return exact_line(line)


def _place(one: Selector | Anchor) -> str:
    where = tr("title") if one.block is None else tr("block {number}").format(number=one.block)
    if one.footnote is not None:
        where = tr("footnote {number}").format(number=one.footnote)
    return f"{where} {one.start}–{one.end}"


def _sum_up(file: str, counts: dict[str, int]) -> int:
    total, exact = sum(counts.values()), counts.get("exact", 0)
    counted = ntr("{n} quote", "{n} quotes", total)
    message = tr("{path}: {counted}, {exact} exact")
    output.complain(message.format(path=file, counted=counted, exact=exact))
    if counts.get(""):
        counted = ntr("{n} quote", "{n} quotes", counts[""])
        message = tr("{counted} not compared: the bulletin is not at hand; name its file as well")
        output.complain(message.format(counted=counted))
    return 0 if exact == total else 1
