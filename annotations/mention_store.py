"""Corrections of mentions as a reviewer's work: one for each subject, found across all issues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.mention_rules import body_of, rank, same_subject
from annotations.mention_spots import same_spot
from annotations.mention_values import mention_problem
from annotations.model import (
    Annotation,
    ArticleRef,
    Body,
    IssueRef,
    MentionBody,
    Selector,
    StoreError,
    Target,
    new_annotation,
)
from annotations.names import safe_name
from annotations.text import line_text
from annotations.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.folder import Signatures


class MentionWork(Writing):
    """What a reviewer says of mentions; the part of a Store that keeps it."""

    _said: dict[str, tuple[Signatures, tuple[Annotation, ...]]]

    def mention_corrections(self) -> tuple[Annotation, ...]:
        """Return the live corrections of mentions of all issues and devices, the latest last.

        Only files that hold some are read, and only anew when they have changed.
        """
        with self._lock.threads:
            said = {
                issue: self._said_in(issue)
                for issue, summary in self._index.summaries().items()
                if summary.mentions
            }
            # What an open batch has staged is in no file that the index has seen.
            staged = self._batch.issues() if self._batch is not None else []
            said |= {issue: self._said_now(issue) for issue in staged}
        self._said = {} if staged else said
        found = [one for _, group in said.values() for one in group]
        return tuple(sorted(found, key=lambda one: (one.modified, rank(one))))

    def correct_mention(
        self, issue: IssueRef, article: ArticleRef, selector: Selector, body: MentionBody
    ) -> Annotation:
        """Keep what the reader says of a mention: what was said of the same before is revised.

        `selector` is the place where it is said. What holds for the whole library stays at the
        place where it was said first. Raises StoreError for what does not fit together.
        """
        body = replace(body, form=line_text(body.form, "form"))
        if body.name:
            body = replace(body, name=line_text(body.name, "name"))
        problem = mention_problem(body)
        if problem:
            raise StoreError("this correction can't be kept: {why}", why=problem)
        with self._saving("mention"):
            known = self._about(issue, article, selector, body)
            live = [one for one in known if not one.deleted]
            if live and live[-1].body == body:
                return live[-1]
            if not known:
                new = new_annotation(body, issue, article)
                return self._put(replace(new, target=Target(issue, article, selector)))
            annotation = replace((live or known)[-1], body=body, deleted=False)
            if body.scope != "library" or not live:
                # What was made under an earlier id of the issue is changed in that one's file.
                old = annotation.target.issue
                home = issue if old.id == issue.id else old
                annotation = replace(annotation, target=Target(home, article, selector))
            return self._put(annotation)

    def take_back_mention(self, annotation: Annotation) -> bool:
        """Delete a correction and all that say something of the same; tell if there was any."""
        body, target = body_of(annotation), annotation.target
        with self._saving("take_back_mention"):
            same = [
                one
                for one in self.mention_corrections()
                if one.id == annotation.id
                or (
                    same_subject(body_of(one), body)
                    and (body.scope == "library" or _same_target(one.target, target, body))
                )
            ]
            for one in same:
                self._put(replace(one, deleted=True))
            return bool(same)

    def _about(
        self, issue: IssueRef, article: ArticleRef, selector: Selector, body: MentionBody
    ) -> list[Annotation]:
        """Return what was said of the same subject, tombstones too, what counts most last."""

        def is_same(other: Body) -> bool:
            return isinstance(other, MentionBody) and same_subject(other, body)

        found: list[Annotation] = []
        if body.scope == "library":
            found = [one for one in self.mention_corrections() if is_same(one.body)]
        if not found:
            found = [
                one
                for one in self._matching(issue, article, is_same, spans=True)
                if body.scope != "here"
                or (one.target.selector and same_spot(one.target.selector, selector))
            ]
        return sorted(found, key=rank)

    def _said_in(self, issue_id: str) -> tuple[Signatures, tuple[Annotation, ...]]:
        sources = self._folder.sources(safe_name(issue_id), look=False)
        now = self._folder.signatures(sources)
        known = self._said.get(issue_id)
        if known is not None and known[0] == now:
            return known
        return self._said_now(issue_id)

    def _said_now(self, issue_id: str) -> tuple[Signatures, tuple[Annotation, ...]]:
        work = self._folder.work(issue_id, look=False)
        return work.signatures, tuple(
            one for one in work.annotations if isinstance(one.body, MentionBody) and not one.deleted
        )

    # What a Store does.

    def _matching(
        self,
        issue: IssueRef,
        article: ArticleRef | None,
        matches: Callable[[Body], bool],
        *,
        spans: bool = False,
    ) -> list[Annotation]:
        raise NotImplementedError


def _same_target(one: Target, other: Target, body: MentionBody) -> bool:
    """Tell whether two corrections were made in one article and, if they are of one span, there."""
    if one.issue.id != other.issue.id or one.article is None or other.article is None:
        return False
    if one.article.id != other.article.id:
        return False
    if body.scope == "article":
        return True
    return bool(one.selector and other.selector and same_spot(one.selector, other.selector))
