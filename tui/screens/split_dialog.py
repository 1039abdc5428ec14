"""Correct how an issue is divided: its printed lines, and what becomes of it before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from annotations.model import BoundaryBody
from bulletins.sources.plain import plain_line
from tui.locale import ntr, tr
from tui.orphan_words import SPLIT_WORDS
from tui.plain import content
from tui.screens.list_dialog import ListDialog
from tui.splitting import ACTS, ROLES, said_of, title_changes, with_said
from tui.trial import TrialError
from tui.typesetting.widths import cells, cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult

    from annotations.model import Annotation
    from bulletins.boundary import Boundary
    from tui.trial import Division, PrintedLine, Trial

_ROLE = 8
"""Cells of the word for what a line was taken for."""
_MOST_TITLES = 5
"""Titles that go and come that are shown; of more the number is told."""


@dataclass(frozen=True, slots=True)
class SplitWish:
    """What is to be kept and what taken back; `line` and the number of its `article` afterwards."""

    said: tuple[BoundaryBody, ...]
    taken_back: tuple[Annotation, ...]
    line: str
    article: int


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A printed line, and what was said of it; the `page` is told where it is another one."""

    line: PrintedLine
    page: int
    said: tuple[Annotation, ...]


class SplitList(RowList[SplitRow]):
    """Printed lines: the page, what each was taken for, its text; ÷ before corrected ones."""

    def draw(self, row: SplitRow, width: int, tone: Tone) -> list[Segment]:
        role = tr(ROLES.get(row.line.role, row.line.role))
        role = cut(role, _ROLE)
        titled = row.line.role in ("title", "section")
        page = str(row.page) if row.page else ""
        head = f"{page:>4} {'÷' if row.said else ' '} {role}{' ' * (_ROLE - cells(role))} "
        text = cut(plain_line(row.line.text), max(0, width - cells(head)))
        lead = "" if row.line.article >= 0 or titled else "row-list--muted"
        return [
            Segment(head, tone("row-list--accent" if row.said else "row-list--muted")),
            Segment(text, tone("row-list--strong" if titled else lead)),
        ]


