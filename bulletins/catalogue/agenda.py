"""What the reader does next: newest and most urgent first, text before mentions."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Read a file; `again` also if its failure is known."""

    path: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class MentionsJob:
    """Find the mentions of an issue, by rules or refined."""

    issue_id: str
    stage: Literal["mentions", "refined"]


Job: TypeAlias = ReadJob | MentionsJob


class Agenda:
    """The jobs that wait.

    Order: mentions by rules of the issue that is being looked at; files, urgent ones first, of
    the newest request first, in its order; mentions by rules of all that was read, the smallest
    file first, lest one that is huge holds up all others; refined mentions, for those who ask.
    """

    def __init__(self) -> None:
        self._looked_at: deque[str] = deque()
        self._urgent: deque[ReadJob] = deque()
        self._files: deque[ReadJob] = deque()
        self._parsed: list[tuple[int, int, str]] = []
        self._count = 0
        self._asked: deque[str] = deque()

    def add_files(self, paths: Sequence[str], *, priority: bool, again: bool) -> None:
        """Put files before all that wait already with the same urgency."""
        jobs = [ReadJob(path, again) for path in paths]
        waiting = self._urgent if priority else self._files
        waiting.extendleft(reversed(jobs))

    def add_parsed(self, issue_id: str, size: int) -> None:
        """Note an issue whose mentions have not been looked for, and its file's size."""
        self._count += 1
        heapq.heappush(self._parsed, (size.bit_length(), self._count, issue_id))

    def ask_mentions(self, issue_id: str, *, refined: bool) -> None:
        """Put an issue that somebody looks at before all else, as far as rules go."""
        self._looked_at.appendleft(issue_id)
        if refined:
            self._asked.appendleft(issue_id)

    def next_job(self) -> Job | None:
        """Take the next job; None when nothing waits that was asked for."""
        if self._looked_at:
            return MentionsJob(self._looked_at.popleft(), "mentions")
        if self._urgent:
            return self._urgent.popleft()
        if self._files:
            return self._files.popleft()
        if self._parsed:
            return MentionsJob(heapq.heappop(self._parsed)[2], "mentions")
        if self._asked:
            return MentionsJob(self._asked.popleft(), "refined")
        return None
