"""What a reader adds to a bulletin: annotations, what they point at and what they say.

Everything is frozen; a change is a new revision of the same id. Offsets are Unicode code points,
0-based, end exclusive. Times are UTC, ISO 8601 with microseconds and `Z`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, get_args

from bulletins.leads import lead_of
from bulletins.model import EntityType
from bulletins.said import SaidError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bulletins.boundary import BoundaryAct
    from bulletins.catalogue.outline import IssueOutline
    from bulletins.model import Article, Issue

Status = Literal["unread", "later", "reading", "reviewed", "skipped"]
IssueField = Literal["title", "number", "date", "publication"]
ArticleField = Literal["title", "date", "authors", "source"]
CorrectionField = IssueField | ArticleField
LinkRelation = Literal["same_event", "follows_up", "contradicts"]
MentionAct = Literal["accept", "reject", "retype", "rename", "revalue", "add"]
MentionScope = Literal["library", "article", "here"]
MentionType = Literal["amount", "quantity", "date"] | EntityType
STATUSES: tuple[Status, ...] = get_args(Status)
ISSUE_FIELDS: tuple[IssueField, ...] = get_args(IssueField)
ARTICLE_FIELDS: tuple[ArticleField, ...] = get_args(ArticleField)
CORRECTION_FIELDS: tuple[CorrectionField, ...] = (
    *ISSUE_FIELDS,
    *(one for one in ARTICLE_FIELDS if one not in ISSUE_FIELDS),
)
LINK_RELATIONS: tuple[LinkRelation, ...] = get_args(LinkRelation)
MENTION_ACTS: tuple[MentionAct, ...] = get_args(MentionAct)
MENTION_SCOPES: tuple[MentionScope, ...] = get_args(MentionScope)
ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
MENTION_TYPES: tuple[MentionType, ...] = ("amount", "quantity", "date", *ENTITY_TYPES)


class StoreError(SaidError):
    """Work that can't be read, kept or exported; `str()` is one plain line naming the file."""


class ChangedError(StoreError):
    """A text was changed elsewhere since the caller saw it; nothing was done."""


@dataclass(frozen=True, slots=True)
class IssueRef:
    """The issue that an annotation belongs to; enough to cite it when the file is not at hand."""

    id: str
    file_name: str
    publication: str | None = None
    number: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """The article that an annotation belongs to; enough to find it again and to cite it.

    `position` counts the articles of the issue from 0; `page` counts from 1 (0: not known);
    `lead` is the beginning of its running text; see bulletins.leads.
    """

    id: str
    title: str
    section: str = ""
    position: int = 0
    lead: str = ""
    page: int = 0
    authors: tuple[str, ...] = ()
    date: str | None = None
    sources: tuple[str, ...] = ()
    original_title: str | None = None


@dataclass(frozen=True, slots=True)
class Selector:
    """A span of one block: W3C TextPosition (`start`, `end`) and TextQuote in one.

    `block` is an index into the article's blocks, None for its title; in a footnote it is None and
    `footnote` is the index of that. `page` counts from 1. `position` is where the span begins in
    the article's whole text, and `state` the hash of that text (see annotations.anchors); None and
    "" in what was made before these were kept.
    """

    start: int
    end: int
    exact: str
    block: int | None = None
    prefix: str = ""
    suffix: str = ""
    page: int = 0
    position: int | None = None
    state: str = ""
    footnote: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about: an issue, an article of it, or a span of that article.

    A note on a highlight names it by `annotation`, its id, and has the same selector.
    """

    issue: IssueRef
    article: ArticleRef | None = None
    selector: Selector | None = None
    annotation: str | None = None

    def __hash__(self) -> int:
        """Hash what tells most targets apart; of all fields it would take ten times as long."""
        span = self.selector
        place = (span.start, span.end, span.block, span.exact) if span is not None else None
        article = self.article.id if self.article is not None else None
        return hash((self.issue.id, article, place, self.annotation))


@dataclass(frozen=True, slots=True)
class TagBody:
    """A tag by its id. `name` is what it was called then, for when its definition is missing."""

    tag: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NoteBody:
    """A note in Markdown, lines ended by LF."""

    text: str


@dataclass(frozen=True, slots=True)
class HighlightBody:
    """A span marked in a named colour, with a remark or none."""

    colour: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkBody:
    """Another article that this one belongs with, and how; shown on both."""

    relation: LinkRelation
    issue: IssueRef
    article: ArticleRef
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatusBody:
    """How far the reader is with an article."""

    status: Status


@dataclass(frozen=True, slots=True)
class StarBody:
    """A star: there or deleted."""


@dataclass(frozen=True, slots=True)
class CorrectionBody:
    """What a field of an issue or an article should say instead of what was printed or found.

    Several `authors` are joined by ；. A `source` of an article is known by what was `printed`.
    """

    field: CorrectionField
    value: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class MentionValue:
    """What a figure says: a sum's or a quantity's `unit` and numbers, or a date's `iso`.

    `unit` of a sum is its currency (ISO 4217). One of `value`, `low` and `high`, or `iso` is set.
    """

    unit: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    iso: str = ""


@dataclass(frozen=True, slots=True)
class MentionBody:
    """What the reader says of a mention: that it is right, or none, or what it is instead.

    `mention` is the class that the program gave (of an added one: that it has), `form` its words
    in squeezed spelling, as `Entity.canonical` is. It holds for every mention of that class and
    form in the `scope`: the library, the article of the target, or the span of its selector.
    `type`, `name` (the canonical form) and `value` say what it is instead; empty: as it was.
    """

    act: MentionAct
    mention: MentionType
    form: str
    scope: MentionScope
    type: MentionType | None = None
    name: str = ""
    value: MentionValue | None = None


@dataclass(frozen=True, slots=True)
class BoundaryBody:
    """What a printed line is: see bulletins.boundary. `page` counts from 1, 0: not known.

    It is on the issue; the line is known again by its text and by what stands `before` and `after`.
    """

    act: BoundaryAct
    line: str
    before: str = ""
    after: str = ""
    everywhere: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class OtherBody:
    """A kind that this version does not know; kept and written back as it came."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)


