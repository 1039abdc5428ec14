"""The work of other reviewers, whose folders lie beside one's own: read, never written."""

from __future__ import annotations

import os
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotations.definitions import Definitions
from annotations.files import ANNOTATIONS, TAGS, load
from annotations.folder import FORMATS, IGNORED, ReviewerFolder
from annotations.index import Index
from annotations.locks import DeviceLock
from annotations.model import StoreError
from annotations.names import is_hashed, safe_name
from annotations.placing import Placing, issue_marks
from annotations.store import Store
from annotations.watch import Watch
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotations.model import Annotation
    from annotations.placing import IssueWork, Shelves
    from bulletins.model import Article

    Lookup = Callable[[str, str], Article | None]

_NOBODY = "nobody"
"""The device as which another's work is read; none has this folder."""


class _Closed(DeviceLock):
    """The lock of somebody else: whoever wants to write is told whose work it is."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path)
        self._name = name

    @contextmanager
    def held(self) -> Iterator[None]:
        raise StoreError("these are annotations of {name}; they can only be read", name=self._name)
        yield


class ReadOnlyStore(Store):
    """A reviewer's work as it is read by others: every change is refused with a StoreError.

    `folder` is the name of the reviewer's folder, which need not give the name away; `reviewer` is
    then what the files say. Nothing is written into that folder, and no lock taken.
    """

    def __init__(self, root: Path, folder: str) -> None:
        path = root / "annotations" / folder
        name = _name_in(path) or folder
        super().__init__(root, name, _NOBODY)
        self.path = path
        self._own = path / f".{_NOBODY}"
        self._lock = _Closed(root / "locks" / folder, name)
        self._folder = ReviewerFolder(path, self._own, {})
        self._index_path = root / "index" / f"{folder}.json"
        self._index = Index(self._index_path, self._folder)
        self._definitions = Definitions(self._folder)

    def recover(self) -> None:
        """Leave what another's crash left to their own program."""


def reviewer_folders(root: Path) -> tuple[str, ...]:
    """Return the names of the folders of all reviewers under `root`, one's own included."""
    try:
        with os.scandir(root / "annotations") as entries:
            names = [one.name for one in entries if one.is_dir()]
    except OSError:
        return ()
    return tuple(sorted(n for n in names if not n.startswith(".") and n not in IGNORED))


class OtherReviewer:
    """One other reviewer's work, placed on the issues of a library. Not safe for threads.

    `works` is their work by the id of the library's issue, only where there is any; `problems` has
    a line for each of their files that can't be used as it is; `news` are the issues that changed
    since it was emptied, by the ids of home() or their own; None: any may have.
    """

    def __init__(self, root: Path, folder: str, lookup: Lookup | None = None) -> None:
        self.folder = folder
        self.store = ReadOnlyStore(root, folder)
        self.works: dict[str, IssueWork] = {}
        self.problems: tuple[str, ...] = ()
        self.news: set[str] | None = None
        self._placing = Placing(self.store, lookup)
        self._watch = Watch(root, self.store.reviewer)
        self._watch.path = self.store.path
        self._known: dict[str, str] = {}

    @property
    def name(self) -> str:
        """What the reviewer is called."""
        return self.store.reviewer

    def home(self, issue_id: str) -> str | None:
        """Return the issue of the library that shows what they made under an id; None: none."""
        return self._placing.home(issue_id)

    def of_kind(self, issue_id: str, kind: str) -> dict[str, list[Annotation]]:
        """Return their annotations of a kind in an issue of the library, by article."""
        work = self.works.get(issue_id)
        found: dict[str, list[Annotation]] = {}
        for name in (issue_id, *self._placing.kin(issue_id)) if work else ():
            for one in self.store.annotations(name):
                article = work.places.get(one.id) if work and one.kind == kind else None
                if article:
                    found.setdefault(article, []).append(one)
        return found

    def read(self, shelves: Shelves) -> None:
        """Place all of their work on the issues of a library. Raises nothing for damaged files."""
        self._watch.changed()
        wanted: dict[str, None] = {}
        self._known, self.news = {}, None
        for name, summary in self.store.summaries().items():
            self._known[safe_name(name)] = name
            home = shelves.home(name)
            if home is not None:
                wanted[home] = None
            elif summary.issue is not None:
                wanted.update(dict.fromkeys(shelves.find(issue_marks(summary.issue))))
        keys = [shelves.keys[name] for name in wanted]
        self._take(self._placing.update(keys, whole=True), anew=True)

    def look(self, shelves: Shelves, issue_id: str | None = None) -> bool:
        """Take in what they changed since; tell whether there was anything.

        `issue_id` is the issue that is open, whose files are looked at in any case.
        """
        stems = self._watch.changed(issue_id)
        if not stems:
            return False
        if stems <= {TAGS, *self._known}:
            self._take(self._placing.renew_stems(stems), anew=False)
            if TAGS in stems:
                self.news = None
            elif self.news is not None:
                names = [self._known[stem] for stem in stems]
                self.news.update(self.home(name) or name for name in names)
        else:  # an issue of which nothing was known
            self.read(shelves)
        return True

    def _take(self, works: dict[str, IssueWork], *, anew: bool) -> None:
        if anew:
            self.works = {}
        for name, work in works.items():
            self.works.pop(name, None)
            if work.places:
                self.works[name] = work
        self.problems = self._placing.problems


