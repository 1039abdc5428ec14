"""The reader process: `python -m bulletins.catalogue.reader CATALOGUE [--styles DIR] …`.

Requests come as lines on standard input, events leave as lines on standard output (see
`bulletins.catalogue.messages`). It ends when its owner does, when told to, or after idling.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bulletins.catalogue import guard
from bulletins.catalogue import messages as m
from bulletins.catalogue.agenda import Agenda, Job, MentionsJob, ReadJob
from bulletins.catalogue.catalogue import Catalogue, CatalogueError
from bulletins.catalogue.outline import FileStat
from bulletins.catalogue.version import reader_version
from bulletins.catalogue.work import BulletinWork
from bulletins.model import ReadError
from bulletins.said import Said, SaidError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletins.catalogue.outline import IssueOutline, Stage
    from bulletins.catalogue.work import Work
    from bulletins.model import Issue


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and megabytes.

    Idle for `leave_after` the reader leaves: starting again takes 50 ms. Once jieba is loaded,
    which takes a second, it stays for `leave_after_refining`. `nice` is for reading,
    `nice_refining` comes on top once words are cut.
    """

    file_seconds: float = 60.0
    mentions_seconds: float = 20.0
    memory_mb: float = 1536.0
    leave_after: float = 0.15
    leave_after_refining: float = 3.0
    nice: int = 5
    nice_refining: int = 10


class Reader:
    """Reads files into a catalogue, one job at a time; `requests` and `events` are open pipes."""

    def __init__(
        self, catalogue: Catalogue, work: Work, requests: int, events: int, limits: Limits
    ) -> None:
        self._catalogue = catalogue
        self._work = work
        self._requests = requests
        self._events = events
        self._limits = limits
        self._agenda = Agenda()
        self._unfinished = b""
        self._running = True
        self._asked = False
        self._refining = False

    def run(self) -> None:
        """Work until told to stop, until the owner is gone, or until nothing came for a while."""
        while self._running:
            job = self._agenda.next_job()
            if job is not None:
                self._do(job)
                self._listen(0)
                continue
            if self._asked:
                self._asked = False
                self._say(m.ReaderIdle())
            if not self._listen(self._patience()):
                return

    def _patience(self) -> float:
        limits = self._limits
        return limits.leave_after_refining if self._refining else limits.leave_after

    # -- jobs ----------------------------------------------------------------------------------

    def _do(self, job: Job) -> None:
        if isinstance(job, ReadJob):
            self._read(job)
        else:
            self._find(job)

    def _read(self, job: ReadJob) -> None:
        path = job.path
        known = self._catalogue.file(path)
        outline = known.outline
        if outline is not None and outline.boundaries == self._catalogue.told(outline.id):
            self._tell_read(path, outline.id, outline.stage)
            return
        if known.message is not None and not job.again:
            self._say(m.FileFailed(path, known.message))
            return
        self._say(m.Reading(path))
        stat = FileStat.of(path)  # before reading: a change meanwhile shows at the next look
        try:
            with guard.bounded(self._limits.file_seconds, self._requests):
                issue = self._work.read(path, self._catalogue.told)
            self._catalogue.store_issue(issue, stat)
            # The same bytes may have been read, and more, at another path.
            outline = self._catalogue.outline(issue.id)
        except CatalogueError as error:
            self._say(m.FileFailed(path, Said("could not be kept: {why}", why=error)))
        except (Exception, guard.OutOfTimeError) as error:
            # What was read of it by other boundaries stands.
            self._refuse(path, stat if known.outline is None else None, self._why(error, "read"))
        else:
            self._tell_read(path, issue.id, outline.stage if outline else "parsed")

    def _refuse(self, path: str, stat: FileStat | None, message: str) -> None:
        with contextlib.suppress(CatalogueError):  # then it is tried again at the next start
            self._catalogue.store_error(path, stat, message)
        self._say(m.FileFailed(path, message))

    def _tell_read(self, path: str, issue_id: str, stage: Stage) -> None:
        self._say(m.IssueRead(path, issue_id, stage))
        if stage == "parsed":
            stat = FileStat.of(path)
            self._agenda.add_parsed(issue_id, stat.size if stat else 0)

    def _find(self, job: MentionsJob) -> None:
        outline = self._catalogue.outline(job.issue_id)
        if outline is None:
            self._say(m.MentionsFailed(job.issue_id, "the issue is not in the catalogue"))
            return
        if outline.stage == "refined" or outline.stage == job.stage:
            self._say(m.MentionsFound(job.issue_id, outline.stage == "refined"))
            return
        self._say(m.FindingMentions(job.issue_id))
        refined = job.stage == "refined"
        if refined and not self._refining:
            self._refining = True
            guard.lower_priority(self._limits.nice_refining)
        try:
            with guard.bounded(self._limits.mentions_seconds, self._requests):
                issue = self._annotated(outline, refined)
            self._catalogue.store_mentions(issue, job.stage)
        except (Exception, guard.OutOfTimeError) as error:
            self._say(m.MentionsFailed(job.issue_id, self._why(error, "searched")))
            return
        self._say(m.MentionsFound(job.issue_id, refined))

    def _annotated(self, outline: IssueOutline, refined: bool) -> Issue:
        issue = self._catalogue.issue(outline.id)
        if issue is None:
            raise CatalogueError("the issue is not in the catalogue")
        return self._work.refine_mentions(issue) if refined else self._work.find_mentions(issue)

    def _why(self, error: BaseException, what: Literal["read", "searched"]) -> str:
        if isinstance(error, ReadError):
            return error.message
        if isinstance(error, guard.OutOfTimeError):
            if what == "read":
                seconds = self._limits.file_seconds
                return Said("could not be read within {seconds:.0f} seconds", seconds=seconds)
            seconds = self._limits.mentions_seconds
            return Said("could not be searched within {seconds:.0f} seconds", seconds=seconds)
        if isinstance(error, MemoryError):
            size = self._limits.memory_mb
            why = Said("it needs more memory than {size:.0f} MB", size=size)
        else:
            fault = " ".join(f"{type(error).__name__}: {error}".split())
            why = error.said if isinstance(error, SaidError) else Said(fault[:300])
        if what == "read":
            return Said("could not be read: {why}", why=why)
        return Said("could not be searched: {why}", why=why)

    # -- lines ---------------------------------------------------------------------------------

    def _say(self, event: m.Event) -> None:
        line = memoryview(m.encode_event(event))
        try:
            while line:
                line = line[os.write(self._events, line) :]
        except BrokenPipeError:
            self._running = False

    def _listen(self, seconds: float) -> bool:
        """Take in all requests that are there, waiting so long for the first; say if any came."""
        came = False
        while select.select([self._requests], [], [], 0 if came else seconds)[0]:
            came = True
            data = os.read(self._requests, 1 << 16)
            if not data:
                self._running = False
                break
            *lines, self._unfinished = (self._unfinished + data).split(b"\n")
            for line in lines:
                self._take(m.decode_request(line))
        return came

    def _take(self, request: m.Request | None) -> None:
        self._asked = True
        match request:
            case m.ReadRequest(paths, priority, again):
                self._agenda.add_files(paths, priority=priority, again=again)
            case m.BoundariesRequest(path, issue_id, boundaries):
                with contextlib.suppress(CatalogueError):
                    self._catalogue.tell(issue_id, boundaries)
                self._agenda.add_files((path,), priority=True, again=False)
            case m.MentionsRequest(issue_id, refined):
                self._agenda.ask_mentions(issue_id, refined=refined)
            case m.StopRequest():
                self._running = False
            case None:
                pass  # a line of a newer owner: what it asks for we can't do


