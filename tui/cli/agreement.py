"""`kuaibao agreement`: how far reviewers agree on tags, statuses and marked passages."""

from __future__ import annotations

import sys
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tui.cli import output
from tui.locale import ntr, told, tr

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from annotations.agreement import Agreement, Kappa, Overlap
    from annotations.others import ReadOnlyStore
    from annotations.reviews import Review
    from tui.cli.options import Arguments
    from tui.config import Loaded

    Reviews = Mapping[tuple[str, str], Review]

FORMATS = ("text", "json", "csv")
_FIELDS = (
    "first", "second", "measure", "of", "n", "agreed", "first_count", "second_count",
    "both_first", "both_second", "name", "value",
)  # fmt: skip


def add_arguments(arguments: Arguments) -> None:
    """Whose annotations, on which issues."""
    arguments.add_argument(
        "--reviewer",
        action="append",
        default=[],
        metavar=tr("NAME"),
        help=tr("compare this reviewer; to be repeated. None: all whose annotations are here"),
    )
    arguments.add_argument(
        "--issue",
        action="append",
        default=[],
        metavar=tr("ISSUE"),
        help=tr("only this issue: file name, title, number or id; may be repeated"),
    )
    arguments.add_argument(
        "--format", choices=FORMATS, default="text", help=tr("how it is written")
    )


def run(arguments: Namespace, loaded: Loaded) -> int:
    """Print a table for each two reviewers; 1 if there are no two who reviewed one article."""
    from annotations.agreement import compare
    from annotations.filters import Filter
    from annotations.model import StoreError
    from annotations.reviews import reviews_in
    from bulletins.styles import StyleError
    from tui.at_hand import AtHand
    from tui.exporting import Manner, choose

    stores = _stores(arguments.reviewer, loaded)
    if len(stores) < 2:
        if len(set(arguments.reviewer)) != 1:
            found = ntr("{n} reviewer", "{n} reviewers", len(stores))
            message = tr("agreement takes two reviewers; here is the work of {found}")
            output.complain(message.format(found=found))
        else:
            output.complain(tr("agreement takes two reviewers; name another one"))
        return 1
    reviews: dict[str, Reviews] = {}
    away = lost = 0
    try:
        at_hand = AtHand(loaded.config)
        chosen = Filter(issues=tuple(arguments.issue))
        for store in stores:
            editions = at_hand.editions()
            selection = choose([store], chosen, Manner(), at_hand.issue, editions=editions)
            reviews[store.reviewer], missing, gone = reviews_in(selection)
            away, lost = max(away, missing), lost + gone
    except (StoreError, StyleError) as error:
        output.complain(told(error))
        return 1
    for problem in [*at_hand.problems, *(line for store in stores for line in store.problems())]:
        output.complain(told(problem))
    if away:
        counted = ntr("{n} issue is", "{n} issues are", away)
        message = tr("{counted} not at hand: passages there are compared as they were marked")
        output.complain(message.format(counted=counted))
    if lost:
        counted = ntr("{n} annotation is", "{n} annotations are", lost)
        message = tr("{counted} left out: the articles are not in the issues any more")
        output.complain(message.format(counted=counted))
    pairs = [
        compare(first, reviews[first], second, reviews[second])
        for first, second in combinations(reviews, 2)
    ]
    if arguments.format == "json":
        _print_json(pairs)
    elif arguments.format == "csv":
        _print_csv(pairs)
    else:
        _print_text(pairs)
    return 0 if any(pair.articles for pair in pairs) else 1


def _stores(names: list[str], loaded: Loaded) -> list[ReadOnlyStore]:
    """The work of the named reviewers, of all if none is named; a line for who has none."""
    from annotations.names import safe_name
    from annotations.others import ReadOnlyStore, reviewer_folders

    root = loaded.config.data
    folders = reviewer_folders(root)
    if not names:
        found = [ReadOnlyStore(root, folder) for folder in folders]
        return sorted((one for one in found if one.issue_ids()), key=lambda one: one.reviewer)
    stores: list[ReadOnlyStore] = []
    for name in dict.fromkeys(name for name in names if name.strip()):
        if safe_name(name) in folders:
            stores.append(ReadOnlyStore(root, safe_name(name)))
        else:
            message = tr("there are no annotations of the reviewer “{name}”")
            output.complain(message.format(name=name))
    return stores


