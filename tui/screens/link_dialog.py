"""Link an article to another: type to find that, then one key says how they belong together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from bulletins.sources.plain import plain_line
from tui.linking import RELATIONS, ArticleRow, Relation, filtered
from tui.locale import tr
from tui.plain import content
from tui.screens.dialog import Dialog
from tui.screens.finder import Finder
from tui.typesetting.widths import cells, cut
from tui.widgets.row_list import RowList, Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class ArticleList(RowList[ArticleRow]):
    """Articles with their issues and dates; the keys stay in the field above."""

    def draw(self, row: ArticleRow, width: int, tone: Tone) -> list[Segment]:
        tail = f" {row.date:>10}"
        issue = cut(row.issue, max(0, (width - cells(tail)) // 3))
        room = max(0, width - cells(tail) - cells(issue) - 1)
        title = cut(row.title, room)
        gap = " " * (room - cells(title) + 1)
        return [
            Segment(title, tone("")),
            Segment(gap + issue + tail, tone("row-list--muted")),
        ]


class LinkPicker(Finder[ArticleRow]):
    """Dismissed with the article to link with, or None. `find` lists them; it runs in a thread."""

    DEFAULT_CSS = """
    LinkPicker > .dialog { width: 110; }
    LinkPicker ArticleList { height: 70vh; background: $surface; margin-top: 1; }
    """

    def __init__(self, title: str, find: Callable[[], list[ArticleRow]]) -> None:
        super().__init__()
        self._title = title
        self._find = find
        self._rows: list[ArticleRow] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("Link: {title}").format(title=plain_line(self._title)))
            box.border_subtitle = content(tr("Enter: link with this one · ↑ ↓: move · Esc: back"))
            yield Input(placeholder=tr("words of the title, the publication, the number, the date"))
            yield ArticleList()

    async def begin(self) -> None:
        self._rows = await asyncio.to_thread(self._find)
        self.refill()

    def fill(self, typed: str) -> None:
        self.list.set_rows(filtered(self._rows, typed))


class RelationList(RowList[Relation]):
    """The ways to link, each with its key."""

    def draw(self, row: Relation, width: int, tone: Tone) -> list[Segment]:
        text = cut(tr(row.title), max(0, width - 4))
        return [Segment(f" {row.key}  ", tone("row-list--accent")), Segment(text, tone(""))]


class RelationPicker(Dialog[tuple[Relation, str]]):
    """Dismissed with the relation and a remark ("" for none), or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(relation.key, f"take({number})", show=False)
            for number, relation in enumerate(RELATIONS)
        ),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    DEFAULT_CSS = """
    RelationPicker RelationList { height: 4; background: $surface; }
    """

    def __init__(self, here: str, there: str) -> None:
        super().__init__()
        self._here = here
        self._there = there

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title = content(tr("How do they belong together?"))
            box.border_subtitle = content(tr("a letter: link · Tab: remark first · Esc: back"))
            yield Label(content(tr("this:  {title}").format(title=plain_line(self._here))))
            yield Label(content(tr("other: {title}").format(title=plain_line(self._there))))
            yield RelationList(classes="label")
            yield Input(placeholder=tr("a remark, if any"))

    def on_mount(self) -> None:
        listed = self.query_one(RelationList)
        listed.set_rows(RELATIONS)
        listed.focus()

    def action_move(self, steps: int) -> None:
        self.query_one(RelationList).move(steps, tell=False)

    def action_choose(self) -> None:
        self.query_one(RelationList).choose()

    def action_take(self, number: int) -> None:
        """Link in this way."""
        self.dismiss((RELATIONS[number], self.query_one(Input).value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_choose()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_take(event.index)
