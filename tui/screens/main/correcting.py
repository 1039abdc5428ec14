"""Correcting: what the reader says of mentions, shown at once in text and inspector."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.key_names import shown_keys
from tui.locale import tr
from tui.passages import status_words
from tui.screens.main.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.model import Annotation, ArticleRef, IssueRef, MentionBody
    from annotations.store import Store
    from bulletins.model import Article, Place
    from tui.mention_entries import MentionEntry

    Judged = tuple[tuple[IssueRef, ArticleRef], Article]


class Correcting(Fields):
    """Actions upon the mention that the reader is at."""

    # The open article with its corrections.

    def lay_over(self, issue_id: str, article: Article) -> Article:
        self.printed = article
        article = self.fields_laid_over(issue_id, article)
        self.corrected = self.notebook.corrected_mentions(issue_id, article)
        if self.corrected is None or self.corrected.mentions is article.mentions:
            return article
        return replace(article, mentions=self.corrected.mentions)

    def refresh_mentions(self) -> None:
        if self.printed is None or self.issue is None or self.article is None:
            return
        before, beside = self.article, self.beside
        article = self.lay_over(self.issue.id, self.printed)
        changed = self.beside != beside
        if article.mentions == before.mentions and not changed:
            return
        self.article = article
        if not changed and article.mentions.doubts == before.mentions.doubts:
            self.pane.refresh_spans(article.mentions)
        else:  # they stand in the pane
            self.pane.show_again(article, self.section)

    def entries(self) -> list[MentionEntry]:
        """All mentions of the open article, with what the reader said of them."""
        from annotations.mention_corrections import CorrectedMentions
        from tui.mention_entries import mention_entries

        if self.article is None:
            return []
        return mention_entries(self.corrected or CorrectedMentions(self.article.mentions))

    def entries_in_reach(self) -> list[MentionEntry]:
        """The mentions of the classes that are lit, and all that were judged."""
        from annotations.mention_corrections import mention_type

        lit = self.pane.classes_shown
        return [one for one in self.entries() if one.annotation or mention_type(one.mention) in lit]

    def go_to_mention(self, place: Place) -> None:
        """Show a place of the open article behind a dialog."""
        self.pane.show_mention(place)

    def _place_here(self) -> tuple[Place | None, str]:
        """The place that the reader is at, and the class of mention that is meant there."""
        row = self.inspector.row
        if self.inspector.has_focus and row is not None and row.places:
            gone_to = self.pane.gone_to
            return gone_to if gone_to in row.places else row.places[0], row.mention
        return self.pane.gone_to, ""

    def _selected_place(self) -> Place | None:
        """The words of one part that the mouse selected, without blanks at their ends."""
        from annotations.mention_spots import text_at
        from bulletins.model import Place

        ranges = self.pane.selected_ranges()
        if len(ranges) != 1 or self.article is None or ranges[0][1] >= ranges[0][2]:
            return None
        (kind, index), start, end = ranges[0]
        if kind not in ("title", "block", "footnote"):
            return None
        place = Place(
            start,
            end,
            index if kind == "block" else None,
            index if kind == "footnote" else None,
        )
        words = text_at(self.article, place)[start:end]
        start += len(words) - len(words.lstrip())
        return (
            replace(place, start=start, end=start + len(words.strip())) if words.strip() else None
        )

    # Judging one mention.

    def action_mention(self) -> None:
        """Open the mention that the reader is at; with words selected, one that was missed."""
        self.with_reviewer(self._judge)

    def _judge(self) -> None:
        from tui.mention_entries import entry_at
        from tui.screens.mention_dialog import MentionDialog

        if self.article is None:
            return
        entries = self.entries()
        selected = self._selected_place()
        place, kind = (selected, "") if selected else self._place_here()
        if place is None:
            place = self.pane.next_mention(1)
        entry = entry_at(entries, place, kind) if place is not None else None
        if place is None or (entry is None and selected is None):
            self.say(tr("There is no mention here: select its words with the mouse to add it."))
            return
        self.clear_selection()
        self.app.push_screen(MentionDialog(self, place, kind))

    def judged(self) -> Judged | None:
        """The open article as corrections refer to it, and as it was read."""
        target = self.target()
        return None if target is None or self.printed is None else (target, self.printed)

    async def correct_mention(
        self,
        judged: Judged,
        place: Place,
        say: Callable[[MentionEntry | None], MentionBody | None],
        kind: str = "",
    ) -> str:
        """Keep what `say` makes of the mention at a place; return why it is not saved, or "".

        Where it leaves nothing said, what was said is taken back. Another article may have been
        opened since.
        """
        from annotations.mention_corrections import CorrectedMentions
        from annotations.mention_spots import selector_of
        from tui.mention_entries import entry_at, mention_entries

        target, article = judged
        found = self.notebook.corrected_mentions(target[0].id, article)
        entries = mention_entries(found or CorrectedMentions(article.mentions))
        entry = entry_at(entries, place, kind)
        said = say(entry)
        if said is None:
            annotation = entry.annotation if entry is not None else None
            return await self.take_back(annotation) if annotation is not None else ""
        body, selector = said, selector_of(article, place)
        return await self._correct(
            target[0].id, lambda store: store.correct_mention(*target, selector, body)
        )

    async def take_back(self, annotation: Annotation) -> str:
        """Take a correction back; return why that is not saved, or ""."""
        home = self.notebook.place_of(annotation)
        issue_id = home[0] if home else self.issue.id if self.issue is not None else ""
        return await self._correct(issue_id, lambda store: store.take_back_mention(annotation))

    async def _correct(self, issue_id: str, act: Callable[[Store], object]) -> str:
        saved = await self.notebook.correct(issue_id, act)
        self.refresh_marks()
        return "" if saved else self.notebook.trouble

    # All corrections.

    def action_mention_corrections(self) -> None:
        """List what was said of mentions in the whole library."""
        from tui.screens.mention_list import MentionList

        said = self.notebook.mention_corrections()
        if not said:
            keys = shown_keys(self.config.keys, "mention", 1)
            self.say(tr("No mention was judged yet: {keys} does that.").format(keys=keys))
            return

        def chosen(annotation: Annotation | None) -> None:
            if annotation is not None:
                self._go_to_correction(annotation)

        self.app.push_screen(MentionList(said, self.take_back, self._where_found), chosen)

    def _where_found(self, annotation: Annotation) -> str:
        """Say where the words of a correction of one place are now, if not where they were."""
        home = self.notebook.place_of(annotation)
        spots = self.notebook.state(*home).spots if home is not None else {}
        return status_words(spots.get(annotation.id))

    def _go_to_correction(self, annotation: Annotation) -> None:
        from annotations.mention_spots import find_place

        home = self.notebook.place_of(annotation)
        if home is None:
            self.say(tr("The article of this correction is not in the library."))
            return
        self.open_article(*home, read=True)
        selector = annotation.target.selector
        if self.article is None or self.article.id != home[1] or selector is None:
            return
        place = find_place(self.article, selector)
        if place is not None:
            self.pane.show_mention(place)
