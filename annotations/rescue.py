"""Work that can't be saved where it belongs is saved elsewhere, and taken in as soon as it can be.

A rescue is a folder `<time>-<process>` that holds a small store of its own: what was known of the
issues concerned, and what was done to them since. It is removed when all of it is on the disk
where it belongs. The process that made it holds a lock on it for as long as it runs.
"""

from __future__ import annotations

import errno
import json
import math
import os
import shutil
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from annotations.documents import DocumentError, from_document
from annotations.durable import write_atomic
from annotations.files import ANNOTATIONS, TAGS, DataFile, reason
from annotations.folder import FORMATS
from annotations.journal import FOLDER as HISTORY
from annotations.journal import pieces, read_piece
from annotations.lines import dump
from annotations.merge import versions_of
from annotations.model import ChangedError, StoreError
from annotations.names import safe_name
from annotations.placing import Placing
from annotations.salvage import salvage
from annotations.store import Store
from bulletins.said import Said, said_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from filelock import BaseFileLock

    from annotations.files import Document
    from annotations.placing import IssueWork

_FAILURES = (StoreError, OSError, NotImplementedError)
_ABOUT = "rescue.json"
RESCUE = "rescue"
"""What taking in a rescue is called in the history."""


class Rescue:
    """Carries acts out on the store of a placing, or, while that fails, in one of `places`.

    Not safe for threads.
    """

    def __init__(self, placing: Placing, places: Sequence[Path]) -> None:
        self.why = ""
        """Why the store could not be written the last time; "" when all is where it belongs."""
        self.kept_in: Path | None = None
        """The folder that holds what is not where it belongs; None if there is none."""
        self.nowhere = False
        """The last act was not refused, and yet could not be saved on any disk."""
        self._placing = placing
        self._places = places
        self._there: Placing | None = None
        self._lock: BaseFileLock | None = None
        self._issues: dict[str, None] = {}
        self._seen = False

    def check(self) -> None:
        """Raise StoreError if the folder of annotations, which was there before, has gone.

        Written anew it would be hidden when its disk comes back.
        """
        folder = self._placing.store.root / "annotations"
        there = folder.is_dir()
        if self._seen and not there:
            raise StoreError("{folder}: has gone; is its disk still there?", folder=folder)
        self._seen = there

    def carry_out(
        self, issue_id: str, act: Callable[[Store], object], others: Sequence[str] = ()
    ) -> None:
        """Do `act` upon an issue, and `others`; when this returns, what it changed is on a disk.

        Raises what the store raises if the act is refused, or can be saved nowhere.
        """
        self.nowhere = False
        if self.kept_in is None or self.retry():
            try:
                self.check()
                act(self._placing.store)
            except ChangedError:
                raise
            except _FAILURES as error:
                self._elsewhere((issue_id, *others), act, error)
            else:
                self.why = ""
        else:
            self._elsewhere((issue_id, *others), act, StoreError(self.why))

    def retry(self) -> bool:
        """Try to take in what is kept elsewhere; tell whether all is where it belongs."""
        if self.kept_in is None:
            return True
        store = self._placing.store
        try:
            self.check()
            take_in(self.kept_in, store.root, store.device)
        except _FAILURES as error:
            self.why = said_by(error)
            return False
        self._leave()
        self.why = ""
        return True

    def work(self, issue_id: str) -> IssueWork:
        """Return what is shown of an issue, what is kept elsewhere included. Raises StoreError."""
        if self._there is None or issue_id not in self._issues:
            self.check()
            return self._placing.renew(issue_id)
        keys = [self._placing.key(name) for name in self._issues]
        works = self._there.update([key for key in keys if key is not None], whole=True)
        return works[issue_id] if issue_id in works else self._there.renew(issue_id)

    def issues(self) -> tuple[str, ...]:
        """Return the issues of which something is kept elsewhere."""
        return tuple(self._issues)

    def _elsewhere(
        self, issues: Sequence[str], act: Callable[[Store], object], error: Exception
    ) -> None:
        first = self.kept_in is None
        try:
            store = [self._ready(issue_id) for issue_id in issues][-1]
        except _FAILURES:
            self.nowhere = True
            self._discard(first)
            raise error from None
        try:
            act(store)
        except _FAILURES as other:
            self.nowhere = not isinstance(other, StoreError) or isinstance(other.__cause__, OSError)
            self._discard(first)
            raise error if first else other from None
        self.why = said_by(error)

    def _ready(self, issue_id: str) -> Store:
        """Return the store elsewhere, with all in it that is known of an issue."""
        store = self._placing.store
        if self._there is None:
            self.kept_in, self._lock = _open(self._places, store)
            self._there = Placing(Store(self.kept_in, store.reviewer, store.device))
        there = self._there.store
        if issue_id not in self._issues:
            for name in (issue_id, *self._placing.kin(issue_id)):
                _seed(there, store, name)
            self._issues[issue_id] = None
        work = self.work(issue_id)
        there.settle(issue_id, work.places, self._placing.kin(issue_id))
        return there

    def _leave(self) -> None:
        if self._lock is not None:
            self._lock.release()
        self._there, self._lock, self.kept_in = None, None, None
        self._issues = {}

    def _discard(self, first: bool) -> None:
        """Take back the folder that was made for the first act alone, which is not in it."""
        if not first:
            return
        gone = self.kept_in
        self._leave()
        if gone is not None:
            shutil.rmtree(gone, ignore_errors=True)


