"""All annotations of a library as rows of plain data, with what a filter looks at."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from annotations.merge import order
from annotations.model import HighlightBody, LinkBody, NoteBody, StarBody, StatusBody, TagBody
from annotations.tags import tags_by_id
from annotations.text import fold_name
from annotations.view import article_state
from bulletins.model import Place
from bulletins.sources.plain import plain_line
from tui.clock import local_time
from tui.orphan_words import body_words
from tui.passages import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from annotations.healing import Anchor
    from annotations.model import Annotation, IssueRef
    from annotations.placing import IssueWork
    from annotations.store import Store

    Label = Callable[[IssueRef, str], tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose annotation it is: their folder, initials and ink; nothing of all that for one's own."""

    folder: str = ""
    initials: str = ""
    tone: str = ""

    @property
    def sign(self) -> str:
        """The initials as they stand in lists."""
        return f"[{self.initials}]" if self.initials else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A reviewer's annotations as rows are made of them.

    `home` gives the issue of the library that shows what was made under an id, `work` what there
    is on that issue.
    """

    store: Store
    home: Callable[[str], str | None]
    work: Callable[[str], IssueWork | None]
    whose: Whose = Whose()

    def issues(self) -> dict[str, list[str]]:
        """Return the ids that have annotations, by the issue that shows them, else by themselves.

        Reads file names.
        """
        found: dict[str, list[str]] = {}
        for name in self.store.issue_ids():
            found.setdefault(self.home(name) or name, []).append(name)
        return found


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """One annotation and where it is.

    `place` is the issue and the article of the library that have it; the article is "" where it is
    on the issue itself, `place` None where the library does not have them. `home` is the issue
    that shows it, else its own. `anchor` says where its passage stands, `state` is that in a word
    (exact, moved, fuzzy, orphan; "" without a passage). `tags` and `status` are those of its
    article. `twins` say the same of the same article: one tag put on both of two editions. What
    ends in `_words` is folded for a filter. `order` sorts by place.
    """

    annotation: Annotation
    said: str
    quote: str
    title: str
    section: str
    issue: str
    when: str
    place: tuple[str, str] | None
    anchor: Anchor | None
    state: str
    tags: frozenset[str]
    status: str
    starred: bool
    issue_date: str
    words: str
    issue_words: str
    order: tuple[object, ...]
    home: str = ""
    whose: Whose = Whose()
    twins: tuple[Annotation, ...] = ()

    @property
    def own(self) -> bool:
        """It can be changed."""
        return not self.whose.folder

    @property
    def every(self) -> tuple[Annotation, ...]:
        """The annotation and those that say the same."""
        return (self.annotation, *self.twins)

    @property
    def key(self) -> str:
        """Tell this annotation from all others, in this revision."""
        return key_of(self.annotation)

    @property
    def id(self) -> tuple[str, str]:
        """Tell this annotation from all others, in any revision."""
        return self.whose.folder, self.annotation.id

    @property
    def article(self) -> tuple[str, str]:
        """The issue and the article, in the library or by what the annotation says."""
        article = self.annotation.target.article
        return self.place or (self.annotation.target.issue.id, article.id if article else "")

    @property
    def at(self) -> Place | None:
        """Where its passage stands in the article of the library."""
        anchor, selector = self.anchor, self.annotation.target.selector
        if selector is None:
            return None
        if selector.footnote is not None:
            return Place(selector.start, selector.end, None, selector.footnote)
        if anchor is None or anchor.status == "orphan":
            return None
        return Place(anchor.start, anchor.end, anchor.block)


def rows_of(
    source: Source,
    home: str,
    issue_ids: Iterable[str],
    label: Label,
) -> list[AnnotationRow]:
    """List the live annotations that were made under the ids of one issue; see Source.issues.

    `label` calls an issue, by its reference and its id in the library ("" if it has none), by a
    name, a date and its place in the order of the library. Reads files.
    """
    found = [one for name in issue_ids for one in source.store.annotations(name)]
    if not found:
        return []
    found.sort(key=order)
    known = home if source.home(home) else ""
    ref = max(found, key=lambda one: one.modified).target.issue
    return list(_issue_rows(source, found, home, known, label(ref, known)))


def _issue_rows(
    source: Source,
    found: Sequence[Annotation],
    home: str,
    known: str,
    label: tuple[str, str, int],
) -> Iterator[AnnotationRow]:
    work = source.work(known) if known else None
    places = work.places if work is not None else {}
    unplaced = {one.id for one in work.orphans} if work is not None else set()
    names = {name: tag.name for name, tag in tags_by_id(source.store.tags()).items()}
    groups: dict[str, list[Annotation]] = {}
    homes: dict[str, str | None] = {}
    for one in found:
        article = one.target.article
        place = places.get(one.id, "") if article is not None else None
        homes[one.id] = place
        groups.setdefault(place or (article.id if article else ""), []).append(one)
    issue, date, number = label
    for group in groups.values():
        state = article_state(group)
        tags = frozenset(
            fold_name(names.get(one.body.tag, one.body.name))
            for one in group
            if isinstance(one.body, TagBody)
        )
        for one, twins in _each_once(group, names):
            target = one.target
            article, here = target.article, homes[one.id]
            lost = article is not None and not here
            anchor = work.anchors.get(target) if work is not None and target.selector else None
            printed = plain_line(article.title) if article is not None else ""
            title = plain_line(state.fields.get(("title", ""), "")) if printed else ""
            title = title or printed
            quote = plain_line(target.selector.exact) if target.selector is not None else ""
            said = plain_line(_said(one, names))
            ref = target.issue
            own_words = (said, quote, title, printed, "" if one.kind != "link" else _linked(one))
            yield AnnotationRow(
                one, said, quote, title,
                section=plain_line(article.section) if article is not None else "",
                issue=issue,
                when=local_time(one.modified),
                place=None if not known or lost else (known, here or ""),
                anchor=anchor,
                state="orphan"
                if (lost and known) or one.id in unplaced
                else anchor.status
                if anchor
                else "",
                tags=tags,
                status=state.status,
                starred=state.starred,
                issue_date=date,
                words=folded("\n".join(own_words)),
                issue_words=folded(f"{issue}\n{ref.file_name}\n{ref.id}"),
                order=(
                    number, issue, article.position if article else -1,
                    anchor.block or -1 if anchor else -2, anchor.start if anchor else 0,
                    one.created,
                ),
                home=home,
                whose=source.whose,
                twins=twins,
            )  # fmt: skip


def _each_once(
    group: Iterable[Annotation], names: Mapping[str, str]
) -> Iterator[tuple[Annotation, tuple[Annotation, ...]]]:
    """Yield the annotations of an article; of several of one tag, star or status the latest."""
    same: dict[object, list[Annotation]] = {}
    for one in group:
        key: object = one.id, one.device
        if one.target.selector is None:
            match one.body:
                case TagBody(tag=tag, name=name):
                    key = "tag", fold_name(names.get(tag, name))
                case StarBody() | StatusBody():
                    key = one.kind
        same.setdefault(key, []).append(one)
    for own in same.values():
        *twins, last = sorted(own, key=lambda one: one.modified)
        yield last, tuple(twins)


class Reading:
    """Reads all annotations of a source, or those on some issues, a turn at a time.

    `only` are ids as Source.issues() gives them; None: all.
    """

    def __init__(self, source: Source, label: Label, only: Collection[str] | None = None) -> None:
        self.done = 0
        self._source = source
        self._label = label
        issues = source.issues().items()
        self._issues = [(home, ids) for home, ids in issues if only is None or home in only]

    @property
    def total(self) -> int:
        """How many issues there are to read."""
        return len(self._issues)

    def turn(self, seconds: float) -> list[AnnotationRow]:
        """Read for so long, one issue at least, and return the rows."""
        rows: list[AnnotationRow] = []
        until = monotonic() + seconds
        while self.done < self.total:
            rows += rows_of(self._source, *self._issues[self.done], self._label)
            self.done += 1
            if monotonic() > until:
                break
        return rows


def _said(one: Annotation, names: dict[str, str]) -> str:
    """What an annotation says besides its quote."""
    match one.body:
        case TagBody(tag=tag, name=name):
            return f"#{names.get(tag, name)}"
        case NoteBody(text=text):
            return text
        case HighlightBody(note=note):
            return note
        case LinkBody(article=article, note=note):  # the list has the sign
            return f"{article.title}  {note}".rstrip()
        case _:
            return body_words(one)


def folded(text: str) -> str:
    """Fold width and case; not remembered, as these texts are long."""
    return unicodedata.normalize("NFKC", text).casefold()


def _linked(one: Annotation) -> str:
    body = one.body
    return body.article.title if isinstance(body, LinkBody) else ""
