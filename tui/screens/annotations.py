"""All annotations of the library: filtered, gone to, edited, tagged, deleted and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from tui.locale import ntr, tr
from tui.screens.shown_annotations import ShownAnnotations
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.annotation_rows import AnnotationRow
    from tui.widgets.annotation_list import AnnotationList


class Annotations(ShownAnnotations):
    """Dismissed with the row to go to, or None. What is not one's own is left as it is."""

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
        Binding("P", "reviewers", show=False),
        Binding("f5", "reload", show=False),
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("a", "cancel", show=False),
    ]

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
        if row is not None and self._changeable([row]):
            self._desk.edit_row(row, lambda: self._renew([row]))

    def action_tag(self) -> None:
        """Tag the articles of what is marked, else all articles that are shown."""
        rows = self._marked() or self._rows
        rows = [row for row in rows if row.annotation.target.article is not None]
        own = self._changeable(rows)
        if own:
            self._desk.tag_rows(own, lambda: self._renew(own))
            self._say_left_out(len(rows) - len(own))

    @work
    async def action_delete(self) -> None:
        """Delete what is marked, else the row under the cursor; many are asked for twice."""
        chosen = self._chosen()
        rows = self._changeable(chosen)
        if not rows:
            return
        asked = tuple(row.key for row in rows)
        if len(rows) > 1 and asked != self._asked:
            self._asked = asked
            said = ntr(
                "d again: delete {n} annotation", "d again: delete {n} annotations", len(rows)
            )
            self._say(said)
            self._say_left_out(len(chosen) - len(rows))
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
            self._say_left_out(len(chosen) - len(rows))
        self._renew(rows)

    def _changeable(self, rows: Sequence[AnnotationRow]) -> list[AnnotationRow]:
        """Return one's own rows; say whose the others are if there are none."""
        own = [row for row in rows if row.own]
        if rows and not own:
            names = dict.fromkeys(row.annotation.reviewer for row in rows)
            said = tr("That is {reviewer}'s; only your own can be changed.")
            self._say(said.format(reviewer=", ".join(names)))
        return own

    def _say_left_out(self, count: int) -> None:
        if count:
            said = ntr(
                "{n} annotation of another reviewer is left out",
                "{n} annotations of other reviewers are left out",
                count,
            )
            self._desk.say(said)

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
        self._say_keys()
        self.action_reload()

    @work
    async def action_redo(self) -> None:
        await self._desk.action_redo().wait()
        self._say_keys()
        self.action_reload()

    def _renew(self, rows: Sequence[AnnotationRow]) -> None:
        issues = self._news.setdefault("", set())
        if issues is not None:
            issues |= {row.home for row in rows}
        self._follow()
