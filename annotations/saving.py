"""How a reviewer's work is kept: one act at a time, under a lock, in this device's files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.anchors import same_article
from annotations.documents import to_document
from annotations.durable import clean_up
from annotations.files import ANNOTATIONS
from annotations.folder import ReviewerFolder
from annotations.index import Index, IssueSummary
from annotations.locks import DeviceLock
from annotations.merge import revised
from annotations.model import Annotation, Body, StoreError, TagBody, Target, new_annotation
from annotations.names import safe_name
from annotations.text import refuse_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from annotations.files import DataFile, Document
    from annotations.model import ArticleRef, IssueRef


class Saving:
    """The files of one reviewer under `root`, written as those of one device; see Store."""

    def __init__(self, root: Path, reviewer: str, device: str) -> None:
        refuse_surrogates(reviewer + device)
        self.root = root
        self.reviewer = reviewer
        self.device = device
        person, machine = safe_name(reviewer), safe_name(device)
        folder = root / "annotations" / person
        self._own = folder / machine
        self._lock = DeviceLock(root / "locks" / person / f"{machine}.lock")
        self._folder = ReviewerFolder(folder, self._own, {"reviewer": reviewer, "device": device})
        self._index = Index(root / "index" / f"{person}.json", self._folder)
        self._cleaned = False
        self._settled: dict[str, tuple[Mapping[str, str | None], tuple[str, ...]]] = {}

    def annotations(self, issue_id: str) -> tuple[Annotation, ...]:
        """Return the live annotations of an issue from all devices, in order of creation.

        Two sides of a tie between devices are both there, with one id. Files that can't be read
        are left out, and problems() names them.
        """
        with self._lock.threads:
            work = self._folder.work(issue_id)
        return tuple(one for one in work.annotations if not one.deleted)

    def summaries(self) -> dict[str, IssueSummary]:
        """Return what is marked in each annotated issue, by issue id."""
        with self._lock.threads:
            return self._index.summaries()

    def settle(
        self, issue_id: str, places: Mapping[str, str | None], kin: Iterable[str] = ()
    ) -> None:
        """Say where an issue's annotations are now, for what changes them by their article.

        `places` gives an article's id by an annotation's id (None: on the issue). `kin` are ids
        under which the issue was annotated before; a change to those stays in their files.
        """
        with self._lock.threads:
            self._settled[issue_id] = (places, tuple(kin))

    @contextmanager
    def _saving(self) -> Iterator[None]:
        with self._lock.held():
            if not self._cleaned:
                clean_up(self._own)
                self._cleaned = True
            yield

    def _current(self, annotation: Annotation) -> list[Annotation]:
        work = self._folder.work(annotation.target.issue.id, look=False)
        return [one for one in work.annotations if one.id == annotation.id]

    def _put(self, annotation: Annotation) -> Annotation:
        current = self._current(annotation)
        stored, beside = revised(annotation, current, self.device)
        now = utc_now()
        stored = replace(
            stored,
            reviewer=self.reviewer,
            device=self.device,
            created=stored.created or now,
            modified=now,
        )
        file = self._folder.own_issue(stored.target.issue.id)
        self._write(file, ANNOTATIONS, [to_document(one) for one in (*beside, stored)])
        if not current or (len(current) == 1 and current[0].device == self.device):
            self._folder.wrote(stored.target.issue.id, stored)
        return stored

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

        def is_here(one: Annotation) -> bool:
            if one.id in places and not one.deleted:
                return places[one.id] == (article.id if article else None)
            return _same(one.target.article, article)

        found = [
            one
            for name in (issue.id, *kin)
            for one in self._folder.work(name, look=False).annotations
            if matches(one.body) and bool(one.target.selector) == spans and is_here(one)
        ]
        found.sort(key=lambda one: one.modified)
        return found

    def _write(self, file: DataFile, table: str, documents: Sequence[Document]) -> None:
        from annotations.storage import put_documents  # TinyDB takes 5 ms: not before a save

        put_documents(file, table, documents)

    def _check(self, annotation: Annotation) -> None:
        if annotation.reviewer not in ("", self.reviewer):
            raise StoreError(f"an annotation of {annotation.reviewer!r} is not this reviewer's")
        if not annotation.id:
            raise StoreError("an annotation without an id can't be kept")
        if annotation.deleted and not annotation.revision:
            raise StoreError("an annotation that was never stored can't be deleted")


def _same(one: ArticleRef | None, other: ArticleRef | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_article(one, other)


def utc_now() -> str:
    """Return the present time as annotations keep it."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
