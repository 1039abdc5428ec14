"""Rows for the passages that the reader marked in an article, and for its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bulletins.model import Place
from bulletins.sources.plain import plain, plain_line
from tui.inspection.rows import InspectorRow, RowKind, wrapped
from tui.locale import mark, tr
from tui.passages import Link, Passage, colour_words, status_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotations.model import IssueRef, LinkBody

RELATIONS = {
    "same_event": mark("same event"),
    "follows_up": mark("follows up"),
    "contradicts": mark("contradicts"),
}
_QUOTED = 3
"""Rows of a quote that are shown."""
_MUTED = "row-list--muted"


def passage_rows(
    passages: Sequence[Passage], width: int, meaning: Callable[[str], str] = colour_words
) -> Iterator[InspectorRow]:
    """List passages with their colours, tags, notes, and where they stand.

    `meaning` calls a colour by what it means.
    """
    if passages:
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr("Marked passages"), tail=str(len(passages)))
    for one in passages:
        yield from _passage(one, width, meaning)


def link_rows(
    links: Sequence[Link], width: int, label: Callable[[IssueRef], str]
) -> Iterator[InspectorRow]:
    """List the articles that are linked with this one; `label` names their issues."""
    if links:
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr("Linked articles"), tail=str(len(links)))
    for link in links:
        body, target = cast("LinkBody", link.annotation.body), link.annotation.target
        article = body.article if link.away or target.article is None else target.article
        issue = body.issue if link.away else target.issue
        subject = " ".join(link.place) if link.place else ""
        for at, text in enumerate(wrapped(plain_line(article.title), width - 3, 2)):
            yield InspectorRow("link", text, lead=" " if at else "⇄", subject=subject)
        words = [relation_words(link), plain_line(label(issue))]
        if link.place is None:
            words.append(tr("not in this library"))
        for text in wrapped(" · ".join(filter(None, words)), width - 3, 2):
            yield InspectorRow("link", text, lead=" ", mention=_MUTED, subject=subject)
        yield from _text(body.note, "link", "✎", width, subject)


def relation_words(link: Link) -> str:
    """Say how the other article belongs with this one."""
    relation = cast("LinkBody", link.annotation.body).relation
    if relation == "follows_up" and not link.away:
        return tr("followed up by")
    return tr(RELATIONS.get(relation, relation))


def _passage(one: Passage, width: int, meaning: Callable[[str], str]) -> Iterator[InspectorRow]:
    marked = one.marked
    subject = one.annotation.id
    places: tuple[Place, ...] = ()
    if marked is not None and one.anchor is not None:
        places = (Place(marked.start, marked.end, one.anchor.block, one.anchor.footnote),)
    layer = marked.layer if marked is not None and marked.colour else ""
    for at, text in enumerate(wrapped(plain_line(one.quote), width - 3, _QUOTED)):
        lead = " " if at else "▌"
        yield InspectorRow(
            "passage", text, lead=lead, mention=layer, places=places, subject=subject
        )
    colour = meaning(plain_line(one.colour)) if one.colour else ""
    tags = " ".join(f"#{plain_line(tag)}" for tag in one.tags)
    words = " · ".join(filter(None, (colour, status_words(one.anchor), tags)))
    if words:
        yield InspectorRow(
            "passage", words, lead=" ", mention=_MUTED, places=places, subject=subject
        )
    yield from _text(
        str(getattr(one.annotation.body, "note", "")), "passage", "✎", width, subject, places
    )
    own = () if one.colour else (one.annotation,)
    for note in (*own, *one.notes):
        key = f"{note.id} {note.device} {note.revision}"
        yield from _text(str(getattr(note.body, "text", "")), "note", "✎", width, key)


def _text(
    text: str,
    kind: RowKind,
    lead: str,
    width: int,
    subject: str,
    places: tuple[Place, ...] = (),
) -> Iterator[InspectorRow]:
    lines = [line for part in plain(text).split("\n") for line in wrapped(part, width - 3)]
    for at, line in enumerate(lines if text else ()):
        yield InspectorRow(kind, line, lead=" " if at else lead, places=places, subject=subject)