def waiting(places: Iterable[Path], data: Path) -> list[Path]:
    """Return the rescues of a data folder whose process has ended, oldest first."""
    found: list[Path] = []
    for place in filter(_is_ours, places):
        with suppress(OSError):
            for path in place.iterdir():
                with suppress(OSError, StoreError):
                    if _about(path)["data"] == str(data.absolute()) and not _is_held(path):
                        found.append(path)
    return sorted(found, key=lambda path: path.name)


def take_in(rescue: Path, data: Path, device: str) -> int:
    """Take what a rescue holds into the device's files, then remove it; how many documents.

    It is one operation of the store, which one undo takes back. They are merged by id and revision;
    taking in twice adds nothing. A rescue with something that can't be read is renamed and stays.
    Raises StoreError or OSError, and then the rescue stays.
    """
    written = lost = 0
    there = safe_name(_about(rescue)["device"])
    for person in sorted((rescue / "annotations").iterdir()):
        files = {path.stem: path.read_bytes() for path in sorted((person / there).glob("*.json"))}
        if not files:
            continue
        seen = _seen(person, there, device)
        store = Store(data, _reviewer(person, files.values()), device)
        with store.batch(RESCUE):
            for stem, raw in files.items():
                folded = store.fold(RESCUE, stem, raw, seen)
                written += folded.written
                lost += folded.lost
    if lost:
        rescue.replace(rescue.with_name(f".{rescue.name}.damaged"))
    else:
        shutil.rmtree(rescue, ignore_errors=True)
    return written


def take_in_all(places: Iterable[Path], data: Path, device: str) -> int:
    """Take in what ended processes left; how many documents. What can't be taken in stays."""
    written = 0
    for path in waiting(places, data):
        with suppress(*_FAILURES):
            written += take_in(path, data, device)
    return written


def _open(places: Sequence[Path], store: Store) -> tuple[Path, BaseFileLock]:
    """Make a folder in the first place that can be written, and lock it. Raises StoreError."""
    from datetime import UTC, datetime

    from filelock import FileLock

    about = {"data": str(store.root.absolute()), "device": store.device}
    why = Said("there is no other place")
    for place in places:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}-{os.urandom(3).hex()}"
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(place):
                raise PermissionError(errno.EACCES, "the folder is somebody else's", str(place))
            write_atomic(place / name / _ABOUT, dump(about).encode())
            lock = FileLock(place / name / "held.lock")
            lock.acquire(timeout=0)
        except (OSError, NotImplementedError) as error:
            why = reason(error) if isinstance(error, OSError) else Said("no locks there")
            shutil.rmtree(place / name, ignore_errors=True)
            continue
        return place / name, lock
    raise StoreError("it can't be kept elsewhere either: {why}", why=why)


