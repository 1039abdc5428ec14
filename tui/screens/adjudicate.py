"""One disagreement: what each reviewer says, and one key to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType

from bulletins.sources.plain import plain_line
from tui.locale import tr
from tui.orphan_words import ABOUT_WORDS
from tui.outline import STATUS_WORDS
from tui.passages import colour_words
from tui.plain import content
from tui.screens.list_dialog import ListDialog
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.disagreement import Question, Side


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its key, what is chosen ("" neither, "*" both, else a reviewer), and words.

    `tone` is that of the reviewer, "" for one's own work and for none.
    """

    key: str
    choice: str
    words: str
    tone: str = ""


class SideList(RowList[Option]):
    """The choices, each with its key."""

    def draw(self, row: Option, width: int, tone: Tone) -> list[Segment]:
        lead = f"{row.key}  "
        text = row.words
        room = max(0, width - len(lead))
        if cell_len(text) > room:
            text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
        return [Segment(lead, tone("row-list--accent")), Segment(text, tone(row.tone))]


class Adjudicate(ListDialog[None, Option]):
    """Stays open from one disagreement to the next; Escape leaves.

    `decide` is told what is chosen, `skip` that the next one is wanted; then ask() shows it. Keys
    that come before it is seen decide nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"take('{key}')", show=False, priority=True) for key in "1234567890b"),
        Binding("equals_sign", "skip", show=False, priority=True),
    ]
    # At the bottom: the passage that it is about is to be seen above it.
    DEFAULT_CSS = """
    Adjudicate { align: center bottom; background: $background 0%; }
    Adjudicate > .dialog { width: 96; margin-bottom: 1; max-height: 50%; }
    """

    def __init__(self, decide: Callable[[str], object], skip: Callable[[], object]) -> None:
        hint = tr("digit: take it · b: both · 0: neither · =: the next one · Esc: back")
        super().__init__(tr("Looking for disagreements…"), hint, [])
        self._decide = decide
        self._skip = skip
        self.waiting = True
        """No disagreement is shown that was not answered."""

    def make_list(self) -> SideList:
        return SideList()

    def ask(self, title: str, at: tuple[int, int], options: list[Option]) -> None:
        """Show a disagreement: which one, from 1, of how many, and the choices."""
        counted = tr("disagreement {at} of {all}").format(at=at[0], all=at[1])
        self.query_one(".dialog").border_title = content(f"{title} · {counted}")
        self._rows = options
        self.list.set_rows(options)
        self.fit()
        self.waiting = False

    def again(self) -> None:
        """Let the disagreement that is shown be answered once more: it could not be kept."""
        self.waiting = False

    def action_take(self, key: str) -> None:
        """Decide by a key."""
        chosen = next((option for option in self._rows if option.key == key), None)
        if chosen is not None and not self.waiting:
            self.waiting = True
            self._decide(chosen.choice)

    def action_skip(self) -> None:
        """Leave it open and go on."""
        if not self.waiting:
            self.waiting = True
            self._skip()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.list.row is not None:
            self.action_take(self.list.row.key)


def options_of(question: Question, names: dict[str, tuple[str, str]], own: str) -> list[Option]:
    """List the choices of a question; `names` gives each reviewer's words and tone."""
    from annotations.adjudication import BOTH, NEITHER

    found: list[Option] = []
    for number, side in enumerate(question.sides[:9], 1):
        who, tone = names.get(side.reviewer, (side.reviewer, ""))
        if side.reviewer == own:
            who = tr("yours")
        found.append(Option(str(number), side.reviewer, f"{who}  {said(side)}", tone))
    if question.about != "status":
        found.append(Option("b", BOTH, tr("both") if len(found) == 2 else tr("all of them")))
    found.append(Option("0", NEITHER, tr("neither of them")))
    return found


def about_words(question: Question) -> str:
    """Say what a disagreement is about."""
    return tr(ABOUT_WORDS[question.about])


def said(side: Side) -> str:
    """Say in one line what a reviewer says; – where that is nothing."""
    parts = [f"#{plain_line(tag)}" for tag in side.tags]
    if side.status:
        parts.append(tr(STATUS_WORDS.get(side.status, side.status)))
    for span in side.spans:
        selector = span.annotation.target.selector
        quote = plain_line(selector.exact) if selector is not None else ""
        parts.append(f"{colour_words(plain_line(span.colour))} “{_ends(quote)}”")
    return "  ".join(parts) or "–"


def _ends(quote: str) -> str:
    """A quote by its beginning and end: two that differ in where they end must look different."""
    return quote if len(quote) <= 40 else f"{quote[:19]}…{quote[-19:]}"
