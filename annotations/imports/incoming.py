"""What a file brings: annotations, where each stands in it, and what was changed by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from annotations.documents import DocumentError, from_document
from annotations.merge import versions_of
from annotations.model import Annotation, Tag, TagBody
from annotations.text import fold_name
from bulletins.said import Said
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from annotations.model import ArticleRef, IssueRef

Origin = Literal["record", "hand", "foreign"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One annotation of a file; `where` names its place there.

    `origin`: a record of ours, an entry added by hand, or another program's. `edited`: its text
    is not that of the revision it names (None: the file does not tell). `removed`: it was taken
    off by hand. `unplaced`: of its passage only the quote is known, of its article maybe nothing.
    """

    annotation: Annotation
    where: str
    origin: Origin = "record"
    edited: bool | None = None
    removed: bool = False
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An issue or one of its articles, for which a file says what is on it."""

    issue: IssueRef
    article: ArticleRef | None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text of another program with labels on spans (code points) and on the whole of it."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    labels: tuple[str, ...]
    where: str


@dataclass(slots=True)
class Brought:
    """All that a file brings. `problems` has a line for each thing that was not taken from it.

    `places` are what the file says all about, `seen` the ids of its records, also of those that
    can't be read, `texts` what is to be found in the library first.
    """

    format: str = ""
    incoming: list[Incoming] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    texts: list[LabelledText] = field(default_factory=list)
    exported: str = ""
    reviewer: str = ""
    problems: list[str] = field(default_factory=list)
    _named: dict[str, Tag] = field(default_factory=dict)

    def tag_named(self, name: str) -> Tag:
        """Return the tag of a name that stands in the file without an id."""
        folded = fold_name(name)
        if not self._named:
            self._named = {fold_name(tag.name): tag for tag in reversed(self.tags)}
        if folded not in self._named:
            tag = Tag(derived_id("tag", folded), name)
            self._named[folded] = tag
            self.tags.append(tag)
        return self._named[folded]

    def add(self, document: object, where: str) -> None:
        """Add a record of ours, or a line about why it can't be read."""
        if isinstance(document, dict) and isinstance(document.get("id"), str):
            self.seen.add(document["id"])
        try:
            annotation = from_document(document)
        except DocumentError as error:
            self.problems.append(Said("{where}: {why}", where=where, why=error))
            return
        if annotation.deleted:
            self.problems.append(
                Said("{where}: deleted; a deletion is not taken from a file", where=where)
            )
            return
        target = annotation.target
        self.places.append(Place(target.issue, target.article))
        self.incoming.append(Incoming(annotation, where))


def is_newer(one: Annotation, other: Annotation) -> bool:
    """Tell whether `one` has taken in the revision that `other` is."""
    return versions_of(one).get(other.device, 0) >= other.revision


def same_content(one: Annotation, other: Annotation) -> bool:
    """Tell whether two annotations say the same of the same passage."""
    if one.kind != other.kind:
        return False
    if isinstance(one.body, TagBody) and isinstance(other.body, TagBody):
        return one.body.tag == other.body.tag and span(one) == span(other)
    return one.body == other.body and span(one) == span(other)


def span(annotation: Annotation) -> tuple[object, ...] | None:
    """Return what tells the passage of an annotation from others of its article."""
    selector = annotation.target.selector
    if selector is None:
        return None
    where = selector.block, selector.footnote, selector.start, selector.end
    return *where, selector.exact


def derived_id(*parts: object) -> str:
    """Return an id that follows from `parts`, so that a second import makes the same."""
    from uuid import NAMESPACE_OID, uuid5  # 2 ms, and only when a file is imported

    from annotations.lines import dump

    return str(uuid5(NAMESPACE_OID, dump({"parts": [*parts]})))


def read_tag(data: object) -> Tag | None:
    """Read a tag's definition of an export; None if it is none."""
    if not isinstance(data, dict):
        return None
    names = {name: data.get(name) for name in ("id", "name", "colour", "key", "parent")}
    aliases = data.get("aliases") or []
    if not all(isinstance(value, str | None) for value in names.values()):
        return None
    if not isinstance(aliases, list) or not all(isinstance(one, str) for one in aliases):
        return None
    tag = Tag(
        names["id"] or "",
        plain_line(names["name"] or ""),
        colour=_line(names["colour"]),
        key=_line(names["key"]),
        parent=names["parent"] or None,
        aliases=tuple(aliases),
    )
    return tag if tag.id and fold_name(tag.name) else None


def _line(text: str | None) -> str | None:
    return plain_line(text) if text else None


def with_name(annotation: Annotation, name: str) -> Annotation:
    """Return the annotation under another id, at its first revision."""
    return replace(annotation, id=name, revision=1, versions=())
