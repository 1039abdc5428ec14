"""What the reader made of articles and issues, as the screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.local_time import local_time
from tui.outline import Marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.model import Annotation
    from annotations.placing import IssueWork
    from annotations.view import ArticleView


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an article; `when` is local time for people."""

    id: str
    when: str
    text: str
    annotation: Annotation

    @property
    def key(self) -> str:
        """Tell this text from all others: two sides of a tie between devices share their id."""
        return f"{self.id} {self.annotation.device} {self.annotation.revision}"


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the reader made of one article; `mentions` are the corrections made in it."""

    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    starred: bool = False
    status: str = "unread"
    mentions: tuple[Annotation, ...] = ()

    @property
    def marks(self) -> Marks:
        """What the sidebar shows of it."""
        return Marks(self.status, self.starred, self.tags, len(self.notes))


@dataclass(frozen=True, slots=True)
class IssueState:
    """What the reader made of one issue; `states` by article id, `orphans` have no article."""

    states: Mapping[str, ArticleState]
    corrections: Mapping[str, str]
    orphans: tuple[Annotation, ...] = ()


def issue_state(work: IssueWork) -> IssueState:
    """Sum up the work on one issue."""
    states = {article_id: _article_state(view) for article_id, view in work.articles.items()}
    return IssueState(states, work.corrections, work.orphans)


def _article_state(view: ArticleView) -> ArticleState:
    from annotations.model import NoteBody

    return ArticleState(
        tags=tuple(tag.name for tag in view.tags),
        notes=tuple(
            Note(note.id, local_time(note.modified), note.body.text, note)
            for note in view.notes
            if isinstance(note.body, NoteBody)
        ),
        starred=view.starred,
        status=view.status,
        mentions=view.mentions,
    )
