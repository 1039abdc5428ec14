"""One annotation in full, and all that was changed of it: who, when, from what, to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import work
from textual.binding import Binding, BindingType

from bulletins.sources.plain import plain_line
from tui.clock import local_time
from tui.inspection.markdown import MUTED, STRONG, Spans, note_rows
from tui.locale import ntr, tr
from tui.screens.list_dialog import ListDialog
from tui.typesetting.widths import cells
from tui.widgets.inspector import pieces
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from textual import events

    from annotations.history import Entry
    from annotations.model import Annotation
    from tui.history_words import Told


@dataclass(frozen=True, slots=True)
class CardRow:
    """One row of text in a style, with pieces in others, and what stands before it."""

    text: str
    style: str = ""
    lead: str = ""
    spans: Spans = ()


class CardList(RowList[CardRow]):
    """Text that is scrolled through: no row has the cursor."""

    DEFAULT_CSS = """
    CardList > .card-list--gone { color: $text-error; }
    CardList > .card-list--new { color: $text-success; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"card-list--gone", "card-list--new"}

    def selectable(self, row: CardRow) -> bool:
        return False

    def draw(self, row: CardRow, width: int, tone: Tone) -> list[Segment]:
        base = tone(row.style)
        return [Segment(row.lead, base), *pieces(row.text, row.spans, base, tone)]


class AnnotationCard(ListDialog[str, CardRow]):
    """Dismissed with "edit", "delete" or None. `annotation` None: a history without one.

    `read` reads the history, oldest first, while the rest is shown already. What is not one's
    `own` can only be read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,e", "finish('edit')", show=False),
        Binding("d,delete", "finish('delete')", show=False),
        Binding("I,enter", "cancel", show=False),
    ]
    DEFAULT_CSS = "AnnotationCard > .dialog { width: 92; }"

    def __init__(
        self,
        title: str,
        annotation: Annotation | None,
        read: Callable[[], Coroutine[None, None, list[Entry]]],
        *,
        own: bool = True,
    ) -> None:
        self._own = own and annotation is not None
        hint = tr("m: edit · d: delete · Esc: back") if self._own else tr("Esc: back")
        super().__init__(plain_line(title), hint, [])
        self._annotation = annotation
        self._read = read
        self._history: Sequence[Told] | None = None

    def make_list(self) -> CardList:
        return CardList()

    def fit(self) -> None:
        """Read the history; the annotation itself is shown at once."""
        self._look()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._fill)

    @work
    async def _look(self) -> None:
        from tui.history_words import told

        self._history = told(await self._read(), {})
        self._fill()

    def _fill(self) -> None:
        width = max(20, min(92, self.app.size.width * 94 // 100) - 5)
        self._rows = list(self._all(width))
        self.list.set_rows(self._rows, -1)
        super().fit()

    def _all(self, width: int) -> Iterator[CardRow]:
        if self._annotation is not None:
            yield from _annotation_rows(self._annotation, width)
            yield CardRow("")
        if self._history is None:
            yield CardRow(tr("reading the history…"), MUTED)
            return
        changes = ntr("{n} change", "{n} changes", len(self._history))
        yield CardRow(tr("History"), STRONG)
        yield CardRow(changes if self._history else tr("nothing was kept of it"), MUTED)
        for one in self._history:
            yield CardRow(f"{one.when}  {one.who}  {one.what}", "row-list--accent")
            for sign, line in one.changes:
                style = "card-list--gone" if sign == "-" else "card-list--new"
                for at, row in enumerate(plain_rows(line, width - 4)):
                    lead = ("− " if sign == "-" else "+ ") if not at else "  "
                    yield CardRow(row, style, f"  {lead}")

    def action_finish(self, what: str) -> None:
        """Leave, and have it edited or deleted."""
        if self._own:
            self.dismiss(what)
        else:
            self.app.bell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()


def _annotation_rows(one: Annotation, width: int) -> Iterator[CardRow]:
    from tui.orphan_words import KIND_WORDS, body_words
    from tui.passages import colour_words

    made = tr("{when} by {who} on {device}").format(
        when=local_time(one.modified), who=one.reviewer, device=one.device
    )
    colour = str(getattr(one.body, "colour", ""))
    kind = tr(KIND_WORDS.get(one.kind, one.kind))
    head = " · ".join(filter(None, (kind, colour and colour_words(plain_line(colour)), made)))
    yield from (CardRow(text, MUTED) for text in plain_rows(head, width))
    selector = one.target.selector
    if selector is not None:
        for text in plain_rows(plain_line(selector.exact), width - 2):
            yield CardRow(text, f"highlight-{colour}" if colour else "", "▌ ")
    text = str(getattr(one.body, "text", "")) or body_words(one)
    if text:
        yield CardRow("")
        for row in note_rows(text, width):
            yield CardRow(row.text, "", row.lead, row.spans)


def plain_rows(text: str, width: int) -> list[str]:
    """Wrap a line into rows of so many cells."""
    from tui.inspection.rows import wrapped

    return wrapped(text, width) if cells(text) > width else [text]
