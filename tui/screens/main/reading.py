"""Reading: footnotes in place, highlights, search, filter, sources."""

from __future__ import annotations

from typing import Literal

from textual import on, work
from textual.widgets import Input

from tui.browser import open_in_browser
from tui.locale import ntr, tr
from tui.screens.main.base import MainBase
from tui.widgets.article_pane import ArticlePane
from tui.widgets.legend import Legend


class Reading(MainBase):
    """Actions upon the open article that change nothing of it."""

    def action_notes_in_place(self) -> None:
        self.pane.toggle_notes()

    def action_next_mention(self) -> None:
        self.pane.next_mention(1)

    def action_previous_mention(self) -> None:
        self.pane.next_mention(-1)

    # Highlights.

    def action_highlights(self) -> None:
        from tui.screens.highlights import Highlights  # dialogs are imported when first opened

        self.app.push_screen(Highlights(self.pane.classes_shown, self.show_classes))

    def show_classes(self, shown: frozenset[str]) -> None:
        """Highlight these classes only."""
        self.pane.classes_shown = shown
        self.legend.show(shown)

    @on(Legend.Pressed)
    def _legend_pressed(self, event: Legend.Pressed) -> None:
        event.stop()
        self.show_classes(self.pane.classes_shown ^ {event.name})

    @on(ArticlePane.MentionPressed)
    def _mention_pressed(self, event: ArticlePane.MentionPressed) -> None:
        event.stop()
        for index, row in enumerate(self.inspector.rows):
            if row.kind in ("amount", "deadline", "entity") and event.place in row.places:
                self.inspector.go(index, tell=False)
                return

    # Search in the article.

    def action_search(self) -> None:
        self.bring("reading")
        self.search_field.display = True
        # At once: the keys that come next are meant for the field.
        self.set_focus(self.search_field)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.search_field.display:
            self.pane.search(event.value)
            self._tell_hits()

    @on(Input.Submitted, "#search")
    def _search_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.search_field.display = False
        self.bring("reading")
        if event.value and not self.pane.search(event.value):
            self.say(tr("“{text}” is not in this article.").format(text=event.value))
        self._tell_hits()

    def action_next_hit(self) -> None:
        self._go_hit(1)

    def action_previous_hit(self) -> None:
        self._go_hit(-1)

    def _go_hit(self, step: Literal[1, -1]) -> None:
        if self.pane.hit_position[1] == 0:
            text = self.search_field.value
            if not text or not self.pane.search(text):
                self.app.bell()
        else:
            self.pane.next_hit(step)
        self._tell_hits()

    def _tell_hits(self) -> None:
        at, total = self.pane.hit_position
        self.hits_text = tr("hit {at} of {total}").format(at=at, total=total) if total else ""
        self.refresh_status()

    def leave_search(self) -> bool:
        """Leave the search; True when there was one to leave."""
        if self.search_field.display:
            self.search_field.display = False
            self.bring("reading")
            return True
        if self.pane.hit_position[1]:
            self.pane.clear_search()
            self.hits_text = ""
            self.refresh_status()
            return True
        return False

    # Filter of the list.

    def action_filter(self) -> None:
        self.bring("library")
        self.filter_field.display = True
        self.set_focus(self.filter_field)

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_text = event.value
        self.refresh_sidebar()
        self._show_first_found()

    def _show_first_found(self) -> None:
        """Show an article that the filter lets through: the one in the pane is annotated."""
        rows = self.sidebar.rows
        listed = [index for index, row in enumerate(rows) if row.kind == "article"]
        shown = self.article.id if self.article is not None else ""
        index = next((i for i in listed if rows[i].article_id == shown), None)
        if index is None and listed:
            index = listed[0]
            self.open_row(rows[index])
        if index is not None:
            self.sidebar.go(index, tell=False)

    @on(Input.Submitted, "#filter")
    def _filter_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.filter_field.display = bool(event.value)
        self.set_focus(self.sidebar)
        found = sum(row.kind == "article" for row in self.sidebar.rows)
        if event.value:
            self.say(ntr("{n} article", "{n} articles", found))

    def leave_filter(self) -> bool:
        """Take the filter away; True when there was one."""
        if not self.filter_field.display and not self.query_text:
            return False
        self.filter_field.display = False
        self.filter_field.value = self.query_text = ""
        self.set_focus(self.sidebar)
        self.refresh_sidebar()
        if self.issue is not None and self.article is not None:
            self.reveal(self.issue.id, self.article.id)
        return True

    # Sources.

    def action_sources(self) -> None:
        from tui.screens.sources import LinkChoice, Sources

        if self.article is None:
            return
        urls = dict.fromkeys(self.article.sources)
        beside = self.pane.beside.sources
        corrected = {was: self.article.sources[index] for index, was in beside.items()}
        for note in self.article.footnotes:
            urls.update(dict.fromkeys(corrected.get(url, url) for url in note.urls))
        if not urls:
            self.say(tr("This article names no link."))
            return

        def chosen(choice: LinkChoice | None) -> None:
            if choice is not None and choice.act == "copy":
                self.copy(choice.url, tr("Link"))
            elif choice is not None:
                self.follow(choice.url)

        printed = {now: was for was, now in corrected.items()}
        self.app.push_screen(Sources(list(urls), printed), chosen)

    @work(thread=True, group="browser")
    def follow(self, url: str) -> None:
        """Open a link in a browser, or copy it where there is none."""
        if not open_in_browser(url):
            self.app.call_from_thread(self.copy, url, tr("No browser could be opened. Link"))

    @on(ArticlePane.SourcePressed)
    def _source_pressed(self, event: ArticlePane.SourcePressed) -> None:
        event.stop()
        self.follow(event.url)
