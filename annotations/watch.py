"""Notice what other processes and devices change in a reviewer's folder, without reading files."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from annotations.durable import Signature, signature
from annotations.names import copied_from, safe_name

if TYPE_CHECKING:
    from pathlib import Path

_SETTLED = 2_000_000_000
"""ns after which a folder's time tells all its changes: clocks of file systems tick coarsely."""


class Watch:
    """Remembers the signatures of a reviewer's files; asks for them only where a folder changed.

    A look costs a few microseconds for each device while nothing changes, and about 3 µs for each
    file of a folder that changed. Every save of ours renames, which changes the folder; a program
    that writes a file in place is noticed in the issue that is asked for, and in others when
    anything else in their folder changes. Not safe for threads.
    """

    def __init__(self, root: Path, reviewer: str) -> None:
        self.path = root / "annotations" / safe_name(reviewer)
        self._folders: dict[str, int] = {}
        self._files: dict[str, dict[str, Signature]] = {}

    def changed(self, issue_id: str | None = None) -> frozenset[str]:
        """Return the file stems (safe_name() of an issue, or `tags`) that changed since last time.

        The first time all are new. The files of `issue_id` are looked at in any case. Raises
        nothing: what can't be listed has no files.
        """
        stems: set[str] = set()
        devices = self._devices()
        for gone in self._files.keys() - set(devices):
            stems.update(map(_stem, self._files.pop(gone)))
            self._folders.pop(gone, None)
        for device in devices:
            stems |= self._look(device)
            if issue_id is not None:
                stems |= self._look_at(device, f"{safe_name(issue_id)}.json")
        return frozenset(stems)

    def seen(self, issue_id: str) -> None:
        """Take the files of an issue, which are about to be read, for seen."""
        for device in self._devices():
            self._look_at(device, f"{safe_name(issue_id)}.json")

    def _devices(self) -> list[str]:
        try:
            with os.scandir(self.path) as entries:
                return [e.path for e in entries if not e.name.startswith(".") and e.is_dir()]
        except OSError:
            return []

    def _look(self, device: str) -> set[str]:
        try:
            changed = os.stat(device).st_mtime_ns  # noqa: PTH116 - asked twice a second
            if changed == self._folders.get(device):
                return set()
            found = _files_in(device)
        except OSError:
            changed, found = 0, {}
        before = self._files.get(device, {})
        self._files[device] = found
        self._folders[device] = changed if time.time_ns() - changed > _SETTLED else 0
        return {_stem(name) for name, _ in before.items() ^ found.items()}

    def _look_at(self, device: str, name: str) -> set[str]:
        try:
            now = signature(os.path.join(device, name))  # noqa: PTH118
        except OSError:
            now = None
        known = self._files.setdefault(device, {})
        if now == known.get(name):
            return set()
        if now is None:
            del known[name]
        else:
            known[name] = now
        return {_stem(name)}


def _files_in(device: str) -> dict[str, Signature]:
    found: dict[str, Signature] = {}
    with os.scandir(device) as entries:
        for entry in entries:
            if entry.name.endswith(".json") and not entry.name.startswith("."):
                try:
                    status = entry.stat()
                except OSError:
                    continue
                found[entry.name] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return found


def _stem(name: str) -> str:
    stem = name.removesuffix(".json")
    return copied_from(stem) or stem
