"""What is known of the reader's work, in memory: all that a screen may ask without waiting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tui.orphans import Lost, lost_articles
from tui.saving import Saving
from tui.work import ArticleState, IssueState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.mention_corrections import CorrectedMentions
    from annotations.mention_rules import MentionRules
    from annotations.model import Annotation, ArticleRef, IssueRef, Tag
    from bulletins.boundary import Boundary
    from bulletins.model import Article
    from tui.outline import Marks
    from tui.passages import Link, Links
    from tui.work import Note


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of all of the reader's work; what spans issues is whole each time."""

    states: Mapping[str, IssueState] = field(default_factory=dict)
    """By the id of an issue of the library."""
    elsewhere: int = 0
    """How many annotations belong to issues that are not in the library."""
    problems: tuple[str, ...] = ()
    """One plain line for each file of annotations that can't be used as it is."""
    said: tuple[Annotation, ...] = ()
    """What was said of mentions in all issues, the latest last."""
    rules: MentionRules | None = field(default=None, compare=False)
    """What of it holds in the whole library; None if nothing was said of any mention."""
    tags: tuple[Tag, ...] = ()
    """The definitions of tags, oldest first."""
    news: frozenset[str] | None = field(default=frozenset(), compare=False)
    """The issues on which something else was found than before; None: any may be."""


class Known:
    """The part of a Notebook that answers at once, from what was read last."""

    def __init__(self) -> None:
        self.saving = Saving()
        self.reading_trouble = ""
        """Why annotations could not be read the last time, in one line; "" when they were."""
        self._found = Found()
        self._links: Links = {}
        self._summed: dict[tuple[str, str], tuple[ArticleState, Marks]] = {}
        self._opened: dict[tuple[str, str], tuple[IssueRef, ArticleRef]] = {}

    def state(self, issue_id: str, article_id: str) -> ArticleState:
        """What the reader made of an article."""
        known = self._found.states.get(issue_id)
        state = known.states.get(article_id, ArticleState()) if known else ArticleState()
        if state.status == "unread" and (issue_id, article_id) in self._opened:
            return replace(state, status="reading")
        return state

    def marks(self) -> dict[tuple[str, str], Marks]:
        """The marks of all articles that have any, by issue id and article id."""
        marks: dict[tuple[str, str], Marks] = {}
        summed: dict[tuple[str, str], tuple[ArticleState, Marks]] = {}
        for issue_id, known in self._found.states.items():
            for article_id, state in known.states.items():
                key = issue_id, article_id
                before = self._summed.get(key)
                if before is None or before[0] is not state:
                    before = state, state.marks
                summed[key] = before
                marks[key] = before[1]
        self._summed = summed
        for key in self._opened:
            marks[key] = self.state(*key).marks
        return marks

    def corrections(self) -> dict[str, Mapping[str, str]]:
        """The corrected fields of issues, by issue id."""
        return {
            issue_id: known.corrections
            for issue_id, known in self._found.states.items()
            if known.corrections
        }

    def mention_corrections(self) -> tuple[Annotation, ...]:
        """What was said of mentions in all issues, the latest last."""
        return self._found.said

    def place_of(self, annotation: Annotation) -> tuple[str, str] | None:
        """The issue and the article of the library in which a correction of a mention was made."""
        for issue_id, known in self._found.states.items():
            for article_id, state in known.states.items():
                if any(one.id == annotation.id for one in state.mentions):
                    return issue_id, article_id
        return None

    def corrected_mentions(self, issue_id: str, article: Article) -> CorrectedMentions | None:
        """An article's mentions as the reader wants them; None if nothing was said of any."""
        if self._found.rules is None:
            return None
        from annotations.mention_corrections import apply_corrections  # loaded with the rules

        own = self.state(issue_id, article.id).mentions
        return apply_corrections(article, self._found.rules, own)

    def orphans(self) -> tuple[Annotation, ...]:
        """The annotations of issues in the library whose article was not found."""
        return tuple(orphan for known in self._found.states.values() for orphan in known.orphans)

    def lost(self) -> list[Lost]:
        """All that has lost its article or its passage, issue by issue of the library."""
        found: list[Lost] = []
        for name, known in self._found.states.items():
            found += lost_articles(name, known.orphans)
            found += [Lost("passage", (one,), name) for one in known.lost]
        return found

    def without_place(self) -> int:
        """How many annotations have lost their article or their passage."""
        return sum(len(known.orphans) + len(known.lost) for known in self._found.states.values())

    def splits(self, issue_id: str) -> tuple[Annotation, ...]:
        """What was said of printed lines of an issue, the latest last."""
        known = self._found.states.get(issue_id)
        return known.splits if known else ()

    def boundaries(self, issue_id: str) -> tuple[Boundary, ...] | None:
        """The same for the parser; None as long as it is not known."""
        known = self._found.states.get(issue_id)
        return known.boundaries if known else None

    def issue_notes(self, issue_id: str) -> tuple[Note, ...]:
        """The notes on an issue itself."""
        known = self._found.states.get(issue_id)
        return known.notes if known else ()

    def links(self, issue_id: str, article_id: str) -> tuple[Link, ...]:
        """The links of an article, those that were made on another one included."""
        return self._links.get((issue_id, article_id), ())

    def elsewhere(self) -> int:
        """How many annotations belong to issues that are not in this library."""
        return self._found.elsewhere

    def tags(self) -> tuple[Tag, ...]:
        """The definitions of tags, oldest first."""
        return self._found.tags

    def problems(self) -> tuple[str, ...]:
        """One plain line for each file of annotations that can't be used as it is."""
        return self._found.problems

    @property
    def trouble(self) -> str:
        """Why the last change is not where it belongs, in one line; "" when it is."""
        return self.saving.trouble
