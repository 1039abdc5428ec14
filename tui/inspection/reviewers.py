"""Rows for what other reviewers made of an article: read only, each under its reviewer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bulletins.model import Place
from bulletins.sources.plain import plain_line
from tui.correction_words import field_words
from tui.inspection.marked import link_rows
from tui.inspection.notes import text_rows
from tui.inspection.rows import InspectorRow, wrapped
from tui.locale import ntr, tr
from tui.orphan_words import body_words
from tui.outline import STATUS_WORDS
from tui.passages import colour_words, status_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from annotations.model import IssueRef, NoteBody
    from tui.passages import Passage
    from tui.reviewers import Reviewer, Theirs
    from tui.their_issues import TheirIssue

_QUOTED = 2
"""Rows of a quote that are shown."""
_MUTED = "row-list--muted"
LOST = "lost"
"""The key of the row that says how much somebody has lost."""


def reviewer_rows(
    theirs: Sequence[Theirs], width: int, label: Callable[[IssueRef], str]
) -> Iterator[InspectorRow]:
    """List what others made of an article; none if they made nothing. `label` names issues."""
    if theirs:
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr("Other reviewers"), tail=str(len(theirs)))
    for one in theirs:
        who = one.reviewer
        yield from _head(one, width)
        yield from _rows(who, " ".join(f"#{plain_line(t.name)}" for t in one.view.tags), " ", width)
        fields = sorted(one.view.fields.items())
        yield from _fields(who, ((name, value) for (name, _), value in fields), width)
        for note in one.view.notes:
            if note.target.selector is None:
                text = cast("NoteBody", note.body).text
                yield from _text(who, text, "✎", width)
        for passage in one.passages:
            yield from _passage(one, passage, width)
        yield from _links(one, width, label)
        said = len(one.view.mentions)
        if said:
            words = ntr("{n} correction of mentions", "{n} corrections of mentions", said)
            yield InspectorRow("other", words, lead=" ", mention=_MUTED, subject=who.name)


def their_issue_rows(theirs: Sequence[TheirIssue], width: int) -> Iterator[InspectorRow]:
    """List what others made of the issue itself, and how much of theirs is lost on it."""
    if theirs:
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr("Others on the issue"), tail=str(len(theirs)))
    for one in theirs:
        who = one.reviewer
        yield InspectorRow(
            "other", f"{who.sign} {plain_line(who.name)}", mention=who.tone, subject=who.name
        )
        yield from _rows(who, " ".join(f"#{plain_line(tag)}" for tag in one.tags), " ", width)
        yield from _fields(who, one.fields.items(), width)
        for split in one.splits:
            yield from _rows(who, plain_line(body_words(split)), "÷", width)
        for note in one.notes:
            yield from _text(who, cast("NoteBody", note.body).text, "✎", width)
        if one.lost:
            said = tr("{n} without a place").format(n=one.lost)
            yield InspectorRow("other", said, "?", mention=_MUTED, subject=who.name, key=LOST)


def _fields(who: Reviewer, fields: Iterable[tuple[str, str]], width: int) -> Iterator[InspectorRow]:
    """What should stand there instead of what is printed, by the names of the fields."""
    for name, value in fields:
        yield from _rows(who, field_words(name, plain_line(value)), "≈", width)


def _rows(who: Reviewer, text: str, lead: str, width: int) -> Iterator[InspectorRow]:
    for at, row in enumerate(wrapped(text, width - 3) if text else ()):
        yield InspectorRow(
            "other", row, lead=" " if at else lead, mention=who.tone, subject=who.name
        )


def _head(one: Theirs, width: int) -> Iterator[InspectorRow]:
    who = f"{one.reviewer.sign} {plain_line(one.reviewer.name)}"
    if one.view.starred:
        who += " ★"
    status = tr(STATUS_WORDS.get(one.view.status, one.view.status))
    yield InspectorRow(
        "other", who, tail=status, mention=one.reviewer.tone, subject=one.reviewer.name
    )


def _passage(one: Theirs, passage: Passage, width: int) -> Iterator[InspectorRow]:
    marked, anchor = passage.marked, passage.anchor
    places: tuple[Place, ...] = ()
    if marked is not None and anchor is not None:
        places = (Place(marked.start, marked.end, anchor.block, anchor.footnote),)
    name = one.reviewer.name
    for at, text in enumerate(wrapped(plain_line(passage.quote), width - 3, _QUOTED)):
        lead = " " if at else "▁"
        yield InspectorRow(
            "other", text, lead=lead, mention=one.reviewer.tone, places=places, subject=name
        )
    tags = " ".join(f"#{plain_line(tag)}" for tag in passage.tags)
    words = (colour_words(plain_line(passage.colour)), status_words(anchor), tags)
    said = " · ".join(filter(None, words))
    if said:
        yield InspectorRow("other", said, lead=" ", mention=_MUTED, places=places, subject=name)
    body = passage.annotation.body
    own = () if passage.colour else (passage.annotation,)
    notes = [str(getattr(body, "note", "")) if passage.colour else ""]
    notes += [str(getattr(note.body, "text", "")) for note in (*own, *passage.notes)]
    for note in filter(None, notes):
        yield from _text(one.reviewer, note, "✎", width, places)


def _links(one: Theirs, width: int, label: Callable[[IssueRef], str]) -> Iterable[InspectorRow]:
    return list(link_rows(one.links, width, label))[2:]  # without the blank and the heading


def _text(
    who: Reviewer, text: str, lead: str, width: int, places: tuple[Place, ...] = ()
) -> Iterator[InspectorRow]:
    for row in text_rows(text, "other", width, who.name, lead=lead, most=None):
        yield replace(row, places=places, key="")