@dataclass
class Arguments:
    """The command line; every option is written `--name=value`."""

    catalogue: Path
    styles: list[Path] = field(default_factory=list)
    gazetteers: list[Path] = field(default_factory=list)
    cache: Path | None = None
    version: str | None = None
    limits: dict[str, float] = field(default_factory=dict)

    @classmethod
    def parse(cls, words: Sequence[str]) -> Arguments:
        """Read the command line; raises `SystemExit` on a wrong one."""
        parsed = cls(Path(words[0]) if words else Path())
        for word in words[1:]:
            name, equals, value = word.partition("=")
            if not equals:
                raise SystemExit(f"usage: CATALOGUE [--name=value …], not {word!r}")
            match name:
                case "--styles":
                    parsed.styles.append(Path(value))
                case "--gazetteers":
                    parsed.gazetteers.append(Path(value))
                case "--cache":
                    parsed.cache = Path(value)
                case "--version":
                    parsed.version = value
                case "--file-seconds" | "--mentions-seconds" | "--leave-after" | "--memory-mb":
                    parsed.limits[name[2:].replace("-", "_")] = float(value)
                case _:
                    raise SystemExit(f"unknown option {name}")
        return parsed


def main(words: Sequence[str] | None = None, work: Work | None = None) -> None:
    """Run the reader with a command line; `work` stands in for the work on bulletins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given = Arguments.parse(sys.argv[1:] if words is None else words)
    limits = Limits(**given.limits)  # type: ignore[arg-type]  # names and numbers of seconds, or MB
    # Whatever a library prints must not get between the events.
    events = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    guard.lower_priority(limits.nice)
    guard.limit_memory(limits.memory_mb)
    # The owner says its own version, lest a file that changes meanwhile make them differ.
    version = given.version or reader_version((*given.styles, *given.gazetteers))
    catalogue = Catalogue(given.catalogue, version)
    if work is None:
        cache = given.cache or given.catalogue.parent
        work = BulletinWork(given.styles, given.gazetteers, cache)
    Reader(catalogue, work, 0, events, limits).run()
    catalogue.close()


if __name__ == "__main__":
    main()
