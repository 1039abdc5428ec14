"""Finding the files of a library: what is named, and what lies in the folders that are named."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.locale import told, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

SUFFIXES = (".pdf", ".txt", ".docx", ".html", ".htm", ".md", ".markdown", ".eml", ".zip")
ABOUT = ("readme.md", "readme.txt", "readme.html", "license.md", "license.txt", "changelog.md")
MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """Absolute paths in natural order, each once; `problems` pairs a path with one plain line."""

    files: tuple[Path, ...]
    problems: tuple[tuple[str, str], ...]


def find_files(paths: Iterable[str | Path]) -> FoundFiles:
    """Find the files that are named and the bulletins in the folders that are named.

    What is named is taken whatever its suffix; in folders what ends in `SUFFIXES` in any case,
    nothing hidden or in `ABOUT`, each folder once even where links lead round in a circle, and no
    link that leads up to a folder above the one that is named. An archive gives the bulletins in
    it, and so does a mail with several. After `MOST_ENTRIES` directory entries the rest is left out
    and reported.
    """
    files: dict[str, None] = {}
    problems: list[tuple[str, str]] = []
    walk = _Walk()
    for given in paths:
        path = os.path.abspath(given)  # noqa: PTH100 - links stay as they are named
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116
        except NotADirectoryError:
            files.setdefault(path)  # it may lead into an archive; the reader says if it does not
            continue
        except (OSError, ValueError) as error:
            problems.append((path, _why(error)))
            continue
        listed = sorted(walk.files(path), key=natural_key) if stat.S_ISDIR(mode) else [path]
        for found in listed:
            files.update(dict.fromkeys(_unpacked(found, problems)))
    problems += walk.problems
    return FoundFiles(tuple(Path(path) for path in files), tuple(problems))


def _unpacked(path: str, problems: list[tuple[str, str]]) -> list[str]:
    """Give the bulletins in an archive or mail by their paths in it, any other file by its own."""
    if not path.lower().endswith((".zip", ".eml")):
        return [path]
    from bulletins.sources.containers import ContainerError, bulletins_in

    try:
        found = sorted(map(str, bulletins_in(Path(path))), key=natural_key)
    except ContainerError:
        return [path]  # the reader says what is wrong with it
    if not found:
        problems.append((path, tr("holds no bulletin")))
    return found


def natural_key(path: str) -> tuple[tuple[int | str, ...], ...]:
    """Order by the parts of a path, numbers by their value: "a2" before "a10"."""
    return tuple(
        tuple(
            int(piece) if index % 2 else piece.casefold()
            for index, piece in enumerate(re.split(r"([0-9]+)", part))
        )
        for part in Path(path).parts
    )


class _Walk:
    """A walk through folders that ends, whatever the folders hold."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []
        self._seen: set[tuple[int, int]] = set()
        self._left = MOST_ENTRIES

    def files(self, top: str) -> list[str]:
        """List the bulletins under a folder, in no order."""
        found: list[str] = []
        waiting = [top]
        above = _above(top)
        while waiting:
            folder = waiting.pop()
            try:
                status = os.stat(folder)  # noqa: PTH116
                here = (status.st_dev, status.st_ino)
                if here in self._seen or here in above:
                    continue
                self._seen.add(here)
                entries = os.scandir(folder)
            except OSError as error:
                self.problems.append((folder, _why(error)))
                continue
            with entries:
                for entry in entries:
                    self._left -= 1
                    if self._left < 0:
                        self.problems.append(
                            (top, tr("holds too many files; the rest is left out"))
                        )
                        return found
                    if entry.name.startswith("."):
                        continue
                    if _is_folder(entry):
                        waiting.append(entry.path)
                    elif _is_bulletin(entry.name.lower()):
                        found.append(entry.path)
        return found


def _is_bulletin(name: str) -> bool:
    """Tell by a lower-case name; what people put beside files to explain them is none."""
    return name.endswith(SUFFIXES) and name not in ABOUT


def _above(folder: str) -> set[tuple[int, int]]:
    """The folders that hold `folder`, by device and inode."""
    found = set()
    for parent in Path(folder).resolve().parents:
        with contextlib.suppress(OSError):
            status = parent.stat()
            found.add((status.st_dev, status.st_ino))
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return tr("does not exist; check the name")
    if isinstance(error, PermissionError):
        return tr("may not be opened; change its permissions")
    return tr("can't be opened: {why}").format(
        why=told(getattr(error, "strerror", None) or str(error))
    )
