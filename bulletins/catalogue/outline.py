"""What lists show of an issue: enough for a sidebar, without a single block of text."""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bulletins.leads import lead_of

if TYPE_CHECKING:
    from bulletins.boundary import Boundary
    from bulletins.model import Article, EntityType, Issue, Section

# How far an issue has got: its text, mentions found by rules, mentions refined with word cutting.
Stage = Literal["parsed", "mentions", "refined"]
STAGES: tuple[Stage, ...] = ("parsed", "mentions", "refined")

# A title or a name in a list is a line; a hostile file may make one of many megabytes.
LABEL_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class ArticleOutline:
    """One article in a list; `lead` is as in bulletins.leads.

    `amounts`, `entities` and `doubts` count mentions and are 0 before they are looked for.
    """

    id: str
    title: str
    page: int
    topic: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    lead: str = ""
    blocks: int = 0
    footnotes: int = 0
    amounts: int = 0
    entities: int = 0
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class SectionOutline:
    """A section head and its articles, in printed order."""

    title: str
    articles: tuple[ArticleOutline, ...]


class Edition(NamedTuple):
    """Another file of an issue: the id of what it holds, and where it is."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class IssueOutline:
    """An issue in a list; `path` is one file that holds it, with surrogate escapes.

    `editions` are found among the issues of a library (see bulletins.editions) and never stored.
    `boundaries` are those that were obeyed when it was read, but for the `unmet`.
    """

    id: str
    path: str
    style: str
    confidence: float
    sections: tuple[SectionOutline, ...]
    publication: str | None = None
    number: str | None = None
    date: str | None = None
    stage: Stage = "parsed"
    editions: tuple[Edition, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    unmet: tuple[Boundary, ...] = ()

    def articles(self) -> tuple[ArticleOutline, ...]:
        """All articles, in printed order."""
        return tuple(article for section in self.sections for article in section.articles)


@dataclass(frozen=True, slots=True)
class FileStat:
    """What tells an unchanged file without reading it; `ctime_ns` also sees a changed mode."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, path: str) -> FileStat | None:
        """Look at a file, through links; None if there is none or its folder is closed to us."""
        try:
            found = file_status(path)
        except (OSError, ValueError):  # ValueError: a NUL in the name
            return None
        # Of pipes and devices the size means nothing, and reading them may never end.
        size = found.st_size if stat.S_ISREG(found.st_mode) else -1
        return cls(size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def file_status(path: str) -> os.stat_result:
    """Look at the file that a path is, or the archive that it leads into. Raises OSError."""
    while True:
        try:
            return os.stat(path)  # noqa: PTH116 - keeps pathlib out of the reader's start
        except NotADirectoryError:
            path = os.path.dirname(path)  # noqa: PTH120


@dataclass(frozen=True, slots=True)
class FileState:
    """What the catalogue knows of a file: exactly one of `outline` and `message`, or neither.

    Neither means that the file is new or has changed, and has to be read.
    """

    path: str
    outline: IssueOutline | None = None
    message: str | None = None

    @property
    def unknown(self) -> bool:
        """The file has to be read."""
        return self.outline is None and self.message is None


@dataclass(frozen=True, slots=True)
class Naming:
    """An article that names a thing, `count` times."""

    issue_id: str
    article_id: str
    count: int


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name of an article: `count` articles have it, `articles` are the ids of issue and article.

    `articles` is empty where they were not asked for.
    """

    identity: str
    type: EntityType
    count: int
    articles: tuple[tuple[str, str], ...] = ()


def names_in(article: Article) -> Counter[tuple[str, EntityType]]:
    """Count what an article names, by identity and type; a name without identity is left out."""
    return Counter(
        (entity.identity, entity.type)
        for entity in article.mentions.entities
        if entity.identity is not None and len(entity.identity) <= LABEL_LENGTH
    )


def outline_of(issue: Issue, stage: Stage) -> IssueOutline:
    """Make the outline of an issue; long labels are cut to `LABEL_LENGTH` code points."""
    return IssueOutline(
        id=issue.id,
        path=issue.path,
        style=issue.style,
        confidence=issue.confidence,
        sections=tuple(_section_outline(section) for section in issue.sections),
        publication=_label(issue.publication),
        number=_label(issue.number),
        date=_label(issue.date),
        stage=stage,
        boundaries=issue.boundaries,
        unmet=issue.unmet,
    )


def _section_outline(section: Section) -> SectionOutline:
    return SectionOutline(
        section.title[:LABEL_LENGTH],
        tuple(_article_outline(article) for article in section.articles),
    )


def _article_outline(article: Article) -> ArticleOutline:
    return ArticleOutline(
        id=article.id,
        title=article.title[:LABEL_LENGTH],
        page=article.page,
        topic=_label(article.topic),
        date=_label(article.date),
        authors=tuple(author[:LABEL_LENGTH] for author in article.authors[:LABEL_LENGTH]),
        lead=lead_of(article),
        blocks=len(article.blocks),
        footnotes=len(article.footnotes),
        amounts=len(article.mentions.amounts),
        entities=len(article.mentions.entities),
        doubts=len(article.mentions.doubts),
    )


def _label(text: str | None) -> str | None:
    return None if text is None else text[:LABEL_LENGTH]
