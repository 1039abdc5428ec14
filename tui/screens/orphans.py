"""What found no place: all of it is listed, and re-attached where it belongs with one key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from bulletins.sources.plain import plain_line
from tui.locale import ntr, tr
from tui.orphan_words import reason
from tui.orphans import Choice, Lost, by_issue
from tui.plain import content
from tui.screens.list_dialog import ListDialog
from tui.screens.orphan_list import (
    NAMED,
    ChoiceList,
    OrphanList,
    OrphanRow,
    orphan_row,
    their_rows,
)
from tui.typesetting.widths import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from annotations.model import Annotation, ArticleRef, IssueRef
    from tui.notebook import Notebook
    from tui.their_issues import TheirLost
    from tui.widgets.row_list import RowList

_REST = 0.06
"""Seconds for which the cursor rests before places are looked for."""


class Desk(Protocol):
    """What the dialog asks of the screen behind it; None where something was not saved."""

    notebook: Notebook

    def issue_words(self, issue: IssueRef) -> str: ...
    def title_of(self, issue_id: str, article: ArticleRef) -> str: ...
    async def choices(self, lost: Lost) -> Sequence[Choice]: ...
    async def attach(self, lost: Lost, choice: Choice) -> tuple[Annotation, ...] | None: ...
    async def detach(
        self, home: str, before: Sequence[Annotation], after: Sequence[Annotation]
    ) -> tuple[Annotation, ...] | None: ...


class Orphans(ListDialog[None, OrphanRow]):
    """The list, what is known of the row under the cursor, and where it may belong."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "take_back", show=False),
        Binding("A", "cancel", show=False),
        Binding("O", "next", show=False),
        Binding("v", "attach_here", show=False),
        *(Binding(str(n + 1), f"attach({n})", show=False) for n in range(9)),
    ]
    DEFAULT_CSS = """
    Orphans > .dialog {
        width: 120; height: 90%;
        & > OrphanList { height: 1fr; }
        & > #about { height: auto; max-height: 7; padding: 0 1; border-top: solid $primary; }
        & > ChoiceList { height: auto; max-height: 9; }
    }
    OrphanList > .row-list--gone { text-style: strike; color: $text-muted; }
    """

    def __init__(
        self,
        desk: Desk,
        lost: Sequence[Lost],
        at: Lost | None = None,
        here: Choice | None = None,
        theirs: Sequence[TheirLost] = (),
    ) -> None:
        """`at`: what the cursor is put on. `here`: selected words to attach what is lost to.

        `theirs` is what other reviewers have lost.
        """
        hint = tr("Enter or 1–9: it belongs there · O: next · u: take back · Esc: back")
        selected = tr("v: it belongs to “{words}”")
        if here is not None:
            hint = f"{selected.format(words=cut(plain_line(here.text), NAMED))} · {hint}"
        self._theirs = list(their_rows(theirs, desk.issue_words))
        rows = [*self._rows_of(desk, lost), *self._theirs]
        super().__init__(tr("Annotations without a place"), hint, rows)
        self._here = here
        self._desk = desk
        self._choices: dict[tuple[str, ...], Sequence[Choice]] = {}
        self._now: dict[str, Annotation] = {}
        self._before: dict[str, Annotation] = {}
        self._latest: Lost | None = None
        self._at = at
        self._busy = False
        self._on_theirs = False
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint)
            yield OrphanList()
            yield Static(id="about")
            yield ChoiceList()

    @property
    def list(self) -> OrphanList:
        return self.query_one(OrphanList)

    @property
    def lost(self) -> Lost | None:
        """What is under the cursor, if it is one's own."""
        row = self.list.row
        return row.lost if row is not None and row.reviewer is None else None

    def fit(self) -> None:
        """Leave the list the room that the rest does not need, and begin."""
        if self._at is not None:
            rows = enumerate(self._rows)
            self.list.go(next((i for i, row in rows if row.lost == self._at), 0), tell=False)
        self._show()
        self._add_waiting()

    @work
    async def _add_waiting(self) -> None:
        """List what belongs to issues that the library does not have."""
        waiting = by_issue(await self._desk.notebook.waiting())
        if not waiting:
            return
        rows = self._rows[: len(self._rows) - len(self._theirs)]
        for own in waiting.values():
            label = self._desk.issue_words(own[-1].target.issue)
            tail = tr("not in this library: these wait for it")
            rows.append(OrphanRow(plain_line(label), f"{len(own)} · {tail}"))
            rows += [orphan_row(Lost("issue", (one,)), self._desk.title_of) for one in own]
        at = self.list.row
        self._rows = rows = [*rows, *self._theirs]
        index = next((index for index, row in enumerate(rows) if row is at), 0)
        self.list.set_rows(rows, index)
        self._show()

    def _rows_of(self, desk: Desk, lost: Iterable[Lost]) -> Iterable[OrphanRow]:
        home = None
        whole: set[str] = set()
        for one in lost:
            if one.home != home:
                home = one.home
                issue = replace(one.first.target.issue, id=home)
                yield OrphanRow(plain_line(desk.issue_words(issue)))
            if len(one.annotations) > 1:
                whole = set(one.key)
            inner = len(one.annotations) == 1 and one.key[0] in whole
            yield orphan_row(one, desk.title_of, inner=inner)

    # What is known of the row, and where it may belong.

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        """Tell of the row under the cursor at once, and of its places when the cursor rests."""
        lost, row = self.lost, self.list.row
        theirs = row is not None and row.reviewer is not None
        if theirs != self._on_theirs:
            self._on_theirs = theirs
            self._tell(tr("Esc: back") if theirs else self._hint)
        self._list_choices(self._choices.get(lost.key, ()) if lost is not None else ())
        if self._resting is not None:
            self._resting.stop()
        if lost is not None and lost.home and lost.key not in self._choices:
            self._resting = self.set_timer(_REST, self._look)

    @work(exclusive=True, group="choices")
    async def _look(self) -> None:
        lost = self.lost
        if lost is None:
            return
        self._choices[lost.key] = await self._desk.choices(lost)
        if self.lost is lost:
            self._list_choices(self._choices[lost.key])

    def _list_choices(self, choices: Sequence[Choice]) -> None:
        listed = self.query_one(ChoiceList)
        listed.styles.height = len(choices)
        listed.set_rows(choices, -1)
        listed.cursor = -1
        listed.redraw()
        lost = self.lost
        looked = lost is not None and lost.key in self._choices
        row = self.list.row
        title_of = self._desk.title_of
        words = reason(row.lost, title_of) if row is not None and row.lost is not None else ""
        if row is not None and row.reviewer is not None:
            words += "\n" + tr("{name} made this; it can only be read.").format(
                name=plain_line(row.reviewer.name)
            )
        if looked and not choices:
            words += "\n" + tr("No place in this issue is like it.")
        self.query_one("#about", Static).update(content(words))

    # Re-attaching.

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.row_list is self.list:
            self.action_attach(0)
        else:
            self.action_attach(event.index)

    def action_attach(self, number: int) -> None:
        """Store that the row under the cursor belongs to a candidate, and go on to the next row."""
        choices = self._choices.get(self.lost.key, ()) if self.lost is not None else ()
        self._belongs(choices[number] if number < len(choices) else None)

    def action_attach_here(self) -> None:
        """Store that what is under the cursor belongs to the words that the reader selected."""
        lost = self.lost
        single = lost is not None and len(lost.annotations) == 1
        of_passage = lost is not None and lost.first.target.selector is not None
        self._belongs(self._here if single and of_passage else None)

    @work
    async def _belongs(self, choice: Choice | None) -> None:
        lost = self.lost
        if lost is None or choice is None or self._busy or self.list.place(lost):
            self.app.bell()
            return
        current = tuple(
            self._now.get(key, one) for key, one in zip(lost.key, lost.annotations, strict=True)
        )
        self._busy = True
        kept = await self._desk.attach(replace(lost, annotations=current), choice)
        self._busy = False
        if kept is None:
            return
        title = plain_line(choice.named)
        for key, old, new in zip(lost.key, current, kept, strict=True):
            self._before[key], self._now[key] = old, new
            self.list.places[key] = title
        self._latest = lost
        told = ntr("{n} annotation re-attached", "{n} annotations re-attached", len(kept))
        hint = tr("u: take back · Esc: back")
        self._tell(f"{told} · {hint}")
        self._go_on()

    @work
    async def action_take_back(self) -> None:
        """Take back what was done with the row under the cursor, else what was done last."""
        here = self.lost
        lost = here if here is not None and self.list.place(here) else self._latest
        keys = [key for key in lost.key if key in self._before] if lost is not None else []
        if lost is None or not keys or self._busy:
            self.app.bell()
            return
        self._busy = True
        before, after = [self._before[key] for key in keys], [self._now[key] for key in keys]
        kept = await self._desk.detach(lost.home, before, after)
        self._busy = False
        if kept is None:
            return
        for key, one in zip(keys, kept, strict=True):
            self._now[key] = one
            del self._before[key], self.list.places[key]
        self._tell(tr("Taken back: it is without a place again"))
        index = next((i for i, row in enumerate(self._rows) if row.lost is lost), -1)
        self.list.go(index, tell=False)
        self.list.redraw()
        self._show()

    def action_next(self) -> None:
        """Go to what the library has lost next, round the list, and say how many are left."""
        own = (row.lost for row in self._rows if row.reviewer is None)
        rows = [lost for lost in own if lost is not None and lost.home]
        left = sum(len(one.annotations) == 1 and self.list.place(one) is None for one in rows)
        self._tell(tr("{n} without a place").format(n=left))
        self._go_on()

    def _go_on(self) -> None:
        """Put the cursor on the next row that is still lost and may have a place here."""
        rows = self.list
        left = (
            at
            for at in (*range(rows.cursor + 1, len(rows.rows)), *range(rows.cursor))
            if (lost := rows.rows[at].lost) is not None and lost.home and rows.place(lost) is None
            if rows.rows[at].reviewer is None
        )
        rows.go(next(left, rows.cursor), tell=False)
        rows.redraw()
        self._show()

    def _tell(self, message: str) -> None:
        self.query_one(".dialog").border_subtitle = content(message)
