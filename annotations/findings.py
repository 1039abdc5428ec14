"""What a check of a reader's files may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

FindingKind = Literal[
    "unreadable",  # the system refuses to open it
    "damaged",  # no data file as we write them
    "twice",  # one id or one row number for several documents
    "newer",  # of a newer schema
    "entry",  # a document that this version does not understand
    "copy",  # made by a sync tool
    "misnamed",  # its header names another issue, device or reviewer
    "temporary",  # left by a process that no longer runs
    "foreign",  # nothing of ours
    "history",  # lines of a history that can't be read
    "index",  # counts differ from what the files hold
    "lock",  # something that is no file stands where a lock should be
    "gone",  # what the history tells of is in no file
    "rescue",  # work that could not be saved where it belongs
    "quote",  # the text at a span is another one
    "orphan",  # the article was not found
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one file; `what` is a plain English line without the path.

    `mendable`: it can be put right without guessing, and the file is one that may be changed.
    """

    kind: FindingKind
    path: Path
    what: str
    mendable: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done about one file; `failed` when it could not be done."""

    path: Path
    what: str
    failed: bool = False