class SplitDialog(ListDialog[SplitWish, SplitRow]):
    """Dismissed with what to keep, or None. Nothing is taken that was not shown before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"say({n - 1})", show=False) for n in range(1, len(ACTS) + 1)),
        Binding("u", "take_back", show=False),
        Binding("n,right_square_bracket", "title(1)", show=False),
        Binding("N,left_square_bracket", "title(-1)", show=False),
        Binding("B", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    SplitDialog > .dialog {
        width: 110; height: 90%;
        & > SplitList { height: 1fr; }
        & > #about { height: 8; padding: 0 1; border-top: solid $primary; }
    }
    """

    def __init__(
        self,
        title: str,
        trial: Trial,
        known: Sequence[Annotation],
        place: Callable[[Division], int],
    ) -> None:
        """`known` is what was said of lines so far; `place` gives the line to begin at."""
        hint = tr("1–4: say what the line is · n N: titles · u: take back · Esc: back")
        super().__init__(title, hint, [])
        self._trial = trial
        self._known = tuple(known)
        self._place = place
        self._before: Division | None = None
        self._wish: SplitWish | None = None
        self._busy = True
        self._waiting: list[Callable[[], object]] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._hint)
            yield SplitList()
            yield Static(content(tr("Reading the file…")), id="about")

    def make_list(self) -> SplitList:
        return SplitList()

    def fit(self) -> None:
        """Leave the list the room that the rest does not need, and have the file read."""
        self._load()

    @work(exclusive=True, group="trial")
    async def _load(self) -> None:
        bodies = _bodies(self._known)
        division = await self._divide(with_said(bodies, ()))
        if division is None:
            return
        said: dict[int, list[Annotation]] = {}
        for one, found in zip(self._known, division.found, strict=True):
            for index in found:
                said.setdefault(index, []).append(one)
        page = 0
        rows = []
        for index, line in enumerate(division.lines):
            rows.append(
                SplitRow(line, line.page if line.page != page else 0, tuple(said.get(index, ())))
            )
            page = line.page
        self._before, self._rows = division, rows
        self.list.set_rows(rows, self._place(division))
        self.list.scroll_to(
            y=self.list.cursor - self.list.size.height // 3, animate=False, immediate=True
        )
        self._ask()
        self._go_on()

    async def _divide(self, boundaries: Sequence[Boundary]) -> Division | None:
        """Try boundaries out; None, and it is said why, if that can't be."""
        try:
            return await self._trial.divide(boundaries)
        except TrialError as error:
            self._tell(str(error))
            return None

    # What may be said of a line.

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if not self._busy:
            self._ask()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()  # a click only goes to a line

    def _ask(self) -> None:
        """Show what can be said of the line under the cursor; nothing is proposed now."""
        self._wish = None
        row = self.list.row
        lines = [f"{number}  {tr(words)}" for number, (_, words) in enumerate(ACTS, 1)]
        for one in row.said if row is not None else ():
            if isinstance(one.body, BoundaryBody):
                words = tr("You said: it {what} · u: take that back")
                lines.append("÷  " + words.format(what=tr(SPLIT_WORDS[one.body.act])))
        self._tell("\n".join(lines))
        self.query_one(".dialog").border_subtitle = content(self._hint)

    def action_say(self, number: int) -> None:
        """Propose what the line under the cursor is."""
        if self._later(lambda: self.action_say(number)):
            return
        if self._before is None or self.list.row is None:
            return
        act = ACTS[number][0]
        said = said_of(self._before.lines, self.list.cursor, act)
        self._propose(said, ())

    def action_take_back(self) -> None:
        """Propose to take back what was said of the line under the cursor."""
        if self._later(self.action_take_back):
            return
        row = self.list.row
        if row is None or not row.said:
            self.app.bell()
            return
        self._propose([], row.said)

    def _propose(self, said: Sequence[BoundaryBody], taken_back: Sequence[Annotation]) -> None:
        self._busy = True
        self._try(said, taken_back)

    @work(exclusive=True, group="trial")
    async def _try(self, said: Sequence[BoundaryBody], taken_back: Sequence[Annotation]) -> None:
        assert self._before is not None
        gone = {one.id for one in taken_back}
        kept = _bodies(one for one in self._known if one.id not in gone)
        index = self.list.cursor
        after = await self._divide(with_said(kept, said))
        if after is not None and index == self.list.cursor:  # else the mouse went elsewhere
            number = after.lines[index].article if index < len(after.lines) else -1
            line = self._before.lines[index].text
            self._wish = SplitWish(tuple(said), tuple(taken_back), line, number)
            self._show_effect(self._before, after, len(said))
        self._go_on()

    def _show_effect(self, before: Division, after: Division, count: int) -> None:
        lost = count and any(not found for found in after.found[-count:])
        changed = sum(
            one.role != other.role for one, other in zip(before.lines, after.lines, strict=False)
        )
        titles = title_changes(before.titles, after.titles)
        if lost:
            self._wish = None
            self._tell(tr("The same line stands elsewhere between the same lines: which is meant?"))
            return
        if not changed and not titles:
            self._wish = None
            self._tell(tr("Nothing would change by that."))
            return
        was = ntr("{n} article", "{n} articles", len(before.titles))
        now = ntr("{n} article", "{n} articles", len(after.titles))
        what = ntr("{n} line is read otherwise", "{n} lines are read otherwise", changed)
        lines = [f"{was} → {now} · {what}"]
        lines += [f"{sign} {plain_line(title)}" for sign, title in titles[:_MOST_TITLES]]
        if len(titles) > _MOST_TITLES:
            more = len(titles) - _MOST_TITLES
            lines.append(ntr("and {n} more", "and {n} more", more))
        self._tell("\n".join(lines))
        hint = tr("Enter: so be it · Esc: not")
        self.query_one(".dialog").border_subtitle = content(hint)

    def action_choose(self) -> None:
        """Take what was proposed."""
        if self._later(self.action_choose):
            return
        if self._wish is None:
            self.app.bell()
            return
        self.dismiss(self._wish)

    def action_move(self, steps: int) -> None:
        if not self._later(lambda: self.action_move(steps)):
            super().action_move(steps)

    def action_page(self, pages: int) -> None:
        if not self._later(lambda: self.action_page(pages)):
            super().action_page(pages)

    def action_end(self, last: bool) -> None:
        if not self._later(lambda: self.action_end(last)):
            super().action_end(last)

    def action_title(self, step: int) -> None:
        """Go to the next title or line of which something was said, or the one before."""
        if self._later(lambda: self.action_title(step)):
            return
        at = self.list.cursor + step
        while 0 <= at < len(self._rows):
            if self._stands_out(at) and not (at and self._stands_out(at - 1)):
                self.list.go(at)
                return
            at += step
        self.app.bell()

    def _stands_out(self, at: int) -> bool:
        return self._rows[at].line.role == "title" or bool(self._rows[at].said)

    def action_cancel(self) -> None:
        """Drop what is proposed, else leave."""
        if self._wish is not None:
            self._ask()
        else:
            self.dismiss(None)

    # Keys that come before the file is divided wait for it.

    def _later(self, act: Callable[[], object]) -> bool:
        if self._busy:
            self._waiting.append(act)
        return self._busy

    def _go_on(self) -> None:
        self._busy = False
        while self._waiting and not self._busy:
            self._waiting.pop(0)()

    def _tell(self, words: str) -> None:
        self.query_one("#about", Static).update(content(words))


def _bodies(annotations: Iterable[Annotation]) -> list[BoundaryBody]:
    return [one.body for one in annotations if isinstance(one.body, BoundaryBody)]
