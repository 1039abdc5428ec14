"""Fill an issue with the mentions of its articles and their dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulletins.mentions.amounts import find_amounts
from bulletins.mentions.article_date import (
    article_date,
    article_reference,
    issue_reference,
    with_day,
)
from bulletins.mentions.currencies import meanings
from bulletins.mentions.dates import Reference, find_dates, mention
from bulletins.mentions.entities import Reading, Shared, placed, read_names, shared_names
from bulletins.mentions.flows import with_flows
from bulletins.mentions.numbers import numerals
from bulletins.mentions.quantities import find_quantities
from bulletins.mentions.view import View, view_of
from bulletins.model import Mentions

if TYPE_CHECKING:
    from bulletins.mentions.gazetteers import Gazetteers
    from bulletins.mentions.words import Words
    from bulletins.model import Amount, Article, DateMention, Entity, Issue, Quantity


def annotate(issue: Issue, gazetteers: Gazetteers, words: Words | None = None) -> Issue:
    """Give the issue with `mentions` and `date` of each article filled in.

    Years that the text leaves out come from the issue's own date, else from what its addresses and
    full dates agree on. With `words` (jieba) names are cut at least as well as by rules alone.
    """
    views = {id(article): _blocks(article) for article in issue.articles()}
    texts = [view.text for blocks in views.values() for view in blocks]
    around = issue_reference(issue, texts)
    readings = {
        id(article): read_names(view_of(article.title), views[id(article)], gazetteers, words)
        for article in issue.articles()
    }
    shared = shared_names(readings.values())
    sections = tuple(
        replace(
            section,
            articles=tuple(
                _annotated(
                    article, around, views[id(article)], readings[id(article)], gazetteers, shared
                )
                for article in section.articles
            ),
        )
        for section in issue.sections
    )
    return replace(issue, sections=sections)


def find_mentions(
    article: Article,
    gazetteers: Gazetteers,
    words: Words | None = None,
    reference: Reference | None = None,
) -> Mentions:
    """Find the mentions of one article.

    Sums in title, blocks and footnotes; quantities, dates and names in title and blocks.
    `reference` says when its issue was made, for dates without a year.
    """
    own = article_reference(article, reference or Reference())
    views = _blocks(article)
    own = with_day(own, article_date(views, own))
    reading = read_names(view_of(article.title), views, gazetteers, words)
    return _mentions(article, own, views, placed(reading, gazetteers))


def _blocks(article: Article) -> list[View]:
    return [view_of(block.text) for block in article.blocks]


def _annotated(
    article: Article,
    around: Reference,
    views: list[View],
    reading: Reading,
    gazetteers: Gazetteers,
    shared: Shared,
) -> Article:
    own = article_reference(article, around)
    day = article_date(views, own)
    entities = placed(reading, gazetteers, shared)
    mentions = _mentions(article, with_day(own, day), views, entities)
    return replace(article, date=day, mentions=mentions)


def _mentions(
    article: Article, reference: Reference, views: list[View], entities: list[Entity]
) -> Mentions:
    title = view_of(article.title)
    known = meanings(view.text for view in (title, *views))
    amounts: list[Amount] = []
    quantities: list[Quantity] = []
    dates: list[DateMention] = []
    for block, view in [(None, title), *enumerate(views)]:
        numbers = numerals(view.text, view.offsets)
        sums = find_amounts(view, numbers, block=block, first=len(amounts), known=known)
        days = [mention(view, found, block) for found in find_dates(view.text, reference)]
        places = [*(one.place for one in sums), *(one.place for one in days)]
        taken = sorted((place.start, place.end) for place in places)
        amounts += sums
        dates += days
        quantities += find_quantities(view, numbers, taken, block)
    for index, note in enumerate(article.footnotes):
        view = view_of(note.text)
        numbers = numerals(view.text, view.offsets)
        amounts += find_amounts(view, numbers, footnote=index, first=len(amounts), known=known)
    mentions = Mentions(tuple(amounts), tuple(quantities), tuple(dates), tuple(entities))
    return with_flows(article, title, views, mentions)
