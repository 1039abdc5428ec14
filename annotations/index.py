"""Counts over all issues, made from the data files and made again from them at any time."""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from annotations.lines import dump
from annotations.model import (
    HighlightBody,
    IssueRef,
    LinkBody,
    MentionBody,
    NoteBody,
    StarBody,
    Status,
    StatusBody,
    TagBody,
)
from bulletins.said import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from annotations.folder import ReviewerFolder
    from annotations.model import Annotation

VERSION = 5
_WORTH_KEEPING = 16  # issues read anew before the index is written


@dataclass(frozen=True, slots=True)
class IssueSummary:
    """What is marked in one issue: articles per tag id and status, stars, notes, highlights.

    `mentions` counts corrections of mentions, `links` links, `total` all live annotations; `names`
    says what each tag id was called; `issue` is the issue as the last changed of them refers to it,
    None if there is none. `together` counts the articles that carry the same tag ids, `passages`
    the tagged passages per tag id; `used` says when each tag was put on last.
    """

    tags: Mapping[str, int] = field(default_factory=dict, hash=False)
    statuses: Mapping[str, int] = field(default_factory=dict, hash=False)
    starred: int = 0
    notes: int = 0
    highlights: int = 0
    problems: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    total: int = 0
    issue: IssueRef | None = None
    mentions: int = 0
    together: tuple[tuple[tuple[str, ...], int], ...] = ()
    passages: Mapping[str, int] = field(default_factory=dict, hash=False)
    used: Mapping[str, str] = field(default_factory=dict, hash=False)
    links: int = 0


def summarise(
    annotations: Iterable[Annotation],
    problems: Iterable[str] = (),
    places: Mapping[str, str | None] | None = None,
) -> IssueSummary:
    """Count the live annotations of one issue; an article counts once per tag and by one status.

    `places` gives the ids of the articles that annotations are placed on, by their ids; what has
    none counts by the article that it names.
    """
    tags: dict[str, set[str]] = {}
    passages: Counter[str] = Counter()
    used: dict[str, str] = {}
    statuses: dict[str, tuple[str, Status]] = {}
    stars: set[str] = set()
    names: dict[str, str] = {}
    notes = highlights = mentions = links = total = 0
    latest: tuple[str, IssueRef] | None = None
    for annotation in annotations:
        if annotation.deleted:
            continue
        total += 1
        if latest is None or annotation.modified >= latest[0]:
            latest = (annotation.modified, annotation.target.issue)
        article = annotation.target.article
        where = (places and places.get(annotation.id)) or (article.id if article else "")
        match annotation.body:
            case TagBody(tag=tag, name=name):
                tags.setdefault(where, set()).add(tag)
                passages[tag] += annotation.target.selector is not None
                used[tag] = max(used.get(tag, ""), annotation.modified)
                names[tag] = name
            case StatusBody(status=status):
                this = (annotation.modified, status)
                statuses[where] = max(statuses.get(where, this), this)
            case StarBody():
                stars.add(where)
            case NoteBody():
                notes += 1
            case HighlightBody():
                highlights += 1
            case MentionBody():
                mentions += 1
            case LinkBody():
                links += 1
    return IssueSummary(
        dict(Counter(tag for own in tags.values() for tag in own)),
        dict(Counter(status for _, status in statuses.values())),
        len(stars),
        notes,
        highlights,
        tuple(problems),
        names,
        total,
        latest[1] if latest else None,
        mentions,
        tuple(sorted(Counter(tuple(sorted(own)) for own in tags.values()).items())),
        {tag: number for tag, number in passages.items() if number},
        used,
        links,
    )


class Index:
    """Summaries of all issues of one reviewer, read anew where a file changed.

    The file is a cache: it may be deleted at any time, and one that can't be read is made again.
    """

    def __init__(self, path: Path, folder: ReviewerFolder) -> None:
        self.path = path
        self._folder = folder
        self._entries: dict[str, tuple[list[list[object]], str, IssueSummary]] | None = None
        self._unsaved = 0

    def summaries(self) -> dict[str, IssueSummary]:
        """Return the summary of every issue with annotations, by issue id."""
        if self._entries is None:
            self._entries = read_index(self.path)
        found: dict[str, tuple[list[list[object]], str, IssueSummary]] = {}
        for stem, paths in self._folder.stems().items():
            now: list[list[object]] = [[n, *s] for n, s in self._folder.signatures(paths)]
            known = self._entries.get(stem)
            if known is None or known[0] != now:
                issue = self._folder.issue_id(stem, paths) or stem
                work = self._folder.work_at(stem, paths, issue)
                known = (now, issue, summarise(work.annotations, work.problems))
                self._unsaved += 1
            found[stem] = known
        self._entries = found
        if self._unsaved >= _WORTH_KEEPING:
            self._write()
        return {issue: summary for _, issue, summary in found.values()}

    def rebuild(self) -> None:
        """Make the file anew, whatever it said."""
        self._entries = {}
        self.summaries()
        self._write()

    def _write(self) -> None:
        assert self._entries is not None
        entries = {
            stem: [files, issue, _packed(summary)]
            for stem, (files, issue, summary) in self._entries.items()
        }
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        # Not synced: what a crash takes from a cache is read again from the files.
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(dump({"version": VERSION, "issues": entries}), encoding="utf-8")
            temporary.replace(self.path)
            self._unsaved = 0


def read_index(path: Path) -> dict[str, tuple[list[list[object]], str, IssueSummary]]:
    """Return signatures, issue id and summary by file stem; nothing if it can't be used."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        if whole["version"] != VERSION:
            return {}
        return {
            str(stem): ([list(one) for one in files], _text(issue), _summary(summary))
            for stem, (files, issue, summary) in whole["issues"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _packed(summary: IssueSummary) -> dict[str, Any]:
    return {**asdict(summary), "problems": [pack(line) for line in summary.problems]}


def _summary(found: dict[str, Any]) -> IssueSummary:
    """Check a summary from the file. Raises TypeError, KeyError or AttributeError."""
    issue = found["issue"]
    if issue is not None:
        known = [issue[one.name] for one in fields(IssueRef)]
        issue = IssueRef(_text(known[0]), _text(known[1]), *(v and _text(v) for v in known[2:]))
    return IssueSummary(
        {_text(name): _count(number) for name, number in found["tags"].items()},
        {_text(name): _count(number) for name, number in found["statuses"].items()},
        _count(found["starred"]),
        _count(found["notes"]),
        _count(found["highlights"]),
        tuple(unpack(_text(line)) for line in found["problems"]),
        {_text(tag): _text(name) for tag, name in found["names"].items()},
        _count(found["total"]),
        issue,
        _count(found["mentions"]),
        tuple((tuple(map(_text, own)), _count(number)) for own, number in found["together"]),
        {_text(tag): _count(number) for tag, number in found["passages"].items()},
        {_text(tag): _text(when) for tag, when in found["used"].items()},
        _count(found["links"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value
