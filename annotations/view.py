"""What a screen shows of annotations: the state of one article, the corrections of an issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import is_
from typing import TYPE_CHECKING

from annotations.article_fields import article_fields
from annotations.model import (
    Annotation,
    CorrectionBody,
    HighlightBody,
    LinkBody,
    MentionBody,
    NoteBody,
    StarBody,
    Status,
    StatusBody,
    Tag,
    TagBody,
)
from annotations.tags import tags_by_id
from annotations.text import fold_name
from bulletins.sources.plain import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.article_fields import Fields


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article's tags, notes and highlights in order of creation, its star and its status.

    `mentions` are the corrections of mentions that were made in it, `links` lead from it to others,
    `fields` is what its title, date, authors and sources should say; see article_fields.
    Of its `tags` those on passages are in `passage_tags` too, the others in `article_tags`.
    """

    tags: tuple[Tag, ...] = ()
    notes: tuple[Annotation, ...] = ()
    highlights: tuple[Annotation, ...] = ()
    starred: bool = False
    status: Status = "unread"
    mentions: tuple[Annotation, ...] = ()
    links: tuple[Annotation, ...] = ()
    fields: Fields = field(default_factory=dict)
    article_tags: tuple[Tag, ...] = ()
    passage_tags: tuple[tuple[Annotation, Tag], ...] = ()


def article_state(annotations: Iterable[Annotation], tags: Sequence[Tag] = ()) -> ArticleView:
    """Sum up the live annotations of one article, as placed on it; of two statuses the latest.

    `tags` are the store's; a tag without definition shows the name that its annotation carries.
    """
    known = tags_by_id(tags)
    shown: dict[str, Tag] = {}
    whole: dict[str, Tag] = {}
    passages: list[tuple[Annotation, Tag]] = []
    notes: list[Annotation] = []
    highlights: list[Annotation] = []
    mentions: list[Annotation] = []
    links: list[Annotation] = []
    fields: list[Annotation] = []
    starred = False
    latest: tuple[str, Status] = ("", "unread")
    for annotation in annotations:
        if annotation.deleted:
            continue
        match annotation.body:
            case TagBody(tag=tag_id, name=name):
                tag = known.get(tag_id) or Tag(tag_id, name or plain_line(tag_id[:8]))
                shown.setdefault(fold_name(tag.name), tag)
                if annotation.target.selector is None:
                    whole.setdefault(fold_name(tag.name), tag)
                else:
                    passages.append((annotation, tag))
            case NoteBody():
                notes.append(annotation)
            case HighlightBody():
                highlights.append(annotation)
            case LinkBody():
                links.append(annotation)
            case MentionBody():
                mentions.append(annotation)
            case CorrectionBody():
                fields.append(annotation)
            case StarBody():
                starred = True
            case StatusBody(status=status):
                latest = max(latest, (annotation.modified, status))
    return ArticleView(
        tuple(shown.values()),
        tuple(notes),
        tuple(highlights),
        starred,
        latest[1],
        tuple(mentions),
        tuple(links),
        article_fields(fields),
        tuple(whole.values()),
        tuple(passages),
    )


class Views:
    """Sums up articles, and again only those whose annotations or tags are other objects."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[Annotation, ...], tuple[Tag, ...], ArticleView]] = {}

    def of(
        self, article_id: str, annotations: tuple[Annotation, ...], tags: tuple[Tag, ...]
    ) -> ArticleView:
        """Return the state of an article as article_state() does."""
        known = self._known.get(article_id)
        if known is None or known[1] != tags or not same_objects(known[0], annotations):
            known = annotations, tags, article_state(annotations, tags)
            self._known[article_id] = known
        return known[2]


def same_objects(one: Sequence[object], other: Sequence[object]) -> bool:
    """Tell whether two sequences hold the same objects: equal ones take long to compare."""
    return len(one) == len(other) and all(map(is_, one, other))


def corrections(annotations: Iterable[Annotation]) -> dict[str, str]:
    """Return an issue's corrected fields; of two corrections of one field the latest."""
    found: dict[str, tuple[str, str]] = {}
    for annotation in annotations:
        body = annotation.body
        on_issue = annotation.target.article is None and not annotation.deleted
        if isinstance(body, CorrectionBody) and on_issue:
            this = (annotation.modified, body.value)
            found[body.field] = max(found.get(body.field, this), this)
    return {name: value for name, (_, value) in found.items()}
