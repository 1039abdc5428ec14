"""The issues of the library as they are shown: editions of one issue are one entry of the list."""

from __future__ import annotations

from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletins.catalogue.outline import IssueOutline
    from bulletins.editions import Editions

FORMATS = {"HTM": "HTML", "MD": "MARKDOWN", "TEXT": "TXT"}
"""What a format is called where its ending is another word."""
MOST_CHOSEN = 1000


class Shown:
    """All issues of the library, and which edition of each stands in the list.

    `chosen` are the ids of editions that the reader chose, the last one first; `listed` is what
    was found last. May be called in any thread.
    """

    def __init__(self, chosen: Iterable[str] = ()) -> None:
        self.chosen = tuple(dict.fromkeys(chosen))
        self.listed: tuple[IssueOutline, ...] = ()
        self._editions: Editions | None = None
        self._all: dict[str, IssueOutline] = {}
        self._lock = Lock()

    def whole(self, issues: Iterable[IssueOutline]) -> None:
        """Let the library be these issues."""
        with self._lock:
            self._all = {one.id: one for one in issues}
            self._gather()

    def more(self, issues: Iterable[IssueOutline]) -> None:
        """Take issues in, or in anew."""
        with self._lock:
            self._all.update((one.id, one) for one in issues)
            self._gather()

    def outline(self, issue_id: str) -> IssueOutline | None:
        """Return an issue of the library, listed or not."""
        with self._lock:
            return self._all.get(issue_id)

    def choose(self, issue_id: str) -> None:
        """Let an edition stand for its issue from now on."""
        with self._lock:
            others = (name for name in self.chosen if name != issue_id)
            self.chosen = (issue_id, *others)[:MOST_CHOSEN]
            self._gather()

    def _gather(self) -> None:
        if self._editions is None:
            from bulletins.editions import Editions  # after the first frame

            self._editions = Editions()
        # What is listed stays: an edition that comes later must not take the place of another.
        preferred = (*self.chosen, *(one.id for one in self.listed))
        self.listed = self._editions.gathered(self._all.values(), preferred)


def news(before: Iterable[IssueOutline], after: Iterable[IssueOutline]) -> list[IssueOutline]:
    """Return the issues whose annotations have to be read.

    These are new ones, those of new editions, and those that were divided otherwise.
    """
    known = {one.id: (one.editions, one.boundaries) for one in before}
    return [one for one in after if known.get(one.id) != (one.editions, one.boundaries)]


def next_edition(issue: IssueOutline) -> str | None:
    """Return the id of the edition that comes after the one that is shown; None: there is none."""
    editions = sorted([(issue.path, issue.id), *((one.path, one.id) for one in issue.editions)])
    names = [name for _, name in editions]
    found = names[(names.index(issue.id) + 1) % len(names)]
    return found if found != issue.id else None


def other_formats(issue: IssueOutline) -> tuple[str, ...]:
    """Return the names of the formats that an issue is there in besides, each once."""
    return tuple(dict.fromkeys(format_name(one.path) for one in issue.editions))


def format_name(path: str) -> str:
    """Name the format of a file as a reader calls it: PDF, DOCX, TXT."""
    ending = PurePath(path).suffix[1:].upper()[:8]
    return FORMATS.get(ending, ending) or PurePath(path).name


def edition_sign(formats: Sequence[str]) -> str:
    """Return the sign of an issue's other editions in the list: their formats, or how many."""
    return "+" + "+".join(formats) if 0 < len(formats) < 3 else f"+{len(formats)}" * bool(formats)
