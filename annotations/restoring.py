"""Take back what a backup holds: what is newer stays, what is replaced is kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotations.aside import keep_beside, move_aside
from annotations.doctor import reviewer_folder
from annotations.doctor_files import table_of
from annotations.durable import write_atomic
from annotations.files import DataFile, load, reason
from annotations.folder import FORMATS
from annotations.folding import lacking
from annotations.history import revision_of, revisions
from annotations.journal import FOLDER, SUFFIX, pieces
from annotations.locks import DeviceLock
from annotations.model import StoreError
from annotations.names import safe_name
from annotations.salvage import salvage
from annotations.store import Store
from bulletins.said import Said, said_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotations.backup import Backup
    from annotations.files import Document
    from annotations.history import Revisions

Action = Literal[
    "new",  # there is no such file
    "same",  # it is there, byte for byte
    "held",  # what is there has all of it and more
    "merge",  # what is there lacks something, which is added
    "replace",  # what is there is kept under another name
    "left",  # another reviewer's file that differs
    "apart",  # the history there is another one, and stays; two would not fit together
]
WORK = "data/annotations/"
RESTORE = "restore"
"""What merging a backup is called in the history."""
_NOTHING = ("same", "held", "left", "apart")


@dataclass(frozen=True, slots=True)
class Change:
    """What restoring does to one file; `documents` are added by a merge."""

    name: str
    path: Path
    action: Action
    documents: int = 0


class Restoring:
    """Restores a backup; `place` gives a file's path by its name, None for what has no place.

    The work of `reviewer` is merged into the files of `device` under `data` where it differs; with
    `replace` the backup's files take the place of those that differ.
    """

    def __init__(
        self,
        backup: Backup,
        place: Callable[[str], Path | None],
        data: Path,
        owner: tuple[str, str],
        *,
        replace: bool = False,
    ) -> None:
        self._backup = backup
        self._place = place
        self._data = data
        self._owner = owner
        self._revisions: dict[str, Revisions] | None = None
        self._person, self._machine = (safe_name(name) for name in owner)
        self._replace = replace

    def plan(self) -> list[Change]:
        """Say what would be done to each file; changes nothing. Raises StoreError."""
        found = []
        for name in self._backup.files:
            path = self._place(name)
            if path is None:
                raise StoreError(
                    "{path}: has no place here: {name!r}", path=self._backup.path, name=name
                )
            try:
                found.append(self._change(name, path))
            except OSError as error:
                raise StoreError(
                    "{path}: can't be read: {why}", path=path, why=reason(error)
                ) from error
        return found

    def carry_out(self, changes: list[Change]) -> Iterator[tuple[Change, str]]:
        """Do it, file by file; yields each change that was made and what went wrong, or "".

        What is there is looked at again under the lock of its device. All merges are one operation
        of the store, at the end, which one undo takes back.
        """
        for change in changes:
            if change.action in (*_NOTHING, "merge"):
                continue
            trouble: str = ""
            try:
                if change.name.startswith(WORK):
                    parts = change.name.split("/")
                    lock = self._data / "locks" / parts[2] / f"{parts[3]}.lock"
                    with DeviceLock(lock).held():
                        self._do(self._change(change.name, change.path))
                else:
                    self._do(self._change(change.name, change.path))
            except StoreError as error:
                trouble = said_by(error)
            except OSError as error:
                trouble = Said("{path}: {why}", path=change.path, why=reason(error))
            yield change, trouble
        merges = [change for change in changes if change.action == "merge"]
        if merges:
            yield from self._merge(merges)

    def _merge(self, changes: list[Change]) -> list[tuple[Change, str]]:
        store = Store(self._data, *self._owner)
        troubles: dict[str, str] = {}
        try:
            with store.batch(RESTORE):
                for change in changes:
                    stem = change.path.name.removesuffix(".json")
                    try:
                        raw = self._backup.read(change.name)
                        store.fold(RESTORE, stem, raw, self._seen(change.name))
                    except StoreError as error:
                        troubles[change.name] = said_by(error)
        except StoreError as error:
            troubles = {change.name: said_by(error) for change in changes}
        return [(change, troubles.get(change.name, "")) for change in changes]

    def _seen(self, name: str) -> Callable[[Document], bool]:
        """Return what tells whether a file in the backup was made with knowledge of a document.

        What this device numbered is among the revisions of the backup's history of it, or was made
        since by another history under the same name.
        """
        folder = name.rpartition("/")[0]
        if folder.rpartition("/")[2] != self._machine:
            return lambda _: True
        if self._revisions is None:
            history = f"{folder}/{FOLDER}/"
            found = [one for one in self._backup.files if one.startswith(history)]
            self._revisions = revisions(map(self._backup.read, sorted(found)))
        known = self._revisions
        return lambda one: revision_of(one) in known.get(str(one.get("id")), {revision_of(one)})

    def _change(self, name: str, path: Path) -> Change:
        is_work = name.startswith(WORK)
        is_history = is_work and name.endswith(SUFFIX)
        is_apart = is_history and not self._replace and not self._continues(name, path)
        try:
            there = path.read_bytes()
        except FileNotFoundError:
            return Change(name, path, "apart" if is_apart else "new")
        raw = self._backup.read(name)
        if there == raw and not (is_history and self._replace and self._later(name, path)):
            return Change(name, path, "same")
        if is_work and name.split("/")[2] != self._person:
            return Change(name, path, "left")
        if self._replace or not is_work:
            return Change(name, path, "replace")
        if is_apart:
            return Change(name, path, "apart")
        if is_history:
            return Change(name, path, "held" if there.startswith(raw) else "replace")
        if not name.endswith(".json"):
            return Change(name, path, "replace")
        try:
            load(path, FORMATS[table_of(path)])
        except StoreError:
            return Change(name, path, "replace")
        held, others = self._beside(path)
        table = table_of(path)
        documents, _ = lacking(table, held, salvage(raw).documents, others)
        return Change(name, path, "merge" if documents else "held", len(documents))

    def _continues(self, name: str, path: Path) -> bool:
        """Tell whether the history there begins like the one in the backup, as far as both go.

        Pieces of two histories in one folder would tell of changes that never were.
        """
        folder = name.rpartition("/")[0]
        for piece in pieces(path.parent).values():
            other = f"{folder}/{piece.name}"
            if other in self._backup.files:
                raw, there = self._backup.read(other), piece.read_bytes()
                if not (there.startswith(raw) or raw.startswith(there)):
                    return False
        return True

    def _later(self, name: str, path: Path) -> list[Path]:
        """Return the pieces of the history there that came after all of the backup's."""
        folder = name.rpartition("/")[0]
        found = pieces(path.parent)
        known = [n for n, piece in found.items() if f"{folder}/{piece.name}" in self._backup.files]
        return [piece for number, piece in found.items() if number > max(known, default=0)]

    def _beside(self, path: Path) -> tuple[list[dict[str, object]], list[Path]]:
        """Return what the own device's file of an issue holds, and the files of the others."""
        own = path.parent.parent / self._machine / path.name
        table = table_of(path)
        held = DataFile(own, {"format": FORMATS[table]}).read().get(table, {})
        devices = reviewer_folder(path.parent.parent).devices()
        return list(held.values()), [d / path.name for d in devices if d.name != self._machine]

    def _do(self, change: Change) -> None:
        path = change.path
        if change.action in (*_NOTHING, "merge"):  # what is there can be read by now
            return
        raw = self._backup.read(change.name)
        if change.action == "replace":
            if self._replace and change.name.endswith(SUFFIX):
                for piece in self._later(change.name, path):
                    move_aside(piece, "replaced")
            keep_beside(path, "replaced")
        write_atomic(path, raw)
