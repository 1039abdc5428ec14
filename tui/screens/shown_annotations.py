"""The annotations screen as it reads, filters and follows the annotations of a library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from textual import on, work
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.annotation_query import parse
from tui.annotation_rows import AnnotationRow
from tui.annotation_words import about
from tui.locale import ntr, tr
from tui.plain import content
from tui.screens.list_dialog import ListDialog
from tui.widgets.annotation_list import AnnotationList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from textual.app import ComposeResult
    from textual.worker import Worker

    from tui.widgets.row_list import RowList


SHOWN_AGAIN = 0.4
"""Seconds after which rows that were read meanwhile are shown: all are sorted each time."""
LOOK = 0.2
"""Seconds after which what has changed is asked for; folders are looked at elsewhere."""
News = Mapping[str, Collection[str] | None]
"""By the folders of reviewers ("": oneself), the issues whose rows may be others; None: all."""


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
        self, only: News | None = None
    ) -> AsyncIterator[tuple[list[AnnotationRow], int, int]]: ...
    def take_news(self) -> News: ...
    def hidden_folders(self) -> frozenset[str]: ...
    def action_reviewers(self) -> None: ...
    def say(self, message: str) -> None: ...
    def edit_row(self, row: AnnotationRow, done: Callable[[], object]) -> None: ...
    def tag_rows(self, rows: Sequence[AnnotationRow], done: Callable[[], object]) -> None: ...
    async def delete_rows(self, rows: Sequence[AnnotationRow]) -> bool: ...
    def export_rows(self, rows: Sequence[AnnotationRow]) -> None: ...
    def history_of_row(self, row: AnnotationRow) -> None: ...
    def meaning_words(self, colour: str) -> str: ...
    def action_undo(self) -> Worker[None]: ...
    def action_redo(self) -> Worker[None]: ...


class ShownAnnotations(ListDialog[AnnotationRow, AnnotationRow]):
    """A filter over all annotations and what is said of the one under the cursor."""

    DEFAULT_CSS = """
    ShownAnnotations > .dialog {
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
        self._news: dict[str, set[str] | None] = {}
        self._away: frozenset[str] = frozenset()
        self._theirs_hidden = 0
        self._progress = ""
        self._stopped = False
        self._asked: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(self._keys())
            yield Input(
                self._view.query,
                placeholder=tr(
                    "words  #tag  kind:note  reviewer:  status:  since:2024-08  anchor:moved"
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
        self.action_reload()
        self.set_interval(LOOK, self._follow)

    def _keys(self) -> str:
        return tr("Enter go  m edit  t tag  V mark  d delete  E export  h history  / find")

    # What there is.

    def action_reload(self) -> None:
        """Read everything anew."""
        self._desk.take_news()  # all is read now
        self._news.clear()
        self._reading = self._read()

    def _follow(self) -> None:
        """Take in what other programs and reviewers changed, and whose work is shown."""
        for folder, issues in self._desk.take_news().items():
            known = self._news.setdefault(folder, set())
            self._news[folder] = None if known is None or issues is None else {*known, *issues}
        if self._news and (self._reading is None or self._reading.is_finished):
            self._stay()
            self._reading = self._read(dict(self._news))
            self._news.clear()
        if self._away != self._desk.hidden_folders():
            self._fill()

    @work(exclusive=True, group="rows")
    async def _read(self, only: News | None = None) -> None:
        """Read all, or what is on some issues anew; what is there is shown as it comes."""
        fresh: dict[tuple[str, str, str], AnnotationRow] = {}
        first = only is None and not self._all
        shown = 0.0
        async for rows, done, total in self._desk.annotation_rows(only):
            fresh |= {(*row.id, row.annotation.device): row for row in rows}
            self._progress = ""
            if done < total:
                self._progress = tr("reading {done} of {all} issues… Esc: stop").format(
                    done=done, all=total
                )
            if first and monotonic() > shown:
                self._take(dict(fresh))
                shown = monotonic() + SHOWN_AGAIN
            elif only is None or done < total:
                self._count()
        self._progress = ""
        self._stopped = self._stopped and only is not None
        kept = self._all.items() if only is not None else ()
        self._take({key: row for key, row in kept if not _is_among(row, only or {})} | fresh)

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
        query, self._away = parse(self._view.query), self._desk.hidden_folders()
        away = [row for row in self._ordered if row.whose.folder in self._away]
        listed = self._ordered
        if away:
            listed = [row for row in listed if row.whose.folder not in self._away]
        shown, self._hidden = query.split(listed)
        self._theirs_hidden = len(query.split(away)[0])
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
        if self._theirs_hidden:
            parts.append(tr("P: {n} of other reviewers hidden").format(n=self._theirs_hidden))
        if marked := self._marked():
            told = tr("{n} marked").format(n=len(marked))
            if hidden := len(marked) - sum(row.id in self._view.marked for row in self._rows):
                told += " " + tr("({n} filtered out)").format(n=hidden)
            parts.append(told)
        parts.append(tr("o: by place") if self._view.by_place else tr("o: newest first"))
        parts.append(self._progress)
        if self._stopped and not self._progress:
            parts.append(tr("not all was read; F5: read on"))
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

    def _marked(self) -> Sequence[AnnotationRow]:
        """What is marked, shown or not."""
        marked = self._view.marked
        return [row for row in self._ordered if row.id in marked] if marked else []

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

    def action_reviewers(self) -> None:
        """Show the work of other reviewers, or not."""
        self._desk.action_reviewers()

    def action_cancel(self) -> None:
        """Back out one level: the field, what is being read, marks, the screen."""
        if self.query_one(Input).has_focus:
            self.list.focus()
        elif self._progress and self._reading is not None:
            self._reading.cancel()
            self._progress, self._stopped = "", True
            self._count()
        elif self._view.marked:
            self._view.marked.clear()
            self.list.redraw()
            self._count()
        else:
            self.dismiss(None)

    def _say(self, message: str) -> None:
        self.tell(message)
        self.set_timer(6, self._say_keys, name="keys")

    def _say_keys(self) -> None:
        self.query_one(".dialog").border_subtitle = content(self._keys())


def _is_among(row: AnnotationRow, news: News) -> bool:
    """Tell whether a row is read anew with these."""
    folder = row.whose.folder
    if folder not in news:
        return False
    issues = news[folder]
    return issues is None or row.home in issues
