"""The rows of the sidebar: publication ▸ issue ▸ section ▸ article, folded and filtered."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from tui.editions import edition_sign, other_formats
from tui.locale import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from bulletins.catalogue.outline import ArticleOutline, IssueOutline, SectionOutline

STATUS_WORDS = {
    "unread": mark("unread"),
    "later": mark("later"),
    "reading": mark("opened"),
    "reviewed": mark("reviewed"),
    "skipped": mark("skipped"),
}
"""What a status is called on the screens."""
RowKind = Literal["publication", "issue", "section", "article", "problem"]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the reader made of one article, as far as the sidebar shows it.

    `anchors` are the states of its passages: exact, moved, fuzzy, orphan. `title` is the corrected
    one, "" if it is as printed.
    """

    status: str = "unread"
    starred: bool = False
    tags: tuple[str, ...] = ()
    notes: int = 0
    anchors: frozenset[str] = frozenset()
    title: str = ""

    @property
    def read(self) -> bool:
        """Opened, reviewed or set aside: anything that is no longer to be read."""
        return self.status in ("reading", "reviewed", "skipped")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sidebar; `depth` counts from 0, `done` of `total` articles are read.

    `reviewed` counts those that are reviewed, `doubts` the sums of an article that disagree.
    """

    kind: RowKind
    depth: int
    label: str
    key: str
    issue_id: str = ""
    article_id: str = ""
    folded: bool = False
    done: int = 0
    total: int = 0
    marks: Marks = Marks()
    doubts: int = 0
    reviewed: int = 0
    editions: str = ""
    """A sign for the other editions of an issue."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that the sidebar is made from.

    `marks` is keyed by issue and article id, `corrections` by issue id and field; `problems` are
    pairs of a file and what is wrong with it.
    """

    issues: Sequence[IssueOutline] = ()
    marks: Mapping[tuple[str, str], Marks] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: Sequence[tuple[str, str]] = ()
    _read: Counter[str] = field(init=False, repr=False, compare=False)
    _reviewed: Counter[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        items = self.marks.items()
        read = Counter(issue_id for (issue_id, _), marks in items if marks.read)
        done = Counter(issue_id for (issue_id, _), marks in items if marks.status == "reviewed")
        object.__setattr__(self, "_read", read)
        object.__setattr__(self, "_reviewed", done)

    def issue_field(self, issue: IssueOutline, name: str) -> str:
        """A field of an issue as the reader corrected it, else as it was printed, else ""."""
        corrected = self.corrections.get(issue.id, {}).get(name)
        return corrected if corrected else str(getattr(issue, name, None) or "")

    def issue_label(self, issue: IssueOutline) -> str:
        """How an issue is called in lists: title, number and date, else the file's name."""
        parts = [self.issue_field(issue, name) for name in ("title", "number", "date")]
        return " · ".join(part for part in parts if part) or PurePath(issue.path).stem

    def read_in(self, issue_id: str) -> int:
        """How many articles of an issue are read."""
        return self._read.get(issue_id, 0)

    def reviewed_in(self, issue_id: str) -> int:
        """How many articles of an issue are reviewed."""
        return self._reviewed.get(issue_id, 0)

    def marks_of(self, issue_id: str, article_id: str) -> Marks:
        """What the reader made of one article."""
        return self.marks.get((issue_id, article_id), Marks())


