"""Rows for the passages that the reader marked in an article, and for its links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bulletins.model import Place
from bulletins.sources.plain import plain_line
from tui.inspection.markdown import MUTED
from tui.inspection.notes import text_rows
from tui.inspection.rows import InspectorRow, wrapped
from tui.locale import mark, tr
from tui.passages import Link, Passage, colour_words, key_of, status_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotations.model import ArticleRef, IssueRef, LinkBody

RELATIONS = {
    "same_event": mark("same event"),
    "follows_up": mark("follows up"),
    "contradicts": mark("contradicts"),
}
_KEPT = 5_000
"""Passages whose rows are remembered."""
_QUOTED = 3
"""Rows of a quote that are shown."""


class PassageRows:
    """Rows of passages, made once for as long as nothing of a passage is another.

    An article may have hundreds of passages, and one of them changes at a time.
    """

    def __init__(self) -> None:
        self._made: dict[str, tuple[Passage, int, str, tuple[InspectorRow, ...]]] = {}

    def of(
        self, passages: Sequence[Passage], width: int, meaning: Callable[[str], str] = colour_words
    ) -> list[InspectorRow]:
        """List passages with their colours, tags, notes, and where they stand.

        `meaning` calls a colour by what it means.
        """
        if not passages:
            return []
        rows = [
            InspectorRow("blank"),
            InspectorRow("heading", tr("Marked passages"), tail=str(len(passages))),
        ]
        words = {"": ""}
        if len(self._made) > _KEPT:
            self._made.clear()
        for one in passages:
            colour = words.get(one.colour)
            if colour is None:
                colour = words[one.colour] = meaning(plain_line(one.colour))
            made = self._made.get(one.annotation.id)
            if made is None or made[:3] != (one, width, colour):
                made = one, width, colour, tuple(_passage(one, width, colour))
                self._made[one.annotation.id] = made
            rows += made[3]
        return rows


def link_rows(
    links: Sequence[Link],
    width: int,
    label: Callable[[IssueRef], str],
    title_of: Callable[[str, ArticleRef], str] = lambda _, article: article.title,
) -> Iterator[InspectorRow]:
    """List the articles that are linked with this one; `label` names their issues.

    `title_of` calls an article by its title, of an issue's id and what an annotation has of it.
    """
    if links:
        yield InspectorRow("blank")
        yield InspectorRow("heading", tr("Linked articles"), tail=str(len(links)))
    for link in links:
        body, target = cast("LinkBody", link.annotation.body), link.annotation.target
        article = body.article if link.away or target.article is None else target.article
        issue = body.issue if link.away else target.issue
        subject = " ".join(link.place) if link.place else ""
        row = InspectorRow("link", subject=subject, key=key_of(link.annotation))
        title = article.title
        if link.place is not None:
            title = title_of(link.place[0], replace(article, id=link.place[1]))
        for at, text in enumerate(wrapped(plain_line(title), width - 3, 2)):
            yield replace(row, text=text, lead=" " if at else "⇄")
        words = [relation_words(link), plain_line(label(issue))]
        if link.place is None:
            words.append(tr("not in this library"))
        for text in wrapped(" · ".join(filter(None, words)), width - 3, 2):
            yield replace(row, text=text, lead=" ", mention=MUTED)
        if body.note:
            yield from text_rows(body.note, "link", width, subject, lead="✎", key=row.key)


def relation_words(link: Link) -> str:
    """Say how the other article belongs with this one."""
    relation = cast("LinkBody", link.annotation.body).relation
    if relation == "follows_up" and not link.away:
        return tr("followed up by")
    return tr(RELATIONS.get(relation, relation))


def _passage(one: Passage, width: int, colour: str) -> Iterator[InspectorRow]:
    marked = one.marked
    subject, key = one.annotation.id, key_of(one.annotation)
    places: tuple[Place, ...] = ()
    if marked is not None and one.anchor is not None:
        places = (Place(marked.start, marked.end, one.anchor.block, one.anchor.footnote),)
    layer = marked.layer if marked is not None and marked.colour else ""

    def row(text: str, lead: str, layer: str) -> InspectorRow:
        return InspectorRow("passage", text, lead, "", layer, places, subject, key)

    for at, text in enumerate(wrapped(plain_line(one.quote), width - 3, _QUOTED)):
        yield row(text, " " if at else "▌", layer)
    tags = " ".join(f"#{plain_line(tag)}" for tag in one.tags)
    words = " · ".join(filter(None, (colour, status_words(one.anchor), tags)))
    if words:
        yield row(words, " ", MUTED)
    remark = str(getattr(one.annotation.body, "note", ""))
    if remark:
        for each in text_rows(remark, "passage", width, subject, lead="✎", key=key):
            yield replace(each, places=places)
    own = () if one.colour else (one.annotation,)
    for note in (*own, *one.notes):
        text = str(getattr(note.body, "text", ""))
        if text:
            yield from text_rows(text, "note", width, key_of(note), lead="✎")
