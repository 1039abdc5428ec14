"""What the reader process and its owner say to each other: one JSON object a line, in ASCII.

Paths are strings with surrogate escapes, as `os.fsdecode` gives them, so a name that is no UTF-8
or holds a newline survives the line.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bulletins.boundary import as_lists, from_lists
from bulletins.catalogue.outline import STAGES
from bulletins.said import pack, unpack

if TYPE_CHECKING:
    from bulletins.boundary import Boundary
    from bulletins.catalogue.outline import Stage


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader begins to read a file; if it dies now, this file is why."""

    path: str


@dataclass(frozen=True, slots=True)
class IssueRead:
    """A file's issue is in the catalogue, and how far it has got there."""

    path: str
    issue_id: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class FileFailed:
    """A file can't be read; `message` is one plain line."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class FindingMentions:
    """The reader begins to look for mentions in an issue."""

    issue_id: str


@dataclass(frozen=True, slots=True)
class MentionsFound:
    """An issue's mentions are in the catalogue; `refined` when words were cut for them too."""

    issue_id: str
    refined: bool


@dataclass(frozen=True, slots=True)
class MentionsFailed:
    """No mentions can be found in an issue; its text stands in the catalogue as before."""

    issue_id: str
    message: str


@dataclass(frozen=True, slots=True)
class ReaderIdle:
    """All that was asked for is done; the reader leaves by itself after a while."""


Event: TypeAlias = (
    Reading | IssueRead | FileFailed | FindingMentions | MentionsFound | MentionsFailed | ReaderIdle
)


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Read these files; `again` also those whose failure is known."""

    paths: tuple[str, ...]
    priority: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class BoundariesRequest:
    """Obey these boundaries in an issue from now on, and read its file anew; answered as that is.

    `path` is one file that holds the issue.
    """

    path: str
    issue_id: str
    boundaries: tuple[Boundary, ...]


@dataclass(frozen=True, slots=True)
class MentionsRequest:
    """Find the mentions of an issue by rules, or `refined`: as well as can be."""

    issue_id: str
    refined: bool = True


@dataclass(frozen=True, slots=True)
class StopRequest:
    """Leave at once."""


Request: TypeAlias = ReadRequest | BoundariesRequest | MentionsRequest | StopRequest


def encode_event(event: Event) -> bytes:
    """Write an event as one line."""
    match event:
        case Reading(path):
            return _line({"reading": path})
        case IssueRead(path, issue_id, stage):
            return _line({"read": path, "issue": issue_id, "stage": stage})
        case FileFailed(path, message):
            return _line({"error": path, "message": pack(message)})
        case FindingMentions(issue_id):
            return _line({"finding": issue_id})
        case MentionsFound(issue_id, refined):
            return _line({"mentions": issue_id, "refined": refined})
        case MentionsFailed(issue_id, message):
            return _line({"unmentioned": issue_id, "message": pack(message)})
        case ReaderIdle():
            return _line({"idle": True})


def decode_event(line: bytes) -> Event | None:
    """Read one line of the reader; None for anything that is no event."""
    match _load(line):
        case {"reading": str(path)}:
            return Reading(path)
        case {"read": str(path), "issue": str(issue_id), "stage": stage} if stage in STAGES:
            return IssueRead(path, issue_id, stage)
        case {"error": str(path), "message": str(message)}:
            return FileFailed(path, unpack(message))
        case {"finding": str(issue_id)}:
            return FindingMentions(issue_id)
        case {"mentions": str(issue_id), "refined": bool(refined)}:
            return MentionsFound(issue_id, refined)
        case {"unmentioned": str(issue_id), "message": str(message)}:
            return MentionsFailed(issue_id, unpack(message))
        case {"idle": True}:
            return ReaderIdle()
        case _:
            return None


def encode_request(request: Request) -> bytes:
    """Write a request as one line."""
    match request:
        case ReadRequest(paths, priority, again):
            return _line({"read": paths, "priority": priority, "again": again})
        case BoundariesRequest(path, issue_id, boundaries):
            return _line({"tell": path, "issue": issue_id, "boundaries": as_lists(boundaries)})
        case MentionsRequest(issue_id, refined):
            return _line({"mentions": issue_id, "refined": refined})
        case StopRequest():
            return _line({"stop": True})


def decode_request(line: bytes) -> Request | None:
    """Read one line of the owner; None for anything that is no request."""
    match _load(line):
        case {"read": [*paths], **more} if all(isinstance(path, str) for path in paths):
            return ReadRequest(
                tuple(paths), more.get("priority") is True, more.get("again") is True
            )
        case {"tell": str(path), "issue": str(issue_id), "boundaries": boundaries}:
            with suppress(ValueError):
                return BoundariesRequest(path, issue_id, from_lists(boundaries))
            return None
        case {"mentions": str(issue_id), **more}:
            return MentionsRequest(issue_id, more.get("refined") is not False)
        case {"stop": True}:
            return StopRequest()
        case _:
            return None


def _line(message: dict[str, object]) -> bytes:
    return json.dumps(message).encode("ascii") + b"\n"


def _load(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
