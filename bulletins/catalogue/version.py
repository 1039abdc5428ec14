"""A name for the reader as it is now: its code and its data files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKAGE = Path(__file__).parent.parent
_SUFFIXES = (".py", ".yaml", ".yml", ".txt", ".json")
_MOST_FILES = 10_000


def reader_version(folders: Iterable[Path] = ()) -> str:
    """Name the state of this package and of the user's `folders` of styles and gazetteers.

    Sizes and times of files tell, not their content: it is asked before anything is shown.
    """
    digest = hashlib.sha256()
    for folder in (_PACKAGE, *folders):
        for line in sorted(_files(str(folder))):
            digest.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()[:16]


def _files(folder: str) -> Iterator[str]:
    waiting = [folder]
    seen = 0
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        with entries:
            for entry in entries:
                seen += 1
                if seen > _MOST_FILES:
                    return
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                elif entry.name.endswith(_SUFFIXES):
                    try:
                        found = entry.stat()
                    except OSError:
                        continue
                    yield f"{entry.path}\0{found.st_size}\0{found.st_mtime_ns}"
