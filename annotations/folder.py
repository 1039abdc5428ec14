"""A reviewer's folder of devices: which files hold an issue, read, merged and checked."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from itertools import chain
from typing import TYPE_CHECKING

from annotations.aside import is_aside
from annotations.documents import DocumentError, from_document
from annotations.durable import Signature, is_temporary, signature
from annotations.files import ANNOTATIONS, TAGS, DataFile, Document, load, reason
from annotations.journal import FOLDER as HISTORY
from annotations.merge import merge, order
from annotations.model import Annotation, StoreError
from annotations.names import copied_from, is_hashed, safe_name
from bulletins.said import Said, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FORMATS = {ANNOTATIONS: "kuaibao.annotations", TAGS: "kuaibao.tags"}
IGNORED = (".stfolder", ".DS_Store", "desktop.ini")  # what systems and sync tools put anywhere
_COMING_IN = (".syncthing.", "~syncthing~")  # Syncthing's files while they are fetched
_REMEMBERED = 64  # issues

Signatures = tuple[tuple[str, Signature], ...]


class Work:
    """The current annotations of one issue, tombstones included, and one line per fault."""

    def __init__(
        self, annotations: tuple[Annotation, ...], problems: tuple[str, ...], signatures: Signatures
    ) -> None:
        self.problems = problems
        self.signatures = signatures
        self._sorted: tuple[Annotation, ...] | None = annotations
        self._by_id: dict[str, list[Annotation]] = {}
        for one in annotations:
            self._by_id.setdefault(one.id, []).append(one)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All, in order of creation."""
        if self._sorted is None:
            self._sorted = tuple(sorted(self.unsorted(), key=order))
        return self._sorted

    def unsorted(self) -> Iterator[Annotation]:
        """Yield all: within an operation of many changes sorting takes most of the time."""
        return chain.from_iterable(self._by_id.values())

    def of(self, name: str) -> Sequence[Annotation]:
        """Return what there is of an id: none, one, or the sides of a tie between devices."""
        return self._by_id.get(name, ())

    def put(self, stored: Annotation) -> None:
        """Take in a revision that has taken in all of its id."""
        self._by_id[stored.id] = [stored]
        self._sorted = None


