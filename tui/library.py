"""The library as the app sees it: the catalogue to ask, and a reader process that fills it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.library_files import FoundFiles, find_files
from tui.library_reader import ReaderLink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bulletins.boundary import Boundary
    from bulletins.catalogue import Catalogue, FileState, IssueOutline, Naming
    from bulletins.catalogue.messages import Event
    from bulletins.catalogue.outline import SharedName
    from bulletins.model import Article, EntityType

__all__ = ["FoundFiles", "Library", "find_files"]
COMMON = 500
"""A name of more articles than this is common."""


class Library:
    """Files, what is known of them, and the process that reads the unknown ones.

    `cache` is the folder for the catalogue and for jieba; where it can't be written a private
    temporary one serves until `close`. `styles` and `gazetteers` are the user's own folders.
    `command` starts another reader than ours.

    Order of use: `start_reader(paths)` first of all (it imports neither sqlite3 nor the model),
    `listen(app.post)` when the app can take events, `states()` after the first frame.
    """

    def __init__(
        self,
        cache: Path,
        styles: Sequence[Path] = (),
        gazetteers: Sequence[Path] = (),
        command: Sequence[str] | None = None,
    ) -> None:
        from bulletins.catalogue.database import usable_path
        from bulletins.catalogue.version import reader_version

        wanted = cache / "catalogue.sqlite"
        self.path = usable_path(wanted)
        self.temporary = self.path != wanted
        self._known: dict[str, None] = {}
        self._asked = False
        self._version = reader_version((*styles, *gazetteers))
        self._catalogue: Catalogue | None = None
        options = [f"--version={self._version}", f"--cache={self.path.parent}"]
        options += [f"--styles={folder}" for folder in styles]
        options += [f"--gazetteers={folder}" for folder in gazetteers]
        self._link = ReaderLink([str(self.path), *options], command)

    # -- what is known -------------------------------------------------------------------------

    @property
    def files(self) -> list[str]:
        """The library's files, absolute, each once, in the order in which they were named."""
        return list(self._known)

    def holds(self, path: str) -> bool:
        """Tell whether a file belongs to the library."""
        return path in self._known

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue; asked for the first time it imports sqlite3 (8 ms)."""
        if self._catalogue is None:
            from bulletins.catalogue import Catalogue

            self._catalogue = Catalogue(self.path, self._version)
        return self._catalogue

    def states(self, paths: Iterable[str | Path] | None = None) -> Iterator[FileState]:
        """Say of each file, or of all files asked for so far, what is known; opens none."""
        wanted = self.files if paths is None else map(_absolute, paths)
        return self.catalogue.issues(list(wanted))

    def outlines(self) -> list[IssueOutline]:
        """Give the known issues in the order of their files, each once."""
        found: dict[str, IssueOutline] = {}
        for state in self.states():
            if state.outline is not None:
                found.setdefault(state.outline.id, state.outline)
        return list(found.values())

    def outline(self, issue_id: str) -> IssueOutline | None:
        """Give one issue's outline."""
        return self.catalogue.outline(issue_id)

    def article(self, issue_id: str, article_id: str) -> Article | None:
        """Give one article, with the mentions found so far."""
        return self.catalogue.article(issue_id, article_id)

    def articles_naming(self, identity: str, kind: EntityType) -> list[Naming]:
        """List the articles that name a thing; blocks, for tens of milliseconds in a large library.

        To be called in a thread: it has a connection of its own, so no article waits for it. The
        catalogue also knows files that are not of this library.
        """
        from bulletins.catalogue import Catalogue

        asked = Catalogue(self.path, self._version)
        try:
            return asked.articles_naming(identity, kind)
        finally:
            asked.close()

    def names_shared(self, issue_id: str, article_id: str) -> list[SharedName]:
        """List an article's names with the other articles that have them; to be called as above.

        Names that very many articles have tell nothing of their likeness; these are only counted.
        """
        from bulletins.catalogue import Catalogue

        asked = Catalogue(self.path, self._version)
        try:
            return asked.names_shared(issue_id, article_id, COMMON)
        finally:
            asked.close()

    # -- the reader ----------------------------------------------------------------------------

    def start_reader(self, paths: Iterable[str | Path] = ()) -> None:
        """Take `paths` into the library, and start the reader if one of them may be new.

        Whether it is would take sqlite3 to tell, too much before the first frame; a file that
        changed after the catalogue did is the likely one. `read_unknown` sees to the rest.
        """
        wanted = self._take_in(paths)
        if self._may_be_new(wanted):
            self._link.start()
            self._link.read(wanted, priority=False, again=False)
            self._asked = True

    def read_unknown(self, states: Iterable[FileState]) -> None:
        """Have read what is not known, and searched what was not searched for mentions."""
        if self._asked:
            return
        known = list(states)
        self._link.read(
            [state.path for state in known if state.unknown], priority=False, again=False
        )
        for state in known:
            if state.outline is not None and state.outline.stage == "parsed":
                self._link.find_mentions(state.outline.id, refined=False)

    def _may_be_new(self, paths: Sequence[str]) -> bool:
        """Tell by the clock of the disk; in doubt yes."""
        from bulletins.catalogue.outline import file_status

        written = 0.0
        for name in (self.path, self.path.with_name(self.path.name + "-wal")):
            with suppress(OSError):
                written = max(written, name.stat().st_mtime)
        for path in paths:
            with suppress(OSError, ValueError):
                status = file_status(path)
                if max(status.st_mtime, status.st_ctime) >= written:
                    return True
        return False

    def listen(self, receive: Callable[[Event], None]) -> None:
        """Give all events, also those that came already, to `receive`.

        It is called from a thread of ours (the earlier events: from the calling one), so it must
        be safe in any, as `App.post_message` is.
        """
        self._link.listen(receive)

    def request(
        self, paths: Iterable[str | Path], *, priority: bool = False, again: bool = False
    ) -> None:
        """Have files read; `again` also those known to be unreadable. Never waits.

        Each is answered by `IssueRead` or `FileFailed`, whatever happens to the reader.
        """
        self._link.read(self._take_in(paths), priority=priority, again=again)

    def tell(self, path: str, issue_id: str, boundaries: tuple[Boundary, ...]) -> None:
        """Have an issue read by what the reader says of its lines, now and whenever it is read.

        Answered by `IssueRead`, or `FileFailed` where what was read before stands. Never waits.
        """
        self._link.tell(path, issue_id, boundaries)

    def retake(self, paths: Iterable[str | Path]) -> None:
        """Let the library be these files and no others; what is new is read by `read_unknown`."""
        self._known = {}
        self._asked = False
        self._take_in(paths)

    def _take_in(self, paths: Iterable[str | Path]) -> list[str]:
        wanted = [_absolute(path) for path in paths]
        self._known = dict.fromkeys((*self._known, *wanted))
        return wanted

    def request_mentions(self, issue_id: str, *, refined: bool = True) -> None:
        """Have an issue's mentions found before those of others.

        All issues are searched by rules unasked; `refined` cuts words as well, for which the
        reader loads jieba (1 s, 150 MB, until it leaves). Answered by `MentionsFound` or
        `MentionsFailed`.
        """
        self._link.find_mentions(issue_id, refined=refined)

    def close(self) -> None:
        """End the reader and let go of the catalogue; waits for nothing else."""
        self._link.close()
        if self._catalogue is not None:
            self._catalogue.close()
        if self.temporary:
            shutil.rmtree(self.path.parent, ignore_errors=True)


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links stay as they are named
