"""One disagreement: what each reviewer says, and one key to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType

from bulletins.sources.plain import plain_line
from tui.locale import tr
from tui.orphan_words import STATUS_WORDS
from tui.passages import colour_words
from tui.screens.list_dialog import ListDialog
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from annotations.disagreement import Question, Side

Act = Literal["take", "skip"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its key, what is chosen ("" neither, "*" both, else a reviewer), and words.

    `tone` is that of the reviewer, "" for one's own work and for none.
    """

    key: str
    choice: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was done with a disagreement; `choice` as in Option, for `take`."""

    act: Act
    choice: str = ""


class OptionList(RowList[Option]):
    """The choices, each with its key."""

    def draw(self, row: Option, width: int, tone: Tone) -> list[Segment]:
        lead = f"{row.key}  "
        text = row.words
        room = max(0, width - len(lead))
        if cell_len(text) > room:
            text = set_cell_size(text, max(0, room - 1)).rstrip() + "…"
        return [Segment(lead, tone("row-list--accent")), Segment(text, tone(row.tone))]


class Adjudicate(ListDialog[Verdict, Option]):
    """Dismissed with a verdict, or with None when the reader leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"take('{key}')", show=False, priority=True)
            for key in "1234567890b"
        ),
        Binding("equals_sign", "skip", show=False, priority=True),
    ]  # fmt: skip
    # At the bottom: the passage that it is about is to be seen above it.
    DEFAULT_CSS = """
    Adjudicate { align: center bottom; background: $background 0%; }
    Adjudicate > .dialog { width: 96; margin-bottom: 1; max-height: 50%; }
    """

    def __init__(self, title: str, at: tuple[int, int], options: list[Option]) -> None:
        """`at` says which disagreement it is, from 1, of how many."""
        counted = tr("disagreement {at} of {all}").format(at=at[0], all=at[1])
        super().__init__(
            f"{title} · {counted}",
            tr("digit: take it · b: both · 0: neither · =: the next one · Esc: back"),
            options,
        )

    def make_list(self) -> OptionList:
        return OptionList()

    def action_take(self, key: str) -> None:
        """Decide by a key."""
        for option in self._rows:
            if option.key == key:
                self.dismiss(Verdict("take", option.choice))

    def action_skip(self) -> None:
        """Leave it open and go on."""
        self.dismiss(Verdict("skip"))

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
    if question.about == "tags":
        return tr("Tags")
    return tr("State") if question.about == "status" else tr("Marked passage")


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