def _about(rescue: Path) -> dict[str, str]:
    """Return whose work a rescue is: `data` and `device`. Raises OSError and StoreError."""
    raw = (rescue / _ABOUT).read_bytes()
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        about = json.loads(raw.decode("utf-8"))
        return {name: str(about[name]) for name in ("data", "device")}
    raise StoreError("{path}: does not say whose work this is; left as it is", path=rescue / _ABOUT)


def _seen(person: Path, there: str, device: str) -> Callable[[Document], bool]:
    """Return what tells whether a document was known when the rescue changed its id.

    Of what was changed there, the first change tells which revisions of this device it began with;
    another process of the device may have numbered some since.
    """
    first: dict[str, Document | None] = {}
    for path in pieces(person / there / HISTORY).values():
        for operation, _ in read_piece(path.read_bytes()):
            for change in operation.changes:
                first.setdefault(change.id, change.before)
    began = {name: _numbered(one, device) for name, one in first.items()}
    for folder in person.iterdir():
        for path in folder.glob("*.json") if folder.name != there else ():
            for one in salvage(path.read_bytes()).documents:
                name = one.get("id")
                if name in began:
                    began[name] = max(began[name], _numbered(one, device))
    return lambda one: one.get("revision", 0) <= began.get(str(one.get("id")), math.inf)


def _numbered(document: Document | None, device: str) -> int:
    """Return the highest revision of a device that an annotation has taken in; 0: none."""
    try:
        return dict(versions_of(from_document(document or {}))).get(device, 0)
    except DocumentError:
        return 0


def _reviewer(person: Path, files: Iterable[bytes]) -> str:
    """Return whose folder this is, as the files say it. Raises StoreError if none does."""
    for raw in files:
        said = salvage(raw).header.get("reviewer")
        if isinstance(said, str) and said.strip() and safe_name(said) == person.name:
            return said
    if safe_name(person.name) == person.name:
        return person.name
    raise StoreError("{path}: nothing in it says whose work this is; left as it is", path=person)


def _is_ours(place: Path) -> bool:
    """Tell whether a folder is this user's own: in a temporary folder anybody may make one."""
    try:
        status = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and (
        not hasattr(os, "getuid") or status.st_uid == os.getuid()
    )


def _is_held(rescue: Path) -> bool:
    from filelock import FileLock, Timeout

    lock = FileLock(rescue / "held.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _seed(there: Store, store: Store, issue_id: str) -> None:
    """Write what is known of an issue and of tags, each as its own device has it."""
    from annotations.documents import to_document
    from annotations.storage import save_documents

    # The store's own memory: the files may have gone or be damaged.
    folder = store._folder
    known = folder.remembered(issue_id)
    if known is None:
        known = folder.work(issue_id).annotations
    tags = store._definitions.read([])
    files: dict[tuple[str, str, str], list[Document]] = {}
    for one in known:
        key = (one.device, ANNOTATIONS, f"{safe_name(issue_id)}.json")
        files.setdefault(key, []).append(to_document(one))
    for tag in tags:
        files.setdefault((str(tag.get("device") or there.device), TAGS, f"{TAGS}.json"), []).append(
            dict(tag)
        )
    person = there.root / "annotations" / safe_name(there.reviewer)
    for (device, table, name), documents in files.items():
        header = {"format": FORMATS[table], "reviewer": there.reviewer, "device": device}
        if table == ANNOTATIONS:
            header["issue"] = issue_id
        save_documents(DataFile(person / safe_name(device) / name, header), table, documents)
