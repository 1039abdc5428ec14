"""Undo, redo and history as a reviewer's work on this device, also after a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotations.documents import DocumentError, from_document
from annotations.files import ANNOTATIONS, TAGS
from annotations.history import Entry, read_history
from annotations.merge import versions_of
from annotations.model import Annotation, ChangedError, StoreError
from annotations.names import safe_name
from annotations.operations import PASSED, Operation
from annotations.tags import is_definition, latest
from annotations.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from annotations.files import Document
    from annotations.model import Target
    from annotations.operations import Change
    from annotations.undo import Head

_OF_A_REVISION = ("revision", "versions", "reviewer", "device", "modified", "created")


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone or redone: its label, when it was done first, and what it changed.

    `about` is the title of the article (or the file name of the issue, or the name of the tag)
    that it changed first, `count` how many documents it changed, `issues` the ids of their issues;
    `targets` pairs the id of each annotation with its target, as it is now or was before; `tags`
    says whether definitions of tags are among them.
    """

    label: str
    when: str
    about: str
    count: int
    issues: tuple[str, ...]
    tags: bool
    targets: tuple[tuple[str, Target], ...] = ()


class UndoWork(Writing):
    """The part of a Store that goes back and forth in this device's history."""

    def undo(self) -> Undone | None:
        """Take back the last operation of this device that is not undone; None if there is none.

        Files are then as they were before it, byte by byte, unless another device has built on it.
        Raises ChangedError, with nothing changed, if what it made was changed elsewhere since; the
        next undo() goes on to the operation before. Raises StoreError if it can't be saved.
        """
        return self._go(back=True)

    def redo(self) -> Undone | None:
        """Do again what was undone last, None if there is nothing; see undo()."""
        return self._go(back=False)

    def undoable(self) -> str | None:
        """Return the label of what undo() would take back; None if there is nothing."""
        head = self._next(back=True)
        return head.label if head else None

    def redoable(self) -> str | None:
        """Return the label of what redo() would do again; None if there is nothing."""
        head = self._next(back=False)
        return head.label if head else None

    def last_operation(self) -> str:
        """Return the id of this device's last operation, completed; "" if there is none."""
        with self._lock.held():
            self._look()
            return self._journal.last.id if self._journal.last else ""

    def history(
        self, *, issue: str | None = None, annotation: str | None = None
    ) -> tuple[Entry, ...]:
        """Return what was changed on all devices, oldest first; of one issue or annotation only.

        What can't be read is left out; problems() names it.
        """
        return tuple(read_history(self._folder.devices(), issue, annotation))

    def devices(self) -> tuple[Path, ...]:
        """Return the folders of the reviewer's devices."""
        return tuple(self._folder.devices())

    def _next(self, *, back: bool) -> Head | None:
        with self._lock.held():
            self._look()
            return self._journal.next_undo() if back else self._journal.next_redo()

    def _go(self, *, back: bool) -> Undone | None:
        with self._lock.held():
            if self._batch is not None:
                raise StoreError("undo is no part of another operation")
            head = self._next(back=back)
            if head is None:
                return None
            try:
                operation = self._journal.operation(head)
                with self._saving() as batch:
                    batch.label = "undo" if back else "redo"
                    batch.undoes, batch.redoes = (head.id, "") if back else ("", head.id)
                    changes = operation.changes
                    for change in reversed(changes) if back else changes:
                        self._turn(change.reversed() if back else change)
            except ChangedError:
                self._pass_over(head, back=back)
                raise
            return _undone(operation)

    def _pass_over(self, head: Head, *, back: bool) -> None:
        undoes, redoes = (head.id, "") if back else ("", head.id)
        name = self._journal.next_id()
        self._journal.append(Operation(name, self._now(), PASSED, (), undoes, redoes))
        self._journal.keep()

    def _turn(self, change: Change) -> None:
        """Stage a change: its exact document, or a new revision that says the same."""
        file = self._file_of(change)
        rows = file.table(change.table)
        now = rows.get(str(change.row))
        newest = max(one["revision"] for one in (change.before, change.after) if one)
        elsewhere = self._elsewhere(change)
        is_free = change.before is not None or change.id not in file.rows(change.table).by_id
        if (
            is_free
            and now == change.before
            and not any(versions.get(self.device, 0) >= newest for versions in elsewhere)
        ):
            assert self._batch is not None
            self._batch.put_rows(file, change.table, change.issue, {change.row: change.after})
            if change.issue:
                self._folder.forget(change.issue)
        elif change.table == TAGS:
            self._say_of_tag(change)
        else:
            self._say(change)

    def _elsewhere(self, change: Change) -> list[dict[str, int]]:
        """Return which revisions each document of this id in other files has taken in."""
        own = self._file_of(change).path
        stem = safe_name(change.issue) if change.issue else TAGS
        found = []
        for path in self._folder.sources(stem):
            try:
                rows = self._folder.documents(path, change.table) if path != own else {}
            except StoreError:
                continue
            for one in rows.values():
                if one.get("id") != change.id:
                    continue
                if change.table == TAGS and is_definition(one):
                    found.append({self.device: one["revision"]})
                elif change.table == ANNOTATIONS:
                    try:
                        found.append(versions_of(from_document(one)))
                    except DocumentError:
                        continue
        return found

    def _say(self, change: Change) -> None:
        """Store, as a new revision, what an annotation is to say, if it says what it should."""
        before, after = _annotation(change.before), _annotation(change.after)
        work = self._folder.work(change.issue, look=False)
        current = work.of(change.id)
        if before is None:
            if current and not all(one.deleted for one in current):
                raise _changed()
            assert after is not None
            self._put(replace(after, versions=(), extra=after.extra))
            return
        if len(current) != 1 or not _same(current[0], before):
            raise _changed()
        if after is None:
            self._put(replace(current[0], deleted=True))
        else:
            self._put(
                replace(current[0], body=after.body, target=after.target, deleted=after.deleted)
            )

    def _say_of_tag(self, change: Change) -> None:
        known = [
            one
            for path in self._folder.sources(TAGS)
            for one in self._folder.documents(path, TAGS).values()
            if is_definition(one) and one["id"] == change.id
        ]
        now = latest(known).get(change.id)
        if now is None or change.before is None or _says(now) != _says(change.before):
            raise _changed()
        after = change.after if change.after is not None else {**now, "deleted": True}
        revision = max(now["revision"], self._journal.used(change.id)) + 1
        kept = {
            **after,
            "revision": revision,
            "reviewer": self.reviewer,
            "device": self.device,
            "modified": self._now(),
        }
        self._stage(self._folder.own_tags(), TAGS, "", [kept])


