"""What the reader marked in an article and what it is linked with, as the screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.locale import mark, tr
from tui.typesetting.spans import HIGHLIGHT_COLOURS, Marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotations.healing import Anchor
    from annotations.model import Annotation, Target
    from annotations.placing import Placing
    from annotations.view import ArticleView
    from tui.typesetting.document import Address

COLOURS = {
    "yellow": mark("yellow"),
    "green": mark("green"),
    "blue": mark("blue"),
    "pink": mark("pink"),
    "orange": mark("orange"),
    "purple": mark("purple"),
}
NOTED, TAGGED, MOVED, FUZZY = "✎", "♯", "»", "≃"
"""Signs at the end of a passage: it has a note, it has a tag, it was moved, it was changed.

None may begin a row: see tui.typesetting.linebreak. All are in the fonts that most terminals have.
"""


def key_of(annotation: Annotation) -> str:
    """Tell an annotation from all others: two sides of a tie between devices share their id."""
    return f"{annotation.id} {annotation.device} {annotation.revision}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that the reader marked or noted, with what is on it, and where it stands now.

    `anchor` is None where the article's text could not be had.
    """

    annotation: Annotation
    anchor: Anchor | None = None
    notes: tuple[Annotation, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """exact, moved, fuzzy, orphan, or "" where it is not known."""
        return self.anchor.status if self.anchor is not None else ""

    @property
    def quote(self) -> str:
        """The words as they were when they were marked."""
        selector = self.annotation.target.selector
        return selector.exact if selector is not None else ""

    @property
    def colour(self) -> str:
        """The name of its colour; "" for a note without a highlight."""
        return str(getattr(self.annotation.body, "colour", ""))

    @property
    def marked(self) -> Marked | None:
        """What is drawn of it in the article; None if it has no place there."""
        if self.anchor is None or self.anchor.status == "orphan":
            return None
        remark = getattr(self.annotation.body, "note", "")
        noted = bool(self.notes or remark or not (self.colour or self.tags))
        sign = {"moved": MOVED, "fuzzy": FUZZY}.get(self.status, "")
        sign += TAGGED * bool(self.tags) + NOTED * noted
        anchor = self.anchor
        colour = self.colour if self.colour in HIGHLIGHT_COLOURS else ""
        address: Address = ("title", 0) if anchor.block is None else ("block", anchor.block)
        if anchor.footnote is not None:
            address = "footnote", anchor.footnote
        return Marked(address, anchor.start, anchor.end, colour, sign, self.annotation.id)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one of its two articles shows it.

    `away` tells that it was made here; `place` gives the ids of the other's issue and article,
    None if the library does not have it.
    """

    annotation: Annotation
    away: bool
    place: tuple[str, str] | None = None


Links = dict[tuple[str, str], tuple[Link, ...]]
"""The links of articles, by the ids of issue and article."""


def passages(view: ArticleView, anchors: Mapping[Target, Anchor]) -> tuple[Passage, ...]:
    """List an article's passages in the order of the text, those without a place at the end."""
    known = {one.id for one in view.highlights}
    notes: dict[str, list[Annotation]] = {}
    own: list[Annotation] = list(view.highlights)
    for note in view.notes:
        target = note.target
        if target.annotation is not None and target.annotation in known:
            notes.setdefault(target.annotation, []).append(note)
        elif target.selector is not None:
            own.append(note)
    tags: dict[str, list[str]] = {}
    for one, tag in view.passage_tags:
        if one.target.annotation in known:
            tags.setdefault(one.target.annotation or "", []).append(tag.name)
        else:
            tags[one.id] = [tag.name]
            own.append(one)
    found = [
        Passage(
            one, anchors.get(one.target), tuple(notes.get(one.id, ())), tuple(tags.get(one.id, ()))
        )
        for one in own
    ]
    return tuple(sorted(found, key=_place))


def link_map(placing: Placing, links: Iterable[tuple[str, str, Annotation]]) -> Links:
    """Give all links to both of their articles; each comes with its own issue and article."""
    from annotations.model import LinkBody

    found: dict[tuple[str, str], list[Link]] = {}
    for issue_id, article_id, annotation in links:
        body = annotation.body
        if not isinstance(body, LinkBody):
            continue
        here = issue_id, article_id
        there = placing.article_of(body.issue, body.article)
        found.setdefault(here, []).append(Link(annotation, True, there))
        if there is not None and there != here:
            found.setdefault(there, []).append(Link(annotation, False, here))
    for annotation in placing.waiting_links():
        body = annotation.body
        there = placing.article_of(body.issue, body.article) if isinstance(body, LinkBody) else None
        if there is not None:
            found.setdefault(there, []).append(Link(annotation, False, None))
    return {place: tuple(group) for place, group in found.items()}


def status_words(anchor: Anchor | None) -> str:
    """Say where a passage stands; nothing of one that stands where it stood."""
    if anchor is None or anchor.status == "exact":
        return ""
    if anchor.status == "fuzzy":
        return "~ " + tr("fuzzy {score}").format(score=f"{anchor.score:.2f}")
    return tr("moved") if anchor.status == "moved" else tr("orphan")


def colour_words(colour: str) -> str:
    """Call a colour by its name in the reader's language, one of another program as it is."""
    return tr(COLOURS[colour]) if colour in COLOURS else colour


def _place(one: Passage) -> tuple[int, int, int]:
    anchor = one.anchor
    if anchor is None or anchor.status == "orphan":
        return 2, 0, 0
    if anchor.footnote is not None:
        return 1, anchor.footnote, anchor.start
    return 0, -1 if anchor.block is None else anchor.block, anchor.start
