"""Drafts of notes: what was typed and not saved, kept beside the sessions until it is."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from tui.clock import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

FORMAT = "kuaibao.draft"
MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What a draft held when it was found: `before` is the note's text that it was begun upon."""

    key: str
    title: str
    when: str
    before: str
    text: str


class Draft:
    """One note's draft while it is being written; other processes leave it alone.

    Safe for threads: what is kept after drop() is kept no more.
    """

    def __init__(self, folder: Path, key: str, title: str, before: str) -> None:
        """Nothing is read or made before a method is called."""
        self._folder = folder
        self._key = key
        self._title = title
        self._before = before
        self._threads = Lock()
        self._path: Path | None = None
        self._held: BaseFileLock | None = None
        self._dropped = False

    def restore(self) -> Kept | None:
        """Take over the newest draft of this note that no living process writes; None: none.

        One that says what was saved already is removed.
        """
        with self._threads:
            for path, kept in sorted(_drafts(self._folder), key=lambda one: one[1].when)[::-1]:
                if kept.key != self._key:
                    continue
                held = _lock(path)
                if held is None:
                    continue
                now = _read(path)  # it may have gone, or grown, before the lock was ours
                if now is None or now.text == self._before:
                    _remove(path, held)
                    continue
                self._path, self._held = path, held
                return now
        return None

    def keep(self, text: str) -> None:
        """Write the draft as it is now, durably; a blank one is none. Raises OSError."""
        from annotations.durable import remove, write_atomic

        with self._threads:
            if self._dropped:
                return
            if not text.strip() or text == self._before:
                if self._path is not None:
                    remove(self._path)
                return
            if self._path is None:
                name = f"{_stem(self._key)}-{os.getpid()}-{os.urandom(4).hex()}.json"
                path = self._folder / name
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._held, self._path = _lock(path), path
            document = {
                "format": FORMAT,
                "key": self._key,
                "title": self._title,
                "when": utc_now(),
                "before": self._before,
                "text": text,
            }
            written = json.dumps(document, ensure_ascii=False, indent=1)
            write_atomic(self._path, written.encode("utf-8", "replace"))

    def drop(self) -> None:
        """Take the draft away: its text is saved, or nobody wants it."""
        with self._threads:
            self._dropped = True
            if self._path is not None:
                _remove(self._path, self._held)
            self._path = self._held = None

    def leave(self) -> None:
        """Let go of the draft and leave it for the next time."""
        with self._threads:
            self._dropped = True
            if self._held is not None:
                self._held.release()
                self._held = None


def abandoned(folder: Path) -> list[Kept]:
    """Return the drafts that no living process writes, oldest first."""
    found: list[Kept] = []
    for path, kept in _drafts(folder):
        held = _lock(path)
        if held is not None:
            held.release()
            found.append(kept)
    return sorted(found, key=lambda one: one.when)


def _drafts(folder: Path) -> Iterator[tuple[Path, Kept]]:
    try:
        paths = [path for path in folder.iterdir() if path.suffix == ".json"]
    except OSError:
        return
    for path in paths:
        kept = _read(path)
        if kept is not None:
            yield path, kept


def _read(path: Path) -> Kept | None:
    """Read a draft; None for what is none. A file that can't be read is left as it is."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        if path.stat().st_size > MOST_BYTES:
            return None
        found = json.loads(path.read_bytes().decode("utf-8"))
        if found["format"] == FORMAT:
            return Kept(*(str(found[name]) for name in ("key", "title", "when", "before", "text")))
    return None


def _lock(path: Path) -> BaseFileLock | None:
    """Take the lock of a draft; None if a living process has it, or locks can't be had."""
    from filelock import FileLock, Timeout  # 20 ms: only where there is something to keep

    # Not for one thread: what a thread locks, another one lets go.
    held = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)
    try:
        held.acquire(timeout=0)
    except (Timeout, OSError, NotImplementedError):
        return None
    return held


def _remove(path: Path, held: BaseFileLock | None) -> None:
    from annotations.durable import remove

    with suppress(OSError):
        remove(path)
    if held is not None:
        with suppress(OSError):
            path.with_name(f"{path.name}.lock").unlink()
        held.release()


def _stem(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
