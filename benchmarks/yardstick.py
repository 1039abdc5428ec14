"""A bare Textual app to measure ours against: a stock tree and a pane, with nothing behind them.

`python benchmarks/yardstick.py`. Tree: j/k. Pane: j/k by line, PgDn/PgUp and space by page, g/G to
the ends, J/K to the next article's text. Tab goes from one to the other, q quits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static, Tree

if TYPE_CHECKING:
    from textual.app import ComposeResult

ISSUES = 4
ARTICLES = 4
"""In each issue: 20 nodes altogether."""
SENTENCES = (
    "某国能源部宣布投入 4500 万美元支持十二所大学研制新型储能材料，项目为期三年。",
    "该计划由国家实验室牵头，首批资助名单已于 3 月 18 日公布，平均每项约 375 万美元。",
    "研究人员指出，新工艺把单位成本降低了 27%，并使循环寿命提高到 8000 次以上。",
    "与此同时，欧洲委员会启动了规模为 1.2 亿欧元的 Pilot Line 计划，涵盖测试与封装。",
)
PARAGRAPHS = 20
"""In each article: some 3,000 characters."""
TITLE = "某国投入 4500 万美元研制储能材料"
OPENING = SENTENCES[0]
LIT = Style(color="bright_yellow", bold=True)
LIT_EVERY, LIT_LENGTH = 15, 4
"""Code points from one highlight to the next, and in each: some 200 in an article."""


def text_of(article: int) -> list[str]:
    """Write the paragraphs of an article; each article is another text."""
    return [
        "".join(SENTENCES[(article + paragraph + i) % len(SENTENCES)] for i in range(4))
        for paragraph in range(PARAGRAPHS)
    ]


class Pane(ScrollView, can_focus=True):
    """Text drawn line by line from rows that are cut at the width, cached once drawn."""

    DEFAULT_CSS = "Pane { overflow-x: hidden; overflow-y: scroll; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "by(1)"),
        Binding("k,up", "by(-1)"),
        Binding("pagedown,space", "page(1)"),
        Binding("pageup", "page(-1)"),
        Binding("g,home", "to(0)"),
        Binding("G,end", "to(1)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs = [TITLE, *text_of(0)]
        self.rows: list[tuple[int, int, int]] = []
        self.strips: dict[int, Strip] = {}
        self.wrapped_at = 0

    def show(self, article: int) -> None:
        self.paragraphs = [f"{TITLE}（{article}）", *text_of(article)]
        self.wrap()
        self.scroll_to(y=0, animate=False)

    def wrap(self) -> None:
        width = self.wrapped_at
        self.rows = []
        for number, paragraph in enumerate(self.paragraphs):
            start = cells = 0
            for at, character in enumerate(paragraph):
                wide = cell_len(character)
                if cells + wide > width:
                    self.rows.append((number, start, at))
                    start, cells = at, 0
                cells += wide
            self.rows += [(number, start, len(paragraph)), (number, 0, 0)]
        self.strips.clear()
        self.virtual_size = Size(width, len(self.rows))
        self.refresh()

    def on_resize(self) -> None:
        width = self.scrollable_content_region.width
        if width and width != self.wrapped_at:
            self.wrapped_at = width
            self.wrap()

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.size.width
        if y >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        strip = self.strips.get(y)
        if strip is None:
            strip = self.strips[y] = self.drawn(*self.rows[y]).adjust_cell_length(
                width, self.rich_style
            )
        return strip

    def drawn(self, number: int, start: int, end: int) -> Strip:
        text, plain = self.paragraphs[number], self.rich_style
        lit = plain + LIT
        segments = []
        at = start
        while at < end:
            inside = at % LIT_EVERY < LIT_LENGTH
            step = (LIT_LENGTH if inside else LIT_EVERY) - at % LIT_EVERY
            stop = min(end, at + step)
            segments.append(Segment(text[at:stop], lit if inside else plain))
            at = stop
        return Strip(segments)

    def action_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def action_page(self, pages: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + pages * (self.size.height - 1), animate=False)

    def action_to(self, end: int) -> None:
        self.scroll_to(y=self.max_scroll_y * end, animate=False)


class Library(Tree[int]):
    """The stock tree."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down"),
        Binding("k", "cursor_up"),
        Binding("g", "scroll_home"),
        Binding("G", "scroll_end"),
    ]


class Yardstick(App[None]):
    """A tree, a pane, a line at the bottom."""

    CSS = "Horizontal { height: 1fr; } Library { width: 34; } Pane { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("J", "article(1)"),
        Binding("K", "article(-1)"),
        Binding("q", "quit"),
    ]

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Library("快报")
            yield Pane()
        yield Static("ready")

    def on_mount(self) -> None:
        tree = self.query_one(Library)
        self.leaves = []
        for issue in range(ISSUES):
            node = tree.root.add(f"第 {issue + 1} 期", expand=True)
            for article in range(ARTICLES):
                number = issue * ARTICLES + article
                self.leaves.append(node.add_leaf(f"{TITLE}（{number}）", number))
        self.article = 0
        tree.root.expand()
        tree.focus()

    def action_article(self, step: int) -> None:
        """Show the next article's text and put the tree's cursor on it."""
        self.article = (self.article + step) % len(self.leaves)
        self.query_one(Library).move_cursor(self.leaves[self.article])
        self.query_one(Pane).show(self.article)


if __name__ == "__main__":
    Yardstick().run()
