"""Corrections of what is known of an issue or an article, as one reviewer's store keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.article_fields import field_value, is_field, tidy_value
from annotations.model import ISSUE_FIELDS, CorrectionBody, StoreError
from annotations.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.model import (
        Annotation,
        ArticleField,
        ArticleRef,
        Body,
        IssueField,
        IssueRef,
    )


class FieldWork(Writing):
    """The part of a Store that corrects fields."""

    def correct_issue(self, issue: IssueRef, field: IssueField, value: str) -> Annotation | None:
        """Keep what a field of an issue should say; "" goes back to what was read, returning None.

        Raises StoreError for an unknown field and for a date that is no date.
        """
        if field not in ISSUE_FIELDS:
            raise StoreError(
                "{field!r} can't be corrected; {choices} can",
                field=field,
                choices=", ".join(ISSUE_FIELDS),
            )
        kept = tidy_value(field, value) if value.strip() else ""
        with self._saving("correct_issue"):
            return self._correct(issue, None, CorrectionBody(field, kept))

    def correct_article(
        self,
        issue: IssueRef,
        article: ArticleRef,
        field: ArticleField,
        value: str,
        printed: str = "",
    ) -> Annotation | None:
        """Keep what a field of an article should say beside what was printed.

        `article` is as printed, and `printed` the text of the source that is meant. "" and the
        printed text itself go back to that, returning None. Raises StoreError for an unknown
        field, for a date that is no date, and for a source that is not named.
        """
        is_field(field)
        if (field == "source") != bool(printed):
            raise StoreError("a source is corrected by what was printed of it, no other field is")
        kept = tidy_value(field, value) if value.strip() else ""
        if kept == field_value(article, field, printed):
            kept = ""
        with self._saving("correct_article"):
            return self._correct(issue, article, CorrectionBody(field, kept, printed))

    def _correct(
        self, issue: IssueRef, article: ArticleRef | None, wanted: CorrectionBody
    ) -> Annotation | None:
        def about_field(body: Body) -> bool:
            return isinstance(body, CorrectionBody) and (
                (body.field, body.printed) == (wanted.field, wanted.printed)
            )

        if not wanted.value:
            self._drop(issue, article, about_field)
            return None
        return self._set_one(issue, article, wanted, about_field)

    def _drop(
        self, issue: IssueRef, article: ArticleRef | None, matches: Callable[[Body], bool]
    ) -> bool:
        raise NotImplementedError
