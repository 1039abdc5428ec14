"""A list drawn row by row: nothing is built for a row until it is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from tui.reviewer_names import OTHER_LAYERS
from tui.themes import (
    HIGHLIGHT_LAYERS,
    MENTION_ATTRIBUTES,
    TAG_LAYERS,
    highlight_style,
    mention_style,
    tag_style,
)
from tui.themes.reviewers import other_style
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.segment import Segment
    from rich.style import Style
    from textual import events

R = TypeVar("R")
_FEW = 8
"""Rows that are drawn again one by one; for more the whole list is."""


def differ(one: object, other: object) -> bool:
    """Tell two rows apart; most are the same object, and equal ones take longer."""
    return one is not other and one != other


Tone = Callable[[str], "Style"]


class RowList(LineView, Generic[R], can_focus=True, inherit_bindings=False):
    """A column of one-line rows with a cursor; subclasses say how a row is drawn.

    Rows and the cursor are 0-based. The cursor rests on selectable rows only, and is -1 when there
    is none.
    """

    ALLOW_SELECT = False  # what is dragged over begins in the article
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--cursor",
        "row-list--cursor-blurred",
        "row-list--muted",
        "row-list--strong",
        "row-list--accent",
    }
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .row-list--cursor { background: $primary; color: $text; text-style: bold; }
        & > .row-list--cursor-blurred { background: $primary 30%; }
        & > .row-list--muted { color: $text-muted; }
        & > .row-list--strong { text-style: bold; }
        & > .row-list--accent { color: $text-accent; }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor rests on another row."""

        row_list: RowList[object]
        index: int

        @property
        def control(self) -> RowList[object]:
            return self.row_list

    @dataclass
    class Chosen(Message):
        """The row under the cursor was chosen, by Enter or by a click."""

        row_list: RowList[object]
        index: int

        @property
        def control(self) -> RowList[object]:
            return self.row_list

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[R] = ()
        self.cursor = -1
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(512)
        self._tones: dict[str, Style] = {}

    # What a subclass says.

    def selectable(self, row: R) -> bool:
        """Say whether the cursor may rest on `row`."""
        return True

    def draw(self, row: R, width: int, tone: Tone) -> list[Segment]:
        """Draw one row in at most `width` cells; `tone` gives the styles of its parts."""
        raise NotImplementedError

    # What the owner does.

    @property
    def row(self) -> R | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def set_rows(self, rows: Sequence[R], cursor: int = 0) -> None:
        """Show other rows, with the cursor at the nearest selectable row."""
        self.rows = rows
        self.cursor = self._nearest(cursor, 1)
        self._strips.clear()
        self.resize_rows(len(rows))
        self._keep_visible()
        self.refresh()

    def change_rows(self, rows: Sequence[R], cursor: int = 0) -> None:
        """Do as set_rows() does, and draw only rows that are others than before.

        For lists whose rows say all that is drawn of them.
        """
        old, before = self.rows, self.cursor
        shorter, longer = sorted((len(old), len(rows)))
        others = {at for at in range(shorter) if differ(old[at], rows[at])}
        if shorter != longer:  # what follows the first difference stands on other lines
            others = set(range(min(others, default=shorter), longer))
        self.rows = rows
        self.cursor = self._nearest(cursor, 1)
        if self.cursor != before:
            others |= {at for at in (before, self.cursor) if at >= 0}
        for key in list(self._strips.keys()):
            if key[0] in others:
                self._strips.discard(key)
        self.resize_rows(len(rows))
        self._keep_visible()
        top = self.scroll_offset.y
        others &= set(range(top, top + self.size.height))
        if len(others) > _FEW:
            self.refresh()
        else:
            for at in others:
                self.refresh_lines(at)

    def redraw(self) -> None:
        """Draw all rows anew; what they show has changed."""
        self._strips.clear()
        self.refresh()

    def move(self, steps: int, *, tell: bool = True) -> None:
        """Move the cursor by selectable rows."""
        step = 1 if steps > 0 else -1
        target = self.cursor
        for _ in range(abs(steps)):
            following = target + step
            while 0 <= following < len(self.rows) and not self.selectable(self.rows[following]):
                following += step
            if not 0 <= following < len(self.rows):
                break
            target = following
        if target == self.cursor:
            # At the ends, show the headings that the cursor can't reach.
            self.scroll_to(y=self.scroll_offset.y + step, animate=False)
        self.go(target, tell=tell)

    def move_page(self, pages: float, *, tell: bool = True) -> None:
        """Move the cursor by pages; fractions are allowed."""
        rows = max(1, self.size.height - 1)
        index = self._nearest(self.cursor + round(rows * pages), 1 if pages > 0 else -1)
        self.go(index, tell=tell)

    def move_end(self, last: bool, *, tell: bool = True) -> None:
        """Move the cursor to the first or the last selectable row."""
        self.go(self._nearest(len(self.rows) - 1 if last else 0, -1 if last else 1), tell=tell)
        if not last:
            self.scroll_to(y=0, animate=False)

    def go(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on the row `index`."""
        if not 0 <= index < len(self.rows) or index == self.cursor:
            return
        old, self.cursor = self.cursor, index
        self.refresh_lines(old)
        self.refresh_lines(index)
        self._keep_visible()
        if tell:
            self.post_message(self.Moved(self, index))  # type: ignore[arg-type]

    def choose(self) -> None:
        """Choose the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Chosen(self, self.cursor))  # type: ignore[arg-type]

    # How it is drawn.

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self._tone("")
        if index >= len(self.rows) or width <= 0:
            return Strip.blank(max(0, self.size.width), base)
        here = index == self.cursor
        key = (index, width, here, here and self.has_focus)
        strip = self._strips.get(key)
        if strip is None:
            tone: Tone = self._tone
            if here:
                # Upon the cursor all parts have its colours, or some could not be read there.
                name = "row-list--cursor" if self.has_focus else "row-list--cursor-blurred"
                cursor = self.get_component_rich_style(name)

                def tone(part: str) -> Style:
                    return cursor

            segments = self.draw(self.rows[index], width, tone)
            strip = Strip(segments).adjust_cell_length(width, tone(""))
            self._strips[key] = strip
        return strip

    def _tone(self, part: str) -> Style:
        """The style of a part: "" is the row's own; a component class, a class of mentions, the
        layer of a highlight or a tag, or the ink of another reviewer.
        """
        style = self._tones.get(part)
        if style is None:
            if part in MENTION_ATTRIBUTES:
                colours = self.app.theme_variables
                style = self.rich_style + mention_style(colours, part, attributes=False)
            elif part in HIGHLIGHT_LAYERS:
                colour = HIGHLIGHT_LAYERS[part]
                style = self.rich_style + highlight_style(colour, self.app.current_theme.dark)
            elif part in TAG_LAYERS:
                dark = self.app.current_theme.dark
                style = self.rich_style + tag_style(TAG_LAYERS[part], dark)
            elif part in OTHER_LAYERS:
                style = self.rich_style + other_style(part, self.app.current_theme.dark)
            else:
                style = self.get_component_rich_style(part) if part else self.rich_style
            self._tones[part] = style
        return style

    def _nearest(self, index: int, step: int) -> int:
        """The selectable row at `index`, or the next one by `step`, or the next one back."""
        if not self.rows:
            return -1
        index = max(0, min(index, len(self.rows) - 1))
        for direction in (step, -step):
            at = index
            while 0 <= at < len(self.rows):
                if self.selectable(self.rows[at]):
                    return at
                at += direction
        return -1

    def _keep_visible(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < 0 or height <= 0:
            return
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def on_resize(self, event: events.Resize) -> None:
        self._strips.clear()
        self.resize_rows(len(self.rows))
        self._keep_visible()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._tones.clear()
        self._strips.clear()

    def on_focus(self) -> None:
        self.refresh_lines(self.cursor)

    def on_blur(self) -> None:
        self.refresh_lines(self.cursor)

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if 0 <= index < len(self.rows) and self.selectable(self.rows[index]):
            self.go(index)
            self.choose()