class ReviewerFolder:
    """Reads what all devices of one reviewer hold; writes nothing. Not safe for threads."""

    def __init__(self, path: Path, own: Path, header: dict[str, str]) -> None:
        self.path = path
        self._own = own
        self._header = header
        self._devices: tuple[int, list[Path]] = (0, [])
        self._paths: dict[str, dict[Path, Path]] = {}
        self._looked: dict[Path, float] = {}
        self._listings: dict[Path, tuple[int, dict[str, list[Path]], list[str]]] = {}
        self._files: OrderedDict[Path, DataFile] = OrderedDict()
        self._parsed: dict[Path, dict[str, tuple[Document, Annotation]]] = {}
        self._works: OrderedDict[str, Work] = OrderedDict()
        self._ids: dict[Path, str] = {}

    def own_issue(self, issue_id: str) -> DataFile:
        """Return this device's file of an issue, remembered while among the last used."""
        return self._file(self._path(self._own, safe_name(issue_id)), issue=issue_id)

    def own_tags(self) -> DataFile:
        """Return this device's file of tag definitions."""
        return self._file(self._own / f"{TAGS}.json", TAGS)

    def documents(self, path: Path, table: str) -> dict[str, Document]:
        """Return the documents of one table of one file. Raises StoreError."""
        return self._file(path, table).read().get(table, {})

    def _file(self, path: Path, table: str = ANNOTATIONS, **header: str) -> DataFile:
        if path not in self._files:
            mine = self._header if path.parent == self._own else {}
            known = DataFile(path, {"format": FORMATS[table], **header, **mine})
        else:
            known = self._files.pop(path)
        self._files[path] = known
        if len(self._files) > 2 * _REMEMBERED:
            gone = next((path for path, file in self._files.items() if not file.staged), path)
            if gone != path:
                self._files.pop(gone)
                self._parsed.pop(gone, None)
        return known

    def work(self, issue_id: str, *, look: bool = True) -> Work:
        """Return the current work on an issue; from memory while no file of it changed.

        With `look` false, copies made by sync tools are those of the last look: a save must not
        list a folder of thousands of files.
        """
        stem = safe_name(issue_id)
        return self.work_at(stem, self.sources(stem, look=look), issue_id)

    def remembered(self, issue_id: str) -> tuple[Annotation, ...] | None:
        """Return the work on an issue as it was read last; None if memory does not hold it."""
        known = self._works.get(safe_name(issue_id))
        return None if known is None else known.annotations

    def work_at(self, stem: str, paths: Sequence[Path], issue_id: str) -> Work:
        """Return the current work that these files, all those of one issue, hold."""
        signatures = _signatures(paths)
        known = self._works.pop(stem, None)
        if known is None or known.signatures != signatures:
            problems: list[str] = []
            merged = merge([self._annotations(path, issue_id, problems) for path in paths])
            known = Work(merged, tuple(problems), signatures)
        self._works[stem] = known
        while len(self._works) > _REMEMBERED:
            self._works.popitem(last=False)
        return known

    def staged(self, issue_id: str, stored: Annotation) -> None:
        """Take over what was just staged in this device's file, instead of reading it again.

        `stored` is of a higher revision than all of its id, and was all that was staged.
        """
        stem = safe_name(issue_id)
        known = self._works.pop(stem, None)
        if known is None:
            return
        self._works[stem] = known
        known.put(stored)

    def wrote(self, issue_id: str) -> None:
        """What was staged in this device's file is now in it."""
        stem = safe_name(issue_id)
        known = self._works.pop(stem, None)
        if known is None:
            return
        file = self.own_issue(issue_id)
        written, now = file.memory(), dict(known.signatures)
        now.pop(str(file.path), None)
        if written is not None:
            now[str(file.path)] = written
        known.signatures = tuple(sorted(now.items()))
        self._works[stem] = known

    def forget(self, issue_id: str) -> None:
        """Read an issue's work anew when it is asked for next."""
        self._works.pop(safe_name(issue_id), None)

    def sources(self, stem: str, *, look: bool = True) -> list[Path]:
        """Return the files that may hold `stem`: each device's own and copies of them.

        With `look` false, of the devices that devices() returned last.
        """
        paths = []
        devices = self.devices() if look else self._devices[1]
        if self._own not in devices:  # what is staged there first is to be seen before it exists
            paths.append(self._path(self._own, stem))
        for device in devices:
            paths.append(self._path(device, stem))
            if look and time.monotonic() - self._looked.get(device, -1.0) > 1.0:
                # A copy may be noticed a second late: listing thousands of files takes as long as
                # a save.
                self._look(device)
            paths += self._listings.get(device, (0, {}, []))[1].get(stem, [])
        return paths

    def _path(self, device: Path, stem: str) -> Path:
        """Return the file of `stem` in a folder; kept, for a path takes time to make and hash."""
        known = self._paths.setdefault(stem, {})
        if device not in known:
            known[device] = device / f"{stem}.json"
            while len(self._paths) > 2 * _REMEMBERED:
                del self._paths[next(iter(self._paths))]
        return known[device]

    def devices(self) -> list[Path]:
        """Return the folders of the reviewer's devices."""
        try:
            changed = self.path.stat().st_mtime_ns
            if changed != self._devices[0]:
                with os.scandir(self.path) as entries:
                    names = sorted(
                        e.name for e in entries if e.is_dir() and not e.name.startswith(".")
                    )
                found = self._devices[1]  # the same objects, whose hash is known
                if names != [path.name for path in self._devices[1]]:
                    found = [self.path / name for name in names]
                self._devices = (changed if _is_settled(changed) else 0, found)
        except OSError:
            return []
        return self._devices[1]

    def stems(self) -> dict[str, list[Path]]:
        """Return each issue's file stem with the files that hold it, copies included."""
        found: dict[str, list[Path]] = {}
        for device in self.devices():
            self._look(device)
            for stem, copies in self._listings[device][1].items():
                if stem != TAGS:
                    found.setdefault(stem, []).extend([device / f"{stem}.json", *copies])
        return found

    def signatures(self, paths: Iterable[Path]) -> Signatures:
        """Return what changes when any of these files does."""
        return _signatures(paths)

    def issue_id(self, stem: str, paths: Iterable[Path]) -> str | None:
        """Return the issue that a file stem stands for; None if no file says so."""
        if not is_hashed(stem):
            return stem
        for path in paths:
            if path not in self._ids:
                try:
                    header, _ = load(path, FORMATS[ANNOTATIONS])
                except (StoreError, OSError):
                    continue
                self._ids[path] = str(header.get("issue", stem))
            return self._ids[path]
        return None

    def strangers(self) -> list[str]:
        """Return a line for each thing in the folders that is none of ours, copies included."""
        lines: list[str] = []
        for device in self.devices():
            self._look(device)
            _, stems, others = self._listings[device]
            lines += others
            for copies in stems.values():
                lines += [
                    Said("{path}: a copy made by a sync tool; its work is shown", path=path)
                    for path in copies
                ]
        return lines

    def _look(self, device: Path) -> None:
        self._looked[device] = time.monotonic()
        try:
            changed = device.stat().st_mtime_ns
            known = self._listings.get(device)
            if known is not None and known[0] == changed:
                return
            with os.scandir(device) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as error:
            self._listings[device] = (
                0,
                {},
                [Said("{path}: can't be listed: {why}", path=device, why=reason(error))],
            )
            return
        stems: dict[str, list[Path]] = {}
        others: list[str] = []
        for name in names:
            stem = name.removesuffix(".json")
            if stem.isalnum() and stem != name:
                stems.setdefault(stem, [])
                continue
            if is_temporary(name) or is_aside(name) or name in (*IGNORED, HISTORY):
                continue
            if name.startswith(_COMING_IN):
                continue
            origin = copied_from(stem)
            if stem == name or name.startswith("."):
                others.append(
                    Said("{path}: not a file of Kuaibao; left as it is", path=device / name)
                )
            elif origin is None:
                stems.setdefault(stem, [])
            else:
                stems.setdefault(origin, []).append(device / name)
        self._listings[device] = (changed if _is_settled(changed) else 0, stems, others)

    def _annotations(self, path: Path, issue_id: str, problems: list[str]) -> list[Annotation]:
        try:
            table = self._file(path, issue=issue_id).read().get(ANNOTATIONS, {})
        except StoreError as error:
            problems.append(said_by(error))
            return []
        before = self._parsed.get(path, {})
        after: dict[str, tuple[Document, Annotation]] = {}
        for key, document in table.items():
            known = before.get(key)
            if known is None or known[0] is not document:
                try:
                    known = (document, from_document(document))
                except DocumentError as error:
                    problems.append(
                        Said(
                            "{path}: entry {key}: {why}; kept but not shown",
                            path=path,
                            key=key,
                            why=error,
                        )
                    )
                    continue
            after[key] = known
        self._parsed[path] = after
        return [annotation for _, annotation in after.values()]


def _is_settled(changed: int) -> bool:
    """Tell whether a folder with this time of change can be known by it.

    The clock of a file system ticks coarsely: a folder that has just changed may change again
    without a new time, so its listing is not kept.
    """
    return time.time_ns() - changed > 2_000_000_000


def _signatures(paths: Iterable[Path]) -> Signatures:
    found = []
    for path in paths:
        try:
            now = signature(path)
        except OSError:
            now = (0, 0, 0)
        if now is not None:
            found.append((str(path), now))
    return tuple(sorted(found))