@lru_cache(maxsize=100_000)
def fold_text(text: str) -> str:
    """Fold width and case, so that ＡＩ, ai and AI are found alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def rows(shelf: Shelf, folded: Set[str], query: str, other: str) -> list[Row]:
    """List the visible rows.

    `folded` holds the keys of closed rows; a filter opens everything that it finds. `other` names
    the group of issues whose publication is unknown.
    """
    wanted = _Query.parse(query)
    listed: list[Row] = []
    for name, issues in _by_publication(shelf):
        key = f"publication:{name}"
        children: list[Row] = []
        for issue in issues:
            children += _issue_rows(shelf, issue, folded, wanted, name)
        if not children:
            continue
        heads = [row for row in children if row.kind == "issue"]
        closed = key in folded and not wanted
        listed.append(
            Row(
                "publication", 0, name or other, key, folded=closed,
                done=sum(row.done for row in heads), total=sum(row.total for row in heads),
                reviewed=sum(row.reviewed for row in heads),
            )
        )  # fmt: skip
        if not closed:
            listed += children
    if not wanted:
        listed += [
            Row("problem", 0, PurePath(path).name, f"problem:{path}") for path, _ in shelf.problems
        ]
    return listed


def walk(shelf: Shelf, query: str) -> list[tuple[str, str, str]]:
    """List all articles that the filter lets through, folded or not, in the order of the rows.

    Each is an issue's id, the key of its section's row ("" if it has none), and its own id.
    """
    listed: list[tuple[str, str, str]] = []
    if _Query.parse(query):
        section = ""
        for row in rows(shelf, frozenset(), query, ""):
            if row.kind == "article":
                listed.append((row.issue_id, section, row.article_id))
            else:
                section = row.key if row.kind == "section" else ""
        return listed
    for _, issues in _by_publication(shelf):
        for issue in issues:
            for index, part in enumerate(issue.sections):
                section = f"section:{issue.id}:{index}" if part.title else ""
                listed += [(issue.id, section, article.id) for article in part.articles]
    return listed


def _by_publication(shelf: Shelf) -> list[tuple[str, list[IssueOutline]]]:
    """Publications by name, unknown ones last; their issues newest first."""
    groups: dict[str, list[IssueOutline]] = {}
    for issue in shelf.issues:
        groups.setdefault(shelf.issue_field(issue, "publication"), []).append(issue)
    return [
        (name, sorted(groups[name], key=lambda issue: issue_order(shelf, issue)))
        for name in sorted(groups, key=lambda group: (group == "", group))
    ]


@dataclass(frozen=True, slots=True)
class _Query:
    words: tuple[str, ...]
    tags: tuple[str, ...]
    starred: bool
    unread: bool
    anchors: tuple[frozenset[str], ...]
    statuses: frozenset[str]

    @classmethod
    def parse(cls, query: str) -> _Query:
        terms = fold_text(query).split()
        states = {term: _states(term[1:]) for term in terms if term.startswith("~")}
        wanted = {term: _statuses(term[1:]) for term in terms if term.startswith("!")}
        return cls(
            words=tuple(
                term
                for term in terms
                if not term.startswith("#") and term not in "*!"
                if not states.get(term) and not wanted.get(term)
            ),
            tags=tuple(term[1:] for term in terms if term.startswith("#") and len(term) > 1),
            starred="*" in terms,
            unread="!" in terms,
            anchors=tuple(found for found in states.values() if found),
            statuses=frozenset().union(*wanted.values()),
        )

    def __bool__(self) -> bool:
        return bool(
            self.words or self.tags or self.starred or self.unread or self.anchors or self.statuses
        )

    def finds(self, haystack: str, marks: Marks) -> bool:
        if self.starred and not marks.starred:
            return False
        if self.unread and marks.read:
            return False
        if self.statuses and marks.status not in self.statuses:
            return False
        if not all(states & marks.anchors for states in self.anchors):
            return False
        if self.tags:
            own = [f"/{fold_text(tag).replace(' ', '_')}/" for tag in marks.tags]
            if not all(any(wanted in tag for tag in own) for wanted in self.tags):
                return False
        if not self.words:
            return True
        folded = fold_text(haystack)
        return all(word in folded for word in self.words)


def _states(begun: str) -> frozenset[str]:
    """The states of passages whose names begin so; of none named, those that are not exact."""
    names = ("exact", "moved", "fuzzy", "orphan") if begun else ("moved", "fuzzy", "orphan")
    return frozenset(name for name in names if name.startswith(begun))


def _statuses(begun: str) -> frozenset[str]:
    """The statuses whose names, in English or as the screen says them, begin so; "": none."""
    return frozenset(
        name
        for name, word in STATUS_WORDS.items()
        if begun and (name.startswith(begun) or fold_text(tr(word)).startswith(begun))
    )


def issue_order(shelf: Shelf, issue: IssueOutline) -> tuple[object, ...]:
    """Order issues: newest first by date, then by file name, those without a date last."""
    date = shelf.issue_field(issue, "date")
    newest_first = tuple(-ord(character) for character in date) if date else (0,)
    return (not date, newest_first, PurePath(issue.path).name)


def _issue_rows(
    shelf: Shelf, issue: IssueOutline, folded: Set[str], wanted: _Query, group: str
) -> list[Row]:
    key = f"issue:{issue.id}"
    label = shelf.issue_label(issue)
    also = edition_sign(other_formats(issue)) if issue.editions else ""
    closed = key in folded and not wanted
    if closed:
        # Only counted, and by the articles that have marks: most issues of a library are closed.
        total = sum(len(section.articles) for section in issue.sections)
        done, reviewed = shelf.read_in(issue.id), shelf.reviewed_in(issue.id)
        return [
            Row(
                "issue", 1, label, key, issue.id,
                folded=True, done=done, total=total, reviewed=reviewed, editions=also,
            )
        ]  # fmt: skip
    children: list[Row] = []
    done = total = 0
    for index, section in enumerate(issue.sections):
        listed, read, count = _section_rows(
            shelf, issue, section, f"section:{issue.id}:{index}", folded, wanted, f"{group} {label}"
        )
        done, total = done + read, total + count
        children += listed
    if wanted and not children:
        return []
    reviewed = shelf.reviewed_in(issue.id)
    head = Row(
        "issue", 1, label, key, issue.id,
        done=done, total=total, reviewed=reviewed, editions=also,
    )  # fmt: skip
    return [head, *children]


def _section_rows(
    shelf: Shelf,
    issue: IssueOutline,
    section: SectionOutline,
    key: str,
    folded: Set[str],
    wanted: _Query,
    context: str,
) -> tuple[list[Row], int, int]:
    """The rows of one section, and how many of its articles are read, and how many there are."""
    listed: list[Row] = []
    done = 0
    marks_of = shelf.marks_of
    closed = key in folded and not wanted
    depth = 3 if section.title else 2
    for article in section.articles:
        marks = marks_of(issue.id, article.id)
        done += marks.read
        if closed or (
            wanted
            and not wanted.finds(
                f"{context} {section.title} {article_label(article)} {marks.title}", marks
            )
        ):
            continue
        listed.append(
            Row(
                "article", depth, article_label(article, marks.title),
                f"article:{issue.id}:{article.id}", issue.id, article.id,
                marks=marks, doubts=article.doubts,
            )
        )  # fmt: skip
    total = len(section.articles)
    if section.title and (listed or not wanted):
        head = Row(
            "section", 2, section.title, key, issue.id, folded=closed, done=done, total=total
        )
        listed.insert(0, head)
    return listed, done, total


def article_label(article: ArticleOutline, corrected: str = "") -> str:
    """How an article is called in lists: its topic, and its title as the reader corrected it."""
    title = corrected or article.title
    return f"[{article.topic}] {title}" if article.topic else title
