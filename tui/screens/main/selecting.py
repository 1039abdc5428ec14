"""Selecting: words chosen in the article by keys or mouse, and what the keys then do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletins.citation import quote
from tui.locale import ntr, tr
from tui.screens.main.painting import Painting
from tui.selecting.choice import Point, chosen, go, grow, take_in
from tui.selecting.keys import by_key, first_key, hints, pressed

if TYPE_CHECKING:
    from textual import events

    from tui.passages import Passage
    from tui.selecting.choice import Choice, Step, Unit
    from tui.selecting.cutter import Cutter

_STAY = frozenset({"help", "dark", "page_down", "page_up", "half_down", "half_up", "inspector"})
"""Commands that are carried out without ending the selection."""


class Selecting(Painting):
    """The selection: begun with a key or the mouse, ended by what is done with it."""

    cutter: Cutter | None = None
    held = ""
    """The id of the highlight that is open for change; "" if the words are new."""
    _ring: tuple[str, ...] = ()
    """The highlights at the place where Tab was pressed first, in the order of Tab."""
    _fresh: Choice | None = None

    # Beginning and ending.

    def action_select(self) -> None:
        """Begin at the place that the reader went to last, if it is in sight, else at the top."""
        self._awaited = False
        self.bring("reading")
        if self.pane.laid:
            self._begin_here()
        else:  # it was not on the screen yet
            self.call_after_refresh(self.pane.call_later, self._begin_here)

    def _begin_here(self) -> None:
        pane = self.pane
        pane.cut = self._words()
        place = pane.touched() or pane.first_word()
        if self.article is None or place is None:
            self.app.bell()
            return
        choice = chosen(*place)
        there = self._passages_at(choice, around=True)
        if there:
            self._hold(there[-1])
        else:
            self.begin_selection(choice)

    def _words(self) -> Cutter:
        if self.cutter is None:
            from tui.selecting.cutter import Cutter

            self.cutter = Cutter(self.books.path.parent)
        return self.cutter

    def on_unmount(self) -> None:
        if self.cutter is not None:
            self.cutter.close()

    def begin_selection(self, choice: Choice, held: str = "", *, seek: bool = True) -> None:
        """Select a choice; `held` is the id of the highlight that it is."""
        self.held = held
        self._ring, self._fresh = (), None
        self._show_choice(choice, seek=seek)

    def _show_choice(self, choice: Choice, *, seek: bool = True) -> None:
        self.pane.choose(choice, seek=seek)
        self.legend.show_meanings(self.meanings, self.last_colour)
        self.status.show_hints(hints(self.config.selection_keys), alone=self._choice_words())

    def _choice_words(self) -> str:
        ranges = self.pane.chosen_ranges()
        size = sum(end - start for _, start, end in ranges)
        parts = [ntr("{n} character", "{n} characters", size)]
        passage = self.passage_of(self.held) if self.held else None
        if passage is not None:
            parts.append(f"▌{self.meaning_words(passage.colour)}")
            parts += [f"#{tag}" for tag in passage.tags]
        choice = self.pane.choice
        there = len(self._ring) or (len(self._passages_at(choice)) if choice is not None else 0)
        if there > bool(passage):
            key = first_key(self.config.selection_keys, "next_highlight")
            parts.append(ntr("{n} highlight here", "{n} highlights here", there) + f" ({key})")
        return " · ".join(parts)

    def leave_selection(self) -> None:
        """End the selection; the next one begins where it was."""
        ranges = self.pane.chosen_ranges()
        if ranges:
            self.pane.touch(*ranges[0])
        self.end_selection()

    def end_selection(self) -> None:
        """Show the text and the keys as before."""
        self.pane.choose(None)
        self.held, self._ring, self._fresh = "", (), None
        self.legend.show_meanings(None)
        self.refresh_hints()

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """Keep other topics from a key that the selection will get (see `take_key`)."""
        bound = self._bindings.key_to_bindings.get(event.key, ())
        if any(binding.action == "select" for binding in bound):
            self._awaited = True
        if self.app.screen is self and (self._awaited or self.pane.choice is not None):
            event.prevent_default()

    _awaited = False
    """The key that begins a selection was typed, and its command is not carried out yet."""

    def take_key(self, event: events.Key) -> bool:
        """Move what is chosen or do something with it; tell whether the key was for that.

        The app asks, in the order in which the keys were typed: at the screen the next key may
        arrive before the command of the one before it is carried out. Any other command ends the
        selection.
        """
        bound = [binding.action for binding in self._bindings.key_to_bindings.get(event.key, ())]
        self._awaited = "select" in bound and self.pane.choice is None
        if self.pane.choice is None:
            return False
        if self.focused is not self.pane or self.article is None:
            self.end_selection()
            return False
        key = pressed(event)
        entry = by_key(self.config.selection_keys).get(key)
        meaning = next((one for one in self.meanings if one.key == key), None)
        if meaning is not None:
            self.paint_in(meaning.colour)
        elif entry is not None:
            getattr(self, entry.act)(*entry.arguments)
        elif bound and bound[0] not in _STAY:
            self.leave_selection()
            return False
        else:
            return not bound
        return True

    def _move(self, choice: Choice, *, leap: bool = False) -> None:
        """Show another choice; one at another place (`leap`) is no highlight's any more."""
        if choice == self.pane.choice:
            self.app.bell()
            return
        self._ring, self._fresh = (), None
        if leap and not choice.grown:
            self.held = next(
                (one.annotation.id for one in self._passages_at(choice) if self._is(one, choice)),
                "",
            )
        self._show_choice(choice)

    def grow(self, unit: Unit, step: Step) -> None:
        """Move the moving end by a unit."""
        if self.pane.choice is not None:
            self._move(grow(self.pane.texts, self.pane.choice, unit, step))

    def grow_row(self, step: Step) -> None:
        """Move the moving end by a row."""
        if self.pane.choice is not None:
            self._move(self.pane.row_further(self.pane.choice, step))

    def swap_ends(self) -> None:
        """Move the other end from now on."""
        if self.pane.choice is not None:
            self._move(self.pane.choice.swapped())

    def go(self, unit: Unit, step: Step) -> None:
        """Go to the next unit, or take it in."""
        if self.pane.choice is not None:
            self._move(go(self.pane.texts, self.pane.choice, unit, step), leap=True)

    def go_mention(self, step: Step) -> None:
        """Go to the next name or sum that is lit, or take it in."""
        self._take_next(self.pane.mention_places(), step)

    def go_hit(self, step: Step) -> None:
        """Go to the next hit of the search, or take it in."""
        self._take_next(self.pane.hit_places(), step)

    def _take_next(self, places: list[tuple[int, int, int]], step: Step) -> None:
        choice, pane = self.pane.choice, self.pane
        if choice is None:
            return
        edge = choice.head if choice.grown else choice.end if step > 0 else choice.start
        if step > 0:
            found = next((place for place in places if Point(*place[:2]) >= edge), None)
        else:
            found = next(
                (place for place in reversed(places) if Point(place[0], place[2]) <= edge), None
            )
        if found is None:
            self.app.bell()
        else:
            self._move(take_in(pane.texts, choice, *found), leap=True)

    def begin_anew(self) -> None:
        """Choose only the word at the moving end, to begin from there."""
        choice = self.pane.choice
        if choice is not None:
            part, offset = choice.head
            at = offset - (choice.head > choice.anchor)
            word = self.pane.texts.whole(part, at, at + 1, "word") or (at, at + 1)
            self.held = ""
            self._move(chosen(part, *word))

    # Highlights at a place.

    def _passages_at(self, choice: Choice, *, around: bool = False) -> list[Passage]:
        """The passages that touch a choice (or are `around` all of it), the longest first."""
        number, start, end = choice.start.part, choice.start.offset, choice.end.offset
        document = self.pane.document
        if document is None or choice.end.part != number:
            return []
        marked = self.pane.marked_at(document.parts[number].address, start, end)
        if around:
            marked = [one for one in marked if one.start <= start and one.end >= end]
        marked.sort(key=lambda one: one.start - one.end)
        found = (self.passage_of(one.id) for one in marked)
        return [one for one in found if one is not None]

    def _span_of(self, passage: Passage) -> Choice | None:
        marked, document = passage.marked, self.pane.document
        number = document.number(marked.address) if marked and document else None
        return (
            None if marked is None or number is None else chosen(number, marked.start, marked.end)
        )

    def _is(self, passage: Passage, choice: Choice) -> bool:
        span = self._span_of(passage)
        return span is not None and (span.start, span.end) == (choice.start, choice.end)

    def _hold(self, passage: Passage) -> None:
        """Open a highlight for change."""
        span = self._span_of(passage)
        if span is not None:
            ring, fresh = self._ring, self._fresh
            self.begin_selection(span, passage.annotation.id)
            self._ring, self._fresh = ring, fresh
            self._show_choice(span)

    def next_passage(self) -> None:
        """Open the next highlight at this place for change; after the last one the words here."""
        choice = self.pane.choice
        if choice is None:
            return
        if not self._ring:
            there = self._passages_at(choice)
            if self.held:
                there = [one for one in there if one.annotation.id != self.held]
            if not there:
                self.app.bell()
                return
            held = (self.held,) if self.held else ()
            self._ring = (*held, *(one.annotation.id for one in reversed(there)))
            self._fresh = None if self.held else choice
        turns = (*self._ring, *(("",) if self._fresh is not None else ()))
        at = turns.index(self.held) + 1 if self.held in turns else 0
        following = turns[at % len(turns)]
        passage = self.passage_of(following) if following else None
        if passage is not None:
            self._hold(passage)
        elif self._fresh is not None:
            self.held = ""
            self._show_choice(self._fresh)

    def _changed(self) -> bool:
        """Whether the ends of the highlight that is open for change are others now."""
        passage, choice = self.passage_of(self.held), self.pane.choice
        return passage is not None and choice is not None and not self._is(passage, choice)

    # What is done with the words.

    def paint_in(self, colour: str) -> None:
        """Highlight in a colour, or give that one to the highlight that is open for change."""
        ranges, key = self.pane.chosen_ranges(), self._held_or_same()
        if not key:
            self.paint(ranges, colour)
        else:
            self.repaint(key, colour, ranges if self._changed() else ())
        self.leave_selection()

    def _held_or_same(self) -> str:
        """The highlight that is open for change, else one of just these words."""
        choice = self.pane.choice
        if self.held or choice is None:
            return self.held
        same = [one for one in self._passages_at(choice) if self._is(one, choice) and one.colour]
        return same[-1].annotation.id if same else ""

    def paint_selection(self) -> None:
        """Highlight in the last colour, or keep the new ends of what is open for change."""
        if not self.held:
            self.paint_in(self.last_colour)
            return
        if self._changed():
            self.repaint(self.held, None, self.pane.chosen_ranges())
        self.leave_selection()

    def unpaint_selection(self) -> None:
        """Take away the highlight that is open, else those that lie within the words."""
        choice = self.pane.choice
        keys = [self.held] if self.held else []
        if choice is not None and not keys:
            low, high = choice.start.offset, choice.end.offset
            keys = [
                one.annotation.id
                for one in self._passages_at(choice)
                if one.marked and low <= one.marked.start and one.marked.end <= high
            ]
        if not keys:
            self.app.bell()
            return
        self.take_off(keys)
        self.leave_selection()

    def note_selection(self) -> None:
        """Write a note on the words."""
        key, ranges = self._held_or_same(), self.pane.chosen_ranges()
        self.leave_selection()
        self.with_reviewer(lambda: self.note_passage(key, ranges))

    def tag_selection(self) -> None:
        """Tag the words."""
        key, ranges = self._held_or_same(), self.pane.chosen_ranges()
        self.leave_selection()
        self.with_reviewer(lambda: self.tag_passage(key, ranges))

    def copy_selection(self) -> None:
        """Copy the words with their source."""
        texts = [self.pane.text_of(*one) for one in self.pane.chosen_ranges()]
        self.copy(quote("\n".join(texts), self.citation()), tr("Quote"))
        self.leave_selection()

    def judge_selection(self) -> None:
        """Judge the mention there, or add one that was missed."""
        self.action_mention()
        self.leave_selection()

    def attach_selection(self) -> None:
        """Choose the lost annotation that belongs to the words."""
        ranges = self.pane.chosen_ranges()
        self.leave_selection()
        self.with_reviewer(lambda: self.attach_lost(ranges[:1]))