class Others:
    """All reviewers under `root` but one's own, as they come and go. Not safe for threads."""

    def __init__(self, root: Path, own: str | None, lookup: Lookup | None = None) -> None:
        self._root = root
        self._own = safe_name(own) if own else ""
        self._lookup = lookup
        self._reviewers: dict[str, OtherReviewer] = {}

    def read(self, shelves: Shelves) -> None:
        """Read and place the work of all of them anew; what did not change is remembered."""
        self._look_for_folders()
        for one in self._reviewers.values():
            one.read(shelves)

    def look(self, shelves: Shelves, issue_id: str | None = None) -> bool:
        """Take in what any of them changed, and who is new; tell whether there was anything."""
        before = {name: one.problems for name, one in self._reviewers.items()}
        fresh = self._look_for_folders()
        changed = before.keys() != self._reviewers.keys()
        for one in self._reviewers.values():
            if one.folder in fresh:
                one.read(shelves)
                changed = changed or bool(one.works) or one.problems != before.get(one.folder, ())
            else:
                changed = one.look(shelves, issue_id) or changed
        return changed

    def reviewers(self) -> tuple[OtherReviewer, ...]:
        """Return the reviewers, by their names."""
        return tuple(sorted(self._reviewers.values(), key=lambda one: (one.name, one.folder)))

    def _look_for_folders(self) -> set[str]:
        """Return the folders of those who are new, or whose name was not known before."""
        names = [name for name in reviewer_folders(self._root) if _composed(name) != self._own]
        known = {
            name: one
            for name, one in self._reviewers.items()
            # A folder may come before the files that say whose it is.
            if name in names and not (is_hashed(name) and one.name == name)
        }
        fresh = set(names) - known.keys()
        self._reviewers = {
            name: known.get(name) or OtherReviewer(self._root, name, self._lookup) for name in names
        }
        return fresh


def _composed(name: str) -> str:
    """Return a folder's name as safe_name() makes it: some file systems take characters apart."""
    return unicodedata.normalize("NFC", name)


def _name_in(folder: Path) -> str:
    """Return what a reviewer is called by the files in their folder; "" if none says so."""
    if not is_hashed(folder.name):
        return folder.name
    try:
        files = sorted(folder.glob("[!.]*/[!.]*.json"))
    except OSError:
        return ""
    for path in files:
        table = TAGS if path.stem == TAGS else ANNOTATIONS
        try:
            header, _ = load(path, FORMATS[table])
        except (StoreError, OSError):
            continue
        name = plain_line(str(header.get("reviewer", ""))).strip()
        if name:
            return name
    return ""
