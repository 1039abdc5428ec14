"""A reviewer's work on this device: read together with the other devices', saved one act at a time.

Every method that changes something returns only when the change is on the disk, and raises
StoreError otherwise. Safe for threads and for several processes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.anchors import same_article
from annotations.boundary_store import BoundaryWork
from annotations.field_store import FieldWork
from annotations.folding_store import FoldWork
from annotations.history import history_problems
from annotations.import_store import ImportWork
from annotations.mention_store import MentionWork
from annotations.merge import is_stale, order
from annotations.model import (
    STATUSES,
    Annotation,
    Body,
    ChangedError,
    NoteBody,
    StarBody,
    Status,
    StatusBody,
    StoreError,
    TagBody,
    Target,
    new_annotation,
)
from annotations.operations import OPENED
from annotations.tag_store import TagWork
from annotations.tags import named
from annotations.text import line_text, note_text
from annotations.undo_store import UndoWork
from annotations.view import article_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from annotations.index import IssueSummary
    from annotations.model import ArticleRef, IssueRef, Selector
    from annotations.view import ArticleView


class Store(FieldWork, BoundaryWork, MentionWork, ImportWork, FoldWork, TagWork, UndoWork):
    """The annotations of one reviewer under `root`, written as those of one device.

    Nothing is read or written, and no folder made, before a method is called. Raises StoreError
    for a blank reviewer or device.
    """

    def __init__(self, root: Path, reviewer: str, device: str) -> None:
        super().__init__(root, reviewer, device)
        self._said = {}

    def annotations(self, issue_id: str) -> tuple[Annotation, ...]:
        """Return the live annotations of an issue from all devices, in order of creation.

        Two sides of a tie between devices are both there, with one id. Files that can't be read
        are left out, and problems() names them.
        """
        with self._lock.threads:
            work = self._folder.work(issue_id)
        return tuple(one for one in work.annotations if not one.deleted)

    def everything(self) -> Iterator[Annotation]:
        """Yield the live annotations of all issues, issue by issue."""
        for issue_id in self.issue_ids():
            yield from self.annotations(issue_id)

    def issue_ids(self) -> tuple[str, ...]:
        """Return the issues that were ever annotated, whether or not their file is at hand."""
        with self._lock.threads:
            found = [self._folder.issue_id(*item) for item in self._folder.stems().items()]
        return tuple(sorted(issue for issue in found if issue is not None))

    def problems(self) -> tuple[str, ...]:
        """Return one line for each file that is damaged, of a newer version, a copy or foreign."""
        with self._lock.threads:
            lines = [line for one in self._index.summaries().values() for line in one.problems]
            self._definitions.read(lines)
            lines += history_problems(self._folder.devices())
            return (*self._folder.strangers(), *lines)

    def faults(self, issue_id: str) -> tuple[str, ...]:
        """Return one line for each file of an issue that can't be used as it is."""
        with self._lock.threads:
            return self._folder.work(issue_id).problems

    def put(self, annotation: Annotation) -> Annotation:
        """Store a new annotation, or the next revision of one; return it as it was stored.

        A text that was changed elsewhere since the caller saw it is kept: the caller's is then
        stored beside it, under an id of its own.
        """
        self._check(annotation)
        edits = "edit_" if annotation.revision else ""
        with self._saving(f"{edits}{annotation.kind}"):
            return self._put(annotation)

    def delete(self, annotation: Annotation) -> Annotation:
        """Store a tombstone. Raises ChangedError if its text was changed elsewhere meanwhile."""
        with self._saving(f"delete_{annotation.kind}"):
            current = self._current(annotation)
            if not current:
                raise StoreError("the annotation to delete is not in the store")
            if all(one.deleted for one in current):
                return current[0]
            if is_stale(annotation, current):
                raise ChangedError("the note was changed elsewhere; look at it before deleting it")
            return self._put(replace(annotation, deleted=True))

    def settle(
        self, issue_id: str, places: Mapping[str, str | None], kin: Iterable[str] = ()
    ) -> None:
        """Say where an issue's annotations are now, for what changes them by their article.

        `places` gives an article's id by an annotation's id (None: on the issue). `kin` are ids
        under which the issue was annotated before; a change to those stays in their files.
        """
        with self._lock.threads:
            self._settled[issue_id] = (places, tuple(kin))

    def places(self, issue_id: str) -> Mapping[str, str | None]:
        """Return what settle() was told last of an issue."""
        with self._lock.threads:
            return self._settled.get(issue_id, ({}, ()))[0]

    def tag(self, issue: IssueRef, article: ArticleRef | None, name: str) -> Annotation:
        """Tag an article (or the issue); a name never used before makes a definition."""
        with self._saving("tag"):
            tag = self._tag_named(line_text(name, "tag"))
            is_it = named(self.tags(), tag.name)
            return self._set_one(issue, article, TagBody(tag.id, tag.name), is_it)

    def untag(self, issue: IssueRef, article: ArticleRef | None, name: str) -> bool:
        """Take a tag off an article (or the issue); tell whether it was there."""
        with self._saving("untag"):
            return self._drop(issue, article, named(self.tags(), name))

    def note(self, issue: IssueRef, article: ArticleRef | None, text: str) -> Annotation:
        """Add a note to an article (or the issue)."""
        return self.put(new_annotation(NoteBody(note_text(text)), issue, article))

    def edit_note(self, annotation: Annotation, text: str) -> Annotation:
        """Store a note's new text; see put() for a note that was changed elsewhere."""
        return self.put(replace(annotation, body=NoteBody(note_text(text)), deleted=False))

    def reattach(
        self, annotation: Annotation, selector: Selector, article: ArticleRef
    ) -> Annotation:
        """Store that a passage is here now, and so for the notes on it; return the annotation."""
        self._check(annotation)
        where = replace(annotation.target, article=article, selector=selector)
        with self._saving("reattach"):
            for one in self._folder.work(where.issue.id, look=False).annotations:
                if one.target.annotation == annotation.id and not one.deleted:
                    self._put(replace(one, target=replace(where, annotation=annotation.id)))
            return self._put(replace(annotation, target=where))

    def set_star(self, issue: IssueRef, article: ArticleRef, on: bool) -> bool:
        """Star an article or take the star away; tell whether that changed anything."""
        with self._saving("star" if on else "unstar"):
            if not on:
                return self._drop(issue, article, _is_star)
            before = self._matching(issue, article, _is_star)
            self._set_one(issue, article, StarBody(), _is_star)
            return all(one.deleted for one in before)

    def set_status(self, issue: IssueRef, article: ArticleRef, status: Status) -> Annotation:
        """Set an article's status, of which it has one."""
        if status not in STATUSES:
            raise StoreError(
                "{status!r} is no status; there are {choices}",
                status=status,
                choices=", ".join(STATUSES),
            )
        with self._saving("status"):
            return self._set_one(issue, article, StatusBody(status), _is_status)

    def mark_opened(self, issue: IssueRef, article: ArticleRef) -> Annotation:
        """Keep that an article was opened: `reading`, which is nothing that undo() takes back."""
        with self._saving(OPENED):
            return self._set_one(issue, article, StatusBody("reading"), _is_status)

    def state(self, issue: IssueRef, article: ArticleRef) -> ArticleView:
        """Sum up what is on an article itself, not on its passages; in a batch what is staged."""
        with self._lock.threads:
            return article_state(self._matching(issue, article, lambda _: True), self.tags())

    def toggle_tag(self, issue: IssueRef, article: ArticleRef | None, name: str) -> bool:
        """Tag an article or take the tag off, by what is on the disk; tell whether it has it now.

        Names are compared folded: `ai` takes `AI` off.
        """
        with self._saving():
            return not self.untag(issue, article, name) and bool(self.tag(issue, article, name))

    def toggle_star(self, issue: IssueRef, article: ArticleRef) -> bool:
        """Star an article or take the star away, by what is on the disk; tell whether it has it."""
        with self._saving():
            return not self.set_star(issue, article, False) and self.set_star(issue, article, True)

    def toggle_status(
        self, issue: IssueRef, article: ArticleRef, status: Status, other: Status
    ) -> Status:
        """Give an article `status`, or `other` where the disk says it has that; return it."""
        with self._saving():
            now = article_state(self._matching(issue, article, _is_status)).status
            chosen = other if now == status else status
            self.set_status(issue, article, chosen)
            return chosen

    def summaries(self) -> dict[str, IssueSummary]:
        """Return what is marked in each annotated issue, by issue id."""
        with self._lock.threads:
            return self._index.summaries()

    def _set_one(
        self,
        issue: IssueRef,
        article: ArticleRef | None,
        body: Body,
        matches: Callable[[Body], bool],
    ) -> Annotation:
        """Keep the one annotation of its sort on an article: as it is, revised in place, or new."""
        found = self._matching(issue, article, matches)
        live = [one for one in found if not one.deleted]
        same = [one for one in live if one.body == body or isinstance(body, TagBody)]
        if same and len(same) == len(live):
            return same[-1]
        if not found:
            annotation = new_annotation(body, issue, article)
        else:
            annotation = replace((live or found)[-1], body=body, deleted=False)
            # What was made under an earlier id of the issue is changed in the file that it is in.
            old = annotation.target.issue
            home = issue if old.id == issue.id else old
            annotation = replace(annotation, target=Target(home, article))
        self._check(annotation)
        return self._put(annotation)

    def _drop(
        self, issue: IssueRef, article: ArticleRef | None, matches: Callable[[Body], bool]
    ) -> bool:
        live = [one for one in self._matching(issue, article, matches) if not one.deleted]
        for annotation in live:
            self._put(replace(annotation, deleted=True))
        return bool(live)

    def _matching(
        self,
        issue: IssueRef,
        article: ArticleRef | None,
        matches: Callable[[Body], bool],
        *,
        spans: bool = False,
    ) -> list[Annotation]:
        """Return what matches on one article (or the issue), tombstones too, last changed last.

        With `spans` that which is on a span of it, else only that which is not.
        """
        places, kin = self._settled.get(issue.id, ({}, ()))
        look = not self._lock.is_held  # an operation looks when it begins

        def is_here(one: Annotation) -> bool:
            if one.id in places and not one.deleted:
                return places[one.id] == (article.id if article else None)
            return _same(one.target.article, article)

        found = [
            one
            for name in (issue.id, *kin)
            for one in self._folder.work(name, look=look).unsorted()
            if bool(one.target.selector) == spans and matches(one.body) and is_here(one)
        ]
        found.sort(key=lambda one: (one.modified, *order(one)))
        return found

    def _check(self, annotation: Annotation) -> None:
        if annotation.reviewer not in ("", self.reviewer):
            raise StoreError(
                "an annotation of {reviewer!r} is not this reviewer's", reviewer=annotation.reviewer
            )
        if not annotation.id:
            raise StoreError("an annotation without an id can't be kept")
        if annotation.deleted and not annotation.revision:
            raise StoreError("an annotation that was never stored can't be deleted")


def _same(one: ArticleRef | None, other: ArticleRef | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_article(one, other)


def _is_star(body: Body) -> bool:
    return isinstance(body, StarBody)


def _is_status(body: Body) -> bool:
    return isinstance(body, StatusBody)