Body = (
    TagBody
    | NoteBody
    | HighlightBody
    | LinkBody
    | StatusBody
    | StarBody
    | CorrectionBody
    | MentionBody
    | BoundaryBody
    | OtherBody
)
KINDS: dict[type, str] = {
    TagBody: "tag",
    NoteBody: "note",
    HighlightBody: "highlight",
    LinkBody: "link",
    StatusBody: "status",
    StarBody: "star",
    CorrectionBody: "correction",
    MentionBody: "correction",
    BoundaryBody: "boundary",
}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing a reader added, at one revision (from 1; 0: not yet stored).

    `versions` says which revision of each device this one has taken in, itself included: what it
    has not seen was made at the same time elsewhere, and stands beside it.
    `deleted` marks a tombstone. `extra` holds the fields of a stored document that this version
    does not know, nested as they were found, so that writing it back loses nothing.
    """

    id: str
    target: Target
    body: Body
    reviewer: str = ""
    device: str = ""
    revision: int = 0
    created: str = ""
    modified: str = ""
    deleted: bool = False
    versions: tuple[tuple[str, int], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)

    @property
    def kind(self) -> str:
        """tag, note, highlight, link, status, star, correction, boundary, or a later version's."""
        return self.body.kind if isinstance(self.body, OtherBody) else KINDS[type(self.body)]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag's definition. `aliases` are other tag ids that mean the same.

    `name` is its path, `政策/出口管制` for one whose `parent` is 政策.
    """

    id: str
    name: str
    colour: str | None = None
    key: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()


def new_annotation(body: Body, issue: IssueRef, article: ArticleRef | None = None) -> Annotation:
    """Make an annotation with a fresh id, not yet stored."""
    from uuid import uuid4  # 2 ms, and only needed when something is added

    return Annotation(str(uuid4()), Target(issue, article), body)


def issue_ref(issue: Issue | IssueOutline) -> IssueRef:
    """Describe an issue as it was printed.

    Corrections are never part of it: they may be taken back, and corrected() lays them over.
    """
    return IssueRef(
        issue.id,
        PurePath(issue.path).name,
        publication=issue.publication,
        number=issue.number,
        date=issue.date,
    )


def article_ref(article: Article, section_title: str, position: int) -> ArticleRef:
    """Describe an article; `position` counts the articles of the whole issue from 0."""
    return ArticleRef(
        article.id,
        article.title,
        section=section_title,
        position=position,
        lead=lead_of(article),
        page=article.page,
        authors=article.authors,
        date=article.date,
        sources=article.sources,
        original_title=article.original_title,
    )


def article_refs(issue: Issue) -> tuple[ArticleRef, ...]:
    """Describe all articles of an issue, in printed order."""
    pairs = [(section.title, article) for section in issue.sections for article in section.articles]
    return tuple(article_ref(article, title, at) for at, (title, article) in enumerate(pairs))


def corrected(issue: IssueRef, corrections: Mapping[str, str]) -> IssueRef:
    """Lay the reader's corrections (field → value) over an issue."""
    known = {name: value for name, value in corrections.items() if name in ISSUE_FIELDS}
    return replace(issue, **known) if known else issue
