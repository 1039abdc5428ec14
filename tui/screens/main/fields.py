"""Correcting what is known of an article and of an issue, beside what was printed."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.corrected import NOTHING, Beside, laid_over
from tui.locale import tr
from tui.screens.main.annotating import Annotating

if TYPE_CHECKING:
    from annotations.store import Store
    from bulletins.model import Article
    from tui.screens.correct_fields import Entered


class Fields(Annotating):
    """Actions upon titles, dates, authors and sources."""

    beside: Beside = NOTHING
    """What stands beside the printed in the open article."""

    def fields_laid_over(self, issue_id: str, article: Article) -> Article:
        """Return the article with its corrected fields; the pane shows the printed beside them."""
        fields = self.notebook.state(issue_id, article.id).fields
        article, self.beside = laid_over(article, fields)
        self.pane.beside = self.beside
        return article

    def action_correct_issue(self) -> None:
        self.with_reviewer(self._correct_fields)

    def _correct_fields(self) -> None:
        """Correct the issue that the list is at, else the open article."""
        row = self.sidebar.row if self.sidebar.has_focus else None
        if row is not None and row.kind in ("issue", "section"):
            self._correct_issue(row.key.split(":")[1])
        elif self.article is not None and self.printed is not None:
            self._correct_article()
        elif self.issue is not None:
            self._correct_issue(self.issue.id)

    def _correct_article(self) -> None:
        from tui.screens.correct_fields import CorrectFields, article_fields

        target = self.target()
        if target is None or self.printed is None:
            return
        said = self.notebook.state(target[0].id, target[1].id).fields

        def entered(found: Entered | None) -> None:
            if found is None:
                return

            def act(store: Store) -> None:
                with store.batch("correct_article"):
                    for (name, printed), value in found.values.items():
                        store.correct_article(*target, name, value, printed)  # type: ignore[arg-type]

            if found.values:
                self.run_worker(self.change(target[0].id, act))
            if found.onward:
                self._correct_issue(target[0].id)

        fields = article_fields(self.printed, said)
        dialog = CorrectFields(
            tr("Correct the article"), self.printed.title, fields, onward=tr("F3: the issue")
        )
        self.app.push_screen(dialog, entered)

    def _correct_issue(self, issue_id: str) -> None:
        from tui.screens.correct_fields import CorrectFields, issue_fields

        issue = self.outline_of(issue_id)
        if issue is None:
            return
        reference = self.issue_target(issue_id)

        def entered(found: Entered | None) -> None:
            def act(store: Store) -> None:
                with store.batch("correct_issue"):
                    for (name, _), value in found.values.items() if found else ():
                        store.correct_issue(reference, name, value)  # type: ignore[arg-type]

            if found is not None and found.values:
                self.run_worker(self.change(issue_id, act))

        fields = issue_fields(reference, self.shelf.corrections.get(issue_id, {}))
        dialog = CorrectFields(tr("Correct the issue"), PurePath(issue.path).name, fields)
        self.app.push_screen(dialog, entered)
