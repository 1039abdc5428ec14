"""The annotations screen, and what it does with the work behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.locale import ntr, tr
from tui.screens.main.going_back import GoingBack
from tui.screens.main.noting import Noting
from tui.screens.main.reviewing import Reviewing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Sequence

    from annotations.exports.gathering import Lookup
    from annotations.model import ArticleRef, IssueRef
    from annotations.store import Store
    from tui.annotation_rows import AnnotationRow
    from tui.screens.export_dialog import ExportWish
    from tui.screens.shown_annotations import News, View


class Overview(Noting, GoingBack, Reviewing):
    """Opens the annotations screen and carries out what is asked for there."""

    _view: View | None = None

    def action_annotations(self) -> None:
        """List the annotations of the whole library."""
        self.with_reviewer(self._list_annotations)

    def _list_annotations(self) -> None:
        from tui.screens.annotations import Annotations
        from tui.screens.shown_annotations import View

        self._view = self._view or View()
        self.app.push_screen(Annotations(self, self._view), self._go_to_row)

    def _go_to_row(self, row: AnnotationRow | None) -> None:
        """Open the article of an annotation, scrolled to its passage."""
        if row is None or row.place is None:
            return
        issue_id, article_id = row.place
        if not article_id:  # a note on the issue stands beside each of its articles
            issue = self.outline_of(issue_id)
            article_id = next((one.id for one in issue.articles()), "") if issue else ""
        if not article_id:
            return
        self.open_article(issue_id, article_id, read=True)
        if self.article is None or self.article.id != article_id:
            return
        if row.at is not None:
            self.pane.show_mention(row.at)
        elif row.state == "orphan":
            self.say(tr("The passage is not found here any more; A lists where it may be."))

    async def annotation_rows(
        self, only: News | None = None
    ) -> AsyncIterator[tuple[list[AnnotationRow], int, int]]:
        """Yield the rows of all reviewers, or of what has changed, as they are read."""
        shelf = self.shelf
        numbers = {issue.id: number for number, issue in enumerate(shelf.issues)}
        outlines = {issue.id: issue for issue in shelf.issues}

        def label(ref: IssueRef, home: str) -> tuple[str, str, int]:
            issue = outlines.get(home)
            if issue is None:
                return self.issue_words(ref), ref.date or "", len(numbers)
            date = shelf.issue_field(issue, "date")
            publication = shelf.issue_field(issue, "publication")
            name = " ".join(filter(None, (publication, shelf.issue_label(issue))))
            return name, date, numbers[home]

        if only is None or "" in only:
            async for part in self.notebook.annotation_rows(
                label, None if only is None else only[""]
            ):
                yield part
        async for part in self.reviewers.annotation_rows(label, only):
            yield part

    def take_news(self) -> News:
        """The issues whose rows may be others by now, by folder; one's own folder is "".

        What oneself says of an issue is how all rows on it call it.
        """
        found, own = dict(self.reviewers.take_news()), self.notebook.take_news()
        if own is not None and not own:
            return found
        for folder in ("", *(one.folder for one in self.reviewers.people)):
            theirs = found.get(folder, ())
            found[folder] = None if own is None or theirs is None else {*own, *theirs}
        return found

    def hidden_folders(self) -> frozenset[str]:
        """The folders of the reviewers whose work is not shown."""
        return frozenset(one.folder for one in self.reviewers.people) - {
            one.folder for one in self.reviewers.visible
        }

    # What is done with rows.

    def edit_row(self, row: AnnotationRow, done: Callable[[], object]) -> None:
        """Edit a note or a remark; on anything else of an article, write a note on that."""
        one = row.annotation
        title = row.title or row.issue
        if self.edit_annotation(one, row.article[0], title, done):
            return
        targets = self._targets([row])
        if not targets:
            return
        issue, article = targets[0]
        self.write_note(
            title,
            row.article[0],
            None,
            lambda store, text: store.note(issue, article, text),
            f"new note {issue.id} {article.id}",
            done,
        )

    def _targets(self, rows: Sequence[AnnotationRow]) -> list[tuple[IssueRef, ArticleRef]]:
        """The articles of rows as annotations refer to them, each once."""
        found: dict[tuple[str, str], tuple[IssueRef, ArticleRef]] = {}
        for row in rows:
            article = row.annotation.target.article
            if article is not None and row.article not in found:
                found[row.article] = self.target_of(*row.article) or (
                    row.annotation.target.issue,
                    article,
                )
        return list(found.values())

    def tag_rows(self, rows: Sequence[AnnotationRow], done: Callable[[], object]) -> None:
        """Put tags on the articles of rows, or take off those that all of them have."""
        from collections import Counter

        from tui.screens.tag_picker import TagChange, TagPicker

        targets = self._targets(rows)
        counts = Counter(tag for marks in self.shelf.marks.values() for tag in marks.tags)
        tags = [set(self.shelf.marks_of(issue.id, article.id).tags) for issue, article in targets]
        common = sorted(set.intersection(*tags)) if tags else []

        def picked(change: TagChange | None) -> None:
            if change is not None:
                self._tag_all(targets, change, done)

        title = ntr("Tag {n} article", "Tag {n} articles", len(targets))
        self.app.push_screen(TagPicker(title, counts, common), picked)

    @work
    async def _tag_all(
        self,
        targets: Sequence[tuple[IssueRef, ArticleRef]],
        change: object,
        done: Callable[[], object],
    ) -> None:
        from tui.acts import change_tags

        add, remove = getattr(change, "add", ()), getattr(change, "remove", ())

        def act(store: Store) -> None:
            with store.batch("tags" if add and remove else "tag" if add else "untag"):
                change_tags(store, targets, add, remove)

        first, *others = dict.fromkeys(issue.id for issue, _ in targets)
        if await self.change(first, act, others):
            put = " ".join([*(f"+{name}" for name in add), *(f"−{name}" for name in remove)])
            self.say(f"{put}: {ntr('{n} article', '{n} articles', len(targets))}")
        done()

    async def delete_rows(self, rows: Sequence[AnnotationRow]) -> bool:
        """Delete annotations as one change; False if that is not saved."""
        return await self.delete_annotations(
            [one for row in rows for one in row.every], [row.article[0] for row in rows]
        )

    def export_rows(self, rows: Sequence[AnnotationRow]) -> None:
        """Export these annotations and no others."""
        from tui.screens.export_dialog import ExportDialog
        from tui.screens.main.taking import free_name

        shown = {(one.reviewer, one.id) for row in rows for one in row.every}
        folders = sorted({row.whose.folder for row in rows if not row.own})

        def wished(wish: ExportWish | None) -> None:
            if wish is not None:
                self._export_rows(wish, shown, folders)

        what = ntr("{n} annotation: what is shown", "{n} annotations: what is shown", len(rows))
        self.app.push_screen(ExportDialog("", free_name(), shown=what), wished)

    @work
    async def _export_rows(
        self, wish: ExportWish, shown: Collection[tuple[str, str]], folders: Sequence[str]
    ) -> None:
        def at_hand() -> Lookup:
            from tui.at_hand import AtHand

            return AtHand(self.config).issue

        count, problem = await self.notebook.export_shown(
            wish.path, shown, wish.format, at_hand, folders
        )
        if problem:
            self.say(problem, alarm=True)
        else:
            message = tr("{count} annotations exported to {path}")
            self.say(message.format(count=count, path=wish.path))

    def history_of_row(self, row: AnnotationRow) -> None:
        """Show the history of an annotation."""
        self.show_history(row.annotation, row.article[0], row.whose.folder)
