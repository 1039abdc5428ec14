"""The reader's work on one issue and one article, in the form that the screen shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.clock import local_time
from tui.orphans import lost_passages
from tui.outline import Marks
from tui.passages import Passage, key_of, passages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotations.article_fields import Fields
    from annotations.healing import Anchor
    from annotations.mention_rules import MentionRules
    from annotations.model import Annotation, ArticleRef, IssueRef, Target
    from annotations.placing import IssueWork
    from annotations.store import Store
    from annotations.view import ArticleView
    from bulletins.boundary import Boundary


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an article; `when` is local time for people."""

    id: str
    when: str
    text: str
    annotation: Annotation

    @property
    def key(self) -> str:
        """Tell this text from all others."""
        return key_of(self.annotation)


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the reader made of one article; `mentions` are the corrections made in it.

    `notes` are those on the article itself and those on its `passages`, which have own tags.
    `fields` is what its title, date, authors and sources should say (see
    annotations.article_fields), `spots` are the places for which alone mentions were corrected,
    by the ids of the corrections.
    """

    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    starred: bool = False
    status: str = "unread"
    mentions: tuple[Annotation, ...] = ()
    passages: tuple[Passage, ...] = ()
    fields: Fields = field(default_factory=dict)
    spots: Mapping[str, Anchor] = field(default_factory=dict)

    @property
    def marks(self) -> Marks:
        """What the sidebar shows of it."""
        anchors = frozenset(
            (*(one.status for one in self.passages), *(one.status for one in self.spots.values()))
        )
        tags = dict.fromkeys((*self.tags, *(tag for one in self.passages for tag in one.tags)))
        return Marks(self.status, self.starred, tuple(tags), len(self.notes), anchors, self.title)

    @property
    def title(self) -> str:
        """The corrected title; "" if it is as printed."""
        return self.fields.get(("title", ""), "")


@dataclass(frozen=True, slots=True)
class IssueState:
    """What the reader made of one issue; `states` by article id, `orphans` have no article.

    `lost` have one, but not their passage; `links` are pairs of an article's id and its link;
    `notes` are on the issue itself, and `splits` say what its printed lines are:
    `boundaries` is the same for the parser. `views` are what the states were made of.
    """

    states: Mapping[str, ArticleState]
    corrections: Mapping[str, str]
    orphans: tuple[Annotation, ...] = ()
    lost: tuple[Annotation, ...] = ()
    links: tuple[tuple[str, Annotation], ...] = ()
    notes: tuple[Note, ...] = ()
    splits: tuple[Annotation, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    views: Mapping[str, ArticleView] = field(default_factory=dict, compare=False)


def issue_state(work: IssueWork, before: IssueState | None = None) -> IssueState:
    """Put the work on an issue into the form that the screen shows.

    Articles on which nothing is other than `before` keep their states.
    """
    from annotations.boundaries import boundaries_of

    articles = work.articles.items()
    states = {
        article_id: before.states[article_id]
        if before is not None and before.views.get(article_id) is view
        else _article_state(view, work.anchors)
        for article_id, view in articles
    }
    links = tuple((article_id, link) for article_id, view in articles for link in view.links)
    lost, notes = lost_passages(work), _notes(work.notes)
    told = boundaries_of(work.splits)
    return IssueState(
        states, work.corrections, work.orphans, lost, links, notes, work.splits, told, work.articles
    )


def _notes(annotations: Sequence[Annotation]) -> tuple[Note, ...]:
    from annotations.model import NoteBody

    return tuple(
        Note(note.id, local_time(note.modified), note.body.text, note)
        for note in annotations
        if isinstance(note.body, NoteBody)
    )


def _article_state(view: ArticleView, anchors: Mapping[Target, Anchor]) -> ArticleState:
    return ArticleState(
        tags=tuple(tag.name for tag in view.article_tags),
        notes=_notes(view.notes),
        starred=view.starred,
        status=view.status,
        mentions=view.mentions,
        passages=passages(view, anchors),
        fields=view.fields,
        spots={
            one.id: anchors[one.target]
            for one in view.mentions
            if one.target in anchors and getattr(one.body, "scope", "") == "here"
        },
    )


def library_rules(said: Sequence[Annotation]) -> MentionRules | None:
    """What holds in the whole library; None if nothing was said of any mention."""
    if not said:
        return None
    import annotations.mention_corrections  # noqa: F401 - in this thread, not in the one that draws
    from annotations.mention_rules import MentionRules, body_of

    return MentionRules(one for one in said if body_of(one).scope == "library")


def mark_opened(issue: IssueRef, article: ArticleRef, store: Store) -> None:
    """Keep that an article was opened."""
    store.mark_opened(issue, article)
