"""What was said lately, each message in full, and what is wrong at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.inspection.markdown import MUTED, STRONG
from tui.locale import tr
from tui.screens.annotation_card import CardList, CardRow, plain_rows
from tui.screens.list_dialog import ListDialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual import events


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was shown, and the time of day."""

    when: str
    text: str
    alarm: bool = False


class Messages(ListDialog[None, CardRow]):
    """`now` are lines that hold at this moment, `said` what was shown, the latest last."""

    DEFAULT_CSS = """
    Messages > .dialog { width: 92; }
    Messages CardList > .card-list--gone { color: $text-error; }
    """

    def __init__(self, now: Iterable[str], said: Sequence[Message]) -> None:
        super().__init__(tr("Messages"), tr("Esc: back"), [])
        self._now = tuple(now)
        self._said = tuple(said)

    def make_list(self) -> CardList:
        return CardList()

    def fit(self) -> None:
        width = max(20, min(92, self.app.size.width * 94 // 100) - 5)
        self._rows = list(self._all(width))
        self.list.set_rows(self._rows, -1)
        super().fit()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self.fit)

    def _all(self, width: int) -> Iterator[CardRow]:
        if self._now:
            yield CardRow(tr("At this moment"), STRONG)
            for line in self._now:
                yield from _shown(line, width, "card-list--gone")
            yield CardRow("")
        yield CardRow(tr("Said lately"), STRONG)
        if not self._said:
            yield CardRow(tr("nothing yet"), MUTED)
        for one in reversed(self._said):
            yield CardRow(one.when, MUTED)
            yield from _shown(one.text, width, "card-list--gone" if one.alarm else "")


def _shown(text: str, width: int, style: str) -> Iterator[CardRow]:
    for line in text.split("\n"):
        yield from (CardRow(row, style, "  ") for row in plain_rows(line, width - 2))