def _undone(operation: Operation) -> Undone:
    told = [change for change in operation.changes if change.issue] or operation.changes
    document = (told[0].after or told[0].before or {}) if told else {}
    issues = dict.fromkeys(change.issue for change in operation.changes if change.issue)
    return Undone(
        operation.label,
        operation.when,
        about(document),
        len(operation.changes),
        tuple(issues),
        any(change.table == TAGS for change in operation.changes),
        tuple(_targets(told)),
    )


def _targets(changes: Iterable[Change]) -> Iterator[tuple[str, Target]]:
    for change in changes:
        try:
            annotation = _annotation(change.after or change.before) if change.issue else None
        except ChangedError:
            continue
        if annotation is not None:
            yield annotation.id, annotation.target


def about(document: Document) -> str:
    """Say in a line what a document is about: its article, its issue, or the tag it defines."""
    from bulletins.sources.plain import plain_line

    target = document.get("target")
    if not isinstance(target, dict):
        return plain_line(str(document.get("name", "")))
    article, issue = target.get("article") or {}, target.get("issue") or {}
    name = article.get("title") or issue.get("title") or issue.get("file_name") or ""
    return plain_line(str(name))


def _annotation(document: Document | None) -> Annotation | None:
    if document is None:
        return None
    try:
        return from_document(document)
    except DocumentError as error:
        raise ChangedError("the history holds what is no annotation: {why}", why=error) from error


def _same(one: Annotation, other: Annotation) -> bool:
    return (one.body, one.target, one.deleted) == (other.body, other.target, other.deleted)


def _says(definition: Mapping[str, Any]) -> Document:
    return {name: value for name, value in definition.items() if name not in _OF_A_REVISION}


def _changed() -> ChangedError:
    return ChangedError("it was changed elsewhere since; nothing was undone or redone")
