"""The shape of a bulletin that was read: Issue ▸ Section ▸ Article ▸ Block, Footnote, mentions.

All offsets are Unicode code points, 0-based, end exclusive. Everything is frozen: a reader's
corrections are annotations and never change what was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bulletins.said import SaidError

if TYPE_CHECKING:
    from decimal import Decimal

    from bulletins.boundary import Boundary

BlockKind = Literal["heading", "paragraph", "list_item", "caption", "table"]
EntityType = Literal["organization", "person", "place", "document", "program", "technology"]
QuantityKind = Literal[
    "percent", "ratio", "count", "length", "area", "volume", "mass", "temperature", "time", "rate",
    "data", "energy", "power", "pressure", "voltage", "other",
]  # fmt: skip
Comparison = Literal["more", "less", "at_least", "at_most", "increase", "decrease"]
DateKind = Literal["day", "month", "quarter", "half", "year", "decade", "period"]
FlowKind = Literal["grant", "loan", "investment", "budget", "price", "revenue", "equivalent"]
FlowStatus = Literal["planned", "announced", "committed", "paid"]
RelationKind = Literal["total", "part", "repeat", "equivalent"]


class Box(NamedTuple):
    """A rectangle on a page, in points from its left and upper edge."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, caption or table; the unit of layout and of offsets.

    `page` counts from 1. A heading has a `level` (1 is the outermost sub-head of an article). A
    table has `rows`, and its `text` is their cells joined by " | " and its rows by newlines.
    A caption has the `picture` it belongs to, where the file tells.
    """

    kind: BlockKind
    text: str
    page: int
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] | None = None
    picture: Box | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered note and the place of its mark: `blocks[block].text[offset]`, or None if unfound.

    `offset` is where the mark stood before it was taken out, so it lies in 0..len(text).
    """

    marker: str
    text: str
    urls: tuple[str, ...]
    page: int
    block: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: in a block, in the title (both None) or in a footnote (its index)."""

    start: int
    end: int
    block: int | None = None
    footnote: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money. `text` is number, scale and currency; qualifiers stay outside it.

    `value` is plain units of `currency` (ISO 4217); a range has `low`/`high` instead, and a vague
    sum (数亿美元) has none of the three. `approximate` covers 约, 近, 超过, 多, 高达, 数. `per` is
    what one such sum is for (year, month, day, hour, share, person, item, or a unit's symbol; two
    with a slash, person/month), None for a whole sum. `equivalent_of` is the index in
    `Mentions.amounts` of the sum that this one states again in another currency.
    """

    text: str
    place: Place
    currency: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    per: str | None = None
    equivalent_of: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A percentage, a count with its unit, or a measure; ranges as in `Amount`.

    `comparison` is what the words beside it make of the figure: 增长 5.5% is an increase.
    """

    text: str
    place: Place
    kind: QuantityKind
    unit: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date; `iso` is as precise as the text and its surroundings allow ("2024-08", "2024-08-06").

    A period or decade is "from/to", a quarter "2024-Q3", a half "2024-H1". `iso` is "" when the
    year is not certain (`8 月 6 日` in a text that names no year). `deadline` says that something
    is due then.
    """

    text: str
    place: Place
    iso: str
    kind: DateKind = "day"
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A name; `canonical` is the fullest form that the article itself ties to it.

    `identity` is the same for the same thing in all articles of all issues; None where the article
    gives no full form (an abbreviation alone says nothing).
    """

    type: EntityType
    text: str
    canonical: str
    place: Place
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the article that say one thing of a flow, and what they say.

    `value` is a name's canonical form, a `FlowKind`, a `FlowStatus` or an ISO date; the words
    themselves for a purpose.
    """

    text: str
    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Who pays whom: what the sentence of one sum says of it, each field by its own words.

    `amount` is an index into `Mentions.amounts`. `relation` says how the sum stands to `others`
    (indices as well): it is their total, a part of the total they name, a repeat or an equivalent.
    What the text does not say is empty.
    """

    amount: int
    payer: tuple[Evidence, ...] = ()
    recipient: tuple[Evidence, ...] = ()
    purpose: Evidence | None = None
    kind: Evidence | None = None
    status: Evidence | None = None
    date: Evidence | None = None
    relation: RelationKind | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two sums of an article that should agree and do not: indices into `Mentions.amounts`."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that was found in one article, each tuple in order of appearance.

    `flows` has at most one entry for a sum, in the order of the sums.
    """

    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    flows: tuple[Flow, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a section. `page` is where its title stands, from 1; `date` is ISO or None."""

    id: str
    title: str
    page: int
    topic: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    original_title: str | None = None
    sources: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    mentions: Mentions = Mentions()


@dataclass(frozen=True, slots=True)
class Section:
    """A group of articles under one head; `title` is "" where the issue prints no head."""

    title: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One file that was read. `id` is the SHA-256 of its bytes, hex; `confidence` is 0..1.

    `boundaries` are what the reader had said of its lines by then, and `unmet` those of them that
    no line was found for.
    """

    id: str
    path: str
    style: str
    confidence: float
    sections: tuple[Section, ...]
    publication: str | None = None
    number: str | None = None
    date: str | None = None
    boundaries: tuple[Boundary, ...] = ()
    unmet: tuple[Boundary, ...] = ()

    def articles(self) -> tuple[Article, ...]:
        """All articles, in printed order."""
        return tuple(article for section in self.sections for article in section.articles)


class ReadError(SaidError):
    """A file that can't be read; `str()` is one plain line that says why and what to do."""

    def __init__(self, path: str, message: str, /, **values: object) -> None:
        super().__init__(message, **values)
        self.path = path
        self.message = self.said