def _rows(pair: Agreement) -> Iterator[dict[str, Any]]:
    """All figures of a pair as flat rows, each with the counts that it is made from."""
    head = {"first": pair.first, "second": pair.second}

    def kappa(of: str, found: Kappa, **more: object) -> dict[str, Any]:
        counts = {"n": found.n, "agreed": found.agreed, "value": found.value}
        return {**head, "measure": "cohen_kappa", "of": of, **counts, **more}

    def f1(of: str, found: Overlap, name: str = "") -> dict[str, Any]:
        counts = {
            "first_count": found.first, "second_count": found.second,
            "both_first": found.shared_first, "both_second": found.shared_second,
        }  # fmt: skip
        return {**head, "measure": "f1", "of": of, "name": name, **counts, "value": found.value}

    for tag in pair.tags:
        counts = {"first_count": tag.first, "second_count": tag.second,
                  "both_first": tag.both, "both_second": tag.both}  # fmt: skip
        yield kappa("tag", tag.kappa, name=tag.name, **counts)
    yield kappa("all_tags", pair.all_tags)
    yield kappa("statuses", pair.statuses)
    yield f1("characters", pair.characters)
    yield f1("passages", pair.passages)
    yield f1("same_passages", pair.same_passages)
    for colour, found in pair.colours.items():
        yield f1("colour", found, colour)


def _print_json(pairs: list[Agreement]) -> None:
    documents = [
        {
            "first": pair.first,
            "second": pair.second,
            "articles": pair.articles,
            "lost_passages": pair.lost,
            "statuses": [
                {"first": one, "second": other, "articles": n}
                for (one, other), n in sorted(pair.status_counts.items())
            ],
            "figures": [
                {name: value for name, value in row.items() if name not in ("first", "second")}
                for row in _rows(pair)
            ],
        }
        for pair in pairs
    ]
    print(output.json_line({"pairs": documents}))


def _print_csv(pairs: list[Agreement]) -> None:
    import csv

    writer = csv.DictWriter(sys.stdout, _FIELDS, lineterminator="\n", restval="")
    writer.writeheader()
    for pair in pairs:
        for row in _rows(pair):
            writer.writerow({name: _guarded(value) for name, value in row.items()})


def _guarded(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; see annotations.exports.csv."""
    text = value if isinstance(value, str) else ""
    return f"'{text}" if text[:1] in "=+-@\t\r＝＋－＠" and text else value


def _print_text(pairs: list[Agreement]) -> None:
    console = output.console()
    if not console.is_terminal:
        console.width = 10_000  # a pipe gets whole lines
    from tui.plain import text

    for number, pair in enumerate(pairs):
        if number:
            console.print()
        counted = ntr(
            "{n} article that both reviewed", "{n} articles that both reviewed", pair.articles
        )
        console.print(text(f"{pair.first} · {pair.second}: {counted}", "bold"))
        if pair.articles:
            console.print(_kappas(pair))
            console.print(_overlaps(pair))
        if pair.lost:
            lost = ntr("{n} passage", "{n} passages", pair.lost)
            message = tr("{lost} not found in the text, and left out")
            console.print(text(message.format(lost=lost)))


def _kappas(pair: Agreement) -> Any:
    from tui.plain import text

    table = _table(
        tr("measure"), "κ", tr("agreed"), tr("compared"), pair.first, pair.second, tr("by both")
    )
    for tag in pair.tags:
        table.add_row(
            text(f"#{tag.name}"), *_kappa(tag.kappa), str(tag.first), str(tag.second), str(tag.both)
        )
    table.add_row(text(tr("all tags")), *_kappa(pair.all_tags), "", "", "")
    table.add_row(text(tr("statuses")), *_kappa(pair.statuses), "", "", "")
    return table


def _overlaps(pair: Agreement) -> Any:
    from tui.passages import colour_words
    from tui.plain import text

    table = _table(tr("measure"), "F1", pair.first, tr("shared"), pair.second, tr("shared"))
    rows = [
        (tr("marked characters"), pair.characters),
        (tr("marked passages that overlap"), pair.passages),
        (tr("marked passages with the same bounds"), pair.same_passages),
    ]
    rows += [
        (tr("in {colour}").format(colour=colour_words(colour)), found)
        for colour, found in pair.colours.items()
    ]
    for name, found in rows:
        value = tr("undefined: nothing marked") if found.value is None else f"{found.value:.2f}"
        counts = (found.first, found.shared_first, found.second, found.shared_second)
        table.add_row(text(name), text(value), *map(str, counts))
    return table


def _kappa(found: Kappa) -> tuple[Any, str, str]:
    from tui.plain import text

    if found.value is not None:
        value = f"{found.value:.2f}"
    else:
        value = tr("undefined: no variation") if found.n else tr("undefined: nothing to compare")
    return text(value), str(found.agreed), str(found.n)


def _table(*titles: str) -> Any:
    from rich.table import Table

    from tui.plain import text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(titles):
        justify: Any = "left" if number < 2 else "right"
        table.add_column(text(title, "bold"), overflow="fold", justify=justify)
    return table
