"""An app with nothing but the article pane, for the tests of that pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, ComposeResult

from bulletins.model import (
    Amount,
    Article,
    Block,
    Entity,
    Footnote,
    Mentions,
    Place,
)
from tui.widgets.article_pane import ArticlePane
from tui.widgets.article_styles import MENTION_LAYERS

if TYPE_CHECKING:
    from rich.style import Style
    from textual.message import Message

SIZES = [(80, 24), (120, 40), (200, 60), (30, 10)]
LONG = "研究人员在实验室里测试了新的半导体材料，其电子迁移率比以往的样品高出三成，能耗也更低。" * 4
FIRST = "某国政府宣布投入 5.04 亿美元，支持芯片研究所开发先进封装技术。"
ARTICLE = Article(
    "a",
    "某国资助芯片研究",
    1,
    topic="半导体",
    authors=("甲乙",),
    date="2024-08-06",
    sources=("https://example.org/s",),
    blocks=(
        Block("paragraph", FIRST, 1),
        Block("heading", "一、背景", 1, level=1),
        *(Block("paragraph", f"第{number}段：{LONG}", 1) for number in range(12)),
    ),
    footnotes=(
        Footnote("1", "预算文件全文", (), 1, 0, FIRST.index("，")),
        Footnote("2", "没有标记的注", (), 1),
    ),
    mentions=Mentions(
        amounts=(Amount("5.04 亿美元", Place(9, 17, block=0), "USD"),),
        entities=(
            Entity("organization", "芯片研究所", "芯片研究所", Place(20, 25, block=0)),
            Entity("technology", "半导体材料", "半导体材料", Place(17, 22, block=5)),
        ),
    ),
)


class Reader(App[None]):
    """Nothing but the pane, and the colours that the real app's themes define."""

    CSS = "ArticlePane { width: 1fr; height: 1fr; }"

    def __init__(self, article: Article | None = ARTICLE) -> None:
        super().__init__()
        self.shown = article
        self.heard: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {f"mention-{name}": "#40a0ff" for name in MENTION_LAYERS}

    def compose(self) -> ComposeResult:
        yield ArticlePane()

    def on_mount(self) -> None:
        self.pane.focus()
        if self.shown is not None:
            self.pane.show(self.shown, "项目资助")

    @property
    def pane(self) -> ArticlePane:
        return self.query_one(ArticlePane)

    def lines(self) -> list[str]:
        pane = self.pane
        return [strip.text.rstrip() for strip in pane.render_lines(pane.size.region)]

    def cell_of(self, text: str) -> tuple[int, int]:
        """Find where `text` stands on the screen, in cells."""
        from rich.cells import cell_len

        for y, line in enumerate(self.lines()):
            if text in line:
                return cell_len(line[: line.index(text)]), y
        raise AssertionError(f"{text} is not on the screen")

    def style_of(self, text: str) -> Style:
        pane = self.pane
        for strip in pane.render_lines(pane.size.region):
            for segment in strip:
                if text in segment.text:
                    assert segment.style is not None
                    return segment.style
        raise AssertionError(f"{text} is not drawn in one style")

    def on_article_pane_note_pressed(self, message: ArticlePane.NotePressed) -> None:
        self.heard.append(message)

    def on_article_pane_mention_pressed(self, message: ArticlePane.MentionPressed) -> None:
        self.heard.append(message)

    def on_article_pane_source_pressed(self, message: ArticlePane.SourcePressed) -> None:
        self.heard.append(message)
