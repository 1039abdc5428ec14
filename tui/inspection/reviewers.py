"""Rows for what other reviewers made of an article: read only, each under its reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bulletins.model import Place
from bulletins.sources.plain import plain, plain_line
from tui.inspection.marked import link_rows
from tui.inspection.rows import InspectorRow, wrapped
from tui.locale import ntr, tr
from tui.outline import STATUS_WORDS
from tui.passages import colour_words, status_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from annotations.model import IssueRef, NoteBody
    from tui.passages import Passage
    from tui.reviewers import Theirs

_QUOTED = 2
"""Rows of a quote that are shown."""
_MUTED = "row-list--muted"


def reviewer_rows(
    theirs: Sequence[Theirs], width: int, label: Callable[[IssueRef], str]
) -> Iterator[InspectorRow]:
    """List what others made of an article; none if they made nothing. `label` names issues."""
    if theirs:
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr("Other reviewers"), tail=str(len(theirs)))
    for one in theirs:
        yield from _head(one, width)
        yield from _tags(one, width)
        for note in one.view.notes:
            if note.target.selector is None:
                text = cast("NoteBody", note.body).text
                yield from _text(one, text, "✎", width)
        for passage in one.passages:
            yield from _passage(one, passage, width)
        yield from _links(one, width, label)
        said = len(one.view.mentions)
        if said:
            words = ntr("{n} correction of mentions", "{n} corrections of mentions", said)
            yield InspectorRow("other", words, lead=" ", mention=_MUTED, subject=one.reviewer.name)


def _head(one: Theirs, width: int) -> Iterator[InspectorRow]:
    who = f"{one.reviewer.sign} {plain_line(one.reviewer.name)}"
    if one.view.starred:
        who += " ★"
    status = tr(STATUS_WORDS.get(one.view.status, one.view.status))
    yield InspectorRow(
        "other", who, tail=status, mention=one.reviewer.tone, subject=one.reviewer.name
    )


def _tags(one: Theirs, width: int) -> Iterator[InspectorRow]:
    names = " ".join(f"#{plain_line(tag.name)}" for tag in one.view.tags)
    for row in wrapped(names, width - 3) if names else ():
        yield InspectorRow(
            "other", row, lead=" ", mention=one.reviewer.tone, subject=one.reviewer.name
        )


def _passage(one: Theirs, passage: Passage, width: int) -> Iterator[InspectorRow]:
    marked, anchor = passage.marked, passage.anchor
    places: tuple[Place, ...] = ()
    if marked is not None and anchor is not None:
        places = (Place(marked.start, marked.end, anchor.block),)
    name = one.reviewer.name
    for at, text in enumerate(wrapped(plain_line(passage.quote), width - 3, _QUOTED)):
        lead = " " if at else "▁"
        yield InspectorRow(
            "other", text, lead=lead, mention=one.reviewer.tone, places=places, subject=name
        )
    words = (colour_words(plain_line(passage.colour)), status_words(anchor))
    said = " · ".join(filter(None, words))
    if said:
        yield InspectorRow("other", said, lead=" ", mention=_MUTED, places=places, subject=name)
    body = passage.annotation.body
    own = () if passage.colour else (passage.annotation,)
    notes = [str(getattr(body, "note", "")) if passage.colour else ""]
    notes += [str(getattr(note.body, "text", "")) for note in (*own, *passage.notes)]
    for note in filter(None, notes):
        yield from _text(one, note, "✎", width, places)


def _links(one: Theirs, width: int, label: Callable[[IssueRef], str]) -> Iterable[InspectorRow]:
    return list(link_rows(one.links, width, label))[2:]  # without the blank and the heading


def _text(
    one: Theirs, text: str, lead: str, width: int, places: tuple[Place, ...] = ()
) -> Iterator[InspectorRow]:
    lines = [line for part in plain(text).split("\n") for line in wrapped(part, width - 3)]
    for at, line in enumerate(lines):
        yield InspectorRow(
            "other", line, lead=" " if at else lead, places=places, subject=one.reviewer.name
        )
