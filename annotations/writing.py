"""How a reviewer's work is changed: operation by operation, in the history before the files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.batch import Batch
from annotations.definitions import Definitions
from annotations.documents import to_document
from annotations.durable import clean_up
from annotations.files import ANNOTATIONS, TAGS
from annotations.folder import ReviewerFolder
from annotations.index import Index
from annotations.journal import FOLDER, Journal
from annotations.locks import DeviceLock
from annotations.merge import revised
from annotations.names import safe_name
from annotations.text import refuse_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from annotations.files import DataFile, Document
    from annotations.model import Annotation, ArticleRef, Body, IssueRef
    from annotations.operations import Change, Operation


class Writing:
    """The part of a Store that writes. Nothing is read or made before a method is called."""

    def __init__(self, root: Path, reviewer: str, device: str) -> None:
        refuse_surrogates(reviewer + device)
        self.root = root
        self.reviewer = reviewer
        self.device = device
        person, machine = safe_name(reviewer), safe_name(device)
        folder = root / "annotations" / person
        who = {"reviewer": reviewer, "device": device}
        self._own = folder / machine
        self._lock = DeviceLock(root / "locks" / person / f"{machine}.lock")
        self._folder = ReviewerFolder(folder, self._own, who)
        self._index_path = root / "index" / f"{person}.json"
        self._index = Index(self._index_path, self._folder)
        self._definitions = Definitions(self._folder)
        self._journal = Journal(self._own / FOLDER, who)
        self._batch: Batch | None = None
        self._labels: list[str] = []
        self._cleaned = False
        self._settled: dict[str, tuple[Mapping[str, str | None], tuple[str, ...]]] = {}

    @contextmanager
    def batch(self, label: str) -> Iterator[None]:
        """Make all that is done within one operation, called `label`: all of it is kept, or none.

        It is on the disk when the block is left; what is read within it is as if it were. An
        exception that leaves the block takes everything back. Other processes wait meanwhile.
        """
        with self._saving(label) as batch:
            batch.label = batch.label or label
            yield

    def recover(self) -> None:
        """Complete the last operation if a crash came between its history and its files.

        Every change does so first; call it before reading at the start. Raises StoreError.
        """
        if (self._own / FOLDER).is_dir():
            with self._lock.held():
                self._look()

    @contextmanager
    def _saving(self, label: str = "") -> Iterator[Batch]:
        """Hold the lock and collect one operation; within another one, a part of that."""
        with self._lock.held():
            self._labels.append(label)
            try:
                if self._batch is not None:
                    yield self._batch
                else:
                    yield from self._operation()
            finally:
                self._labels.pop()

    def _operation(self) -> Iterator[Batch]:
        self._look()
        self._folder.devices()  # once; within an operation they are those
        self._batch = batch = Batch()
        try:
            yield batch
            batch.commit(self._journal, self._now())
        except BaseException:
            batch.drop()
            for issue in batch.issues():
                self._folder.forget(issue)
            # It may have counted what was staged.
            self._index = Index(self._index_path, self._folder)
            raise
        finally:
            self._batch = None
        for issue in batch.issues():
            self._folder.wrote(issue)

    def _look(self) -> None:
        """Take in what other processes did, and complete what one of them could not."""
        if not self._cleaned:
            clean_up(self._own)
            self._cleaned = True
        if self._batch is None and self._journal.look() and self._journal.last is not None:
            self._complete(self._journal.last)

    def _complete(self, operation: Operation) -> None:
        from annotations.model import StoreError

        batch = Batch()
        for change in operation.changes:
            file = self._file_of(change)
            try:
                now = file.table(change.table).get(str(change.row))
                rows = file.rows(change.table).by_id
            except StoreError:
                continue  # a damaged file stays as it is; problems() names it
            if now is None and change.id in rows:
                continue  # it is there, in another row: the file was mended since
            if now == change.before and now != change.after:
                batch.put_rows(file, change.table, change.issue, {change.row: change.after})
        try:
            batch.write()
        except StoreError:
            self._journal.leave()
            raise
        finally:
            batch.drop()
            for issue in batch.issues():
                self._folder.forget(issue)

    def _file_of(self, change: Change) -> DataFile:
        if change.table == TAGS:
            return self._folder.own_tags()
        return self._folder.own_issue(change.issue)

    def _current(self, annotation: Annotation) -> Sequence[Annotation]:
        work = self._folder.work(annotation.target.issue.id, look=False)
        return work.of(annotation.id)

    def _put(self, annotation: Annotation) -> Annotation:
        current = self._current(annotation)
        used = self._journal.used(annotation.id)
        stored, beside = revised(annotation, current, self.device, used)
        now = self._now()
        stored = replace(
            stored,
            reviewer=self.reviewer,
            device=self.device,
            created=stored.created or now,
            modified=now,
        )
        issue = stored.target.issue.id
        documents = [to_document(one) for one in (*beside, stored)]
        self._stage(self._folder.own_issue(issue), ANNOTATIONS, issue, documents)
        if not beside and (not current or [one.device for one in current] == [self.device]):
            self._folder.staged(issue, stored)
        else:
            self._folder.forget(issue)
        return stored

    def _stage(self, file: DataFile, table: str, issue: str, documents: Sequence[Document]) -> None:
        assert self._batch is not None
        if not self._batch.label:
            self._batch.label = next((label for label in reversed(self._labels) if label), "")
        self._batch.put(file, table, issue, documents)

    def _set_one(
        self,
        issue: IssueRef,
        article: ArticleRef | None,
        body: Body,
        matches: Callable[[Body], bool],
    ) -> Annotation:
        """Keep the one annotation of its sort; the Store knows what is there."""
        raise NotImplementedError

    @staticmethod
    def _now() -> str:
        from datetime import UTC, datetime

        return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
