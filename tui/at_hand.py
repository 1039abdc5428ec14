"""Issues at hand for exports and checks: files that are named, the catalogue, the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.placing import IssueKey, Shelves, issue_marks
from tui.library_files import find_files
from tui.locale import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from annotations.model import IssueRef
    from bulletins.boundary import Boundary
    from bulletins.catalogue import Catalogue, IssueOutline
    from bulletins.model import Issue
    from tui.config import Config


class AtHand:
    """Finds the issue that an annotation means, also where its file was reissued.

    Files that are named are read; else the catalogue is asked, and a file of the library that is
    not in it is read if it has the issue's file name. `problems` has a line for each file that
    can't be read.
    """

    def __init__(
        self, config: Config, paths: Sequence[str] = (), *, with_mentions: bool = False
    ) -> None:
        self.problems: list[str] = []
        self._config = config
        self._with_mentions = with_mentions
        self._catalogue = _catalogue(config)
        self._shelves = Shelves()
        self._read: dict[str, Issue] = {}
        self._unread: dict[str, list[Path]] = {}
        self._outlines: list[IssueOutline] = []
        found = find_files(paths)
        self.problems += [f"{name}: {message}" for name, message in found.problems]
        for path in found.files:
            self._take_in(path)
        self._named = bool(paths)
        self._looked = False
        self._on_shelves: list[str] = []

    def issue(self, ref: IssueRef) -> Issue | None:
        """The issue of this id, else the one that took its place; None if it is not at hand."""
        if ref.id in self._read:
            return self._read[ref.id]
        if not self._named:
            known = self._known(ref.id)
            if known is not None:
                return known
            self._look_at_library()
            for path in self._unread.pop(ref.file_name, ()):
                self._take_in(path)
            if ref.id in self._read:
                return self._read[ref.id]
        for name in self._shelves.find(issue_marks(ref)):
            found = self._read.get(name) or self._known(name)
            if found is not None:
                return found
        return None

    def editions(self) -> dict[str, str]:
        """Give the issue that stands for another edition of it, by that one's id."""
        from bulletins.editions import Editions

        if not self._named:
            self._look_at_library()
        shown = Editions().gathered(self._outlines)
        return {edition.id: one.id for one in shown for edition in one.editions}

    def issues(self) -> Iterator[Issue]:
        """Yield all issues that were named, else those of the library; each is read if need be."""
        if not self._named:
            self._look_at_library()
            for paths in list(self._unread.values()):
                for path in paths:
                    self._take_in(path)
            self._unread.clear()
        names = dict.fromkeys((*self._read, *self._on_shelves))
        for name in names:
            found = self._read.get(name) or self._known(name)
            if found is not None:
                yield found

    def _known(self, issue_id: str) -> Issue | None:
        from bulletins.catalogue import CatalogueError

        if self._catalogue is None:
            return None
        try:
            issue = self._catalogue.issue(issue_id)
            outline = self._catalogue.outline(issue_id) if self._with_mentions else None
        except CatalogueError:
            return None
        if issue is not None and outline is not None and outline.stage == "parsed":
            return self._annotated(issue)
        return issue

    def _look_at_library(self) -> None:
        """Learn which files the library has, and which of them were never read."""
        if self._looked:
            return
        self._looked = True
        from annotations.placing import issue_key
        from tui import locations

        roots = self._config.library or (locations.bundled("seeds"),)
        files = find_files(roots).files
        for path in files:
            known = self._catalogue
            outline = known.file(str(path)).outline if known is not None else None
            if outline is None:
                self._unread.setdefault(path.name, []).append(path)
            else:
                self._shelves.add(issue_key(outline))
                self._on_shelves.append(outline.id)
                self._outlines.append(outline)

    def _take_in(self, path: Path) -> None:
        from bulletins.catalogue.outline import outline_of
        from bulletins.model import ReadError
        from bulletins.reading import read_issue
        from bulletins.styles import load_styles

        try:
            styles = load_styles([self._config.styles])
            issue = read_issue(path, styles, boundaries=self._told).issue
        except ReadError as error:
            self.problems.append(f"{path}: {told(error)}")
            return
        if self._with_mentions:
            issue = self._annotated(issue)
        self._read[issue.id] = issue
        self._outlines.append(outline_of(issue, "parsed"))
        self._shelves.add(IssueKey(issue.id, path.name, issue.publication, issue.number))

    def _told(self, issue_id: str) -> tuple[Boundary, ...]:
        """What the configured reviewer says of an issue's lines."""
        if not self._config.reviewer:
            return ()
        from annotations.boundaries import boundaries_of
        from annotations.store import Store

        store = Store(self._config.data, self._config.reviewer, "-")  # nothing is written
        return boundaries_of(store.annotations(issue_id))

    def _annotated(self, issue: Issue) -> Issue:
        """Find mentions by rules; words are not cut, which would take a second and 200 MB."""
        from bulletins.mentions import annotate, load_gazetteers

        return annotate(issue, load_gazetteers([self._config.gazetteers]))


def _catalogue(config: Config) -> Catalogue | None:
    """What was read before; None if nothing was."""
    from tui.locations import cache_folder

    path = cache_folder() / "catalogue.sqlite"
    if not path.is_file():
        return None
    from bulletins.catalogue import Catalogue
    from bulletins.catalogue.version import reader_version

    return Catalogue(path, reader_version([config.styles, config.gazetteers]))
