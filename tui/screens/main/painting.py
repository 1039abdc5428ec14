"""Painting: passages highlighted, noted, tagged, changed and taken away, each saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.locale import ntr, tr
from tui.passages import colour_words
from tui.screens.main.annotating import Annotating
from tui.typesetting.spans import HIGHLIGHT_COLOURS, Marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotations.model import ArticleRef, IssueRef, Selector
    from annotations.store import Store
    from tui.passages import Passage
    from tui.screens.tag_picker import TagChange
    from tui.selecting.meanings import Meaning
    from tui.typesetting.document import Address

    Range = tuple[Address, int, int]


class Painting(Annotating):
    """Acts upon passages of the open article."""

    # What is there.

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """The colours and what they mean, in the order of the configuration."""
        from tui.selecting.meanings import meanings

        return meanings(self.config.highlight_colours)

    @property
    def last_colour(self) -> str:
        """The colour of what is highlighted without choosing one."""
        colours = [one.colour for one in self.meanings]
        if self.painted_last in colours:  # another session's may mean nothing any more
            return self.painted_last
        return next(iter(colours), "yellow")

    def meaning_words(self, colour: str) -> str:
        """The digit and the name of a colour's meaning; a colour without one by its name."""
        found = next((one for one in self.meanings if one.colour == colour), None)
        return f"{found.key} {found.words}" if found else colour_words(colour)

    def open_passages(self) -> tuple[Passage, ...]:
        """The passages that the reader marked in the open article."""
        if self.issue is None or self.article is None:
            return ()
        return self.notebook.state(self.issue.id, self.article.id).passages

    def passage_of(self, key: str) -> Passage | None:
        """The passage of an annotation's id, as it is by now."""
        return next((one for one in self.open_passages() if one.annotation.id == key), None)

    def selectors(self, ranges: Sequence[Range]) -> list[Selector]:
        """Describe ranges of the open article so that they are found again."""
        from annotations.spans import place_selector
        from bulletins.model import Place

        article = self.article
        if article is None:
            return []
        found = []
        for (kind, index), start, end in ranges:
            block = index if kind == "block" else None
            note = index if kind == "footnote" else None
            found.append(place_selector(article, Place(start, end, block, note)))
        return found

    # What is done. Each says what it did, and returns at once.

    def paint(self, ranges: Sequence[Range], colour: str) -> None:
        """Highlight ranges of the open article, one highlight for each."""
        from annotations.marking import highlight

        selectors = self.selectors(ranges)
        self.painted_last = colour
        self._on_article(
            lambda store, *where: highlight(store, where, selectors, colour),
            tr("Highlighted: {meaning}").format(meaning=self.meaning_words(colour)),
            lambda marked: (*marked, *(Marked(*one, _drawn(colour)) for one in ranges)),
        )

    def repaint(self, key: str, colour: str | None, ranges: Sequence[Range] = ()) -> None:
        """Give a highlight another colour, other ends (the first of `ranges`), or both."""
        from annotations.marking import change_highlight

        passage = self.passage_of(key)
        selectors = self.selectors(ranges[:1])
        if passage is None:
            return
        if colour is not None:
            self.painted_last = colour
        annotation = passage.annotation

        def act(store: Store, issue: IssueRef, article: ArticleRef) -> None:
            place = (selectors[0], article) if selectors else None
            change_highlight(store, annotation, colour=colour, place=place)

        said = tr("Highlight changed: {meaning}")
        words = self.meaning_words(colour or passage.colour)

        def shown(one: Marked) -> Marked:
            if one.id != key:
                return one
            address, start, end = ranges[0] if ranges else one[:3]
            return one._replace(
                address=address, start=start, end=end, colour=_drawn(colour) or one.colour
            )

        self._on_article(act, said.format(meaning=words), lambda marked: map(shown, marked))

    def take_off(self, keys: Sequence[str]) -> None:
        """Take highlights away, with the notes and tags on them."""
        from annotations.marking import take_away

        found = [one.annotation for key in keys if (one := self.passage_of(key)) is not None]
        said = ntr("{n} highlight taken away", "{n} highlights taken away", len(found))
        gone = set(keys)
        self._on_article(
            lambda store, *_: take_away(store, found),
            said,
            lambda marked: (one for one in marked if one.id not in gone),
        )

    def action_paint(self) -> None:
        """Highlight what the reader went to, or take its highlight away; no more keys."""
        place = self.pane.touched()
        document = self.pane.document
        if place is None or document is None:
            self.say(tr("Go to a name or a hit first, click on a word, or select words with v."))
            return
        address = document.parts[place[0]].address
        self.with_reviewer(lambda: self.toggle_paint((address, *place[1:])))

    def toggle_paint(self, place: Range) -> None:
        """Highlight a range in the last colour, or take the highlight of just that range away."""
        there = [one.id for one in self.pane.marked_at(*place) if one[:3] == place]
        if "" in there:
            self.app.bell()  # it is being saved: what it is to be taken away as is not known yet
        elif there:
            self.take_off(there)
        else:
            self.paint([place], self.last_colour)

    def note_passage(self, key: str, ranges: Sequence[Range]) -> None:
        """Write a note on a highlight (`key`), or on ranges that are highlighted with it."""
        from annotations.marking import note_on, note_upon
        from tui.screens.note_editor import NoteEditor

        passage, target = self.passage_of(key), self.target()
        selectors, colour = self.selectors(ranges), self.last_colour
        if target is None or (passage is None and not selectors):
            return
        old = passage.notes[-1] if passage is not None and passage.notes else None
        text = str(getattr(old.body, "text", "")) if old is not None else ""

        async def keep(written: str) -> str:
            def act(store: Store) -> None:
                if old is not None and written.strip():
                    store.edit_note(old, written)
                elif old is not None:
                    store.delete(old)
                elif passage is not None:
                    note_upon(store, passage.annotation, written)
                else:
                    note_on(store, target, selectors, colour, written)

            if old is None and not written.strip():
                return ""
            return "" if await self.change(target[0].id, act) else self.notebook.trouble

        quote = passage.quote if passage is not None else selectors[0].exact
        self.app.push_screen(NoteEditor(quote, text, keep))

    def tag_passage(self, key: str, ranges: Sequence[Range]) -> None:
        """Tag a highlight (`key`), or ranges that are highlighted with it."""
        from annotations.marking import change_tags, tag_on

        passage, target = self.passage_of(key), self.target()
        selectors, colour = self.selectors(ranges), self.last_colour
        if target is None or (passage is None and not selectors):
            return
        own = passage.tags if passage is not None else ()
        quote = passage.quote if passage is not None else selectors[0].exact

        def picked(change: TagChange | None) -> None:
            if change is None:
                return
            put = [f"+{name}" for name in change.add] + [f"−{name}" for name in change.remove]

            def act(store: Store) -> None:
                if passage is not None:
                    change_tags(store, passage.annotation, change.add, change.remove)
                else:
                    tag_on(store, target, selectors, colour, change.add)

            self._change_and_say(target[0].id, act, tr("Tags: {tags}").format(tags=" ".join(put)))

        self.app.push_screen(self.tag_picker(quote, own), picked)

    def _on_article(
        self,
        act: Callable[[Store, IssueRef, ArticleRef], object],
        said: str,
        shown: Callable[[Sequence[Marked]], Iterable[Marked]],
    ) -> None:
        """Save an act upon the open article; `shown` gives what to draw of it until that is done.

        What became of it is drawn then, as everything else that is saved.
        """
        here = self.target()
        if here is None:
            return
        target = here

        def begin() -> None:
            self.pane.set_marked(tuple(shown(self.pane.marked)))
            self._change_and_say(target[0].id, lambda store: act(store, *target), said)
            self.call_later(self.refresh_status)  # which says now that it is being saved

        self.with_reviewer(begin)

    @work
    async def _change_and_say(
        self, issue_id: str, act: Callable[[Store], object], said: str
    ) -> None:
        if await self.change(issue_id, act):
            self.say(said)


def _drawn(colour: str | None) -> str:
    """The colour in which a highlight is drawn; "" if it is drawn like one without."""
    return colour if colour in HIGHLIGHT_COLOURS else ""
