"""What the article pane's layers look like: component classes, and their combined Rich styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

from tui.mention_classes import MENTION_CLASSES
from tui.reviewer_names import OTHER_LAYERS
from tui.themes import HIGHLIGHT_LAYERS, MENTION_ATTRIBUTES, highlight_style, mention_style
from tui.themes.reviewers import other_style

if TYPE_CHECKING:
    from textual.widget import Widget

MENTION_LAYERS = tuple(
    entry.name for entry in sorted(MENTION_CLASSES, key=lambda entry: entry.layer)
)
"""Classes of mentions, in the order in which they are laid over each other."""
LAYERS = (
    *OTHER_LAYERS, *MENTION_LAYERS, "highlight", *HIGHLIGHT_LAYERS, "overlap", "topic", "mark",
    "hit", "hit-current", "flash", "selection", "chosen", "caret",
)  # fmt: skip
BITS = {layer: 1 << index for index, layer in enumerate(LAYERS)}
KINDS = (
    "title",
    "meta",
    "doubt",
    "heading",
    "subheading",
    "caption",
    "note",
    "label",
    "rule",
    "printed",
)
COMPONENTS = frozenset(
    f"article--{name}"
    for name in (*KINDS, *LAYERS)
    if name not in ("selection", "overlap", *MENTION_ATTRIBUTES, *HIGHLIGHT_LAYERS, *OTHER_LAYERS)
)

# What is lit for a moment sets both colours, to be read over any class of mention.
CSS = """
ArticlePane {
    overflow-x: hidden;
    overflow-y: scroll;
    scrollbar-size-vertical: 1;
    & > .article--title { text-style: bold; color: $text-primary; }
    & > .article--topic { color: $text-secondary; }
    & > .article--meta { color: $text-muted; }
    & > .article--doubt { text-style: bold; color: $text-warning; }
    & > .article--heading { text-style: bold; color: $text-accent; }
    & > .article--subheading { text-style: italic; color: $text-accent; }
    & > .article--caption { text-style: italic; color: $text-muted; }
    & > .article--note { color: $text-muted; }
    & > .article--label { text-style: bold; color: $text-muted; }
    & > .article--printed { color: $text-muted; text-style: italic; }
    & > .article--rule { color: $text-disabled; }
    & > .article--mark { color: $accent; text-style: bold; }
    & > .article--highlight { background: $warning-muted; text-style: underline; }
    & > .article--hit { background: $primary-muted; color: $foreground; text-style: underline; }
    & > .article--hit-current { background: $foreground; color: $background; text-style: bold; }
    & > .article--chosen { background: $secondary; color: $text; text-style: underline; }
    & > .article--caret { background: $foreground; color: $background; text-style: bold; }
    & > .article--flash { background: $foreground; color: $background; text-style: bold; }
}
"""


class ArticleStyles:
    """Rich styles of kinds and of combined layers, computed once per theme."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._kinds: dict[str, Style] = {}
        self._combined: dict[tuple[str, int], Style] = {}

    def forget(self) -> None:
        """Look everything up again: the theme or the style sheet changed."""
        self._kinds.clear()
        self._combined.clear()

    def kind(self, name: str) -> Style:
        """Give the style of a kind of row; "" is plain text."""
        style = self._kinds.get(name)
        if style is None:
            style = self._widget.rich_style
            if name == "header":
                style += Style(bold=True)
            elif name:
                style = self._widget.get_component_rich_style(f"article--{name}")
            self._kinds[name] = style
        return style

    def layered(self, kind: str, mask: int) -> Style:
        """Give the style of a kind with the layers of `mask` (see `BITS`) over it."""
        if not mask:
            return self.kind(kind)
        style = self._combined.get((kind, mask))
        if style is None:
            style = self.kind(kind)
            for layer, bit in BITS.items():
                if mask & bit:
                    style += self._layer(layer)
            self._combined[kind, mask] = style
        return style

    def _layer(self, layer: str) -> Style:
        if layer == "selection":
            # The ground only: what is selected keeps its own colours, to be read upon it.
            ground = self._widget.screen.get_component_rich_style("screen--selection").bgcolor
            return Style(bgcolor=ground)
        if layer == "overlap":
            return Style(underline2=True)
        if layer in HIGHLIGHT_LAYERS:
            return highlight_style(HIGHLIGHT_LAYERS[layer], self._widget.app.current_theme.dark)
        if layer in OTHER_LAYERS:
            return other_style(layer, self._widget.app.current_theme.dark, underline=True)
        if layer in MENTION_ATTRIBUTES:
            return mention_style(self._widget.app.theme_variables, layer)
        return self._widget.get_component_rich_style(f"article--{layer}", partial=True)
