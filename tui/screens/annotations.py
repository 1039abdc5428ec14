"""All annotations of the library: filtered, gone to, edited, tagged, deleted and exported."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.annotation_query import parse
from tui.annotation_rows import AnnotationRow
from tui.annotation_words import about
from tui.locale import ntr, tr
from tui.plain import content
from tui.screens.list_dialog import ListDialog
from tui.widgets.annotation_list import AnnotationList
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Sequence

    from textual.app import ComposeResult
    from textual.worker import Worker


SHOWN_AGAIN = 0.4
"""Seconds after which rows that were read meanwhile are shown: all are sorted each time."""


@dataclass
class View:
    """What the screen showed last, for the next time that it is opened."""

    query: str = ""
    by_place: bool = False
    cursor: tuple[str, str] | None = None
    marked: set[tuple[str, str]] = field(default_factory=set)


class Desk(Protocol):
    """What the screen asks of the one behind it."""

    def annotation_rows(
        self, only: Collection[str] | None = None
    ) -> AsyncIterator[tuple[list[AnnotationRow], int, int]]: ...
    def edit_row(self, row: AnnotationRow, done: Callable[[], object]) -> None: ...
    def tag_rows(self, rows: Sequence[AnnotationRow], done: Callable[[], object]) -> None: ...
    async def delete_rows(self, rows: Sequence[AnnotationRow]) -> bool: ...
    def export_rows(self, rows: Sequence[AnnotationRow]) -> None: ...
    def history_of_row(self, row: AnnotationRow) -> None: ...
    def meaning_words(self, colour: str) -> str: ...
    def action_undo(self) -> Worker[None]: ...
    def action_redo(self) -> Worker[None]: ...


class Annotations(ListDialog[AnnotationRow, AnnotationRow]):
    """Dismissed with the row to go to, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f", "filter", show=False),
        Binding("m,e", "edit", show=False),
        Binding("V,space", "mark", show=False),
        Binding("asterisk", "mark_all", show=False),
        Binding("t", "tag", show=False),
        Binding("d,delete", "delete", show=False),
        Binding("E", "export", show=False),
        Binding("h,I", "history", show=False),
        Binding("o", "order", show=False),
        Binding("u", "undo", show=False),
        Binding("ctrl+r", "redo", show=False),
        Binding("f5", "reload", show=False),
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("a", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    Annotations > .dialog {
        width: 100%; max-width: 100%; height: 100%; max-height: 100%;
        & > #counts { height: 1; color: $text-muted; padding: 0 1; }
        & > AnnotationList { height: 1fr; max-height: 1fr; }
        & > #about { height: 6; padding: 0 1; border-top: solid $primary; }
    }
    """

    def __init__(self, desk: Desk, view: View) -> None:
        super().__init__(tr("Annotations"), "", [])
        self._desk = desk
        self._view = view
        self._all: dict[tuple[str, str, str], AnnotationRow] = {}
        self._ordered: list[AnnotationRow] = []
        self._hidden = 0
        self._reading: Worker[None] | None = None
        self._progress = ""
        self._asked: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._keys())
            yield Input(
                self._view.query,
                placeholder=tr(
                    "words  #tag  kind:note  colour:  status:  since:2024-08  anchor:moved"
                ),
            )
            yield Static(id="counts")
            yield AnnotationList(self._view.marked)
            yield Static(id="about")

    @property
    def list(self) -> AnnotationList:
        return self.query_one(AnnotationList)

    @property
    def row(self) -> AnnotationRow | None:
        """The row under the cursor."""
        return self.list.row

    def fit(self) -> None:
        """Begin to read; the list keeps its height."""
        self._reading = self._read()

    def _keys(self) -> str:
        return tr("Enter go · m edit · t tag · V mark · d delete · E export · h history · / find")

    # What there is.

    @work(exclusive=True, group="rows")
    async def _read(self, only: Collection[str] | None = None) -> None:
        """Read all, or what is on some issues anew; what is there is shown as it comes."""
        fresh: dict[tuple[str, str, str], AnnotationRow] = {}
        whole = only is None and bool(self._all)
        shown = 0.0
        if only is not None:
            kept = {
                key: row
                for key, row in self._all.items()
                if (row.place or (row.annotation.target.issue.id,))[0] not in only
            }
            fresh |= kept
        async for rows, done, total in self._desk.annotation_rows(only):
            fresh |= {(*row.id, row.annotation.device): row for row in rows}
            self._progress = ""
            if done < total:
                self._progress = tr("reading {done} of {all} issues… Esc: stop").format(
                    done=done, all=total
                )
            if not whole and only is None and monotonic() > shown:
                self._take(dict(fresh))
                shown = monotonic() + SHOWN_AGAIN
            else:
                self._count()
        self._progress = ""
        self._take(fresh)

    def _take(self, rows: dict[tuple[str, str, str], AnnotationRow]) -> None:
        self._all = rows
        self._sort()
        self._fill()

    def _sort(self) -> None:
        rows = list(self._all.values())
        if self._view.by_place:
            rows.sort(key=lambda row: row.order)
        else:
            rows.sort(key=lambda row: row.annotation.modified, reverse=True)
        self._ordered = rows

    def _fill(self) -> None:
        """Show what passes the filter, with the cursor where it was."""
        shown, self._hidden = parse(self._view.query).split(self._ordered)
        before = self._view.cursor
        at = max(0, self.list.cursor) if before is not None else 0
        if before is not None:
            at = next((i for i, row in enumerate(shown) if row.id == before), at)
        self._rows = shown
        self.list.set_rows(shown, min(at, len(shown) - 1))
        self._show()

    def _count(self) -> None:
        shown, total = len(self._rows), len(self._all)
        parts = [tr("{n} of {all} annotations").format(n=shown, all=total), self._hidden_words()]
        if marked := self._marked():
            told = tr("{n} marked").format(n=len(marked))
            if hidden := len(marked) - sum(row.id in self._view.marked for row in self._rows):
                told += " " + tr("({n} filtered out)").format(n=hidden)
            parts.append(told)
        parts.append(tr("o: by place") if self._view.by_place else tr("o: newest first"))
        parts.append(self._progress)
        self.query_one("#counts", Static).update(content(" · ".join(filter(None, parts))))

    def _hidden_words(self) -> str:
        """Say how many have the words that were asked for, and fail a condition."""
        query = parse(self._view.query)
        if not self._hidden or not query.words:
            return ""
        more = ntr("{n} more hidden", "{n} more hidden", self._hidden)
        return tr("{more} by {filter}").format(more=more, filter=" ".join(query.said))

    def _show(self) -> None:
        """Tell of the row under the cursor."""
        self._count()
        row = self.row
        words = about(row, self._desk.meaning_words) if row is not None else self._nothing()
        self.query_one("#about", Static).update(content(words))

    def _nothing(self) -> str:
        if self._progress:
            return ""
        if self._all:
            return tr("Nothing passes the filter.")
        return tr("There are no annotations yet: t tags an article, m writes a note.")

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._asked = ()
        self._stay()
        self._show()

    def _stay(self) -> None:
        """Keep the cursor on this row, whatever is read or filtered from here on."""
        self._view.cursor = self.row.id if self.row is not None else None

    # The filter.

    def action_filter(self) -> None:
        """Go to the field."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._view.query:
            self._view.query = event.value
            self._fill()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    def action_order(self) -> None:
        """Newest first, or by place."""
        self._view.by_place = not self._view.by_place
        self._sort()
        self._fill()

    def action_reload(self) -> None:
        """Read everything anew."""
        self._reading = self._read()

    def action_cancel(self) -> None:
        """Back out one level: the field, what is being read, marks, the screen."""
        if self.query_one(Input).has_focus:
            self.list.focus()
        elif self._progress and self._reading is not None:
            self._reading.cancel()
            self._progress = tr("not all was read; F5: read on")
            self._count()
        elif self._view.marked:
            self._view.marked.clear()
            self.list.redraw()
            self._count()
        else:
            self.dismiss(None)

    # What is done with rows.

    def _marked(self) -> Sequence[AnnotationRow]:
        """What is marked, shown or not."""
        marked = self._view.marked
        return [row for row in self._ordered if row.id in marked] if marked else []

    def _chosen(self) -> Sequence[AnnotationRow]:
        """What is marked, else the row under the cursor."""
        return self._marked() or ([self.row] if self.row is not None else [])

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go one down."""
        if self.row is not None:
            self._view.marked ^= {self.row.id}
            self.list.redraw()
            self.list.move(1, tell=False)
            self._stay()
            self._show()

    def on_annotation_list_picked(self, event: AnnotationList.Picked) -> None:
        """Mark the row that the mouse is on, or take its mark away."""
        event.stop()
        self.list.go(event.index, tell=False)
        if self.row is not None:
            self._view.marked ^= {self.row.id}
            self.list.redraw()
            self._stay()
            self._show()

    def action_mark_all(self) -> None:
        """Mark all that is shown, or take all those marks away."""
        shown = {row.id for row in self._rows}
        if shown <= self._view.marked:
            self._view.marked -= shown
        else:
            self._view.marked |= shown
        self.list.redraw()
        self._show()

    @on(RowList.Chosen)
    def _go(self, event: RowList.Chosen) -> None:
        event.stop()
        row = self.row
        if row is None:
            return
        if row.place is None:
            self._say(tr("It has no place in this library."))
            return
        self._stay()
        self.dismiss(row)

    def action_edit(self) -> None:
        """Write the note of the row under the cursor."""
        row = self.row
        if row is None or not self._may_change([row]):
            return
        self._desk.edit_row(row, lambda: self._renew([row]))

    def action_tag(self) -> None:
        """Tag the articles of what is marked, else all articles that are shown."""
        rows = self._marked() or self._rows
        rows = [row for row in rows if row.annotation.target.article is not None]
        if rows:
            self._desk.tag_rows(rows, lambda: self._renew(rows))

    @work
    async def action_delete(self) -> None:
        """Delete what is marked, else the row under the cursor; many are asked for twice."""
        rows = self._chosen()
        if not rows or not self._may_change(rows):
            return
        asked = tuple(row.key for row in rows)
        if len(rows) > 1 and asked != self._asked:
            self._asked = asked
            said = ntr(
                "d again: delete {n} annotation", "d again: delete {n} annotations", len(rows)
            )
            self._say(said)
            return
        self._asked = ()
        if await self._desk.delete_rows(rows):
            self._view.marked.clear()
            self._say(
                ntr(
                    "{n} annotation deleted · u: undo",
                    "{n} annotations deleted · u: undo",
                    len(rows),
                )
            )
        self._renew(rows)

    def _may_change(self, rows: Sequence[AnnotationRow]) -> bool:
        other = next((row for row in rows if not row.own), None)
        if other is None:
            return True
        said = tr("That is {reviewer}'s; only your own can be changed.")
        self._say(said.format(reviewer=other.annotation.reviewer))
        return False

    def action_export(self) -> None:
        """Export exactly what is shown."""
        if self._rows:
            self._desk.export_rows(self._rows)

    def action_history(self) -> None:
        """Show who changed the row under the cursor, when, from what, to what."""
        if self.row is not None:
            self._desk.history_of_row(self.row)

    @work
    async def action_undo(self) -> None:
        await self._desk.action_undo().wait()
        self.action_reload()

    @work
    async def action_redo(self) -> None:
        await self._desk.action_redo().wait()
        self.action_reload()

    def _renew(self, rows: Sequence[AnnotationRow]) -> None:
        self._reading = self._read({row.article[0] for row in rows})

    def _say(self, message: str) -> None:
        self.query_one(".dialog").border_subtitle = content(message)
        self.set_timer(6, self._say_keys, name="keys")

    def _say_keys(self) -> None:
        self.query_one(".dialog").border_subtitle = content(self._keys())
