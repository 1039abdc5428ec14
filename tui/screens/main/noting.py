"""Notes on anything, what is known of a row of the inspector, and drafts that wait."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from tui.locale import ntr, tr
from tui.passages import key_of
from tui.screens.main.annotating import Annotating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotations.history import Entry
    from annotations.model import Annotation, ArticleRef, IssueRef
    from annotations.store import Store


class Noting(Annotating):
    """Actions that write, show and delete single annotations."""

    def target_of(self, issue_id: str, article_id: str) -> tuple[IssueRef, ArticleRef] | None:
        """An article of the library as an annotation refers to it; None if it is not there."""
        from annotations.model import article_ref

        issue = self.outline_of(issue_id)
        position = 0
        for section in issue.sections if issue is not None else ():
            for entry in section.articles:
                if entry.id == article_id:
                    article = self.books.article(issue_id, article_id)
                    if article is None:
                        return None
                    ref = article_ref(article, section.title, position)
                    return self.issue_target(issue_id), ref
                position += 1
        return None

    # Notes.

    def action_note_issue(self) -> None:
        """Write a note on the issue."""
        self.with_reviewer(self._note_issue)

    def _note_issue(self) -> None:
        row = self.sidebar.row
        here = self.outline_of(row.issue_id) if row is not None and row.issue_id else None
        issue = here if self.sidebar.has_focus and here is not None else self.issue or here
        if issue is None:
            return
        reference = self.issue_target(issue.id)
        self.write_note(
            tr("Issue: {issue}").format(issue=self.shelf.issue_label(issue)),
            issue.id,
            None,
            lambda store, text: store.note(reference, None, text),
            f"new note {issue.id}",
        )

    def write_note(
        self,
        title: str,
        issue_id: str,
        old: Annotation | None,
        add: Callable[[Store, str], object],
        draft: str,
        done: Callable[[], object] = lambda: None,
    ) -> None:
        """Open the editor upon a note, remark, or nothing (`old` None: then `add` makes one).

        `issue_id` is the issue that it changes; `done` is called when the editor has closed.
        """
        from annotations.model import HighlightBody, LinkBody
        from annotations.text import note_text
        from tui.screens.note_editor import NoteEditor

        body = old.body if old is not None else None
        text = str(getattr(body, "text", getattr(body, "note", "")))

        async def keep(text: str) -> str:
            def act(store: Store) -> None:
                if old is None:
                    add(store, text)
                elif isinstance(old.body, HighlightBody | LinkBody):
                    remark = note_text(text) if text.strip() else ""
                    store.put(replace(old, body=replace(old.body, note=remark)))
                elif text.strip():
                    store.edit_note(old, text)
                else:
                    store.delete(old)

            if old is None and not text.strip():
                return ""
            return "" if await self.change(issue_id, act) else self.notebook.trouble

        def closed(_: None) -> None:
            done()

        self.app.push_screen(NoteEditor(title, text, keep, draft), closed)

    def edit_annotation(
        self,
        annotation: Annotation,
        issue_id: str,
        title: str,
        done: Callable[[], object] = lambda: None,
    ) -> bool:
        """Edit a note, or the remark of a highlight or link; False for what has no text."""
        from annotations.model import HighlightBody, LinkBody, NoteBody

        if not isinstance(annotation.body, NoteBody | HighlightBody | LinkBody):
            return False
        self.write_note(title, issue_id, annotation, lambda *_: None, f"note {annotation.id}", done)
        return True

    async def delete_annotations(
        self, annotations: Sequence[Annotation], issue_ids: Sequence[str]
    ) -> bool:
        """Delete annotations as one change; notes on a highlight go with it."""

        def act(store: Store) -> None:
            gone = {one.id for one in annotations}
            with store.batch("delete_annotations"):
                for one in annotations:
                    store.delete(one)
                for issue_id in dict.fromkeys(one.target.issue.id for one in annotations):
                    for one in store.annotations(issue_id):
                        if one.target.annotation in gone and one.id not in gone:
                            store.delete(one)

        first, *others = dict.fromkeys(issue_ids)
        return await self.change(first, act, others)

    # The row of the inspector.

    def annotations_here(self) -> Iterator[Annotation]:
        """All single annotations that the inspector shows."""
        if self.issue is None or self.article is None:
            return
        state = self.notebook.state(self.issue.id, self.article.id)
        for note in (*state.notes, *self.notebook.issue_notes(self.issue.id)):
            yield note.annotation
        for passage in state.passages:
            yield passage.annotation
        for link in self.notebook.links(self.issue.id, self.article.id):
            yield link.annotation

    def annotation_here(self) -> Annotation | None:
        """The annotation of the inspector's row, if the inspector has the keys."""
        row = self.inspector.row
        if row is None or not row.key or not self.inspector.has_focus:
            return None
        return next((one for one in self.annotations_here() if key_of(one) == row.key), None)

    def home_of(self, annotation: Annotation) -> str:
        """The issue whose work shows an annotation: a link may be kept with its other end."""
        if self.issue is not None and self.article is not None:
            for link in self.notebook.links(self.issue.id, self.article.id):
                if key_of(link.annotation) == key_of(annotation) and not link.away:
                    return link.place[0] if link.place else annotation.target.issue.id
        return self.issue.id if self.issue is not None else annotation.target.issue.id

    def action_delete_annotation(self) -> None:
        """Delete what the inspector's row shows: a note, a highlight, a link, or a tag's place."""
        self.with_reviewer(self._delete_here)

    def _delete_here(self) -> None:
        row, target = self.inspector.row, self.target()
        if self.inspector.has_focus and row is not None and row.kind == "tag" and target:
            tag = row.subject
            act = self.change(target[0].id, lambda store: store.untag(*target, tag))
            self.run_worker(act)
            return
        one = self.annotation_here()
        if one is None:
            self.say(tr("Go to a note, highlight, link or tag in the inspector first."))
            return
        self._delete_one(one)

    @work
    async def _delete_one(self, one: Annotation) -> None:
        if await self.delete_annotations([one], [self.home_of(one)]):
            self.say(
                ntr("{n} annotation deleted · u: undo", "{n} annotations deleted · u: undo", 1)
            )

    def open_annotation(self, key: str) -> None:
        """Show the whole of a note, with its history."""
        one = next((one for one in self.annotations_here() if key_of(one) == key), None)
        if one is not None:
            self.show_history(one, self.home_of(one))

    def action_history(self) -> None:
        """Show the history of the inspector's row, else of all that is on the article."""
        self.with_reviewer(self._history)

    def _history(self) -> None:
        one = self.annotation_here()
        if one is not None:
            self.show_history(one, self.home_of(one))
            return
        row, target = self.inspector.row, self.target()
        if target is None:
            return
        tag = row.subject if row is not None and row.kind == "tag" else ""
        tag = tag if self.inspector.has_focus else ""

        def wanted(entry: Entry) -> bool:
            from tui.history_words import is_on, said

            document = entry.after or entry.before or {}
            return is_on(document, target[1]) and (not tag or said(document, {}) == f"#{tag}")

        from tui.screens.annotation_card import AnnotationCard

        title = self.title_of(target[0].id, target[1])
        title = f"#{tag} · {title}" if tag else title
        self.app.push_screen(
            AnnotationCard(title, None, lambda: self.notebook.history(target[0].id, wanted))
        )

    def show_history(self, annotation: Annotation, issue_id: str, folder: str = "") -> None:
        """Show an annotation with its history; from there it can be edited and deleted.

        Not so the annotation of another reviewer, whose `folder` is given.
        """
        from tui.screens.annotation_card import AnnotationCard

        article = annotation.target.article
        title = self.title_of(issue_id, article) if article else annotation.target.issue.file_name

        def chosen(what: str | None) -> None:
            if what == "edit" and not self.edit_annotation(annotation, issue_id, title):
                self.app.bell()
            elif what == "delete":
                self._delete_one(annotation)

        def read() -> object:
            return self.notebook.history(issue_id, lambda _: True, annotation.id, folder)

        card = AnnotationCard(title, annotation, read, own=not folder)  # type: ignore[arg-type]
        self.app.push_screen(card, chosen)

    # Drafts.

    @work(group="drafts")
    async def remind_of_drafts(self) -> None:
        """Say which notes wait unsaved since the program ended over them."""
        from tui.drafts import abandoned
        from tui.locations import drafts_folder

        waiting = await asyncio.to_thread(abandoned, drafts_folder())
        if waiting and not self.finished:
            said = ntr("{n} note is not saved", "{n} notes are not saved", len(waiting))
            title = tr("its draft waits: {title}").format(title=waiting[-1].title)
            self.say(f"{said} · {title}")
