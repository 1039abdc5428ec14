"""`kuaibao inspect --format flows`: every sum, and who pays whom, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

from annotations.exports.formulas import guarded
from tui.cli.inspect import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from bulletins.model import Amount, Article, Evidence, Issue, Place
    from bulletins.parsing import LineTrace

COLUMNS = (
    "file", "publication", "number", "issue_date", "section", "article", "article_date",
    "page", "place",
    "words", "currency", "value", "low", "high", "approximate", "per",
    "payer", "recipient", "purpose", "kind", "status", "date", "relation", "others", "disagrees",
)  # fmt: skip
"""One row is one mention of a sum; codes and numbers are those of the JSON."""


class FlowsWriter(Writer):
    """A table; with `bom` it begins with a byte order mark, by which Excel knows UTF-8."""

    def __init__(self, *, bom: bool) -> None:
        super().__init__(explain=False)
        if bom:
            sys.stdout.write("\ufeff")
        self._table = csv.writer(sys.stdout, lineterminator="\n")
        self._table.writerow(COLUMNS)

    def issue(self, issue: Issue, trace: tuple[LineTrace, ...]) -> None:
        for section in issue.sections:
            for article in section.articles:
                for row in _rows(issue, section.title, article):
                    self._table.writerow(row)


def protected(text: str | None) -> str:
    """Make a cell of one line that no spreadsheet takes for a formula."""
    return guarded((text or "").replace("\n", " "))


def _rows(issue: Issue, section: str, article: Article) -> Iterator[list[str]]:
    from bulletins.sources.plain import plain

    mentions = article.mentions
    amounts = mentions.amounts
    flows = {flow.amount: flow for flow in mentions.flows}
    disagreeing: dict[int, list[int]] = {}
    for doubt in mentions.doubts:
        disagreeing.setdefault(doubt.first, []).append(doubt.second)
        disagreeing.setdefault(doubt.second, []).append(doubt.first)
    printed = (plain(issue.path), issue.publication, issue.number, issue.date, section)
    for index, amount in enumerate(amounts):
        flow = flows.get(index)
        relation = flow.relation if flow else None
        others: Sequence[int] = flow.others if flow else ()
        if relation is None and amount.equivalent_of is not None:
            relation, others = "equivalent", (amount.equivalent_of,)
        page, place = _where(article, amount.place)
        yield [
            *map(protected, (*printed, article.title, article.date)),
            str(page),
            place,
            protected(amount.text),
            protected(amount.currency),
            _number(amount.value),
            _number(amount.low),
            _number(amount.high),
            "yes" if amount.approximate else "",
            protected(amount.per),
            _names(flow.payer if flow else ()),
            _names(flow.recipient if flow else ()),
            *(
                protected(getattr(said, "value", ""))
                for said in (
                    (flow.purpose, flow.kind, flow.status, flow.date) if flow else (None,) * 4
                )
            ),
            relation or "",
            _words(others, amounts),
            _words(disagreeing.get(index, ()), amounts),
        ]


def _where(article: Article, place: Place) -> tuple[int, str]:
    """The page of a mention, and in which part of the article it stands."""
    if place.footnote is not None:
        return article.footnotes[place.footnote].page, "note"
    if place.block is None:
        return article.page, "title"
    return article.blocks[place.block].page, "text"


def _names(parties: Sequence[Evidence]) -> str:
    return protected("; ".join(dict.fromkeys(party.value for party in parties)))


def _words(indices: Sequence[int], amounts: Sequence[Amount]) -> str:
    return protected("; ".join(amounts[index].text for index in indices))


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
