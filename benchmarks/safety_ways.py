"""Three ways to keep named texts in a folder: ours, stock TinyDB, and TinyDB that caches writes.

`python -m benchmarks.safety_ways WAY FOLDER` opens one and saves twice, to be killed on the way.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.model import Annotation, IssueRef, NoteBody, new_annotation
from annotations.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

Texts = dict[str, set[str]]
"""What a way has kept, all sides of a conflict that it shows."""
ISSUE = IssueRef("ab" * 32, "003.txt", publication="轻材料快报", number="8")
REVIEWER = "王丽"
BEFORE, AFTER = b"\x02begins", b"\x03saved"  # written to no file that exists, for strace to see


class Ours:
    """Our store, one note for each name."""

    def __init__(self, folder: Path, device: str) -> None:
        self._store = Store(folder, REVIEWER, device)
        self._notes: dict[str, Annotation] = {}
        for one in self._store.annotations(ISSUE.id):
            self._notes.setdefault(_parts(one)[0], one)

    def save(self, name: str, text: str) -> None:
        """Keep `text` under `name`; return when it is safe."""
        note = self._notes.get(name) or new_annotation(NoteBody(""), ISSUE)
        self._notes[name] = self._store.put(replace(note, body=NoteBody(f"{name}\n{text}")))

    def close(self) -> None:
        """Nothing is open."""

    @staticmethod
    def load(folder: Path) -> Texts:
        """Return what is kept. Raises whatever says that a file can't be read."""
        store = Store(folder, REVIEWER, "other")
        faults = [line for line in store.problems() if "copy made by" not in line]
        if faults:
            raise ValueError(faults[0])
        found: Texts = {}
        for one in store.annotations(ISSUE.id):
            name, text = _parts(one)
            found.setdefault(name, set()).add(text)
        return found

    @staticmethod
    def meet(one: Path, other: Path) -> None:
        """Do what a sync tool does: each device's folder goes to the other."""
        for source, target, device in ((one, other, "one"), (other, one, "other")):
            place = Path("annotations", REVIEWER, device)
            shutil.copytree(source / place, target / place, dirs_exist_ok=True)


class Stock:
    """TinyDB as it comes, one document for each name."""

    caching = False

    def __init__(self, folder: Path, device: str) -> None:
        from tinydb import TinyDB
        from tinydb.middlewares import CachingMiddleware
        from tinydb.storages import JSONStorage

        folder.mkdir(parents=True, exist_ok=True)
        storage: Any = CachingMiddleware(JSONStorage) if self.caching else JSONStorage
        self._db = TinyDB(folder / "db.json", storage=storage, encoding="utf-8")

    def save(self, name: str, text: str) -> None:
        """Keep `text` under `name`."""
        from tinydb import where

        self._db.upsert({"name": name, "text": text}, where("name") == name)

    def close(self) -> None:
        """Close the file; what was cached is written."""
        self._db.close()

    @staticmethod
    def load(folder: Path) -> Texts:
        """Return what is kept. Raises whatever says that the file can't be read."""
        from tinydb import TinyDB

        with TinyDB(folder / "db.json", encoding="utf-8") as database:
            return {one["name"]: {one["text"]} for one in database.all()}

    @staticmethod
    def meet(one: Path, other: Path) -> None:
        """Do what a sync tool does: the newer file wins, the other is put aside."""
        files = sorted((one / "db.json", other / "db.json"), key=lambda path: path.stat().st_mtime)
        older, newer = files
        aside = older.with_name("db.sync-conflict-20240801-101010-ABCDEFG.json")
        shutil.copy2(older, aside)
        shutil.copy2(older, newer.with_name(aside.name))
        shutil.copy2(newer, older)


class Caching(Stock):
    """TinyDB with its CachingMiddleware: up to 1,000 writes are kept in memory."""

    caching = True


Way = type[Ours] | type[Stock]
WAYS: dict[str, Way] = {"kuaibao": Ours, "stock TinyDB": Stock, "caching TinyDB": Caching}


def open_ready(way: Way, folder: Path, device: str = "one") -> Ours | Stock:
    """Open a way with all that it imports at its first save."""
    import filelock  # noqa: F401

    import annotations.storage  # noqa: F401

    return way(folder, device)


def _parts(annotation: Annotation) -> tuple[str, str]:
    assert isinstance(annotation.body, NoteBody)
    name, _, text = annotation.body.text.partition("\n")
    return name, text


def main(argv: list[str]) -> int:
    """Add a text and shorten one between two marks, and leave as a killed process does."""
    desk = open_ready(WAYS[argv[0]], Path(argv[1]))
    desk.save("seed 0", "0")  # the first save does what later ones need not

    def mark(what: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(999, what)

    def save() -> None:
        desk.save("new", "1")
        desk.save("long", "short")

    _marked(mark, save)
    os.write(1, b"saved\n")
    os._exit(0)


def _marked(mark: Callable[[bytes], None], act: Callable[[], None]) -> None:
    mark(BEFORE)
    act()
    mark(AFTER)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
